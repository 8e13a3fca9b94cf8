"""liblouis at work for one publication: a process that translates into braille and back.

liblouis (LGPL 2.1 or later, liblouis.io) and its tables are parts of the system, as no maintained Python package
brings them; `part` says whether they are there.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from voicegen.confined import LITTLE, limit_cpu
from voicegen.errors import MissingPartError, PublicationError, SettingsError
from voicegen.formats import _liblouis_worker
from voicegen.steps.workers import started

LONGEST_S = 120.0
"""A text that takes longer is given up; 200,000 characters take one or two seconds."""
LONGEST_CPU_S = 4.0
"""And so is one that takes so much of the processor: some tables never come to an end ("6 -@" in German)."""
REMEDY = (
    "Install liblouis with its tables (Debian and Ubuntu: apt install liblouis20 liblouis-data; Fedora: dnf "
    "install liblouis; macOS: brew install liblouis), or leave braille out of [publications] formats."
)


def part() -> str:
    """The library's name and version. Raises MissingPartError where it, or its tables, are not there."""
    try:
        louis = _liblouis_worker.Louis()
    except (OSError, AttributeError) as trouble:
        raise MissingPartError("liblouis", f"it is not on this machine ({trouble})", REMEDY) from trouble
    if not louis.has_table("en-ueb-g1.ctb"):
        raise MissingPartError("liblouis", f"version {louis.version} has no tables here", REMEDY)
    return f"liblouis {louis.version}"


def files() -> tuple[Path, ...]:
    """The library's file and the folders of its tables, where the system tells them (Linux does)."""
    library = _library()
    return (*library, *_folders(library))


def tables() -> str:
    """A digest of all tables: a system mends some of them without giving the library another version."""
    try:
        paths = [path for folder in _folders(_library()) for path in folder.iterdir() if path.is_file()]
        found = sorted((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths)
    except (OSError, MissingPartError):
        return ""  # the system does not tell which they are: the version has to do
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:16]


def _folders(library: tuple[Path, ...]) -> tuple[Path, ...]:
    """Where tables are looked for (liblouis manual, 3.1): where the environment says, and beside the library."""
    named = [Path(name) for name in os.environ.get(PATHS[0], "").split(",") if name]
    beside = [folder / "share/liblouis/tables" for path in library for folder in path.parents]
    return tuple(folder for folder in (*named, *beside) if folder.is_dir())


def _library() -> tuple[Path, ...]:
    part()
    try:
        lines = Path("/proc/self/maps").read_text("utf-8", "surrogateescape").splitlines()
    except OSError as trouble:
        raise MissingPartError("liblouis", "the system does not tell where it lies", REMEDY) from trouble
    return tuple({Path(line[line.index("/") :]) for line in lines if "/liblouis" in line})


KEPT = _liblouis_worker.KEPT
"""Stands for a blank cell."""


class UnwritableError(PublicationError):
    """A table gives cells of eight dots, or signs that are no cells, for a text, or comes to no end with it."""


class Liblouis:
    """A running process; use it with `with`. `page` is for messages."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._process = _worker()
        self._unknown: dict[str, dict[str, bool]] = {}

    def __enter__(self) -> Liblouis:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def translate(
        self,
        table: str,
        text: str,
        bold: Sequence[bool] = (),
        italic: Sequence[bool] = (),
        kept: Sequence[int] = (),
    ) -> str:
        """Text as cells of six dots, in Unicode's braille patterns; those of the blanks at `kept` are KEPT.

        Raises UnwritableError where the table gives other signs, or none in time.
        """
        plain = [False] * len(text)
        cells = self._ask("translate", table, text, bold=[*bold] or plain, italic=[*italic] or plain, kept=[*kept])
        if not all(_liblouis_worker.BLANK <= cell <= _liblouis_worker.LAST or cell == KEPT for cell in cells):
            what = f"the table {table!r} has cells of eight dots, or none, for {text[:60]!r}"
            raise UnwritableError(f"{self._page}, braille", what, "Give a table of six dots in [braille.tables].")
        return cells

    def back(self, table: str, cells: str) -> str:
        """Cells as text."""
        return self._ask("back", table, cells)

    def signs(self, table: str, signs: str) -> list[str]:
        """The cells of each of the signs by itself, of whatever kind they are."""
        return self._ask("signs", table, signs).split(" ")

    def unknown(self, table: str, signs: str) -> frozenset[str]:
        """Those of the signs that the table has no cells for."""
        known = self._unknown.setdefault(table, {})
        new = "".join(sign for sign in dict.fromkeys(signs) if sign not in known and sign != " ")
        if new:
            found = set(self._ask("unknown", table, new))
            known.update((sign, sign in found) for sign in new)
        return frozenset(sign for sign in signs if known.get(sign))

    def _ask(self, what: str, table: str, text: str, **more: list[bool] | list[int]) -> str:
        """The answer. Raises PublicationError where there is none, SettingsError where there is no such table."""
        if self._process.poll() is not None:
            self._process = _worker()
        stdin, stdout = self._process.stdin, self._process.stdout
        request: dict[str, Any] = {"do": what, "table": table, "text": text, **more}
        clock = threading.Timer(LONGEST_S, self._process.kill)
        clock.start()
        limit_cpu(self._process.pid, LONGEST_CPU_S + len(text) / 10_000)
        try:
            if stdin is None or stdout is None:
                raise BrokenPipeError
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
            answer: dict[str, str] = json.loads(stdout.readline())
        except (OSError, ValueError) as trouble:
            self._process.kill()
            self._process.communicate()
            what = f"liblouis gave up on {text[:60]!r}"
            raise UnwritableError(f"{self._page}, braille", what, f"Reword it, or {REMEDY_NONE}.") from trouble
        finally:
            clock.cancel()
        if "no_table" in answer:
            where = "voicegen.toml, [braille.tables]"
            raise SettingsError(where, f"liblouis has no usable table {table!r}", "`lou_checktable` says more.")
        return answer["answer"]


def _worker() -> subprocess.Popen[bytes]:
    argv = (sys.executable, "-I", _liblouis_worker.__file__)
    env = {name: os.environ[name] for name in PATHS if name in os.environ}
    return started(argv, None, env, subprocess.DEVNULL, LITTLE)


PATHS = ("LOUIS_TABLEPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Where liblouis and its tables may have been installed besides the system's own places."""
REMEDY_NONE = "leave braille out of [publications] formats"
