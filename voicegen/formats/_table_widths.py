"""How wide a table is at least, and so how it goes onto paper in large print and onto a narrow screen.

On paper: as it is, on a sheet turned sideways, or as a list. On a narrow screen columns keep room for their words,
but for very long ones, and what is wider scrolls.

A browser makes everything on a sheet smaller when one thing on it is too wide, and breaks words where it is told
to avoid that. So a table is given a sheet that it fits on before it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from voicegen.model.characters import is_wide
from voicegen.model.document import Cell, Paragraph, Table, texts
from voicegen.model.written import name_of
from voicegen.steps import grid

UPRIGHT_EM, SIDEWAYS_EM = 26.0, 39.0
"""What is between the margins of a sheet, in letters' heights of 18 point: A4, the narrower of A4 and US Letter,
is 210 by 297 mm less two margins of 20 mm; Letter's longer side, 279 mm, decides sideways."""
PADDING_EM = 1.0
"""Of a column, with its border."""
INSET_EM = 3.0
"""What lists and boxes inside a cell take beside their words."""
SCREEN_EM = 16.0
"""What a screen of 320 CSS pixels, the narrowest of WCAG 2.2's criterion 1.4.10, has between its margins."""
LONG_WORD = 16
"""Letters of a word that takes more than half of such a screen: it is broken rather than scrolled."""
LETTER_EM, WIDE_LETTER_EM = 0.66, 1.05
"""What letters take on average in bold of the widest common fonts; ideographs fill a square."""

Sheet = Literal["", "wide", "stacked", "dense"]


def sheet(table: Table) -> Sheet:
    """How the table is printed.

    Upright (""), on a sheet turned sideways ("wide"), with each row as a list ("stacked"); or sideways with words
    broken ("dense") where a list would not say what a cell over several rows belongs to.
    """
    width = sum(_columns(table))
    if width <= UPRIGHT_EM:
        return ""
    if width <= SIDEWAYS_EM:
        return "wide"
    return "stacked" if _is_list(table) else "dense"


def least(table: Table) -> float:
    """The least width of the table on a narrow screen, in em."""
    return sum(min(width, LONG_WORD * LETTER_EM + PADDING_EM) for width in _columns(table))


def has_long_words(cell: Cell) -> bool:
    """Whether a word of the cell is broken on a narrow screen."""
    return any(len(word) >= LONG_WORD for text in texts(cell.blocks) for word in text.plain.split())


def heads(table: Table) -> Mapping[int, str]:
    """By the identity of each cell: the words of its columns' headers."""
    found = {}
    for row in grid.rows(table):
        for place in row.places:
            if place.first and place.headers:
                found[id(place.cell)] = ", ".join(map(name_of, place.headers))
    return found


def _is_list(table: Table) -> bool:
    """Whether nothing is lost by setting each row as a list without the row of headers.

    So no cell stands in several rows, and every column header is said again with some cell.
    """
    rows = list(grid.rows(table))
    again = {text.plain for row in rows for place in row.places for text in place.headers}
    headers = (text for row in rows if row.is_header for place in row.places for text in texts(place.cell.blocks))
    alone = all(place.first for row in rows for place in row.places)
    return alone and all(text.plain in again for text in headers if text)


def _columns(table: Table) -> list[float]:
    """The least width of each column, in em: its longest word's; a cell over several shares it among them."""
    widths: list[float] = []
    for row in grid.rows(table):
        at = 0
        for place in row.places:
            span = min(place.cell.colspan, grid.WIDEST)
            least = _least(place.cell)
            widths.extend([0.0] * (at + span - len(widths)))
            for column in range(at, at + span):
                widths[column] = max(widths[column], least / span)
            at += span
    return widths


def _least(cell: Cell) -> float:
    inset = 0.0 if all(isinstance(block, Paragraph) for block in cell.blocks) else INSET_EM
    words = (word for text in texts(cell.blocks) for word in text.plain.split())
    return max(map(_width, words), default=0.0) + PADDING_EM + inset


def _width(word: str) -> float:
    wide = sum(map(is_wide, word))
    return wide * WIDE_LETTER_EM + (len(word) - wide) * LETTER_EM
