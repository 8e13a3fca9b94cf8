"""A Timeline: when each line and chapter is heard, in samples of the synthesised sound."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """One line's place in the recording. `start` to `end` is its speech, without the silence after it."""

    line: str
    """The Line's id."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One chapter's place in the recording. Chapters follow each other without a gap."""

    id: str
    title: str
    level: int
    start: int
    """First sample of the chapter: it lies in the silence before the chapter's first word."""
    end: int
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All marks of a recording; the only source of times for every publication."""

    rate_hz: int
    marks: tuple[Mark, ...]

    @property
    def samples(self) -> int:
        """Length of the whole recording in samples."""
        return self.marks[-1].end if self.marks else 0

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue in spoken order."""
        return tuple(cue for mark in self.marks for cue in mark.cues)
