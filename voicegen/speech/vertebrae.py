"""Names of vertebrae and discs: "L4-L5", "L4/5" and "C5–6" are two names side by side, not an amount.

Source: facts 5b and engines 6.2. Danger: "L4-5" as "L 4 to 5", "C5/6" as "C five per six".
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


def _find(passage: Passage) -> Iterator[Claim]:
    for match in _NAMES.finditer(passage.text):
        yield Claim(match.start(), match.end(), match[1] + _JOIN.sub(" ", match[2]))


RULE = Rule("vertebrae", "Says the names of neighbouring vertebrae one after the other.", _find, "digit")
