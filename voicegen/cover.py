"""The clinic's own cover picture: read once for a build, and checked, since players only leave a bad one out."""

from __future__ import annotations

import zlib
from pathlib import Path

from voicegen.config import FILE, Settings
from voicegen.errors import SettingsError
from voicegen.model.blob import Blob, blob

LARGEST_BYTES = 2_000_000
"""The picture is in several publications of every page."""
SMALLEST, LARGEST = 1_400, 3_000
"""Pixels on each side that podcast and audiobook apps take (podcasters.apple.com, show cover)."""
PNG_START = b"\x89PNG\r\n\x1a\n"
GREY, COLOUR = 1, 3
"""Components of a JPEG that every player shows rightly; four are for printing."""
NO_SIZE = {0xC4, 0xC8, 0xCC}
"""Markers among those from C0 to CF that do not begin a frame (ITU-T T.81, table B.1)."""
ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers without a length (T.81, section B.1.1.3)."""


def own(settings: Settings) -> Blob | None:
    """The picture that `[publications] cover` names; None where it names none.

    Raises SettingsError where it can't be read, or is not what players show.
    """
    name = settings.publications.cover
    return blob(_checked(settings.root / name, name)) if name else None


def _checked(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as trouble:
        reason = getattr(trouble, "strerror", None) or trouble
        raise _wrong(name, f"can't be read ({reason})", "Give its path, relative to voicegen.toml.") from trouble
    if len(data) > LARGEST_BYTES:
        most = f"{LARGEST_BYTES // 1_000_000} MB"
        raise _wrong(name, f"is larger than {most}", f"Save it smaller or stronger compressed, in at most {most}.")
    size = _png_size(data) if data.startswith(PNG_START) else _jpeg_size(data)
    if size is None:
        raise _wrong(name, "is no whole JPEG or PNG picture, whatever its name says", "Save it again as one.")
    width, height, components = size
    if components not in {GREY, COLOUR}:
        raise _wrong(name, "has the colours of print (CMYK)", "Save it for the screen, in RGB.")
    if width != height or not SMALLEST <= width <= LARGEST:
        remedy = f"Cut it to a square of {SMALLEST} to {LARGEST} pixels."
        raise _wrong(name, f"has {width} by {height} pixels", remedy)
    return data


def _png_size(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and colour components of a PNG that is whole, else None (PNG, Third Edition, section 5.3)."""
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


def _jpeg_size(data: bytes) -> tuple[int, int, int] | None:
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


def _wrong(name: str, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"{FILE}, [publications] cover", f"the picture {name!r} {what}", remedy)
