"""The clinic's own cover picture: read once for a build, and checked, since players only leave a bad one out."""

from __future__ import annotations

from pathlib import Path

from voicegen.config import FILE, Settings
from voicegen.durable import plain
from voicegen.errors import SettingsError
from voicegen.model.blob import Blob, blob
from voicegen.pictures import COLOUR, GREY, jpeg_size, png_size

LARGEST_BYTES = 2_000_000
"""The picture is in several publications of every page."""
SMALLEST, LARGEST = 1_400, 3_000
"""Pixels on each side that podcast and audiobook apps take (podcasters.apple.com, show cover)."""


def own(settings: Settings) -> Blob | None:
    """The picture that `[publications] cover` names; None where it names none.

    Raises SettingsError where it can't be read, or is not what players show.
    """
    name = settings.publications.cover
    return blob(_checked(settings.root / name, name)) if name else None


def _checked(path: Path, name: str) -> bytes:
    try:
        with plain(path) as file:
            data = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as trouble:
        reason = getattr(trouble, "strerror", None) or trouble
        raise _wrong(name, f"can't be read ({reason})", "Give its path, relative to voicegen.toml.") from trouble
    if len(data) > LARGEST_BYTES:
        most = f"{LARGEST_BYTES // 1_000_000} MB"
        raise _wrong(name, f"is larger than {most}", f"Save it smaller or stronger compressed, in at most {most}.")
    size = png_size(data) or jpeg_size(data)
    if size is None:
        raise _wrong(name, "is no whole JPEG or PNG picture, whatever its name says", "Save it again as one.")
    width, height, components = size
    if components not in {GREY, COLOUR}:
        raise _wrong(name, "has the colours of print (CMYK)", "Save it for the screen, in RGB.")
    if width != height or not SMALLEST <= width <= LARGEST:
        remedy = f"Cut it to a square of {SMALLEST} to {LARGEST} pixels."
        raise _wrong(name, f"has {width} by {height} pixels", remedy)
    return data


def _wrong(name: str, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"{FILE}, [publications] cover", f"the picture {name!r} {what}", remedy)
