"""From one level of the spine to another, for the proof: "T1–T12" is no T1 and T12, "L4-L5" is one disc.

Like all of the proof it shares no code with the rules.
"""

from __future__ import annotations

import re

from voicegen.speech.patterns import lazy

_ROW = (
    *(f"C{number}" for number in range(1, 8)),
    *(f"T{number}" for number in range(1, 13)),
    *(f"L{number}" for number in range(1, 6)),
    *(f"S{number}" for number in range(1, 6)),
)
"""From the neck down."""
_BELOW = {"C8": "T1", "L6": "S1"}
"""What is not in everybody's row, with what it is as high as."""
_NAME = r"(?:[CLS]\d|[TD]\d\d?)"
_FROM_TO = (
    rf"(?<![\w–—/-])(?P<first>{_NAME})(?:{{}})(?:(?P<last>{_NAME})|(?P<number>\d\d?))"
    r"(?![\w%]|[.,]\d|\s?[-‐‑–—/]\s?\w)"
)
_DASHED = lazy(_FROM_TO.format(r"\s?[-‐‑–—]\s?(?=[A-Z])|[-‐‑–—]"))
_SAID = lazy(_FROM_TO.format(r"\s(?:to|a|à|bis)\s"))


def dashed(text: str) -> str:
    """A shown text with every such dash as that of a range between the places of two levels."""
    return _DASHED.sub(_span, text)


def worded(text: str) -> str:
    """A shown or spoken text with the words of such ranges, too."""
    return _SAID.sub(_span, text)


def left(said: str) -> list[str]:
    """Each such range whose dash stands in the words for the engine, where no voice says it."""
    return [f"shown but not said: the dash of {span[0]}" for span in _DASHED.finditer(said) if _places(span)]


def _span(found: re.Match[str]) -> str:
    places = _places(found)
    return f" {places[0]}–{places[1]}" if places else found[0]


def _places(found: re.Match[str]) -> tuple[int, int] | None:
    """Where two levels stand, counted from the neck; None where they are none, or have no other between them."""
    last = found["last"] or found["first"][0] + found["number"]
    levels = [_BELOW.get(name, name.replace("D", "T")) for name in (found["first"], last)]
    if not set(levels) <= set(_ROW):
        return None
    upper, lower = (_ROW.index(level) for level in levels)
    return None if -1 <= upper - lower <= 1 else (upper, lower)
