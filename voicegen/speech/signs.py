"""The sign before a number: "−20 °C" is "minus 20 degrees Celsius".

Danger: Spanish and French voices of the default engine drop a minus; a hyphen that is no minus must not
become one, so only a sign that touches its number and follows nothing but a space or bracket counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_SIGN = lazy(
    r"(?:(?<=[\s(\[<>=≤≥±/])|^)([-−–+‐‑])(?=[.,]?\d)|(?<=\d[–—])[-−](?=[.,]?\d)|(?<=[\d)])\s?−\s?(?=\d)|^([-−])(?=\d)"
)
_AFTER_AMOUNT = lazy(r"(?:\d|[a-zµμ%°])\s\Z")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    ends = {quantity.end for quantity in passage.quantities}
    for match in _SIGN.finditer(text):
        sign = match[0].strip()
        start = match.start()
        if sign in "-–" and start - 1 in ends and text[start - 1].isspace():
            yield Claim(start, match.end(), passage.language.word("to"))  # "5 -10 mg": a range set carelessly
            continue
        yield Claim(start, match.end(), passage.language.word("plus" if sign == "+" else "minus"))


RULE = Rule("signs", "Says the minus or plus before a number.", _find, "digit")
