"""Tables that a text draws with tabs, with blanks or with bars, of which its other lines know nothing.

Danger: "Beta", an empty field and "2 mg" under "Drug, Morning, Night" are heard as "Beta, 2 mg", and taken in the
morning. Two columns are left to the lines: with one field after the name nothing can slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Literal, NamedTuple

from voicegen.errors import SourceError
from voicegen.model.document import Block, Cell, Paragraph, Table
from voicegen.sources.inline import PLAIN, compose
from voicegen.sources.phrases import DOSE
from voicegen.sources.signs import sign_of
from voicegen.sources.tables import has_unclear_mark, is_name, with_dittos, with_results
from voicegen.speech.patterns import lazy

_FEWEST_COLUMNS = 3
_LONGEST_LINE = 400
"""Characters: nobody draws wider tables, and longer lines are text."""
_LONGEST_FIELD = 80
_TAB_STOPS = (8, 4)
_RULE = lazy(r"[\s|│┃¦+:=\-–—_─┼━]*[-=–—_─━]{3}[\s|│┃¦+:=\-–—_─┼━]*")
_BAR = re.compile(r"[|│┃¦]")
_GAP = lazy(r"(?<=[^\s.!?:;])[ \u00a0]{2,400}(?=\S)|(?<=[.!?:;])[ \u00a0]{3,400}(?=\S)")
"""Two blanks or more; after a sentence's end three, for some type two there."""
_DRAWN_GAP = lazy(r"\S[ \u00a0]{3,400}\S")
_WIDE = lazy(r"\S[ \u00a0]{2}")

_Kind = Literal["", "tabs", "blanks", "bars"]
_Rows = list[list[str]]


class UnclearColumnsError(ValueError):
    """Nobody can tell in which column a field of a table stands, or what a mark for the one above it repeats."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line
        """Of the table's first row, from 0."""

    def told(self, place: str) -> SourceError:
        """It as staff are told of it."""
        return SourceError(
            place,
            "nobody can tell what stands in which column of the table here",
            "Put one tab between two fields, “–” into those that are empty, and into all others what they say.",
        )


class Drawn(NamedTuple):
    """A table in a text."""

    begin: int
    end: int
    """Of its lines, from 0; the line `end` is no more of it."""
    table: Table


def tables_in(lines: Sequence[str]) -> Iterator[Drawn]:
    """The tables of three columns and more, in order. Raises UnclearColumnsError."""
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if end > at + 1 and (rows := _rows(lines[at:end], at)):
            has_rule = _RULE.fullmatch(lines[at + 1]) is not None
            yield Drawn(at, end, _table(rows, at, has_rule=has_rule))
        at = max(end, at + 1)


def _end(lines: Sequence[str], begin: int) -> int:
    """The end of the lines of one kind that begin there: rows, lines drawn between them, and names of groups."""
    kind = _kind(lines[begin])
    end = at = begin + bool(kind)
    while kind and at < len(lines) and lines[at].strip() and len(lines[at]) <= _LONGEST_LINE:
        own = _kind(lines[at])
        is_alone = (
            not own and at == end and sign_of(lines[at].strip()) is None
        )  # a group's name, or all else empty
        at += 1
        if own == kind or _RULE.fullmatch(lines[at - 1]):
            end = at
        elif not is_alone:
            break
    return end


def _kind(line: str) -> _Kind:
    bare = line.strip()
    if not bare or len(line) > _LONGEST_LINE or sign_of(bare) is not None:
        return ""
    if len(_BAR.findall(bare)) >= _FEWEST_COLUMNS - 1:
        return "bars"
    if "\t" in line.strip(" ") and any(map(str.isalnum, bare)):
        return "tabs" if "\t" in bare or line.rstrip(" ")[-1:] == "\t" else ""
    return "blanks" if _GAP.search(bare) else ""


def _rows(lines: Sequence[str], at: int) -> _Rows:
    """The fields of each row, as many in each; none where the lines are no table."""
    kind = _kind(lines[0])
    drawn = [line for line in lines if not _RULE.fullmatch(line)]
    if kind == "bars":
        rows = _even([_BAR.split(_without_frame(line)) for line in drawn])
        if not any(not field or any(map(str.isdigit, field)) for row in rows for field in row):
            return []  # the links of a menu
    elif kind == "tabs":
        rows = _by_tabs(drawn, at)
    else:
        rows = _by_place(drawn) if any(map(_DRAWN_GAP.search, drawn)) else []
    is_table = len(rows) > 1 and len(rows[0]) >= _FEWEST_COLUMNS and sum(map(_is_row, rows)) > 1
    return rows if is_table and all(len(field) <= _LONGEST_FIELD for field in chain(*rows)) else []


def _is_row(row: list[str]) -> bool:
    return sum(map(bool, row)) > 1


def _without_frame(line: str) -> str:
    bare = line.strip()
    return bare[bool(_BAR.match(bare[:1])) : len(bare) - bool(_BAR.match(bare[-1:]))]


