"""A table in columns, where each of its cells fits on one row (Braille Formats, section 11)."""

from __future__ import annotations

from collections.abc import Sequence

from voicegen.formats._braille_rows import BLANK, KEEP, Row
from voicegen.formats._braille_text import Writer
from voicegen.model.document import Cell, Paragraph, Table

BETWEEN = 2
"""Blank cells between two columns."""
RULE_START, RULE, RULE_END = "⠐", "⠒", "⠂"
"""The line under a column's head."""
GUIDE = "⠐"
"""Dot 5, from the end of a short entry to the next column."""
EMPTY = "⠤⠤"
"""Stands for a cell without words."""


def columns(table: Table, writer: Writer, width: int) -> list[Row]:
    """The table's rows; empty where it does not fit, or has cells over several places, or lists in cells."""
    if not table.rows or not all(_is_simple(cell) for row in table.rows for cell in row):
        return []
    count = len(table.rows[0])
    if any(len(row) != count for row in table.rows) or not count:
        return []
    cells = [[_cells(cell, writer) for cell in row] for row in table.rows]
    widths = [max(len(row[at]) for row in cells) for at in range(count)]
    if sum(widths) + BETWEEN * (count - 1) > width:
        return []
    heads = 0
    while heads < len(table.rows) and all(cell.header == "column" for cell in table.rows[heads]):
        heads += 1
    above = [_row(row, widths, "") for row in cells[:heads]]
    if above:
        above.append(_row([_rule(length) for length in widths], widths, ""))
    made = [Row(row, with_next=True) for row in above]
    return made + [Row(_row(row, widths, GUIDE), above=tuple(above)) for row in cells[heads:]]


def _is_simple(cell: Cell) -> bool:
    words = len(cell.blocks) <= 1 and all(isinstance(block, Paragraph) for block in cell.blocks)
    return words and cell.colspan == cell.rowspan == 1


def _cells(cell: Cell, writer: Writer) -> str:
    words = [writer.text(block.text) for block in cell.blocks if isinstance(block, Paragraph)]
    return "".join(words).replace(KEEP, BLANK) or EMPTY


def _rule(length: int) -> str:
    return RULE_START + RULE * (length - 2) + RULE_END if length > 2 else RULE * length


def _row(cells: Sequence[str], widths: Sequence[int], guide: str) -> str:
    """One row; short entries are followed by `guide` up to the next column."""
    parts = []
    for at, (entry, length) in enumerate(zip(cells, widths, strict=True)):
        last = at == len(cells) - 1
        gap = length + BETWEEN - len(entry)
        filled = BLANK + guide * (gap - 2) + BLANK if guide and gap > 3 else BLANK * gap
        parts.append(entry if last else entry + filled)
    return "".join(parts).rstrip(BLANK)
