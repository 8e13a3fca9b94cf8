"""Word's tables: the grid that is shown, with merged cells, and the rows and columns that head it.

ECMA-376, part 1, sections 17.4.17 (gridSpan), 17.4.50 (tblHeader), 17.4.85 (vMerge); part 4, 14.4 (hMerge).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from voicegen.converting.word_runs import DELETED, HIDDEN
from voicegen.converting.word_styles import Styles, is_on, value

_MOST_COLUMNS = 63
"""As Word itself allows."""


@dataclass(slots=True)
class _Cell:
    source: Element
    column: int
    width: int
    goes_on: bool
    """Whether it is the lower part of the cell above it."""
    rows: int = 1


def table(
    source: Element, styles: Styles, read: Callable[[Element, Element], None], omit: Callable[[Element, str], None]
) -> Element:
    """The table in HTML. `read` puts a cell's blocks into an element; `omit` notes what is not shown, and why."""
    properties = source.find("w-tblPr")
    rows: list[tuple[Element, list[_Cell]]] = []
    for row in _rows(source):
        change = row.find("w-trPr")
        if change is not None and change.find("w-del") is not None:
            omit(row, DELETED)
            continue
        if is_on(change, "w-hidden"):
            omit(row, HIDDEN)
            continue
        rows.append((row, _cells(row, omit)))
    _merge([cells for _, cells in rows])
    first_row, first_column = _headed(properties, styles)
    heads = 0
    while heads < len(rows) and (is_on(rows[heads][0].find("w-trPr"), "w-tblHeader") or (first_row and not heads)):
        heads += 1
    heads = _whole_head([cells for _, cells in rows], heads)
    result = Element("table")
    for at, (_, cells) in enumerate(rows):
        is_head = at < heads
        if at in (0, heads):
            group = SubElement(result, "thead" if is_head else "tbody")
        line = SubElement(group, "tr")
        if cells and cells[0].column:  # the row begins further in, under a later head
            SubElement(line, "td", colspan=str(cells[0].column))
        for cell in cells:
            if not cell.goes_on:
                _put(cell, line, is_head, first_column and cell.column == 0, read)
    return result


def _put(
    cell: _Cell, line: Element, in_head: bool, heads_row: bool, read: Callable[[Element, Element], None]
) -> None:
    made = SubElement(line, "th" if in_head or heads_row else "td")
    if in_head or heads_row:
        made.set("scope", "col" if in_head else "row")
    if cell.width > 1:
        made.set("colspan", str(cell.width))
    if cell.rows > 1:
        made.set("rowspan", str(cell.rows))
    read(cell.source, made)


_GROUPS = {"w-sdt", "w-sdtContent", "w-customXml", "w-ins", "w-moveTo"}


def _rows(source: Element) -> Iterator[Element]:
    for child in source:
        if child.tag == "w-tr":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _cells(row: Element, omit: Callable[[Element, str], None]) -> list[_Cell]:
    column = _number(value(row.find("w-trPr"), "w-gridBefore"), 0)
    cells: list[_Cell] = []
    waiting = list(reversed(row))
    while waiting:
        child = waiting.pop()
        if child.tag in _GROUPS:
            waiting += reversed(child)
        if child.tag != "w-tc":
            continue
        properties = child.find("w-tcPr")
        if properties is not None and properties.find("w-cellDel") is not None:
            omit(child, DELETED)
            continue
        width = max(1, _number(value(properties, "w-gridSpan"), 1))
        if cells and _goes_on(properties, "w-hMerge") and not _has_text(child):
            cells[-1].width += width
        else:
            cells.append(_Cell(child, column, width, _goes_on(properties, "w-vMerge")))
        column += width
    return cells


def _goes_on(properties: Element | None, merge: str) -> bool:
    """Whether a merged cell goes on in this one."""
    found = properties.find(merge) if properties is not None else None
    return found is not None and found.get("w-val", "continue") == "continue"


def _merge(rows: list[list[_Cell]]) -> None:
    """Counts the rows that each cell reaches over; the lower part of nothing is a cell of its own."""
    above: dict[int, _Cell] = {}
    for cells in rows:
        here: dict[int, _Cell] = {}
        for cell in cells:
            upper = above.get(cell.column)
            if cell.goes_on and upper is not None and upper.width == cell.width and not _has_text(cell.source):
                upper.rows += 1
                here[cell.column] = upper
            else:
                cell.goes_on = False
                here[cell.column] = cell
        above = here


def _whole_head(rows: list[list[_Cell]], heads: int) -> int:
    """How many rows head the table: with those that their cells reach into, since no cell reaches out of a head.

    Where that would be all rows, the cells are cut where the head ends: else what stands below would move a column
    to the left.
    """
    whole, at = heads, 0
    while at < whole:
        whole = max([whole, *(at + cell.rows for cell in rows[at] if not cell.goes_on)])
        at += 1
    if whole < len(rows):
        return whole
    for at, cells in enumerate(rows[:heads]):
        for cell in cells:
            if not cell.goes_on and at + cell.rows > heads:
                _cut(cell, rows[heads], at + cell.rows - heads)
                cell.rows = heads - at
    return heads


def _cut(upper: _Cell, row: list[_Cell], left: int) -> None:
    for cell in row:
        if cell.goes_on and cell.column == upper.column:
            cell.goes_on, cell.rows = False, left


_SHOWING = {"w-sym", "w16se-symEx", "w-drawing", "w-pict", "w-object", "w-noBreakHyphen"}
"""What is seen in a cell although it is no letter."""


def _has_text(cell: Element) -> bool:
    return any(
        part.tag in _SHOWING or (part.tag in ("w-t", "m-t") and (part.text or "").strip()) for part in cell.iter()
    )


def _headed(properties: Element | None, styles: Styles) -> tuple[bool, bool]:
    """Whether the table's style sets its first row and its first column apart, and the table lets it."""
    look = properties.find("w-tblLook") if properties is not None else None
    if look is None:
        return False, False
    bits = look.get("w-val", "0")
    mask = int(bits, 16) if len(bits) <= 8 and all(sign in "0123456789abcdefABCDEF" for sign in bits) else 0
    on = {"1", "true", "on"}
    row = look.get("w-firstRow", "1" if mask & 0x20 else "0") in on
    column = look.get("w-firstColumn", "1" if mask & 0x80 else "0") in on
    return row and styles.is_headed(properties, "firstRow"), column and styles.is_headed(properties, "firstCol")


def _number(text: str, otherwise: int) -> int:
    return min(int(text), _MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
