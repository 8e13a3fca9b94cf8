"""folder: blobs as plain files in one folder, the default store.

An entry is its bytes followed by a footer of 48: a mark, the length, and the SHA-256 of key and bytes. It
is checked whenever it is taken, so that a damaged or swapped file is made again rather than heard.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from voicegen.errors import TemporaryError
from voicegen.model.blob import Blob

MARK = b"vgblob01"
FOOTER = len(MARK) + 8 + hashlib.sha256().digest_size
ABANDONED_S = 86_400
"""Age of a file that was never finished, from which it is removed: a build that was killed left it."""
NOTE = """This folder is voicegen's memory of what was spoken and encoded. It is safe to delete: the next
build makes again what it needs. It may hold the sound of texts that are not public: keep it as private
as they are.
"""


class Folder:
    """The store. Many threads and processes may use one folder at once."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def get(self, key: str) -> Blob | None:
        """Exactly the bytes put under `key`, or None; a damaged entry is removed."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size - FOOTER
                digest, left = hashlib.sha256(key.encode()), size
                while left > 0 and (piece := file.read(min(left, 1 << 20))):
                    digest.update(piece)
                    left -= len(piece)
                sound = left == 0 and file.read() == _footer(size, digest.digest())
        except FileNotFoundError:
            return None
        except (IsADirectoryError, NotADirectoryError):
            sound = False
        except OSError as trouble:
            raise TemporaryError(str(path), f"it can't be read ({trouble})") from trouble
        if not sound:
            _remove(path)
            return None
        return Blob(size, path)

    def size(self, key: str) -> int | None:
        """Bytes put under `key`, by the file's length alone; None where there is no entry."""
        try:
            size = self._path(key).stat().st_size - FOOTER
        except OSError:
            return None
        return size if size >= 0 else None

    def put(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts under `key`, whole or not at all."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            note = self._place / "README"
            if not note.exists():
                note.write_text(NOTE, "utf-8")
            handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        except OSError as trouble:
            raise self._full(path, trouble) from trouble
        try:
            with os.fdopen(handle, "wb") as file:
                digest, size = hashlib.sha256(key.encode()), 0
                for part in parts:
                    file.write(part)
                    digest.update(part)
                    size += len(part)
                file.write(_footer(size, digest.digest()))
            Path(name).replace(path)
        except BaseException as trouble:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            if isinstance(trouble, OSError):
                raise self._full(path, trouble) from trouble
            raise
        return Blob(size, path)

    def prune(self, keep: Collection[str]) -> int:
        """Removes every entry whose key is not in `keep`; gives the bytes freed."""
        freed = 0
        for path in self._place.glob("[0-9a-f][0-9a-f]/.*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > ABANDONED_S:  # a time to come counts as now
                    path.unlink()
        for path in self._entries():
            if path.name not in keep:
                with contextlib.suppress(OSError):
                    freed += path.stat().st_size
                    path.unlink()
        return freed

    def _entries(self) -> Iterator[Path]:
        for group in filter(Path.is_dir, sorted(self._place.glob("[0-9a-f][0-9a-f]"))):
            yield from sorted(path for path in group.iterdir() if not path.name.startswith("."))

    def _path(self, key: str) -> Path:
        return self._place / key[:2] / key

    def _full(self, path: Path, trouble: OSError) -> TemporaryError:
        return TemporaryError(
            str(path),
            f"it can't be written ({trouble.strerror or trouble})",
            "Free some space and run again.",
        )


def _remove(path: Path) -> None:
    """Takes away what is no entry, or stands where the folder of entries should, whatever it is."""
    with contextlib.suppress(OSError):
        if not path.parent.is_dir():
            path.parent.unlink()
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _footer(size: int, digest: bytes) -> bytes:
    return MARK + size.to_bytes(8, "big", signed=True) + digest


def store(place: Path) -> Folder:
    """The store that lives in the folder `place`, which need not exist yet."""
    return Folder(place)
