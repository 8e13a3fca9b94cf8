"""timeline: `timeline.json`, every mark and line with its time, for programs (docs/reference/timeline.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._verified import timeline_of
from voicegen.formats._written import written
from voicegen.model.blob import blob
from voicegen.model.edition import Edition

CODECS: tuple[str, ...] = ()
VERSION = 1
"""Raised when a reader of the file would have to change."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    lines = {line.id: line for line in edition.script.lines}
    timeline, words = edition.timeline, written(edition)
    chapters = [
        {
            "id": mark.id,
            "title": mark.title,
            "level": mark.level,
            "start": mark.start,
            "end": mark.end,
            "lines": [
                {
                    "id": cue.line,
                    "role": lines[cue.line].role,
                    "start": cue.start,
                    "end": cue.end,
                    "lang": lines[cue.line].lang,
                    "shown": words[cue.line] if lines[cue.line].shown else "",
                    "spoken": lines[cue.line].spoken,
                }
                for cue in mark.cues
            ],
        }
        for mark in timeline.marks
    ]
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
        "chapters": chapters,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    yield PublishedFile("timeline.json", (blob(text.encode()),), offer="timings")


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
