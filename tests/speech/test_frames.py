"""The words of ours in a recording: complete in four languages, absent in every other."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from voicegen.model.document import Urgency
from voicegen.speech import frames
from voicegen.speech.plurals import category

COMPLETE = ["en", "es", "fr", "de"]


def everything(lang: str) -> list[str]:
    words = frames(lang)
    return [
        words.table(3, 2),
        words.end_of_table,
        words.image,
        words.end_of_image,
        words.caption,
        words.quotation,
        words.end_of_quotation,
        words.contents,
        words.chapters(5),
        words.minutes(5),
        words.from_publisher("X"),
        words.reviewed("Y"),
        words.end_of("Z"),
        words.item(4),
        words.inner_list(1),
        words.inner_list(3),
        words.end_of_inner_list,
        words.note("1"),
        words.note("†"),
        words.see_note("a"),
        *(words.urgency(urgency) for urgency in get_args(Urgency)),
    ]


@pytest.mark.parametrize("lang", [*COMPLETE, "en-GB", "es-419", "fr-CA", "de_CH"])
def test_every_frame_word_is_there(lang: str) -> None:
    assert frames(lang)
    for words in everything(lang):
        assert words
        assert not re.search(r"[{}]|\bNone\b", words)


@pytest.mark.parametrize("lang", ["cy", "ar", "", "x", "zz-ZZ", "../en", "latin"])
def test_a_language_without_words_gets_none_in_a_wrong_language(lang: str) -> None:
    assert not frames(lang)
    assert set(everything(lang)) == {""}
    assert words_of_publisher(lang) == ()


def test_the_english_words() -> None:
    words = frames("en")
    assert words.table(3, 2) == "Table, 3 columns, 2 rows."
    assert words.table(1, 1) == "Table, 1 column, 1 row."
    assert words.end_of_table == "End of table."
    assert words.chapters(5) == "This recording has 5 chapters."
    assert words.chapters(1) == "This recording has 1 chapter."
    assert words.from_publisher("Example Clinic") == "From Example Clinic."
    assert words.end_of("Back pain") == "End of Back pain."
    assert words.urgency("emergency") == "Immediate action required"
    assert words.urgency("non-urgent") == "Non-urgent advice"


def words_of_publisher(lang: str) -> tuple[str, ...]:
    return tuple(words for words, _ in frames(lang).publisher_lines("X", "cy") if words)


@pytest.mark.parametrize("lang", COMPLETE)
def test_the_signs_of_notes_have_names(lang: str) -> None:
    names = {frames(lang).note(sign) for sign in "*†‡§¶#"}
    assert len(names) == 6
    assert not any(set("*†‡§¶#") & set(name) for name in names)
    assert frames("en").note("**") == "Note star star:"
    assert frames("en").note("b") == "Note B:"


@pytest.mark.parametrize("lang", COMPLETE)
def test_a_publisher_of_another_language_has_a_line_of_its_own(lang: str) -> None:
    ours, theirs = frames(lang).publisher_lines("Y Clinig", "cy")
    assert (ours[1], theirs) == (False, ("Y Clinig.", True))
    assert f"{ours[0]} {theirs[0]}" == frames(lang).from_publisher("Y Clinig")
    for own in ("", lang, f"{lang}-XX"):
        assert frames(lang).publisher_lines("Z", own) == ((frames(lang).from_publisher("Z"), False),)


@pytest.mark.parametrize("lang", COMPLETE)
def test_one_and_many_differ_where_the_language_says_so(lang: str) -> None:
    words = frames(lang)
    assert words.table(1, 1) != words.table(2, 2).replace("2", "1")
    if lang != "de":  # "1 Kapitel", "2 Kapitel"
        assert words.chapters(1) != words.chapters(2).replace("2", "1")


@pytest.mark.parametrize("lang", COMPLETE)
def test_urgencies_are_told_apart(lang: str) -> None:
    labels = [frames(lang).urgency(urgency) for urgency in get_args(Urgency)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("lang", "value", "expected"),
    [("en", 0, "other"), ("en", 1, "one"), ("en", 0.5, "other"), ("fr", 0, "one"), ("fr", 1.5, "one"),
     ("fr", 2, "other"),
     ("es", 1, "one"), ("es", 0, "other"), ("de", 1, "one"), ("de", 2, "other")],
)  # fmt: skip
def test_counts_take_the_plural_of_the_language(lang: str, value: float, expected: str) -> None:
    assert category(value, lang) == expected


def test_braces_in_a_title_are_said_as_they_are() -> None:
    assert frames("en").end_of("{number}") == "End of {number}."
