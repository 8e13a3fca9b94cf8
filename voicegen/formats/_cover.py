"""The picture that stands for a publication in players and shops: the clinic's own, or a plain one of ours.

Ours has no words on it, since no font draws every script that pages are written in, and every player shows the
title beside the picture. It is bars like those of a sound, in a colour and heights that come from the page's name,
so that a page keeps its picture and two pages can be told apart. Whoever shows it as an image gives it an empty
text alternative: it says nothing.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import sqrt

from voicegen.model.blob import Blob
from voicegen.model.edition import Edition
from voicegen.model.library import Library
from voicegen.steps.blobs import read

SIDE = 1_400
"""Pixels: the least that Apple Podcasts takes (podcasters.apple.com, show cover)."""
PNG, JPEG = "image/png", "image/jpeg"
BARS = 9
PITCH = SIDE // (BARS + 4)
"""From one bar to the next; two stay free at either edge, since players round the corners off."""
RADIUS = PITCH * 2 // 7
GROUNDS = (
    *((0x1F, 0x3A, 0x5F), (0x14, 0x53, 0x4B), (0x5B, 0x2A, 0x55), (0x6B, 0x2D, 0x1F)),
    *((0x2F, 0x4F, 0x1E), (0x3B, 0x30, 0x6E), (0x5A, 0x43, 0x0F), (0x2B, 0x2F, 0x36)),
)
"""Colours, all dark enough for the bars to stand out by 7 to 1 and more (WCAG 2.2, 1.4.6)."""
INK = (0xFF, 0xFA, 0xF0)

Rgb = tuple[int, int, int]


def cover(edition: Edition) -> tuple[bytes, str]:
    """The picture of a page's publications, and its media type."""
    return _own_or_drawn(edition.page.cover, edition.page.id)


def library_cover(library: Library) -> tuple[bytes, str]:
    """The picture of what is published for all pages together, and its media type."""
    return _own_or_drawn(library.cover, "")


def suffix(media_type: str) -> str:
    """The file ending that goes with a cover's media type."""
    return ".jpg" if media_type == JPEG else ".png"


def _own_or_drawn(own: Blob | None, name: str) -> tuple[bytes, str]:
    if own is None:
        return drawn(name), PNG
    data = read(own)
    return data, PNG if data.startswith(b"\x89PNG") else JPEG


@lru_cache(maxsize=8)
def drawn(name: str) -> bytes:
    """A square PNG of SIDE pixels whose colour and bars come from `name` (PNG, Third Edition)."""
    seed = hashlib.sha256(name.encode()).digest()
    ground = GROUNDS[seed[0] % len(GROUNDS)]
    heights = [RADIUS + (SIDE // 4) * (64 + byte % 192) // 256 for byte in seed[1 : 1 + BARS]]
    squeeze = zlib.compressobj(6)  # 9 takes twice as long, for 5 kB less beside megabytes of sound
    upper = [*_rows(ground, heights)]
    rows = (*upper, *reversed(upper))
    pixels = b"".join(squeeze.compress(line) for line in _filtered(rows)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _rows(ground: Rgb, heights: list[int]) -> Iterator[bytes]:
    """The rows of the picture's upper half, three bytes a pixel; bars have round ends and smooth edges."""
    last, drawn_last = None, b""
    for y in range(SIDE // 2):
        above = SIDE / 2 - y - 0.5
        halves = [_half_width(above - (height - RADIUS)) for height in heights]
        if halves == last:
            yield drawn_last
            continue
        last = halves
        row = bytearray()
        for number, half in enumerate(halves):
            if half:
                middle = SIDE // 2 + (number - BARS // 2) * PITCH
                whole, part = int(half), half - int(half)
                edge = bytes(round(g + (i - g) * part) for g, i in zip(ground, INK, strict=True))
                row += bytes(ground) * (middle - whole - 1 - len(row) // 3)
                row += edge + bytes(INK) * (2 * whole) + edge
        drawn_last = bytes(row + bytes(ground) * (SIDE - len(row) // 3))
        yield drawn_last


def _half_width(beyond: float) -> float:
    """Half of a bar's width, so far beyond where its round end begins (negative: before it)."""
    if beyond >= RADIUS:
        return 0.0
    return sqrt(RADIUS * RADIUS - beyond * beyond) if beyond > 0 else float(RADIUS)


def _filtered(rows: Iterable[bytes]) -> Iterator[bytes]:
    """The rows with their filter types: one like the row above it is sent as no difference (PNG, section 9.2)."""
    before = b""
    for row in rows:
        yield b"\2" + bytes(len(row)) if row == before else b"\0" + row
        before = row


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
