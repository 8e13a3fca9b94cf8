"""One build at a time: locks that the system gives back when their holder ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from voicegen.errors import TemporaryError

try:
    import fcntl
except ImportError:  # no such lock on Windows: two builds at once are then not told apart
    fcntl = None  # type: ignore[assignment]


HELD = {errno.EWOULDBLOCK, errno.EACCES}
"""What the system says where somebody has the lock (flock(2), and over NFS fcntl(2))."""


@contextlib.contextmanager
def only_one(
    path: Path, shared: bool = False, what: str = "another build is at work in this project"
) -> Iterator[None]:
    """Holds a project's lock, at `path`. Raises TemporaryError where another has it (`what`), or it can't be made.

    Those who hold it `shared` bear each other, and nobody else.
    """
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
        try:
            _lock(handle, str(path.parent), what, shared)
        except OSError as trouble:
            words = f"it can't be locked ({trouble.strerror})"
            raise TemporaryError(str(path), words, "Name another [project] cache.") from trouble
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Holds an output folder, so that no build of another project writes to it; nothing is left in it.

    Raises TemporaryError where another does. Where folders can't be locked (Windows, some network drives), each
    project needs a folder of its own.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # it can't be locked; whether it can be written is told by who writes
        yield
        return
    try:
        with contextlib.suppress(OSError):
            _lock(handle, str(folder), "a build of another project writes to this folder")
        yield
    finally:
        os.close(handle)


def _lock(handle: int, where: str, what: str, shared: bool = False) -> None:
    """Locks an open file or folder. Raises TemporaryError where that is locked, OSError where it can't be."""
    if fcntl:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as trouble:
            if trouble.errno not in HELD:
                raise
            raise TemporaryError(where, what, "Wait until it has ended.") from trouble
