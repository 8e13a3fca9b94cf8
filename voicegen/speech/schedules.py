"""Doses by the times of day, as German prescriptions write them: "1-0-1" is "1, 0, 1" (morning, noon, evening).

Danger: the default engine says the hyphens, and a reader of ranges would make "1 to 0 to 1" of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_DOSE = r"(?:\d[.,]5|\d|\d?[½¼¾])"
_DOSES = lazy(
    rf"(?<![\w.,/–+-])(?<![–-] ){_DOSE}(?:(?:[-–]{_DOSE}){{2,3}}|(?:\s[-–]\s{_DOSE}){{2,3}})"
    r"(?![\w/½¼¾–-]|[.,]\d|\s[-–]\s?\d)"
)
_DASH = lazy(r"\s?[-–]\s?")


def _find(passage: Passage) -> Iterator[Claim]:
    for doses in _DOSES.finditer(passage.text):
        for dash in _DASH.finditer(passage.text, doses.start(), doses.end()):
            yield Claim(dash.start(), dash.end(), ", ")


RULE = Rule("schedules", "Says the doses of a day one after the other.", _find, "digit")
