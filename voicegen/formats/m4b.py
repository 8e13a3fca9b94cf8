"""m4b: `<page>.m4b`, an audiobook in AAC with both kinds of chapters, tags and a cover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._cover import PNG, cover
from voicegen.formats._marks import differences, shortlist, unheard
from voicegen.formats._mp4 import Title, audiobook, box, full_box
from voicegen.formats._spoken_by import credit, narrator
from voicegen.formats._verified import timeline_of
from voicegen.model.blob import Blob
from voicegen.model.edition import Edition
from voicegen.recordings.m4b import NERO_HZ, M4b
from voicegen.sound import aac
from voicegen.sound.chapters import cut, one_line

CODECS = ("aac",)
MOST_NERO = 255
"""Nero's table counts its chapters, and the bytes of each title, in one byte."""
UTF8, JPEG_DATA, PNG_DATA, NUMBER = 1, 13, 14, 21
"""Kinds of a tag's value (QuickTime File Format, "Well-known types")."""
AUDIOBOOK = 2
"""What players take the file for (the tag `stik`)."""
MOST_TITLE = 0xFFFF - 16
"""Bytes of a QuickTime title, whose length is told in 16 bits."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    timeline, codec = edition.timeline, edition.codecs["aac"]
    titles = [
        Title(cut(one_line(mark.title), MOST_TITLE).encode(), mark.end - mark.start) for mark in timeline.marks
    ]
    about = (*_nero(edition), *_tags(edition))
    name = f"{edition.page.id}.m4b"
    yield PublishedFile(name, audiobook(name, codec, titles, edition.document.lang, about), offer="m4b")


def verify(folder: Path) -> Iterator[str]:
    """Chapters of either kind that are not those of timeline.json, and whatever would make players less exact."""
    timeline = timeline_of(folder)
    name = f"{timeline.page}.m4b"
    with (folder / name).open("rb") as file:
        book = M4b(file, name)
        yield from unheard(book, timeline)
    starts = [(start, title) for start, _, title in book.chapters]
    yield from differences(f"{name}, QuickTime", starts, timeline.marks, timeline.rate_hz, M4b.most_chapters)
    yield from differences(f"{name}, Nero", book.nero, timeline.marks, timeline.rate_hz, MOST_NERO)
    if (book.samples, book.rate_hz) != (timeline.samples, timeline.rate_hz):
        yield f"{name}: it plays {book.samples} samples at {book.rate_hz} Hz, not {timeline.samples}"
    if book.delay != aac.DELAY or book.tags.get("iTunSMPB", b"").decode() != _gapless(book.samples):
        yield f"{name}: it does not tell players what the encoder put before the sound"
    if not book.moov_first:
        yield f"{name}: its description does not stand before its sound"
    if book.text_enabled:
        yield f"{name}: its chapter titles are switched on like a picture"
    for tag in ("©nam", "©alb", "covr"):
        if not book.tags.get(tag):
            yield f"{name}: it has no {tag!r}"


def _nero(edition: Edition) -> tuple[Blob, ...]:
    """Nero's chapters: a start in tenths of a microsecond, and a title."""
    marks = shortlist(edition.timeline.marks, MOST_NERO)
    rows = b""
    for mark in marks:
        title = cut(one_line(mark.title), MOST_NERO).encode()
        start = -(-mark.start * NERO_HZ // edition.timeline.rate_hz)
        rows += start.to_bytes(8, "big") + bytes([len(title)]) + title
    return full_box("chpl", bytes(4) + bytes([len(marks)]) + rows, version=1)


def _tags(edition: Edition) -> tuple[Blob, ...]:
    """Tags as iTunes began them, which all players read."""
    title, document = edition.timeline.marks[0].title, edition.document
    picture, kind = cover(edition)
    texts = {
        "©nam": title,
        "©alb": title,
        "©ART": edition.page.publisher,
        "aART": edition.page.publisher,
        "©nrt": narrator(edition),
        "©wrt": narrator(edition),  # where some audiobook players look for who speaks
        "©cmt": credit(edition),
        "©gen": "Speech",
        "©day": document.about("reviewed") or document.about("updated") or document.about("published"),
        "cprt": document.about("copyright"),
        "©too": "voicegen",
    }
    rows = [_tag(name, UTF8, one_line(value).encode()) for name, value in texts.items() if value.strip()]
    rows += [_tag("stik", NUMBER, bytes([AUDIOBOOK])), _tag("pgap", NUMBER, b"\1")]
    rows.append(_tag("covr", PNG_DATA if kind == PNG else JPEG_DATA, picture))
    gapless = _data(UTF8, _gapless(edition.timeline.samples).encode())
    rows.append(box("----", full_box("mean", b"com.apple.iTunes"), full_box("name", b"iTunSMPB"), gapless))
    handler = full_box("hdlr", bytes(4), b"mdirappl", bytes(9))
    return full_box("meta", handler, box("ilst", *rows))


def _tag(name: str, kind: int, value: bytes) -> tuple[Blob, ...]:
    return box(name, _data(kind, value))


def _data(kind: int, value: bytes) -> tuple[Blob, ...]:
    return full_box("data", bytes(4), value, flags=kind)


def _gapless(samples: int) -> str:
    """What Apple's players take the delay, the padding and the length from, besides the edit list."""
    facts = [0, aac.DELAY, 0]
    return "".join(f" {fact:08X}" for fact in facts) + f" {samples:016X}" + " 00000000" * 8
