"""What a stranger heard wrong: arrows, decimal commas, prescriptions, dates that are none, pairs of pressures."""

from __future__ import annotations

import pytest

from tests.speech.saying import say, say_runs
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, rulebook, spoken
from voicegen.speech.proof import check
from voicegen.speech.sentence_ends import sentences
from voicegen.steps.disagreement import Sentence

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
    ("en-GB", "𝐃𝐨 𝐧𝐨𝐭 take 𝟓 mg.", "Do not take 5 milligrams."),
    ("en-US", "He is 5'7\" tall.", "He is 5 feet 7 inches tall."),
    ("en-GB", "30 cm/12 in long", "30 centimetres, 12 in long"),
    ("en", "Mix it at 1:10.", "Mix it at 1 10."),
    ("fr", "Mélangez 1:10 et venez à 14:30.", "Mélangez 1 pour 10 et venez à 14 heures 30."),
    ("fr", "Voir 1:10.", "Voir 1 10."),
    ("de", "Verdünnung 1:20, um 8:30 Uhr.", "Verdünnung 1 zu 20, um 8 Uhr 30."),
    ("de", "Siehe 3:16.", "Siehe 3 16."),
    ("es-MX", "Cuesta $1,500.00.", "Cuesta 1500 pesos."),
    ("es-ES", "Cuesta $15.", "Cuesta 15 dólares."),
    ("en-GB", "The test was -ve.", "The test was negative."),
    ("en-GB", "HCO₃⁻ 24 mmol/L", "H C O 3 minus, 24 millimoles per litre"),
    ("en-GB", "§ 5 of the Act", "section 5 of the Act"),
    ("en-GB", "Samaritans: 116 123", "Samaritans: 1 1 6, 1 2 3"),
    ("en-GB", "Seen in 5/7 patients.", "Seen in 5 slash 7 patients."),
    ("en-GB", "CHAPTER OR PAGE", "chapter or page"),
    ("en-GB", "kept at ‑5 °C", "kept at minus 5 degrees Celsius"),
    ("en-GB", "stage Ⅲ", "stage 3"),
    ("en-GB", "100 beats/min", "100 beats per minute"),
    ("en-GB", "12-20 breaths/min", "12 to 20 breaths per minute"),
    ("en-GB", "DNACPR", "D N A C P R"),
    ("en-GB", "TDS PRN", "three times a day when needed"),
    ("en-GB", "noon–2pm", "noon to 2 p m"),
    ("en-GB", "1980s–90s", "nineteen eighties to nineties"),
    ("en-GB", "'5 mg'", "'5 milligrams'"),
    ("ar-EG", "٥ mg", "٥ mg"),
    ("en-GB", "5٪", "5 per cent"),
    ("es", "Disuelva 1:10 a las 9:30.", "Disuelva 1 a 10 a las 9 30."),
    ("fr", "de 8h30–17h", "de 8 heures 30 à 17 heures"),
    ("fr", "14h-18h30", "14 heures à 18 heures 30"),
    ("de", "8.30–12.15 Uhr", "8 Uhr 30 bis 12 Uhr 15"),
    ("en-GB", "The 10/20/30 rule", "The 10 slash 20 slash 30 rule"),
    ("en-GB", "Reviewed 03/11/26", "Reviewed 3 November 26"),
    ("en", "Reviewed 03/11/26", "Reviewed 03 slash 11 slash 26"),
    ("en-GB", "Seen 11/25/2024.", "Seen 25 November 2024."),
    ("en-GB", "Co-amoxiclav 500 mg/125 mg.", "Co-amoxiclav 500 milligrams, 125 milligrams."),
    ("en-GB", "Inhaler 200 mcg/6 mcg", "Inhaler 200 micrograms, 6 micrograms"),
    ("en-GB", "1 mg/1 g cream", "1 milligram per 1 gram cream"),
    ("es", "600 mg/8 h", "600 miligramos cada 8 horas"),
    ("fr", "La SEP et le 3 sept.", "La S E P et le 3 septembre."),
    ("fr", "l'IRM et d'ECG", "l'I R M et d'E C G"),
    ("en", "the 'ECG' isn't", "the 'E C G' isn't"),
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
    ("-5–+5", "minus 5–+5"),
    ("-5–5", "minus 5 5"),
    ("+2…+8 °C", "plus 2… plus 8 degrees Celsius"),
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
    ("BP 140/90 mmHg", "B P 140 slash 90 millimetres of mercury"),
    ("BP 140/90 mmHg", "B P 140 out of 90 millimetres of mercury"),
    ("Blood pressure of 130/80", "Blood pressure of 130 slash 80"),
    ("Pain of 7/10", "Pain of 7 over 10"),
    ("Take 1/2 tablet", "Take 1 over 2 tablet"),
    ("Vision of 6/12", "Vision of 6 out of 12"),
    ("Vision of 6/12", "Vision of 6 or 12"),
    ("Take 3/4 times a day", "Take three quarters times a day"),
    ("Aged 18/19", "Aged 18 to 19"),
    ("Mix 1:10 with water", "Mix 1 over 11 with water"),
    ("Mix 1:10 with water", "Mix 10 to 1 with water"),
    ("Come at 1:10", "Come at 1 to 10"),
    ("37.8°C/100°F", "37.8 degrees Celsius per 100 degrees Fahrenheit"),
    ("500 mg/125 mg", "500 milligrams per 125 milligrams"),
    ("250 mg/5 ml", "250 milligrams, 5 millilitres"),
    ("5'7\" tall", "5 feet 8 inches tall"),
    ("𝐃𝐨 𝐧𝐨𝐭 take it", "Do take it"),
    ("Take ٥ mg", "Take 6 milligrams"),
    ("4x/day", "4 times"),
    ("kept at ‑5 °C", "kept at 5 degrees Celsius"),
    ("kept at ‑5 °C", "kept at ‑5 degrees Celsius"),
    ("stage Ⅲ", "stage 2"),
    ("1980s–90s", "nineteen eighties, nineties"),
    ("0·5 mg", "0·5 milligrams"),
    ("0·5 mg", "5 milligrams"),
    ("children 6 months–5 years", "children 6 months–5 years"),
    ("children 6 months–5 years", "children 6 months 5 years"),
    ("1.2 MU", "1.2 milliunits"),
    ("1.2 mU", "1.2 megaunits"),
    ("5 MIU", "5 million units"),
    ("T-score ≤−2.5", "T-score at most 2.5"),
    ("a 5x3cm lesion", "a 53 centimetres lesion"),
    ("≥1/100 to <1/10", "at least 1 in 10 to less than 1 in 100"),
    ("uncommon (≥1/1,000)", "uncommon (at least 1 in 100)"),
    ("review in 3/52", "review in 3 months"),
    ("Factor V Leiden", "Factor 6 Leiden"),
    ("NYHA III or IV", "N Y H A 3 or 5"),
    ("£10–15", "10 pounds, 15"),
    ("HLA-B*57:01 and 24-7", "H L A-B*57:01 and 24 to 7"),
]
FOREIGN_WRONG = [
    ("fr", "de 8h30–17h", "de 8 heures 30, 17 heures"),
    ("fr", "de 8h30–17h", "de 8 heures 30 à 18 heures"),
    ("fr", "Tension de 14/9", "Tension de 14 barre 9"),
    ("fr", "la 2e dose", "la troisième dose"),
    ("fr", "1:10", "1 pour 10"),
    ("es", "la 2.ª dosis", "la tercera dosis"),
    ("es", "la 2.ª dosis", "la dosis"),
    ("es", "600 mg/8 h", "600 miligramos"),
    ("es", "Tensión de 140/90", "Tensión de 140 barra 90"),
    ("de", "8.30–12 Uhr", "8 Uhr 30, 12 Uhr"),
    ("de", "1-0-1 Tablette", "1, 1, 0 Tablette"),
    ("de", "1 - 0 - 1 Tablette", "1 - 0 bis 1 Tablette"),
    ("de", "vom 5.–12. Mai", "vom fünften bis dreizehnten Mai"),
    ("de", "mind. 2 l", "2 Liter"),
    ("es", "400 mg/6-8 h", "400 miligramos, 6 a 8 horas"),
    ("es", "adrenalina 1:1.000", "adrenalina 1 a 100"),
    ("fr", "1 cp x 3/j", "1 comprimé, 3"),
    ("fr", "le XXIe siècle", "le vingtième siècle"),
    ("de", "ab 18 J.", "ab 19 Jahren"),
    ("de-CH", "1'000 mg", "1 Milligramm"),
    ("de", "Losartan 100/12,5 mg", "Losartan 100/12,5 Milligramm"),
    ("fr", "1000/200 mg", "1000/200 milligrammes"),
    ("de", "3x1/2", "3 mal 1/2"),
    ("fr", "150 000-400 000", "150; 0 0 0, 4 0 0, 0 0 0"),
    ("de-CH", "150'000–400'000/µl", "150000–400000 pro Mikroliter"),
    ("fr", "Jour 1 – 1 000 mg", "Jour 1 à 1000 milligrammes"),
    ("fr", "Jours 2-5 250 mg", "Jours 2, 5, 250 milligrammes"),
]


