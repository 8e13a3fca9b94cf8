"""The words of the review page, in the languages in which it has them."""

from __future__ import annotations

import re

import pytest

from voicegen.formats._templates import TEMPLATES
from voicegen.formats.words import languages
from voicegen.review_desk.screens import WORDS, review_words
from voicegen.standing import State

OURS = sorted(path.stem for path in WORDS.glob("*.toml"))


def test_it_has_every_language_that_published_pages_have() -> None:
    assert list(languages()) == OURS


@pytest.mark.parametrize("name", OURS)
def test_every_language_has_every_word_with_the_same_places_to_fill_in(name: str) -> None:
    def shape(lang: str) -> dict[str, list[str]]:
        texts = {**review_words(lang).texts}
        states = texts.pop("states")
        found = {**texts, **{f"states.{key}": value for key, value in states.items()}}
        return {key: sorted(re.findall(r"\{\w+\}", value)) for key, value in found.items()}

    assert shape(name) == shape("en")
    assert not review_words(name).foreign


def test_every_state_has_a_name_and_every_word_that_is_asked_for_is_there() -> None:
    texts = review_words("en").texts
    assert set(texts["states"]) == {state.value for state in State}
    asked = set()
    for path in TEMPLATES.glob("review*.html"):
        text = path.read_text()
        asked |= set(re.findall(r'words\.(?:say|plain)\("(\w+)"', text)) | set(
            re.findall(r'named\(words, "(\w+)"', text)
        )
    assert asked
    assert asked <= set(texts)


def test_a_language_without_words_gets_english_ones_that_say_so() -> None:
    words = review_words("fi")
    assert words.foreign
    assert 'lang="en"' in words.say("approve")
