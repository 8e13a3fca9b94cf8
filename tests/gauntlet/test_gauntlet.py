"""The gauntlet: clinical sentences with the speech that we expect, written by hand, in four languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.speech.proof import check

Case = tuple[str, str, str]
REQUIRED = {"en": 1.0, "es": 0.95, "fr": 0.95, "de": 0.95}


def cases(language: str) -> list[Case]:
    """Language tag, shown and expected text of every sentence of a language."""
    lines = (Path(__file__).parent / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(tag, shown, expected) for tag, shown, expected in rows]


def test_there_are_four_hundred_different_sentences() -> None:
    shown = [case[:2] for language in REQUIRED for case in cases(language)]
    assert len(set(shown)) == len(shown) >= 400


@pytest.mark.parametrize("language", REQUIRED)
def test_sentences_are_said_as_expected(language: str) -> None:
    wrong = []
    rows = cases(language)
    for tag, shown, expected in rows:
        heard = spoken([Run(shown)], tag, NOTHING_DEFINED).text
        if heard != expected:
            wrong.append(f"{shown!r} was said as {heard!r}, not as {expected!r}")
    assert 1 - len(wrong) / len(rows) >= REQUIRED[language], "\n".join(wrong)


@pytest.mark.parametrize("language", REQUIRED)
def test_every_sentence_passes_the_proof_and_keeps_its_words_when_said_again(language: str) -> None:
    for tag, shown, _ in cases(language):
        heard = spoken([Run(shown)], tag, NOTHING_DEFINED).text
        assert check([Run(shown)], heard, tag) == []
        assert spoken([Run(heard)], tag, NOTHING_DEFINED).text == heard


@pytest.mark.parametrize("language", REQUIRED)
def test_the_proof_knows_the_expected_speech_too(language: str) -> None:
    for tag, shown, expected in cases(language):
        assert check([Run(shown)], expected, tag) == []
