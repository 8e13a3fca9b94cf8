"""A ZIP package as a stranger wrote it: read without unpacking, within bounds (PKWARE APPNOTE 6.3.x)."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError
from voicegen.formats._xml import parsed
from voicegen.recordings.mp3 import Mp3, frames
from voicegen.sound import mp3

MOST_MEMBERS = 20_000
MOST_TEXT = 64_000_000
"""Bytes of a member that is read whole; a page of ten hours takes some ten million."""
ENCRYPTED = 1
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError),
    *(NotImplementedError, RuntimeError, OSError),
)
"""What zipfile raises where a member is not what the package says."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


class Zipped:
    """An open package."""

    def __init__(self, path: Path) -> None:
        """Opens it. Raises PublicationError where it is none, and OSError where it can't be read."""
        self.name = path.name
        try:
            self._file = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as trouble:
            raise self._unreadable(trouble) from trouble
        self.names = tuple(info.filename for info in self._file.infolist())

    def __enter__(self) -> Zipped:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def tricks(self) -> Iterator[str]:
        """What no package of ours has: names that lead elsewhere or stand twice, ciphers, endless members."""
        infos = self._file.infolist()
        if len(infos) > MOST_MEMBERS:
            yield f"it has {len(infos)} members"
        for name in sorted({name for name in self.names if self.names.count(name) > 1}):
            yield f"{name} stands in it twice"
        for info in infos:
            if not _PLAIN_NAME.fullmatch(info.filename):
                yield f"{info.filename!r} is no name of a file inside it"
            if info.flag_bits & ENCRYPTED or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                yield f"{info.filename} is kept in a way that players can't read"
            if info.compress_type != zipfile.ZIP_STORED and info.file_size > MOST_TEXT:
                yield f"{info.filename} would have {info.file_size} bytes"

    def is_stored(self, name: str) -> bool:
        """Whether a member stands in the package as it is."""
        return self._file.getinfo(name).compress_type == zipfile.ZIP_STORED

    def size(self, name: str) -> int:
        """Bytes of a member, unpacked."""
        return self._file.getinfo(name).file_size

    def read(self, name: str) -> bytes:
        """All of a member of text.

        Raises PublicationError where it is missing, spoilt or larger than one may be.
        """
        if name not in self.names:
            raise PublicationError(self.name, f"it has no {name}", _REMEDY)
        try:
            with self._file.open(name) as file:
                data = file.read(MOST_TEXT + 1)
        except _UNREADABLE as trouble:
            raise self._unreadable(trouble) from trouble
        if len(data) > MOST_TEXT:
            raise PublicationError(self.name, f"{name} is larger than {MOST_TEXT} bytes", _REMEDY)
        return data

    def xml(self, name: str) -> Element:
        """The root of a member in XML. Raises PublicationError where it is not well-formed."""
        return parsed(f"{self.name}, {name}", self.read(name))

    def mp3_ms(self, name: str) -> int:
        """Milliseconds of sound in an MP3, counted by its frames as players that trim it hear it.

        Raises PublicationError where it is none.
        """
        try:
            with self._file.open(name) as file:
                found = frames(cast(BinaryIO, file), 0, f"{self.name}, {name}")
        except _UNREADABLE as trouble:
            raise self._unreadable(trouble) from trouble
        if found is None:
            raise PublicationError(self.name, f"{name} does not begin with a frame of MP3", _REMEDY)
        sound = found.places.count * mp3.FRAME - mp3.DELAY
        return max(0, sound) * 1000 // found.rate_hz

    @contextmanager
    def recording(self, name: str) -> Iterator[Mp3]:
        """A member that is an MP3, open. Raises PublicationError where it is missing or none."""
        if name not in self.names:
            raise PublicationError(self.name, f"it has no {name}", _REMEDY)
        try:
            with self._file.open(name) as file:
                yield Mp3(cast(BinaryIO, file), f"{self.name}, {name}")
        except _UNREADABLE as trouble:
            raise self._unreadable(trouble) from trouble

    def recordings(self, names: Iterable[str]) -> Iterator[Mp3]:
        """Members that are MP3s, each open until the next is asked for; what comes twice on end counts once."""
        for name, _ in groupby(names):
            with self.recording(name) as found:
                yield found

    def _unreadable(self, trouble: Exception) -> PublicationError:
        return PublicationError(self.name, f"it can't be read ({trouble})", _REMEDY)


_REMEDY = "Build the page again."
