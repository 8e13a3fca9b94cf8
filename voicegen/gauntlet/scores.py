"""The score: every sentence with what was given for it, and how many were said how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from voicegen.gauntlet.corpus import Sentence
from voicegen.gauntlet.kinds import kinds
from voicegen.gauntlet.preparations import Preparation
from voicegen.gauntlet.verdicts import Judgement, Verdict, judged


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence with what was given for it, and the judgement."""

    sentence: Sentence
    given: str
    judgement: Judgement


@dataclass(frozen=True)
class Score:
    """All answers."""

    answers: tuple[Answer, ...]

    @cached_property
    def by_language(self) -> Mapping[str, Counter[Verdict]]:
        """How many sentences of each language got which verdict."""
        return _counted((answer.sentence.language, answer) for answer in self.answers)

    def by_kind(self, language: str) -> Mapping[str, Counter[Verdict]]:
        """The same for each kind of difficulty in a language; a sentence can count in several."""
        return _counted(
            (kind, answer)
            for answer in self.answers
            if answer.sentence.language == language
            for kind in kinds(answer.sentence.shown)
        )

    @property
    def failures(self) -> tuple[Answer, ...]:
        """The answers that are not right."""
        return tuple(answer for answer in self.answers if not answer.judgement.verdict.is_right)


def score(sentences: Sequence[Sentence], preparation: Preparation) -> Score:
    """The score of a preparation. Raises what the preparation raises."""
    given: dict[int, str] = {}
    for tag in dict.fromkeys(sentence.lang for sentence in sentences):
        places = [at for at, sentence in enumerate(sentences) if sentence.lang == tag]
        given.update(zip(places, preparation(tag, [sentences[at].shown for at in places]), strict=True))
    return Score(
        tuple(Answer(sentence, given[at], judged(sentence, given[at])) for at, sentence in enumerate(sentences))
    )


def right(counts: Counter[Verdict]) -> float:
    """The share of sentences that were said as expected, to the ear, from 0 to 1."""
    return sum(count for verdict, count in counts.items() if verdict.is_right) / counts.total()


def _counted(answers: Iterable[tuple[str, Answer]]) -> Mapping[str, Counter[Verdict]]:
    counts: dict[str, Counter[Verdict]] = {}
    for name, answer in answers:
        counts.setdefault(name, Counter())[answer.judgement.verdict] += 1
    return counts
