"""Our words in the languages of pages."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from voicegen.formats.words import direction, languages, words_for
from voicegen.model.document import Urgency
from voicegen.speech.frames import frames


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("ar-EG", "rtl"), ("he", "rtl"), ("ur_PK", "rtl"), ("pa-Arab", "rtl"), ("pa", "ltr"), ("az-Latn-IR", "ltr"),
     ("ckb", "rtl"), ("es", "ltr"), ("", "ltr")],
)  # fmt: skip
def test_direction_follows_the_script_before_the_language(lang: str, expected: str) -> None:
    assert direction(lang) == expected


def test_every_language_has_every_word_with_the_same_places_to_fill_in() -> None:
    def shape(words: object) -> object:
        if isinstance(words, dict):
            plural = "other" in words
            return sorted(words)[:0] if plural else {key: shape(value) for key, value in words.items()}
        return sorted(re.findall(r"\{\w+\}", str(words)))

    assert set(languages()) >= {"en", "es", "fr", "de", "ar"}
    english = shape(words_for("en").texts)
    for name in languages():
        words = words_for(name)
        ours = {
            key: value for key, value in words.texts.items() if key != "braille_signs"
        }  # only where tables lack them
        assert shape(ours) == english, name
        assert all("\n" not in str(value) and str(value).strip() for value in words.texts.values()), name


def test_the_urgency_of_a_box_is_shown_in_the_words_in_which_it_is_said() -> None:
    for name in languages():
        said = frames(name)
        for urgency in get_args(Urgency):
            if said:
                assert words_for(name).texts["urgency"][urgency] == said.urgency(urgency)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "4 minutes and 12 seconds"),
        ("es-ES", "4 minutos y 12 segundos"),
        ("fr", "4 minutes et 12\xa0secondes"),
        ("de", "4 Minuten und 12 Sekunden"),
        ("ar", "4 دقائق و12 ثانية"),
        ("no-such-tag", "4 minutes and 12 seconds"),
    ],
)
def test_lengths_of_time_are_said_in_words(lang: str, expected: str) -> None:
    assert words_for(lang).duration(252) == expected


def test_lengths_of_time_are_whole_from_a_second_to_hours() -> None:
    words = words_for("en-GB")
    assert words.duration(0) == "1 second"
    assert words.duration(59.6) == "1 minute"
    assert words.duration(7200) == "2 hours"
    assert words.duration(3661) == "1 hour, 1 minute and 1 second"


def test_a_date_that_is_none_stands_as_it_was_written() -> None:
    words = words_for("en-GB")
    assert words.date("2026-03-09") == '<time datetime="2026-03-09">9 March 2026</time>'
    assert words.date("March <2026>") == "March &lt;2026&gt;"
    assert words.date("9999-99-99") == "9999-99-99"


@pytest.mark.parametrize("size", [1_000, 2_000, 1_000_000, 2_000_000])
def test_one_kilobyte_has_the_sign_of_two_in_german(size: int) -> None:
    assert words_for("de").size(size).split("\N{NO-BREAK SPACE}")[-1].split(" ")[-1] in {"kB", "MB"}
