"""Names of vertebrae: "L4-L5", "L4/5" and "C5–6" are two neighbours, said one after the other; "L4–S1" is a range.

Source: facts 5b and engines 6.2. Danger: "L4-5" as "L 4 to 5", "C5/6" as "C five per six"; and no voice says the
dash of "T1–T12", so that all the back becomes two places of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_LEVEL = r"(?:C[1-8]|T(?:1[0-2]|[1-9])|D(?:1[0-2]|[1-9])|L[1-6]|S[1-5])"
_NAMES = lazy(
    rf"(?<![\w-])({_LEVEL})((?:\s?[-–—/]\s?(?:{_LEVEL}|(?:1[0-2]|[1-9])(?!\d)))+)(?![\w%]|[.,]\d|[-–]\d)"
)
_JOIN = lazy(r"\s?[-–—/]\s?")
_SPAN = lazy(
    rf"(?<![\w–—/-])({_LEVEL})(?P<dash>\s?[-‐‑–—]\s?)(?:({_LEVEL})|(?<=\d.)(1[0-2]|[1-9]))"
    r"(?![\w%]|[.,]\d|\s?[-‐‑–—/]\s?\w)"
)
"""Two levels, the second with its letter, or without it where the dash touches it: "S2-4"."""
_ABOVE = {"C": 0, "T": 7, "D": 7, "L": 19, "S": 24}
"""How many vertebrae stand above the first of a kind; a nerve C8 and a vertebra L6 count as the next one."""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The dash of each range: between two levels that are no neighbours."""
    for match in _SPAN.finditer(text):
        first, last = match[1], match[3] or match[1][0] + match[4]
        if abs(_place(first) - _place(last)) > 1:
            yield match.span("dash")


def _place(level: str) -> int:
    return _ABOVE[level[0]] + int(level[1:])


def _find(passage: Passage) -> Iterator[Claim]:
    for start, end in spans(passage.text):
        yield Claim(start, end, f" {passage.language.word('to')} ")
    for match in _NAMES.finditer(passage.text):
        yield Claim(match.start(), match.end(), match[1] + _JOIN.sub(" ", match[2]))


RULE = Rule(
    "vertebrae",
    'Says the names of neighbouring vertebrae one after the other, and the dash of "T1–T12".',
    _find,
    "digit",
)
