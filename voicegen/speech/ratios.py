"""Ratios and dilutions: "1:1000" is "1 to 1000", "mix 1:10" is "mix 1 to 10".

Danger: a ratio read as a time of day, or a time as a ratio (`colons`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.colons import meaning, speaks_of_ratios
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_RATIO = lazy(
    r"(?<![\w:.,/*])(\d{1,3}(?:\.\d+)?)(?:\s(?=:\s))?(:)(?:(?<=\s:)\s)?"
    r"(\d{1,3}(?:(?:[,.]|(?<=:\d)[ \u00a0\u2009\u202f])\d{3}|[ \u00a0\u2009\u202f]000)*|\d{1,6})(?![\w:]|[.,]\d)"
)


def _find(passage: Passage) -> Iterator[Claim]:
    to = passage.language.word("ratio") or passage.language.word("to")
    if ":" not in passage.text or not to:
        return
    for match in _RATIO.finditer(passage.text):
        if passage.before(match.start(2)).isspace() and not _is_told(passage, match):
            continue  # "Coversyl 5 : 1 cp", "Jour 1 : 2 comprimés"
        clock = re.fullmatch(r"([01]?\d|2[0-4]):([0-5]\d)", match[0])
        if not clock or meaning(passage, match.start(), match.end()) == "ratio":
            yield Claim(match.start(2), match.end(2), to)


def _is_told(passage: Passage, pair: re.Match[str]) -> bool:
    """Whether a colon with blanks is that of a ratio: a word near it says so, or there is nothing else.

    In French every colon has a blank before it, so that it is the label's in "Semaine 1 : 3 injections".
    """
    if _begins_amount(passage, pair.start(3)):
        return False
    alone = not (passage.text[: pair.start()] + passage.text[pair.end() :]).strip(" .,;()")
    return alone or speaks_of_ratios(passage, pair.start(), pair.end())


def _begins_amount(passage: Passage, start: int) -> bool:
    """Whether a number with a unit, or a fraction, begins here: no part of a ratio, after a colon with blanks."""
    number = next((one for one in passage.quantities if one.start == start), None)
    return number is not None and (number.measure is not None or passage.after(number.end) == "/")


RULE = Rule("ratios", 'Says the colon in a ratio as "to".', _find, "digit")
