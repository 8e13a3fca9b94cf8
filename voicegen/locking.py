"""One build at a time: a lock that the system gives back when its holder ends, however it ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from voicegen.errors import TemporaryError

try:
    import fcntl
except ImportError:  # no such lock on Windows: two builds at once are then not told apart
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Holds the lock at `path`. Raises TemporaryError where another build holds it, or it can't be made."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as trouble:
        raise TemporaryError(
            str(trouble.filename or path),
            f"it can't be written ({trouble.strerror})",
            "Check the folder's rights.",
        ) from trouble
    try:
        if fcntl:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as trouble:
                raise TemporaryError(
                    str(path.parent), "another build is at work in this project", "Wait until it has ended."
                ) from trouble
        yield
    finally:
        os.close(handle)
