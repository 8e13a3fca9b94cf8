"""The real program as its own process, under limits, on small disks, and traced."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.conftest import ROOT, Project

SMALL = """[project]
language = "en"
[voice]
engine = "tone"
[publications]
formats = ["html", "mp3", "webvtt", "timeline"]
"""
OLD = "Fever\n\nAt home\nDrink water every hour.\n"
NEW = OLD.replace("water", "tea")


def command(project: Project, *arguments: str) -> list[str]:
    """`python -m voicegen` in a project."""
    return [sys.executable, "-m", "voicegen", "-C", str(project.place), *arguments]


def ended(argv: Sequence[str], code: int | set[int], **options: object) -> str:
    """Runs a process of ours; what it said, and no traceback, whatever became of it."""
    done = subprocess.run(  # type: ignore[call-overload]
        argv, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False, **options
    )
    said = str(done.stdout + done.stderr)
    assert done.returncode in ({code} if isinstance(code, int) else code), f"{done.returncode}: {said}"
    assert "Traceback" not in said
    return said


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A disk in memory, of some size, at a folder; what lies there is put on it first, and back in the end."""
    kept = place.with_name(place.name + ".before")
    if place.exists():
        place.rename(kept)
    place.mkdir(parents=True)
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    try:
        if kept.exists():
            subprocess.run(["cp", "-a", f"{kept}/.", place], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def mount(*arguments: str) -> None:
    """Mounts, or changes what is mounted."""
    subprocess.run(["mount", *arguments], check=True)
