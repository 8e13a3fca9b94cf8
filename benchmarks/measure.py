#!/usr/bin/env python3
"""Measures all that the report tells of one machine, and writes it: about 45 minutes with nothing else running.

    python benchmarks/measure.py [--only NAME,...] [--list]

Each step is a command of its own, which leaves its figures in `results/NAME.json`; the report is written anew
after each (`report.py`), so that what is measured stays measured where the run is stopped. The steps stand in the
order of their weight. A step that fails is told at the end, and does not stop the others.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "results"
STEPS: dict[str, str] = {
    "mp3": "one_machine.py --sets mp3 --pages 10 --rounds 3",
    "default": "one_machine.py --sets default --pages 10 --rounds 2",
    "growth": "one_machine.py --sets= --pages 10 --rounds 1 --grow 100",
    "many": "one_machine.py --sets= --many 1000",
    "further": "one_machine.py --sets= --pages 10 --rounds 5 --further",
    "peers": "beside_peers.py --pages 10 --rounds 1",
    "memory": "memory.py --hours 10 --alone mp3",
    "codecs": "codec_quality.py",
    "simulation": "simulation.py simulated --pages 1000 --pages 10000 --pages 30000 --pages 100000 --unverified",
}
"""By the name of its file of figures: the program and its options."""
LONG = {"simulation"}
"""What is only run when it is named: it takes two hours and 50 GB, in a folder of that name."""


def command(name: str) -> list[str]:
    """What is run for a step."""
    program, *options = STEPS[name].split()
    return [sys.executable, str(HERE / program), *options, "--json", str(RESULTS / f"{name}.json")]


def main() -> None:
    """Runs the steps; exit code 1 where one of them failed."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--only", default=",".join(name for name in STEPS if name not in LONG))
    parser.add_argument("--list", action="store_true", help="tells the commands and runs none")
    options = parser.parse_args()
    names = options.only.split(",")
    if unknown := [name for name in names if name not in STEPS]:
        parser.error(f"no steps of these names: {', '.join(unknown)}; there are {', '.join(STEPS)}")
    if options.list:
        print(
            "\n".join(f"python benchmarks/{STEPS[name]} --json benchmarks/results/{name}.json" for name in names)
        )
        return
    RESULTS.mkdir(exist_ok=True)
    failed = []
    for name in names:
        print(f"{time.strftime('%H:%M:%S')} {name}: python benchmarks/{STEPS[name]}", flush=True)
        if subprocess.run(command(name)).returncode:
            failed.append(name)
        subprocess.run([sys.executable, str(HERE / "report.py"), "--write"], check=True)
    print(f"{time.strftime('%H:%M:%S')} the end")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}; again: python benchmarks/measure.py --only {','.join(failed)}")


if __name__ == "__main__":
    main()
