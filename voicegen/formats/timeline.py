"""timeline: `timeline.json`, every mark and line with its time, for programs (docs/reference/timeline.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._verified import timeline_of
from voicegen.formats._written import written
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.model.script import Line
from voicegen.model.timeline import Cue

CODECS: tuple[str, ...] = ()
VERSION = 1
"""Raised when a reader of the file would have to change."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file, chapter by chapter: of a long page, all at once would take more memory than all else of it."""
    lines = {line.id: line for line in edition.script.lines}
    timeline, words = edition.timeline, written(edition)
    facts = {
        "version": VERSION,
        "page": edition.page.id,
        "title": timeline.marks[0].title,
        "lang": edition.script.lang,
        "publisher": edition.page.publisher,
        **edition.page.spoken_by,
        "rate_hz": timeline.rate_hz,
        "samples": timeline.samples,
        "recording": f"{edition.page.id}.mp3",
        "chapters": [],
    }
    head, _, tail = _json(facts).rpartition("]")
    parts = [f"{head}\n".encode()]
    for mark in timeline.marks:
        cues = [_cue(cue, lines[cue.line], words) for cue in mark.cues]
        times = {"level": mark.level, "start": mark.start, "end": mark.end}
        chapter = _json({"id": mark.id, "title": mark.title, **times, "lines": cues})
        indented = chapter.replace("\n", "\n  ")  # between its own lines: JSON escapes those of texts
        parts += [f"  {indented}".encode(), b",\n"]
    parts[-1] = f"\n ]{tail}\n".encode()
    yield PublishedFile("timeline.json", tuple(map(blob, parts)), offer="timings")


def _json(facts: dict[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=1)


def _cue(cue: Cue, line: Line, words: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": cue.line,
        "role": line.role,
        "start": cue.start,
        "end": cue.end,
        "lang": line.lang,
        "shown": words[cue.line] if line.shown else "",
        "spoken": line.spoken,
    }


def verify(folder: Path) -> Iterator[str]:
    """Chapters that leave gaps, lines outside their chapter or out of order, ids that stand twice."""
    timeline = timeline_of(folder)
    ends = [0, *(mark.end for mark in timeline.marks)]
    starts = [*(mark.start for mark in timeline.marks), timeline.samples]
    if ends != starts:
        yield "timeline.json: its chapters do not follow each other without a gap"
    for mark in timeline.marks:
        places = [mark.start, *(place for line in mark.lines for place in (line.start, line.end)), mark.end]
        if any(one > other for one, other in pairwise(places)):
            yield f"timeline.json: the lines of {mark.title!r} are not in order inside it"
    for what, things in (("chapters", timeline.marks), ("lines", timeline.lines)):
        if len({thing.id for thing in things}) != len(things):
            yield f"timeline.json: two of its {what} have one id"
