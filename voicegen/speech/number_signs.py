"""Numbers whose points and commas can be read in one way only, whatever the country that they are written in.

Danger: a voice goes by its own country. "1,234.56" is one point two three four in German and Spanish voices, those
of Mexico too, and Hindi and Korean ones drop the decimals; "10,000,000" is ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from voicegen.speech.patterns import lazy

ONE_WAY = (
    r"(?<![\w.,'’/:])[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]{1,6}|(?:\.[0-9]{3})+,[0-9]{1,6}|(?:,[0-9]{3})+,000)"
    r"(?![0-9]|[.,/:][0-9])"
)
"""The source of a pattern for such numbers; not "100,200,300", which may be three strengths."""
BEHIND_NO_NUMBER = r"(?:(?<!\d )|(?<=[A-Z]\d )|(?<=[A-Z]\d\d ))"
"""Behind no other number with a blank, but for that of a name: "B12 1 000 µg"."""
ROUND = (
    rf"(?:(?<![\w.,+/-])|(?<= 000-)){BEHIND_NO_NUMBER}[0-9]{{1,3}}(?: [0-9]{{3}})* 000"
    r"(?!\w|\.\d|-(?![0-9]{1,3}(?: [0-9]{3})* 000(?!\w|[.-]\d| \d))\d| \d)"
)
"""That of thousands with blanks between, which end in 000 in every country: "10 000-20 000 IU"."""
LAKHS = lazy(r"(?<![0-9.,])[1-9][0-9]?(?:,[0-9]{2})+,000(?![0-9]|[.,][0-9])")
"""As India groups a hundred thousand and more: "1,50,000". Not "25,50,100 mg", which may be three strengths."""
_ONE_WAY = lazy(ONE_WAY)
LEAST_TABLET = lazy(
    r"(?<![\w.,'’٫/:])3[.,]125(?=[ \u00a0\u202f-]?(?:(?:mg|мг|ملغ|ملجم)(?![^\W\d_])|mil{1,2}igr))", re.IGNORECASE
)
"""The least tablet of carvedilol; no dose has 3125 mg."""


class Number(NamedTuple):
    """A number with signs of thousands."""

    start: int
    end: int
    whole: str
    """The digits before the decimal sign, of all of it where there is none."""
    mark: str
    """The decimal sign; empty where there is none."""
    part: str
    """The digits behind it."""


def of_one_way(text: str) -> Iterator[Number]:
    """Each number with a sign of thousands and a decimal one, or with several commas: "1,234.56", "10,000,000"."""
    for found in _ONE_WAY.finditer(text):
        *groups, last = re.split("[.,]", found[0])
        mark = found[0][-len(last) - 1]
        if mark == found[0][len(groups[0])]:
            yield Number(*found.span(), "".join((*groups, last)), "", "")
        else:
            yield Number(*found.span(), "".join(groups), mark, last)
