"""Writing to last: files whole or not at all, and on the disk before we say that they are.

And what to say where the disk, or the system, does not do its part.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from voicegen.errors import TemporaryError, VoicegenError

AT_ONCE = 16
"""Files that are brought to the disk at once: it takes many in one go, in a tenth of the time of one by one."""
MACHINE = {
    errno.EINTR,  # a folder that is opened: Python itself asks again only where files are (PEP 475)
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENODEV,
    errno.ENOMEM,
    errno.ENOSPC,
    errno.EROFS,
    errno.ETIMEDOUT,
    *(getattr(errno, name) for name in ("EDQUOT", "EREMOTEIO", "ESTALE") if hasattr(errno, name)),
}
"""What the system says (errno(3)) when it is to blame, not the file that was asked for: later it may work."""


def write(path: Path, data: bytes) -> None:
    """Writes the file, and its folder if need be. Raises TemporaryError where the disk does not take it."""
    new = path.with_name(f".{path.name}.new")
    with disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        try:
            with new.open("xb") as file:  # never through a link that somebody put there
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            raise
        flush(path.parent)


def append(path: Path, data: bytes) -> None:
    """Puts bytes at the end of a file, which is made if need be. Raises TemporaryError like `write`."""
    with disk(path):
        is_new = not path.exists()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o666), "ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            flush(path.parent)


def read(path: str | Path, most: int | None = None) -> bytes:
    """The bytes of a plain file. Raises OSError for what is none, and for one of more than `most` bytes.

    A pipe would be waited for until somebody writes into it, and a device never ends.
    """
    with plain(path) as file:
        data = file.read() if most is None else file.read(most + 1)
    if most is not None and len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


@contextlib.contextmanager
def plain(path: str | Path) -> Iterator[BinaryIO]:
    """A plain file, open for reading. Raises OSError where there is none, or something else."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        yield file


def listed(folder: Path) -> list[Path]:
    """What lies in a folder, by name; nothing where there is no folder. Raises OSError where that can't be told.

    `Path.glob` and `os.walk` find nothing there then, and what is kept in the folder would be taken for gone.
    """
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def listed_or(error: type[VoicegenError], folder: Path, which: str) -> list[Path]:
    """What is `listed`. Raises `error`, or TemporaryError, where it can't be told which `which` there are."""
    try:
        return listed(folder)
    except OSError as trouble:
        blame(trouble, folder)
        what = f"it can't be told which {which} there are ({trouble.strerror})"
        raise error(str(folder), what, "Give it that right.") from trouble


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
    writing = os.O_RDWR if os.name == "nt" else os.O_RDONLY  # Windows flushes only what may be written
    handle = os.open(path, writing | getattr(os, "O_BINARY", 0))
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
            str(trouble.filename2 or trouble.filename or path),  # of a copy, the second is what was written
            f"it can't be written ({_told(trouble, path)})",
            "Check the folder's rights and the free space, then run again; what was published is untouched.",
        ) from trouble


@contextlib.contextmanager
def machine(where: str = "") -> Iterator[None]:
    """Turns the system's word on a fault of its own, at whatever call, into a TemporaryError.

    `where` is named if the system names no file. What the system says of one file alone goes on as it is.
    """
    try:
        yield
    except OSError as trouble:
        blame(trouble, where)
        raise


def blame(trouble: OSError, where: str | Path) -> None:
    """Raises TemporaryError where it is the system's fault that a file could not be read or written.

    A file that can't be read just now is neither missing nor damaged: nothing may be replaced or lost for it.
    """
    if trouble.errno in MACHINE:
        place = str(trouble.filename or where or "this machine")
        raise TemporaryError(
            place,
            f"it can't be read or written ({_told(trouble, Path(place))})",
            "Run again once that is mended; what was published is untouched.",
        ) from trouble


def _told(trouble: OSError, path: Path) -> str:
    """The system's words for it, and what is free where the disk is full."""
    words = trouble.strerror or str(trouble)
    if trouble.errno == errno.ENOSPC:
        import shutil  # imported late: every start of a command pays for what stands above

        for folder in path.absolute().parents:
            with contextlib.suppress(OSError):
                return f"{words}; {shutil.disk_usage(folder).free:,} bytes are free"
    return words
