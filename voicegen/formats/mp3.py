"""mp3: one MP3 of the whole recording with chapters, and one for each chapter, all from one encode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.contracts import PublishedFile
from voicegen.model.blob import Blob, blob
from voicegen.model.edition import Codec, Edition, EncodedChapter
from voicegen.sound import id3, mp3
from voicegen.steps.timecode import to_ms

CODECS = ("mp3",)


def render(edition: Edition) -> Iterator[PublishedFile]:
    """`<page>.mp3`, and `chapters/01-<chapter>.mp3` and so on."""
    codec, timeline = edition.codecs["mp3"], edition.timeline
    chapters = [
        id3.ChapterTag(to_ms(mark.start, timeline.rate_hz), to_ms(mark.end, timeline.rate_hz), mark.title)
        for mark in timeline.marks
    ]
    title = timeline.marks[0].title
    fields = [("TIT2", title), *_fields(edition)]
    yield _file(f"{edition.page.id}.mp3", id3.tag(fields, chapters, title), codec, codec.chapters)
    for number, (mark, chapter) in enumerate(zip(timeline.marks, codec.chapters, strict=True), 1):
        fields = [("TIT2", mark.title), *_fields(edition), ("TRCK", f"{number}/{len(chapters)}")]
        yield _file(f"chapters/{number:02}-{mark.id}.mp3", id3.tag(fields), codec, [chapter])


def _fields(edition: Edition) -> list[tuple[str, str]]:
    """Album, artist, genre and voice (ID3v2.3.0, sections 4.2.1 and 4.2.2)."""
    return [
        ("TALB", edition.timeline.marks[0].title),
        ("TPE1", edition.page.publisher),
        ("TCON", "Speech"),
        ("TENC", f"voicegen; {edition.page.voice}"),
    ]


def _file(path: str, tag: bytes, codec: Codec, chapters: Sequence[EncodedChapter]) -> PublishedFile:
    parts: list[Blob] = [*(chapter.body for chapter in chapters), chapters[-1].tail]
    samples = sum(chapter.samples for chapter in chapters)
    frames = samples // mp3.FRAME + mp3.TAIL_FRAMES
    size = sum(part.size for part in parts)
    info = mp3.info_frame(frames, size, samples, codec.rate_hz, codec.kbits)
    return PublishedFile(path, (blob(tag + info), *parts))
