"""The places of a sentence in which what is shown and what would be said disagree."""

from __future__ import annotations

import pytest

from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.steps.disagreement import Sentence, disagreements


def sentence(text: str) -> Sentence:
    """A sentence as our rules say it."""
    runs = (Run(text),)
    found = spoken(runs, "en", NOTHING_DEFINED)
    return Sentence(runs, found.text, found.changes, "en")


def test_a_long_sentence_of_faults_that_are_alike_is_not_proved_word_by_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proved = []
    faults = Sentence.faults

    def counted(one: Sentence) -> list[str]:
        proved.append(one)
        return faults(one)

    monkeypatch.setattr(Sentence, "faults", counted)
    assert disagreements(sentence("1/2 " * 800))
    assert len(proved) < 800


@pytest.mark.parametrize("before", [0, 5, 15, 16, 40])
def test_a_place_is_found_wherever_it_stands_in_a_long_sentence(before: int) -> None:
    found = disagreements(sentence("word " * before + "Men over 6' tall " + "word " * 30))
    assert [place.shown for place in found] == ["6'"]
