"""Tables: those of data with their header cells and spans, and those that only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Literal

from bs4.element import PageElement, Tag

from voicegen import cascade
from voicegen.model.document import Block, Cell, Paragraph, Run, Table, Text, texts
from voicegen.sources.elements import attribute
from voicegen.sources.phrases import DOSE

_LONG_CELL = 200
"""Characters: cells of data are shorter; longer ones are columns of a layout."""
_MOST_COLUMNS = 1000
_MOST_ROWS = 65534
"""Limits of spans in WHATWG HTML, section 4.9.11."""
MOST_PLACES = 200_000
"""Places of a grid: what spans several rows is said in each, so that a small page could ask for days of sound."""

Reader = Callable[[Tag], tuple[Block, ...]]


_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
_NUMBER = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")
"""What HTML reads of a number, whatever stands behind it: "2px" is 2 (WHATWG HTML, section 2.3.4.2)."""


def rows_of(table: Tag) -> list[list[Tag]]:
    """The cells of the table's own rows, not those of tables inside it; rows without cells are passed over."""
    return [row for group in _groups(table) for row in group if row]


def _groups(table: Tag) -> list[list[list[Tag]]]:
    """The cells of each row of each group of rows (`thead`, `tbody`, `tfoot`); empty rows count for spans."""
    groups: list[list[list[Tag]]] = [[]]
    for child in table.children:
        if isinstance(child, Tag) and child.name in _GROUPS:
            groups += [[_cells(row) for row in child.children if isinstance(row, Tag) and row.name == "tr"], []]
        elif isinstance(child, Tag) and child.name == "tr":
            groups[-1].append(_cells(child))
    return groups


def _rows_reached(table: Tag) -> dict[int, int]:
    """How many rows with cells each cell reaches over, by `id(cell)`: never into another group of rows.

    Danger: one row too many, and the doses of the next stand under the wrong headers.
    Source: WHATWG HTML, section 4.9.12 (a span of 0 reaches to the end of its group).
    """
    reached = {}
    for group in _groups(table):
        filled = list(accumulate((bool(row) for row in group), initial=0))
        for at, row in enumerate(group):
            for cell in row:
                span = _span(cell, "rowspan", _MOST_ROWS)
                end = min(at + span, len(group)) if span else len(group)
                reached[id(cell)] = filled[end] - filled[at]
    return reached


def _own_children(table: Tag) -> Iterator[PageElement]:
    for child in table.children:
        if isinstance(child, Tag) and child.name in _GROUPS:
            yield from child.children
        else:
            yield child


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.children if isinstance(cell, Tag) and cell.name in _CELLS]


def layout_cells(table: Tag) -> Iterator[PageElement]:
    """What a layout table holds, to read one after the other: its cells, row by row."""
    for child in _own_children(table):
        if isinstance(child, Tag) and child.name == "tr":
            yield from child.children
        else:
            yield child


def loose_nodes(table: Tag) -> Iterator[PageElement]:
    """What stands in a table of data outside of its caption and cells."""
    for child in layout_cells(table):
        if not (isinstance(child, Tag) and child.name in (*_CELLS, "caption", "colgroup", "col")):
            yield child


def is_data(table: Tag) -> bool:
    """Whether the table is one of data: it says so, or its cells are many and short."""
    role = attribute(table, "role")
    if role in ("presentation", "none"):
        return False
    if role in ("table", "grid") or table.find("caption", recursive=False) is not None:
        return True
    rows = rows_of(table)
    cells = [cell for row in rows for cell in row]
    if table.find(("table", "form", "h1", "h2")) is not None:
        return False
    if any(cell.name == "th" for cell in cells) and len(cells) > 1:
        return True
    filled = [row for row in rows if sum(bool(cell.get_text().strip()) for cell in row) > 1]
    return len(filled) >= 2 and all(len(cell.get_text()) <= _LONG_CELL for cell in cells)


def table_of(table: Tag, read: Reader, caption: Text | None) -> Table:
    """The table as data. `read` gives the blocks of a cell."""
    rows = rows_of(table)
    heads = _header_rows(table, rows)
    reached = _rows_reached(table)
    result = []
    for index, row in enumerate(rows):
        cells = [
            _cell(cell, position, len(row), index in heads, reached[id(cell)], read)
            for position, cell in enumerate(row)
        ]
        if heads and index not in heads:
            cells[1:] = [_ticked(cell) for cell in cells[1:]]
        result.append(tuple(cells))
    if not heads:
        result = _with_ticks(result)
    return Table(_with_dittos(result), caption)


def places(table: Table) -> int:
    """How many places of the grid its cells take."""
    return sum(cell.colspan * cell.rowspan for row in table.rows for cell in row)


