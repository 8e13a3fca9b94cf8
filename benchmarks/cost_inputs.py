#!/usr/bin/env python3
"""What a page costs, part by part, measured: the inputs of `cost_model.py` that are the machine's.

    python benchmarks/cost_inputs.py [--pages N] [--write]

The pages are those of `workload.py`, with the default voice. Each part is the difference of two builds, in CPU
seconds of all processes: one that has it to do, and one that finds it in the store. `--write` puts the figures in
`cost_inputs.json`, which also holds those that come from elsewhere: list prices and assumed speeds, marked so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path

import workload
from measuring import VOICEGEN, measured

INPUTS = Path(__file__).with_suffix(".json")
CODECS = {"mp3": "mp3", "aac": "m4b", "opus": "opus", "phone": "phone"}
"""The format that makes nothing but one codec's recording."""
DEFAULT = ("html", "mp3", "webvtt", "timeline", "account", "m4b", "epub", "daisy202", "phone")


def built(project: Path, formats: tuple[str, ...], engine: str = "espeak", again: bool = False) -> float:
    """CPU seconds of a build; `again` with nothing published, all that was spoken and encoded known."""
    (project / "voicegen.toml").write_text(
        f'[voice]\nengine = "{engine}"\n[publications]\nformats = {json.dumps(list(formats))}\n'
    )
    for name in ("output", "history", *(() if again else (".voicegen/ledger.json",))):
        path = project / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    if again:
        (project / ".voicegen" / "ledger.json").unlink()
    return measured(VOICEGEN, project).cpu_s


def new(project: Path, formats: tuple[str, ...], engine: str = "espeak") -> float:
    """CPU seconds of what these formats have to do more where the store does not know it yet."""
    first = built(project, formats, engine)
    return max(0.0, first - built(project, formats, engine, again=True))


def bytes_of(folder: Path, pattern: str) -> int:
    """Bytes of all files of a pattern."""
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


def facts(place: Path, pages: int) -> dict[str, float]:
    """All that is measured."""
    project = place / "project"
    workload.write(pages, project / "content")
    found: dict[str, float] = {}
    found["speak espeak, CPU s"] = new(project, ("timeline",)) / pages
    timelines = [json.loads(path.read_text()) for path in sorted(project.glob("output/*/timeline.json"))]
    lines = [line for one in timelines for chapter in one["chapters"] for line in chapter["lines"]]
    found["lines"] = len(lines) / pages
    found["characters"] = sum(len(line["spoken"]) for line in lines) / pages
    found["chapters"] = sum(len(one["chapters"]) for one in timelines) / pages
    found["sound, s"] = sum(one["samples"] / one["rate_hz"] for one in timelines) / pages
    found["clips, bytes"] = bytes_of(project, ".voicegen/store/*/*") / pages
    for codec, format_ in CODECS.items():
        found[f"encode {codec}, CPU s"] = new(project, ("timeline", format_)) / pages
    found["mp3, bytes"] = bytes_of(project, "output/*/*.mp3") / pages
    built(project, ("html", "mp3", "webvtt", "timeline", "m4b", "opus", "phone"), again=True)
    for name, pattern in {"mp3": "*.mp3", "aac": "*.m4b", "opus": "*.opus", "phone": "phone/**/*"}.items():
        found[f"{name}, bytes"] = bytes_of(project, f"output/*/{pattern}") / pages
    built(project, DEFAULT)
    many = built(project, DEFAULT, again=True)
    found["default, files"] = sum(1 for path in project.glob("output/*/**/*") if path.is_file()) / pages
    found["default, bytes"] = bytes_of(project, "output/*/**/*") / pages
    found["store, bytes"] = bytes_of(project, ".voicegen/store/*/*") / pages
    found["store, entries"] = sum(1 for path in project.glob(".voicegen/store/*/*") if path.is_file()) / pages
    for path in sorted((project / "content").iterdir())[1:]:
        path.unlink()
    one = built(project, DEFAULT, again=True)
    found["page, default, CPU s"] = (many - one) / (pages - 1)
    found["start, CPU s"] = one - found["page, default, CPU s"]
    shutil.rmtree(project)
    workload.write(pages, project / "content")
    found["speak flite, CPU s"] = new(project, ("timeline",), "flite") / pages
    return {name: round(value, 3 if value < 100 else 0) for name, value in found.items()}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.pages < 2:
        parser.error("--pages: at least 2, since a page is what the second one costs more")
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        found = facts(Path(folder), options.pages)
    print(json.dumps(found, indent=1))
    if options.write:
        inputs = json.loads(INPUTS.read_text("utf-8"))
        inputs["page"] = {
            "command": f"python benchmarks/cost_inputs.py --pages {options.pages} --write",
            "date": time.strftime("%Y-%m-%d"),
            "machine": f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.0f}",
            "values": found,
        }
        INPUTS.write_text(json.dumps(inputs, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
