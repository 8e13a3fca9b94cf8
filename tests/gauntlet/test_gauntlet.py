"""The gauntlet: clinical sentences with the speech that we expect, written by hand, in four languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicegen.gauntlet import Sentence, read
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.speech.proof import check

REQUIRED = {"en": 1.0, "es": 0.95, "fr": 0.95, "de": 0.95}


def cases(language: str) -> tuple[Sentence, ...]:
    """Every sentence of a language."""
    return read(Path(__file__).parent / f"{language}.tsv")


def test_there_are_four_hundred_different_sentences() -> None:
    shown = [(case.lang, case.shown) for language in REQUIRED for case in cases(language)]
    assert len(set(shown)) == len(shown) >= 400


@pytest.mark.parametrize("language", REQUIRED)
def test_sentences_are_said_as_expected(language: str) -> None:
    wrong = []
    rows = cases(language)
    for case in rows:
        heard = spoken([Run(case.shown)], case.lang, NOTHING_DEFINED).text
        if heard not in case.expected:
            wrong.append(f"{case.shown!r} was said as {heard!r}, not as {case.expected[0]!r}")
    assert 1 - len(wrong) / len(rows) >= REQUIRED[language], "\n".join(wrong)


@pytest.mark.parametrize("language", REQUIRED)
def test_every_sentence_passes_the_proof_and_keeps_its_words_when_said_again(language: str) -> None:
    for case in cases(language):
        heard = spoken([Run(case.shown)], case.lang, NOTHING_DEFINED).text
        assert check([Run(case.shown)], heard, case.lang) == []
        assert spoken([Run(heard)], case.lang, NOTHING_DEFINED).text == heard


@pytest.mark.parametrize("language", REQUIRED)
def test_the_proof_knows_the_expected_speech_too(language: str) -> None:
    for case in cases(language):
        for expected in case.expected:
            assert check([Run(case.shown)], expected, case.lang) == []
