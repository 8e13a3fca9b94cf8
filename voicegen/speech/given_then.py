"""A dose behind what it is given for, in languages without rules: "10 kg → 100 mg", "10-12 → 4 IU", "<30 – 5 mg".

Danger: the sign between them is no "to", as it is between two amounts of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.kinds import are_unlike, kinds_of
from voicegen.speech.patterns import lazy

_ARROW = lazy(r"[→⟶⇒⟹➔➜➝➞➡>]")
_MEASURED = lazy(r"[<>]?\s?\d[\d.,]*\s?([^\W\d_]{1,4}|[%℃])(?![^\W\d_])")
_PIECE = lazy(
    r"[<>]?\s?[\d½¼¾][\d.,/]*\s?(?:tabl?|tbl|comp|c[áa]ps?|kaps|kps|cpr?s?|p[ií]ll|bust|sachet|gocc|gota|druppel|dråp|amp|puff"
    r"|таб|капс|кап)[^\W\d_]*",
    re.IGNORECASE,
)
_OF_RATE = lazy(r"/\s?[\d.,]*\Z")
_LIMIT = lazy(r"(?:[<>≤≥]=?|\d\s?[-–—])\s?\d[\d.,]*\Z")
"""A limit, or the end of a range."""
_DASH = lazy(r"(?<=\d)\s?(?P<unit>[^\W\d_]{1,4}|[%℃])(?P<dash>\s[-–—]\s)(?=\d)")
_FALLING = lazy(r"[<>≤≥]=?\s?(?P<limit>\d+(?:[.,]\d+)?)(?P<dash>\s[-–—]\s)(?=(?P<dose>\d+(?:[.,]\d+)?)(?![\d.,]))")


def dashes(text: str) -> Iterator[tuple[int, int]]:
    """The dashes between what an amount is given for and that amount."""
    yield from (sign.span("dash") for sign in _DASH.finditer(text) if is_before_dose(text, sign))
    for sign in _FALLING.finditer(text):
        if _value(sign["dose"]) < _value(sign["limit"]):
            yield sign.span("dash")


def is_before_dose(text: str, sign: re.Match[str]) -> bool:
    """Whether a sign behind an amount, whose unit is a group of it, stands before what is no more of that amount.

    Not between two concentrations: "5 mg/5 ml–10 mg/5 ml".
    """
    after, kinds = _MEASURED.match(text, sign.end()), kinds_of(sign["unit"])
    if kinds and _PIECE.match(text, sign.end()):
        return True
    if after is None or _OF_RATE.search(text, max(0, sign.start() - 10), sign.start()):
        return False
    if not sign["unit"].strip() and _ARROW.search(text, sign.start(), sign.end()):
        return _LIMIT.search(text, max(0, sign.start() - 20), sign.start()) is not None
    return are_unlike(kinds, kinds_of(after[1]))


def _value(number: str) -> float:
    """The amount, three digits after a sign being thousands."""
    return float(re.sub(r"[.,](?=\d{3}(?!\d))", "", number).replace(",", "."))
