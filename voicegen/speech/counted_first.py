"""The number of a day before an amount: "Jour 1 250 mg" is day 1 and 250 mg, and "Week 1 – 40 mg" is no range.

Source: plans of treatment by days, weeks and cycles ("J1 250 mg, puis 125 mg"). Danger: a blank parts thousands in
most languages, so that the number of the day makes a dose of it five times as high, and a dash or colon makes a
range or ratio of both. A day counts only where nothing stands before it, or a word that no amount per day has
before it: "par jour 1 250 mg" stays one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from voicegen.speech.language import shared_words
from voicegen.speech.patterns import lazy

_ANY = lazy(r"\d[ \u00a0\u2009\u202f][1-9]\d\d(?!\d)")
_AMOUNT = (
    r"(?:[<>≤≥~]\s?)?(?:\d+(?:[.,]\d+)?[½¼¾]?|[½¼¾])(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?[ \u00a0]?"
    r"(?:(?:m?gs?|mcgs?|[µμ]g|kg|m?[lL]|I[UE]|UI|U|u|units?|unités?|unidad(?:es)?|Einheit(?:en)?|unità|мк?г|мл|ЕД"
    r"|МЕ|tbl|puffs?|drops?|cpr?s?|got[ae]s?|gouttes?|Tropfen|Hübe?)(?![^\W\d_])"
    r"|m(?:illi|icro|ilí|ili|ikro)gram|m(?:illi|ili)lit|tab|kaps|cap|comp|g[ée]l|таб)"
)
"""The beginning of a dose."""
_PAUSE = r"\s?(?:[-–—](?![-–—>])|[-–—]{1,2}>|=>|[→⟶⇒⟹➔➜➝➞➡]\ufe0f?)\s?"
_DASH = lazy(rf"[\dhmMr.](?:{_PAUSE}|:)[<>≤≥~]?\s?[\d½¼¾]")
_AT_A_TIME = lazy(
    rf"(?:(?<![\d:.,/])(?!1:(?!00|30))(?:[01]?\d|2[0-4])[:h][0-5]\d(?:\s?(?:h|hrs?|Uhr))?|\d\s?[AaPp]\.?[Mm]\.?)"
    rf"(?P<dash>{_PAUSE})(?={_AMOUNT})"
)


def dashes(text: str) -> Iterator[tuple[int, int]]:
    """The dash or colon between the number of a day, or a time of day, and a dose, which is no range nor ratio.

    As in "Week 1 – 40 mg" and "Day 1:5 mg".
    """
    if not _DASH.search(text):
        return iter(())
    return (found.span("dash") for pattern in (_dashed(), _AT_A_TIME) for found in pattern.finditer(text))


@cache
def _dashed() -> re.Pattern[str]:
    words = shared_words("counted_first")
    names = "|".join(map(re.escape, (*words["days"], *words["others"])))
    to, after, doses = ("|".join(map(re.escape, words[name])) for name in ("to", "surely_before", "doses"))
    # A second number is the label's where a blank follows it: "Days 1-3 – 5 mg", not "Week 1 – 5-10 mg".
    span = rf"(?:(?:[-–—]|\s?&\s?|\s(?i:{to})\s)\d{{1,2}}(?=\s))?"
    # Only where nothing stands before the label: "Per day 5–10 mg" and "for 3 days 5–10 mg" are ranges.
    opening = rf"(?:\A|(?<=[.,;:!?(\[•|])\s?|(?<=\s[–—-])\s|(?<!\w)(?i:{after})\s)"
    return re.compile(
        rf"{opening}(?i:(?:{names})\s\d{{1,2}}{span}(?={_PAUSE}|:)|(?:{doses})\s\d{{1,2}}(?=:))"
        rf"(?P<dash>{_PAUSE}|:)(?={_AMOUNT})"
    )


def ends(text: str) -> list[int]:
    """Where the number of each such day ends, and the blank before the amount begins, in the order of the text."""
    return [found.end() for found in _days().finditer(text)] if _ANY.search(text) else []


@cache
def _days() -> re.Pattern[str]:
    words = shared_words("counted_first")
    days, to = ("|".join(map(re.escape, words[name])) for name in ("days", "to"))
    before = "|".join(map(re.escape, (*words["before"], *words["surely_before"])))
    named, lettered = rf"(?i:(?<!\w)(?:{days}))\s", r"(?<![\w.,/+–-])[A-WYZ]"
    span = rf"(?:\s?[-–—]\s?|\s(?i:{to})\s(?:(?i:el|le|la|il|o|the)\s)?)"
    opening = rf"(?:\A|(?<=[.,;:!?(\[/+•–—-])\s?|(?<!\w)(?i:{before})\s)"
    return re.compile(
        rf"(?:{opening}{named}\d{{1,2}}|{lettered}\d{{1,2}}"
        rf"|(?:{named}|{lettered})\d{{1,2}}{span}(?:{named}|[A-WYZ])?\d{{1,2}})"
        r"(?=[ \u00a0\u2009\u202f][1-9]\d\d(?!\d))"
    )
