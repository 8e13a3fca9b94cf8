"""A Blob: bytes that may be large, in memory or as a part of a file, with their length known."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike


@dataclass(frozen=True, slots=True)
class Blob:
    """`size` bytes: those of `path` from `start`, or `data` where there is no path."""

    size: int
    path: PathLike[str] | None = None
    """The file; of very many, a store may give what is smaller than a Path and put together when it is opened."""
    start: int = 0
    data: bytes = b""

    def part(self, start: int, size: int) -> Blob:
        """The `size` bytes from `start` on. Raises ValueError where they are not inside this blob."""
        if start < 0 or size < 0 or start + size > self.size:
            raise ValueError(f"bytes {start} to {start + size} are not inside a blob of {self.size}")
        if self.path is None:
            return Blob(size, data=self.data[start : start + size])
        return Blob(size, self.path, self.start + start)


def blob(data: bytes) -> Blob:
    """The bytes as a Blob."""
    return Blob(len(data), data=data)
