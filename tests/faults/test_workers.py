"""What a process that speaks gets of this machine, and what it may do to it."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from voicegen import extensions
from voicegen.contracts import Worker
from voicegen.steps.workers import MOST_FILE_BYTES, Talker

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of another process are Linux's")


@pytest.fixture
def worker(tmp_path: Path) -> Worker:
    engine = extensions.engine("tone", {"root": str(tmp_path), "send_text_to": ""})
    return engine.worker(engine.voices()[0])


@pytest.mark.attack("worker", "a worker leaves no memory on the disk and fills none")
@linux
def test_a_worker_leaves_no_memory_on_the_disk_and_fills_none(worker: Worker) -> None:
    talker = Talker(worker)
    process = talker._process.pid
    assert resource.prlimit(process, resource.RLIMIT_CORE) == (0, 0)
    assert resource.prlimit(process, resource.RLIMIT_FSIZE) == (MOST_FILE_BYTES, MOST_FILE_BYTES)
    assert talker.ask("Rest a while.")
    talker.end()


@pytest.mark.attack("secret", "a worker gets no secret of our environment")
@linux
def test_a_worker_gets_no_secret_of_our_environment(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_TOKEN", "canary")
    talker = Talker(worker)
    assert b"canary" not in Path(f"/proc/{talker._process.pid}/environ").read_bytes()
    assert talker.ask("Rest a while.")
    talker.end()
