"""The judge: what is the same to the ear is right, and nothing that changes a meaning is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.gauntlet import Sentence, Verdict, judged, read

EXACT, EQUIVALENT, REWORDED, UNREAD, WRONG = Verdict


def verdict(shown: str, expected: str, speech: str, lang: str = "en-GB") -> Verdict:
    return judged(Sentence(lang, shown, (expected,), "here"), speech).verdict


@pytest.mark.parametrize(
    ("shown", "expected", "speech"),
    [
        ("Take 500mg now.", "Take 500 milligrams now.", "take five hundred milligrams now"),
        ("Give 2.5 mL.", "Give 2.5 millilitres.", "Give two point five milliliters."),
        ("An LDL test.", "An L D L test.", "An LDL test."),
        ("Your eGFR fell.", "Your e G F R fell.", "Your eGFR fell."),
        ("GPs can refer you.", "G P's can refer you.", "GPs can refer you."),
        ("Born in 2026.", "Born in 2026.", "Born in twenty twenty-six."),
        ("Call 999.", "Call 9 9 9.", "Call nine nine nine."),
        ("The disc L4-L5.", "The disc L4 L5.", "The disc L four L five."),
        ("Open at 9.30am.", "Open at 9 30 a m.", "Open at nine thirty AM."),
        ("It costs £9.90.", "It costs 9 pounds 90.", "It costs nine pounds and ninety pence."),
        ("20% of adults", "20 per cent of adults", "twenty percent of adults"),
    ],
)
def test_what_sounds_the_same_is_right(shown: str, expected: str, speech: str) -> None:
    assert verdict(shown, expected, speech) is EQUIVALENT


@pytest.mark.parametrize(
    ("shown", "expected", "speech"),
    [
        ("Take 5 mg.", "Take 5 milligrams.", "Take five mg."),
        ("A stone of <5mm.", "A stone of less than 5 millimetres.", "A stone of <five millimeters."),
        ("Rest 24–48 hours.", "Rest 24 to 48 hours.", "Rest twenty four– forty eight hours."),
        ("On 14 Feb 2026.", "On 14 February 2026.", "On fourteen Feb twenty twenty six."),
        ("Give 60 ml/hour.", "Give 60 millilitres per hour.", "Give sixty ml slash hour."),
        ("Vitamin D: 400 IU.", "Vitamin D: 400 international units.", "Vitamin D: four hundred I U."),
        ("Factor VIII.", "Factor 8.", "Factor VIII."),
    ],
)
def test_what_is_left_as_it_is_written_is_unread_not_wrong(shown: str, expected: str, speech: str) -> None:
    assert verdict(shown, expected, speech) is UNREAD


@pytest.mark.parametrize(
    ("shown", "expected", "speech"),
    [
        ("A stone of <5mm.", "A stone of less than 5 millimetres.", "A stone of five millimetres."),
        ("Give 0.125 mg.", "Give 0.125 milligrams.", "Give one hundred and twenty-five milligrams."),
        ("Rest 24–48 hours.", "Rest 24 to 48 hours.", "Rest twenty-four forty-eight hours."),
        ("Do NOT drive.", "Do not drive.", "Do N O T drive."),
        ("SYMPTOMS", "symptoms", "S Y M P T O M S"),
        ("Take paracetamol now.", "Take paracetamol now.", "Take now."),
        ("Due 03/11/2026.", "Due 3 November 2026.", "Due March eleventh twenty twenty-six."),
        ("Call 020 7946 0000.", "Call 0 2 0, 7 9 4 6, 0 0 0 0.", "Call zero two zero seven nine four six zero."),
        ("Take 10mcg once.", "Take 10 micrograms once.", "Take ten milligrams once."),
        ("Take 10mcg of an NHS drug.", "Take 10 micrograms of an N H S drug.", "Take ten mg of an NHS drug."),
        ("Rest well.", "Rest well.", ""),
    ],
)
def test_what_changes_the_meaning_is_wrong(shown: str, expected: str, speech: str) -> None:
    assert verdict(shown, expected, speech) is WRONG


def test_the_same_amounts_in_other_words_are_reworded() -> None:
    assert verdict("Take ½ tablet.", "Take half a tablet.", "Take one half tablet.") is REWORDED
    assert verdict("Due 14 May.", "Due 14 May.", "Due the fourteenth of May.") is REWORDED
    french = ("Tél. 01 23 45 67 89.", "Tél. 0 1, 2 3, 4 5, 6 7, 8 9.")
    assert verdict(
        *french, "Tél. zéro un, vingt-trois, quarante-cinq, soixante-sept, quatre-vingt-neuf.", "fr"
    ) is (REWORDED)


def test_the_best_of_several_expected_speeches_counts() -> None:
    sentence = Sentence("en-GB", "½ tablet", ("half a tablet", "one half of a tablet"), "here")
    assert judged(sentence, "one half of a tablet").verdict is EXACT
    assert judged(sentence, "One half of a tablet").verdict is EQUIVALENT
    assert judged(sentence, "two halves of a tablet").verdict is WRONG


MUTATIONS = {
    "en": [
        ("micrograms", "milligrams"),
        (r"\bmilligrams", "grams"),
        (r"\b(?:less|more) than ", ""),
        (r"\bless than\b", "more than"),
        (r"\bat least\b", "at most"),
        (r"\bminus ", ""),
        (r"(\d)\.(\d)", r"\1\2"),
        (r"(\d) to (\d+) (hours|times|days|weeks|degrees|doses|cent)", r"\1 \2 \3"),
        (r"\b[Dd]o not\b", "do"),
        (r"\bnever ", ""),
        (r"\bwithout\b", "with"),
        (r" per (kilogram|litre|day)", ""),
        ("Celsius", "Fahrenheit"),
        ("millilitres", "litres"),
        (r"(\d) and a half", r"\1 and a quarter"),
        (" to the power", ""),
        (r"\bFebruary\b", "March"),
    ],
    "es": [
        ("microgramos", "miligramos"),
        (r"(menos|más) de (\d)", r"\2"),
        (r"\bmenos (\d)", r"\1"),
        (r"(\d),(\d)", r"\1\2"),
        (r"\b[Nn]o ", ""),
        (" por litro", ""),
    ],
    "fr": [
        ("microgrammes", "milligrammes"),
        (r"(moins|plus) de (\d)", r"\2"),
        (r"\bmoins (\d)", r"\1"),
        (r"(\d),(\d)", r"\1\2"),
        (r" pas\b", ""),
        (" par litre", ""),
    ],
    "de": [
        ("Mikrogramm", "Milligramm"),
        ("(weniger|mehr) als ", ""),
        (r"\bminus ", ""),
        (r"(\d),(\d)", r"\1\2"),
        (r"\bnicht ", ""),
        (" pro (Liter|Tag)", ""),
    ],
}
"""Errors made on purpose in the expected speech, each of them one that could harm."""


@pytest.mark.parametrize(
    ("language", "old", "new"), [(code, *pair) for code, pairs in MUTATIONS.items() for pair in pairs]
)
def test_no_error_made_on_purpose_is_forgiven(language: str, old: str, new: str) -> None:
    changed = [
        (sentence, speech)
        for sentence in read()
        if sentence.language == language
        and (speech := re.sub(old, new, sentence.expected[0])) != sentence.expected[0]
    ]
    assert changed, "no sentence of the corpus has this difficulty"
    assert [speech for sentence, speech in changed if judged(sentence, speech).verdict is not WRONG] == []


@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_a_sentence_that_is_left_alone_is_never_wrong_nor_reworded(language: str) -> None:
    of_language = [sentence for sentence in read() if sentence.language == language]
    verdicts = {sentence.shown: judged(sentence, sentence.shown).verdict for sentence in of_language}
    assert {shown for shown, said in verdicts.items() if said in (WRONG, REWORDED)} == set()


@settings(deadline=None)
@given(st.sampled_from(read()), st.text(max_size=80))
def test_any_speech_is_judged(sentence: Sentence, speech: str) -> None:
    assert judged(sentence, speech).verdict in Verdict
    assert judged(sentence, sentence.expected[0]).verdict is EXACT
