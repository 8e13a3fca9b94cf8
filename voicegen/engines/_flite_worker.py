"""Speaks lines with libflite, each from the same fresh state: the worker of `flite.py`.

Arguments: FOLDER VOICE STRETCH, where the folder holds the libraries. The C interface is flite 2's (flite.h and
cst_wave.h): a voice is registered by a function of its own library, and gives a wave for a text.
"""

from __future__ import annotations

import ctypes
import os
import sys
import unicodedata

sys.path.insert(0, os.path.abspath(__file__ + "/../../.."))  # noqa: PTH100 - pathlib starts slowly

from voicegen import confined
from voicegen.engines import _afresh, _protocol

RATE_HZ = 16_000
PARTS = ("flite", "flite_cmulex", "flite_usenglish")
"""Libraries that every voice needs, in this order."""
QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": "..."}
)


TELLING = frozenset("‰‱′″‴")
"""Marks that Unicode counts as punctuation, and that say what a number is."""
OVERLAY = 1
"""Combining class of the strokes through a sign: "≠" is "=" with one (Unicode, table 4-3)."""


class Wave(ctypes.Structure):
    """cst_wave (cst_wave.h)."""

    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class VoiceStart(ctypes.Structure):
    """The beginning of cst_voice (cst_voice.h)."""

    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


class Speech:
    """The library with one voice loaded."""

    def __init__(self, folder: str, voice: str, stretch: float) -> None:
        parts = [ctypes.CDLL(f"{folder}/lib{name}.so.1", ctypes.RTLD_GLOBAL) for name in PARTS]
        self._library = parts[0]
        self._library.flite_init()
        register = getattr(ctypes.CDLL(f"{folder}/libflite_{voice}.so.1"), f"register_{voice}")
        register.restype, register.argtypes = ctypes.POINTER(VoiceStart), [ctypes.c_char_p]
        self._voice = register(None)
        if not self._voice:
            raise _protocol.Failure(f"flite has no voice {voice!r}")
        self._library.feat_set_float.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float]
        self._library.feat_set_float(self._voice.contents.features, b"duration_stretch", stretch)
        self._library.flite_text_to_wave.restype = ctypes.POINTER(Wave)
        self._library.flite_text_to_wave.argtypes = [ctypes.c_char_p, ctypes.POINTER(VoiceStart)]

    def speak(self, text: str, take: _afresh.Take) -> None:
        """Gives the samples of `text` to `take`. Raises Failure for a letter that flite has no sound for."""
        words = plain(text)
        wave = (
            self._library.flite_text_to_wave(words, self._voice) if any(map(str.isalnum, words.decode())) else None
        )
        if not wave or wave.contents.num_samples <= 0:
            raise _protocol.Failure("flite has nothing to say for the line")
        facts = wave.contents
        if (facts.sample_rate, facts.num_channels) != (RATE_HZ, 1):
            raise _protocol.Failure(
                f"flite spoke at {facts.sample_rate} samples a second, which is not understood"
            )
        take(ctypes.string_at(facts.samples, facts.num_samples * 2))


def plain(text: str) -> bytes:
    """The text in ASCII, all that flite reads: without accents, with plain quotation marks and dashes.

    Signs without a sound become spaces. Raises Failure for what has one, and would be left out in silence: letters
    of other scripts, signs of arithmetic and money, and a stroke through one; and for raised digits, since "10⁹"
    would be "109".
    """
    found = []
    if raised := next((sign for sign in text if sign.isdigit() and _is_raised(sign)), ""):
        raise _unsaid(raised)
    for sign in unicodedata.normalize("NFKD", text.translate(QUOTES)):
        kind = unicodedata.category(sign)
        if " " <= sign <= "~":
            found.append(sign)
        elif kind == "Mn" and unicodedata.combining(sign) != OVERLAY:
            continue
        elif kind[0] in "LN" or kind in {"Sm", "Sc", "Mn", "Mc"} or sign == "°" or sign in TELLING:
            raise _unsaid(sign)
        else:
            found.append("-" if kind == "Pd" else "," if kind[0] == "P" else " ")
    return "".join(found).encode("ascii")


def _is_raised(sign: str) -> bool:
    return unicodedata.decomposition(sign).startswith("<super>")


def _unsaid(sign: str) -> _protocol.Failure:
    return _protocol.Failure(
        f"flite has no sound for {sign!r} ({unicodedata.name(sign, 'it has no name').lower()})"
    )


def main() -> int:
    """Runs until standard input ends. Exit code UNUSABLE: the library or voice is not usable."""
    confined.shut_in()
    folder, voice, stretch = sys.argv[1:]
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever the library prints must not stand between answers
    try:
        speech = Speech(folder, voice, float(stretch))
    except (_protocol.Failure, OSError, AttributeError) as trouble:
        print(trouble, file=sys.stderr)
        return _protocol.UNUSABLE
    return _afresh.serve(speech.speak, "flite", answers)


if __name__ == "__main__":
    sys.exit(main())
