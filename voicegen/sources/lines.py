"""Plain text → units: paragraphs put together from wrapped lines, list items with their signs, drawn tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from voicegen.model.document import Table
from voicegen.sources.columns import tables_in
from voicegen.sources.signs import Sign, closed_up, dashed_doses, sign_of, signed_amounts
from voicegen.speech.patterns import lazy

_WIDEST_WRAP = 130
"""Characters: no program wraps text wider, so a longer line is a whole paragraph."""
_NARROWEST_WRAP = 40
_UNDERLINE = re.compile(r"(=|-|~|\*|_|\+)\1{2,}\Z")
_SENTENCE_END = lazy(r"[.!?…。！？।؟][\"”’)\]]*\Z")


_LOW = re.compile(r"[^\W\d_][ \u00a0](\d{1,4})\Z")
_HIGH = lazy(r"[-–—−](\d{1,4})\s[^\W\d_]")
_COLUMNS = lazy(r"(?<=\d)(?: {2,40}|[ ]{0,40}\t[ \t]{0,40})(?=[<>≤≥~±+−-]?[.,]?\d(?!00(?!\d)))")


_BARS = re.compile(r"(?<=\d)[ \t]{0,40}[|│┃¦][ \t]{0,40}(?=[<>≤≥~±+−-]?[.,]?\d)")
"""The line between two columns of a table that is drawn with signs."""


def columns_parted(text: str) -> str:
    """The text with a comma between two numbers that stand in columns, which would else be one: "1   5 mg"."""
    return _COLUMNS.sub(", ", _BARS.sub(", ", text))


@dataclass(slots=True)
class Unit:
    """A paragraph, an item or a heading, before it is known which; or a table."""

    text: str
    line: int
    indent: int
    sign: Sign | None = None
    blank_before: bool = True
    blank_after: bool = True
    underline: str = ""
    """The sign that the line below it is made of, where that underlines it."""
    table: Table | None = None

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_SENTENCE_END.search(self.text[-8:]))


def units_of(text: str) -> list[Unit]:
    """The units of a text in order. Raises UnclearColumnsError where a table's columns can't be told apart."""
    lines = text.split("\n")
    tables = {drawn.begin: drawn for drawn in tables_in(lines)}
    drawn_lines = {number: lines[number] for one in tables.values() for number in range(one.begin, one.end)}
    lines = ["" if at in drawn_lines else columns_parted(line).expandtabs(4) for at, line in enumerate(lines)]
    width = _wrap_width(lines)
    dashed, signed = dashed_doses(lines), signed_amounts(lines)
    units: list[Unit] = []
    wrapped: list[list[str]] = []
    blank, before = True, ""
    for number, line in enumerate(lines, 1):
        content = line.replace("\u00a0", " ").strip()
        if drawn := tables.get(number - 1):
            words = "\n".join(drawn_lines[at].strip() for at in range(drawn.begin, drawn.end))
            units.append(Unit(words, number, 0, table=drawn.table))
            wrapped.append([words])
        if not content:
            blank = True
            if units:
                units[-1].blank_after = True
            continue
        indent = len(line) - len(line.lstrip(" \u00a0"))
        sign = Sign(1, None, "-") if number - 1 in dashed else sign_of(content)
        if number - 1 in signed:
            sign, content = None, closed_up(content)
        if _UNDERLINE.match(content):
            if units and not blank and units[-1].sign is None:
                units[-1].underline = content[0]
            blank = True
            continue
        hangs = not blank and bool(units) and units[-1].sign is not None and indent > units[-1].indent
        goes_on = units and (
            _continues(units[-1], before, content, width, blank) or (hangs and content[0].islower())
        )
        if (units and not blank and _parts_a_range(before, content)) or (goes_on and sign is None):
            wrapped[-1].append(content)
        else:
            body = content[sign.length :].strip() if sign else content
            if units:
                units[-1].blank_after = blank
            units.append(Unit(body, number, indent, sign, blank, True))
            wrapped.append([body])
        blank, before = False, content
    for unit, parts in zip(units, wrapped, strict=True):
        unit.text = " ".join(parts)
    return units


def _parts_a_range(before: str, content: str) -> bool:
    """Whether a line of wrapped text broke before the dash of a range: "… take 4", "-6 tablets"."""
    low, high = _LOW.search(before), _HIGH.match(content)
    return low is not None and high is not None and len(before) >= _NARROWEST_WRAP and int(low[1]) < int(high[1])


_GOES_ON = re.compile(r"\s[a-zà-ÿа-я]{1,5}\Z")
"""A short word in small letters at a line's end, such as "than": a number that begins the next belongs to it."""


def _continues(unit: Unit, before: str, content: str, width: int, blank: bool) -> bool:
    """Whether a line goes on with the unit before it.

    A wrapped line is one whose successor's first word would not have fitted on it. Across an empty line text goes
    on only where it stops at a comma: a page break of a PDF.
    """
    if unit.underline or unit.table:
        return False
    if blank:
        return before.endswith(",") and len(unit.text) > _NARROWEST_WRAP
    if content[0].isdigit() and len(before) >= _NARROWEST_WRAP and _GOES_ON.search(before):
        return sign_of(content) is None
    if content[0].islower() and (before.endswith(",") or _NARROWEST_WRAP <= len(before) <= _WIDEST_WRAP):
        return not _SENTENCE_END.search(before[-8:])
    return 0 < len(before) <= width and len(before) + 1 + len(content.split(" ", 1)[0]) > width


def _wrap_width(lines: list[str]) -> int:
    """The width that the text is wrapped to; 0 where its lines are whole paragraphs."""
    followed = [
        (len(line.strip()), following.strip())
        for line, following in pairwise(lines)
        if line.strip() and following.strip() and len(line.strip()) <= _WIDEST_WRAP
    ]
    width = max((size for size, _ in followed), default=0)
    if width < _NARROWEST_WRAP:
        return 0
    full = [following for size, following in followed if size + 1 + len(following.split(" ", 1)[0]) > width]
    # Wrapped text goes on in the middle of a sentence: most full lines must be followed by a small letter.
    inside = sum(
        following[0].islower() or not following[0].isalpha() or not following[0].isupper() for following in full
    )
    return width if len(full) >= 2 and inside * 2 > len(full) else 0


def runs_of_items(units: list[Unit]) -> Iterator[tuple[int, int]]:
    """Begin and end of each run of units that carry signs."""
    begin = -1
    for index, unit in enumerate(units):
        if unit.sign is not None and begin < 0:
            begin = index
        elif unit.sign is None and begin >= 0:
            yield begin, index
            begin = -1
    if begin >= 0:
        yield begin, len(units)
