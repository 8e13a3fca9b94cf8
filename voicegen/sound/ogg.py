"""Ogg pages (RFC 3533) and the headers of Opus in them (RFC 7845)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence

from voicegen.sound import opus

SIGN = b"OggS"
CONTINUED, FIRST, LAST = 1, 2, 4
"""Flags of a page: it begins inside a packet; it begins, it ends the stream (RFC 3533, section 6)."""
HEAD = struct.Struct("<4sBBqIIIB")
"""Sign, version, flags, granule position, serial number, page number, CRC, entries of the segment table."""
CRC_AT = 22
MOST_SEGMENTS = 255
SEGMENT = 255
"""Bytes of a whole segment; a shorter one ends its packet."""
UNFINISHED = -1
"""Granule position of a page on which no packet ends."""
OPUS_HEAD = struct.Struct("<8sBBHIhB")
"""Sign, version, channels, pre-skip, rate of what was encoded, gain, mapping family (RFC 7845, section 5.1)."""
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def crc(data: bytes) -> int:
    """The check sum of a page whose own is zero: polynomial 0x04C11DB7, nothing reflected, from zero.

    zlib computes the reflected kind of the same sum, a hundred times faster than a loop here could; turning the
    bits of every byte, and of the result, makes one from the other.
    """
    turned = zlib.crc32(data.translate(_TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(turned.to_bytes(4, "little").translate(_TURNED), "big")


def lacing(size: int) -> bytes:
    """The entries of the segment table for a packet of so many bytes, the last of which ends it."""
    return bytes([SEGMENT]) * (size // SEGMENT) + bytes([size % SEGMENT])


def page_head(flags: int, granule: int, serial: int, number: int, segments: bytes, body: Iterable[bytes]) -> bytes:
    """What stands before a page's body, its check sum included."""
    head = HEAD.pack(SIGN, 0, flags, granule, serial, number, 0, len(segments)) + segments
    total = crc(head + b"".join(body))
    return head[:CRC_AT] + total.to_bytes(4, "little") + head[CRC_AT + 4 :]


def header_pages(packets: Sequence[bytes], serial: int) -> Iterator[bytes]:
    """The pages of a stream's header packets: the first alone on its page, all at position 0."""
    number = 0
    for packet in packets:
        segments, at = lacing(len(packet)), 0
        for start in range(0, len(segments), MOST_SEGMENTS):
            part = segments[start : start + MOST_SEGMENTS]
            body = packet[at : at + sum(part)]
            at += sum(part)
            flags = (0 if number else FIRST) | (CONTINUED if start else 0)
            position = 0 if start + len(part) == len(segments) else UNFINISHED
            yield page_head(flags, position, serial, number, part, [body]) + body
            number += 1


def opus_head(rate_hz: int) -> bytes:
    """The first packet: one channel; `rate_hz` tells what rate the sound had before it was encoded."""
    return OPUS_HEAD.pack(b"OpusHead", 1, 1, opus.DELAY, rate_hz, 0, 0)


def opus_tags(vendor: str, comments: Iterable[tuple[str, str]]) -> bytes:
    """The second packet: comments such as ("TITLE", title) (RFC 7845, section 5.2)."""
    texts = [f"{name}={value}".encode() for name, value in comments]
    parts = [_counted(vendor.encode()), len(texts).to_bytes(4, "little"), *map(_counted, texts)]
    return b"OpusTags" + b"".join(parts)


def _counted(text: bytes) -> bytes:
    return len(text).to_bytes(4, "little") + text
