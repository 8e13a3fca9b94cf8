"""The proof reads amounts and negations by itself, and stops every rule that we break on purpose."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from tests.gauntlet.test_gauntlet import cases
from tests.speech.sentences_of_ours import CLINICAL
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, language, rulebook, spoken
from voicegen.speech.language import shared_words
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.proof import check, negations, quantities
from voicegen.speech.proof_letters import unreadable
from voicegen.speech.proof_wording import wording
from voicegen.steps.disagreement import Sentence, disagreements

READ = [
    ("5 mg", "5 milligrams"),
    ("5mcg", "5 micrograms"),
    ("<5 mm", "less than 5 millimetres"),
    ("20–30%", "20 to 30 per cent"),
    ("140/90mmHg", "140 over 90 millimetres of mercury"),
    ("5 mg/kg/day", "5 milligrams per kilogram per day"),
    ("10⁹/L", "10 to the power 9 per litre"),
    ("−20 °C", "minus 20 degrees Celsius"),
    ("38C", "38 degrees Celsius"),
    (".5 ml", "0.5 millilitres"),
    ("aged 65+", "aged 65 plus"),
]


@pytest.mark.parametrize(("shown", "said"), READ)
def test_signs_and_words_are_read_as_the_same_amount(shown: str, said: str) -> None:
    assert quantities(shown, "en") == quantities(said, "en")
    assert sum(quantities(shown, "en").values()) == 1


@pytest.mark.parametrize("lang", ["de", "en", "es", "fr"])
def test_a_sign_is_said_by_every_word_that_is_listed_for_it(lang: str) -> None:
    for table in ("symbols", lang):
        for sign, names in shared_words(f"proof/wording/{table}").get("signs", {}).items():
            for name in names:
                assert wording([Run(sign)], name, ("", ""), lang) == [], (sign, name)


_SIGNS_IN_THEIR_ORDER = """
from voicegen.speech.proof_wording import wording
from voicegen.model.document import Run
print(wording([Run("↑")], "en aumento", ("", ""), "es"))
"""


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_of_two_words_for_a_sign_the_longer_is_heard_in_every_order_of_sets(seed: str) -> None:
    command = [sys.executable, "-c", _SIGNS_IN_THEIR_ORDER]
    ran = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


DIFFERENT = [
    ("5 mg", "5 micrograms"),
    ("5 mg", "5 grams"),
    ("5 mg", "5"),
    ("0.5 mg", "5 milligrams"),
    ("0.5 mg", "05 milligrams"),
    ("1,000 mg", "1 milligrams"),
    ("<5 mm", "5 millimetres"),
    ("<5 mm", "more than 5 millimetres"),
    ("≤5 mm", "less than 5 millimetres"),
    ("20–30%", "20 30 per cent"),
    ("20–30%", "30 to 20 per cent"),
    ("140/90 mmHg", "140 90 millimetres of mercury"),
    ("140/90 mmHg", "90 over 140 millimetres of mercury"),
    ("−20 °C", "20 degrees Celsius"),
    ("38 °C", "38 degrees Fahrenheit"),
    ("10⁹/L", "10 per litre"),
    ("10⁹/L", "10 to the power 6 per litre"),
    ("5 mg/day", "5 milligrams"),
    ("5 mg/day", "5 milligrams per hour"),
    ("5 mg/kg", "5 milligrams per day"),
    ("1/2 tablet", "one quarter tablet"),
    ("1½ tablets", "1 tablets"),
    ("Call 999.", "Call 9 9 8."),
    ("Call 116 123.", "Call 1 1 6, 1 3 2."),
    ("at 5.30pm", "at 5 30 a m"),
    ("5 mg b.i.d.", "5 milligrams three times a day"),
    ("65+", "65"),
    ("Do not drive.", "Do drive."),
    ("Take it w/o food.", "Take it with food."),
    ("Drive.", "Never drive."),
    ("Take 2 tablets.", "Take tablets."),
    ("Take tablets.", "Take 2 tablets."),
]


@pytest.mark.parametrize(("shown", "wrong"), DIFFERENT)
def test_a_wrong_amount_or_negation_is_found(shown: str, wrong: str) -> None:
    assert check([Run(shown)], wrong, "en")


@pytest.mark.parametrize(
    ("shown", "said", "wrong", "lang"),
    [
        (
            "< 54 mg/dl o > 300 mg/dl",
            "menos de 54 mg/dl o más de 300 mg/dl",
            "menos de 54 o menos de 300 mg/dl",
            "es",
        ),
        ("< 54 mg/dl ou > 300 mg/dl", "moins de 54 mg/dl ou plus de 300 mg/dl", "moins de 54 ou 300 mg/dl", "fr"),
        ("65+ de ambos sexos", "65 o más de ambos sexos", "65 de ambos sexos", "es"),
    ],
)
def test_or_before_more_than_is_no_plus(shown: str, said: str, wrong: str, lang: str) -> None:
    assert quantities(shown, lang) == quantities(said, lang) != quantities(wrong, lang)


def test_day_and_month_are_not_swapped_where_the_country_is_known() -> None:
    assert check([Run("05/06/2024")], "5 June 2024", "en-GB") == []
    assert check([Run("05/06/2024")], "May 6, 2024", "en-GB")
    assert check([Run("05/06/2024")], "5 June 2024", "en-US")
    assert check([Run("05/06/2024")], "5 June 2024", "en")


def test_what_differs_is_named_in_words() -> None:
    assert check([Run("Do not take 5 mg.")], "Do take 5 micrograms.", "en") == [
        "shown but not said: 5 mg",
        "said but not shown: 5 mcg",
        'the word "not" is shown but not said',
    ]


def test_the_number_sign_is_no_negation() -> None:
    assert not negations("See no. 5", "en")
    assert negations("There is no cure.", "en") == {"no": 1}


@pytest.mark.parametrize(("lang", "sentence"), CLINICAL)
def test_what_the_rules_say_passes_the_proof(lang: str, sentence: str) -> None:
    assert check([Run(sentence)], spoken([Run(sentence)], lang, NOTHING_DEFINED).text, lang) == []


Find = Callable[[Passage], Iterable[Claim]]


def _reworded(change: Callable[[str], str]) -> Callable[[Find], Find]:
    def mutant(find: Find) -> Find:
        return lambda passage: [Claim(c.start, c.end, change(c.words)) for c in find(passage)]

    return mutant


def _off(find: Find) -> Find:
    return lambda passage: [Claim(c.start, c.end, "") for c in find(passage)]


def _next_digit(words: str) -> str:
    return words.translate(str.maketrans("0123456789", "1234567890"))


MUTANTS: dict[str, tuple[str, Callable[[Find], Find]]] = {
    "micrograms become milligrams": ("units", _reworded(lambda w: w.replace("microgram", "milligram"))),
    "milligrams become micrograms": ("units", _reworded(lambda w: w.replace("milligram", "microgram"))),
    "millilitres become litres": ("units", _reworded(lambda w: w.replace("millilitre", "litre"))),
    "per day is lost": ("units", _reworded(lambda w: w.replace(" per day", ""))),
    "per kilogram is lost": ("units", _reworded(lambda w: w.replace(" per kilogram", ""))),
    "units are lost": ("units", _off),
    "comparators are lost": ("comparators", _off),
    "less becomes more": ("comparators", _reworded(lambda w: w.replace("less than", "more than"))),
    "at most becomes at least": ("comparators", _reworded(lambda w: w.replace("at most", "at least"))),
    "ranges are lost": ("ranges", _reworded(lambda _: " ")),
    "minus is lost": ("signs", _off),
    "powers are lost": ("powers", _off),
    "powers are wrong": ("powers", _reworded(_next_digit)),
    "over is lost": ("blood pressure", _reworded(lambda _: " ")),
    "the decimal point is lost": ("decimals", _reworded(lambda w: w.replace(".", ""))),
    "Celsius becomes Fahrenheit": ("temperatures", _reworded(lambda w: w.replace("Celsius", "Fahrenheit"))),
    "phone digits are wrong": ("phone numbers", _reworded(_next_digit)),
    "phone digits are lost": ("phone numbers", _reworded(lambda w: w[:-2])),
    "half becomes a quarter": ("fractions", _reworded(lambda w: w.replace("half", "one quarter"))),
    "hours are wrong": ("times", _reworded(_next_digit)),
    "morning becomes evening": ("times", _reworded(lambda w: w.replace("a m", "p m"))),
    "dates are wrong": ("dates", _reworded(lambda w: w.replace("August", "April"))),
    "money is wrong": ("money", _reworded(_next_digit)),
    "a count is lost": ("multiplication", _reworded(lambda w: w.replace("two, ", ""))),
    "stages are wrong": ("roman numerals", _reworded(_next_digit)),
    "twice becomes three times": ("abbreviations", _reworded(lambda w: w.replace("twice", "three times"))),
    "without becomes with": ("abbreviations", _reworded(lambda w: w.replace("without", "with"))),
    "NOT is lost": ("capitals", _reworded(lambda w: w.replace("not", ""))),
    "decades are wrong": ("decades", _reworded(lambda w: w.replace("forties", "fifties"))),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_every_broken_rule_is_stopped_wherever_it_changes_what_is_said(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [("en", sentence) for lang, sentence in CLINICAL if lang == "en"]
    sentences += [(case.lang, case.shown) for case in cases("en")]
    good = {(lang, sentence): spoken([Run(sentence)], lang, NOTHING_DEFINED).text for lang, sentence in sentences}
    broken, mutant = MUTANTS[name]
    rules = [replace(rule, find=mutant(rule.find)) if rule.name == broken else rule for rule in rulebook.ORDER]
    assert any(isinstance(rule, Rule) and rule.name == broken for rule in rules)
    monkeypatch.setattr(rulebook, "ORDER", tuple(rules))
    changed = 0
    for lang, sentence in sentences:
        said = spoken([Run(sentence)], lang, NOTHING_DEFINED).text
        if said != good[lang, sentence]:
            changed += 1
            assert check([Run(sentence)], said, lang), f"{sentence!r} was said as {said!r}"
    assert changed, "the mutant changed nothing, so the test shows nothing"


WORD_MUTANTS = {
    "en": "not =>|milligrams=>micrograms|less than =>|10 to 20=>10 20|4 to 6=>6 to 4|minus =>| per kilogram=>",
    "es": " no => |microgramos=>miligramos|menos de =>| por kilogramo=>|0,5=>5|sin =>con |menos 20=>20",
    "fr": " pas => |microgrammes=>milligrammes|moins de =>| par kilogramme=>|0,5=>5|sans =>avec |moins 20=>20",
    "de": " nicht => |Mikrogramm=>Milligramm|weniger als =>| pro Kilogramm=>|0,5=>5|ohne =>mit |minus 20=>20",
}
"""For each language: what is replaced in the speech, and by what."""


@pytest.mark.parametrize(
    ("lang", "change"), [(lang, change) for lang, changes in WORD_MUTANTS.items() for change in changes.split("|")]
)
def test_a_word_lost_from_what_is_said_is_found(lang: str, change: str) -> None:
    old, new = change.split("=>")
    tried = 0
    for code, sentence in CLINICAL:
        said = spoken([Run(sentence)], code, NOTHING_DEFINED).text
        if code == lang and old in said:
            tried += 1
            assert check([Run(sentence)], said.replace(old, new), lang), said
    assert tried


def test_a_wrong_unit_in_the_language_data_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    english = language.language("en")
    assert english is not None
    wrong = {**english.units, "mcg": english.units["mg"], "µg": english.units["mg"]}
    monkeypatch.setitem(english.__dict__, "units", wrong)
    said = spoken([Run("Take 5 mcg.")], "en", NOTHING_DEFINED).text
    assert said == "Take 5 milligrams."
    assert check([Run("Take 5 mcg.")], said, "en")


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ("Take 5 m\u0433 a day.", "two alphabets"),
        ("\u0442\u0430ke care", "two alphabets"),
        ("Take 5\u033800 mg a day.", "drawn over"),
        ("Take 5\u20e000 mg a day.", "drawn over"),
        ("Take 500 \u202egm 005", "the other end"),
        ("Take \u202d\u05d0\u05d1", "the other end"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "pl"])
def test_what_a_reader_sees_otherwise_than_it_would_be_said_is_refused(shown: str, fault: str, lang: str) -> None:
    said = spoken([Run(shown)], lang, NOTHING_DEFINED)
    (found,) = disagreements(Sentence([Run(shown)], said.text, said.changes, lang))
    assert any(fault in words for words in unreadable(found.shown, found.said))


@pytest.mark.parametrize(
    "shown",
    [
        "TNF\u03b1 and NF-\u03baB",
        "5 \u03bcg",
        "1\ufe0f\u20e3 Rest",
        "\u202d500 mg\u202c",
        "\u202e\u05d0\u05d1\u202c",
        "\u2066500 mg\u2069",
        "cafe\u0301",
        "\u0413\u0440\u0438\u043f\u043f (flu)",
    ],
)
def test_greek_letters_keys_and_accents_are_no_reason_to_refuse(shown: str) -> None:
    said = spoken([Run(shown)], "en", NOTHING_DEFINED)
    assert disagreements(Sentence([Run(shown)], said.text, said.changes, "en")) == []


@pytest.mark.parametrize("lang", ["en", "pl"])
def test_a_denial_in_letters_of_another_alphabet_is_heard_as_it_is_seen(lang: str) -> None:
    assert spoken([Run("Do n\u043et take \u0421a2+.")], lang, NOTHING_DEFINED).text.startswith("Do not take Ca")


def test_a_denial_in_letters_of_another_alphabet_that_no_rule_says_is_noticed() -> None:
    assert any("not" in fault for fault in check([Run("Do n\u043et take")], "Do take", "en"))


@pytest.mark.parametrize("sign", "✗✘❌☒✖❎🚫⛔⊘👎✕☓╳")
@pytest.mark.parametrize(("lang", "word"), [("en", "no"), ("es", "no"), ("fr", "non"), ("de", "nein")])
def test_signs_of_what_is_forbidden_are_said_and_missed_where_they_are_not(
    sign: str, lang: str, word: str
) -> None:
    runs = (Run(f"⚠️{sign} Ibuprofen"),)
    found = spoken(runs, lang, NOTHING_DEFINED)
    assert found.text.split() == [word, "Ibuprofen"]
    assert Sentence(runs, found.text, found.changes, lang).faults() == []
    dropped = [replace(change, spoken="") for change in found.changes]
    assert Sentence(runs, "Ibuprofen", dropped, lang).faults()


@pytest.mark.parametrize("shown", ["2 ✕ 5 mg", "2✕5 mg"])
def test_a_cross_between_numbers_multiplies(shown: str) -> None:
    runs = (Run(shown),)
    found = spoken(runs, "en", NOTHING_DEFINED)
    assert found.text == "2 times 5 milligrams"
    assert Sentence(runs, found.text, found.changes, "en").faults() == []


@pytest.mark.parametrize(
    ("shown", "said"), [("(-)", "minus"), ("(–)", "minus"), ("(+)", "plus"), ("(++)", "plus plus")]
)
def test_a_result_in_brackets_alone_is_said(shown: str, said: str) -> None:
    runs = (Run(shown),)
    found = spoken(runs, "en", NOTHING_DEFINED)
    assert found.text == said
    assert Sentence(runs, found.text, found.changes, "en").faults() == []


def test_a_cross_before_a_number_is_not_said_as_a_number_of_that_name() -> None:
    runs = (Run("❌ 5 mg"),)
    found = spoken(runs, "en", NOTHING_DEFINED)
    assert found.text == "no, 5 milligrams"
    assert Sentence(runs, found.text, found.changes, "en").faults() == []


@pytest.mark.parametrize(
    "shown", ["≯10 mg", "≮ 5", "‹5 mg", "5―10 mg", "5∶10", "5∕10", "2‧5 mg", "≪ 5", "5⸺10 mg"]
)
@pytest.mark.parametrize("lang", ["en", "it"])
def test_a_sign_that_no_voice_says_with_a_number_is_refused(shown: str, lang: str) -> None:
    runs = (Run(f"Max {shown}"),)
    found = spoken(runs, lang, NOTHING_DEFINED)
    assert Sentence(runs, found.text, found.changes, lang).faults()


def test_the_unit_that_is_shown_is_said_whatever_its_title() -> None:
    runs = (Run("5 "), Run("mcg", abbr="milligrams"))
    found = spoken(runs, "en", NOTHING_DEFINED)
    assert found.text == "5 micrograms"
    assert Sentence(runs, found.text, found.changes, "en").faults() == []
    assert check(runs, "5 milligrams", "en")


def test_the_raised_letter_of_an_ordinal_that_begins_a_text_is_no_note() -> None:
    runs = (Run("2"), Run("e", position="sup"), Run(" dose"))
    found = spoken(runs, "fr", NOTHING_DEFINED)
    assert found.text == "deuxième dose"
    assert Sentence(runs, found.text, found.changes, "fr").faults() == []


def test_a_name_that_the_page_gives_for_a_short_form_holds_though_it_is_a_title_of_persons() -> None:
    runs = (Run("The "), Run("MS", abbr="multiple sclerosis"), Run(" team"))
    found = spoken(runs, "en", NOTHING_DEFINED)
    assert found.text == "The multiple sclerosis (M S) team"
    assert Sentence(runs, found.text, found.changes, "en").faults() == []
    daily = (Run("5 mg "), Run("b.d.", abbr="once a day"))
    found = spoken(daily, "en", NOTHING_DEFINED)
    assert Sentence(daily, found.text, found.changes, "en").faults()
    for short, name in (("tds", "three times daily"), ("BD", "twice daily"), ("po", "by mouth")):
        titled = (Run("5 mg "), Run(short, abbr=name), Run(" with food"))
        found = spoken(titled, "en", NOTHING_DEFINED)
        assert Sentence(titled, found.text, found.changes, "en").faults() == []


@pytest.mark.parametrize(
    ("shown", "lang", "wrong"),
    [
        ("Tome 1'5 ml", "es", "Tome 1 5 mililitros"),
        ("Tome 1'5 ml", "es", "Tome 15 mililitros"),
        ("10 U.I.", "es", "10 unidades"),
    ],
)
def test_what_spain_writes_is_read_by_the_proof(shown: str, lang: str, wrong: str) -> None:
    runs = (Run(shown),)
    found = spoken(runs, lang, NOTHING_DEFINED)
    assert Sentence(runs, found.text, found.changes, lang).faults() == []
    assert check(runs, wrong, lang)


@pytest.mark.parametrize(
    ("shown", "lang"), [("Repos 30'", "fr"), ("Reposo 90''", "es"), ("He is 6' tall", "en"), ("30′", "de")]
)
def test_a_mark_of_minutes_or_feet_that_no_voice_says_is_refused_and_a_quotation_is_not(
    shown: str, lang: str
) -> None:
    for text, faulty in ((shown, True), (f"'{shown}", False)):
        assert bool(Sentence((Run(text),), text, (), lang).faults()) == faulty


@pytest.mark.parametrize(
    ("shown", "lang", "words"),
    [
        ("one–two tablets", "en", "one to two tablets"),
        ("half-one tablet", "en", "half to one tablet"),
        ("dos–tres veces", "es", "dos a tres veces"),
        ("deux–trois fois", "fr", "deux à trois fois"),
        ("zwei–drei Tage", "de", "zwei bis drei Tage"),
        ("Phase one – two years", "en", "Phase one – two years"),
        ("dix-sept jours", "fr", "dix-sept jours"),
        ("1/2 to 1 tablet", "en", "half to 1 tablet"),
        ("1/2 - 1 tablet", "en", "half to 1 tablet"),
        ("1/2-1 comprimido", "es", "un medio a 1 comprimido"),
        ("paracetamol 500mg/codeine 8mg", "en", "paracetamol 500 milligrams, codeine 8 milligrams"),
        ("5 %-ige Lösung", "de", "5 prozentige Lösung"),
    ],
)
def test_ranges_in_words_and_parts_of_tablets_are_said_and_proved(shown: str, lang: str, words: str) -> None:
    runs = (Run(shown),)
    found = spoken(runs, lang, NOTHING_DEFINED)
    assert found.text == words
    assert Sentence(runs, found.text, found.changes, lang).faults() == []


def test_a_dash_between_numbers_in_words_that_is_left_to_the_voice_is_refused() -> None:
    for shown, lang in (("one–two tablets", "en"), ("deux–trois fois", "fr")):
        assert check([Run(shown)], shown, lang)
    assert check([Run("1/2 to 1 tablet")], "1 slash 2 to 1 tablet", "en")
    assert check([Run("1/2 to 1 tablet")], "half 1 tablet", "en")


@pytest.mark.parametrize("part", ["1/2", "½", "1⁄2"])
def test_a_part_of_one_that_is_raised_whole_is_said_as_one(part: str) -> None:
    runs = (Run("1"), Run(part, position="sup"), Run(" tablets"))
    found = spoken(runs, "en", NOTHING_DEFINED)
    assert found.text == "1 and a half tablets"
    assert Sentence(runs, found.text, found.changes, "en").faults() == []
    assert check(runs, "11 slash 2 tablets", "en")
