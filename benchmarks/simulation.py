#!/usr/bin/env python3
"""A library of very many small pages, spoken in tones and published for real: what grows how with their number.

    python benchmarks/simulation.py FOLDER --json FILE [--pages N]... [--copies N] [--keep] [--unverified]

The pages of `small_pages.py` are written into the folder up to each number of pages in turn, and built: every
step makes the pages that are new, in one build. A run that was stopped is taken up by the same command: steps that
are in the file are passed over, and a build that was stopped goes on with what is in the store. After each step: a
build with nothing changed, and one with one sentence changed. In the end `voicegen verify`, and, with `--copies`,
the library made so many times as large without making its pages again (`measuring.multiplied`), and then the same
builds in that. `--unverified` leaves `verify` out, which goes over every sound of every page. The figures of all
steps are in the file after each, so that a run that is stopped is not lost; a new run needs a new file.
FOLDER must be on a disk with room: 0.6 MB for each page that is made.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import small_pages
from measuring import CLICK, VOICEGEN, Cost, circumstances, measured, multiplied

SETTINGS = """[project]
title = "Health A to Z"
publisher = "Example Health"
[voice]
engine = "tone"
[mp3]
kbits = 32
[publications]
address = "https://health.example/"
formats = ["html", "mp3", "webvtt", "timeline", "feed"]
"""
VERIFY = (sys.executable, "-m", "voicegen", "verify")
CHANGED = 4
"""Number of the page, in English, that has a sentence changed."""


def figures(cost: Cost) -> dict[str, float]:
    """What a command took, to be kept."""
    return {
        "cpu_s": round(cost.cpu_s, 3),
        "wall_s": round(cost.wall_s, 3),
        "peak_mb": round(cost.peak_bytes / 1e6),
    }


def sizes(project: Path) -> dict[str, int]:
    """Files and bytes of what a build keeps and publishes."""
    found = {}
    for name in ("output", ".voicegen"):
        files = size = 0
        for folder, _, names in os.walk(project / name):
            files += len(names)
            size += sum(Path(folder, one).lstat().st_size for one in names)
        found |= {f"{name} files": files, f"{name} bytes": size}
    for path in (".voicegen/ledger.json", ".voicegen/unchanged.note", "output/index.html", "output/feed.xml"):
        found[path] = (project / path).stat().st_size
    for name, pattern in {"parts of the list": "list-*.html", "documents of the feed": "feed*.xml"}.items():
        parts = [path.stat().st_size for path in (project / "output").glob(pattern)]
        found |= {name: len(parts), f"largest of the {name}": max(parts, default=0)}
    return found


def unchanged_and_changed(project: Path) -> dict[str, object]:
    """A build with nothing to do, beside an interpreter's start, and one with a sentence changed and back."""
    place, text = small_pages.page(CHANGED)
    path = project / "content" / place
    facts: dict[str, object] = {
        "nothing": [figures(measured(VOICEGEN, project)) for _ in range(3)],
        "click": [figures(measured(CLICK, project)) for _ in range(3)],
    }
    path.write_text(small_pages.changed(text), "utf-8")
    facts["sentence"] = figures(measured(VOICEGEN, project))
    path.write_text(text, "utf-8")
    facts["sentence back"] = figures(measured(VOICEGEN, project))
    return facts


def run(
    project: Path,
    steps: list[int],
    copies: int,
    earlier: dict[str, object],
    keep: Callable[[dict[str, object]], None],
    is_verified: bool,
) -> None:
    """All steps, but for those that are among the `earlier` figures."""
    project.mkdir(parents=True, exist_ok=True)
    (project / "voicegen.toml").write_text(SETTINGS, "utf-8")
    facts: dict[str, object] = {**circumstances(), **earlier}
    before = 0
    for pages in steps:
        if f"{pages} again" in facts:
            before = pages
            continue
        small_pages.write(pages, project / "content", before)
        started, load, new = time.strftime("%Y-%m-%d %H:%M"), os.getloadavg()[0], pages - before
        is_taken_up = (project / "output").is_dir() and len(list((project / "output").glob("*-*/"))) > before
        cost = measured(VOICEGEN, project)
        each = {
            "new": new,
            "cpu_s a new page": round(cost.cpu_s / new, 4),
            "new pages a minute": round(60 * new / cost.wall_s, 1),
            "was stopped before": is_taken_up,
        }
        facts[str(pages)] = {"started": started, "load": load, **figures(cost), **each, **sizes(project)}
        keep(facts)
        facts[f"{pages} again"] = unchanged_and_changed(project)
        keep(facts)
        before = pages
    if is_verified:
        facts[f"{before} verified"] = figures(measured(VERIFY, project))
        keep(facts)
    if copies > 1:
        multiplied(project, copies)
        facts[f"{before * copies} by copying"] = figures(measured(VOICEGEN, project))
        keep(facts)
        facts[f"{before * copies} again"] = {**unchanged_and_changed(project), **sizes(project)}
        keep(facts)


def main() -> None:
    """Runs the steps and tells each."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, required=True)
    parser.add_argument("--pages", type=int, action="append")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--unverified", action="store_true", help="Leave `voicegen verify` out.")
    parser.add_argument("--keep", action="store_true", help="Leave the folder as it is in the end.")
    options = parser.parse_args()

    def keep(facts: dict[str, object]) -> None:
        options.json.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
        print(json.dumps({name: facts[name] for name in list(facts)[-1:]}), flush=True)

    earlier = json.loads(options.json.read_text("utf-8")) if options.json.is_file() else {}
    if earlier and not options.folder.is_dir():
        parser.error(
            f"{options.json} has figures of another run, and {options.folder} is gone: give another file."
        )
    run(options.folder, sorted(options.pages or [1_000]), options.copies, earlier, keep, not options.unverified)
    if not options.keep:
        shutil.rmtree(options.folder)


if __name__ == "__main__":
    main()
