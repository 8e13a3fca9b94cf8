"""Blood pressure: "140/90mmHg" is "140 over 90 millimetres of mercury".

Source: facts 5b. Danger: the slash read as "per" or as a fraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_PAIR = lazy(
    r"(?:(?<![\w/.,–-])|(?<=Hg[–—-])|(?<=/\d\d[–—-])|(?<=/\d\d\d[–—-]))"
    r"(\d{1,3})(?:[–-]\d{2,3})?\s?(/)\s?(\d{1,3})(?![\w/%]*/|\d|[.,]\d|[A-KN-Za-ln-z])"
)
_MEASURED = lazy(r"\d\s?/\s?\d{2,3}(?:\s?[–-]\s?\d{2,3})?\s?mm\s?Hg")
_DASH = lazy(r"(?<=\d)(?P<unit>\s?mm\s?Hg)?(?P<dash>\s?[–—-]\s?)(?=\d{2,3}\s?/\s?\d{2,3}(?!\d))")
_SYSTOLIC = lazy(r"(?<![\w/.,–-])\d{2,3}(\s?[–—-]\s?)\d{2,3}\Z")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    over, to = passage.language.word("over"), passage.language.word("to")
    if "/" not in text or not over:
        return
    cues = [cue.lower() for cue in passage.language.words("blood_pressure").get("cues", ())]
    lower = text.lower()
    about_pressure = any(re.search(rf"\b{re.escape(cue)}\b", lower) for cue in cues)
    measured = _MEASURED.search(text) is not None
    pairs: set[int] = set()
    for match in _PAIR.finditer(text):
        upper, lower_value = int(match[1]), int(match[3])
        in_centimetres = about_pressure and passage.language.words("blood_pressure").get("centimetres", False)
        if in_centimetres and 8 <= upper <= 25 and 4 <= lower_value <= 15 and lower_value < upper:
            yield Claim(match.start(2), match.end(2), over)
            yield from _systolic(text, match.start(2), to)
            continue
        if not (60 <= upper <= 260 and 30 <= lower_value <= 160 and lower_value < upper):
            continue
        if measured or about_pressure:
            pairs.add(match.end())
            yield Claim(match.start(2), match.end(2), over)
            yield from _systolic(text, match.start(2), to)
    for match in _DASH.finditer(text):
        if (match.start() in pairs) and to:
            yield Claim(*match.span("dash"), f" {to} ")


def _systolic(text: str, slash: int, to: str) -> Iterator[Claim]:
    """The dash between two upper pressures before a slash: "120-130/80"."""
    if systolic := _SYSTOLIC.search(text[:slash].rstrip()):
        yield Claim(*systolic.span(1), f" {to} " if systolic[1] == systolic[1].strip() else to)


RULE = Rule("blood pressure", 'Says the slash in a blood pressure as "over".', _find, "digit")
