"""Workers: the processes that engines speak in, and how a build talks to them (see `engines/_protocol.py`)."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from voicegen import confined
from voicegen.contracts import Worker
from voicegen.engines import _protocol
from voicegen.errors import SpeechError, TemporaryError

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

PIPE_BYTES = 1 << 20
"""What Linux lets anyone ask for (pipe(7), /proc/sys/fs/pipe-max-size)."""
CAN_WAIT = hasattr(select, "poll")
"""Whether the system can wait for a pipe until a deadline; Windows can't."""
PROCESSORS = os.cpu_count() or 1
"""Asked once: the answer is in a file."""
GRACE_S = 60.0
"""CPU that a worker may take beyond its deadline before the system ends it, should nobody be left to do so."""
INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
"""What a worker's environment needs from ours; all else is the engine's to say."""


class Talker:
    """One running worker process."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process, in `end`
        self._process = started(worker.argv, worker.cwd, worker.env, self._errors, worker.memory_bytes)
        if CAN_WAIT and self._process.stdin:
            os.set_blocking(self._process.stdin.fileno(), False)
        if (
            hasattr(fcntl, "F_SETPIPE_SZ") and self._process.stdout
        ):  # a line in one piece: a small pipe costs a change of process for each
            with contextlib.suppress(OSError):
                fcntl.fcntl(self._process.stdout, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def ask(self, text: str, name: str = "") -> bytes:
        """The samples of `text`. Raises SpeechError or TemporaryError for what the worker says no to.

        `name` is what messages call the line; its first words if empty.

        Raises BrokenPipeError where the worker crashed, and TimeoutError where it took too long; it is then
        of no more use.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise BrokenPipeError
        deadline = time.monotonic() + self._worker.timeout_s
        confined.limit_cpu(self._process.pid, self._worker.timeout_s * PROCESSORS + GRACE_S)
        with self._clock():
            _write(stdin.fileno(), _protocol.request(text), deadline)
            header = _header(stdout.fileno(), deadline)
            samples = header.get("samples")
            if isinstance(samples, int) and 0 <= samples <= _protocol.MOST_SAMPLES:
                return _read(stdout.fileno(), samples * 2, deadline)
        kind = TemporaryError if header.get("temporary") else SpeechError
        raise kind(name or excerpt(text), str(header.get("error") or "the engine gave no sound"))

    @contextlib.contextmanager
    def _clock(self) -> Iterator[None]:
        """Ends the process at its deadline where nobody can wait for its pipes; raises TimeoutError then."""
        if CAN_WAIT:
            yield
            return
        ends_at = time.monotonic() + self._worker.timeout_s
        clock = threading.Timer(self._worker.timeout_s, self._process.kill)
        clock.start()
        try:
            yield
        except OSError as trouble:
            if time.monotonic() >= ends_at:
                raise TimeoutError from trouble
            raise
        finally:
            clock.cancel()

    def is_unusable(self) -> bool:
        """Whether the process has ended because its engine can't be used at all."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        return self._process.returncode == _protocol.UNUSABLE

    def last_words(self) -> str:
        """What the worker wrote to its error output at the end, in one line."""
        self._errors.seek(0)
        return " ".join(self._errors.read()[-300:].decode("utf-8", "replace").split())

    def end(self) -> None:
        """Ends the process."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        try:
            self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def kill(self) -> None:
        """Ends a process that no longer answers, with what it started."""
        if self._process.poll() is None:
            if hasattr(os, "killpg"):  # it leads a session of its own
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self.end()


def environment() -> dict[str, str]:
    """What every worker gets of our environment."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def started(
    argv: Sequence[str | Path],
    cwd: Path | None,
    env: Mapping[str, str],
    errors: int | IO[bytes],
    memory_bytes: int | None,
) -> subprocess.Popen[bytes]:
    """A process that works for us, bounded as `confined` says: pipes to and from it, and `errors` for complaints.

    `env` is its environment besides `INHERITED`; `memory_bytes` its address space, None for any.
    """
    process = subprocess.Popen(
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        cwd=cwd,
        env={**environment(), **env},
        start_new_session=True,  # Ctrl-C is for the build, which then ends its workers in order
    )
    confined.limit(process.pid, memory_bytes, 0 if isinstance(errors, int) else confined.MOST_FILE_BYTES)
    return process


def told(worker: Worker, data: bytes) -> subprocess.CompletedProcess[bytes]:
    """All that a process says which gets `data`, answers once and ends.

    Raises subprocess.TimeoutExpired where it takes longer than the worker's `timeout_s`, OSError where it can't be
    started.
    """
    process = started(worker.argv, worker.cwd, worker.env, subprocess.PIPE, worker.memory_bytes)
    with process:
        confined.limit_cpu(process.pid, worker.timeout_s * PROCESSORS + GRACE_S)
        try:
            answer, complaints = process.communicate(data, worker.timeout_s)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(worker.argv, process.returncode, answer, complaints)


def _header(stream: int, deadline: float) -> dict[str, Any]:
    """What an answer says of itself. Raises BrokenPipeError where it is none of ours, but noise."""
    size = _protocol.LENGTH.unpack(_read(stream, _protocol.LENGTH.size, deadline))[0]
    if size > _protocol.MOST_HEADER_BYTES:
        raise BrokenPipeError
    try:
        header = json.loads(_read(stream, size, deadline))
    except ValueError as trouble:
        raise BrokenPipeError from trouble
    if not isinstance(header, dict):
        raise BrokenPipeError
    return header


def _write(stream: int, data: bytes, deadline: float) -> None:
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(stream, view) :]
        except BlockingIOError:  # only then is there anything to wait for
            _wait(stream, "POLLOUT", deadline)


def _read(stream: int, size: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while size:
        _wait(stream, "POLLIN", deadline)
        part = os.read(stream, min(size, 1 << 20))
        if not part:
            raise BrokenPipeError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _wait(stream: int, what: str, deadline: float) -> None:
    """Returns when the pipe can take or has something, or was closed. Raises TimeoutError at the deadline."""
    if CAN_WAIT:
        waiting = select.poll()
        waiting.register(stream, getattr(select, what))
        if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError


def excerpt(text: str) -> str:
    """A line's beginning, to name it in a message."""
    return f"line “{text if len(text) <= 60 else text[:57] + '…'}”"
