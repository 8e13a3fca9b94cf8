"""Numbers of items that an author typed with a dash or slash: "1- 500 mg" is "1, 500 milligrams", not 1 to 500.

Source: lists as they are typed in French, Spanish and Arabic ("1- …", "2/ …", "3.- …"). Danger: before an amount
the sign is that of a range, or of a part. One line alone may be a range set carelessly, so it counts only where
another line, or place in the same text, goes on with the next number; and not where that makes a row of ranges
("1- 2 ml", "2- 3 ml").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from voicegen.speech.patterns import lazy

_NUMBER = r"(?P<number>\d{1,2})(?P<mark>\.-|[-–/])[ \u00a0](?=(?P<next>\d*))"
_OPENS = lazy(rf"\s*{_NUMBER}")
_INSIDE = lazy(rf"(?<=\s){_NUMBER}")
_AMOUNT = lazy(r"[<>≤≥~±.,]?\s?[\d½⅓⅔¼¾]")


class _Typed(NamedTuple):
    number: int
    mark: str
    next: str
    """The digits behind it."""
    start: int
    """Where the mark begins, and the blank behind it ends."""
    end: int


def marks_of(texts: Iterable[str]) -> frozenset[str]:
    """The signs that stand behind the numbers of lines that go on with each other."""
    last: dict[str, _Typed] = {}
    found: set[str] = set()
    for text in texts:
        typed = _opening(text)
        if typed is None:
            continue
        before = last.get(typed.mark)
        if before and _goes_on(before, typed):
            found.add(typed.mark)
        if before is None or typed.number == 1 or _goes_on(before, typed):
            last[typed.mark] = typed
    return frozenset(found)


def _opening(text: str) -> _Typed | None:
    found = _OPENS.match(text)
    return _typed(found) if found else None


def _typed(found: re.Match[str]) -> _Typed:
    return _Typed(int(found["number"]), found["mark"], found["next"], found.start("mark"), found.end())


def _goes_on(before: _Typed, typed: _Typed) -> bool:
    return typed.number == before.number + 1 and before.next != str(typed.number)


def pauses(text: str, marks: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Each sign behind such a number, with the blank after it, before an amount; `marks` are those of the page."""
    first = _opening(text)
    if first is None:
        return
    row = [first]
    for found in _INSIDE.finditer(text, first.end):
        typed = _typed(found)
        if typed.mark == first.mark and _goes_on(row[-1], typed):
            row.append(typed)
    if len(row) > 1 or first.mark in marks:
        yield from ((typed.start, typed.end) for typed in row if _AMOUNT.match(text, typed.end))
