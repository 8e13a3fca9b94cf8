"""Small notes in the cache folder, as JSON: written whole or not at all, and safe to lose."""

from __future__ import annotations

import contextlib
import glob
import json
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from voicegen import durable
from voicegen.errors import MISSHAPEN, TemporaryError

ABANDONED_S = 3_600
"""Age of a half-written note from which whoever writes the next one removes it: its writer was killed."""


def read(path: Path) -> Any:
    """What the note at `path` says; None where there is none that can be understood."""
    try:
        return json.loads(durable.read(path))
    except (OSError, *MISSHAPEN):
        return None


def write(path: Path, facts: object) -> None:
    """Writes the note. Raises TemporaryError where the disk does not take it."""
    put(path, json.dumps(facts, separators=(",", ":"), sort_keys=True))


def put(path: Path, text: str) -> None:
    """Writes a note in a form of its own. Raises TemporaryError where the disk does not take it."""
    put_lines(path, (text,))


def put_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes a note that is too long to be held at once. Raises TemporaryError as `put` does."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")  # others may write it at this very moment
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with new.open("x", encoding="utf-8") as file:  # never through a link that somebody put there
                file.writelines(lines)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)  # whatever it is: the whole cache folder may be deleted
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
            _sweep(path)
    except OSError as trouble:
        raise TemporaryError(
            str(path), f"it can't be written ({trouble.strerror})", "Free some space and run again."
        ) from trouble


def _sweep(path: Path) -> None:
    """Removes what writers of this note that were killed left behind."""
    for left in path.parent.glob(f"{glob.escape(path.name)}.*.new"):
        with contextlib.suppress(OSError):
            if time.time() - left.lstat().st_mtime > ABANDONED_S:
                left.unlink()
