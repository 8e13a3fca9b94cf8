"""The number before a part that is none of it: "Lasix 40 ½ tab" is half a tablet of 40, and "Day 1 ½ tab" day 1.

Source: lists of medicines as general practitioners and wards write them, the strength without its unit. Danger: a
blank stands in mixed numbers, too ("2 ½ tablets"), so that the strength or the day makes a dose of it. A strength
counts only where nobody takes so many: several with a slash or a dash, one with decimals, a high and round one
after a name, or one above the end of a range ("5 ½–1 tab").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech import counted_first
from voicegen.speech.patterns import lazy

_PART = r"(?:[½¼¾]|1/[24]|3/4)"
_TAKEN = (
    rf"[ \u00a0]{_PART}(?:(?:\s?[-–]\s?\d{{1,2}}[½¼¾]?|\s(?:to|or)\s\d{{1,2}})?\s(?:an?\s)?"
    rf"(?i:tab|tbl|cap|comp|cp\b|cpr|pill|patch|sachet|(?:nocte|mane|midday|daily|nightly|[bo]d|[tq]ds|[btq]id|prn)\b)|[-–](?:\d|{_PART})[-–](?:\d|{_PART})(?![\w/–-]))"
)
"""A part and what is taken of it, or the doses of a day that begin with it: "½-1 tab", "½-0-½"."""
_ANY = lazy(_TAKEN)
_STRENGTH = lazy(
    r"(?:(?<![\w.,/–-])\d+(?:[.,]\d+)?(?:(?:/\d+(?:[.,]\d+)?){1,2}|-(?:\d{3}|\d+[.,]\d+))"
    r"|(?<![\w.,/–-])(?:\d+[.,]\d+|[2-9](?=[ \u00a0](?:½|1/2)[-–]1(?![\d½¼¾.,/])))"
    r"|(?<=[^\W\d_]{3} )(?<!\btake )(?<!\btotal )(?<!\bgive )(?<!\bdose )(?:[1-9]\d\d|[2-9][05]|15))"
    rf"(?={_TAKEN})",
    re.IGNORECASE,
)


def ends(text: str) -> Iterator[int]:
    """Where the numbers end that are the strength, or the day, before a part, and a blank stands."""
    if _ANY.search(text):
        yield from (found.end() for found in _STRENGTH.finditer(text))
        yield from (end for end in counted_first.numbers(text) if _ANY.match(text, end))
