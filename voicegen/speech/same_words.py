"""A bracket that holds only the unit's symbol for the words right before it is not said again.

"litres per minute (L/min)" is "litres per minute"; said in full the bracket would repeat the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import symbol_at
from voicegen.speech.units import per

_BRACKET = lazy(r"\s?\(([^\s()\d]{1,10})\)")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if "(" not in text:
        return
    for match in _BRACKET.finditer(text):
        symbol = symbol_at(text, match.start(1), passage.language)
        if symbol is None:
            continue
        end, rest = per(passage, symbol.end)
        before = text[: match.start()].lower()
        names = (f"{name}{rest}".lower() for name in (symbol.unit.one, symbol.unit.other))
        if end == match.end(1) and any(
            before.endswith(name) and not before[: -len(name)][-1:].isalpha() for name in names
        ):
            yield Claim(*match.span(), "")


RULE = Rule("same words", "Leaves out a bracket that only repeats the unit before it as a symbol.", _find)
