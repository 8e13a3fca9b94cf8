"""Ogg Opus files (RFC 7845), joined from encoded chapters: a page is a few bytes of ours and a part of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from voicegen.model.blob import Blob, blob
from voicegen.model.edition import EncodedChapter
from voicegen.model.timeline import Timeline
from voicegen.sound import ogg, opus
from voicegen.sound.sizes import entries
from voicegen.steps.blobs import read

SERIAL = 1
"""The number of the file's one stream."""
PAGE_SAMPLES = opus.RATE_HZ
"""A page has at most a second (RFC 7845, section 3): players find a place page by page."""
ENDING = -(-opus.DELAY // opus.GRID)
"""Packets of silence that follow the last chapter: they push its end out of the decoder."""


@dataclass(slots=True)
class Page:
    """Packets that are put on one page: some that follow each other in a chapter, then some of silence."""

    start: int = 0
    """Where the first of them begins in the chapter."""
    size: int = 0
    """Bytes of those from the chapter."""
    silent: int = 0
    """How many of silence."""
    samples: int = 0
    segments: bytearray = field(default_factory=bytearray)

    def room(self, size: int, samples: int) -> bool:
        """Whether a packet of so many bytes and samples may join those that are there."""
        fits = len(self.segments) + size // ogg.SEGMENT + 1 <= ogg.MOST_SEGMENTS
        return fits and self.samples + samples <= PAGE_SAMPLES

    def put(self, size: int) -> None:
        """Puts the chapter's next packet on the page."""
        self.segments += ogg.lacing(size)
        self.samples += opus.PACKET
        self.size += size

    def put_silence(self) -> None:
        """Puts a packet of silence on the page."""
        self.segments += ogg.lacing(len(opus.SILENCE))
        self.samples += opus.GRID
        self.silent += 1

    def parts(self, chapter: EncodedChapter) -> tuple[Blob, ...]:
        """What lies on the page."""
        return chapter.body.part(self.start, self.size), blob(opus.SILENCE * self.silent)


def recording(
    timeline: Timeline, chapters: Sequence[EncodedChapter], comments: Iterable[tuple[str, str]]
) -> Iterator[Blob]:
    """The parts of the file: the headers, then the pages of all chapters.

    Each chapter begins a page, so that players find its first packet at once.
    """
    headers = [ogg.opus_head(timeline.rate_hz), ogg.opus_tags("voicegen", comments)]
    first = list(ogg.header_pages(headers, SERIAL))
    yield blob(b"".join(first))
    number, heard, rate = len(first), 0, timeline.rate_hz
    end = opus.place(timeline.samples, rate) + opus.DELAY
    for mark, chapter in zip(timeline.marks, chapters, strict=True):
        length = opus.place(mark.end, rate) - opus.place(mark.start, rate)
        if mark is timeline.marks[-1]:
            length += ENDING * opus.GRID
        for page in _pages(chapter, length):
            heard += page.samples
            last = heard >= end
            parts = page.parts(chapter)
            granule, flags = (end, ogg.LAST) if last else (heard, 0)
            yield blob(ogg.page_head(flags, granule, SERIAL, number, bytes(page.segments), map(read, parts)))
            yield from (part for part in parts if part.size)
            number += 1


def _pages(chapter: EncodedChapter, length: int) -> Iterator[Page]:
    """The chapter's packets, and silence up to `length` samples in all, on pages."""
    page, at = Page(), 0
    for size in entries(read(chapter.sizes)):
        if not page.room(size, opus.PACKET):
            yield page
            page = Page(at)
        page.put(size)
        at += size
        length -= opus.PACKET
    for _ in range(length // opus.GRID):
        if not page.room(len(opus.SILENCE), opus.GRID):
            yield page
            page = Page(at)
        page.put_silence()
    if page.segments:
        yield page
