"""Pace: how long builds took on this machine, so that a plan can say roughly how long the next will take.

Two figures are kept: seconds of work for a second of recording where most of it was newly spoken, and where
next to nothing was (the transcript, the formats and their checks remain).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from voicegen import notes

NAME = "pace.json"
LEAST_S = 30.0
"""Recordings that a build must have made, in seconds, for its pace to mean anything."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of work for a second of recording; 0 where it was not measured yet."""

    spoken: float = 0.0
    known: float = 0.0

    def work_s(self, new_s: float, known_s: float) -> float:
        """Seconds that a build will take for recordings of which so much is new, so much known; 0: not known."""
        return new_s * self.spoken + known_s * (self.known or self.spoken) if self.spoken else 0.0


def load(cache: Path) -> Pace:
    """The pace of the builds in this project; zeros where none was measured."""
    data = notes.read(cache / NAME)
    try:
        return Pace(float(data["spoken"]), float(data["known"]))
    except (KeyError, TypeError, ValueError):
        return Pace()


def note(cache: Path, work_s: float, new_s: float, known_s: float) -> None:
    """Notes what a build took for recordings of which so much was new and so much known, all in seconds."""
    whole = new_s + known_s
    if whole < LEAST_S:
        return
    before = load(cache)
    ours = round(work_s / whole, 4)
    if new_s >= 0.5 * whole:
        notes.write(cache / NAME, asdict(Pace(ours, before.known)))
    elif new_s <= 0.1 * whole:
        notes.write(cache / NAME, asdict(Pace(before.spoken, ours)))
