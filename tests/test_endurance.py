"""A short working day: what watch holds open after its first saves is what it holds open after its last."""

from __future__ import annotations

import array
import gc
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project
from voicegen.recordings import mp3
from voicegen.recordings.opening import opened
from voicegen.sound import mp3 as sound_mp3
from voicegen.watching import MOST_ARENAS, give_back


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process holds is read from /proc")
def test_thirty_saves_leave_no_file_open_no_thread_no_process_and_nothing_in_the_temporary_folder(
    tmp_path: Path,
) -> None:
    """Saves in one step, over the old file, in halves, broken and mended; pages come and go; nothing is lost."""
    figures = tmp_path / "figures.json"
    outcome = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "endurance.py", "--edits", "30", "--pages", "5", "--json", figures],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr  # a build after it has nothing to do
    points = json.loads(figures.read_text())
    assert points[-1]["edits"] >= 30
    for counted, most in (("files", 2), ("threads", 1), ("processes", 0)):  # of a request that is just ending
        values = [point[counted] for point in points]
        assert max(values) - min(values) <= most, f"{counted}: {values}"
        assert min(values[len(values) // 2 :]) == min(values), f"{counted}: {values}"
    assert not any(point["temporary"] for point in points)


def test_what_is_remembered_of_recordings_is_bounded_however_many_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mp3, "MOST_KNOWN", 4)
    mp3._known.clear()
    mp3._digests.clear()
    sound = [array.array("h", bytes(2 * sound_mp3.FRAME * frames)) for frames in range(16, 28)]
    for number, samples in enumerate(sound):
        body = b"".join(sound_mp3.encode([samples.tobytes()], len(samples), 22_050, 64))
        count = len(samples) // sound_mp3.FRAME + sound_mp3.TAIL_FRAMES
        head = sound_mp3.info_frame(count, len(body), len(samples), 22_050, 64)
        path = tmp_path / f"{number}.mp3"
        path.write_bytes(head + body)
        with opened(path) as recording:
            assert recording.samples == len(samples)
            assert len(recording.decode(0, len(samples))) == len(samples)
    assert (len(mp3._known), len(mp3._digests)) == (4, 4)


def test_edit_after_edit_leaves_no_object_behind(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once memories that forget are full, the objects that Python looks after are as many after each edit."""
    monkeypatch.setattr(mp3, "MOST_KNOWN", 4)
    formats = '["html", "mp3", "webvtt", "timeline"]'
    project = make_project(settings=f'[voice]\nengine = "tone"\n[publications]\nformats = {formats}\n')

    def edited(number: int) -> int:
        project.page(f"page-{number % 2}.txt", f"Flu\n\nRest\nNote {number} is for parents. Rest at home.\n")
        assert project.build().exit_code == 0
        gc.collect()
        return len(gc.get_objects())

    edits = 8
    for number in range(6):
        before = edited(number)
    after = [edited(number) for number in range(6, 6 + edits)][-1]
    assert after - before < edits, f"{after - before} objects more after {edits} edits"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is glibc's memory, and read from /proc")
def test_threads_of_watch_take_memory_from_the_same_few_places() -> None:
    """Each place begins at a multiple of 64 MB (glibc, malloc/arena.c: HEAP_MAX_SIZE)."""
    program = """
import sys, threading
from voicegen.watching import give_back, save_memory
if sys.argv[1] == "saving":
    save_memory()
together = threading.Barrier(12)
def work():
    together.wait()
    taken = [bytes(5_000) for _ in range(200)]
    together.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for one in threads: one.start()
for one in threads: one.join()
give_back()
print(sum(int(line.split("-")[0], 16) % (64 << 20) == 0 for line in open("/proc/self/maps")))
"""
    places = {}
    for how in ("saving", "as it comes"):
        command = [sys.executable, "-c", program, how]
        told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300)
        places[how] = int(told.stdout)
    assert places["saving"] <= MOST_ARENAS < places["as it comes"], places


class _Ends:
    """Something whose end takes long enough for a signal to come amid it."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_that_comes_while_memory_is_given_back_is_not_lost() -> None:
    """What is raised amid a finalizer is ignored by Python."""
    ends = _Ends()
    ends.itself = ends  # type: ignore[attr-defined]
    del ends
    with pytest.raises(KeyboardInterrupt):
        give_back()
