"""The sign before a number: "−20 °C" is "minus 20 degrees Celsius".

Danger: Spanish and French voices of the default engine drop a minus; a hyphen that is no minus must not
become one, so only a sign that touches its number and follows nothing but a space or bracket counts, and those
that `spaced_minus` knows by the word before.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech import spaced_minus
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_SIGN = lazy(
    r"(?:(?<=[\s(\[<>=≤≥±/])|(?<=[^\W\d_]:)|^)([-−–+‐‑])(?=[.,]?\d)|(?<=\d[–—])[-−](?=[.,]?\d)|(?<=[\d)])\s?−\s?(?=\d)|^([-−])(?=\d)"
)
_SIGNED = lazy(r"(?:[\s(\[:/]|\A)[-−–+‐‑][\d.,]+\s\Z")
"""A number before that has a sign of its own: the second of "-2.25 -0.75" is no end of a range."""
_EXTENSION = lazy(r"(?<!\w)(?:Fax|Telefax|Tel|Telefon|Durchwahl|DW|Dw|Apparat|App|Nebenstelle)[.:]{0,2}\s\Z")
"""Before the last digits of a telephone number, written for those that differ."""
_CYLINDER = lazy(r"\d[.,][0257][05]\s\Z")
_AXIS = lazy(r"\d{1,2}[.,][0257][05]\s?(?:[xX×@]|[aA]x\.?|[AaÀà])\s?\d{1,3}(?!\d|[.,]\d|\s?(?:mg|g|m[lL])(?!\w))")
"""The strength of a lens for astigmatism with its axis: "1.50 -0.75 x 90"."""


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    for start, end in spaced_minus.signs(text, passage.language.code):
        yield Claim(start, end, passage.language.word("minus"))
    ends = {quantity.end for quantity in passage.quantities}
    for match in _SIGN.finditer(text):
        sign = match[0].strip()
        start = match.start()
        if sign in "-–" and _EXTENSION.search(text[max(0, start - 14) : start]):
            yield Claim(start, match.end(), "")  # "Fax -68"
            continue
        if sign in "-–" and start - 1 in ends and text[start - 1].isspace() and not is_apart(text, start):
            yield Claim(start, match.end(), passage.language.word("to"))  # "5 -10 mg": a range set carelessly
            continue
        yield Claim(start, match.end(), passage.language.word("plus" if sign == "+" else "minus"))


def is_apart(text: str, start: int) -> bool:
    """Whether the sign at `start` is a minus though an amount stands before it: the prescription of a lens."""
    before = text[max(0, start - 12) : start]
    lens = _CYLINDER.search(before) and _AXIS.match(text, start + 1)
    return _SIGNED.search(before) is not None or lens is not None


RULE = Rule("signs", "Says the minus or plus before a number.", _find, "digit")
