#!/usr/bin/env python3
"""The tables of benchmarks/README.md and docs/why/codecs.md, from the figures in `results/`, and the plots.

    python benchmarks/report.py [--write]

Prints the tables, or writes them between their marks. No figure of theirs is written by hand: a test compares the
documents with what this program makes of `results/*.json`. A figure that is not there is told as not measured.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plots
from cost_model import filled

HERE = Path(__file__).parent
RESULTS = HERE / "results"
README = HERE / "README.md"
CODECS = HERE.parent / "docs" / "why" / "codecs.md"
MISSING = "not measured"
Results = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Figure:
    """A row of the first table."""

    about: str
    limit: float
    """The most that is wanted; the least, where `least`."""
    value: Callable[[Results], float]
    """Raises KeyError where it has not been measured."""
    unit: str = " ×"
    least: bool = False

    def row(self, results: Results) -> str:
        """The row, with whether what is wanted is reached."""
        wanted = f"{'at least' if self.least else 'at most'} {self.limit:g}{self.unit}"
        try:
            value = self.value(results)
        except KeyError:
            return f"| {self.about} | {wanted} | {MISSING} | |"
        reached = value >= self.limit if self.least else value <= self.limit
        shown = told(value) if reached or told(value) != told(self.limit) else f"{value:.5g}"
        return f"| {self.about} | {wanted} | {shown}{self.unit} | {'yes' if reached else '**no**'} |"


def told(value: float) -> str:
    """A figure with three digits that count, or whole."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


FIGURES = (
    Figure(
        "10 pages from nothing, MP3, captions, transcript: CPU beside the floor",
        1.2,
        lambda the: the["mp3"]["mp3"]["cold / floor"],
    ),
    Figure("100 pages, the same", 1.2, lambda the: the["growth"]["growth"]["cold / floor, more"]),
    Figure(
        "10 pages, all default publications: CPU beside their own floor",
        1.2,
        lambda the: the["default"]["default"]["cold / floor"],
    ),
    *(
        Figure(
            f"{title} beside the MP3 that is there already, as a part of the cold build",
            3,
            lambda the, name=name: 100 * the["further"]["further"][name],
            " %",
        )
        for name, title in {
            "epub": "EPUB",
            "daisy202": "DAISY 2.02",
            "daisy3": "DAISY 3",
            "audiobook": "Audiobook",
        }.items()
    ),
    Figure(
        "two cores beside one, by the clock",
        1.85,
        lambda the: the["mp3"]["mp3"].get(
            "one core / two cores, wall", the["mp3"]["mp3"]["one job / two jobs, wall"]
        ),
        least=True,
    ),
    Figure("CPU of 100 pages beside that of 10", 10.5, lambda the: the["growth"]["growth"]["more / few"]),
    Figure(
        "nothing changed, 1,000 pages with all default publications: CPU beside `import click`",
        3,
        lambda the: the["many"]["many 1000"]["nothing / click"],
    ),
    Figure(
        "nothing changed, 100,000 small pages: CPU",
        10,
        lambda the: max(one["cpu_s"] for one in the["simulation"]["100000 again"]["nothing"]),
        " s",
    ),
    Figure(
        "one sentence changed in one of 10 pages, MP3: part of the cold build",
        3,
        lambda the: 100 * the["mp3"]["mp3"]["sentence / cold"],
        " %",
    ),
    Figure(
        "the same, all default publications",
        3,
        lambda the: 100 * the["default"]["default"]["sentence / cold"],
        " %",
    ),
    Figure(
        "one sentence changed in one of 1,000 pages: CPU beside one in 10 and a scan of 1,000",
        1,
        lambda the: (
            the["many"]["many 1000"]["sentence, cpu_s"]
            / (the["default"]["default"]["cpu_s"]["sentence"] + the["many"]["many 1000"]["cpu_s"])
        ),
    ),
    Figure("largest process, 1 page", 150, lambda the: the["growth"]["growth"]["peak MB, 1"], " MB"),
    Figure("largest process, 100 pages", 150, lambda the: the["growth"]["growth"]["peak MB, 100"], " MB"),
    Figure(
        "largest process, 10 pages, all default publications",
        150,
        lambda the: the["default"]["default"]["peak MB"],
        " MB",
    ),
    Figure(
        "largest process, a document of 10 hours, MP3", 150, lambda the: the["memory"]["peak MB"]["mp3"], " MB"
    ),
)


def figures(results: Results) -> str:
    """What was wanted and what was measured, and where."""
    head = ["| figure | wanted | measured | reached |", "|---|---|---|---|"]
    steps = ("mp3", "default", "growth", "further", "many", "simulation", "memory")
    rows = (figure.row(results) for figure in FIGURES)
    return "\n".join([*head, *rows, "", *second_core(results), *circumstances(results, steps)])


def second_core(results: Results) -> Iterator[str]:
    """What the machine's second core gives at most, beside which a build's gain is to be seen."""
    with suppress(KeyError):
        gain = results["mp3"]["mp3"]["two floors in turn / at once, wall"]
        yield f"Two floors at once gain {told(gain)} × from this machine's second core; no build can gain more."
        yield ""


