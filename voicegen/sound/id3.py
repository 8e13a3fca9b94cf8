"""ID3v2.3 tags with chapters (id3.org: ID3v2.3.0; ID3v2 Chapter Frame Addendum 1.0).

Own writer because the frames must stand in time order, and the table of contents must be top-level, ordered
and complete: players that follow frame order and players that follow the table then agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicegen.sound.chapters import one_line

TOP_LEVEL, ORDERED = 2, 1
MOST_CHILDREN = 255
"""A table of contents counts its entries in one byte; a longer one is nested."""
NO_OFFSET = b"\xff" * 4
"""Says that times, not byte offsets, are to be used."""


@dataclass(frozen=True, slots=True)
class ChapterTag:
    """A chapter as the tag tells it: milliseconds from the first sample of sound."""

    start_ms: int
    end_ms: int
    title: str


def tag(fields: Sequence[tuple[str, str]], chapters: Sequence[ChapterTag] = (), contents: str = "") -> bytes:
    """An ID3v2.3 tag: text frames such as ("TIT2", title), and the chapters under one table of contents."""
    body = b"".join(text_frame(name, value) for name, value in fields if value)
    if chapters:
        body += _contents(len(chapters), contents)
        body += b"".join(_chapter(number, chapter) for number, chapter in enumerate(chapters))
    return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body


def text_frame(name: str, value: str) -> bytes:
    """A text frame in UTF-16 with a byte order mark: all that version 2.3 knows besides Latin-1."""
    return _frame(name, b"\x01\xff\xfe" + one_line(value).encode("utf-16-le"))


def _contents(count: int, title: str) -> bytes:
    """The table of contents: one, or one of several where there are more chapters than it can count."""
    ids = [_chapter_id(number) for number in range(count)]
    if count <= MOST_CHILDREN:
        return _table("toc", TOP_LEVEL | ORDERED, ids, title)
    groups = [ids[at : at + MOST_CHILDREN] for at in range(0, count, MOST_CHILDREN)]
    names = [f"toc{number}" for number in range(len(groups))]
    tables = [_table(name, ORDERED, group, "") for name, group in zip(names, groups, strict=True)]
    return _table("toc", TOP_LEVEL | ORDERED, names, title) + b"".join(tables)


def _table(name: str, flags: int, children: Sequence[str], title: str) -> bytes:
    body = name.encode() + bytes([0, flags, len(children)])
    body += b"".join(child.encode() + b"\0" for child in children)
    return _frame("CTOC", body + (text_frame("TIT2", title) if title else b""))


def _chapter(number: int, chapter: ChapterTag) -> bytes:
    times = chapter.start_ms.to_bytes(4, "big") + chapter.end_ms.to_bytes(4, "big")
    body = _chapter_id(number).encode() + b"\0" + times + NO_OFFSET * 2
    return _frame("CHAP", body + text_frame("TIT2", chapter.title))


def _chapter_id(number: int) -> str:
    return f"ch{number:03}"


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + len(body).to_bytes(4, "big") + b"\0\0" + body


def _synchsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
