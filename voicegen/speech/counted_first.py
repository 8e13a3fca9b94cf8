"""The number of a day before an amount of three digits: "Jour 1 250 mg" is day 1 and 250 mg, and not 1250 mg.

Source: plans of treatment by days, weeks and cycles ("J1 250 mg, puis 125 mg"). Danger: a blank parts thousands in
most languages, so that the number of the day makes a dose of it five times as high. A day counts only where
nothing stands before it, or a word that no amount per day has before it: "par jour 1 250 mg" stays one number.
"""

from __future__ import annotations

import re
from functools import cache

from voicegen.speech.language import shared_words
from voicegen.speech.patterns import lazy

_ANY = lazy(r"\d[ \u00a0\u2009\u202f][1-9]\d\d(?!\d)")


def ends(text: str) -> list[int]:
    """Where the number of each such day ends, and the blank before the amount begins, in the order of the text."""
    return [found.end() for found in _days().finditer(text)] if _ANY.search(text) else []


@cache
def _days() -> re.Pattern[str]:
    words = shared_words("counted_first")
    days, before, to = ("|".join(map(re.escape, words[name])) for name in ("days", "before", "to"))
    named, lettered = rf"(?i:(?<!\w)(?:{days}))\s", r"(?<![\w.,/+–-])[A-WYZ]"
    span = rf"(?:\s?[-–—]\s?|\s(?i:{to})\s(?:(?i:el|le|la|il|o|the)\s)?)"
    opening = rf"(?:\A|(?<=[.,;:!?(\[/+•–—-])\s?|(?<!\w)(?i:{before})\s)"
    return re.compile(
        rf"(?:{opening}{named}\d{{1,2}}|{lettered}\d{{1,2}}"
        rf"|(?:{named}|{lettered})\d{{1,2}}{span}(?:{named}|[A-WYZ])?\d{{1,2}})"
        r"(?=[ \u00a0\u2009\u202f][1-9]\d\d(?!\d))"
    )
