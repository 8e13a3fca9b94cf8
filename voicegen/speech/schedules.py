"""Doses by the times of day, as German prescriptions write them: "1-0-1" is "1, 0, 1" (morning, noon, evening).

Danger: the default engine says the hyphens, and a reader of ranges would make "1 to 0 to 1" of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_DOSE = r"(?:\d[.,]5|1/[24]|3/4|\d|\d?[½¼¾])"
_LARGE = r"(?:0|[1-9]\d?)"
_MEASURED = r"(?:[1-9]\d{0,3}|0)(?:[.,]\d{1,2})?"
_COUNTED = r"(?:IE|I\.E\.|E|Einh|IU|UI|U|units|Trpf|Tr|Tropfen|drops|gotas|gouttes)"
_BEFORE = r"(?<![\w.,/–—+-])(?<![–—-] )"
_AFTER = r"(?![\w/½¼¾–—-]|[.,]\d|\s[-–—]\s?\d)"
_DOSES = lazy(
    rf"{_BEFORE}{_DOSE}(?:(?:[-–—]{_DOSE}){{2,3}}|(?:\s[-–—]\s{_DOSE}){{2,3}}){_AFTER}"
    rf"|{_BEFORE}(?=[\d\s–—-]{{0,16}}(?<!\d)0(?!\d)|[\d\s–—-]{{5,20}}{_COUNTED}(?!\w))"
    rf"{_LARGE}(?:(?:[-–—]{_LARGE}){{2,3}}|(?:\s[-–—]\s{_LARGE}){{2,3}}){_AFTER}"
    rf"|{_BEFORE}(?=[\d.,\s–—-]{{5,32}}(?:mg|mcg|[µμ]g|g|m[lL])(?!\w))"
    rf"{_MEASURED}(?:(?:[-–—]{_MEASURED}){{2,3}}|(?:\s[-–—]\s{_MEASURED}){{2,3}}){_AFTER}"
)
"""One figure for each time of day; two digits where one of them is 0, or where drops or units are counted.

Before a mass or a volume any figures are doses one after the other: "40-20-10 mg".
"""
_EACH = lazy(
    r"(?<!\d)\d+(?:[.,]\d+)?\s?([^\W\d_]{1,5})(?:\s?[-–]\s?(?:\d+(?:[.,]\d+)?\s?\1(?![^\W\d_])|0(?![\w.,]))){2,}"
)
"""Three doses or more, each with its unit: "6u-8u-6u", "20u-0-10u"."""
_DASH = lazy(r"\s?[-–—]\s?")
_PART = lazy(r"[13]/[24]")


def dashes(text: str) -> Iterator[tuple[int, int]]:
    """The places of the dashes between the doses of a day, also in languages that have no rules."""
    for doses in (*_DOSES.finditer(text), *_EACH.finditer(text)):
        for dash in _DASH.finditer(text, doses.start(), doses.end()):
            yield dash.span()


def starts(text: str) -> Iterator[int]:
    """Where the doses of a day begin."""
    yield from (doses.start() for doses in _DOSES.finditer(text))


def _find(passage: Passage) -> Iterator[Claim]:
    yield from (Claim(start, end, ", ") for start, end in dashes(passage.text))
    for doses in _DOSES.finditer(passage.text):
        for part in _PART.finditer(passage.text, doses.start(), doses.end()):
            if words := passage.language.words("fractions").get(part[0]):
                yield Claim(*part.span(), str(words))


RULE = Rule("schedules", "Says the doses of a day one after the other.", _find, "digit")
