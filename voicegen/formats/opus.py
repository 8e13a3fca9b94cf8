"""opus: `<page>.opus`, the smallest recording with chapters, in Ogg Opus.

It has no cover: a picture would be a tenth of many a page's download, and this is for those who count bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._marks import differences, shortlist, unheard
from voicegen.formats._ogg import recording
from voicegen.formats._spoken_by import narrator, voice_licence
from voicegen.formats._verified import timeline_of
from voicegen.model.edition import Edition
from voicegen.recordings.ogg import OggOpus
from voicegen.sound import opus
from voicegen.sound.chapters import one_line
from voicegen.steps.timecode import webvtt

CODECS = ("opus",)


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    chapters = edition.codecs["opus"].chapters
    comments = [*_about(edition), *_chapters(edition)]
    parts = tuple(recording(edition.timeline, chapters, comments))
    yield PublishedFile(f"{edition.page.id}.opus", parts, offer="opus")


def verify(folder: Path) -> Iterator[str]:
    """Damaged pages, another length, and chapters that are not those of timeline.json."""
    timeline = timeline_of(folder)
    name = f"{timeline.page}.opus"
    with (folder / name).open("rb") as file:
        found = OggOpus(file, name)
        yield from unheard(found, timeline)
    starts = [(start, title) for start, _, title in found.chapters]
    yield from differences(name, starts, timeline.marks, timeline.rate_hz, OggOpus.most_chapters)
    off = found.samples - opus.place(timeline.samples, timeline.rate_hz)
    if off:
        yield f"{name}: it is {off} samples longer than timeline.json tells"
    if found.delay != opus.DELAY:
        yield f"{name}: it does not tell players what the encoder put before the sound"
    if not dict(found.tags).get("TITLE"):
        yield f"{name}: it has no title"


def _about(edition: Edition) -> Iterator[tuple[str, str]]:
    """Comments by the names that players know (xiph.org, "Ogg Vorbis I format specification: comment field")."""
    title, document = edition.timeline.marks[0].title, edition.document
    facts = {
        "TITLE": title,
        "ALBUM": title,
        "ARTIST": edition.page.publisher,
        "PERFORMER": narrator(edition),
        "VOICE_LICENCE": voice_licence(edition),
        "ORGANIZATION": edition.page.publisher,
        "GENRE": "Speech",
        "LANGUAGE": document.lang,
        "DATE": document.about("reviewed") or document.about("updated") or document.about("published"),
        "COPYRIGHT": document.about("copyright"),
        "ENCODER": "voicegen",
    }
    yield from ((name, one_line(value)) for name, value in facts.items() if value.strip())


def _chapters(edition: Edition) -> Iterator[tuple[str, str]]:
    """Chapters as comments (xiph.org wiki, "Chapter Extension"): a time, and a name."""
    timeline = edition.timeline
    for number, mark in enumerate(shortlist(timeline.marks, OggOpus.most_chapters)):
        yield f"CHAPTER{number:03}", webvtt(mark.start, timeline.rate_hz)
        yield f"CHAPTER{number:03}NAME", one_line(mark.title)
