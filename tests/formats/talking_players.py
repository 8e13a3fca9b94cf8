"""Real readers of talking books: the library of Thorium Reader, and Debian's daisy-player in a terminal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parent / "thorium.js"
CARDS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
static char cards[] = " 0 [null]: null - null\n";
FILE *fopen(const char *path, const char *mode) {
    FILE *(*real)(const char *, const char *) = (FILE *(*)(const char *, const char *))dlsym(RTLD_NEXT, "fopen");
    return strcmp(path, "/proc/asound/cards") ? real(path, mode) : fmemopen(cards, sizeof cards - 1, "r");
}
"""
"""daisy-player asks the kernel for sound cards before it opens a book; a test machine has none."""
WAIT_S = 30


@dataclass(frozen=True, slots=True)
class Opened:
    """A book as Thorium's library read it."""

    manifest: dict[str, Any]
    narration: tuple[tuple[str, str], ...] = ()
    """What is shown and heard, in order: an address in the text, and a stretch of sound."""
    text: str = ""
    """The text that is shown."""

    @property
    def contents(self) -> list[tuple[int, str]]:
        """Depth and title of each entry."""
        return list(_contents(self.manifest.get("toc", []), 1))


def thorium(books: Sequence[Path], folder: Path) -> list[Opened]:
    """The books as Thorium's library reads them; `folder` is empty and takes what it writes."""
    done = subprocess.run(
        ["node", SCRIPT, folder, *books], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return [_opened(one) for one in json.loads(done.stdout.splitlines()[-1])]


def _opened(read: dict[str, Any]) -> Opened:
    if "converted" not in read:
        return Opened(read["manifest"])
    with zipfile.ZipFile(read["converted"]) as package:
        overlays = [json.loads(package.read(name)) for name in package.namelist() if "overlay" in name]
        (text,) = [package.read(name).decode() for name in package.namelist() if name.endswith(".xhtml")]
    return Opened(read["manifest"], tuple(pair for one in overlays for pair in _pairs(one)), text)


def _pairs(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "audio" in node:
        yield node["text"], node["audio"]
    for inner in node.get("narration", []):
        yield from _pairs(inner)


def _contents(entries: list[dict[str, Any]], depth: int) -> Iterator[tuple[int, str]]:
    for entry in entries:
        yield depth, entry["title"]
        yield from _contents(entry.get("children", []), depth + 1)


@dataclass(frozen=True, slots=True)
class Screen:
    """What daisy-player shows of a book."""

    levels: int
    total: str
    """Length, as hours, minutes and seconds."""
    items: tuple[str, ...]


def daisy_player(book: Path, folder: Path) -> Screen:
    """What daisy-player shows when it has opened the book; `folder` is empty and takes its files."""
    (folder / "cards.c").write_text(CARDS)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / "cards.so", folder / "cards.c"], check=True)
    tmux = ["tmux", "-S", str(folder / "socket"), "-f", os.devnull]
    own = {"HOME": str(folder), "LD_PRELOAD": str(folder / "cards.so"), "LC_ALL": "C.UTF-8", "TERM": "screen"}
    command = ["env", *(f"{name}={value}" for name, value in own.items())]
    command += ["daisy-player", "-i", "-n", "-d", "null:alsa", str(book)]
    start = [*tmux, "new-session", "-d", "-x", "100", "-y", "60", *command]
    subprocess.run(start, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    try:
        return _screen(tmux)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


def _screen(tmux: list[str]) -> Screen:
    shown = earlier = ""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        done = subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, check=False)
        shown = done.stdout.decode("utf-8", "replace")
        head = re.search(r"level: 1 of (\d) --- total length: ([\d:]+)", shown)
        if head and shown == earlier:
            lines = shown.split("\n")[2:]
            items = tuple(re.split(r" (?:\. )+", line)[0].strip() for line in lines if " . . " in line)
            return Screen(int(head[1]), head[2], items)
        earlier = shown
        time.sleep(0.25)
    raise AssertionError(f"daisy-player did not open the book; its screen was:\n{shown}")
