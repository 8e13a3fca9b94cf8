"""memory: a store that lasts as long as the program; for tests and for `voicegen say`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from voicegen.model.blob import Blob, blob


class Memory:
    """The store."""

    def __init__(self) -> None:
        self._entries: dict[str, Blob] = {}

    def get(self, key: str) -> Blob | None:
        """Exactly the bytes put under `key`, or None."""
        return self._entries.get(key)

    def size(self, key: str) -> int | None:
        """Bytes put under `key`; None where there is no entry."""
        return self._entries[key].size if key in self._entries else None

    def put(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts under `key`."""
        self._entries[key] = blob(b"".join(parts))
        return self._entries[key]

    def prune(self, keep: Collection[str]) -> int:
        """Removes every entry whose key is not in `keep`; gives the bytes freed."""
        gone = [key for key in self._entries if key not in keep]
        return sum(self._entries.pop(key).size for key in gone)


def store(place: Path) -> Memory:
    """An empty store."""
    return Memory()
