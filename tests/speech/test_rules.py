"""Each rule at its work, and at its limits. The sentences are our own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.speech.saying import say, say_runs
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, RULES, PageWords, said, spoken
from voicegen.speech.proof import check

UNITS = [
    ("Take 250mg.", "Take 250 milligrams."),
    ("Take 250 mg.", "Take 250 milligrams."),
    ("Take 1 mg.", "Take 1 milligram."),
    ("Give 5mcg.", "Give 5 micrograms."),
    ("Give 5 µg.", "Give 5 micrograms."),
    ("Give 5 μg.", "Give 5 micrograms."),
    ("Give 5ug.", "Give 5 micrograms."),
    ("Give 0.5ml.", "Give 0.5 millilitres."),
    ("Give 0.5mL.", "Give 0.5 millilitres."),
    ("Give 5 mg/kg/day.", "Give 5 milligrams per kilogram per day."),
    ("Use 5mg/5ml syrup.", "Use 5 milligrams per 5 millilitres syrup."),
    ("The dose in mg/kg is on the label.", "The dose in milligrams per kilogram is on the label."),
    ("Inject 100 U/mL.", "Inject 100 units per millilitre."),
    ("It was 48 mmol/mol.", "It was 48 millimoles per mole."),
    ("A BMI of 30 kg/m².", "A B M I of 30 kilograms per square metre."),
    ("60 mL/min/1.73 m²", "60 millilitres per minute per 1.73 square metres"),
    ("Take a 500-mg tablet.", "Take a 500 milligram tablet."),
    ("Take one 500mg tablet.", "Take one 500 milligram tablet."),
    ("Go for a 30-min walk.", "Go for a 30 minute walk."),
    ("Eat 2,500kcal.", "Eat 2,500 kilocalories."),
    ("Use 2 puffs/day.", "Use 2 puffs per day."),
    ("Run at 5 mL min⁻¹.", "Run at 5 millilitres per minute."),
    ("She weighs 10 st 4 lb.", "She weighs 10 stone 4 pounds."),
    ("He is 5 ft 10 in tall.", "He is 5 feet 10 inches tall."),
    ("Wait 30 s.", "Wait 30 seconds."),
    ("Add 10 mL. of water.", "Add 10 millilitres of water."),
]
NOT_UNITS = [
    "the 1990 season",
    "group 5 M",
    "vitamin K2",
    "step 3 d",
    "the 1st",
    "size 10 g-string",
    "born in 1974 C",
]
COMPARISONS = [
    ("a lump <5 mm", "a lump less than 5 millimetres"),
    ("LDL < 100 mg/dL", "L D L less than 100 milligrams per decilitre"),
    ("aged ≥ 65", "aged at least 65"),
    ("aged >= 65", "aged at least 65"),
    ("p<0.05", "p less than 0.05"),
    ("> 65 years", "more than 65 years"),
    ("≤ 3 months", "at most 3 months"),
    ("10 ± 2", "10 plus or minus 2"),
    ("10 +/- 2", "10 plus or minus 2"),
    ("~5 days", "about 5 days"),
    ("aged 65+", "aged 65 plus"),
    ("n = 20", "n equals 20"),
]
RANGES = [
    ("20–30%", "20 to 30 per cent"),
    ("20-30 %", "20 to 30 per cent"),
    ("every 4-6 hrs", "every 4 to 6 hours"),
    ("5-10 mg", "5 to 10 milligrams"),
    ("5mg-10mg", "5 milligrams to 10 milligrams"),
    ("5 – 10 mg", "5 to 10 milligrams"),
    ("5 -10 mg", "5 to 10 milligrams"),
    ("18.5-24.9", "18.5 to 24.9"),
    ("2°C–8°C", "2 degrees Celsius to 8 degrees Celsius"),
    ("aged 6-8 years", "aged 6 to 8 years"),
    ("5–10-minute walks", "5 to 10-minute walks"),
    ("<5–10 mg", "less than 5 to 10 milligrams"),
    ("1–2 × 10⁹/L", "1 to 2 times 10 to the power 9 per litre"),
]
NOT_RANGES = [
    "COVID-19",
    "a 6-in-1 vaccine",
    "omega-3",
    "code 2160-0",
    "size 17861-6",
    "in 2020 – 5 people fell ill",
]
NUMBERS = [
    ("140/90mmHg", "140 over 90 millimetres of mercury"),
    ("a blood pressure of 120/80", "a blood pressure of 120 over 80"),
    ("10⁹/L", "10 to the power 9 per litre"),
    ("10^9/L", "10 to the power 9 per litre"),
    ("10⁻⁶", "10 to the power minus 6"),
    ("1/2 tablet", "half a tablet"),
    ("½ an hour", "half an hour"),
    ("1½ tablets", "1 and a half tablets"),
    ("2 1/2 cups", "2 and a half cups"),
    ("3/4 cup", "three quarters cup"),
    ("3/4 times a day", "3 or 4 times a day"),
    ("a pain score of 7/10", "a pain score of 7 out of 10"),
    ("ward 7/10", "ward 7 slash 10"),
    ("1:1000", "1 to 1000"),
    (".5 mg", "0.5 milligrams"),
    ("-20 °C", "minus 20 degrees Celsius"),
    ("−20 °C", "minus 20 degrees Celsius"),
    ("38C", "38 degrees Celsius"),
    ("38.5 C", "38.5 degrees Celsius"),
    ("100.4F", "100.4 degrees Fahrenheit"),
    ("2 x 500mg tablets", "two, 500 milligram tablets"),
    ("2 x 500mg", "2 times 500 milligrams"),
    ("5 x 3 cm", "5 by 3 centimetres"),
    ("2x daily", "2 times daily"),
    ("in your 40s", "in your forties"),
    ("the 1990s", "the nineteen nineties"),
    ("£5.50", "5 pounds 50"),
    ("$1", "1 dollar"),
    ("24/7", "24 7"),
]
TIMES_AND_DATES = [
    ("at 5.30pm", "at 5 30 p m"),
    ("at 5pm", "at 5 p m"),
    ("9am-5pm", "9 a m to 5 p m"),
    ("9-5pm", "9 to 5 p m"),
    ("at 10:15 a.m. on Monday", "at 10 15 a m on Monday"),
    ("at 9:05", "at 9 0 5"),
    ("at 17:00", "at 17 hundred"),
    ("6 Aug 2018", "6 August 2018"),
    ("on Jan. 5", "on January 5"),
    ("2024-05-06", "6 May 2024"),
    ("25/12/2024", "25 December 2024"),
    ("Mon-Fri", "Monday to Friday"),
]
CALLS = [
    ("Call 999.", "Call 9 9 9."),
    ("Call 999 or 112.", "Call 9 9 9 or 1 1 2."),
    ("NHS 111 can help.", "N H S 1 1 1 can help."),
    ("Call 116 123.", "Call 1 1 6, 1 2 3."),
    ("Phone 020 7450 4000.", "Phone 0 2 0, 7 4 5 0, 4 0 0 0."),
    ("Phone +44 (0)20 7450 4000.", "Phone plus 4 4, 0 in brackets, 2 0, 7 4 5 0, 4 0 0 0."),
    ("Phone 01273 800 900.", "Phone 0 1 2 7 3, 8 0 0, 9 0 0."),
    ("Call 1-800-555-0100.", "Call 1, 8 0 0, 5 5 5, 0 1 0 0."),
    ("Dial 911.", "Dial 9 1 1."),
    ("Your NHS number is 485 777 3456.", "Your N H S number is 4 8 5, 7 7 7, 3 4 5 6."),
]
NOT_CALLS = ["About 999 people took part.", "We had 111 patients.", "Give 112 drops.", "It happened in 1999."]
NAMES = [
    ("L4-L5", "L4 L5"),
    ("L4/5", "L4 5"),
    ("C5–6", "C5 6"),
    ("H₂O", "H 2 O"),
    ("CO₂", "C O 2"),
    ("CO2", "C O 2"),
    ("Ca²⁺", "Ca 2 plus"),
    ("type II diabetes", "type 2 diabetes"),
    ("stage IIIb", "stage 3 b"),
    ("stages I-III", "stages 1 to 3"),
    ("types I and II", "types 1 and 2"),
    ("the type I have", "the type I have"),
    ("IV fluids", "I V fluids"),
    ("C. difficile", "C difficile"),
    ("E. coli", "E coli"),
    ("J. Smith", "J Smith"),
    ("Dr. Smith", "Doctor Smith"),
    ("Dr Smith", "Doctor Smith"),
    ("St. John's Hospital", "Saint John's Hospital"),
    ("at 12 Oak St.", "at 12 Oak Street."),
    ("A&E", "A and E"),
    ("an ECG", "an E C G"),
    ("two MRIs", "two M R I's"),
    ("AIDS", "AIDS"),
    ("Do NOT drive.", "Do not drive."),
    ("DO NOT STOP TAKING ASPIRIN", "do not stop taking aspirin"),
    ("e.g. aspirin", "for example aspirin"),
    ("no. 5", "number 5"),
    ("see Fig. 2", "see Figure 2"),
    ("5 mg b.i.d.", "5 milligrams twice a day."),
    ("approx. 10", "approximately 10"),
    ("tea, coffee, etc.", "tea, coffee, et cetera."),
    ("and/or", "and or"),
    ("he/she", "he or she"),
    ("CT/MRI", "C T, M R I"),
    ("salt & water", "salt and water"),
    ("• Rest", "Rest"),
    ("Rest 🙂 now", "Rest now"),
    ("diﬃcult", "difficult"),
    ("self\u00adhelp", "selfhelp"),
    ("https://www.nhs.uk/conditions/chest-pain?x=1", "n h s dot u k slash conditions slash chest dash pain"),
    ("write to care@example.org.", "write to care at example dot org."),
]
UNHARMED = [
    "Chest, breast, test, rest, worst, symptoms, arms, spasms, drole, stereo and them.",
    "The pharmacist put the cyst in the system.",
    "Do not drive yourself to hospital.",
    "Vitamin B12 and HbA1c.",
    "The 1st and 2nd dose.",
    "X-rays help.",
    "About 1,000 people.",
    "Take 0.25.",
]


@pytest.mark.parametrize(
    ("shown", "expected"),
    UNITS + COMPARISONS + RANGES + NUMBERS + TIMES_AND_DATES + CALLS + NAMES,
    ids=lambda value: value,
)
def test_what_is_written_is_said_as_a_nurse_would_say_it(shown: str, expected: str) -> None:
    assert say(shown) == expected


@pytest.mark.parametrize("shown", [*NOT_UNITS, *NOT_RANGES, *NOT_CALLS, *UNHARMED])
def test_what_only_looks_like_a_case_for_a_rule_stays(shown: str) -> None:
    assert say(shown).replace(" thousand", "") == shown


@pytest.mark.parametrize("symbol", ["mcg", "µg", "μg", "ug", "MCG"])
def test_micrograms_are_never_milligrams(symbol: str) -> None:
    for text in (f"5{symbol}", f"5 {symbol}", f"5{symbol}/day", f"5-10{symbol}", f"a 5-{symbol} tablet"):
        assert "microgram" in say(text)
        assert "milligram" not in say(text)


@pytest.mark.parametrize("symbol", ["mg", "MG"])
def test_milligrams_are_never_micrograms(symbol: str) -> None:
    assert say(f"5{symbol}") == "5 milligrams"


def test_american_pages_are_spelled_the_american_way() -> None:
    assert say("0.5 mL and 20%", "en-US") == "0.5 milliliters and 20 percent"


def test_a_date_in_digits_is_read_by_the_country_and_word_for_word_where_that_is_unsure() -> None:
    assert say("05/06/2024", "en-GB") == "5 June 2024"
    assert say("05/06/2024", "en-US") == "May 6, 2024"
    assert say("05/06/2024", "en") == "05 slash 06 slash 2024"


def test_an_exponent_in_markup_is_a_power() -> None:
    runs = (Run("150 x 10"), Run("9", position="sup"), Run("/L"))
    assert say_runs(*runs).text == "150 times 10 to the power 9 per litre"


def test_a_subscript_in_markup_stands_apart() -> None:
    assert say_runs(Run("H"), Run("2", position="sub"), Run("O")).text == "H 2 O"


@pytest.mark.parametrize("stroke", ["/", "⁄"])
@pytest.mark.parametrize("before", ["In the morning: ", "After a meal, "])
def test_the_upper_number_of_a_fraction_is_no_note(before: str, stroke: str) -> None:
    runs = (Run(before), Run("1", position="sup"), Run(stroke), Run("4", position="sub"), Run(" tablet"))
    assert say_runs(*runs).text == f"{before}one quarter tablet"
    assert not check(runs, f"{before}one quarter tablet", "en")
    assert check(runs, f"{before}⁄4 tablet", "en")


def test_an_ordinal_in_markup_stays_whole() -> None:
    assert say_runs(Run("the 1"), Run("st", position="sup"), Run(" dose")).text == "the 1st dose"


def test_square_metres_in_markup_are_a_unit() -> None:
    assert say_runs(Run("30 kg/m"), Run("2", position="sup")).text == "30 kilograms per square metre"


@pytest.mark.parametrize(
    "marker",
    [
        Run("3", position="note"),
        Run("3", position="sup", href="#fn3"),
        Run("*", position="sup"),
        Run("1,2", position="sup"),
    ],
)
def test_the_marker_of_a_note_is_not_said(marker: Run) -> None:
    assert say_runs(Run("Take 2 tablets"), marker, Run(".")).text == "Take 2 tablets."


def test_a_marker_in_square_brackets_is_not_said() -> None:
    assert say("Most people recover.[3] Some do not.[4,5]") == "Most people recover. Some do not."


def test_a_number_in_a_telephone_link_is_said_digit_by_digit() -> None:
    assert say_runs(Run("Ask on "), Run("555 7788", href="tel:5557788")).text == "Ask on 5 5 5, 7 7 8 8"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Call 555-0123, 8 am to 5 pm.", "Call 5 5 5, 0 1 2 3; 8 a m to 5 p m."),
        ("Ring 020 7450 4000, 24 hours.", "Ring 0 2 0, 7 4 5 0, 4 0 0 0; 24 hours."),
        ("Ring 116 123, day or night.", "Ring 1 1 6, 1 2 3, day or night."),
    ],
)
def test_a_number_after_a_phone_number_stands_apart_from_it(sentence: str, expected: str) -> None:
    assert say(sentence) == expected
    assert check([Run(sentence)], expected, "en-GB") == []


def test_an_explained_abbreviation_is_said_by_its_name_and_letters() -> None:
    runs = (Run("Have an "), Run("ECG", abbr="electrocardiogram"), Run("."))
    assert say_runs(*runs).text == "Have an electrocardiogram (E C G)."


def test_an_explained_abbreviation_beside_its_name_is_spelled() -> None:
    runs = (Run("Body mass index ("), Run("BMI", abbr="body mass index"), Run(")."))
    assert say_runs(*runs).text == "Body mass index (B M I)."


def test_an_abbreviation_that_the_page_defines_is_spelled_though_it_could_be_a_word() -> None:
    page = PageWords({"GRADI": "general rating of …"})
    assert say("The GRADI test", page=page) == "The G R A D I test"


def test_every_change_names_its_rule_and_makes_the_spoken_text_again() -> None:
    shown = "Take 2 x 500mg tablets every 4–6 hrs; if <38C or 140/90mmHg, call 116 123."
    result = spoken([Run(shown)], "en-GB", NOTHING_DEFINED)
    assert said(shown, result.changes) == result.text
    assert {change.rule for change in result.changes} <= set(RULES)
    places = [(change.start, change.end) for change in result.changes]
    assert places == sorted(places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))


@pytest.mark.parametrize("lang", ["cy", "ar", "ja", "hi", "tr", "x-klingon", ""])
def test_a_language_without_words_passes_through_unharmed(lang: str) -> None:
    text = "Cymerwch 2 x 500mg (20) 5 > a a.m. م/س ‌ｱ."
    assert say(text, lang) == text


def test_lowered_digits_stand_apart_in_any_language() -> None:
    runs = (Run("H"), Run("2", position="sub"), Run("O"))
    assert say_runs(*runs, lang="cy").text == "H 2 O"


def test_every_rule_says_what_it_does_in_one_sentence() -> None:
    assert len(RULES) >= 25
    for name, about in RULES.items():
        assert name
        assert about.endswith(".")
        assert about.count(". ") == 0


def test_an_m_before_a_g_or_a_count_is_no_metre() -> None:
    assert say("5 m.g. a day, 1m units, 2 m tall") == "5 m.g. a day, 1m units, 2 metres tall"


def test_a_cross_before_a_length_of_treatment_is_not_a_multiplication() -> None:
    assert say("5 mg x 7 days, 3 x 7 days") == "5 milligrams for 7 days, 3 times 7 days"
    assert say("c/8 hrs x 7 días", "es") == "cada 8 horas durante 7 días"
    assert say("1 cp/j x 7 jours", "fr") == "1 comprimé par jour pendant 7 jours"
    assert say("alle 8 h x 7 Tage", "de") == "alle 8 Stunden für 7 Tage"


def test_spains_decimal_apostrophe_is_a_decimal_comma() -> None:
    assert say("Tome 1'5 ml a 38’5 ºC y 5'000 UI", "es-ES") == (
        "Tome 1,5 mililitros a 38,5 grados Celsius y 5000 unidades internacionales"
    )
    assert say("10 U.I. al día", "es") == "10 unidades internacionales al día"
