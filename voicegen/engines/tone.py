"""tone: a deterministic engine without a voice, for tests and for trying a layout quickly.

A line sounds as one beep a word, longer for a very long one, at a pitch that its text decides. Options: none.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from voicegen.confined import LITTLE
from voicegen.contracts import Voice, Worker

ABOUT = {
    "sounds": "like beeps, one for each word: for trying things out",
    "licence": "voicegen's own",
    "leaves the house": "nothing",
    "to use it": '[voice] engine = "tone"',
}
"""What to know before choosing it."""
RATE_HZ = 8_000


class Tone:
    """The engine; it speaks every language alike."""

    def voices(self) -> Sequence[Voice]:
        """The one voice that there is."""
        return (Voice("tone", "mul", "beeps for tests", RATE_HZ),)

    def fingerprint(self) -> str:
        """The version of the beeps."""
        return "tone 1"

    def files(self) -> Sequence[Path]:
        """None: the beeps are made by our own code."""
        return ()

    def worker(self, voice: Voice) -> Worker:
        """The program that beeps."""
        program = Path(__file__).with_name("_tone_worker.py")
        return Worker((sys.executable, "-I", "-S", str(program)), memory_bytes=LITTLE)


def engine(options: Mapping[str, object]) -> Tone:
    """The engine."""
    return Tone()
