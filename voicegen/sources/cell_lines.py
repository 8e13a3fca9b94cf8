"""Rows of a table that hold several: "Alpha" and "Beta" in two lines of one cell, "1 mg" and "2 mg" beside them.

Danger: in "Alpha Beta, 1 milligram 2 milligrams" a listener hears one name and one dose. Its lines are said one by
one, and staff are told, who can make a row of each.
"""

from __future__ import annotations

from collections.abc import Sequence

from bs4.element import PageElement, Tag

from voicegen.sources.lists import has_content
from voicegen.speech.patterns import lazy

_MEASURE = lazy(r"[<>≤≥~]?[ \u00a0]?\d[\d.,/–-]{0,9}[ \u00a0]?([^\W\d_]{1,15}|%)")
_NAME = lazy(r"[^\W\d_a-zà-ÿ][^:;,.]{1,50}\Z")
"""What begins with a capital and goes on in no other line."""
_MOST_LINES = 20

_Line = list[PageElement]


def holds_rows(cells: Sequence[Tag]) -> bool:
    """Whether names and amounts of one unit stand line by line in the cells of a row."""
    if len(cells) < 2:
        return False
    names, *others = [list(map(_words, _lines(cell))) for cell in cells]
    if not 1 < len(names) <= _MOST_LINES or not all(map(_NAME.match, names)):
        return False
    return any(len(one) == len(names) and _is_of_one_unit(one) for one in others)


def part_lines(cells: Sequence[Tag]) -> None:
    """Parts the lines of each cell as paragraphs are parted."""
    for mark in [mark for cell in cells for mark in cell.find_all("br")]:
        mark.insert_before(Tag(name="br", sourceline=mark.sourceline))


def _words(line: _Line) -> str:
    return " ".join("".join(node.get_text() for node in line).split())


def _is_of_one_unit(lines: Sequence[str]) -> bool:
    """Whether each line begins with an amount, all of the same unit: "1 tablet" and "2 times" tell of one."""
    units = [found[1] if (found := _MEASURE.match(line)) else "" for line in lines]
    return len(units) > 1 and units[0] != "" and len(set(units)) == 1


def _lines(cell: Tag) -> list[_Line]:
    """What stands in each line of a cell; those that `br` parts, or its paragraphs."""
    box = cell
    while len(inner := [node for node in box.children if has_content(node)]) == 1:
        if not isinstance(inner[0], Tag) or inner[0].name not in ("p", "div"):
            break
        box = inner[0]
    if len(inner) > 1 and all(isinstance(node, Tag) and node.name in ("p", "div") for node in inner):
        return [] if cell.find(("br", "table", "ul", "ol", "dl")) is not None else [[node] for node in inner]
    if any(isinstance(node, Tag) and node.find("br") is not None for node in inner):
        return [[box]]
    lines: list[_Line] = [[]]
    for node in box.children:
        if isinstance(node, Tag) and node.name == "br":
            lines.append([])
        else:
            lines[-1].append(node)
    return [line for line in lines if any(map(has_content, line))]
