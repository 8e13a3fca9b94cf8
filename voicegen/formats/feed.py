"""feed: the whole library as a podcast, `feed.xml`, and each page's chapters for podcast apps.

How the feed is made stands in `_feed_rss`; how it is read again, in `_feed_read`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from voicegen.contracts import Late, PublishedFile
from voicegen.errors import SettingsError
from voicegen.formats._cover import library_cover, suffix
from voicegen.formats._feed_pages import FeedPage, pages_of
from voicegen.formats._feed_read import troubles
from voicegen.formats._feed_rss import CHAPTERS, document
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
        version, recording, called = facts["version"], facts["fileName"], facts["title"]
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        yield f"{CHAPTERS}: it can't be read ({type(trouble).__name__}: {trouble})"
        return
    if version != VERSION or recording != f"{timeline.page}.mp3":
        yield f"{CHAPTERS}: it is of version {version!r}, for {recording!r}"
    if called != timeline.title:
        yield f"{CHAPTERS}: it is called {called!r}, not {timeline.title!r}"
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
    feed_pages = pages_of(library.cards)
    for at, one in enumerate(feed_pages):
        yield _feed_page(library, library.address + name, one, _others(feed_pages, at))
    yield PublishedFile(name, (blob(picture),))


def _feed_page(library: Library, cover: str, one: FeedPage, others: Mapping[str, str]) -> PublishedFile:
    """One document of the feed."""

    def render() -> bytes:
        entries = [library.entries[number] for number in one.pages]
        return file(document(library, cover, one.path, entries, others))

    if not others:
        return PublishedFile(one.path, (blob(render()),))
    digests = [library.cards[number].digest for number in one.pages]
    made_from = hashlib.sha256(json.dumps([cover, one.path, others, digests]).encode()).hexdigest()
    return PublishedFile(one.path, Late(render), made_from=made_from)


def _others(feed_pages: Sequence[FeedPage], at: int) -> dict[str, str]:
    """The documents that one leads to, by the names that RFC 5005, section 3, has for them."""
    if len(feed_pages) == 1:
        return {}
    found = {"first": feed_pages[0].path}
    if at:
        found["previous"] = feed_pages[at - 1].path
    if at < len(feed_pages) - 1:
        found["next"] = feed_pages[at + 1].path
    return {**found, "last": feed_pages[-1].path}


def verify_library(place: Path) -> Iterator[str]:
    """Pages that the feed leaves out or tells otherwise, files that it leads to and that are not there."""
    yield from troubles(place)
