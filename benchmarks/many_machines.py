#!/usr/bin/env python3
"""What it costs to have pages made by other processes, beside a build in one, measured in one run.

    python benchmarks/many_machines.py [--pages N] [--rounds N] [--engine espeak] [--formats webvtt,timeline]
                                       [--ways here,processes,dask,shards] [--json FILE]

Builds N pages and 2 N pages of the seeded workload from nothing, each way: in one process with two jobs, by a pool
of two processes, by a Dask cluster of two on this machine, and in two shards that are then published. A page costs
the difference of the two divided by N, so that what is started once is not in it. "Publishing" is the CPU of the
one process that all pages go through. Figures are CPU seconds, user and system, of all processes. Needs
`distributed` (`pip install '.[dask]'`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import workload
from measuring import VOICEGEN, cleared, measured

WORKERS = 2
NOTE = "publishing.json"
"""Where the one process leaves its own CPU seconds."""


def one(way: str, folder: Path) -> None:
    """Builds the project in one of the ways; runs in a process of its own."""
    from distributed import Client, LocalCluster

    import voicegen

    project = voicegen.Project(folder)
    begun = time.process_time()
    if way == "processes":
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(WORKERS, mp_context=spawn) as pool:
            project.build(executor=pool, jobs=WORKERS)
    elif way == "dask":
        address = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
        with (
            LocalCluster(n_workers=WORKERS, threads_per_worker=1, **address) as cluster,
            Client(cluster) as client,
        ):
            project.build(executor=client.get_executor(), jobs=WORKERS)
    elif way == "publish":
        project.publish()
    (folder / NOTE).write_text(json.dumps(time.process_time() - begun))


def cost(way: str, folder: Path) -> tuple[float, float]:
    """CPU seconds of a build from nothing, of all processes and of the one that publishes."""
    cleared(folder)
    (folder / NOTE).unlink(missing_ok=True)
    if way == "here":
        return measured((*VOICEGEN, "-j", str(WORKERS)), folder).cpu_s, 0.0
    spent = 0.0
    if way == "shards":
        for number in range(1, WORKERS + 1):
            shard = ("--shard", f"{number}/{WORKERS}", "-j", "1")
            spent += measured((*VOICEGEN, *shard), folder).cpu_s
    last = "publish" if way == "shards" else way
    spent += measured((sys.executable, __file__, "--one", last, str(folder)), folder).cpu_s
    return spent, float(json.loads((folder / NOTE).read_text()))


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", default="espeak")
    parser.add_argument("--formats", default="webvtt,timeline")
    parser.add_argument("--ways", default="here,processes,dask,shards")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return one(options.one[0], Path(options.one[1]))
    formats = json.dumps(options.formats.split(","))
    rows: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / str(times) for times in (1, 2)]
        for times, place in enumerate(places, 1):
            workload.write(times * options.pages, place / "content")
            settings = f'[voice]\nengine = "{options.engine}"\n[publications]\nformats = {formats}\n'
            (place / "voicegen.toml").write_text(settings)
        for _ in range(options.rounds):
            for way in options.ways.split(","):
                (few, few_own), (more, more_own) = (cost(way, place) for place in places)
                page = (more - few) / options.pages, (more_own - few_own) / options.pages
                rows.setdefault(way, []).append(page)
                print(f"{way}: {page[0]:.3f} s a page, {page[1]:.3f} s of it publishing", flush=True)
    facts = {
        way: {
            "page, cpu_s": statistics.median(a for a, _ in rows),
            "publishing, cpu_s": statistics.median(b for _, b in rows),
        }
        for way, rows in rows.items()
    }
    facts["run"] = {"pages": options.pages, "rounds": options.rounds, "load": os.getloadavg()[0]}
    print(json.dumps(facts, indent=1))
    if options.json:
        options.json.write_text(json.dumps(facts, indent=1) + "\n")
    return None


if __name__ == "__main__":
    main()
