"""What is listened to: a sentence with those before and after it, decoded from the recording that was written."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voicegen.errors import PublicationError
from voicegen.formats._verified import PublishedLine, PublishedTimeline, timeline_of
from voicegen.publishing import digest_of
from voicegen.recordings.opening import KINDS, opened
from voicegen.takes import level, wav_of

LOUDEST = 32_767
TRIES = 5
"""Of a passage, while builds put other versions in its place."""
LEVEL_S = 60.0
"""So much of a page's sound tells how loud it is."""


@dataclass(frozen=True, slots=True)
class Context:
    """A line among its neighbours."""

    before: PublishedLine | None
    line: PublishedLine
    after: PublishedLine | None


def timeline(folder: Path) -> PublishedTimeline | None:
    """When everything is heard in a page's folder; None where nothing is there that tells."""
    try:
        return timeline_of(folder)
    except PublicationError:
        return None


def around(times: PublishedTimeline | None, line: str) -> Context | None:
    """The line of that id with its neighbours; None where there is none."""
    lines: Sequence[PublishedLine] = times.lines if times else ()
    for at, one in enumerate(lines):
        if one.id == line:
            return Context(lines[at - 1] if at else None, one, lines[at + 1] if at + 1 < len(lines) else None)
    return None


def heard(folder: Path, page: str, line: str) -> bytes:
    """A line in its context as a WAV file. Raises PublicationError where it can't be heard.

    Where a build puts another version in its place meanwhile, the sound would be of one and the times of the
    other: so the version is looked at before and after.
    """
    for _ in range(TRIES):
        version = digest_of(folder)
        try:
            wav = _heard(folder, page, line)
        except (PublicationError, OSError):
            if version == digest_of(folder):
                raise
            continue
        if version == digest_of(folder):
            return wav
    raise PublicationError(page, "it is being built anew", "Load the page again in a moment.")


def _heard(folder: Path, page: str, line: str) -> bytes:
    times = timeline_of(folder)
    found = around(times, line)
    if found is None:
        raise PublicationError(page, f"there is no line {line} in it", "Build it again.")
    start = (found.before or found.line).start
    end = (found.after or found.line).end
    sound, rate_hz = _decoded(folder, page, start, end, times.rate_hz)
    return wav_of(sound, rate_hz)


def level_dbov(folder: Path, page: str) -> float:
    """How loud a page is spoken: active speech level of its first minute. Raises PublicationError."""
    times = timeline_of(folder)
    end = min(times.samples, round(LEVEL_S * times.rate_hz))
    return level(*_decoded(folder, page, 0, end, times.rate_hz))


def recording(folder: Path, page: str) -> Path | None:
    """The recording of the whole page; None where no format of it was made."""
    return next((path for ending in KINDS if (path := folder / f"{page}{ending}").is_file()), None)


def _decoded(folder: Path, page: str, start: int, end: int, rate_hz: int) -> tuple[bytes, int]:
    """16-bit little-endian samples of the recording from sample to sample, and its own rate."""
    path = recording(folder, page)
    if path is None:
        raise PublicationError(
            page, "there is no recording of it to listen to", "Add mp3 to [publications] formats and build."
        )
    with opened(path) as sound:
        own_hz = sound.rate_hz
        found = sound.decode(start * own_hz // rate_hz, end * own_hz // rate_hz)
    values = array("h", (round(max(-1.0, min(1.0, value)) * LOUDEST) for value in found))
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes(), own_hz
