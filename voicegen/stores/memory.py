"""memory: a store that lasts as long as the program; for tests and for `voicegen say`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from voicegen.contracts import StorePlace
from voicegen.model.blob import Blob, blob


class Memory:
    """The store."""

    def __init__(self) -> None:
        self._entries: dict[str, Blob] = {}

    def get_many(self, keys: Iterable[str]) -> dict[str, Blob]:
        """Exactly the bytes put under each of the keys that have any."""
        return {key: self._entries[key] for key in keys if key in self._entries}

    def size(self, key: str) -> int | None:
        """Bytes put under `key`; None where there is no entry."""
        return self._entries[key].size if key in self._entries else None

    def put_if_absent(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts under `key`, unless something is there; gives what is there then."""
        return self._entries.setdefault(key, blob(b"".join(parts)))

    def prune(self, keep: Collection[str]) -> int:
        """Removes every entry whose key is not in `keep`; gives the bytes freed."""
        gone = [key for key in self._entries if key not in keep]
        return sum(self._entries.pop(key).size for key in gone)


def store(place: StorePlace) -> Memory:
    """An empty store, wherever the place is."""
    return Memory()
