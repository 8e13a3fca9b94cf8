"""Speaks a line as one beep for each word, a longer one for a very long word: the worker of `tone.py`."""

from __future__ import annotations

import array
import functools
import math
import os
import sys
import zlib

sys.path.insert(0, os.path.abspath(__file__ + "/../../.."))  # noqa: PTH100 - pathlib starts slowly

from voicegen import confined
from voicegen.engines import _protocol

RATE_HZ = 8_000
BEEP, GAP = 0.18, 0.05
"""Seconds of sound and of silence for each word…"""
LONG, A_LETTER = 18, 0.01
"""…and seconds for each letter of a word that has more than so many: no sound is too short for its letters."""
PEAK = 8_000
KEPT = 2_000
"""Words whose beeps are remembered: texts say the same ones again and again."""


def speak(text: str) -> bytes:
    """The samples of one beep a word."""
    return b"".join(map(_beep, text.split()))


@functools.lru_cache(KEPT)
def _beep(word: str) -> bytes:
    """The samples of one word, with the gap after it."""
    samples = array.array("h")
    hertz = 200 + zlib.crc32(word.encode()) % 1_000
    count = round(RATE_HZ * (BEEP + A_LETTER * max(0, len(word) - LONG)))
    for at in range(count):
        swell = math.sin(math.pi * at / count)
        samples.append(round(PEAK * swell * math.sin(2 * math.pi * hertz * at / RATE_HZ)))
    samples.extend([0] * round(RATE_HZ * GAP))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


if __name__ == "__main__":
    confined.shut_in()
    _protocol.serve(speak)
