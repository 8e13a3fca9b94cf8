"""The few words of a sentence in which what is shown and what would be said disagree, for a message to staff."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.model.written import in_signs
from voicegen.speech import said
from voicegen.speech.proof import check
from voicegen.speech.proof_groups import one_or_two
from voicegen.speech.proof_letters import unreadable, unsaid_results
from voicegen.speech.proof_marks import tenths
from voicegen.speech.proof_unruled import check_unruled
from voicegen.speech.proof_wording import other_times, unsaid_signs, wording
from voicegen.steps.lines import clip

SIGNS = "signs of amounts"
"""The rule that puts them in words where there are no others."""
_WIDEST = 8
"""Words: a place that needs more of them to be seen is shown as the whole sentence."""
_BLOCK = 2 * _WIDEST
"""Words that are proved at once: blocks overlap by half, so that every place lies whole in one of them."""
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

    @cached_property
    def _starts(self) -> list[int]:
        return [change.start for change in self.changes]

    def part(self, start: int, end: int) -> Sentence:
        """The characters from `start` to `end`, with what would be said for them."""
        inside = self.changes[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        changes = [
            replace(change, start=change.start - start, end=change.end - start)
            for change in inside
            if change.end <= end
        ]
        return Sentence(clip(self.runs, start, end), said(self.plain[start:end], changes), changes, self.lang)

    def faults(self) -> list[str]:
        """All differences in amounts and negations, and in the words that a rule changed."""
        changed = [fault for change in self.changes for fault in self.misworded(change)]
        left = unsaid_signs(self.spoken, self.lang) + unreadable(self.plain, self.spoken)
        left += unsaid_results(self.spoken) + tenths(self.runs)
        left += one_or_two(self.plain, self.spoken, self.lang)
        left += check_unruled(self.runs, self.spoken, self.changes, self.lang)
        return check(self.runs, self.spoken, self.lang) + changed + left

    def misworded(self, change: Change) -> list[str]:
        """What a change does to the words that it changes; those of the list of pronunciations are free."""
        runs = clip(self.runs, change.start, change.end)
        if change.rule == "pronunciations":
            silent = any(map(str.isalnum, self.plain[change.start : change.end])) and not any(
                map(str.isalnum, change.spoken)
            )
            if silent:
                return ["a word of the list of pronunciations is said by nothing"]
            return other_times(self.plain[change.start : change.end], change.spoken, self.lang)
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
    """The narrowest windows of whole words that have one of the faults, without overlaps.

    A long sentence is looked through block by block, and only a block that has one of the faults is searched; a
    fault that no window of its block shows is not looked for again. So the work grows with the words, and not with
    the faults that are alike.
    """
    if said(sentence.plain, sentence.changes).rstrip(" .:") != sentence.spoken.rstrip(" .:"):
        return  # it is not its rules that say it, so that no part can be told
    spans = _spans(sentence)
    left = set(faults)
    shown: set[int] = set()
    for first in range(0, max(1, len(spans) - _WIDEST), _WIDEST):
        last = min(len(spans), first + _BLOCK)
        wanted = left if last - first == len(spans) else left & set(_part(sentence, spans, first, last).faults())
        for width in range(1, min(last - first, _WIDEST) + 1):
            for start in range(first, last - width + 1):
                window = range(start, start + width)
                if not wanted or shown.intersection(window):
                    continue
                own = wanted.intersection(_part(sentence, spans, start, start + width).faults())
                if own:
                    wanted = wanted - own
                    left -= own
                    shown.update(window)
                    yield _with_context(sentence, spans, start, start + width)
        left -= wanted


def _part(sentence: Sentence, spans: Sequence[tuple[int, int]], first: int, last: int) -> Sentence:
    """The words from `first` to `last`."""
    return sentence.part(spans[first][0], spans[last - 1][1])


def _with_context(sentence: Sentence, spans: Sequence[tuple[int, int]], first: int, last: int) -> Disagreement:
    """The words from `first` to `last`, with those beside them where nothing would be said for them."""
    part = _part(sentence, spans, first, last)
    if not any(map(str.isalnum, part.spoken)):
        first, last = max(0, first - 1), min(len(spans), last + 1)
        part = _part(sentence, spans, first, last)
    return _seen(part)


def _seen(sentence: Sentence) -> Disagreement:
    return Disagreement(
        in_signs(sentence.runs).strip(),
        sentence.spoken.strip(),
        frozenset(change.rule for change in sentence.changes),
    )


def _spans(sentence: Sentence) -> list[tuple[int, int]]:
    """The words of the sentence, those that one change touches as one."""
    spans: list[tuple[int, int]] = []
    tokens = [found.span() for found in _TOKEN.finditer(sentence.plain)]
    starts = [change.start for change in sentence.changes]
    for start, end in tokens:
        # The last change that begins before the word before ends is the only one that can reach into this one.
        before = bisect_left(starts, spans[-1][1]) - 1 if spans else -1
        if before >= 0 and sentence.changes[before].end > start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
