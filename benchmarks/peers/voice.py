"""voicegen's default engine in the form of the voice that audiblez and abogen call: Kokoro's pipeline.

It is the library that voicegen uses, with the same data, voice and speed, in this process, with nothing made fresh
between two texts: no way to put the engine in costs less. `beside_peers.py` says where it is.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple

from voicegen.engines._espeak_worker import Speech

RATE_HZ = 22_050
UNITS, PITCH = 125, 50
"""The speed of voicegen's 150 words a minute, and its pitch, as espeak-ng counts them."""


class Segment(NamedTuple):
    """What Kokoro's pipeline gives for a piece of text."""

    graphemes: str
    phonemes: str
    audio: Any
    """NumPy's 32-bit floats from -1 to 1."""


class Pipeline:
    """Called with a text, speaks it piece by piece."""

    def __init__(self, *_: object, **__: object) -> None:
        os.chdir(os.environ["ESPEAK_DATA_PATH"])
        self._speech = Speech(os.environ["ESPEAK_LIBRARY"], "gmw/en-US", UNITS, PITCH)

    def pcm(self, text: str) -> bytes:
        """The samples of a text: 16 bits, mono, at RATE_HZ."""
        pieces: list[bytes] = []
        self._speech.speak(text, lambda piece: pieces.append(bytes(piece)))
        return b"".join(pieces)

    def __call__(self, text: str, split_pattern: str = r"\n+", **_: object) -> Iterator[Segment]:
        """Speaks the text, cut where the pattern is."""
        import numpy as np  # not at the start: who asks for samples only does without

        for piece in filter(str.strip, re.split(split_pattern, text)):
            yield Segment(piece, "", np.frombuffer(self.pcm(piece), "<i2").astype(np.float32) / 32_768)


def stand_in(name: str, **members: object) -> ModuleType:
    """Gives a module of that name to whoever imports it from now on."""
    module = ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module
    return module
