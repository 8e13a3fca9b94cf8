"""The few words of a sentence in which what is shown and what would be said disagree, for a message to staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech import said
from voicegen.speech.proof import check
from voicegen.speech.proof_letters import unreadable, unsaid_results
from voicegen.speech.proof_unruled import check_unruled
from voicegen.speech.proof_wording import unsaid_signs, wording
from voicegen.steps.lines import clip

SIGNS = "signs of amounts"
"""The rule that puts them in words where there are no others."""
_WIDEST = 8
"""Words: a place that needs more of them to be seen is shown as the whole sentence."""
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is shown and as it would be said."""

    runs: Sequence[Run]
    spoken: str
    changes: Sequence[Change]
    lang: str

    @cached_property
    def plain(self) -> str:
        """The characters of all runs."""
        return "".join(run.text for run in self.runs)

    def part(self, start: int, end: int) -> Sentence:
        """The characters from `start` to `end`, with what would be said for them."""
        changes = [
            replace(change, start=change.start - start, end=change.end - start)
            for change in self.changes
            if start <= change.start and change.end <= end
        ]
        return Sentence(clip(self.runs, start, end), said(self.plain[start:end], changes), changes, self.lang)

    def faults(self) -> list[str]:
        """All differences in amounts and negations, and in the words that a rule changed."""
        changed = [fault for change in self.changes for fault in self.misworded(change)]
        left = unsaid_signs(self.spoken, self.lang) + unreadable(self.plain, self.spoken)
        left += unsaid_results(self.spoken)
        left += check_unruled(self.runs, self.spoken, self.changes, self.lang)
        return check(self.runs, self.spoken, self.lang) + changed + left

    def misworded(self, change: Change) -> list[str]:
        """What a change does to the words that it changes; those of the list of pronunciations are free."""
        runs = clip(self.runs, change.start, change.end)
        if change.rule == "pronunciations":
            silent = any(map(str.isalnum, self.plain[change.start : change.end])) and not any(
                map(str.isalnum, change.spoken)
            )
            return ["a word of the list of pronunciations is said by nothing"] if silent else []
        if change.rule == SIGNS and not any(map(str.isalpha, self.plain[change.start : change.end])):
            return []  # no word is changed; that the sign has become words, `check_unruled` sees to
        around = self.plain[: change.start], self.plain[change.end :]
        return wording(runs, change.spoken, around, self.lang)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place of a sentence."""

    shown: str
    said: str
    rules: frozenset[str]
    """The names of the rules that are at work there."""


def disagreements(sentence: Sentence) -> list[Disagreement]:
    """Every place that disagrees, as few words as show it; empty where all is well."""
    faults = sentence.faults()
    if not faults:
        return []
    found = list(dict.fromkeys(_places(sentence, faults)))
    return found or [_seen(sentence)]


def _places(sentence: Sentence, faults: Sequence[str]) -> Iterator[Disagreement]:
    """The narrowest windows of whole words that have one of the faults, without overlaps."""
    if said(sentence.plain, sentence.changes).rstrip(" .:") != sentence.spoken.rstrip(" .:"):
        return  # it is not its rules that say it, so that no part can be told
    spans = _spans(sentence)
    shown: set[int] = set()
    explained: set[str] = set()
    for width in range(1, min(len(spans), _WIDEST) + 1):
        for first in range(len(spans) - width + 1):
            window = range(first, first + width)
            if shown.intersection(window):
                continue
            part = sentence.part(spans[first][0], spans[first + width - 1][1])
            own = set(part.faults()) & set(faults)
            if own - explained:
                explained |= own
                shown.update(window)
                yield _with_context(sentence, spans, first, first + width)


def _with_context(sentence: Sentence, spans: Sequence[tuple[int, int]], first: int, last: int) -> Disagreement:
    """The words from `first` to `last`, with those beside them where nothing would be said for them."""
    part = sentence.part(spans[first][0], spans[last - 1][1])
    if not any(map(str.isalnum, part.spoken)):
        first, last = max(0, first - 1), min(len(spans), last + 1)
        part = sentence.part(spans[first][0], spans[last - 1][1])
    return _seen(part)


def _seen(sentence: Sentence) -> Disagreement:
    return Disagreement(
        sentence.plain.strip(), sentence.spoken.strip(), frozenset(change.rule for change in sentence.changes)
    )


def _spans(sentence: Sentence) -> list[tuple[int, int]]:
    """The words of the sentence, those that one change touches as one."""
    spans: list[tuple[int, int]] = []
    tokens = [found.span() for found in _TOKEN.finditer(sentence.plain)]
    joins = [(change.start, change.end) for change in sentence.changes]
    for start, end in tokens:
        if spans and any(left < spans[-1][1] and start < right for left, right in joins):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
