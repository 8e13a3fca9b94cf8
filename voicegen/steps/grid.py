"""Where things stand to each other: a table as a grid, each cell under its headers; a list inside a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import NamedTuple

from voicegen.model.document import Block, Cell, Document, ItemList, LeftOut, Paragraph, Run, Table, Text, texts
from voicegen.model.written import name_of

WIDEST = 1_000
"""Columns and rows that a span may reach over, as in HTML (WHATWG HTML, 4.9.11, colspan)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the grid."""

    cell: Cell
    first: bool
    """Whether the cell starts here; the other places that it spans only repeat it."""
    headers: tuple[Text, ...]
    """Of the columns that the cell stands in; empty for the column headers themselves.

    For the first cell with words in a row, before them, the name of the group of rows that it is in.
    """
    is_told: bool
    """Whether it is said that the cell is empty, where it is: else the next one would seem to be its content.

    It is so for each cell of a column that has a header, or else words in another row.
    """


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the grid."""

    places: tuple[Place, ...]
    is_header: bool
    """Whether it holds nothing but headers of columns."""
    group: tuple[Text, ...] = ()
    """The name of the group of rows that it is in."""


NOWHERE = 0
"""In the place of a cell's `id`, which is never that."""


def rows(table: Table) -> Iterator[Row]:
    """The rows, spans expanded (the table model of WHATWG HTML, section 4.9.12, forming a table)."""
    running: dict[int, tuple[int, Cell]] = {}
    heads: dict[int, dict[int, _Head]] = {}
    block: set[int] = set()
    filled = _filled(table)
    group: tuple[Text, ...] = ()
    for at, cells in enumerate(table.rows):
        placed, running = _place(cells, running)
        reaches: dict[int, list[int]] = {}
        starts: dict[int, tuple[Cell, bool]] = {}
        for column, cell, first in placed:
            reaches.setdefault(id(cell), []).append(column)
            starts.setdefault(id(cell), (cell, first))  # further columns of a cell only repeat it
        is_header = bool(placed) and all(cell.header == "column" for _, cell, _ in placed)
        block = block | starts.keys() if is_header else set()
        names_group = any(cell.header == "group" for cell, _ in starts.values())
        if names_group:
            group = tuple(text for cell in cells for text in _words(cell))
            _take_off(heads, {tuple(columns) for columns in reaches.values()})
        elif at == len(table.rows) - table.foot:
            group = ()
        is_name = is_header or names_group
        lead = next((key for key, (cell, _) in starts.items() if _has_words(cell)), NOWHERE)
        places = []
        for key, (cell, first) in starts.items():
            if is_header:
                _put_over(heads, key, _Head(cell, tuple(reaches[key])), block)
            own: tuple[Text, ...] = ()
            if not is_name:
                above = (head for column in reaches[key] for head in heads.get(column, {}).values())
                own = tuple(dict.fromkeys(text for head in above for text in _words(head.cell)))
            named = (*group, *own) if key == lead and not is_name else own
            is_used = lead != NOWHERE and not filled.isdisjoint(reaches[key])
            places.append(Place(cell, first, named, not cell.header and (bool(own) or is_used)))
        yield Row(tuple(places), is_header, group)


def _filled(table: Table) -> frozenset[int]:
    """The columns that hold words in cells of their own."""
    running: dict[int, tuple[int, Cell]] = {}
    found: set[int] = set()
    for cells in table.rows:
        placed, running = _place(cells, running)
        found.update(column for column, cell, _ in placed if cell.colspan <= 1 and _has_words(cell))
    return frozenset(found)


def _has_words(cell: Cell) -> bool:
    return any(any(map(str.isalnum, text.plain)) for text in texts(cell.blocks))


class _Head(NamedTuple):
    cell: Cell
    columns: tuple[int, ...]


def _put_over(heads: dict[int, dict[int, _Head]], key: int, head: _Head, block: set[int]) -> None:
    """Puts a header over its columns, by the number `key`.

    It takes the place of one further up over the same columns, unless both are of one block of header rows
    (WHATWG HTML, section 4.9.12.2, where the upper one is said to be blocked).
    """
    for column in head.columns:
        above = heads.get(column, {})
        kept = {old: one for old, one in above.items() if old in block or one.columns != head.columns}
        heads[column] = kept | {key: head}


def _take_off(heads: dict[int, dict[int, _Head]], columns: set[tuple[int, ...]]) -> None:
    """Takes off headers over just these columns: "Adults" above all columns ends where "Children" begins."""
    for column, above in heads.items():
        heads[column] = {key: head for key, head in above.items() if head.columns not in columns}


def cells(document: Document) -> Mapping[int, str]:
    """By the number of each text in a table's cells: what stands beside and above it, as “Week 2, Evening”."""
    found: dict[int, str] = {}
    for table in _tables(document):
        for row in rows(table):
            if row.is_header:
                continue
            beside = [place.cell for place in row.places if place.cell.header == "row"] or [row.places[0].cell]
            for place in row.places:
                if place.first and place.cell not in beside:
                    heads = (*row.group, *(text for cell in beside for text in _words(cell)), *place.headers)
                    words = ", ".join(map(name_of, dict.fromkeys(heads)))
                    found.update((text.number, words) for text in texts(place.cell.blocks))
    return found


def _tables(value: object) -> Iterator[Table]:
    """Every table inside a document, section, block or tuple of them."""
    if isinstance(value, Table):
        yield value
    if isinstance(value, tuple):
        for part in value:
            yield from _tables(part)
    elif is_dataclass(value) and not isinstance(value, (Run, LeftOut, Text)):
        for one in fields(value):
            yield from _tables(getattr(value, one.name))


def _place(
    cells: tuple[Cell, ...], running: dict[int, tuple[int, Cell]]
) -> tuple[list[tuple[int, Cell, bool]], dict[int, tuple[int, Cell]]]:
    """The cells of one row with their columns, those from rows above included, and what runs on below."""
    placed = [(column, cell, False) for column, (_, cell) in running.items()]
    below = {column: (left - 1, cell) for column, (left, cell) in running.items() if left > 1}
    column = 0
    for cell in cells:
        while column in running:
            column += 1
        for _ in range(max(1, min(cell.colspan, WIDEST))):
            placed.append((column, cell, True))
            if cell.rowspan > 1:
                below[column] = (min(cell.rowspan, WIDEST) - 1, cell)
            column += 1
    return sorted(placed, key=lambda place: place[0]), below


def width(table: Table) -> int:
    """How many columns the table has."""
    widest = 0
    running: dict[int, tuple[int, Cell]] = {}
    for cells in table.rows:
        placed, running = _place(cells, running)
        widest = max(widest, len(placed))
    return widest


def _words(cell: Cell) -> Iterator[Text]:
    return (text for text in texts(cell.blocks) if text)


def is_led_in(before: Block) -> bool:
    """Whether the words before an inner list announce it, as those that end with a colon do."""
    return isinstance(before, Paragraph) and before.text.plain.rstrip(' \u00a0)”»"').endswith((":", "："))


def goes_on(outer: ItemList, at: int, place: int, inner: ItemList) -> bool:
    """Whether what follows the inner list, block `place` of item `at`, would sound like one more of its items.

    A number of the outer list tells that it goes on there, but not after numbers of the inner list.
    """
    if place + 1 < len(outer.items[at].blocks):
        return True
    following = outer.items[at + 1 : at + 2]
    return bool(following) and (following[0].number is None or inner.ordered)
