"""Decades: "in your 40s" is "in your forties", "the 1990s" is "the nineteen nineties".

Source: engines 6.2 (the default engine says "ninety z").
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_DECADE = lazy(r"(?<![\w.,£$€-])(?:(1[0-9]|20))?([1-9])0['’]?s(?![\w'’])")
_TO = lazy(r"(?<=0s)[-–—](?=['’]?\d{0,2}[1-9]0s(?!\w))")


def _find(passage: Passage) -> Iterator[Claim]:
    names = passage.language.words("decades")
    if not names:
        return
    for match in _DECADE.finditer(passage.text):
        century = names["centuries"].get(match[1]) if match[1] else ""
        if century is not None:
            yield Claim(match.start(), match.end(), f"{century} {names['tens'][int(match[2]) - 1]}".strip())
    for match in _TO.finditer(passage.text):
        yield Claim(*match.span(), passage.language.word("to"))


RULE = Rule("decades", 'Says decades such as "1990s" and "40s" in words.', _find, "digit")
