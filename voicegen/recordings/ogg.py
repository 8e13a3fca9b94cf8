"""Ogg Opus, read back: every page and packet, and the comments with the chapters."""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, BinaryIO

from voicegen.errors import PublicationError
from voicegen.sound import opus
from voicegen.sound.ogg import CONTINUED, CRC_AT, FIRST, HEAD, LAST, OPUS_HEAD, SEGMENT, SIGN, UNFINISHED, crc
from voicegen.steps.timecode import to_ms

LARGEST_COMMENTS = 1 << 24
"""Bytes of the largest comments that are read; those of a thousand chapters and a picture have less."""
WARM_UP = opus.RATE_HZ * 80 // 1000
"""Samples that are decoded before those that are wanted (RFC 7845, section 4.6)."""
MOST_SAMPLES = opus.RATE_HZ * 120 // 1000
"""Samples of the longest packet (RFC 6716, section 3.2.5)."""
CHAPTER = re.compile(r"CHAPTER(\d{3})(NAME)?\Z")
TIME = re.compile(r"(\d{2}):(\d{2}):(\d{2})\.(\d{3})\Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose check sum is right."""

    start: int
    """Where it begins in the file."""
    flags: int
    granule: int
    serial: int
    number: int
    packets: tuple[bytes, ...]
    """What lies on it of each packet; the first may begin, the last may end on another page."""
    whole: bool
    """Whether the last of them ends here."""


class OggOpus:
    """A whole recording as `formats/_ogg` describes it."""

    most_chapters = 1_000
    """Chapter comments are numbered from 000 to 999."""
    rate_hz = opus.RATE_HZ
    spread = opus.PACKET

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self.name = file, name
        self._starts, self._ends = array("Q"), array("q")
        try:
            self._read()
        except (ValueError, struct.error) as trouble:
            raise PublicationError(name, str(trouble)) from trouble

    def _read(self) -> None:
        stream = pages(self._file)
        head = _packet(stream)
        sign, version, channels, self.delay, self.source_hz, gain, family = OPUS_HEAD.unpack(head)
        if (sign, version, channels, gain, family) != (b"OpusHead", 1, 1, 0, 0):
            raise ValueError("its first packet is not the head of Opus in one channel")
        self.tags = comments(_packet(stream))
        heard, last = 0, None
        for page in stream:
            if last and last.flags & LAST:
                raise ValueError("something follows its last page")
            if page.flags & CONTINUED or not page.whole:
                raise ValueError(f"a packet of sound is cut in two at byte {page.start}")
            heard += sum(map(duration, page.packets))
            if page.granule != heard and not (page.flags & LAST and self.delay <= page.granule < heard):
                raise ValueError(f"the page at byte {page.start} ends at {page.granule}, not at {heard}")
            self._starts.append(page.start)
            self._ends.append(heard)
            last = page
        if last is None or not last.flags & LAST:
            raise ValueError("its last page is missing")
        self.samples = last.granule - self.delay
        self.chapters = self._chapters()

    def _chapters(self) -> list[tuple[int, int, str]]:
        """Chapters as the comments have them; each ends where the next begins."""
        facts: dict[str, list[str]] = {}
        for name, value in self.tags:
            if match := CHAPTER.match(name):
                facts.setdefault(match[1], []).append(value)
        if list(facts) != [f"{number:03}" for number in range(len(facts))]:
            raise ValueError("its chapters are not numbered from 000")
        if any(len(fact) != 2 for fact in facts.values()):
            raise ValueError("a chapter has no time or no name, or two of them")
        starts = [_ms(time) for time, _ in facts.values()] + [to_ms(self.samples, self.rate_hz)]
        titles = [title for _, title in facts.values()]
        return [(start, end, title) for (start, end), title in zip(pairwise(starts), titles, strict=True)]

    def decode(self, begin: int, end: int) -> array[float]:
        """The sound from sample `begin` of the recording, which may be below 0, to sample `end`, at 48 kHz."""
        import av

        av.logging.set_level(None)
        begin, end = begin + self.delay, end + self.delay
        first = min(bisect_left(self._ends, max(0, begin - WARM_UP)), len(self._ends) - 1)
        decoder: Any = av.CodecContext.create("libopus", "r")
        decoder.layout, decoder.options = "mono", {"request_sample_fmt": "flt"}
        sound: array[float] = array("f")
        at = self._ends[first - 1] if first else 0
        for page in pages(self._file, self._starts[first]):
            for packet in page.packets:
                if not sound and at + duration(packet) < begin - WARM_UP:
                    at += duration(packet)
                elif at + len(sound) < end:
                    sound.extend(self._decoded(decoder, packet, page.start))
            if at + len(sound) >= end:
                break
        lead = array("f", bytes(4 * max(0, at - begin)))
        return lead + sound[max(0, begin - at) : max(0, begin - at) + end - begin - len(lead)]

    def _decoded(self, decoder: Any, packet: bytes, place: int) -> array[float]:
        import av

        found: array[float] = array("f")
        try:
            for heard in decoder.decode(av.Packet(packet)):
                found.frombytes(bytes(heard.planes[0])[: 4 * heard.samples])
        except av.error.FFmpegError as trouble:
            what = f"its sound does not decode on the page at byte {place}"
            raise PublicationError(self.name, what) from trouble
        return found


def pages(file: BinaryIO, at: int = 0) -> Iterator[Page]:
    """The pages from `at` on, to the end of the file. Raises ValueError for what is none, or is damaged."""
    file.seek(at)
    before: Page | None = None
    while head := file.read(HEAD.size):
        if len(head) < HEAD.size or head[:4] != SIGN or head[4]:
            raise ValueError(f"at byte {at} stands something that is no Ogg page")
        _, _, flags, granule, serial, number, total, count = HEAD.unpack(head)
        segments = file.read(count)
        body = file.read(sum(segments))
        if len(segments) != count or len(body) != sum(segments):
            raise ValueError(f"the page at byte {at} is not whole")
        if crc(head[:CRC_AT] + bytes(4) + head[CRC_AT + 4 :] + segments + body) != total:
            raise ValueError(f"the page at byte {at} is damaged")
        packets, whole = _split(segments, body)
        page = Page(at, flags, granule, serial, number, packets, whole)
        follows = before is None or (serial, number) == (before.serial, before.number + 1)
        if not follows or (flags & FIRST and at):
            raise ValueError(f"the page at byte {at} does not follow the one before it")
        yield page
        before = page
        at += len(head) + count + len(body)


def _split(segments: bytes, body: bytes) -> tuple[tuple[bytes, ...], bool]:
    """The packets on a page, and whether the last of them ends on it."""
    found, at, size = [], 0, 0
    for segment in segments:
        size += segment
        if segment < SEGMENT:
            found.append(body[at : at + size])
            at, size = at + size, 0
    whole = segments[-1:] != bytes([SEGMENT])
    return (tuple(found) if whole else (*found, body[at:])), whole


def _packet(stream: Iterator[Page]) -> bytes:
    """A header packet, which may lie on several pages and is alone on them."""
    data = b""
    for page in stream:
        data += b"".join(page.packets)
        if len(page.packets) != 1 or bool(page.flags & CONTINUED) != bool(len(data) - len(page.packets[0])):
            raise ValueError("a header is not alone on its pages")
        if page.granule != (0 if page.whole else UNFINISHED):
            raise ValueError("a header has a time")
        if page.whole or len(data) > LARGEST_COMMENTS:
            break
    return data


def duration(packet: bytes) -> int:
    """Samples of a packet at 48 kHz, as its first byte tells (RFC 6716, section 3.1). Raises ValueError."""
    if not packet or packet[0] & 4 or packet[0] & 3:
        raise ValueError("a packet is empty, not of one channel, or of several frames")
    kind = packet[0] >> 3
    if kind < 12:  # speech: 10, 20, 40, 60 ms
        return (480, 960, 1_920, 2_880)[kind & 3]
    if kind < 16:  # both: 10, 20 ms
        return (480, 960)[kind & 1]
    return opus.GRID << (kind & 3)  # sound: 2.5, 5, 10, 20 ms


def comments(packet: bytes) -> list[tuple[str, str]]:
    """Name, in capitals, and value of each comment (RFC 7845, section 5.2). Raises ValueError."""
    if packet[:8] != b"OpusTags":
        raise ValueError("its second packet is not its comments")
    _, at = _text(packet, 8)
    (count,) = struct.unpack_from("<I", packet, at)
    at += 4
    found = []
    for _ in range(min(count, len(packet))):
        text, at = _text(packet, at)
        name, _, value = text.partition("=")
        found.append((name.upper(), value))
    if count != len(found) or at != len(packet):
        raise ValueError("its comments do not fill their packet")
    return found


def _text(packet: bytes, at: int) -> tuple[str, int]:
    (size,) = struct.unpack_from("<I", packet, at)
    if at + 4 + size > len(packet):
        raise ValueError("a comment is longer than the packet that it is in")
    return packet[at + 4 : at + 4 + size].decode(), at + 4 + size


def _ms(time: str) -> int:
    match = TIME.match(time)
    if not match:
        raise ValueError(f"{time!r} is no time of a chapter")
    hours, minutes, seconds, ms = map(int, match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
