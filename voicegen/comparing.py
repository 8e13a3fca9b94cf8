"""Comparing what is published of a page with what a build would publish, for whoever has to answer for it.

Lines are matched by their ids, which are made from their own words (`steps/lines`), so a difference is found in
one pass over both versions, however long they are. Amounts and denials are read by the proof's own parser, which
knows nothing of the rules that make the spoken form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from voicegen.model.document import Document, texts
from voicegen.model.script import Line, Script
from voicegen.speech import Lexicon, proof
from voicegen.speech.proof_words import LANGUAGES
from voicegen.steps.grid import cells
from voicegen.steps.scripting import clip

PRONUNCIATIONS = "pronunciations"
"""Name of the rule that says words as the list of pronunciations has them."""
LOOK_AHEAD = 8
"""New lines that are looked through for the one that a line became."""
LIKE = 0.4
"""Share of words that two lines must have in common to be one line that was reworded."""
_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")
Kind = Literal["reworded", "new", "gone", "moved", "said otherwise"]


@dataclass(frozen=True, slots=True)
class Words:
    """One line as a reader sees it and a listener hears it."""

    id: str
    shown: str
    """Empty for words of ours."""
    spoken: str
    lang: str
    chapter: str
    """The chapter's title."""
    place: str = ""
    """In a table, the words above and beside the cell: “Week 2, Evening”."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One chapter."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it is published, or as it would be."""

    chapters: tuple[Heading, ...] = ()
    lines: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that is not as it was."""

    kind: Kind
    chapter: str
    old: str = ""
    new: str = ""
    old_spoken: str = ""
    new_spoken: str = ""
    lost: tuple[str, ...] = ()
    """Amounts and denials that were there, as the proof writes them."""
    gained: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    """What makes the spoken form: rules and entries of the list of pronunciations, in words."""
    old_line: str = ""
    """The line's id in the old version; empty where there was none."""
    new_line: str = ""
    """Its id in the new version."""
    place: str = ""
    """In a table, the words beside and above the cell in the new version; of what is gone, nothing is known."""

    @property
    def is_grave(self) -> bool:
        """Whether an amount or a denial is another, or stands elsewhere."""
        return bool(self.lost or self.gained)


@dataclass(frozen=True, slots=True)
class ChapterChange:
    """One chapter that is not where, or what, it was; numbers count from 1, 0 where there is none."""

    id: str
    title: str
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What would be otherwise."""

    lines: tuple[Difference, ...]
    chapters: tuple[ChapterChange, ...]
    unread: tuple[str, ...] = ()
    """Languages in which denials can't be found, and amounts by their digits only."""


def version(document: Document, script: Script, written: Callable[[Line], str]) -> Version:
    """The page as it would be published; `written` gives a line as it is shown."""
    places = cells(document)
    lines = tuple(
        Words(
            line.id,
            written(line),
            line.spoken,
            line.lang,
            chapter.title,
            places.get(line.target.text, "") if line.target else "",
        )
        for chapter in script.chapters
        for line in chapter.lines
    )
    return Version(tuple(Heading(chapter.id, chapter.title) for chapter in script.chapters), lines)


def compare(old: Version, new: Version, because: Callable[[Words, str], Sequence[str]]) -> Comparison:
    """What differs; `because` tells of a line, and of how it was said, what makes its spoken form now."""
    languages = {line.lang.split("-")[0].lower() for line in (*old.lines, *new.lines) if line.shown}
    lines = tuple(_lines(old.lines, new.lines, because))
    return Comparison(
        lines, tuple(_chapters(old.chapters, new.chapters)), tuple(sorted(languages - set(LANGUAGES)))
    )


def _lines(
    old: Sequence[Words], new: Sequence[Words], because: Callable[[Words, str], Sequence[str]]
) -> Iterator[Difference]:
    """The differences in the order of the new version, what is gone standing where it stood."""
    before, after = {line.id: line for line in old}, {line.id: line for line in new}
    order = {line.id: at for at, line in enumerate(old)}
    common = [line.id for line in new if line.id in before]
    in_place = set(_longest_rising(common, order))
    was_behind, is_behind = _behind(old), _behind(new)
    gone: list[Words] = []
    came: list[Words] = []
    at = 0
    for line in (*new, None):
        if line is not None and line.id not in in_place:
            if line.id in before:
                yield from _same(before[line.id], line, True, because)
            elif line.shown:
                came.append(line)
            continue
        until = len(old) if line is None else order[line.id]
        gone += [one for one in old[at:until] if one.shown and one.id not in after]
        yield from _reworded(gone, came)
        gone, came, at = [], [], until + 1
        if line is not None:
            is_under_another = _is_another(was_behind.get(line.id), is_behind.get(line.id), before, after)
            yield from _same(before[line.id], line, is_under_another and bool(_all_facts(line)), because)


def _behind(lines: Sequence[Words]) -> dict[str, Words]:
    """The line before each, of those that are shown: the name that a dose stands beside, or under."""
    shown = [line for line in lines if line.shown]
    return {line.id: before for before, line in pairwise(shown)}


def _is_another(
    old: Words | None, new: Words | None, before: Mapping[str, Words], after: Mapping[str, Words]
) -> bool:
    """Whether what stood before a line, and stands before it now, are of different things.

    So it is where they changed places ("Adults" and "Children" above two doses), or one is written in the place of
    the other; not where a line came in between, or went, or was reworded.
    """
    if old is None or new is None or old.id == new.id:
        return False
    if old.id in after and new.id in before:
        return True
    return old.id not in after and new.id not in before and _likeness(old.shown, new.shown) < LIKE


