"""What a format's `verify` reads: the timeline as it was published, and nothing that the build knew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any

from voicegen.errors import PublicationError


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One line of timeline.json; times in samples."""

    id: str
    start: int
    end: int
    lang: str
    shown: str
    spoken: str
    role: str


@dataclass(frozen=True, slots=True)
class PublishedMark:
    """One chapter of timeline.json; times in samples."""

    id: str
    title: str
    level: int
    start: int
    end: int
    lines: tuple[PublishedLine, ...]


@dataclass(frozen=True, slots=True)
class PublishedTimeline:
    """timeline.json, as docs/reference/timeline.md tells."""

    page: str
    title: str
    lang: str
    rate_hz: int
    samples: int
    marks: tuple[PublishedMark, ...]

    @property
    def lines(self) -> tuple[PublishedLine, ...]:
        """Every line in spoken order."""
        return tuple(line for mark in self.marks for line in mark.lines)


def timeline_of(folder: Path) -> PublishedTimeline:
    """The timeline of the page in `folder`. Raises PublicationError where it can't be read."""
    return timeline_at(folder / "timeline.json")


def timeline_at(path: Path) -> PublishedTimeline:
    """The timeline in a file. Raises PublicationError where it can't be read."""
    try:
        content = path.read_bytes()
        which = hashlib.sha256(content).digest()
        found = _last.get(which)
        if found is None:
            _last.clear()
            found = _last[which] = _parsed(content)
        return found
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise PublicationError(str(path), f"it can't be read ({trouble})", "Build the page again.") from trouble


_last: dict[bytes, PublishedTimeline] = {}
"""The timeline read last, by its file's digest: every format of a page asks for the same one."""


def _parsed(content: bytes) -> PublishedTimeline:
    """The timeline that the file's content holds."""
    data = json.loads(content, object_hook=_read)
    marks = tuple(
        PublishedMark(
            **{key: chapter[key] for key in ("id", "title", "level", "start", "end")},
            lines=tuple(map(_line, chapter["lines"])),
        )
        for chapter in data["chapters"]
    )
    facts = {key: data[key] for key in ("page", "title", "lang", "rate_hz", "samples")}
    return PublishedTimeline(**facts, marks=marks)


def _read(facts: dict[str, Any]) -> dict[str, Any] | PublishedLine:
    """A line as soon as it is read: of ten hours, all as they stand in the file take three times the memory."""
    return _line(facts) if "spoken" in facts else facts


def _line(facts: Mapping[str, Any] | PublishedLine) -> PublishedLine:
    """A line of the file. Raises KeyError and TypeError where it is none."""
    if isinstance(facts, PublishedLine):
        return facts
    shown, spoken = facts["shown"], facts["spoken"]
    return PublishedLine(
        facts["id"],
        facts["start"],
        facts["end"],
        intern(facts["lang"]),
        shown,
        shown if shown == spoken else spoken,
        intern(facts["role"]),
    )
