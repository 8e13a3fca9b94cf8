"""Numbers whose points and commas can be read in one way only, whatever the country that they are written in.

Danger: a voice goes by its own country. "1,234.56" is one point two three four in German and Spanish voices, those
of Mexico too, and Hindi and Korean ones drop the decimals; "10,000,000" is ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from voicegen.speech.patterns import lazy

_BOTH = lazy(
    r"(?<![\w.,'’/:])(?P<whole>[1-9]\d{0,2}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*)"
    r"(?!(?P=group))(?P<mark>[.,])(?P<part>\d{1,6})(?!\d|[.,/:]\d)"
)
_MILLIONS = lazy(r"(?<![\w.,'’/:])[1-9]\d{0,2}(?:,\d{3})+,000(?!\d|[.,/:]\d)")
"""Not "100,200,300", which may be three strengths."""
LEAST_TABLET = lazy(
    r"(?<![\w.,'’٫/:])3[.,]125(?=[ \u00a0\u202f-]?(?:(?:mg|мг|ملغ|ملجم)(?![^\W\d_])|mil{1,2}igr))", re.IGNORECASE
)
"""The least tablet of carvedilol; no dose has 3125 mg."""


class Both(NamedTuple):
    """A number with a sign of thousands and a decimal one."""

    start: int
    end: int
    whole: str
    """The digits before the decimal sign."""
    mark: str
    """The decimal sign."""
    part: str
    """The digits behind it."""


def with_both_signs(text: str) -> Iterator[Both]:
    """Each number with both signs: "1,234.56"."""
    for found in _BOTH.finditer(text):
        yield Both(*found.span(), re.sub(r"\D", "", found["whole"]), found["mark"], found["part"])


def millions(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each number with several commas of thousands, and its digits."""
    for found in _MILLIONS.finditer(text):
        yield *found.span(), found[0].replace(",", "")
