"""What a format's `verify` reads: the timeline as it was published, and nothing that the build knew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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
    path = folder / "timeline.json"
    try:
        return _parsed(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise PublicationError(str(path), f"it can't be read ({trouble})", "Build the page again.") from trouble


@lru_cache(maxsize=1)
def _parsed(content: bytes) -> PublishedTimeline:
    """The timeline that the file's content holds; every format of a page asks for the same one."""
    data = json.loads(content)
    marks = tuple(
        PublishedMark(
            **{key: chapter[key] for key in ("id", "title", "level", "start", "end")},
            lines=tuple(
                PublishedLine(**{key: line[key] for key in ("id", "start", "end", "lang", "shown", "spoken")})
                for line in chapter["lines"]
            ),
        )
        for chapter in data["chapters"]
    )
    facts = {key: data[key] for key in ("page", "title", "lang", "rate_hz", "samples")}
    return PublishedTimeline(**facts, marks=marks)
