"""Runs the real program and spoils its N-th file call below one folder, for N = 1, 2, 3 until N is not reached.

`file_calls.c`, which is preloaded, counts the calls by which the C library changes and reads files, whoever makes
them: Python, its standard library or what is written in C. The program is loaded once; each run is a fork of that
process, which then does what `python -m voicegen` does. Workers that the program starts are not spoilt.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LOOK, TAKE, MAKE, FILL, SYNC, MOVE, DROP = (1 << n for n in range(7))
"""Kinds of calls, as in file_calls.c."""
CHANGES = MAKE | FILL | SYNC | MOVE | DROP
KILL, SHORT = -1, -2
FAULTS = {
    "killed": (CHANGES, KILL, False),
    "disk full once": (MAKE | FILL | SYNC | MOVE, errno.ENOSPC, False),
    "disk full for ever": (MAKE | FILL | SYNC | MOVE, errno.ENOSPC, True),
    "read or write error once": (CHANGES | LOOK | TAKE, errno.EIO, False),
    "disk broken for ever": (CHANGES | LOOK | TAKE, errno.EIO, True),
    "too many open files once": (MAKE | LOOK, errno.EMFILE, False),
    "too many open files for ever": (MAKE | LOOK, errno.EMFILE, True),
    "read-only from now on": (CHANGES, errno.EROFS, True),
    "interrupted by a signal": (CHANGES | LOOK | TAKE, errno.EINTR, False),
    "written or read in part": (FILL | TAKE, SHORT, False),
}
"""What may happen to a call, by name: kinds of calls that it may happen to, what, and whether from then on."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to which call."""

    name: str
    """One of `FAULTS`."""
    at: int
    """Counts from 1."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of the program ended."""

    code: int
    """Its exit code; minus the signal's number where one ended it."""
    said: str
    """Its output and its error output."""
    calls: int
    """How many calls of the fault's kinds it came to."""


class Program:
    """The loaded program; `python -m voicegen` as often as one likes."""

    def __init__(self, server: subprocess.Popen[str], said: Path) -> None:
        self._server = server
        self._said = said

    def run(self, project: Path, *arguments: str, fault: Fault | None = None, watch: Path | None = None) -> Run:
        """Runs the command in a project's folder. Calls below `watch`, the project if None, are counted."""
        kinds, what, for_ever = FAULTS[fault.name] if fault else (0, 0, False)
        order = {
            "arguments": ["-C", str(project), *arguments],
            "watch": os.path.realpath(watch or project),
            "fault": [kinds, what, fault.at if fault else 0, for_ever],
            "said": str(self._said),
        }
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        return Run(answer["code"], self._said.read_text("utf-8", "replace"), answer["calls"])


def compiled(place: Path) -> Path:
    """The library to preload, made in a folder."""
    library = place / "file_calls.so"
    command = ["cc", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o"]
    subprocess.run([*command, library, HERE / "file_calls.c", "-ldl"], check=True)
    return library


@contextmanager
def program(place: Path) -> Iterator[Program]:
    """The program, loaded and preloaded with what spoils its calls; `place` is a folder for its own files."""
    library = compiled(place)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.file_calls", library, place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library)},
    )
    try:
        yield Program(server, place / "said")
    finally:
        assert server.stdin
        server.stdin.close()
        server.wait(60)
        assert server.stdout
        server.stdout.close()


def _serve(library: str, place: Path) -> None:
    """Loads the program by building a page once, then forks for each order."""
    import ctypes

    calls = ctypes.CDLL(library)
    calls.file_calls_counted.restype = ctypes.c_long
    calls.file_calls_arm.argtypes = [ctypes.c_char_p, *[ctypes.c_int] * 2, ctypes.c_long, ctypes.c_int]
    (place / "warm/content").mkdir(parents=True)
    (place / "warm/content/page.txt").write_text("Fever\n\nAt home\nDrink water.\n")
    (place / "warm/voicegen.toml").write_text('[voice]\nengine = "tone"\n[publications]\nformats = ["all"]\n'
                                              'address = "https://clinic.example/"\n')  # fmt: skip
    for command in (["build"], ["verify"], ["history", "page"], ["status"]):
        _voicegen(["-C", str(place / "warm"), *command], place / "said", fork=False)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            kinds, what, at, for_ever = order["fault"]
            calls.file_calls_arm(os.fsencode(order["watch"]), kinds, what, at, for_ever)
            _voicegen(order["arguments"], Path(order["said"]), fork=True)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"code": code, "calls": calls.file_calls_counted()}), flush=True)


def _voicegen(arguments: list[str], said: Path, fork: bool) -> None:
    """`python -m voicegen` in this process, which it ends if it is a fork; what it says goes to a file."""
    import runpy
    import traceback

    answers = os.dup(1)
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.argv = ["voicegen", *arguments]
    code: object = 0
    try:
        runpy.run_module("voicegen", run_name="__main__")
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
        code = 70
    sys.stdout.flush()
    sys.stderr.flush()
    if fork:
        os._exit(code if isinstance(code, int) else 1)
    assert code == 0, said.read_text()
    os.dup2(answers, 1)
    os.close(answers)


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
