"""feed: the whole library as a podcast, `feed.xml`, and each page's chapters for podcast apps.

How the feed is made stands in `_feed_rss`; how it is read again, in `_feed_read`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.errors import SettingsError
from voicegen.formats._cover import library_cover, suffix
from voicegen.formats._feed_read import troubles
from voicegen.formats._feed_rss import CHAPTERS, FEED, rss
from voicegen.formats._verified import timeline_of
from voicegen.formats._xml import file
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.model.library import Library
from voicegen.steps.timecode import to_ms

CODECS: tuple[str, ...] = ()
COVER = "feed-cover"
VERSION = "1.2.0"
"""Of the JSON chapters format (podcast-namespace, docs/examples/chapters/jsonChapters.md)."""
CLOSE_MS = 10
"""How far a chapter may be from the timeline's."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The page's chapters."""
    rate, page = edition.timeline.rate_hz, edition.page
    chapters = [
        {
            "startTime": to_ms(mark.start, rate) / 1000,
            "endTime": to_ms(mark.end, rate) / 1000,
            "title": mark.title,
            **({"url": f"{page.address}#{mark.id}"} if page.address else {}),
        }
        for mark in edition.timeline.marks
    ]
    facts = {
        "version": VERSION,
        "title": edition.timeline.marks[0].title,
        "author": page.publisher,
        "fileName": f"{page.id}.mp3",
        "chapters": chapters,
    }
    yield PublishedFile(CHAPTERS, (blob((json.dumps(facts, indent=1) + "\n").encode()),))


def verify(folder: Path) -> Iterator[str]:
    """Chapters that are not those of timeline.json."""
    timeline = timeline_of(folder)
    try:
        facts = json.loads((folder / CHAPTERS).read_bytes())
        found = [(each["title"], float(each["startTime"]), float(each["endTime"])) for each in facts["chapters"]]
        version, recording = facts["version"], facts["fileName"]
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        yield f"{CHAPTERS}: it can't be read ({type(trouble).__name__}: {trouble})"
        return
    if version != VERSION or recording != f"{timeline.page}.mp3":
        yield f"{CHAPTERS}: it is of version {version!r}, for {recording!r}"
    if len(found) != len(timeline.marks):
        yield f"{CHAPTERS}: it has {len(found)} chapters, not {len(timeline.marks)}"
    for (title, start, end), mark in zip(found, timeline.marks, strict=False):
        off = [
            abs(at * 1000 - to_ms(samples, timeline.rate_hz)) > CLOSE_MS
            for at, samples in ((start, mark.start), (end, mark.end))
        ]
        if title != mark.title or any(off):
            yield f"{CHAPTERS}: {title!r}, {start} to {end} s, is not {mark.title!r} of timeline.json"


def render_library(library: Library) -> Iterator[PublishedFile]:
    """`feed.xml` and its picture. Raises SettingsError where nobody said where the pages are published."""
    if not library.address:
        raise SettingsError(
            "voicegen.toml, [publications] formats",
            "'feed' needs to know where the output folder is published",
            'Add address = "https://…/" there, or leave it out.',
        )
    picture, kind = library_cover(library)
    name = f"{COVER}{suffix(kind)}"
    yield PublishedFile(FEED, (blob(file(rss(library, library.address + name))),))
    yield PublishedFile(name, (blob(picture),))


def verify_library(place: Path) -> Iterator[str]:
    """Pages that the feed leaves out or tells otherwise, files that it leads to and that are not there."""
    yield from troubles(place)
