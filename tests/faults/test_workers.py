"""What a process that speaks, translates or decodes gets of this machine, and what it may do to it."""

from __future__ import annotations

import json
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.engines import faulty
from tests.engines.piper_voice import write_voice
from voicegen import extensions
from voicegen.confined import LITTLE, MOST_FILE_BYTES, MOST_FILES, MUCH
from voicegen.contracts import Worker
from voicegen.engines._afresh import ROOM
from voicegen.formats._liblouis import Liblouis
from voicegen.steps import workers
from voicegen.steps.workers import Talker, told

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these limits are Linux's")
OFFLINE = ("espeak", "flite", "piper", "tone")
PROBE = """
import ctypes, json, os, socket, subprocess, sys
from voicegen import confined

def take():
    system = ctypes.CDLL(None, use_errno=True)
    if system.syscall(438, os.pidfd_open(os.getpid()), 1, 0) < 0:  # pidfd_getfd: our own standard output again
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def tried(attempt):
    try:
        attempt()
    except OSError as trouble:
        return trouble.strerror
    return "done"

answers = os.dup(1)
confined.shut_in()
attempts = {
    "internet": lambda: socket.socket(),
    "datagrams": lambda: socket.socket(type=socket.SOCK_DGRAM),
    "this machine": lambda: socket.socket(socket.AF_UNIX),
    "pair": socket.socketpair,
    "file of another process": take,
    "program": lambda: subprocess.run(["true"]),
    "write": lambda: open(sys.argv[1], "r+"),
    "cut": lambda: os.truncate(sys.argv[1], 0),
    "remove": lambda: os.unlink(sys.argv[1]),
    "rename": lambda: os.rename(sys.argv[1], sys.argv[1] + ".new"),
    "make": lambda: open(sys.argv[1] + ".new", "w"),
    "make a folder": lambda: os.mkdir(sys.argv[1] + ".new"),
    "link": lambda: os.symlink("/", sys.argv[1] + ".new"),
    "read": lambda: open(sys.argv[1]).close(),
}
reading, writing = os.pipe()
if os.fork() == 0:
    os.write(writing, json.dumps({name: tried(attempt) for name, attempt in attempts.items()}).encode())
    os._exit(0)
os.wait()
child = json.loads(os.read(reading, 9999))
print(json.dumps([{name: tried(attempt) for name, attempt in attempts.items()}, child]))
"""


def worker_of(name: str, place: Path) -> Worker:
    if name == "piper":
        (place / "voices").mkdir()
        write_voice(place / "voices", "en_GB-test-low")
    engine = extensions.engine(name, {"root": str(place), "send_text_to": ""})
    return engine.worker(next(voice for voice in engine.voices() if voice.lang[:2] in {"en", "mu"}))


@pytest.fixture(params=OFFLINE)
def talker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Talker]:
    running = Talker(worker_of(request.param, tmp_path))
    yield running
    running.end()


