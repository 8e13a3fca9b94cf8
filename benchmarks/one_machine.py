#!/usr/bin/env python3
"""What builds cost on one machine, beside the floor and the start of an interpreter, measured in one run.

    python benchmarks/one_machine.py [--pages N] [--rounds N] [--sets mp3,default] [--further] [--many N]...
                                     [--grow N] [--json FILE]

For each set of publications, in every round and in turn: the floor (see whole_build.py), a cold build with two
jobs (with MP3 alone also with one, on one core, and the floor twice at once), a build with nothing changed, and
one with one sentence of one page changed. `--further` adds what each further container of a codec costs that is
made already; `--many` a build of N pages with nothing changed and, up to 10,000, with one sentence changed;
`--grow` cold builds of one page, of `--pages` and of N, and the floor of N. Figures are CPU seconds, user and
system, of all processes; what counts are the ratios. Time by the clock, and so what a second core gives, counts
only on a machine that does nothing else.
`measure.py` runs all of it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import workload
from measuring import CLICK, VOICEGEN, Cost, circumstances, cleared, measured, multiplied
from whole_build import FLOOR, floor_work

SETS = {
    "mp3": ("html", "mp3", "webvtt", "timeline"),
    "default": ("html", "mp3", "webvtt", "timeline", "account", "m4b", "epub", "daisy202", "phone"),
}
CODECS = {"mp3": ("mp3",), "default": ("mp3", "aac")}
FURTHER = ("epub", "daisy202", "daisy3", "audiobook")
"""Containers of MP3."""
TWICE = """
import subprocess, sys
both = [subprocess.Popen(sys.argv[1:]) for _ in range(2)]
sys.exit(any([one.wait() for one in both]))
"""
"""Runs a command twice at once: what a second core gives to programs that have nothing to do with each other."""
ONE_CORE = """
import os, sys
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Runs a command, and all that it starts, on one core (Linux). A build with one job uses more than one: its engine
is another process, and one thread reads pages while another has lines spoken."""
FEW = 10_000
"""Pages that are measured with all default publications: 101 files each."""


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
            ("two floors", (sys.executable, "-c", TWICE, sys.executable, "-c", FLOOR, str(work))),
            ("cold", (*VOICEGEN, "-j", "2")),
            ("nothing", VOICEGEN),
            ("sentence", VOICEGEN),
            ("click", CLICK),
            ("cold, one job", (*VOICEGEN, "-j", "1")),
            ("cold, one core", (sys.executable, "-c", ONE_CORE, *VOICEGEN)),
        ):
            if what in {"cold, one job", "cold, one core", "two floors"} and name != "mp3":
                continue
            if what.startswith("cold"):
                cleared(project)
                page.write_text(workload.page(pages // 2))
            if what == "sentence":
                page.write_text(workload.changed(workload.page(pages // 2)))
            rows.setdefault(what, []).append(measured(command, project))
            print(f"{name}, round {number + 1}: {what} {rows[what][-1]}", flush=True)
    return {
        "pages": pages,
        "rounds": rounds,
        "cpu_s": {what: statistics.median(cost.cpu_s for cost in costs) for what, costs in rows.items()},
        "wall_s": {what: statistics.median(cost.wall_s for cost in costs) for what, costs in rows.items()},
        "cold / floor": ratio(rows["cold"], rows["floor"]),
        "sentence / cold": ratio(rows["sentence"], rows["cold"]),
        "nothing / click": ratio(rows["nothing"], rows["click"]),
        **gained("one job / two jobs, wall", rows["cold"], rows.get("cold, one job", [])),
        **gained("one core / two cores, wall", rows["cold"], rows.get("cold, one core", [])),
        **most(rows["floor"], rows.get("two floors", [])),
        "peak MB": max(cost.peak_bytes for cost in rows["cold"]) / 1e6,
    }


def gained(name: str, two: list[Cost], one: list[Cost]) -> dict[str, float]:
    """How many times faster two of something are by the clock than one, where that was measured."""
    ratios = [alone.wall_s / both.wall_s for alone, both in zip(one, two, strict=False)]
    return {name: statistics.median(ratios)} if ratios else {}


def most(one_floor: list[Cost], two_floors: list[Cost]) -> dict[str, float]:
    """How many times more two floors at once do by the clock than one after the other: no build can gain more."""
    ratios = [2 * one.wall_s / two.wall_s for one, two in zip(one_floor, two_floors, strict=False)]
    return {"two floors in turn / at once, wall": statistics.median(ratios)} if ratios else {}


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


def many(place: Path, pages: int) -> dict[str, object]:
    """A build of many pages with nothing changed, with a page's sentence changed, and the interpreter's start.

    Up to 10,000 pages have all default publications. More have those of MP3 alone, so that the disk can hold them,
    and no sentence is changed in them.
    """
    name = "default" if pages <= FEW else "mp3"
    project = place / f"many-{pages}"
    workload.write(2, project / "content")
    settings(project, SETS[name])
    measured(VOICEGEN, project)
    multiplied(project, pages // 2)
    measured(VOICEGEN, project)
    pairs = [(measured(VOICEGEN, project).cpu_s, measured(CLICK, project).cpu_s) for _ in range(7)]
    found: dict[str, object] = {
        "publications": name,
        "cpu_s": statistics.median(one for one, _ in pairs),
        "nothing / click": statistics.median(one / other for one, other in pairs),
    }
    if pages <= FEW:
        page = project / "content" / "page-00000.html"
        page.write_text(workload.changed(page.read_text()))
        found["sentence, cpu_s"] = measured(VOICEGEN, project).cpu_s
    shutil.rmtree(project)
    return found


def growth(place: Path, name: str, few: int, more: int, rounds: int) -> dict[str, float]:
    """Cold builds of one, few and more pages in turn, and the floor of more: ratios, and the largest processes."""
    costs: dict[int, list[Cost]] = {1: [], few: [], more: []}
    floors = []
    for pages in costs:
        workload.write(pages, place / f"grow-{pages}" / "content")
        settings(place / f"grow-{pages}", SETS[name])
    for number in range(rounds):
        for pages, found in costs.items():
            cleared(place / f"grow-{pages}")
            found.append(measured(VOICEGEN, place / f"grow-{pages}"))
            print(f"{name}, round {number + 1}: {pages} pages {found[-1]}", flush=True)
        work = floor_work(place / f"grow-{more}", CODECS[name])
        floors.append(measured((sys.executable, "-c", FLOOR, str(work)), place))
        print(f"{name}, round {number + 1}: floor of {more} pages {floors[-1]}", flush=True)
    peaks = {f"peak MB, {pages}": max(cost.peak_bytes for cost in found) / 1e6 for pages, found in costs.items()}
    return {
        "few": few,
        "more": more,
        "rounds": rounds,
        "more / few": ratio(costs[more], costs[few]),
        "cold / floor, more": ratio(costs[more], floors),
        **peaks,
    }


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
    facts: dict[str, object] = circumstances()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for pages in options.many:
            facts[f"many {pages}"] = many(place, pages)
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
