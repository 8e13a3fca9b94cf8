"""A line is spoken by a child that starts like any other, and whatever becomes of it costs that line only."""

from __future__ import annotations

import json
import mmap
import os
import signal
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from voicegen.engines import _afresh, _protocol
from voicegen.engines._afresh import HEAD, Take, said_by_a_child

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are had by fork")


def said(speak: _afresh.Speak, text: str = "") -> tuple[int, bytes]:
    shared = mmap.mmap(-1, _afresh.ROOM)
    size = said_by_a_child(speak, text, "the engine", shared)
    return size, shared[HEAD.size : HEAD.size + abs(size)]


def refused(speak: _afresh.Speak) -> str:
    size, words = said(speak)
    assert size < 0
    error: str = json.loads(words[_protocol.LENGTH.size :])["error"]
    return error


def test_the_pieces_of_a_line_are_joined_and_nothing_stays_in_the_parent() -> None:
    spoken: list[str] = []

    def speak(text: str, take: Take) -> None:
        spoken.append(text)
        for letter in text:
            take(letter.encode() * 2)

    assert said(speak, "abc") == (6, b"aabbcc")
    assert said(speak, "") == (0, b"")
    assert spoken == []


def test_what_can_not_be_spoken_is_refused_in_the_engines_words() -> None:
    def speak(text: str, take: Take) -> None:
        take(b"half")
        raise _protocol.Failure("no sound for it")

    assert refused(speak) == "no sound for it"


def test_a_child_that_crashes_or_breaks_off_says_so_and_no_half_line_is_heard() -> None:
    def crash(text: str, take: Take) -> None:
        take(b"half")
        os.kill(os.getpid(), signal.SIGKILL)

    def fault(text: str, take: Take) -> None:
        take(b"half of a line" * 100)
        os._exit(int(text))

    assert refused(crash) == "the engine crashed on the line (SIGKILL)"
    shared = mmap.mmap(-1, _afresh.ROOM)
    for code in ("7", "0"):
        assert said_by_a_child(lambda text, take: take(b"sound"), "", "the engine", shared) == 5
        size = said_by_a_child(fault, code, "the engine", shared)
        assert size < 0
        (length,) = _protocol.LENGTH.unpack_from(shared, HEAD.size)
        answer = shared[HEAD.size + _protocol.LENGTH.size : HEAD.size - size]
        assert (len(answer), json.loads(answer)["error"]) == (length, "the engine failed on the line")


def test_a_line_longer_than_any_can_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_afresh, "ROOM", HEAD.size + 4_096)
    assert refused(lambda text, take: take(bytes(5_000))) == "the engine spoke for longer than any line can be"


def test_a_child_compiles_no_expression() -> None:
    program = """
import os, re, sys
from voicegen.engines import espeak
from voicegen.engines._espeak_worker import Speech
engine = espeak.engine({})
worker = engine.worker(next(voice for voice in engine.voices() if voice.lang == "en"))
os.chdir(worker.cwd)
speech = Speech(*worker.argv[4:6], *map(int, worker.argv[6:8]))
re.purge()
re.compile = re._compile = None
pieces = []
speech.speak("Take 5 mg.", lambda piece: pieces.append(len(piece)))
print(sum(pieces))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    outcome = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    assert int(outcome.stdout) > 22_050
