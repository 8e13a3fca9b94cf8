"""Packs: what a page is made of, in a few objects instead of hundreds, and the list that says which they are.

A pack is entries one after the other, each with its footer, so each can be checked by itself; its name is the
SHA-256 of all of it, and it never changes. The list of a page is a JSON object:

    {"version": 1, "keys": […], "packs": {"<SHA-256>": {"size": 12345, "entries": {"<key>": [start, size]}}}}

`keys` are those of the page as it was made last; packs may hold entries of its version before as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from voicegen.model.blob import Blob

VERSION = 1
PACK_BYTES = 8_000_000
"""Size from which another pack is begun: one must be sent within an attempt over a slow line (0.7 Mbit/s)."""
MOST_PACKS = 8
"""Packs of a page from which all that it needs is packed anew."""
MOST_DEAD = 0.5
"""Part of a page's packs that may be of no use any more, before all that it needs is packed anew."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack."""

    size: int
    entries: Mapping[str, tuple[int, int]]
    """Where each entry begins and how long it is with its footer, in bytes, by key."""


@dataclass(frozen=True, slots=True)
class PageList:
    """What a page is made of, and where that is."""

    keys: frozenset[str] = frozenset()
    packs: Mapping[str, Pack] = field(default_factory=dict)
    """By name."""

    def without(self, packs: Collection[str]) -> PageList:
        """The list without packs that are damaged or gone."""
        return PageList(self.keys, {name: pack for name, pack in self.packs.items() if name not in packs})

    def held(self) -> set[str]:
        """All keys that some pack holds."""
        return {key for pack in self.packs.values() for key in pack.entries}

    def needing(self, needed: Collection[str]) -> PageList:
        """The list with only those packs that hold something that is needed."""
        packs = {name: pack for name, pack in self.packs.items() if not pack.entries.keys().isdisjoint(needed)}
        return PageList(self.keys, packs)

    def is_scattered(self, needed: Collection[str]) -> bool:
        """Whether it is time to pack anew."""
        whole = sum(pack.size for pack in self.packs.values())
        sizes = {key: size for pack in self.packs.values() for key, (_, size) in pack.entries.items()}
        useful = sum(size for key, size in sizes.items() if key in needed)
        return len(self.packs) > MOST_PACKS or whole - useful > MOST_DEAD * whole

    def json(self) -> bytes:
        """The list as it is kept."""
        packs = {
            name: {"size": pack.size, "entries": dict(sorted(pack.entries.items()))}
            for name, pack in sorted(self.packs.items())
        }
        data = {"version": VERSION, "keys": sorted(self.keys), "packs": packs}
        return json.dumps(data, separators=(",", ":")).encode()


def page_list(data: bytes) -> PageList:
    """The list in a JSON object. Raises ValueError where it is none of ours, or of another version."""
    try:
        found = json.loads(data)
        if found["version"] != VERSION:
            raise ValueError("it is of another version of voicegen")
        packs = {_digest(name): _pack(pack) for name, pack in found["packs"].items()}
        return PageList(frozenset(map(_digest, found["keys"])), packs)
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as trouble:
        raise ValueError("it is no list of a page") from trouble


def _pack(data: Mapping[str, Any]) -> Pack:
    entries = {_digest(key): (int(start), int(size)) for key, (start, size) in data["entries"].items()}
    size = int(data["size"])
    if any(start < 0 or length < 0 or start + length > size for start, length in entries.values()):
        raise ValueError("it names what is not inside a pack")
    return Pack(size, entries)


def _digest(text: str) -> str:
    if len(text) != hashlib.sha256().digest_size * 2 or not set(text) <= set("0123456789abcdef"):
        raise ValueError(f"{text[:80]!r} is no digest")
    return text


def packed(entries: Iterable[tuple[str, Blob]]) -> Iterator[list[tuple[str, Blob]]]:
    """Entries with their footers in groups, each to be one pack."""
    group: list[tuple[str, Blob]] = []
    size = 0
    for key, blob in entries:
        if group and size + blob.size > PACK_BYTES:
            yield group
            group, size = [], 0
        group.append((key, blob))
        size += blob.size
    if group:
        yield group


def pack_of(group: Iterable[tuple[str, Blob]]) -> Pack:
    """Where each entry of a group will be."""
    entries, at = {}, 0
    for key, blob in group:
        entries[key] = (at, blob.size)
        at += blob.size
    return Pack(at, entries)
