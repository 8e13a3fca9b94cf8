"""ZIP packages (PKWARE APPNOTE 6.3.x) whose members are never in memory: sound is stored as it lies on the disk.

`zipfile` writes to a file of its own; a format only says what a file consists of, so the few records around the
members are made here. Every package has the same bytes for the same members: one date, one order, no attributes
of this machine, and nothing deflated. What deflates text is another library from one Python to the next (zlib, or
zlib-ng in Python 3.14 on Windows and in some Linux systems), with other bytes; it would save 1 to 3 % beside
the sound (measured: 22 to 32 KB of 3.9 MB, 11 KB of 523 KB).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from voicegen.errors import PublicationError
from voicegen.model.blob import Blob, blob
from voicegen.steps.blobs import chunks

DATE = 1 << 5 | 1
"""1 January 1980, the first day that a package can name (section 4.4.6)."""
UTF8 = 1 << 11
"""The flag of names in UTF-8 (section 4.4.4)."""
STORED = 0
MOST = 0xFFFFFFFF
"""Bytes of the largest package without ZIP64, which some talking-book players do not read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package."""

    path: str
    """With forward slashes."""
    parts: tuple[Blob, ...]


def text(path: str, data: str | bytes) -> Member:
    """A member of text or of few bytes."""
    return Member(path, (blob(data.encode() if isinstance(data, str) else data),))


def package(name: str, members: Iterable[Member]) -> tuple[Blob, ...]:
    """The parts of a package of the members, in their order.

    Raises PublicationError where it would be larger than players take; `name` is for that message.
    """
    parts: list[Blob] = []
    directory: list[bytes] = []
    at = 0
    for member in members:
        path = member.path.encode()
        held = sum(part.size for part in member.parts)
        facts = struct.pack("<HHHHHIIIH", 20, UTF8, STORED, 0, DATE, _sum(member), held, held, len(path))
        head = b"PK\3\4" + facts + b"\0\0" + path
        place = struct.pack("<HHHHII", 0, 0, 0, 0, 0, at)
        directory.append(b"PK\1\2" + struct.pack("<H", 20) + facts + place + path)
        parts += [blob(head), *member.parts]
        at += len(head) + held
        if at > MOST:
            raise PublicationError(name, "it would be larger than 4 GiB", "Split the page, or lower the bit rate.")
    central = b"".join(directory)
    end = struct.pack("<HHHHIIH", 0, 0, len(directory), len(directory), len(central), at, 0)
    return (*parts, blob(central + b"PK\5\6" + end))


def _sum(member: Member) -> int:
    """The CRC-32 of what is in a member."""
    crc = 0
    for part in member.parts:
        for piece in chunks(part):
            crc = zlib.crc32(piece, crc)
    return crc
