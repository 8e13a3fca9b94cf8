"""Boxes of MP4 files (ISO/IEC 14496-12, section 4.2), read without trust."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from voicegen.errors import PublicationError
from voicegen.sound.sizes import entries

LARGEST_HEADER = 1 << 26
"""Bytes of the largest description that is read: that of ten hours has three million, and a picture."""


class BoxError(ValueError):
    """A box that can't be as it is."""


@dataclass(frozen=True, slots=True)
class Run:
    """A row of a table that stands for several samples."""

    count: int
    value: int


def top_level(file: BinaryIO, name: str) -> dict[bytes, tuple[int, int]]:
    """Where the body of each box of the file begins and ends, by its kind.

    Raises PublicationError where they do not fill the file, or one of them stands twice.
    """
    end = file.seek(0, 2)
    found: dict[bytes, tuple[int, int]] = {}
    at = 0
    while at < end:
        file.seek(at)
        head = file.read(16)
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        start = at + 8
        if size == 1:
            size, start = int.from_bytes(head[8:16], "big"), at + 16
        if not start - at <= size <= end - at:
            raise PublicationError(name, f"the box at byte {at} does not fit into the file")
        if kind in found:
            raise PublicationError(name, f"it has two boxes {kind.decode('latin-1')!r}")
        found[kind] = (start, at + size)
        at += size
    return found


def inside(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each box that lies in `data`. Raises BoxError where they do not fill it."""
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if not 8 <= size <= len(data) - at:
            raise BoxError(f"the box {data[at + 4 : at + 8]!r} does not fit into the one that it lies in")
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def all_of(data: bytes, kind: str) -> list[bytes]:
    """The bodies of all boxes of one kind."""
    return [body for found, body in inside(data) if found == kind.encode("latin-1")]


def one(data: bytes, path: str) -> bytes:
    """The body of the box that lies in `data` by a path such as "mdia/mdhd"; BoxError where it is missing."""
    for kind in path.split("/"):
        found = all_of(data, kind)
        if len(found) != 1:
            raise BoxError(f"there are {len(found)} boxes {path!r}, not one")
        data = found[0]
    return data


def optional(data: bytes, kind: str) -> bytes:
    """The body of the box of one kind; empty where there is none."""
    found = all_of(data, kind)
    return found[0] if found else b""


def number(data: bytes, at: int, size: int = 4) -> int:
    """The number in `size` bytes from `at`. Raises BoxError where the bytes end before it."""
    if len(data) < at + size:
        raise BoxError("a box ends too early")
    return int.from_bytes(data[at : at + size], "big")


def rows(body: bytes, form: str) -> list[tuple[int, ...]]:
    """The rows of a table behind version, flags and a count. Raises BoxError where the count is not true."""
    width, count = struct.calcsize(form), number(body, 4)
    if len(body) != 8 + count * width:
        raise BoxError(f"a table tells of {count} rows and has {(len(body) - 8) / width:g}")
    return list(struct.iter_unpack(form, body[8:]))


def sizes(stbl: bytes) -> array[int]:
    """Bytes of each sample (section 8.7.3)."""
    body = one(stbl, "stsz")
    same, count = number(body, 4), number(body, 8)
    if same or len(body) != 12 + 4 * count:
        raise BoxError("its table of sizes is not one size for each sample")
    return entries(body[12:])


def places(stbl: bytes, lengths: array[int]) -> array[int]:
    """Where each sample begins in the file, by its chunk (sections 8.7.4 and 8.7.5)."""
    chunks = [place for (place,) in rows(one(stbl, "stco"), ">I")]
    runs = rows(one(stbl, "stsc"), ">III")
    if not runs or runs[0][0] != 1 or any(a[0] >= b[0] for a, b in pairwise(runs)):
        raise BoxError("its chunks are not counted from 1")
    found = array("Q")
    for at, (first, each, _) in enumerate(runs):
        last = runs[at + 1][0] - 1 if at + 1 < len(runs) else len(chunks)
        for place in chunks[first - 1 : last]:
            if len(found) + each > len(lengths):
                raise BoxError("its chunks hold more samples than there are sizes")
            for _ in range(each):
                found.append(place)
                place += lengths[len(found) - 1]
    if len(found) != len(lengths):
        raise BoxError(f"its chunks hold {len(found)} of {len(lengths)} samples")
    return found


def durations(stbl: bytes, samples: int) -> list[Run]:
    """How long the samples last, in runs of equal ones (section 8.6.1.2)."""
    runs = [Run(count, value) for count, value in rows(one(stbl, "stts"), ">II")]
    if sum(run.count for run in runs) != samples:
        raise BoxError("its table of durations is not for its samples")
    return runs
