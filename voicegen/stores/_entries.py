"""Entries: blobs as plain files, two levels of folders deep, each with a digest of its key and bytes at its end.

    ab/cd/abcd…        an entry: its bytes, then a footer of 48: a mark, the length, the SHA-256 of key and bytes
    tmp/               files on their way; each gets its name in one step, once it is whole
    quarantine/        entries that were not what was put, for whoever wants to know why; bounded, removed in time

An entry is checked whenever it is taken, so that a damaged or swapped file is made again rather than heard.
Entries of earlier versions of voicegen lie one level deep; they are moved where they belong when they are taken.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from voicegen.contracts import Held
from voicegen.errors import TemporaryError
from voicegen.model.blob import Blob
from voicegen.steps.blobs import gathered
from voicegen.stores._inside import inside, no_link

MARK = b"vgblob01"
FOOTER = len(MARK) + 8 + hashlib.sha256().digest_size
AT_ONCE = 1 << 16
"""Bytes that are written at once, at least: a packet of AAC has 200."""
ABANDONED_S = 86_400
"""Age of a file that was never finished, from which it is removed: a build that was killed left it."""
USED_S = 86_400
"""An entry that is used is marked as used now if that was longer ago: clearing up spares what was just found."""
QUARANTINE_FILES, QUARANTINE_BYTES, QUARANTINE_S = 100, 100_000_000, 30 * 86_400
"""How much is kept of what was found damaged, and for how long."""
HEX, KEY = frozenset("0123456789abcdef"), 2 * hashlib.sha256().digest_size
"""The signs of a key, and how many it has: it is a SHA-256."""
HALF, ASIDE = re.compile(r"(?:\d+|\.[0-9a-f]{64})-[0-9a-f]{16}"), re.compile(r"\d{20}-.+")
"""How a file is named that is on its way, or was in an earlier voicegen, and what was put aside."""
REFUSALS = {errno.EROFS, errno.EACCES, errno.EPERM}
"""How a place says that it may be read and not written."""
NOTE = """This folder is voicegen's memory of what was spoken and encoded. It is safe to delete: the next
build makes again what it needs. It may hold the sound of texts that are not public: keep it as private
as they are. Who can write into it can change what is heard.
"""


class ReadOnlyError(TemporaryError):
    """The place may be read and not written."""


@dataclass(frozen=True, slots=True)
class EntryPath:
    """Where an entry lies, put together when it is opened: ten hours have 30,000, each half a kB as a Path."""

    place: str
    key: str

    def __fspath__(self) -> str:
        return f"{self.place}/{self.key[:2]}/{self.key[2:4]}/{self.key}"


class Entries:
    """The entries below one folder. Many threads, processes and machines may use it at once."""

    def __init__(self, place: Path, *, shared: bool = False) -> None:
        self.place = place
        self._name = str(place)
        self._shared = shared
        self.damaged = 0
        """Entries that were met and were not what was put."""

    def get_many(self, keys: Iterable[str]) -> dict[str, Blob]:
        """The sound entries of the keys; damaged ones are put aside."""
        found = ((key, self._get(key)) for key in keys)
        return {key: blob for key, blob in found if blob}

    def size(self, key: str) -> int | None:
        """Bytes put under `key`, by the file's length alone; None where there is no entry."""
        for path in (self._path(key), self._earlier(key)):
            with contextlib.suppress(OSError):
                size = path.stat().st_size - FOOTER
                return size if size >= 0 else None
        return None

    def put_if_absent(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts under `key`, whole or not at all; the entry that is there, if a sound one is.

        Raises ReadOnlyError, before it takes the first part, where the place may not be written.
        """
        path = self._path(key)
        try:
            new, handle = self._begun()
        except OSError as trouble:
            raise _full(path, trouble, ReadOnlyError if trouble.errno in REFUSALS else TemporaryError) from trouble
        try:
            with os.fdopen(handle, "wb", buffering=0) as file:
                digest, size = hashlib.sha256(key.encode()), 0
                for part in gathered(parts, AT_ONCE):
                    _write(file, part)
                    digest.update(part)
                    size += len(part)
                _write(file, _footer(size, digest.digest()))
            return self._named(new, key) or Blob(size, EntryPath(self._name, key))
        except OSError as trouble:
            raise _full(path, trouble) from trouble
        finally:
            with contextlib.suppress(OSError):
                new.unlink()

    def adopt(self, key: str, raw: Iterable[bytes]) -> bool:
        """Takes an entry as another store of this kind has it, footer and all; False where it is not sound.

        Raises TemporaryError where the disk does not take it.
        """
        path = self._path(key)
        try:
            new, handle = self._begun()
            try:
                with os.fdopen(handle, "w+b") as file:
                    for part in raw:
                        file.write(part)
                    length = file.tell()
                    file.seek(0)
                    if _checked(file, length, key) is None:
                        return False
                self._named(new, key)
                return True
            finally:
                new.unlink(missing_ok=True)
        except OSError as trouble:
            raise _full(path, trouble) from trouble

    def raw(self, key: str) -> Blob | None:
        """A sound entry with its footer, as `adopt` takes it."""
        found = self._get(key)
        return found and Blob(found.size + FOOTER, found.path)

    def _begun(self) -> tuple[Path, int]:
        waiting = self.place / "tmp"
        no_link(waiting)
        new = waiting / f"{os.getpid()}-{secrets.token_hex(8)}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        rights = 0o666 if self._shared else 0o600
        with contextlib.suppress(FileNotFoundError):
            return new, os.open(new, flags, rights)
        with contextlib.suppress(FileExistsError):
            waiting.mkdir(parents=True)
            with (self.place / "README").open("x", encoding="utf-8") as note:  # never through a link
                note.write(NOTE)
        return new, os.open(new, flags, rights)

    def _named(self, new: Path, key: str) -> Blob | None:
        """Gives a whole file its place; or gives the sound entry that is there already.

        A second name is made, since that never takes the place of a file whose bytes somebody is about to read.
        """
        path = self._path(key)
        for _ in range(3):
            try:
                os.link(new, path)
                return None
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
            except FileExistsError:
                if found := self._get(key):
                    return found
            except NotADirectoryError:
                self._put_aside(path, None)
            except OSError:  # a disk without second names
                break
        if found := self._get(key):  # whoever has its length is about to read its bytes, and no others
            return found
        path.parent.mkdir(parents=True, exist_ok=True)
        new.replace(path)
        return None

    def _get(self, key: str) -> Blob | None:
        path = self._path(key)
        lies: os.PathLike[str] = EntryPath(self._name, key)
        try:
            try:
                handle = _opened(path)
            except FileNotFoundError:
                moved = self._moved(key)
                if moved is None:
                    return None
                path = lies = moved
                handle = _opened(moved)
            stat = os.fstat(handle)
            if S_ISDIR(stat.st_mode):
                os.close(handle)
                raise IsADirectoryError(path)
            with os.fdopen(handle, "rb", buffering=0) as file:
                size = _checked(file, stat.st_size, key) if S_ISREG(stat.st_mode) else None
        except FileNotFoundError:
            return None
        except (IsADirectoryError, NotADirectoryError):
            self._put_aside(path, None)
            return None
        except OSError as trouble:
            raise TemporaryError(str(path), f"it can't be read ({trouble.strerror})") from trouble
        if size is None:
            self._put_aside(path, stat.st_ino)
            return None
        if self._shared and time.time() - stat.st_mtime > USED_S:
            with contextlib.suppress(OSError):
                os.utime(path)
        return Blob(size, lies)

    def _put_aside(self, path: Path, inode: int | None) -> None:
        """Moves into quarantine what stands in an entry's place, or in that of the folders above it.

        A file is moved only while it is the one that was read: another may have made it anew meanwhile.
        """
        self.damaged += 1
        while path.parent != self.place and not path.parent.is_dir():
            path = path.parent
        aside = self.place / "quarantine"
        with contextlib.suppress(OSError):
            if inode is not None and path.stat().st_ino != inode:
                return
            no_link(aside)
            aside.mkdir(parents=True, exist_ok=True)
            path.rename(aside / f"{time.time_ns():020}-{path.name}")
        self._bound()

    def _bound(self) -> None:
        """Removes from quarantine what is too much or too old, the oldest first."""
        left = QUARANTINE_BYTES
        with contextlib.suppress(OSError), inside(self.place, "quarantine") as aside:
            for number, name in enumerate(sorted(filter(ASIDE.fullmatch, aside.names()), reverse=True)):
                found = aside.lstat(name)
                if S_ISDIR(found.st_mode):
                    aside.remove_tree(name)
                    continue
                left -= found.st_size
                age = time.time() - int(name.partition("-")[0]) / 1e9
                if number >= QUARANTINE_FILES or left < 0 or age > QUARANTINE_S:
                    aside.unlink(name)

    def held(self) -> Iterator[Held]:
        """All entries, sound or not."""
        return _told(self._files())

    def delete_many(self, entries: Iterable[Held]) -> list[Held]:
        """Removes entries, unless they were used since, and what was never finished; gives those that are gone."""
        removed: list[Held] = []
        for one in entries:
            for folders in ((one.name[:2], one.name[2:4]), (one.name[:2],)):
                with contextlib.suppress(OSError), inside(self.place, *folders) as folder:
                    if _held(one.name, folder.lstat(one.name)) == one:
                        folder.unlink(one.name)
                        removed.append(one)
        self._drop_abandoned("tmp")
        for group in self._groups():
            if any(HALF.fullmatch(one.name) for one in _listed(group.path)):
                self._drop_abandoned(group.name)
        self._bound()
        return removed

    def _drop_abandoned(self, folder: str) -> None:
        """Removes what lies in a folder and was never finished."""
        with contextlib.suppress(OSError), inside(self.place, folder) as left:
            for name in filter(HALF.fullmatch, left.names()):
                with contextlib.suppress(OSError):
                    if time.time() - left.lstat(name).st_mtime > ABANDONED_S:  # a time to come counts as now
                        left.unlink(name)

    def prune(self, keep: Collection[str]) -> int:
        """Removes every entry whose key is not in `keep`; gives the bytes freed."""
        gone = (one for one in self._files() if one.name not in keep)  # of what stays, only the name is asked
        return sum(one.size for one in self.delete_many([*_told(gone)]))

    def _groups(self) -> Iterator[os.DirEntry[str]]:
        for one in _listed(self.place):
            if len(one.name) == len("ab") and HEX.issuperset(one.name) and one.is_dir(follow_symlinks=False):
                yield one

    def _files(self) -> Iterator[os.DirEntry[str]]:
        """What is named as entries are. All else is somebody's, who may have such folders too, as git has."""
        for group in self._groups():
            for one in _listed(group.path):
                if len(one.name) == len("cd") and one.is_dir(follow_symlinks=False):
                    yield from (inner for inner in _listed(one.path) if _is_key(inner.name))
                elif _is_key(one.name):
                    yield one

    def _path(self, key: str) -> Path:
        return self.place / key[:2] / key[2:4] / key

    def _earlier(self, key: str) -> Path:
        """Where versions before this one put an entry."""
        return self.place / key[:2] / key

    def _moved(self, key: str) -> Path | None:
        """Where an entry is now that lay where it did earlier: in its place, or still there; None without one."""
        path, earlier = self._path(key), self._earlier(key)
        if not earlier.is_file():
            return None
        try:
            path.parent.mkdir(exist_ok=True)
            earlier.rename(path)
        except OSError:
            return earlier
        return path


def _opened(path: Path) -> int:
    """A file, open for reading; of what is none, nobody is waited for who would write into it. Raises OSError."""
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except PermissionError:  # Windows says so of a folder
        if path.is_dir():
            raise IsADirectoryError(path) from None
        raise


def _write(file: FileIO, data: bytes) -> None:
    """Writes all of it: an unbuffered file may take a part only."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _checked(file: BinaryIO | FileIO, length: int, key: str) -> int | None:
    """The number of bytes that an open file of `length` holds for a key; None where they are not what was put."""
    size = length - FOOTER
    digest, left = hashlib.sha256(key.encode()), size
    while left > 0 and (piece := file.read(min(left, 1 << 20))):
        digest.update(piece)
        left -= len(piece)
    footer = b""
    while len(footer) < FOOTER and (piece := file.read(FOOTER + 1 - len(footer))):  # it may give a part only
        footer += piece
    return size if left == 0 and footer == _footer(size, digest.digest()) else None


def _told(entries: Iterable[os.DirEntry[str]]) -> Iterator[Held]:
    for one in entries:
        with contextlib.suppress(OSError):
            yield _held(one.name, os.lstat(one.path))


def _held(name: str, stat: os.stat_result) -> Held:
    return Held(name, stat.st_size, max(stat.st_mtime, stat.st_ctime))


def _is_key(name: str) -> bool:
    return len(name) == KEY and HEX.issuperset(name)


def _listed(folder: str | Path) -> list[os.DirEntry[str]]:
    """What is in a folder, by name; nothing where it is not there."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as found:
        return sorted(found, key=lambda one: one.name)
    return []


def _footer(size: int, digest: bytes) -> bytes:
    return MARK + size.to_bytes(8, "big", signed=True) + digest


def _full(path: Path, trouble: OSError, kind: type[TemporaryError] = TemporaryError) -> TemporaryError:
    remedy = "Check the folder's rights" if trouble.errno in REFUSALS else "Free some space"
    return kind(str(path), f"it can't be written ({trouble.strerror or trouble})", f"{remedy} and run again.")
