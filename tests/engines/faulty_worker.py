"""The worker of `faulty.py`."""

from __future__ import annotations

import os
import signal
import sys
import time

sys.path.insert(0, os.path.abspath(__file__ + "/../../.."))  # noqa: PTH100

from voicegen.engines import _protocol

BEEP = b"\x00\x10\x00\xf0" * 4_000


def speak(text: str) -> bytes:
    if "crash" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "hang" in text:
        time.sleep(60)
    if "babble" in text:
        _protocol.write_all(ANSWERS, b"\xff" * 64)
    if "last words" in text:
        print("the voice is hoarse", file=sys.stderr, flush=True)
        os._exit(9)
    if "no json" in text:
        _protocol.write_all(ANSWERS, _protocol.LENGTH.pack(3) + b"[1]")
    if "refuse" in text:
        raise _protocol.Failure("it will not say that")
    if "later" in text:
        raise _protocol.Failure("it is busy", temporary=True)
    if "silence" in text:
        return bytes(16_000)
    if "nothing" in text:
        return b""
    if "endless" in text:
        return BEEP * 200
    if "cut off" in text:
        return BEEP[:8]
    return BEEP


ANSWERS = os.dup(sys.stdout.fileno())

if __name__ == "__main__":
    _protocol.serve(speak)
