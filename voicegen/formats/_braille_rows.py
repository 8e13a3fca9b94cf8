"""Rows of braille: cells broken into rows of a page's width, and rows put on pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

BLANK = "\u2800"
KEEP = "\u00a0"
"""A blank cell at which a row does not end, if it can be helped; `broken` makes it a BLANK."""
GOES_ON = "\u2810"
"""Dot 5 at the end of a row: what has no blank goes on in the next one (UEB, section 6.10, line continuation)."""
NUMBER = "\u283c"
"""Dots 3456 before digits, which are the letters a to j in every code of ours for page numbers."""
DIGITS = dict(zip("1234567890", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚", strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells, without blanks at its end."""

    cells: str
    with_next: bool = False
    """Not the last one of a page."""
    chapter: str = ""
    """The chapter that begins with it."""
    above: tuple[str, ...] = ()
    """Rows that are said again where a page begins with this one: the heads of a table's columns."""


def broken(cells: str, width: int, first: int = 0, other: int = 0) -> list[str]:
    """The words of `cells` in rows of at most `width`, the first indented by `first`, the others by `other`.

    What is longer than a row is divided, with a sign at each place.
    """
    rows: list[str] = []
    row = BLANK * first
    waiting = cells.split(BLANK)[::-1]
    while waiting:
        word = waiting.pop()
        if not word:
            continue
        if KEEP in word and other + len(word) > width:  # they don't fit in any row
            waiting += word.split(KEEP)[::-1]
            continue
        word = word.replace(KEEP, BLANK)
        gap = BLANK if row.strip(BLANK) else ""
        if len(row) + len(gap) + len(word) > width and gap:
            rows.append(row)
            row, gap = BLANK * other, ""
        row += gap
        while len(row) + len(word) > width:
            room = width - len(row) - 1
            rows.append(row + word[:room] + GOES_ON)
            row, word = BLANK * other, word[room:]
        row += word
    return [*rows, row] if row.strip(BLANK) else rows


def narrow(width: int) -> int:
    """How long a row in the middle may be: three blank cells and more stand on either side."""
    return max(width - 6, width // 2)


def is_divided(row: str, width: int) -> bool:
    """Whether what stands in the row goes on in the next one, in one piece."""
    inner = row.strip(BLANK)
    in_the_middle = len(inner) == narrow(width) and row == centred(inner, width)[0]
    return row.endswith(GOES_ON) and (len(row) == width or in_the_middle)


def centred(cells: str, width: int) -> list[str]:
    """The words of `cells` in rows in the middle."""
    rows = (row.strip(BLANK) for row in broken(cells, narrow(width)))
    return [BLANK * ((width - len(row)) // 2) + row for row in rows]


def numeral(number: int) -> str:
    """A number as it stands on a page."""
    return NUMBER + "".join(DIGITS[digit] for digit in str(number))


def to_the_right(left: str, right: str, width: int, lead: str = "") -> str:
    """One row with `right` at its end; `lead` fills what is between, a blank on either side."""
    gap = width - len(left) - len(right)
    filled = BLANK + lead * (gap - 2) + BLANK if lead and gap > 3 else BLANK * gap
    return left + filled + right


def paged(rows: Iterable[Row], height: int) -> Iterator[list[Row]]:
    """The rows on pages of at most `height`; none begins with a blank row or ends with one that needs the next."""
    waiting = list(rows)
    while waiting:
        while waiting and not waiting[0].cells:
            waiting.pop(0)
        if not waiting:
            return
        page = [Row(cells) for cells in waiting[0].above][: height - 1]
        room = height - len(page)
        end = _end(waiting, room)
        page += waiting[:end]
        waiting = waiting[end:]
        while page and not page[-1].cells:
            page.pop()
        yield page


def _end(rows: Sequence[Row], room: int) -> int:
    """How many of the rows go on this page."""
    if len(rows) <= room:
        return len(rows)
    end = room
    while end and rows[end - 1].with_next:
        end -= 1
    return end or room  # what must stay together is longer than a page


def spaced(groups: Iterable[tuple[int, Sequence[Row], int]]) -> Iterator[Row]:
    """Groups of rows with so many blank rows before and after each; the larger number counts between two.

    A blank row after one that may not be the last of its page may not be that either.
    """
    after = 0
    above: Row | None = None
    for before, rows, behind in groups:
        if rows:
            if above:
                yield from [Row("", above.with_next)] * max(before, after)
            yield from rows
            above, after = rows[-1], behind
