"""Tables: those of data with their header cells and spans, and those that only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import Literal, NamedTuple

from bs4.element import PageElement, Tag

from voicegen import cascade
from voicegen.model.document import Block, Cell, Paragraph, Run, Table, Text, texts
from voicegen.sources.elements import attribute
from voicegen.sources.phrases import DOSE
from voicegen.speech.patterns import lazy
from voicegen.speech.ticks import CROSSES, NO, TICKS, YES

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
    for child in _as_drawn(table):
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


def _as_drawn(table: Tag) -> list[PageElement]:
    """What the table holds, its foot last, where browsers draw the first one (CSS 2.2, section 17.2)."""
    foot = table.find("tfoot", recursive=False)
    return [*(child for child in table.children if child is not foot), *([foot] if isinstance(foot, Tag) else [])]


def _own_children(table: Tag) -> Iterator[PageElement]:
    for child in _as_drawn(table):
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
    if table.find(("form", "h1", "h2")) is not None:
        return False
    if table.find("table") is not None:
        return _heads_data(rows)
    if any(cell.name == "th" for cell in cells) and len(cells) > 1:
        return True
    filled = [row for row in rows if sum(bool(cell.get_text().strip()) for cell in row) > 1]
    return len(filled) >= 2 and all(len(cell.get_text()) <= _LONG_CELL for cell in cells)


def _heads_data(rows: list[list[Tag]]) -> bool:
    """Whether a table with tables inside is one of data: a first row of short header cells names its columns.

    Danger: read as a layout, "10 mg" in a cell under "Most in a day" has lost that it is the most.
    """
    first = rows[0] if len(rows) > 1 else []
    return len(first) > 1 and all(
        cell.name == "th" and cell.find("table") is None and len(cell.get_text()) <= _LONG_CELL for cell in first
    )


def table_of(table: Tag, read: Reader, caption: Text | None) -> Table:
    """The table as data. `read` gives the blocks of a cell."""
    rows = rows_of(table)
    whole = _whole_rows(rows)
    heads = _header_rows(table, rows, whole)
    names = _group_names(rows, heads, whole)
    reached = _rows_reached(table)
    ticks = not _TICKS.isdisjoint(table.get_text())
    result = []
    for index, row in enumerate(rows):
        cells = [
            _cell(cell, position, len(row), index in heads, reached[id(cell)], read)
            for position, cell in enumerate(row)
        ]
        if heads and index not in heads:
            cells[1:] = [_ticked(cell) for cell in cells[1:]]
        cells = [cell if cell.header else _marked(cell, ticks) for cell in cells]
        if index in names:
            cells = [replace(cells[0], header="group")]
        result.append(tuple(cells))
    if not heads:
        result = _with_ticks(result)
    return Table(with_dittos(with_results(result)), caption, _foot(rows))


def _foot(rows: list[list[Tag]]) -> int:
    """How many rows at the end stand in `tfoot`."""
    groups = [row[0].find_parent((*_GROUPS, "table")) for row in reversed(rows)]
    return next((at for at, group in enumerate(groups) if group is None or group.name != "tfoot"), len(rows))


def _group_names(rows: list[list[Tag]], heads: set[int], whole: list[int]) -> set[int]:
    """The rows of one cell over all columns that name the rows below them: "Adults", "Children".

    Danger: of two rows "Paracetamol" nobody who comes to the second knows that it is the children's. A cell of
    data does so only where the first row below the headers is such a one, for further down it may be a note on the
    row above it, which holds for no other; and never with a dose.
    """
    below = [index for index in whole if index not in heads]
    begins = bool(below) and below[0] == next(index for index in range(len(rows)) if index not in heads)
    return {
        index
        for index in below
        if rows[index][0].name == "th" or (begins and is_name(rows[index][0].get_text().strip()))
    }


def _whole_rows(rows: list[list[Tag]]) -> list[int]:
    """The rows of one cell over all columns, of which there are several."""
    widths = [sum(_span(cell, "colspan", _MOST_COLUMNS) for cell in row) for row in rows]
    width = max(widths, default=0)
    return [at for at, row in enumerate(rows) if len(row) == 1 and widths[at] == width > 1]


def is_name(words: str) -> bool:
    """Whether a row's only words may name the rows below it: short, no sentence, and no dose."""
    return 0 < len(words) <= _LONGEST_NAME and words[-1] not in ".!?…" and not DOSE.search(words)


_LONGEST_NAME = 60


def places(table: Table) -> int:
    """How many places of the grid its cells take."""
    return sum(cell.colspan * cell.rowspan for row in table.rows for cell in row)


