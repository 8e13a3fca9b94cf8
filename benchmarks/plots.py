#!/usr/bin/env python3
"""Draws the bars of benchmarks/README.md from what beside_peers.py measured.

python benchmarks/plots.py FIGURES.json FOLDER
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

WIDTH, LEFT, ROW, TOP = 720, 270, 26, 40


def bars(title: str, figures: dict[str, float], unit: str) -> bytes:
    """An SVG with a bar for each figure, the smallest first, and the same figures as its description."""
    height = TOP + ROW * len(figures) + 10
    ordered = sorted(figures.items(), key=lambda one: one[1])
    box = f"0 0 {WIDTH} {height}"
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=box, role="img")
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "desc").text = "; ".join(f"{name}: {figure:.2f} {unit}" for name, figure in ordered)
    ET.SubElement(root, "rect", width=str(WIDTH), height=str(height), fill="#ffffff")
    style = {"font-family": "sans-serif", "font-size": "13", "fill": "#111111"}
    ET.SubElement(root, "text", {**style, "x": "10", "y": "24", "font-size": "16"}).text = title
    most = max(figures.values()) or 1.0
    for number, (name, figure) in enumerate(ordered):
        y = TOP + ROW * number
        colour = "#14534b" if name.startswith("voicegen") else "#8a8f98"
        ET.SubElement(
            root, "text", {**style, "x": str(LEFT - 8), "y": str(y + 16), "text-anchor": "end"}
        ).text = name
        width = max(1.0, (WIDTH - LEFT - 90) * figure / most)
        ET.SubElement(root, "rect", x=str(LEFT), y=str(y + 3), width=f"{width:.1f}", height="18", fill=colour)
        place = {**style, "x": f"{LEFT + width + 6:.1f}", "y": str(y + 16)}
        ET.SubElement(root, "text", place).text = f"{figure:.2f} {unit}"
    ET.indent(root)
    return ET.tostring(root) + b"\n"


def main() -> None:
    """Draws a picture for each state."""
    facts = json.loads(Path(sys.argv[1]).read_text())
    for state in ("cold", "nothing changed", "one sentence changed"):
        figures = {name: row[state] for name, row in facts["cpu_s"].items() if state in row}
        title = f"{facts['pages']} pages, {state}: CPU seconds"
        path = Path(sys.argv[2]) / f"peers-{state.replace(' ', '-')}.svg"
        path.write_bytes(bars(title, figures, "s"))


if __name__ == "__main__":
    main()