def seconds(results: Results) -> str:
    """The seconds behind the ratios of the first table."""
    lines = ["| CPU seconds | 10 pages, MP3 | 10 pages, all default publications |", "|---|---|---|"]
    names = {
        "floor": "floor",
        "cold": "from nothing",
        "nothing": "nothing changed",
        "sentence": "one sentence changed",
        "click": "`import click`",
    }
    for key, name in names.items():
        cells = (results.get(step, {}).get(step, {}).get("cpu_s", {}).get(key) for step in ("mp3", "default"))
        lines.append(f"| {name} | {' | '.join(MISSING if cell is None else told(cell) for cell in cells)} |")
    return "\n".join(lines)


def circumstances(results: Results, steps: tuple[str, ...]) -> Iterator[str]:
    """When, where, and how much else the machine did, for each step."""
    for step in steps:
        if facts := results.get(step):
            yield (
                f"- `results/{step}.json`: {facts['measured']}, {facts['cores']} cores "
                f"({facts['processor'] or facts['machine']}), {facts['memory, GiB']} GiB, "
                f"Python {facts['python']}, load before it {facts['load']:.1f}"
            )


def peers(results: Results) -> str:
    """CPU seconds of each way in each state, the least first, and who is ahead of whom."""
    if "peers" not in results:
        return f"{MISSING.capitalize()}."
    facts = results["peers"]
    lines = [
        "| | from nothing | for each minute of sound | nothing changed | one sentence changed |",
        "|---|---|---|---|---|",
    ]
    for name, row in sorted(facts["cpu_s"].items(), key=lambda one: float(one[1]["cold"])):
        minutes = facts["made"][name]["minutes"]
        cells = (row["cold"], row["cold"] / minutes, row["nothing changed"], row["one sentence changed"])
        lines.append(f"| {name} | {' | '.join(f'{cell:.2f}' for cell in cells)} |")
    count = f"CPU seconds, {facts['pages']} page{'s' * (facts['pages'] > 1)}, "
    count += f"{facts['rounds']} round{'s' * (facts['rounds'] > 1)}."
    return "\n".join([*lines, "", count, "", *places(facts), "", *circumstances(results, ("peers",))])


def places(facts: dict[str, Any]) -> Iterator[str]:
    """Which ways cost less than voicegen's, by state and by what voicegen makes: a list in Markdown."""
    costs = facts["cpu_s"]
    stale = [name for name, found in facts["made"].items() if not found["the changed sentence is in it"]]
    for ours in (name for name in costs if name.startswith("voicegen")):
        for state, words in plots.WORDS.items():
            less = sorted((row[state], name) for name, row in costs.items() if row[state] < costs[ours][state])
            names = [
                f"{name} (which gives the old recording)"
                if state == "one sentence changed" and name in stale
                else name
                for _, name in less
                if not name.startswith("voicegen")
            ]
            yield f"- {ours}, {words}: {'**behind ' + ', '.join(names) + '**' if names else 'ahead of all others'}"


def made(results: Results) -> str:
    """What each way's recordings hold."""
    if "peers" not in results:
        return f"{MISSING.capitalize()}."
    keys = {
        "minutes": "minutes of sound",
        "spoken, least share of a page": "spoken of a page, at least",
        "chapters of the first page": "chapters in the first page's file",
        "MB": "MB",
        "the changed sentence is in it": "the changed page is another recording",
    }
    lines = [f"| | {' | '.join(keys.values())} |", f"|---|{'---|' * len(keys)}"]
    for name, facts in results["peers"]["made"].items():
        share = f"{100 * facts['spoken, least share of a page']:.0f} %"
        cells = (
            facts["minutes"],
            share,
            facts["chapters of the first page"],
            facts["MB"],
            "yes" if facts["the changed sentence is in it"] else "**no**",
        )
        lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def codecs(results: Results) -> str:
    """Distance, size and cost of each codec's settings; bold is what a build uses."""
    if "codecs" not in results:
        return f"{MISSING.capitalize()}."
    lines = [
        "| codec | setting | kB a minute | distance, dB | worst twentieth, dB | CPU seconds |",
        "|---|---|---|---|---|---|",
    ]
    rows = results["codecs"]["rows"]
    for codec in dict.fromkeys(row["codec"] for row in rows):
        for row in (row for row in rows if row["codec"] == codec):
            distances = (f"{row[key]:.2f}" for key in ("distance, dB", "worst twentieth, dB"))
            cells = [codec, row["setting"], f"{row['kB a minute']:.0f}", *distances, f"{row['CPU s']:.2f}"]
            lines.append(f"| {' | '.join(f'**{cell}**' if row['used'] else cell for cell in cells)} |")
    return "\n".join([*lines, "", *circumstances(results, ("codecs",))])


def read(folder: Path = RESULTS) -> Results:
    """All figures that were measured, by the name of the step."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def written(results: Results) -> dict[Path, str]:
    """The documents as they have to be."""
    readme = {part.__name__: part(results) for part in (figures, seconds, peers, made)}
    return {
        README: filled(README.read_text("utf-8"), readme, "report"),
        CODECS: filled(CODECS.read_text("utf-8"), {"codecs": codecs(results)}, "report"),
    }


def main() -> None:
    """Prints or writes."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    results = read()
    if not options.write:
        print("\n\n".join(part(results) for part in (figures, seconds, peers, made, codecs)))
        return
    for path, text in written(results).items():
        path.write_text(text, "utf-8")
    if "peers" in results:
        plots.draw(results["peers"], HERE)


if __name__ == "__main__":
    main()