def status(process: int, key: str) -> str:
    found = re.search(rf"^{key}:\s*(.*)$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.attack("worker", "every voice of this machine speaks within bounds and shut in")
def test_every_voice_of_this_machine_speaks_within_bounds_and_shut_in(talker: Talker) -> None:
    assert talker.ask("Rest a while.")
    process = talker._process.pid
    memory = talker._worker.memory_bytes or 0
    assert resource.prlimit(process, resource.RLIMIT_CORE) == (0, 0)
    assert resource.prlimit(process, resource.RLIMIT_FSIZE) == (MOST_FILE_BYTES, MOST_FILE_BYTES)
    assert resource.prlimit(process, resource.RLIMIT_NOFILE) == (MOST_FILES, MOST_FILES)
    assert resource.prlimit(process, resource.RLIMIT_AS) == (memory, memory)
    assert LITTLE <= memory <= MUCH
    most_cpu_s, _ = resource.prlimit(process, resource.RLIMIT_CPU)
    assert talker._worker.timeout_s < most_cpu_s < 10_000
    programs = [Path(part).read_text() for part in talker._worker.argv if str(part).endswith("_worker.py")]
    room = ROOM if any("_afresh" in text for text in programs) else 0  # for sound, and nearly all of it untouched
    assert int(status(process, "VmPeak").split()[0]) * 1024 - room < memory / 8  # far from what would stop it
    assert status(process, "NoNewPrivs") == "1"
    assert status(process, "Seccomp") == "2"


@pytest.mark.attack("worker", "what is shut in reaches no network, starts nothing and writes nowhere")
def test_what_is_shut_in_reaches_no_network_starts_nothing_and_writes_nowhere(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("whole")
    outcome = subprocess.run(
        [sys.executable, "-c", PROBE, canary], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for who in json.loads(outcome.stdout):
        assert who.pop("read") == "done"
        assert set(who.values()) == {"Permission denied"}, who
    assert canary.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [canary]


@pytest.mark.needs("lou_translate")
def test_braille_is_translated_within_bounds_and_shut_in() -> None:
    with Liblouis("a page") as louis:
        assert louis.translate("en-ueb-g1.ctb", "rest")
        process = louis._process.pid
        assert resource.prlimit(process, resource.RLIMIT_AS) == (LITTLE, LITTLE)
        assert resource.prlimit(process, resource.RLIMIT_FSIZE) == (0, 0)
        assert (status(process, "NoNewPrivs"), status(process, "Seccomp")) == ("1", "2")


def test_a_program_that_answers_once_has_the_same_bounds() -> None:
    code = "import resource as r; print([r.getrlimit(x)[0] for x in (r.RLIMIT_AS, r.RLIMIT_FSIZE, r.RLIMIT_CORE)])"
    # It waits for its input, so that its bounds are there before it looks at them.
    outcome = told(Worker((sys.executable, "-c", f"input(); {code}"), memory_bytes=LITTLE), b"\n")
    assert json.loads(outcome.stdout) == [LITTLE, 0, 0]
    with pytest.raises(subprocess.TimeoutExpired):
        told(Worker((sys.executable, "-c", "import time; time.sleep(60)"), timeout_s=0.2), b"")


def test_a_voice_that_wants_all_memory_is_told_that_there_is_none(tmp_path: Path) -> None:
    code = "import sys; sys.stdin.buffer.read(1); print(bytes(900 << 20)[0])"
    outcome = told(Worker((sys.executable, "-c", code), memory_bytes=LITTLE), b"x")
    assert outcome.returncode == 1
    assert b"MemoryError" in outcome.stderr


@pytest.mark.attack("secret", "a worker gets no secret of our environment")
def test_a_worker_gets_no_secret_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_TOKEN", "canary")
    talker = Talker(worker_of("tone", tmp_path))
    assert b"canary" not in Path(f"/proc/{talker._process.pid}/environ").read_bytes()
    assert talker.ask("Rest a while.")
    talker.end()


def test_a_worker_that_does_not_read_costs_its_line_and_not_the_build() -> None:
    """A pipe holds 64 KB: what is longer waits for who reads."""
    talker = Talker(Worker((sys.executable, "-c", "import time; time.sleep(600)"), timeout_s=0.5))
    with pytest.raises(TimeoutError):
        talker.ask("word " * 100_000)
    talker.kill()
    assert talker._process.returncode == -signal.SIGKILL


def test_what_a_worker_started_ends_with_it(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys, time; child = os.fork()\n"
        f"if child: pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child))\n"
        "time.sleep(600)"
    )
    talker = Talker(Worker((sys.executable, "-c", code), timeout_s=0.1))
    while not (tmp_path / "child").exists() or not (tmp_path / "child").read_text():
        time.sleep(0.01)
    child = int((tmp_path / "child").read_text())
    talker.kill()
    for _ in range(3000):
        if not Path(f"/proc/{child}").exists() or status(child, "State").startswith("Z"):
            return
        time.sleep(0.01)
    raise AssertionError("the child lives on")


@pytest.mark.parametrize("can_wait", [True, False], ids=["with poll", "as on Windows"])
def test_answers_and_deadlines_are_the_same_where_nobody_can_wait_for_a_pipe(
    can_wait: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "CAN_WAIT", can_wait)
    engine = faulty.Faulty(timeout_s=1.0)
    talker = Talker(engine.worker(engine.voices()[0]))
    assert talker.ask("Rest a while.")
    with pytest.raises(TimeoutError):
        talker.ask("hang")
    talker.kill()
    talker = Talker(faulty.Faulty(timeout_s=60.0).worker(engine.voices()[0]))
    with pytest.raises(BrokenPipeError):
        talker.ask("crash")
    talker.kill()
