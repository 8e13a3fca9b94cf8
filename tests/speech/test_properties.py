"""What holds for any text: nothing raises, no number is lost, offsets map back, time grows with length only."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.growth import linear
from tests.speech.sentences_of_ours import CLINICAL
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, said, sentences, spoken
from voicegen.speech.proof import check

LANGUAGES = st.sampled_from(["en", "en-US", "en-GB", "es", "es-MX", "es-419", "fr", "fr-CA", "de", "cy", "ja"])
_PIECES = """
    1 2 3 05 10 20 38 100 500 1,000 1.000 0.5 0,5 .5 ½ 1/2 999 112 116 2024 mg mcg µg ml mL g kg mmHg °C C L % h
    min / – - − < > ≤ ≥ ± = × x + ^ ⁹ ₂ . , : ; ( ) [ ] * £ € $ & @ not do take tablets Dr. St. e.g. b.i.d. type
    L4 L5 COVID ECG NOT DO US am pm a.m. Jan Mon Aug per day call phone www. .org und y et 3. Mai am vom the of
    II IV hrs
"""
PIECES = st.sampled_from(_PIECES.split())
CLINICAL_NOISE = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "\u00a0"])), max_size=14).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
ANY_TEXT = st.one_of(st.text(max_size=80), CLINICAL_NOISE)
RUNS = st.lists(
    st.builds(
        Run,
        text=ANY_TEXT,
        position=st.sampled_from(["", "", "", "sub", "sup", "note"]),
        abbr=st.sampled_from(["", "", "", "full name"]),
        href=st.sampled_from(["", "", "#note", "tel:123", "https://example.org"]),
    ),
    max_size=4,
)
OFTEN = settings(max_examples=400)


@OFTEN
@given(RUNS, LANGUAGES)
def test_no_input_raises_and_the_changes_make_the_spoken_text_again(runs: list[Run], lang: str) -> None:
    shown = "".join(run.text for run in runs)
    result = spoken(runs, lang, NOTHING_DEFINED)
    assert said(shown, result.changes) == result.text
    end = 0
    for change in result.changes:
        assert end <= change.start < change.end <= len(shown)
        assert shown[change.start : change.end] != change.spoken
        end = change.end
    assert result == spoken(runs, lang, NOTHING_DEFINED)
    check(runs, result.text, lang)


@OFTEN
@given(CLINICAL_NOISE)
def test_a_digit_outside_a_change_stands_in_the_spoken_text_unchanged(text: str) -> None:
    result = spoken([Run(text)], "en-GB", NOTHING_DEFINED)
    left = list(text)
    for change in result.changes:
        for place in range(change.start, change.end):
            left[place] = " "
    kept = [digit for digit in "".join(left) if digit.isdigit()]
    heard = [digit for digit in result.text if digit.isdigit()]
    remaining = iter(heard)
    assert all(any(digit == other for other in remaining) for digit in kept)


_MAY_DROP_DIGITS = {
    "note markers",
    "web addresses",
    "times",
    "dates",
    "fractions",
    "multiplication",
    "decades",
    "money",
    "ordinals",
    "explained names",
}
"""Rules that say digits in words or drop a marker; the proof watches over them."""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", string.digits)


@OFTEN
@example("1⁹", "cy")
@example(".5mg", "cy")
@example("1.000", "ja")
@given(CLINICAL_NOISE, LANGUAGES)
def test_no_other_rule_loses_or_makes_a_digit(text: str, lang: str) -> None:
    for change in spoken([Run(text)], lang, NOTHING_DEFINED).changes:
        if change.rule in _MAY_DROP_DIGITS or change.rule == "roman numerals":
            continue
        piece = text[change.start : change.end]
        if change.rule == "signs of amounts":
            piece = piece.translate(_RAISED)  # "10⁹" is said as ten to the power 9
        before = [digit for digit in piece if digit in string.digits]
        after = [digit for digit in change.spoken if digit in string.digits]
        is_bare = change.rule in ("decimals", "signs of amounts") and not text[change.start].isdigit()
        if is_bare and after == ["0", *before]:
            after = after[1:]  # ".5" and ".05" are said with a zero before the point
        if change.rule in ("powers", "units"):
            assert len(after) <= len(text[change.start : change.end])
            continue
        assert before == after, change


@OFTEN
@given(ANY_TEXT, st.sampled_from(["cy", "ja", "ar", "tr", "zz", ""]))
def test_text_in_a_language_without_words_is_unchanged_but_for_signs_of_amounts(text: str, lang: str) -> None:
    found = spoken([Run(text)], lang, NOTHING_DEFINED)
    for change in found.changes:
        piece = text[change.start : change.end]
        if change.rule == "signs of amounts":
            assert not any(map(str.isalpha, piece)), change
        else:  # letters that look like those of the word around them
            assert change.rule == "letter forms"
            assert len(piece) == len(change.spoken)
    if not found.changes:
        assert found.text == " ".join(text.split())


@OFTEN
@given(st.text(max_size=200) | st.lists(CLINICAL_NOISE, max_size=8).map(" ".join), LANGUAGES)
def test_every_character_stands_in_exactly_one_sentence(text: str, lang: str) -> None:
    places = sentences(text, lang)
    end = 0
    for start, stop in places:
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


@pytest.mark.parametrize(("lang", "sentence"), CLINICAL)
def test_saying_what_is_said_changes_nothing_more(lang: str, sentence: str) -> None:
    once = spoken([Run(sentence)], lang, NOTHING_DEFINED).text
    assert spoken([Run(once)], lang, NOTHING_DEFINED).text == once


LONG = [
    "1" * 40,
    "1-" * 20,
    "1 000 " * 8,
    "5 mg/" * 8,
    "a." * 20,
    "A" * 40,
    "A.B." * 10,
    "(((((" * 8,
    "1/2/3/" * 8,
    "<" * 40,
    "-" * 40,
    "II, " * 10,
    "St. " * 10,
    "www.a" * 8,
    "a@" * 20,
    "020 74" * 8,
    "1.1" * 14,
    " " * 40,
    "no. " * 10,
    "É" * 40,
    "²" * 40,
    "[1" * 20,
    "Mon-" * 10,
    "a/b" * 14,
    "not a word in sight ",
]


@pytest.mark.parametrize("unit", LONG)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_time_grows_with_the_length_and_no_faster(unit: str, lang: str) -> None:
    def work(times: int) -> None:
        text = unit * times
        for first, last in sentences(text, lang):
            run = Run(text[first:last])
            check([run], spoken([run], lang, NOTHING_DEFINED).text, lang)
        spoken([Run(text)], lang, NOTHING_DEFINED)

    assert linear(work, 16_000 // len(unit))


def test_a_huge_sentence_is_cut_without_parting_an_amount_or_a_negation() -> None:
    text = "take 5 mg and do not drive " * 400
    for start, end in sentences(text, "en"):
        assert end - start <= 1000
        assert not re.search(r"(?:\d|\bnot|\bdo)\Z", text[start:end])


@pytest.mark.parametrize("unit", ["1", "\u00a0"])
def test_a_row_of_digits_or_spaces_beside_an_arrow_takes_no_longer(unit: str) -> None:
    assert linear(lambda times: spoken([Run(f"½ → a {unit * times}")], "en", NOTHING_DEFINED), 16_000)
