"""The real program, stopped at its N-th call of the disk: killed for good there, or told that the disk is full.

    python: `arm(at, folder)` in a process that is to die        `killed(at, folder, act)` in a fork of this one
    a real program: subprocess.Popen(..., env=environment(at, folder))

Every call that changes something below `folder` counts: files opened for writing, names made, moved and removed,
bytes written and flushed. Whoever counts up from 1 until nothing fires has stopped the program everywhere. The
folder is left as it was before the N-th call; of a write (os.write) half is done.

No file of voicegen knows of this: Python tells of the calls itself (sys.addaudithook); where it doesn't, the
functions in `os` are wrapped. `inserted/sitecustomize.py` brings it into a real program.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

KILL = "kill"
"""The fault that ends the process; others are names of errno: "ENOSPC", "EIO"."""
AT, UNDER, FAULT, ONCE = "FILE_CALLS_AT", "FILE_CALLS_UNDER", "FILE_CALLS_FAULT", "FILE_CALLS_ONCE"
WHILE = "FILE_CALLS_WHILE"
NAMES = {
    *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.utime"),
    "os.chmod",
}
"""Audit events (docs.python.org/3/library/audit_events.html) of calls that change names; "open" stands apart."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
NOT_TOLD = ("fsync", "fdatasync", "write", "ftruncate")
"""Functions of `os` that no audit event tells of."""


class FileCalls:
    """Counts this process's calls below a folder, and lets one of them go wrong."""

    def __init__(self, at: int, folder: Path, fault: str = KILL, once: bool = True, while_: str = "") -> None:
        """`once`: only the N-th call fails, else every one from there; `while_`: counts while that file exists."""
        self.at, self.folder, self.fault, self.once, self.while_ = at, str(folder.resolve()), fault, once, while_
        self.made = 0
        self._inside = False

    def arm(self) -> None:
        """Begins to count. There is no end to it: an audit hook stays for as long as its process."""
        for name in NOT_TOLD:
            setattr(os, name, self._wrapped(getattr(os, name), name))
        sys.addaudithook(self._told)

    def _told(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._inside or not (event == "open" or event in NAMES or event == "ctypes.dlsym"):
            return
        self._inside = True  # what is called in here is no call of the program
        try:
            counts = self._concerns(event, arguments)
        finally:
            self._inside = False
        if counts:
            self._count()

    def _concerns(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "ctypes.dlsym":  # exchanging two folders in one step has no name in `os`
            return bool(arguments[1] == "renameat2")
        if event == "open":
            return bool((arguments[2] or 0) & WRITING) and self._is_below(arguments[0])
        return any(self._is_below(path) for path in arguments[: 2 if event in {"os.rename", "os.link"} else 1])

    def _is_below(self, path: object) -> bool:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return False  # an open file: it was counted when it was opened
        name = os.fsdecode(path)
        if not Path(name).is_absolute():
            return os.sep not in name  # shutil.rmtree names what it removes from the folder that it has open
        return os.path.normpath(name).startswith(self.folder)

    def _wrapped(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(handle: int, *arguments: Any) -> Any:
            if os.path.realpath(f"/proc/self/fd/{handle}").startswith(self.folder):
                data = bytes(arguments[0]) if name == "write" else b""
                self._count((lambda: function(handle, data[: len(data) // 2])) if data else None)
            return function(handle, *arguments)

        return call

    def _count(self, half: Callable[[], object] | None = None) -> None:
        if self.while_ and not Path(self.while_).exists():
            return
        self.made += 1
        if self.made < self.at or (self.once and self.made > self.at):
            return
        if self.fault == KILL:
            if half:
                half()
            os.kill(os.getpid(), signal.SIGKILL)
        number = getattr(errno, self.fault)
        raise OSError(number, os.strerror(number))


def arm(at: int, folder: Path, fault: str = KILL, once: bool = True) -> FileCalls:
    """Lets the `at`-th call of this process below `folder` go wrong."""
    calls = FileCalls(at, folder, fault, once)
    calls.arm()
    return calls


def killed(at: int, folder: Path, act: Callable[[], Any]) -> bool:
    """Whether a fork of this process that does `act` was killed at its `at`-th call before it came to its end."""

    def die() -> None:
        arm(at, folder)
        act()

    process = multiprocessing.get_context("fork").Process(target=die)
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
    return process.exitcode != 0


def environment(
    at: int, folder: Path, fault: str = KILL, once: bool = True, while_: Path | None = None
) -> dict[str, str]:
    """The environment of a real program whose `at`-th call goes wrong."""
    asked = {AT: str(at), UNDER: str(folder), FAULT: fault, ONCE: str(int(once)), WHILE: str(while_ or "")}
    return {**os.environ, **asked, "PYTHONPATH": str(Path(__file__).parent / "inserted")}


def arm_as_asked() -> None:
    """Arms this process as its environment asks, and takes that out of it: its children do not inherit it."""
    asked = {name: os.environ.pop(name, "") for name in (AT, UNDER, FAULT, ONCE, WHILE)}
    os.environ.pop("PYTHONPATH", None)
    if asked[AT]:
        FileCalls(int(asked[AT]), Path(asked[UNDER]), asked[FAULT], asked[ONCE] == "1", asked[WHILE]).arm()
