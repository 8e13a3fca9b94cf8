"""What a stranger heard wrong: arrows, decimal commas, prescriptions, dates that are none, pairs of pressures."""

from __future__ import annotations

import pytest

from tests.speech.saying import say, say_runs
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.speech.proof import check
from voicegen.speech.sentence_ends import sentences

SAID = [
    ("en", "Take 5 -> 10 mg", "Take 5 to 10 milligrams"),
    ("en", "Take 5 ⟶ 10 mg", "Take 5 to 10 milligrams"),
    ("en", "Take 5 => 10 mg", "Take 5 to 10 milligrams"),
    ("en", "Take 5 mg → 10 mg.", "Take 5 milligrams to 10 milligrams."),
    ("en", "5 mg bd -> 10 mg bd.", "5 milligrams twice a day, then 10 milligrams twice a day."),
    ("en", "aged => 65", "aged at least 65"),
    ("en", "Settings → Privacy → Cookies", "Settings, then Privacy, then Cookies"),
    ("en", "Then ↓ to 150 mg.", "Then decrease to 150 milligrams."),
    ("en", "↑ blood pressure", "Increased blood pressure"),
    ("en", "Back to the top ↩", "Back to the top"),
    ("es", "↑ a 300 mg", "Aumentar a 300 miligramos"),
    ("fr", "↑ à 300 mg", "Augmenter à 300 milligrammes"),
    ("de", "↓ auf 150 mg", "Senken auf 150 Milligramm"),
    ("en", "Take 1,500 mg", "Take 1,500 milligrams"),
    ("en", "Give 0,5-1 mg.", "Give 0.5 to 1 milligram."),
    ("en", "Take 2,5 tablets.", "Take 2.5 tablets."),
    ("en", "T 38,5", "T 38.5"),
    ("en", "T 38,5 °C", "T 38.5 degrees Celsius"),
    ("en", "Pages 1,2 and 3.", "Pages 1,2 and 3."),
    ("en", "Take 10 mg od", "Take 10 milligrams once a day"),
    ("en", "Take 5 mg bid", "Take 5 milligrams twice a day"),
    ("en", "1 tablet BD", "1 tablet twice a day"),
    ("en", "10 mg nocte", "10 milligrams at night"),
    ("en", "a 45 y/o man", "a 45 year old man"),
    ("en", "he is 45 y/o", "he is 45 years old"),
    ("en", "The od bid was a stat.", "The od bid was a stat."),
    ("en", "They bid for 3 houses.", "They bid for 3 houses."),
    ("en", "1 drop OD bd.", "1 drop O D twice a day."),
    ("en", "Use a 1 ml BD syringe.", "Use a 1 millilitre B D syringe."),
    ("en", "He won 5/7 of the games.", "He won 5 slash 7 of the games."),
    ("en-US", "Seen 12.05.2026.", "Seen December 5, 2026."),
    ("en", "Version 12.05.2026.1", "Version 12.05.2026.1"),
    ("en", "Seen 05-06-2124 or 25-12-24.", "Seen 05 slash 06 slash 2124 or 25-12-24."),
    ("en", "Open 8:30-12:15.", "Open 8 30 to 12 15."),
    ("en", "BP 140–160/90–100", "B P 140 to 160 over 90 to 100"),
    (
        "en",
        "90/60mmHg–120/80mmHg",
        "90 over 60 millimetres of mercury to 120 over 80 millimetres of mercury",
    ),
    ("en", "90/60–120/80 mmHg", "90 over 60 to 120 over 80 millimetres of mercury"),
    ("en", "Week 3: 5 mg daily.", "Week 3: 5 milligrams daily."),
    ("en", "Mix it 1 : 20.", "Mix it 1 to 20."),
    ("en", "LDL fell 4,2→2,8 mmol/L", "L D L fell 4.2 to 2.8 millimoles per litre"),
    ("en", "1 tab. OD", "1 tab. once a day"),
    ("en", "He has 2 tablets. BD is a firm.", "He has 2 tablets. B D is a firm."),
    ("es", "Abierto de 08:30 a 17:00 horas.", "Abierto de 8 30 a 17 horas."),
    ("de", "Geöffnet 08:30–17:00 Uhr.", "Geöffnet 8 Uhr 30 bis 17 Uhr."),
    ("en", "x² is", "x squared is"),
    ("es", "x² es", "x al cuadrado es"),
    ("en", "[x] Bring tablets", "Bring tablets"),
    ("en", "measured in milligrams (mg)", "measured in milligrams"),
    ("en", "measured in grams (mg)", "measured in grams (milligrams)"),
]


@pytest.mark.parametrize(("lang", "shown", "expected"), SAID)
def test_it_is_said_as_a_nurse_would_say_it_and_the_proof_accepts_it(lang: str, shown: str, expected: str) -> None:
    assert say(shown, lang) == expected
    assert check([Run(shown)], expected, lang) == []


WRONG = [
    ("Take 5→10 mg", "Take 5, 10 milligrams"),
    ("Take 5 -> 10 mg", "Take 5 , 10 milligrams"),
    ("Take 5 => 10 mg", "Take 5 at least 10 milligrams"),
    ("Take 1,5 mg", "Take 1,5 milligrams"),
    ("Take 1,5 mg", "Take 15 milligrams"),
    ("T 38,5", "T 38,5"),
    ("Take 5 mg bd", "Take 5 milligrams bd"),
    ("Take 5 mg bid", "Take 5 milligrams bid"),
    ("Take 10 mg od", "Take 10 milligrams twice a day"),
    ("5 mg q4h", "5 milligrams q4h"),
    ("5 mg daily for 5/7", "5 milligrams daily for 5 slash 7"),
    ("5 mg daily for 2/52", "5 milligrams daily for 2 days"),
    ("The 10-20-30 rule", "The 20 October 30 rule"),
    ("Seen 12.05.2026.", "Seen 5 December 2026."),
    ("Week 3: 5 mg daily.", "Week 3 to 5 milligrams daily."),
    ("Open 08:30–17:00.", "Open 8 30 to 18 hundred."),
    ("x² is", "times 2 is"),
    ("visit 111.nhs.uk", "visit 1 1 2 dot n h s dot u k"),
]


@pytest.mark.parametrize(("shown", "wrong"), WRONG)
def test_the_proof_stops_what_was_heard_wrong(shown: str, wrong: str) -> None:
    assert check([Run(shown)], wrong, "en")


def test_a_raised_two_after_a_letter_is_its_square() -> None:
    runs = (Run("x"), Run("2", position="sup"), Run(" is"))
    heard = say_runs(*runs)
    assert heard.text == "x squared is"
    assert check(runs, heard.text, "en") == []


def test_a_temperature_is_not_cut_after_its_abbreviation() -> None:
    text = "He had a BP of 120/80. Temp. −5°C outside."
    assert [text[start:end] for start, end in sentences(text, "en")] == [
        "He had a BP of 120/80.",
        "Temp. −5°C outside.",
    ]


def test_a_bracket_that_is_left_out_names_its_rule() -> None:
    changes = spoken([Run("litres per minute (L/min)")], "en-GB", NOTHING_DEFINED).changes
    assert [(change.rule, change.spoken) for change in changes] == [("same words", "")]
