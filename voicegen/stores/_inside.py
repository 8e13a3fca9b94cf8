"""Folders in a place where others may write: what is removed there is removed there and nowhere else.

Whoever may write into a store could put a link in the place of one of its folders, which leads to somebody's own
files. So folders are opened one inside the other, links refused, and names are used in the open folder only.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BY_HANDLE = {os.open, os.stat, os.unlink} <= os.supports_dir_fd and os.listdir in os.supports_fd
"""Whether the system lets names be used in an open folder (not on Windows)."""
NO_LINK = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class Inside:
    """One folder."""

    path: Path
    handle: int | None
    """Of the open folder; None where its path has to do."""

    def names(self) -> list[str]:
        """The names of all that is in it. Raises OSError."""
        return os.listdir(self.path if self.handle is None else self.handle)  # noqa: PTH208 - of a handle

    def lstat(self, name: str) -> os.stat_result:
        """What is known of a name in it; of the link itself, where it is one. Raises OSError."""
        return os.stat(self._at(name), dir_fd=self.handle, follow_symlinks=False)

    def unlink(self, name: str) -> None:
        """Removes a file. Raises OSError."""
        os.unlink(self._at(name), dir_fd=self.handle)

    def remove_tree(self, name: str) -> None:
        """Removes a folder and what is in it, as far as that can be done; a link is not followed."""
        shutil.rmtree(self._at(name), ignore_errors=True, dir_fd=self.handle)

    def _at(self, name: str) -> str:
        return str(self.path / name) if self.handle is None else name


@contextmanager
def inside(place: Path, *names: str) -> Iterator[Inside]:
    """The folder that these names lead to. Raises OSError where one of them is not there, or is a link."""
    path = place.joinpath(*names)
    if not BY_HANDLE:
        if any((place.joinpath(*names[: number + 1])).is_symlink() for number in range(len(names))):
            raise NotADirectoryError(f"{path} is a link")
        yield Inside(path, None)
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        for name in names:
            inner = os.open(name, NO_LINK, dir_fd=handle)
            os.close(handle)
            handle = inner
        yield Inside(path, handle)
    finally:
        os.close(handle)


def no_link(folder: Path) -> None:
    """Removes a link that somebody put in the place of a folder of ours. Raises OSError."""
    if folder.is_symlink():
        folder.unlink()
