"""What must hold in every talking book: each line is heard once, in order, without gaps, at its time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from voicegen.formats._verified import PublishedLine, PublishedMark, PublishedTimeline
from voicegen.formats._written import seen, signs
from voicegen.formats._xml import legible, pieces
from voicegen.formats.words import language_tag
from voicegen.steps.timecode import to_ms

MOST_MS_OFF = 10
"""How far a time may be from that of timeline.json."""
_CLOCK = re.compile(r"(?:npt=)?(?:(?:(\d+):)?([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?|(\d+)(?:\.(\d{1,3}))?s)")
LONGEST_NAMED = 60


@dataclass(frozen=True, slots=True)
class Heard:
    """A line as a book has it: the sound of it, in milliseconds from the file's start."""

    line: str
    file: str
    begin: int
    end: int


def milliseconds(clock: str | None) -> int:
    """A SMIL clock value in milliseconds; -1 where it is none (SMIL 1.0, section 4.2.1; SMIL 2.0, 10.3.1)."""
    match = _CLOCK.fullmatch(clock or "")
    if not match:
        return -1
    hours, minutes, seconds, part, alone, rest = match.groups()
    whole = int(alone) if alone else 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds)
    return 1000 * whole + int((part or rest or "0").ljust(3, "0"))


def narration(
    heard: Sequence[Sequence[Heard]], timeline: PublishedTimeline, lengths: Mapping[str, int]
) -> Iterator[str]:
    """Where the sound of a book, chapter by chapter, is not that of timeline.json; `lengths` in ms, by file."""
    marks = [mark for mark in timeline.marks if mark.lines]
    times = Counter(one.line for chapter in heard for one in chapter)
    for line in timeline.lines:
        if times[line.id] != 1:
            count = "not narrated" if not times[line.id] else f"narrated {times[line.id]} times"
            yield f"{_named(line)} is {count}"
    for name in times.keys() - {line.id for line in timeline.lines}:
        yield f"{name!r} is narrated, which timeline.json does not have"
    if [[one.line for one in chapter] for chapter in heard] != [
        [line.id for line in mark.lines] for mark in marks
    ]:
        yield "its lines are not in the order and chapters of timeline.json"
        return
    for chapter, mark in zip(heard, marks, strict=True):
        yield from _chapter(chapter, mark, timeline.rate_hz)
        yield from _inside(chapter, lengths)


def _chapter(chapter: Sequence[Heard], mark: PublishedMark, rate_hz: int) -> Iterator[str]:
    """Gaps, and times that are not those of timeline.json."""
    if chapter[0].begin != 0:
        yield f"{mark.title!r} begins {chapter[0].begin} ms into its file"
    for one, other in pairwise(chapter):
        if one.end != other.begin:
            yield f"{other.line} begins {other.begin - one.end} ms after the end of {one.line}"
    begins = [mark.start, *(line.start for line in mark.lines[1:])]
    for one, planned, line in zip(chapter, begins, mark.lines, strict=True):
        off = one.begin - to_ms(planned - mark.start, rate_hz)
        if abs(off) > MOST_MS_OFF:
            yield f"{_named(line)} is {off} ms off its place in timeline.json"
    off = chapter[-1].end - to_ms(mark.end - mark.start, rate_hz)
    if abs(off) > MOST_MS_OFF:
        yield f"{mark.title!r} ends {off} ms off its place in timeline.json"


def _inside(chapter: Sequence[Heard], lengths: Mapping[str, int]) -> Iterator[str]:
    for one in chapter:
        if not 0 <= one.begin < one.end:
            yield f"{one.line} is heard from {one.begin} to {one.end} ms, which is no stretch of time"
        if one.end > lengths.get(one.file, -1):
            yield f"{one.line} ends at {one.end} ms, past the end of {one.file}"


def words(elements: Mapping[str, Element], timeline: PublishedTimeline) -> Iterator[str]:
    """Lines whose element is missing, or has other words than timeline.json."""
    for line in timeline.lines:
        if line.id not in elements:
            yield f"{_named(line)} has no element in the text"
        elif signs(seen(elements[line.id])) != signs(line.shown or line.spoken):
            yield f"{_named(line)} has other words in the text"


def unheard(body: Element, narrated: Mapping[str, Element]) -> Iterator[str]:
    """Words of a text that stand in no narrated element and are not marked as silent."""
    ids = set(map(id, narrated.values()))
    for text, around in pieces(body):
        if any(map(str.isalnum, text)) and not any(
            id(one) in ids or one.get("class") == "silent" for one in around
        ):
            yield f"“{' '.join(text.split())[:LONGEST_NAMED]}” in the text is not narrated"


def titles(found: Mapping[str, str | None], timeline: PublishedTimeline) -> Iterator[str]:
    """Where a book is called otherwise than its page; `found` are its titles by where each stands."""
    planned = signs(legible(timeline.title))
    for where, title in found.items():
        if planned and signs(title or "") != planned:
            yield f"{where} is {title!r}, not “{timeline.title}”"


def spoken_language(timeline: PublishedTimeline) -> str:
    """The tag that a book gives as its language."""
    return language_tag(timeline.lang) or "en"


def by_id(root: Element) -> dict[str, Element]:
    """Every element that has an id."""
    return {name: one for one in root.iter() if (name := one.get("id"))}


def doubled_ids(root: Element) -> Iterator[str]:
    """Ids that stand more than once in a file."""
    for name, times in Counter(one.get("id") for one in root.iter() if one.get("id")).items():
        if times > 1:
            yield f"the id {name!r} stands {times} times"


def skipped(levels: Sequence[int]) -> Iterator[str]:
    """Headings that lie more than one level below the one before."""
    for one, other in pairwise([0, *levels]):
        if other > one + 1:
            yield f"a heading of level {other} comes after one of level {one}"


def _named(line: PublishedLine) -> str:
    return f"“{(line.shown or line.spoken)[:LONGEST_NAMED]}” ({line.id})"
