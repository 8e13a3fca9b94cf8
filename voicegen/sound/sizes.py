"""Tables of sizes: 32-bit numbers, big-endian, as an encoded chapter keeps them and MP4 takes them."""

from __future__ import annotations

import array
import sys
from collections.abc import Iterable

WIDTH = 4
"""Bytes of one entry."""


def table(sizes: Iterable[int]) -> bytes:
    """The sizes as a table."""
    entries = array.array("I", sizes)
    if sys.byteorder == "little":
        entries.byteswap()
    return entries.tobytes()


def entries(table: bytes) -> array.array[int]:
    """The sizes in a table."""
    found = array.array("I", table)
    if sys.byteorder == "little":
        found.byteswap()
    return found
