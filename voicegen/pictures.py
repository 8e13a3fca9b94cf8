"""What a PNG or JPEG file is, told from its bytes: whether it is whole, and how large."""

from __future__ import annotations

import zlib

PNG_START = b"\x89PNG\r\n\x1a\n"
GREY, COLOUR = 1, 3
"""Components of a JPEG that every player shows rightly; four are for printing."""
NO_SIZE = {0xC4, 0xC8, 0xCC}
"""Markers among those from C0 to CF that do not begin a frame (ITU-T T.81, table B.1)."""
ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers without a length (T.81, section B.1.1.3)."""


def png_size(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and colour components of a PNG that is whole, else None (PNG, Third Edition, section 5.3)."""
    if not data.startswith(PNG_START):
        return None
    at = len(PNG_START)
    while kind := data[at + 4 : at + 8]:
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return None
        if kind == b"IEND":
            first = data[len(PNG_START) + 4 : len(PNG_START) + 16]
            if end + 4 > len(data) or not first.startswith(b"IHDR"):
                return None
            return int.from_bytes(first[4:8], "big"), int.from_bytes(first[8:], "big"), COLOUR
        at = end + 4
    return None


def jpeg_size(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and colour components of a JPEG that is whole, else None (ITU-T T.81, section B.2.2)."""
    if not data.startswith(b"\xff\xd8\xff") or not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return None
    at = 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in NO_SIZE:
            height, width = (int.from_bytes(data[at + n : at + n + 2], "big") for n in (5, 7))
            return width, height, data[at + 9]
        fill_or_alone = marker == 0xFF or marker in ALONE
        at += (1 if marker == 0xFF else 2) if fill_or_alone else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