@pytest.mark.parametrize(("lang", "shown", "wrong"), [*(("en", *one) for one in WRONG), *FOREIGN_WRONG])
def test_the_proof_stops_what_was_heard_wrong(lang: str, shown: str, wrong: str) -> None:
    assert check([Run(shown)], wrong, lang)


@pytest.mark.parametrize(
    ("lang", "shown", "rule"),
    [
        ("en", "ER+, HER2−", "results"),
        ("en", "350 cells/mm³", "units"),
        ("en", "10⁶ copies/mL", "units"),
        ("en", "350 cells/µL", "units"),
        ("fr", "2 fois/j", "units"),
        ("fr", "10 €/mois", "units"),
        ("es", "grupo A Rh−", "results"),
        ("de", "350 Zellen/µl", "units"),
        ("de", "6 Monate–5 Jahre", "ranges"),
    ],
)
def test_what_no_voice_says_is_stopped_where_its_rule_is_switched_off(
    lang: str, shown: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = spoken([Run(shown)], lang, NOTHING_DEFINED)
    assert not Sentence([Run(shown)], good.text, good.changes, lang).faults()
    monkeypatch.setattr(rulebook, "ORDER", tuple(one for one in rulebook.ORDER if one.name != rule))
    made = spoken([Run(shown)], lang, NOTHING_DEFINED)
    assert Sentence([Run(shown)], made.text, made.changes, lang).faults()


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ((Run("5 mg"), Run("a", position="sup"), Run(" daily")), "5 milligrams daily"),
        ((Run("5 mg"), Run("1,2", position="sup")), "5 milligrams"),
        ((Run("3%"), Run("b", position="note"), Run(" of us")), "3 per cent of us"),
        ((Run("5 cm"), Run("2", position="sup")), "5 square centimetres"),
        ((Run("10"), Run("9", position="sup"), Run("/L")), "10 to the power 9 per litre"),
        ((Run("14", position="sup"), Run("C is carbon")), "14 C is carbon"),
        ((Run("99m", position="sup"), Run("Tc")), "99m Tc"),
        ((Run("1", position="sup"), Run(" With food.")), "With food."),
        ((Run("See above "), Run("↑", href="#top")), "See above"),
        (
            (Run("1"), Run("1", position="sup"), Run("/"), Run("2", position="sub"), Run(" tablets")),
            "1 and a half tablets",
        ),
        ((Run("1", position="sup"), Run("/"), Run("2", position="sub"), Run(" tablet")), "half a tablet"),
        ((Run("T"), Run("4", position="sub"), Run(" 9–25 pmol/L")), "T 4, 9 to 25 picomoles per litre"),
        ((Run("in 20% "), Run("2", position="sup"), Run(" of us")), "in 20 per cent of us"),
        (
            (Run("5 cm"), Run("3", position="sup"), Run(" and cm"), Run("3", position="sup")),
            "5 cubic centimetres and cubic centimetres",
        ),
        ((Run("Sp"), Run("O"), Run("2", position="sub"), Run(" of 94%")), "S p O 2 of 94 per cent"),
        ((Run("0.5 ml IM"), Run("a", position="sup")), "0.5 millilitres I M"),
        ((Run("a", position="sup"), Run("Not IV")), "Not I V"),
        ((Run("CHADS"), Run("2", position="sup"), Run(" score")), "CHADS 2 score"),
        ((Run("CO"), Run("2", position="sup"), Run(" and IV")), "CO 2 and I V"),
        ((Run("FEV"), Run("1", position="sup"), Run(" of 80%")), "FEV 1 of 80 per cent"),
        ((Run("HCO"), Run("3", position="sub"), Run("-", position="sup"), Run(" 22")), "H C O 3 minus, 22"),
        ((Run("3", position="sup"), Run("He and 1")), "3 He and 1"),
        ((Run("Take "), Run("1", position="sup"), Run("2", position="sub"), Run(" now")), "Take 1 2 now"),
        ((Run("60 ml/min/1.73m"), Run("2", position="sup")), "60 millilitres per minute per 1.73 square metres"),
        ((Run("in 50"), Run("1–3", position="sup")), "in 50"),
    ],
)
def test_a_mark_hides_no_unit_and_an_exponent_is_no_mark(runs: tuple[Run, ...], said: str) -> None:
    heard = say_runs(*runs)
    assert heard.text == said
    assert check(runs, heard.text, "en") == []


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