def _with_dittos(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows, with a cell that only repeats the one above it by a mark (″) as one cell over both rows.

    Danger: the mark has no letter, so that the cell would be said to be empty.
    """
    regular = len({len(row) for row in rows}) == 1 and all(
        cell.colspan == cell.rowspan == 1 for row in rows for cell in row
    )
    whole_rows = any(all(map(_is_ditto, row)) for row in rows)
    if not regular or whole_rows or not any(_is_ditto(cell) for row in rows for cell in row):
        return tuple(rows)
    made = [list(row) for row in rows]
    for column in range(len(rows[0])):
        top = 0
        for index in range(1, len(rows)):
            if _is_ditto(rows[index][column]) and not rows[top][column].header and rows[top][column].blocks:
                above = made[top][column]
                made[top][column] = replace(above, rowspan=above.rowspan + 1)
                made[index][column] = replace(rows[index][column], rowspan=0)
            else:
                top = index
    return tuple(tuple(cell for cell in row if cell.rowspan) for row in made)


def _with_ticks(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The rows of a table without headers, with the dots of each column that holds nothing else as ticks."""
    if len({len(row) for row in rows}) != 1:
        return rows
    columns = [
        [_ticked(cell) for cell in column]
        if at and all(cell != _ticked(cell) or not any(texts(cell.blocks)) for cell in column)
        else list(column)
        for at, column in enumerate(zip(*rows, strict=True))
    ]
    return list(zip(*columns, strict=True))


def _ticked(cell: Cell) -> Cell:
    """The cell with a dot that stands alone in it under a header as a tick, which is what it says.

    Danger: the dot has no letter, so that the cell would be said to be empty, which is the contrary.
    """
    words = "".join(text.plain for text in texts(cell.blocks)).strip()
    return replace(cell, blocks=(Paragraph(Text((Run("✓"),))),)) if words in ("●", "•", "⬤", "⚫") else cell


def _is_ditto(cell: Cell) -> bool:
    words = "".join(text.plain for text in texts(cell.blocks)).strip()
    return words in ('"', "″", "〃", "''", "”", "“", "„", ",,", "′′", "ditto", "Ditto")


def _header_rows(table: Tag, rows: list[list[Tag]]) -> set[int]:
    """The rows that head the columns: those of `thead`, and a first row that names them."""
    heads = {index for index, row in enumerate(rows) if row[0].find_parent(("thead", "table")) is not table}
    if len(rows) > 1 and _names_columns(rows[0], rows[1]):
        heads.add(0)
        heads |= _more_headers(rows)
    return heads | _later_headers(rows) if heads else heads


def _names_columns(row: list[Tag], below: list[Tag]) -> bool:
    """Whether a first row names the columns: it holds nothing but `th` or bold cells, or so but for its corner.

    Danger: under `<td></td><th>Morning</th><th>Night</th>` a row "Beta, (nothing), 2 mg" is heard as "Beta, 2 mg",
    and taken in the morning. The corner may be empty, or plain where what follows are header cells.
    """
    corner, *others = row
    named = [cell for cell in others if cell.get_text().strip()]
    if not named or not all(map(_is_header, named)):
        return all(map(_is_header, row))
    plain_corner = len(named) > 1 and named[0].name == "th" and not all(map(_is_header, below[1:]))
    return not corner.get_text().strip() or _is_header(corner) or plain_corner


def _is_header(cell: Tag) -> bool:
    return cell.name == "th" or _is_bold(cell)


def _more_headers(rows: list[list[Tag]]) -> set[int]:
    """The rows right below the first that name columns too: two or more header cells, and nothing else.

    A header cell alone in its row is the name of a group of rows.
    """
    for index, row in enumerate(rows[1:], 1):
        named = [cell for cell in row if cell.name == "th" and cell.get_text().strip()]
        if len(named) < 2 or any(cell.name != "th" and cell.get_text().strip() for cell in row):
            return set(range(1, index))
    return set()


def _later_headers(rows: list[list[Tag]]) -> set[int]:
    """The rows further down that name the columns anew for the rows of data below them.

    Danger: "Dose in ml" would be read as a dose in mg, and all doses below it too. A row of header cells does so
    (WHATWG HTML, section 4.9.12.2), and a bold one that begins as the first row does; a row with a dose does not.
    """
    first = rows[0][0].get_text().strip().casefold()
    found: set[int] = set()
    below_is_data = False
    for index in range(len(rows) - 1, 0, -1):
        row = rows[index]
        named = [cell for cell in row if cell.get_text().strip()]
        are_headers = all(cell.name == "th" for cell in named)
        again = row[0].get_text().strip().casefold() == first and all(map(_is_bold, named))
        if len(named) > 1 and (are_headers or again) and not any(DOSE.search(cell.get_text()) for cell in named):
            found |= {index} if below_is_data else set()
        elif named:
            below_is_data = True
    return found


def _is_bold(cell: Tag) -> bool:
    text = cell.get_text().strip()
    if not text:
        return False
    around = (cell, cell.parent) if cell.parent is not None else (cell,)
    if any(map(_weighs, around)):
        return True
    parts = cell.find_all(lambda part: part.name in ("strong", "b") or _weighs(part))
    bold = {id(part) for part in parts}
    outermost = (part for part in parts if bold.isdisjoint(map(id, part.parents)))
    return "".join(part.get_text() for part in outermost).strip() == text


def _weighs(tag: Tag) -> bool:
    """Whether the element's own style makes its text bold (CSS Fonts 4, section 2.2)."""
    if "style" not in tag.attrs:
        return False
    weight = cascade.values(attribute(tag, "style")).get("font-weight", "")
    return weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= _BOLD)


_BOLD = 600


def _cell(cell: Tag, position: int, width: int, in_head: bool, rowspan: int, read: Reader) -> Cell:
    scope = attribute(cell, "scope").lower()
    header: Literal["", "column", "row"] = ""
    if in_head:  # also the corner of a row of headers that a program gave the scope of its column of names
        header = "column"
    elif scope in ("row", "rowgroup"):
        header = "row"
    elif scope in ("col", "colgroup"):
        header = "column"
    elif cell.name == "th":
        header = "row" if position < width - 1 or width == 1 else "column"
    return Cell(read(cell), header, max(1, _span(cell, "colspan", _MOST_COLUMNS)), rowspan)


def _span(cell: Tag, name: str, most: int) -> int:
    number = _NUMBER.match(attribute(cell, name))
    return min(most, int(number[1])) if number and len(number[1]) < 7 else 1
