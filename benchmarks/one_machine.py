#!/usr/bin/env python3
"""What builds cost on one machine, beside the floor and the start of an interpreter, measured in one run.

    python benchmarks/one_machine.py [--pages N] [--rounds N] [--sets mp3,default] [--further] [--many N]...
                                     [--grow N] [--json FILE]

For each set of publications, in every round and in turn: the floor (see whole_build.py), a cold build with two
jobs and with one, a build with nothing changed, and one with one sentence of one page changed. `--further` adds
what each further container of a codec costs that is made already, `--many` a build of N pages with nothing
changed, and `--grow` what a cold build of N pages costs beside one of `--pages`. Figures are CPU seconds, user and
system, of all processes; what counts are the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import workload
from measuring import CLICK, VOICEGEN, Cost, cleared, measured, multiplied
from whole_build import FLOOR, floor_work

SETS = {
    "mp3": ("html", "mp3", "webvtt", "timeline"),
    "default": ("html", "mp3", "webvtt", "timeline", "account", "m4b", "epub", "daisy202", "phone"),
}
CODECS = {"mp3": ("mp3",), "default": ("mp3", "aac")}
FURTHER = ("epub", "daisy202", "daisy3", "audiobook")
"""Containers of MP3."""


def settings(project: Path, formats: tuple[str, ...]) -> None:
    """Chooses the project's publications."""
    (project / "voicegen.toml").write_text(f"[publications]\nformats = {json.dumps(list(formats))}\n")


def one_set(place: Path, name: str, pages: int, rounds: int) -> dict[str, object]:
    """All rounds for one set of publications."""
    project = place / name
    workload.write(pages, project / "content")
    settings(project, SETS[name])
    measured(VOICEGEN, project)  # tells the floor what is spoken
    work = floor_work(project, CODECS[name])
    page = project / "content" / f"page-{pages // 2:05}.html"
    rows: dict[str, list[Cost]] = {}
    for number in range(rounds):
        for what, command in (
            ("floor", (sys.executable, "-c", FLOOR, str(work))),
            ("cold", (*VOICEGEN, "-j", "2")),
            ("nothing", VOICEGEN),
            ("sentence", VOICEGEN),
            ("click", CLICK),
            ("cold, one job", (*VOICEGEN, "-j", "1")),
        ):
            if what.startswith("cold"):
                cleared(project)
                page.write_text(workload.page(pages // 2))
            if what == "sentence":
                page.write_text(workload.changed(workload.page(pages // 2)))
            rows.setdefault(what, []).append(measured(command, project))
            print(f"{name}, round {number + 1}: {what} {rows[what][-1]}", flush=True)
    median = {what: statistics.median(cost.cpu_s for cost in costs) for what, costs in rows.items()}
    return {
        "pages": pages,
        "cpu_s": median,
        "wall_s": {what: statistics.median(cost.wall_s for cost in costs) for what, costs in rows.items()},
        "cold / floor": ratio(rows["cold"], rows["floor"]),
        "sentence / cold": ratio(rows["sentence"], rows["cold"]),
        "nothing / click": ratio(rows["nothing"], rows["click"]),
        "one job / two jobs, wall": statistics.median(
            one.wall_s / two.wall_s for one, two in zip(rows["cold, one job"], rows["cold"], strict=True)
        ),
        "peak MB": max(cost.peak_bytes for cost in rows["cold"]) / 1e6,
    }


def ratio(costs: list[Cost], others: list[Cost]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(cost.cpu_s / other.cpu_s for cost, other in zip(costs, others, strict=True))


def further(place: Path, pages: int, rounds: int) -> dict[str, float]:
    """What each container costs more than the MP3 set, as a part of that set's cold build; from a warm store."""
    project = place / "further"
    workload.write(pages, project / "content")
    settings(project, SETS["mp3"])
    cold = measured(VOICEGEN, project).cpu_s
    more: dict[str, list[float]] = {}
    for _ in range(rounds):
        base = again(project, SETS["mp3"])
        for name in FURTHER:
            more.setdefault(name, []).append((again(project, (*SETS["mp3"], name)) - base) / cold)
            print(f"further container {name}: {more[name][-1]:.3f} of the cold build", flush=True)
    return {name: statistics.median(parts) for name, parts in more.items()}


def again(project: Path, formats: tuple[str, ...]) -> float:
    """CPU seconds of a build that speaks and encodes nothing, since the store has all."""
    settings(project, formats)
    shutil.rmtree(project / "output")
    (project / ".voicegen" / "ledger.json").unlink()
    return measured(VOICEGEN, project).cpu_s


def many(place: Path, name: str, pages: int) -> dict[str, float]:
    """A build of many pages with nothing changed, with a page's sentence changed, and the interpreter's start."""
    project = place / f"many-{pages}"
    workload.write(2, project / "content")
    settings(project, SETS[name])
    measured(VOICEGEN, project)
    multiplied(project, pages // 2)
    measured(VOICEGEN, project)
    pairs = [(measured(VOICEGEN, project).cpu_s, measured(CLICK, project).cpu_s) for _ in range(7)]
    page = project / "content" / "page-00000.html"
    page.write_text(workload.changed(page.read_text()))
    sentence = measured(VOICEGEN, project).cpu_s
    shutil.rmtree(project)
    return {
        "cpu_s": statistics.median(one for one, _ in pairs),
        "nothing / click": statistics.median(one / other for one, other in pairs),
        "sentence, cpu_s": sentence,
    }


def growth(place: Path, name: str, few: int, more: int, rounds: int) -> dict[str, float]:
    """Cold builds of few and of more pages in turn: how many times the CPU, and the largest process of each."""
    costs: dict[int, list[Cost]] = {few: [], more: []}
    for pages in costs:
        workload.write(pages, place / f"grow-{pages}" / "content")
        settings(place / f"grow-{pages}", SETS[name])
    for number in range(rounds):
        for pages, found in costs.items():
            cleared(place / f"grow-{pages}")
            found.append(measured(VOICEGEN, place / f"grow-{pages}"))
            print(f"{name}, round {number + 1}: {pages} pages {found[-1]}", flush=True)
    peaks = {f"peak MB, {pages}": max(cost.peak_bytes for cost in found) / 1e6 for pages, found in costs.items()}
    return {f"{more} / {few} pages": ratio(costs[more], costs[few]), **peaks}


def main() -> None:
    """Measures and prints; as JSON too, for the plots."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sets", default="mp3,default")
    parser.add_argument("--further", action="store_true")
    parser.add_argument("--grow", type=int)
    parser.add_argument("--many", type=int, action="append", default=[])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    facts: dict[str, object] = {
        "measured": time.strftime("%Y-%m-%d"),
        "python": sys.version.split()[0],
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for pages in options.many:
            facts[f"many {pages}"] = many(place, "default", pages)
            print(json.dumps({f"many {pages}": facts[f"many {pages}"]}), flush=True)
        for name in filter(None, options.sets.split(",")):
            facts[name] = one_set(place, name, options.pages, options.rounds)
            print(json.dumps({name: facts[name]}, indent=1), flush=True)
        if options.grow:
            facts["growth"] = growth(place, "mp3", options.pages, options.grow, options.rounds)
        if options.further:
            facts["further"] = further(place, options.pages, options.rounds)
    print(json.dumps(facts, indent=1))
    if options.json:
        options.json.write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    main()
