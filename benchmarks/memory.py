#!/usr/bin/env python3
"""Peak memory of a build of one very long page, publication by publication.

    python benchmarks/memory.py [--hours N] [--engine NAME] [--alone] [--json FILE] [FORMAT]...

The page has parts with sections of paragraphs, lists and tables. Sections of one heading are spelled differently
but sound alike, so that they are spoken and encoded once, although every publication is of full length. It is
built once with every format, and then once with each FORMAT (all, if none is named) and what that is published
with, from the same memory of what was spoken. Given are megabytes (10^6) of the build's own process
and of the largest it started, and CPU seconds of all.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from measuring import circumstances  # noqa: E402 - the path comes first

from voicegen import config, extensions  # noqa: E402

BUILD = """
import json, resource, sys, time
from pathlib import Path
from voicegen.build import build
from voicegen.config import load
from voicegen.extensions import engines, formats
result = build(load(Path(sys.argv[1]), engines(), formats()), jobs=2)
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
(page,) = result.pages
print(json.dumps({
    "seconds": page.seconds, "chapters": page.chapters, "cpu": cpu,
    "errors": [str(error) for error in page.errors],
    "own": own.ru_maxrss * 1024, "other": others.ru_maxrss * 1024, "notices": result.notices,
}))
"""
HEADINGS = ("What it is", "Symptoms", "Treatment", "At home", "When to call")
BITS = 12
"""Sections of one heading differ in so many places, in which the same is said."""
SAMPLES = (8, 24)
"""Parts of pages that tell how many parts make so many hours: no two parts are of quite the same length."""


def section(heading: str, part: int) -> str:
    """A section with paragraphs, a list and a table: in another spelling for each part, so that it is no copy."""
    units = iter("mg" if part >> bit & 1 else "milligrams" for bit in range(BITS))
    doses = "".join(f"<p>Take 5 {unit} at noon, and keep the leg high as long as it hurts.</p>" for unit in units)
    items = "".join(f"<li>Take {dose} tablets with a glass of water</li>" for dose in (5, 10, 20, 40))
    rows = "".join(
        f"<tr><td>Day {day}</td><td>{day} tablets</td><td>walk a little</td></tr>" for day in range(2, 9)
    )
    table = f"<table><tr><th>When</th><th>How many</th><th>What else</th></tr>{rows}</table>"
    return f"<h3>{heading}</h3>\n{doses}\n<ul>{items}</ul>\n{table}\n"


def page(parts: int) -> str:
    """A page in HTML of so many parts."""
    body = "".join(
        f"<h2>Part {part}</h2><p>This is part {part} of {parts}.</p>"
        + "".join(section(heading, part) for heading in HEADINGS)
        for part in range(1, parts + 1)
    )
    return f"<!doctype html><html lang=en><title>Long page</title><main><h1>Long page</h1>{body}</main></html>"


def built(place: Path, engine: str, formats: list[str], parts: int) -> dict[str, object]:
    """What one build took."""
    names = json.dumps(formats)
    settings = f'[voice]\nengine = "{engine}"\n[publications]\naddress = "https://clinic.example/"\n'
    (place / "content").mkdir(parents=True, exist_ok=True)
    (place / "voicegen.toml").write_text(f"{settings}formats = {names}\n")
    (place / "content" / "long.html").write_text(page(parts))
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(place)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, object] = json.loads(done.stdout)
    if result["errors"]:
        sys.exit(f"{names}: {result['errors']}")
    return result


def say(name: str, facts: dict[str, object]) -> None:
    """Prints a row of the table."""
    own, other = (float(str(facts[key])) / 1e6 for key in ("own", "other"))
    print(f"{name:10} {own:6.0f} MB  largest other process {other:4.0f} MB  {facts['cpu']:6.0f} s", flush=True)


def main() -> None:
    """Builds and prints the table."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--hours", type=float, default=10)
    parser.add_argument("--engine", default="tone")
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--alone", action="store_true", help="not with every format together first")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    before = circumstances()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        short, long = (
            int(str(built(Path(folder) / str(n), options.engine, ["timeline"], n)["seconds"])) for n in SAMPLES
        )
        first, second = SAMPLES
        parts = first + round((options.hours * 3600 - short) * (second - first) / (long - short))
        facts = built(whole, options.engine, ["timeline"] if options.alone else ["all"], parts)
        print(f"{int(str(facts['seconds'])) / 3600:.2f} hours, {facts['chapters']} chapters; {facts['notices']}")
        rows = {"timeline" if options.alone else "all": facts}
        say(*next(iter(rows.items())))
        for name in options.formats or extensions.FORMATS:
            place = Path(folder) / name
            place.mkdir()
            shutil.copytree(whole / ".voicegen" / "store", place / ".voicegen" / "store", copy_function=os.link)
            wanted = list(dict.fromkeys((*config.BESIDE.get(name, ()), name)))
            rows[name] = built(place, options.engine, wanted, parts)
            say(name, rows[name])
            shutil.rmtree(place)
    if options.json:
        peaks = {name: max(float(str(row["own"])), float(str(row["other"]))) / 1e6 for name, row in rows.items()}
        hours = round(int(str(facts["seconds"])) / 3600, 1)
        options.json.write_text(json.dumps({**before, "hours": hours, "peak MB": peaks}, indent=1) + "\n")


if __name__ == "__main__":
    main()