def with_results(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The rows, with a dash alone in a cell as a minus where a plus stands alone in another: both are results.

    Danger: "Nitrite, -" beside "Blood, ++" would be said to be empty, and a test that was done and found nothing
    taken for one that was not done. Where a table has a minus sign itself, its dashes are something else.
    """
    data = [_words(cell) for row in rows for cell in row if not cell.header]
    if "−" in data or not any(map(_FOUND.fullmatch, data)):
        return rows
    return [tuple(cell if cell.header else _saying(cell, _MINUSES) for cell in row) for row in rows]


def with_dittos(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows, with a cell that only repeats the one above it by a mark (″) as one cell over both rows.

    Danger: the mark has no letter, so that the cell would be said to be empty.
    """
    if not any(_is_ditto(cell) for row in rows for cell in row):
        return tuple(rows)
    made: list[list[Cell]] = []
    above: dict[int, _Placed] = {}
    for at, row in enumerate(rows):
        made.append(list(row))
        whole_row = all(map(_is_ditto, row))
        column = 0
        for number, cell in enumerate(row):
            while column in above and above[column].end > at:
                column = above[column].column + above[column].cell.colspan
            over = above.get(column)
            if _is_ditto(cell) and not whole_row and over and over.is_repeated_by(cell, column, at):
                longer = replace(over.cell, rowspan=over.cell.rowspan + cell.rowspan)
                made[over.row][over.number] = longer
                made[at][number] = replace(cell, rowspan=0)
                placed = over._replace(cell=longer)
            else:
                placed = _Placed(cell, column, at, number)
            above.update(dict.fromkeys(range(column, column + cell.colspan), placed))
            column += cell.colspan
    return tuple(tuple(cell for cell in row if cell.rowspan) for row in made)


class _Placed(NamedTuple):
    """A cell, its first column, its row, and its number there."""

    cell: Cell
    column: int
    row: int
    number: int

    @property
    def end(self) -> int:
        """The first row below it."""
        return self.row + self.cell.rowspan

    def is_repeated_by(self, mark: Cell, column: int, row: int) -> bool:
        """Whether a mark stands right below it, as wide as it is."""
        fits = (self.column, self.cell.colspan, self.end) == (column, mark.colspan, row)
        return fits and not self.cell.header and bool(self.cell.blocks) and not _is_ditto(self.cell)


def unsaid_signs(table: Table) -> Iterator[str]:
    """The signs that stand alone in cells of data and that no rule says, such as "★★": heard as empty."""
    for cell in (cell for row in table.rows for cell in row if not cell.header):
        words = _words(cell)
        if words and not any(map(str.isalnum, words)) and words.strip(_BLANKS) and _SAID.isdisjoint(words):
            yield words


_BLANKS = " \u00a0-–—‒―_./\\"
_SAID = frozenset(f"{YES}{NO}{CROSSES}+−±=≠↑↓⇧⇩⬆⬇⇑⇓()")


def has_unclear_mark(table: Table) -> bool:
    """Whether a mark that repeats the cell above is left though a row of data without any stands above it."""
    data = [row for row in table.rows if not all(cell.header for cell in row)]
    if not data or any(map(_is_ditto, data[0])):
        return False
    return any(map(_is_ditto, (cell for row in data[1:] for cell in row)))


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
    return _saying(cell, _DOTS)


def _marked(cell: Cell, has_ticks: bool) -> Cell:
    """The cell with the sign of a root alone in it as a tick, and that of a multiplication as a cross or an "x".

    Danger: neither has a letter, so that the cell would be said to be empty. Beside ticks a cross says no; without
    any it may also be what marks a cell, as an "x" does.
    """
    return _saying(cell, {"√": "✓", "×": "✗" if has_ticks else "x"})


def _saying(cell: Cell, signs: Mapping[str, str]) -> Cell:
    """The cell, with the sign that stands alone in it as the one that says the same."""
    sign = signs.get(_words(cell))
    return replace(cell, blocks=(Paragraph(Text((Run(sign),))),)) if sign else cell


def _words(cell: Cell) -> str:
    return "".join(text.plain for text in texts(cell.blocks)).strip()


_FOUND = lazy(r"\(?\+{1,4}\)?")
_MINUSES = dict.fromkeys(("-", "–", "—", "‐", "‒", "(-)", "(–)"), "−")
_DOTS = dict.fromkeys("●•⬤⚫", "✓")
_TICKS = frozenset(f"{TICKS}√●")


def _is_ditto(cell: Cell) -> bool:
    words = _words(cell)
    if any(run.href for text in texts(cell.blocks) for run in text.runs):
        return False  # "»" leads to another page
    return words.strip("-–—‒―_. \u00a0") in _DITTOS or words in ("ditto", "Ditto")


_DITTOS = ('"', "″", "〃", "''", "”", "“", "„", ",,", "′′", "»", "«", "’’", "‟")


def _header_rows(table: Tag, rows: list[list[Tag]], whole: list[int]) -> set[int]:
    """The rows that head the columns: those of `thead`, and a first row that names them."""
    heads = {index for index, row in enumerate(rows) if row[0].find_parent(("thead", "table")) is not table}
    top = 1 if len(whole) > 1 and len(rows[0]) == 1 else 0  # "Adults", and "Children" further down
    below = rows[top:]
    if len(below) > 1 and _names_columns(below[0], below[1]):
        heads |= {top, *(top + index for index in _more_headers(below))}
    return heads | {top + index for index in _later_headers(below)} if heads else heads


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
    header: Literal["", "column", "row", "group"] = ""
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
