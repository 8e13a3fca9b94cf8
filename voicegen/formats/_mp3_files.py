"""MP3 files from the recording's one encode, for every publication that holds MP3."""

from __future__ import annotations

from collections.abc import Sequence

from voicegen.model.blob import Blob, blob
from voicegen.model.edition import Edition, EncodedChapter
from voicegen.sound import mp3


def whole_file(edition: Edition, tag: bytes = b"") -> tuple[Blob, ...]:
    """The parts of one MP3 of the whole recording, `tag` before it."""
    return _file(edition, tag, edition.codecs["mp3"].chapters)


def chapter_file(edition: Edition, number: int, tag: bytes = b"") -> tuple[Blob, ...]:
    """The parts of the MP3 of the chapter `number`, counted from 0."""
    return _file(edition, tag, [edition.codecs["mp3"].chapters[number]])


def _file(edition: Edition, tag: bytes, chapters: Sequence[EncodedChapter]) -> tuple[Blob, ...]:
    codec = edition.codecs["mp3"]
    parts: list[Blob] = [*(chapter.body for chapter in chapters), chapters[-1].tail]
    samples = sum(chapter.samples for chapter in chapters)
    frames = samples // mp3.FRAME + mp3.TAIL_FRAMES
    size = sum(part.size for part in parts)
    info = mp3.info_frame(frames, size, samples, codec.rate_hz, codec.kbits)
    return (blob(tag + info), *parts)
