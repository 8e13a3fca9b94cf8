"""Days as pages write them: "14 March 2026", "14/03/2026", "14.3.2026", "2026-03-14", "2026年3月14日".

Danger: 03/04/2026 is a day in March to one reader and in April to another, so it is no day here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = (
    "jan|januar|jänner|janv|janvier|ene|enero|janeiro|gen|gennaio|januari|января",
    "feb|februar|febr|févr|février|febrero|fev|fevereiro|febbraio|februari|февраля",
    "mar|märz|mär|mars|marzo|março|maart|mrt|марта",
    "apr|avril|avr|abr|abril|aprile|april|апреля",
    "may|mai|mayo|maio|mag|maggio|mei|мая",
    "jun|juni|juin|junio|junho|giu|giugno|июня",
    "jul|juli|juillet|juil|julio|julho|lug|luglio|июля",
    "aug|août|aou|ago|agosto|augustus|августа",
    "sep|sept|septembre|septiembre|setiembre|set|setembro|settembre|сентября",
    "oct|okt|oktober|octobre|octubre|out|outubro|ott|ottobre|октября",
    "nov|novembre|noviembre|novembro|ноября",
    "dec|dez|dezember|déc|décembre|dic|diciembre|dezembro|dicembre|december|декабря",
)
_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = {
    name: number
    for number, (names, english) in enumerate(zip(_MONTHS, _ENGLISH, strict=True), 1)
    for name in (*names.split("|"), english)
}
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAY, _YEAR = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|[ºª.])?", r"(?P<year>(?:19|20)\d\d)"
_OF = r"[ \u00a0,.-]{1,3}(?:de |del |of )?"
_WRITTEN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d) ?[年/.] ?(?P<month>[01]?\d) ?[月/.] ?(?P<day>[0-3]?\d)(?!\d)日?",
        rf"(?<!\d){_DAY}{_OF}(?P<month>{_NAME})(?![^\W\d_])\.?{_OF}{_YEAR}(?!\d)",
        rf"(?<![^\W_])(?P<month>{_NAME})(?![^\W\d_])\.?[ \u00a0]{_DAY},?[ \u00a0]{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>[0-3]?\d)\.[ \u00a0]?(?P<month>[01]?\d)\.[ \u00a0]?{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<first>[0-3]?\d)(?P<sign>[/-])(?P<second>[0-3]?\d)(?P=sign){_YEAR}(?!\d)",
        rf"(?<![^\W_])(?P<only>(?:{_NAME})(?![^\W\d_])\.?{_OF}{_YEAR})(?!\d)",
    )
)


class Day(NamedTuple):
    """A day, or a month, in a text."""

    start: int
    end: int
    value: str
    """ISO 8601 for a day; a month as it is written."""


def days_in(text: str) -> Iterator[Day]:
    """The days of a text in order, without those that two readers may take for two days."""
    found: list[Day] = []
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            value = _value(match.groupdict())
            if value and not any(match.start() < day.end and day.start < match.end() for day in found):
                found.append(Day(match.start(), match.end(), value))
    return iter(sorted(found))


def _value(parts: dict[str, str | None]) -> str:
    if only := parts.get("only"):
        return only
    month, day = parts.get("month") or "", parts.get("day") or ""
    if (first := parts.get("first")) and (second := parts.get("second")):
        if int(first) <= 12 and int(second) <= 12 and int(first) != int(second):
            return ""
        day, month = (first, second) if int(second) <= 12 else (second, first)
    number = int(month) if month.isdigit() else _MONTH[month.lower()]
    try:
        return date(int(parts["year"] or 0), number, int(day)).isoformat()
    except ValueError:
        return ""
