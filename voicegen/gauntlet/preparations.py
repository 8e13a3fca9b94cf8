"""What prepares a text for a voice: our rules, or any program that reads sentences and writes what to say.

The program is started once for each language tag, with the tag as its last argument. It reads sentences from
standard input, one a line, in UTF-8, until the input ends, and writes one line for each, in the same order.
"""

from __future__ import annotations

import os
import select
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import IO

from voicegen.errors import SettingsError
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, spoken

Preparation = Callable[[str, Sequence[str]], Sequence[str]]
"""Language tag and sentences → what is to be said for each."""
MOST_BYTES = 64 << 20
"""More than any preparation of a corpus needs; a program that writes without end is stopped there."""


def ours(lang: str, shown: Sequence[str]) -> list[str]:
    """What our own rules say."""
    return [spoken([Run(sentence)], lang, NOTHING_DEFINED).text for sentence in shown]


def program(command: str, timeout_s: float) -> Preparation:
    """A preparation by an external program that has `timeout_s` seconds for each language tag.

    Raises SettingsError for a command that can't be read; the preparation raises it where the program can't be
    started, fails, takes too long, or does not answer one line of UTF-8 for each sentence.
    """
    where = f"--program {command}"
    try:
        argv = shlex.split(command)
    except ValueError as trouble:
        raise SettingsError(where, f"it can't be read ({trouble})", "Write it as for a shell.") from trouble
    if not argv:
        raise SettingsError("--program", "it is empty", "Give a command.")

    def prepare(lang: str, shown: Sequence[str]) -> list[str]:
        output = _output([*argv, lang], "".join(f"{line}\n" for line in shown).encode(), timeout_s, where)
        return _lines(output, len(shown), lang, where)

    return prepare


def _lines(output: bytes, count: int, lang: str, where: str) -> list[str]:
    try:
        text = output.decode()
    except UnicodeDecodeError as trouble:
        line = output.count(b"\n", 0, trouble.start) + 1
        what = f"its answer for {lang} is not UTF-8 (line {line})"
        raise SettingsError(where, what, "It must write UTF-8.") from trouble
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []
    if len(lines) != count:
        what = f"it answered {len(lines)} lines for {count} sentences in {lang}"
        raise SettingsError(where, what, "It must answer one line for each, and end when its input ends.")
    return lines


def _output(argv: Sequence[str], words: bytes, timeout_s: float, where: str) -> bytes:
    """All that the program writes. It is ended, with what it started, where it has had its time."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
        given.write(words)
        given.seek(0)
        try:
            process = subprocess.Popen(
                argv, stdin=given, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True
            )
        except (OSError, ValueError) as trouble:
            what = f"it can't be started ({getattr(trouble, 'strerror', None) or trouble})"
            raise SettingsError(where, what, "Give a program of this machine.") from trouble
        try:
            output, trouble_words = _read(process, timeout_s)
        finally:
            _end(process)
        if trouble_words:
            raise SettingsError(where, f"{trouble_words} for {argv[-1]}", _last_words(complaints))
        if process.returncode:
            what = f"it failed for {argv[-1]} (exit code {process.returncode})"
            raise SettingsError(where, what, _last_words(complaints))
    return output


def _read(process: subprocess.Popen[bytes], timeout_s: float) -> tuple[bytes, str]:
    """What the program wrote, and what is wrong with it: it took too long, or wrote too much."""
    stream = process.stdout
    if stream is None:
        return b"", "it has no output"
    deadline, parts, size = time.monotonic() + timeout_s, [], 0
    while size <= MOST_BYTES:
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return b"", f"it took longer than {timeout_s:g} seconds (--timeout)"
        part = os.read(stream.fileno(), 1 << 16)
        if not part:
            break
        parts.append(part)
        size += len(part)
    else:
        return b"", f"it wrote more than {MOST_BYTES >> 20} MiB"
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return b"", f"it took longer than {timeout_s:g} seconds (--timeout)"
    return b"".join(parts), ""


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _last_words(complaints: IO[bytes]) -> str:
    """The end of what the program wrote to its error output, in one line."""
    complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, complaints.tell() - 300))
    words = " ".join(complaints.read().decode("utf-8", "replace").split())
    return f"It said: {words}" if words else "It said nothing to its error output."
