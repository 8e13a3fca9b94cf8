"""Reading ahead: what a page says is worked out by a process of its own, while the page before it is spoken.

It is a long stretch of Python, and as long as one thread computes in Python, those that ask the engine, keep clips
and encode wait for its lock at every step. The process is a child of this one (fork) and has all that this one has
loaded; what it answers is some 30 kB. It only ever helps: whatever it can't do, or can't do right, is left to
this process, which then says so in its own words. There is none outside Linux (macOS has forks that its own
libraries do not bear, Windows has none), nor where this process has several threads already.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, NoReturn, TypeVar

from voicegen.errors import VoicegenError

LENGTH = struct.Struct("=Q")
"""Bytes of what follows."""
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Ahead(Generic[Asked, Answer]):
    """One answer of `work` that another process works out meanwhile."""

    def __init__(self, work: Callable[[Asked], Answer]) -> None:
        self._work = work
        self._child = 0
        self._asks = self._answers = -1
        self._name = ""
        self._is_over = not sys.platform.startswith("linux")

    def ask(self, name: str, what: Asked) -> None:
        """Has it worked out, under a name. What was asked for before must have been fetched."""
        if not self._child and not self._is_over:
            self._begin()
        if self._child:
            try:
                _put(self._asks, what)
                self._name = name
            except OSError:
                self.close()

    def answer(self, name: str) -> Answer | None:
        """What was asked for under that name; None where it was not, or the other process could not tell."""
        if not self._child or name != self._name:
            return None
        self._name = ""
        try:
            found: Answer | None = _got(self._answers)
            return found
        except (OSError, EOFError, pickle.UnpicklingError):  # it was ended: there will be no other
            self.close()
            return None

    def close(self) -> None:
        """Ends the other process, whatever it does, for good."""
        self._is_over = True
        if self._child:
            os.close(self._asks)
            os.close(self._answers)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._child, 0)
            self._child = 0

    def _begin(self) -> None:
        """Starts the other process, unless threads run here: one may hold what the child would wait for."""
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            self._is_over = True
            return
        asks, self._asks = os.pipe()
        self._answers, answers = os.pipe()
        try:
            self._child = os.fork()
        except OSError:  # no process more is allowed here
            self._is_over = True
            for handle in (asks, self._asks, self._answers, answers):
                os.close(handle)
            return
        if self._child == 0:
            self._serve(asks, answers)
        os.close(asks)
        os.close(answers)

    def _serve(self, asks: int, answers: int) -> NoReturn:
        """Answers until nobody asks any more: the end of the other process ends this one too."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends us
            gc.freeze()  # what both have stays shared
            for handle in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
                if handle > 2 and handle not in {asks, answers}:
                    with contextlib.suppress(OSError):
                        os.close(handle)  # locks, too, are only the build's
            while True:
                asked = _got(asks)
                found = None
                with contextlib.suppress(VoicegenError):  # the other process meets the same, and says so
                    found = self._work(asked)
                _put(answers, found)
        finally:  # whatever else was met is met there, too
            os._exit(0)


def _put(handle: int, what: object) -> None:
    data = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    view = memoryview(LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(handle, view) :]


def _got(handle: int) -> Any:
    (length,) = LENGTH.unpack(_read(handle, LENGTH.size))
    return pickle.loads(_read(handle, length))  # noqa: S301 - from our own child


def _read(handle: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(handle, min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
