"""Blood pressure: "140/90mmHg" is "140 over 90 millimetres of mercury".

Source: facts 5b. Danger: the slash read as "per" or as a fraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_PAIR = lazy(r"(?<![\w/.,–-])(\d{1,3})(?:[–-]\d{2,3})?\s?(/)\s?(\d{1,3})(?![\w/%]*/|\d|[.,]\d|[A-KN-Za-ln-z])")
_NEAR = 60


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    over = passage.language.word("over")
    if "/" not in text or not over:
        return
    cues = [cue.lower() for cue in passage.language.words("blood_pressure").get("cues", ())]
    lower = text.lower()
    about_pressure = any(re.search(rf"\b{re.escape(cue)}\b", lower) for cue in cues)
    for match in _PAIR.finditer(text):
        upper, lower_value = int(match[1]), int(match[3])
        in_centimetres = about_pressure and passage.language.words("blood_pressure").get("centimetres", False)
        if in_centimetres and 8 <= upper <= 25 and 4 <= lower_value <= 15 and lower_value < upper:
            yield Claim(match.start(2), match.end(2), over)
            continue
        if not (60 <= upper <= 260 and 30 <= lower_value <= 160 and lower_value < upper):
            continue
        measured = re.match(r"(?:\s?[–-]\s?\d{2,3})?\s?mm\s?Hg", text[match.end() : match.end() + 14])
        if measured or about_pressure:
            yield Claim(match.start(2), match.end(2), over)


RULE = Rule("blood pressure", 'Says the slash in a blood pressure as "over".', _find, "digit")
