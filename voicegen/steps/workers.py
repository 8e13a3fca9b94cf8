"""Workers: the processes that engines speak in, and how a build talks to them (see `engines/_protocol.py`)."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import tempfile
import time
from typing import Any

from voicegen.contracts import Worker
from voicegen.engines import _protocol
from voicegen.errors import SpeechError, TemporaryError

try:
    import fcntl
    import resource
except ImportError:  # not on Windows
    fcntl = resource = None  # type: ignore[assignment]

PIPE_BYTES = 1 << 20
"""What Linux lets anyone ask for (pipe(7), /proc/sys/fs/pipe-max-size)."""
MOST_FILE_BYTES = 1 << 30
"""Of a file that a worker writes, its error output too: a worker gone mad does not fill the disk."""
INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
"""What a worker's environment needs from ours; all else is the engine's to say."""


class Talker:
    """One running worker process."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process, in `end`
        self._process = subprocess.Popen(
            worker.argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=worker.cwd,
            env={**environment(), **worker.env},
            start_new_session=True,  # Ctrl-C is for the build, which then ends its workers in order
        )
        _limit(self._process.pid)
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
        _protocol.write_all(stdin.fileno(), _protocol.request(text))
        size = _protocol.LENGTH.unpack(_read(stdout.fileno(), _protocol.LENGTH.size, deadline))[0]
        if size > _protocol.MOST_HEADER_BYTES:
            raise BrokenPipeError
        try:
            header: dict[str, Any] = json.loads(_read(stdout.fileno(), size, deadline))
            samples = header.get("samples")
        except (ValueError, AttributeError) as trouble:
            raise BrokenPipeError from trouble
        if isinstance(samples, int) and 0 <= samples <= _protocol.MOST_SAMPLES:
            return _read(stdout.fileno(), samples * 2, deadline)
        kind = TemporaryError if header.get("temporary") else SpeechError
        raise kind(name or excerpt(text), str(header.get("error") or "the engine gave no sound"))

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
        """Ends a process that no longer answers."""
        self._process.kill()
        self.end()


def environment() -> dict[str, str]:
    """What every worker gets of our environment."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def _limit(process: int) -> None:
    """Takes from a worker what none needs: writing endless files, and leaving its memory (texts) on the disk."""
    if hasattr(resource, "prlimit"):  # Linux; from here, since nothing of ours may run between fork and exec
        with contextlib.suppress(OSError):
            resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))
            resource.prlimit(process, resource.RLIMIT_FSIZE, (MOST_FILE_BYTES, MOST_FILE_BYTES))


def _read(stream: int, size: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while size:
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(stream, min(size, 1 << 20))
        if not part:
            raise BrokenPipeError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def excerpt(text: str) -> str:
    """A line's beginning, to name it in a message."""
    return f"line “{text if len(text) <= 60 else text[:57] + '…'}”"
