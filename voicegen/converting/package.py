"""The files inside a stranger's zip file, read one by one into bounded memory; nothing is unpacked to disk.

Bounds hold for what is declared and for what really comes out: a file that says it is small and is not ends the
reading. Inner zip files are never opened. Zip: APPNOTE.TXT 6.3.10.
"""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from urllib.parse import unquote

from voicegen.errors import SourceError

MOST_FILES = 10_000
MOST_BYTES = 256 << 20
"""Of all files inside, unpacked, as they are declared."""
MOST_PART_BYTES = 32 << 20
"""Of one file that is read."""
MOST_READ_BYTES = 64 << 20
"""Of all files that are read."""
MOST_RATIO = 200
"""How much larger a file may become: text packs to about a tenth, a table of numbers to about a hundredth…"""
SMALL_BYTES = 4 << 20
"""…but what stays as small as this does no harm at any ratio."""


class Package:
    """An opened zip file. Raises SourceError where it is none, is damaged, protected or made to do harm."""

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError) as trouble:
            raise SourceError(where, f"it is damaged ({trouble})", _AGAIN) from trouble
        if len(entries) > MOST_FILES:
            raise self._harmful(f"it holds more than {MOST_FILES} files")
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise self._harmful(f"it would unpack to more than {MOST_BYTES >> 20} MB")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._judge(entry)
            self._entries[entry.filename] = entry

    def _judge(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":":
            raise self._harmful(f"it holds a file that would lie outside of it ({name[:80]!r})")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise self._harmful(f"it holds a link instead of a file ({name[:80]!r})")
        if name in self._entries:
            raise self._harmful(f"it holds two files of the same name ({name[:80]!r})")
        if entry.file_size > max(SMALL_BYTES, entry.compress_size * MOST_RATIO):
            raise self._harmful(f"a file in it would grow more than {MOST_RATIO} times ({name[:80]!r})")

    def _harmful(self, what: str) -> SourceError:
        return SourceError(self.where, f"{what}, as no such document does", _AGAIN)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of one file. Raises SourceError where it is not there, too large, damaged or protected."""
        entry = self._entries.get(name)
        if entry is None:
            raise SourceError(self.where, f"a part of it is missing ({name[:80]!r})", _AGAIN)
        if entry.flag_bits & 0x1:
            raise SourceError(self.where, "it is protected by a password", "Save it without one.")
        try:
            with self._zip.open(entry) as file:
                data = file.read(MOST_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            RuntimeError,
            OSError,
            EOFError,
        ) as trouble:  # RuntimeError: NotImplementedError among them, for a way of packing that nobody uses
            raise SourceError(self.where, f"it is damaged ({trouble})", _AGAIN) from trouble
        self._read += len(data)
        if len(data) > MOST_PART_BYTES or self._read > MOST_READ_BYTES:
            raise self._harmful("its text is too large")
        return data


def beside(here: str, href: str) -> str:
    """The file inside that a reference in the file `here` leads to, without the place in it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(href.partition("#")[0])))


_AGAIN = "Open it in the program that made it, save it anew, and try again."
