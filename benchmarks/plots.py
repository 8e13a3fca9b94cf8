#!/usr/bin/env python3
"""Draws the bars of benchmarks/README.md from what beside_peers.py measured.

    python benchmarks/plots.py [FIGURES.json] [FOLDER]

`report.py --write` does so too. Bars are told apart by words and by the darkness of their fill, not by colour
alone; each picture has the figures as its description, and the README has them as a table beside it.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

WIDTH, LEFT, ROW, TOP = 760, 300, 26, 44
PAPER, INK = "#ffffff", "#111111"
OURS, OTHERS = "#0b4a42", "#767b84"
"""Fills: contrast with the paper 10.1 and 4.3 to 1, with each other 2.4 to 1; WCAG 2.2 (1.4.11) asks for 3 beside
what lies next to them, which is the paper."""
WORDS = {"cold": "from nothing", **{state: state for state in ("nothing changed", "one sentence changed")}}
"""What is said of each state."""


def bars(title: str, figures: dict[str, float], unit: str) -> bytes:
    """An SVG with a bar for each figure, the smallest first, and the same figures as its description."""
    height = TOP + ROW * len(figures) + 10
    ordered = sorted(figures.items(), key=lambda one: one[1])
    names = {"role": "img", "aria-labelledby": "title", "aria-describedby": "desc", "lang": "en"}
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", attrib=names)
    ET.SubElement(root, "title", id="title").text = title
    said = "; ".join(f"{name}: {figure:.2f} {unit}" for name, figure in ordered)
    ET.SubElement(root, "desc", id="desc").text = f"Bars, the shortest first. {said}."
    ET.SubElement(root, "rect", width=str(WIDTH), height=str(height), fill=PAPER)
    style = {"font-family": "sans-serif", "font-size": "14", "fill": INK}
    ET.SubElement(root, "text", {**style, "x": "10", "y": "26", "font-size": "17"}).text = title
    most = max(figures.values()) or 1.0
    for number, (name, figure) in enumerate(ordered):
        y = TOP + ROW * number
        ours = name.startswith("voicegen")
        weight = {"font-weight": "bold"} if ours else {}
        label = {**style, **weight, "x": str(LEFT - 8), "y": str(y + 17), "text-anchor": "end"}
        ET.SubElement(root, "text", label).text = name
        width = max(1.0, (WIDTH - LEFT - 90) * figure / most)
        fill = OURS if ours else OTHERS
        ET.SubElement(root, "rect", x=str(LEFT), y=str(y + 3), width=f"{width:.1f}", height="19", fill=fill)
        place = {**style, **weight, "x": f"{LEFT + width + 6:.1f}", "y": str(y + 17)}
        ET.SubElement(root, "text", place).text = f"{figure:.2f} {unit}"
    ET.indent(root)
    return ET.tostring(root) + b"\n"


def draw(facts: dict[str, Any], folder: Path) -> None:
    """Writes a picture for each state."""
    for state, words in WORDS.items():
        figures = {name: row[state] for name, row in facts["cpu_s"].items()}
        path = folder / f"peers-{state.replace(' ', '-')}.svg"
        path.write_bytes(
            bars(
                f"{facts['pages']} page{'s' * (facts['pages'] > 1)}, {words}: CPU seconds, less is better",
                figures,
                "s",
            )
        )


if __name__ == "__main__":
    HERE = Path(__file__).parent
    given = [Path(word) for word in sys.argv[1:]]
    figures_, folder_ = (*given, *(HERE / "results" / "peers.json", HERE)[len(given) :])
    draw(json.loads(figures_.read_text("utf-8")), folder_)
