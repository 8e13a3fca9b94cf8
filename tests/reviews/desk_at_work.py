"""The review desk as a real program whose file calls can be made to kill it (`tests/faults/file_calls.c`).

with acting(library) as desk: desk.killed(project, "keep_word", at)     one act, in a fork, killed at its N-th call
argv(library, project, at)      the whole `voicegen review`; after SIGUSR1 the N-th call from there kills it
"""

from __future__ import annotations

import ctypes
import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import Project
from tests.faults.file_calls import CHANGES, KILL, ROOT
from tests.reviews.projects import hum_of
from voicegen import drafts
from voicegen.config import load
from voicegen.formats._verified import timeline_of
from voicegen.review_desk.acts import Acts, Trial
from voicegen.review_desk.bench import bench_of, version_of

PAGE, BY = "a", "Nurse Ada"


def keep_word(acts: Acts) -> Callable[[], object]:
    """A pronunciation is tried; what is given keeps it."""
    line = next(one for one in timeline_of(_folder(acts)).lines if "fatty" in one.shown)
    trial = acts.try_word(PAGE, line.id, "fatty", "oily", False, everywhere=True)
    return lambda: acts.keep_word(trial)


def keep_chapter(acts: Acts) -> Callable[[], object]:
    """A chapter is recorded and cut into its lines; what is given keeps them."""
    times = timeline_of(_folder(acts))
    mark = times.marks[-1]
    lengths = [(line.end - line.start) / times.rate_hz for line in mark.lines]
    shown = version_of(bench_of(acts.load(), PAGE).chapter(mark.id).lines)
    trial: Trial = acts.try_chapter(PAGE, mark.id, hum_of(lengths), BY, shown)
    return lambda: acts.keep_recording(trial)


def give_up(acts: Acts) -> Callable[[], object]:
    """A recording is there; what is given sets it aside."""
    keep_chapter(acts)()
    line = timeline_of(_folder(acts)).marks[-1].lines[-1].id
    return lambda: acts.give_up(PAGE, line, BY)


ACTS = {one.__name__: one for one in (keep_word, keep_chapter, give_up)}


def _folder(acts: Acts) -> Path:
    return drafts.place(acts.load()) / PAGE


@dataclass(frozen=True, slots=True)
class Desk:
    """The running program."""

    process: subprocess.Popen[str]

    def prepare(self, project: Project, act: str) -> None:
        """Does in the project what goes before the act."""
        self._ask(project, act, -1)

    def killed(self, project: Project, act: str, at: int) -> bool:
        """Whether the act was killed at its `at`-th call before it came to its end."""
        code = self._ask(project, act, at)
        assert code in (0, -signal.SIGKILL), code
        return code != 0

    def _ask(self, project: Project, act: str, at: int) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([str(project.place), act, at]) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def acting(library: Path) -> Iterator[Desk]:
    """The program, loaded once; each act is a fork of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reviews.desk_at_work", library],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library)},
    )
    try:
        yield Desk(process)
    finally:
        process.communicate(timeout=60)


def _serve(library: str) -> None:
    prepared: dict[str, Callable[[], object]] = {}
    for order in sys.stdin:
        place, act, at = json.loads(order)
        settings: list[Path] = [Path(place)]
        if at < 0:  # the words and sounds that were tried are kept in memory, as in a session
            where = settings
            prepared[act] = ACTS[act](Acts(lambda where=where: load(where[0])))  # type: ignore[misc]
            places[act] = settings
            print(0, flush=True)
            continue
        places[act][0] = Path(place)
        child = os.fork()
        if not child:
            arm(library, Path(place), at)
            prepared[act]()
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


places: dict[str, list[Path]] = {}
"""Where each prepared act looks for its project."""


def arm(library: str, place: Path, at: int) -> None:
    """Has the `at`-th change of the disk below a folder kill this process."""
    calls = ctypes.CDLL(library)
    calls.file_calls_arm.argtypes = [ctypes.c_char_p, *[ctypes.c_int] * 2, ctypes.c_long, ctypes.c_int]
    calls.file_calls_arm(os.fsencode(place.resolve()), CHANGES, KILL, at, 0)


def argv(library: Path, project: Project, at: int) -> list[str]:
    """The command for `voicegen review` in this project; its environment needs LD_PRELOAD."""
    return [sys.executable, "-u", "-m", "tests.reviews.desk_at_work", str(library), str(project.place), str(at)]


def _review(library: str, place: str, at: str) -> None:
    def begin(number: int, frame: object) -> None:
        arm(library, Path(place), int(at))
        print("armed", flush=True)

    signal.signal(signal.SIGUSR1, begin)
    sys.argv = ["voicegen", "-C", place, "review"]
    runpy.run_module("voicegen", run_name="__main__")


if __name__ == "__main__":
    _review(*sys.argv[1:]) if sys.argv[2:] else _serve(sys.argv[1])
