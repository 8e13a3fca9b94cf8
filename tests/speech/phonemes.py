"""Prints the phonemes that espeak-ng gives each line of standard input: `python -m tests.speech.phonemes VOICE`.

Run in a process of its own: the library is C, and must not share a process with other tests.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

import espeakng_loader

_SYNCHRONOUS, _DO_NOT_EXIT = 2, 1 << 15
_UTF8, _IPA = 1, 2


def main() -> None:
    """Reads lines, prints their phonemes, one line for each."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = Path(espeakng_loader.get_data_path())
    os.chdir(data.parent)  # a path of 160 bytes or more fails silently
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, data.name.encode(), _DO_NOT_EXIT)
    if rate <= 0:
        raise SystemExit("espeak-ng did not start")
    library.espeak_SetVoiceByName(sys.argv[1].encode())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    for line in sys.stdin.read().splitlines():
        text = ctypes.create_string_buffer(line.encode())
        place = ctypes.c_void_p(ctypes.addressof(text))
        parts = []
        while place.value:
            parts.append((library.espeak_TextToPhonemes(ctypes.byref(place), _UTF8, _IPA) or b"").decode())
        sys.stdout.buffer.write((" | ".join(part for part in parts if part) + "\n").encode())


if __name__ == "__main__":
    main()
