"""Speaks lines with libespeak-ng, each from the same fresh state: the worker of `espeak.py`.

Arguments: LIBRARY VOICE RATE PITCH [--once | --phonemes]; it is started in the folder that holds `espeak-ng-data`.
With `--phonemes` it prints the phonemes (IPA) of the text on its standard input, a clause a line, and ends.

Each line is spoken by a fork (`_afresh.py`): the library keeps state between utterances that nothing resets, its
flutter index, for one. Where the system has no fork, `--once` answers a single request and ends: a fresh process
then serves for the fresh state.

Why the working folder: the library silently fails with a data path of 160 bytes or more, so it is given ".".
"""

from __future__ import annotations

import ctypes
import os
import sys

sys.path.insert(0, os.path.abspath(__file__ + "/../../.."))  # noqa: PTH100 - pathlib starts slowly

from voicegen import confined
from voicegen.engines import _afresh, _protocol
from voicegen.engines._espeak_scripts import unreadable

SYNCHRONOUS, DONT_EXIT, UTF8, IPA = 2, 1 << 15, 1, 2
PHONEMES = 0x100
"""espeakPHONEMES: `[[ ]]` holds phonemes. Safe because the filter leaves no bracket of a page in a line."""
CHUNK_MS = 30_000
"""Longest stretch of sound in one callback: fewer, larger callbacks cost less."""
RATE, PITCH = 1, 3
"""Parameters of espeak_SetParameter (speak_lib.h, espeak_PARAMETER)."""

VIEW = ctypes.pythonapi.PyMemoryView_FromMemory
VIEW.restype, VIEW.argtypes, READ_ONLY = ctypes.py_object, (ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int), 0x100
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Speech:
    """The library with one voice loaded."""

    def __init__(self, library: str, voice: str, rate: int, pitch: int) -> None:
        self._take: _afresh.Take = lambda samples: None
        self._voice = voice
        self._unreadable = unreadable(voice)  # compiled here, once, and not by the child of each line
        self._library = ctypes.CDLL(library)
        self.rate_hz = self._library.espeak_Initialize(SYNCHRONOUS, CHUNK_MS, b".", DONT_EXIT)
        if self.rate_hz <= 0:  # 0 as well as -1: a data path that is too long gives 0
            raise _protocol.Failure("espeak-ng did not start: its data can't be read")
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise _protocol.Failure(f"espeak-ng has no voice {voice!r}")
        self._library.espeak_SetParameter(RATE, rate, 0)
        self._library.espeak_SetParameter(PITCH, pitch, 0)
        self._callback = CALLBACK(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, wav: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:
        if wav and count > 0:
            self._take(VIEW(wav, count * 2, READ_ONLY))
        return 0

    def speak(self, text: str, take: _afresh.Take) -> None:
        """Gives the samples of `text` to `take`. Raises Failure for signs that the voice can't read."""
        if lost := self._unreadable.search(text):
            raise _protocol.Failure(
                f"espeak-ng's voice {self._voice} can't read “{lost[0]}” and would say “letter” for each sign; "
                "mark its language on the page, write it in other signs, or choose another voice "
                "(docs/how-to/better-voice.md)"
            )
        self._take = take
        data = text.encode()
        code = self._library.espeak_Synth(
            data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, UTF8 | PHONEMES, None, None
        )
        if code != 0:
            raise _protocol.Failure(f"espeak-ng refused the line (its error {code})")

    def phonemes(self, text: str) -> str:
        """How `text` is said, in IPA, a clause a line."""
        self.speak("a", self._take)  # only speaking tells the library that brackets hold phonemes
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        data = ctypes.create_string_buffer(text.encode())
        place = ctypes.c_void_p(ctypes.addressof(data))
        clauses = []
        while place.value:
            clauses.append((self._library.espeak_TextToPhonemes(ctypes.byref(place), UTF8, IPA) or b"").decode())
        return "\n".join(clause.strip() for clause in clauses if clause.strip())


def main() -> int:
    """Runs until standard input ends. Exit code UNUSABLE: the library or voice is not usable."""
    confined.shut_in()
    library, voice, rate, pitch, *options = sys.argv[1:]
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever the library prints must not stand between answers
    try:
        speech = Speech(library, voice, int(rate), int(pitch))
    except (_protocol.Failure, OSError) as trouble:
        print(trouble, file=sys.stderr)
        return _protocol.UNUSABLE
    if "--phonemes" in options:
        text = sys.stdin.buffer.read().decode()
        _protocol.write_all(answers, speech.phonemes(text).encode() + b"\n")
        return 0
    if "--once" not in options:
        return _afresh.serve(speech.speak, "espeak-ng", answers)
    if (line := _protocol.next_text(0)) is not None:
        pieces: list[bytes] = []
        try:
            speech.speak(line, lambda piece: pieces.append(bytes(piece)))
            said = _protocol.answer(b"".join(pieces))
        except _protocol.Failure as failure:
            said = _protocol.refusal(failure)
        _protocol.write_all(answers, said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
