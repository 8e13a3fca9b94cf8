"""Watching the content folder: a build whenever something was saved, and never of a file that is half saved.

The folder is looked at again and again by size and time, which works on every disk, network drives too. What
changed is built once two looks found the same and nobody has the files open to write; where that can't be told, as
on network drives, the looks are further apart. A page that can't be read then fails, and what was published stays.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from voicegen.config import FILE, Settings

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

EVERY_S = 0.2
"""Seconds between two looks, where it can be told who writes to a file."""
SLOW_EVERY_S = 1.0
"""Seconds without a change after which a file is whole, where that can't be told."""
MOST_ARENAS = 2
"""Places that threads take memory from, at most: each keeps a megabyte or more that another could have."""
M_ARENA_MAX = -8
"""What glibc's mallopt(3) calls that."""
Look = dict[str, tuple[int, int, int]]
"""By path: size, modification time in nanoseconds, and the file's number on the disk."""


def look(settings: Settings) -> Look:
    """What lies in the content folder, own recordings, voicegen.toml and what it names; no hidden files."""
    found: Look = {}
    theme = settings.theme
    notice = settings.phone.notice_recording
    names = (FILE, settings.publications.cover, notice, theme.logo, theme.stylesheet)
    beside = [settings.root / name for name in names if name]
    beside += sorted((settings.root / theme.templates).glob("*.html")) if theme.templates else []
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


def is_being_written(path: str) -> bool | None:
    """Whether a program has the file open to write; None where the system can't tell.

    Linux gives a lease for reading only while nobody writes (fcntl(2), F_SETLEASE).
    """
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        return None  # a system without leases
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    try:
        # Who opens the file to write in between has us told by a signal: SIGIO, as it comes, would end us.
        fcntl.fcntl(number, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(number, lease, fcntl.F_RDLCK)
        fcntl.fcntl(number, lease, fcntl.F_UNLCK)
    except OSError as trouble:
        return True if trouble.errno == errno.EAGAIN else None
    finally:
        os.close(number)
    return False


def saved(
    glance: Callable[[], Look],
    wait: Callable[[float], object],
    written: Callable[[str], bool | None] = is_being_written,
) -> Iterator[tuple[str, ...]]:
    """The files of each save, once it has settled, for as long as somebody asks.

    The first is empty and comes at once. `wait` is called with the seconds between two looks, `written` tells
    whether a file is being written to.
    """
    built = before = glance()
    still = 0
    yield ()
    while True:
        wait(EVERY_S)
        now = glance()
        still = still + 1 if now == before else 0
        before = now
        if not still or now == built:
            continue
        changed = tuple(sorted(path for path in {**now, **built} if now.get(path) != built.get(path)))
        if still * EVERY_S >= _settles(changed, written):
            built, still = now, 0
            yield changed


def _settles(changed: Iterable[str], written: Callable[[str], bool | None]) -> float:
    """Seconds without a change after which the files are whole; for ever, while one of them is being written."""
    answers = {written(path) for path in changed}
    if True in answers:
        return float("inf")
    return SLOW_EVERY_S if None in answers else EVERY_S


def save_memory() -> None:
    """Has the threads of all builds to come take memory from the same few places, where the C library has many."""
    if sys.platform.startswith("linux") and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(M_ARENA_MAX, MOST_ARENAS)


def give_back() -> None:
    """Gives the system the memory that the last build needed and nothing needs now (glibc's malloc_trim(3))."""
    with _undisturbed():
        gc.collect()
    if sys.platform.startswith("linux") and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """While it lasts, Ctrl-C and SIGTERM wait: Python ignores what they raise amid a finalizer."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    waiting: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: waiting.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for came in waiting:
            signal.raise_signal(came)
