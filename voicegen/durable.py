"""Writing to last: files whole or not at all, and on the disk before we say that they are."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from voicegen.errors import TemporaryError

AT_ONCE = 16
"""Files that are brought to the disk at once: it takes many in one go, in a tenth of the time of one by one."""


def write(path: Path, data: bytes) -> None:
    """Writes the file, and its folder if need be. Raises TemporaryError where the disk does not take it."""
    new = path.with_name(f".{path.name}.new")
    with disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        with new.open("xb") as file:  # never through a link that somebody put there
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        flush(path.parent)


def flush(folder: Path) -> None:
    """Brings the names in a folder to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def flush_all(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Brings files, and the names in folders, to the disk. Raises OSError where a file does not arrive there."""
    with ThreadPoolExecutor(AT_ONCE, "voicegen-disk") as pool:
        begun = [pool.submit(_flush_file, path) for path in files]
        begun += [pool.submit(flush, folder) for folder in folders]
        for one in begun:
            one.result()


def _flush_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))  # Windows flushes only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def disk(path: Path) -> Iterator[None]:
    """Turns the system's word on a failed write into ours: a TemporaryError."""
    try:
        yield
    except OSError as trouble:
        raise TemporaryError(
            str(trouble.filename or path),
            f"it can't be written ({trouble.strerror or trouble})",
            "Check the folder's rights and the free space, then run again; what was published is untouched.",
        ) from trouble