def _longest_rising(ids: Sequence[str], order: Mapping[str, int]) -> Iterator[str]:
    """The ids that can stay where they are: the longest row whose places rise (patience sorting, n log n)."""
    ends: list[int] = []
    last: list[int] = []
    earlier: list[int] = []
    for at, name in enumerate(ids):
        pile = bisect_left(ends, order[name])
        earlier.append(last[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(order[name])
            last.append(at)
        else:
            ends[pile], last[pile] = order[name], at
    at = last[-1] if last else -1
    while at >= 0:
        yield ids[at]
        at = earlier[at]


def _same(
    old: Words, new: Words, moved: bool, because: Callable[[Words, str], Sequence[str]]
) -> Iterator[Difference]:
    """A line whose letters are the same: it may stand elsewhere, be raised or lowered, or be said otherwise."""
    if not new.shown:
        return
    if old.shown != new.shown:
        yield _difference("reworded", old, new)
    elif moved:
        facts = _all_facts(new)
        yield Difference(
            "moved",
            new.chapter,
            old.shown,
            new.shown,
            lost=facts,
            gained=facts,
            old_line=old.id,
            new_line=new.id,
            place=new.place,
        )
    if old.shown == new.shown and old.spoken != new.spoken:
        before, after = _facts(old.spoken, old.lang), _facts(new.spoken, new.lang)
        yield Difference(
            "said otherwise",
            new.chapter,
            old.shown,
            new.shown,
            old.spoken,
            new.spoken,
            _rest(before, after),
            _rest(after, before),
            tuple(because(new, old.spoken)),
            old.id,
            new.id,
            new.place,
        )


def _reworded(gone: Sequence[Words], came: Sequence[Words]) -> Iterator[Difference]:
    """Lines that stood, and stand, between the same two lines: those that are alike were reworded."""
    at = 0
    for old in gone:
        near = came[at : at + LOOK_AHEAD]
        likeness = [_likeness(old.shown, new.shown) for new in near]
        best = max(range(len(near)), key=likeness.__getitem__, default=-1)
        if best < 0 or likeness[best] < LIKE:
            yield Difference("gone", old.chapter, old.shown, lost=_all_facts(old), old_line=old.id)
            continue
        yield from (_new(line) for line in came[at : at + best])
        yield _difference("reworded", old, came[at + best])
        at += best + 1
    yield from map(_new, came[at:])


def _new(line: Words) -> Difference:
    return Difference(
        "new", line.chapter, "", line.shown, gained=_all_facts(line), new_line=line.id, place=line.place
    )


def _difference(kind: Kind, old: Words, new: Words) -> Difference:
    before, after = _facts(old.shown, old.lang), _facts(new.shown, new.lang)
    return Difference(
        kind,
        new.chapter,
        old.shown,
        new.shown,
        lost=_rest(before, after),
        gained=_rest(after, before),
        old_line=old.id,
        new_line=new.id,
        place=new.place,
    )


def _likeness(one: str, other: str) -> float:
    """Share of words that both have, from 0 to 1."""
    words, others = Counter(one.casefold().split()), Counter(other.casefold().split())
    return 2 * (words & others).total() / max(1, words.total() + others.total())


def _rest(one: Counter[str], other: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted((one - other).elements()))


def _all_facts(line: Words) -> tuple[str, ...]:
    return tuple(sorted(_facts(line.shown, line.lang).elements()))


def _facts(words: str, lang: str) -> Counter[str]:
    """The amounts and denials of a text; its numbers alone in a language that the proof can't read."""
    if lang.split("-")[0].lower() not in LANGUAGES:
        return Counter(_NUMBER.findall(words))
    denials = Counter({f'"{word}"': times for word, times in proof.negations(words, lang).items()})
    return proof.quantities(words, lang) + denials


def _chapters(old: Sequence[Heading], new: Sequence[Heading]) -> Iterator[ChapterChange]:
    was, now = _numbers(old), _numbers(new)
    titles = {one.id: one.title for one in (*old, *new)}
    for name in dict.fromkeys((*now, *was)):
        if was.get(name) != now.get(name):
            yield ChapterChange(name, titles[name], was.get(name, 0), now.get(name, 0))


def _numbers(chapters: Iterable[Heading]) -> dict[str, int]:
    return {chapter.id: number for number, chapter in enumerate(chapters, 1)}


def reasons(script: Script, lexicon: Lexicon) -> Callable[[Words, str], Sequence[str]]:
    """What `compare` asks: the rules and entries at work in a line that did not make what was said before."""
    lines = {line.id: line for line in script.lines}

    def because(words: Words, before: str) -> Sequence[str]:
        line = lines[words.id]
        entries = {match[0]: entry.where for entry, match in lexicon.matches(line.shown, line.lang)}
        found = []
        for change in line.changes:
            shown = line.shown[change.start : change.end]
            if change.spoken in before:
                continue
            where = entries.get(shown, "") if change.rule == PRONUNCIATIONS else ""
            rule = f"the entry in {where}" if where else f"the rule {change.rule}"
            found.append(f"“{shown}” is said “{change.spoken}” by {rule}")
        return found or ["no rule and no entry that said it so before holds any more"]

    return because


def shown_by(document: Document, as_written: Callable[..., str]) -> Callable[[Line], str]:
    """A line as the transcript shows it, raised and lowered signs as such; empty for words of ours."""
    runs = {text.number: text.runs for text in texts(document)}

    def written(line: Line) -> str:
        if line.target is None or not line.shown:
            return ""
        return "".join(map(as_written, clip(runs[line.target.text], line.target.start, line.target.end)))

    return written
