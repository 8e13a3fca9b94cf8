"""Watching the content folder: a build whenever something was saved, and never of a file that is half saved.

The folder is looked at again and again by size and time, which works on every disk, network drives too. What
changed is built once two looks found the same; a page that can't be read then fails and what was published stays.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from voicegen.config import FILE, Settings

EVERY_S = 1.0
"""Seconds between two looks: a file that grows or is replaced within it is not settled yet."""
Look = dict[str, tuple[int, int, int]]
"""By path: size, modification time in nanoseconds, and the file's number on the disk."""


def look(settings: Settings) -> Look:
    """What lies in the content folder, own recordings, voicegen.toml and the cover; not hidden files."""
    found: Look = {}
    beside = [settings.root / name for name in (FILE, settings.publications.cover) if name]
    inside = [
        Path(folder, name)
        for place in (settings.content, settings.recordings)
        for folder, _, names in os.walk(place)
        for name in names
        if not name.startswith((".", "~$"))
    ]
    for path in (*beside, *inside):
        try:
            stat = path.stat()
        except OSError:
            continue  # it was taken away between the two
        found[str(path)] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found


def saved(glance: Callable[[], Look], wait: Callable[[float], object]) -> Iterator[tuple[str, ...]]:
    """The files of each save, once it has settled, for as long as somebody asks.

    The first is empty and comes at once. `wait` is called with the seconds between two looks.
    """
    built = before = glance()
    yield ()
    while True:
        wait(EVERY_S)
        now = glance()
        if now == before and now != built:
            changed = tuple(sorted(path for path in {**now, **built} if now.get(path) != built.get(path)))
            built = now
            yield changed
        before = now