def _by_tabs(lines: Sequence[str], at: int) -> _Rows:
    """Each tab ends a field, unless several only lead to where the next column begins.

    Raises UnclearColumnsError where these two give different tables.
    """
    split = [line.split("\t") for line in lines]
    by_field = _even(split)
    sizes = {len(_trimmed(row)) for row in split}
    if len(sizes) == 1 or not any("" in map(str.strip, _trimmed(row)) for row in split):
        return by_field
    filled = [[field.strip() for field in row if field.strip()] for row in split]
    if len(set(map(len, filled))) == 1:
        return filled
    by_place = next(filter(None, (_by_stops(split, stop) for stop in _TAB_STOPS)), [])
    is_headed = len(_trimmed(split[0])) == max(sizes)
    if not by_place and is_headed:
        return by_field
    if by_place and (not is_headed or by_place == by_field or len(by_place[0]) < len(by_field[0])):
        return by_place
    raise UnclearColumnsError(at)


def _by_stops(split: Sequence[Sequence[str]], stop: int) -> _Rows:
    """The fields by the tab stops that they begin at; none where they begin at more than there are columns."""
    placed: list[dict[int, str]] = []
    for row in split:
        place = 0
        placed.append({})
        for field in row:
            if words := field.strip():
                placed[-1][place] = words
            place += len(field) + stop - len(field) % stop  # each begins at a stop
    begins = sorted(set(chain(*placed)))
    if len(begins) > max(map(len, placed)):
        return []
    return [[row.get(begin, "") for begin in begins] for row in placed]


def _trimmed(row: list[str]) -> list[str]:
    size = len(row)
    while size and not row[size - 1].strip():
        size -= 1
    return row[:size]


def _even(rows: Sequence[Sequence[str]]) -> _Rows:
    """The rows with their fields trimmed, as many in each, without columns that are empty in all."""
    width = max(map(len, rows), default=0)
    full = [[field.strip() for field in row] + [""] * (width - len(row)) for row in rows]
    used = [column for column in range(width) if any(row[column] for row in full)]
    return [[row[column] for column in used] for row in full]


def _by_place(lines: Sequence[str]) -> _Rows:
    """The fields by where they stand: columns are parted by two places or more that are blank in each line."""
    width = max(map(len, lines), default=0)
    even = [line.replace("\u00a0", " ").ljust(width) for line in lines]
    inked = [any(line[place] != " " for line in even) for place in range(width)]
    begins: list[tuple[int, int]] = []
    for place in range(width):
        if inked[place]:
            if begins and place - begins[-1][1] < _NARROWEST_GAP:
                begins[-1] = (begins[-1][0], place + 1)
            else:
                begins.append((place, place + 1))
    rows = [[line[begin:end].strip() for begin, end in begins] for line in even]
    return [] if any(_WIDE.search(field) for field in chain(*rows)) else _joined(rows)


def _joined(rows: _Rows) -> _Rows:
    """The rows, with those that only go on with words of the one above joined to it."""
    made: _Rows = []
    for row in rows:
        goes_on = not row[0] and all(
            not field or (field[0].islower() and not any(map(str.isdigit, field))) for field in row
        )
        if made and goes_on and all(above for above, field in zip(made[-1], row, strict=True) if field):
            made[-1] = [f"{above} {field}".strip() for above, field in zip(made[-1], row, strict=True)]
        else:
            made.append(row)
    return made


_NARROWEST_GAP = 2
"""Places between two columns that are blank in each line."""


def _table(rows: _Rows, begin: int, *, has_rule: bool) -> Table:
    heads = has_rule or _names_columns(rows)
    first = rows[heads] if len(rows) > heads + 1 else []
    are_groups = bool(first) and is_name(first[0]) and not any(first[1:])
    made: list[tuple[Cell, ...]] = []
    for at, row in enumerate(rows):
        is_header = heads and not at
        if are_groups and not is_header and is_name(row[0]) and not any(row[1:]):
            made.append((_cell(row[0], "group", len(row)),))
        else:
            made.append(tuple(_cell(field, "column" if is_header else "") for field in row))
    table = Table(with_dittos(with_results(made)))
    if has_unclear_mark(table):
        raise UnclearColumnsError(begin)
    return table


def _names_columns(rows: _Rows) -> bool:
    """Whether a first row names the columns: each but that of the names, and with no amount, above some."""
    corner, *names = rows[0]
    below = chain(*islice(rows, 1, None))
    if not all(names) or DOSE.search(corner):
        return False
    return not any(name[0].isdigit() or DOSE.search(name) for name in names) and any(
        any(map(str.isdigit, field)) for field in below
    )


def _cell(field: str, header: Literal["", "column", "group"], width: int = 1) -> Cell:
    words = compose([(field, PLAIN)])
    blocks: tuple[Block, ...] = (Paragraph(words),) if words else ()
    return Cell(blocks, header, width)
