"""Heights in feet and inches: 5'7" is "5 feet 7 inches".

Danger: the marks are also those of minutes and of quotations, so only both together count, in a language that has
these units; inches alone only before what is measured in them.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_HEIGHT = lazy(r"(?<![\w.,/'’])([2-8])\s?['’′]\s?(\d|1[01])(½?)\s?(?:[\"”″]|''|’’)(?!\w)")
_INCHES = lazy(
    r"(?<![\w.,/'’\"”])(?P<number>\d/\d{1,2}|\d{1,2}(?:\.\d{1,2}|[ \u00a0]?[½¼¾])?)\s?[\"”″]"
    r"(?=\s?[x×]\s?\d|\s(?:needles?|long|wide|tall|high|deep|thick|gauze|bandages?|tape|tubing|incision|wound|heels?)\b)"
    r"|(?<=[x×])\s?(?P<last>\d{1,2}(?:\.\d{1,2})?)[\"”″](?!\w)"
)
"""As in "23G 1\" needle" and "4\" x 4\" gauze"."""
_QUOTED = lazy(r"(?<![^\s(])[\"“”]")


def _find(passage: Passage) -> Iterator[Claim]:
    units = passage.language.units
    if "ft" not in units or "in" not in units:
        return
    for match in _HEIGHT.finditer(passage.text):
        half = f" {passage.language.words('fractions')['half_after_number']}" if match[3] else ""
        inches = units["in"].one if match[2] == "1" and not half else units["in"].other
        yield Claim(match.start(), match.end(), f"{match[1]} {units['ft'].other} {match[2]}{half} {inches}")
    quoted = _QUOTED.search(passage.text)
    for match in _INCHES.finditer(passage.text):
        if quoted and quoted.end() <= match.start():
            continue  # it closes a quotation
        number = match.end(match.lastgroup or 0)
        yield Claim(number, match.end(), units["in"].one if match["number"] == "1" else units["in"].other)


RULE = Rule("heights", "Says a height in feet and inches.", _find, "digit")
