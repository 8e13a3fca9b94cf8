"""mp3: one MP3 of the whole recording with chapters, and one for each chapter, all from one encode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._marks import differences, unheard
from voicegen.formats._mp3_files import chapter_file, whole_file
from voicegen.formats._spoken_by import credit
from voicegen.formats._verified import PublishedTimeline, timeline_of
from voicegen.model.edition import Edition
from voicegen.recordings.mp3 import Mp3
from voicegen.recordings.opening import opened
from voicegen.sound import id3
from voicegen.steps.checking import MOST_MS_OFF
from voicegen.steps.timecode import to_ms

CODECS = ("mp3",)


def render(edition: Edition) -> Iterator[PublishedFile]:
    """`<page>.mp3`, and `chapters/01-<chapter>.mp3` and so on."""
    timeline = edition.timeline
    marks = [
        id3.ChapterTag(to_ms(mark.start, timeline.rate_hz), to_ms(mark.end, timeline.rate_hz), mark.title)
        for mark in timeline.marks
    ]
    title = timeline.marks[0].title
    tag = id3.tag([("TIT2", title), *_fields(edition)], marks, title)
    yield PublishedFile(f"{edition.page.id}.mp3", whole_file(edition, tag), offer="mp3")
    for number, mark in enumerate(timeline.marks, 1):
        fields = [("TIT2", mark.title), *_fields(edition), ("TRCK", f"{number}/{len(marks)}")]
        parts = chapter_file(edition, number - 1, id3.tag(fields))
        yield PublishedFile(f"chapters/{number:02}-{mark.id}.mp3", parts)


def verify(folder: Path) -> Iterator[str]:
    """Marks that are not those of timeline.json, chapters without a file or of another length."""
    timeline = timeline_of(folder)
    name, rate = f"{timeline.page}.mp3", timeline.rate_hz
    with opened(folder / name) as recording:
        starts = [(start, title) for start, _, title in recording.chapters]
        yield from differences(name, starts, timeline.marks, rate, recording.most_chapters)
        yield from unheard(recording, timeline)
        ends = [end for _, end, _ in recording.chapters]
    if ends != [to_ms(mark.end, rate) for mark in timeline.marks]:
        yield f"{name}: its chapters end at {ends} ms"
    for path, mark in zip(_chapter_paths(folder, timeline), timeline.marks, strict=True):
        if not path.is_file():
            yield f"chapters/{path.name} is missing"
            continue
        with opened(path) as recording:
            off = to_ms(recording.samples, recording.rate_hz) - to_ms(mark.end - mark.start, rate)
            if abs(off) > MOST_MS_OFF:
                yield f"chapters/{path.name}: it is {off} ms longer than {mark.title!r}"


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter in which something is said."""
    timeline = timeline_of(folder)
    for path, mark in zip(_chapter_paths(folder, timeline), timeline.marks, strict=True):
        if mark.lines:
            with path.open("rb") as file:
                yield Mp3(file, f"chapters/{path.name}")


def _chapter_paths(folder: Path, timeline: PublishedTimeline) -> list[Path]:
    return [folder / f"chapters/{number:02}-{mark.id}.mp3" for number, mark in enumerate(timeline.marks, 1)]


def _fields(edition: Edition) -> list[tuple[str, str]]:
    """Album, artist, genre and voice (ID3v2.3.0, sections 4.2.1 and 4.2.2)."""
    return [
        ("TALB", edition.timeline.marks[0].title),
        ("TPE1", edition.page.publisher),
        ("TCON", "Speech"),
        ("TENC", f"voicegen; {credit(edition)}"),
    ]
