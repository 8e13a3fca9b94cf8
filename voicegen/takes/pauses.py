"""Cutting the recording of a chapter into its lines, at the pauses that the speaker made.

Whoever reads leaves a clear pause after each line. As many pauses must stand out as lines end inside the chapter,
and what lies between them must last about as long as the lines would: otherwise nothing is cut, and the message
says where it went wrong. Staff then hear every piece beside its words before anybody else does.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voicegen.errors import SourceError
from voicegen.sound.clips import WIDTH

STEP_S = 0.02
"""The sound is looked at in steps of this length."""
BELOW_DB = 30.0
"""A step is silence when it is so much softer than the loud parts of the recording."""
LEAST_PAUSE_S = 0.25
SOFT_S = 0.25
"""A word may begin and end so softly that it counts as silence ("f" in "five"): so much is kept on either side."""
CLEARLY = 1.25
"""The shortest pause between lines must be so many times as long as the longest inside one."""
TEMPO = 2.2
"""A line may be so many times longer, or shorter, than the engine's would be at the reader's own tempo."""
ADD_PAUSES = (
    "Read it again with a clear pause, of a second or more, after each line and none inside; "
    "or record lines one by one."
)


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence, in steps."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """In steps."""
        return self.end - self.start


def cut(sound: bytes, rate_hz: int, expected_s: Sequence[float]) -> list[bytes]:
    """The pieces of 16-bit samples that belong to lines which last about `expected_s`. Raises SourceError."""
    values = array("h", sound)
    step = round(STEP_S * rate_hz)
    loud = _loudness(values, step)
    first, last, inner = _pauses(loud)
    wanted = len(expected_s) - 1
    ranked = sorted(inner, key=lambda pause: -pause.length)
    if len(ranked) < wanted:
        raise _wrong(f"{len(ranked)} pauses are in it, and its {wanted + 1} lines need {wanted}")
    if wanted and len(ranked) > wanted and ranked[wanted - 1].length < CLEARLY * ranked[wanted].length:
        raise _wrong(f"{wanted} pauses should part its {wanted + 1} lines, and more than that are about as long")
    chosen = sorted(ranked[:wanted], key=lambda pause: pause.start)
    soft = round(SOFT_S / STEP_S)
    inner_edges = ((pause.start + pause.end) // 2 for pause in chosen)
    edges = [max(0, first - soft), *inner_edges, min(len(loud), last + soft)]
    _check_tempo([first, *(pause.end for pause in chosen)], [*(pause.start for pause in chosen), last], expected_s)
    return [sound[one * step * WIDTH : other * step * WIDTH] for one, other in pairwise(edges)]


def _loudness(values: array[int], step: int) -> list[float]:
    """The average loudness of each step, in decibels below full scale."""
    found = []
    for at in range(0, len(values) - step + 1, step):
        power = sum(value * value for value in values[at : at + step : 3]) / (step / 3)
        found.append(10 * math.log10(power + 1e-3) - 90.3)
    return found


def _pauses(loud: Sequence[float]) -> tuple[int, int, list[Pause]]:
    """First and last step of speech, and the pauses between. Raises SourceError where there is no speech."""
    if not loud:
        raise _wrong("there is no speech in it")
    ranked = sorted(loud)
    threshold = ranked[int(len(ranked) * 0.95)] - BELOW_DB
    speech = [at for at, level in enumerate(loud) if level > threshold]
    if not speech:
        raise _wrong("there is no speech in it")
    return speech[0], speech[-1] + 1, list(_between(speech))


def _between(speech: Sequence[int]) -> Iterator[Pause]:
    for one, other in pairwise(speech):
        if (other - one - 1) * STEP_S >= LEAST_PAUSE_S:
            yield Pause(one + 1, other)


def _check_tempo(starts: Sequence[int], ends: Sequence[int], expected_s: Sequence[float]) -> None:
    """Raises SourceError where a piece can't be its line, at the tempo of the whole."""
    lengths = [(end - start) * STEP_S for start, end in zip(starts, ends, strict=True)]
    tempo = sum(lengths) / max(0.01, sum(expected_s))
    for number, (length, expected) in enumerate(zip(lengths, expected_s, strict=True), 1):
        usual = max(0.4, expected * tempo)
        if not usual / TEMPO - 0.4 <= length <= usual * TEMPO + 0.4:
            raise _wrong(
                f"between its pauses line {number} would last {length:.1f} seconds, not about {usual:.1f}"
            )


def _wrong(what: str) -> SourceError:
    return SourceError("the recording of the chapter", what, ADD_PAUSES)
