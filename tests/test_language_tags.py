from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen import extensions
from voicegen.language_tags import as_tag, is_tag, problem

ODD_NAMES = {"chr-US-Qaaa-x-west", "en-us-nyc", "piqd", "py"}
"""What espeak-ng calls four of its voices is no BCP 47 tag."""


GOOD = """
en EN-gb es-419 pt-BR zh-Hant-TW zh-cmn-Hans de-1996 de-DE-u-co-phonebk vi-vn-x-central sl-rozaj-biske
fil cmn mam kek hmn prs so ckb qaa iw
"""


@pytest.mark.parametrize("tag", GOOD.split())
def test_a_tag_of_a_known_language_is_one(tag: str) -> None:
    assert problem(tag) == ""
    assert is_tag(tag)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("klingon", 'write "tlh"'),
        ("English", 'write "en"'),
        ("Deutsch", 'write "de"'),
        ("français", 'write "fr"'),
        ("eng", 'write "en"'),
        ("ger", 'write "de"'),
        ("en-UK", 'write "en-GB"'),
        ("zz", "the tag of no language"),
        ("zzz", "the tag of no language"),
        ("und", "no one language"),
        ("mul", "no one language"),
        ("zz9", "not a language tag"),
        ("en_GB", "not a language tag"),
        ("en-", "not a language tag"),
        ("-", "not a language tag"),
        ("Default", "not a language tag"),
        ("e", "not a language tag"),
        ("", "not a language tag"),
        ("en-" + "abcde-" * 50, "not a language tag"),
        ("Ｋn", "not a language tag"),
    ],
)
def test_what_is_no_tag_is_told_with_what_to_write(tag: str, words: str) -> None:
    assert words in problem(tag)
    assert not is_tag(tag)


def test_every_language_that_a_voice_of_ours_speaks_has_a_tag() -> None:
    voices = extensions.engine("espeak", {"root": "."}).voices()
    assert {voice.lang for voice in voices if not is_tag(voice.lang)} <= ODD_NAMES


def test_what_pages_write_wrongly_most_is_understood() -> None:
    assert as_tag("en_US") == "en-US"
    assert as_tag("en-UK") == "en-GB"
    assert as_tag("cy_uk") == "cy-GB"
    assert as_tag("uk") == "uk"
    assert as_tag("ru-Cyrl-UK") == "ru-Cyrl-UK"


@given(st.text(max_size=40))
def test_any_text_is_a_tag_or_has_a_problem(text: str) -> None:
    assert is_tag(text) is (problem(text) == "")
