"""Slashes between words: "and/or" is "and or", "he/she" is "he or she", "CT/MRI" is "CT, MRI".

Source: facts 5b; engines 6.2 (the default engine says "slash"). A slash between words that no list names is
a short pause: "or" or "and" would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import is_other_side

_PAIR = lazy(r"(?<![\w/.])([^\W\d_]+)(\s?/\s?)([^\W\d_]+)(?![\w/])")
_AMOUNTS = lazy(r"\s?/\s?(?=\d)")
_BEFORE_SIGN = lazy(r"(?<=\d)\s?/\s?(?=[−+-]\d)")
_BEFORE_SIDE = lazy(r"(?<=\d)\s?/\s?(?=L)")
_BEFORE_PRICE = lazy(r"(?<=\d)\s?/\s?(?=[£€$]\s?\d)")
"""Between two prices, of which none is per the other: "$31.60 / $7.70"."""
_BEFORE_SEX = lazy(r"(?:(?<=\dyr)|(?<=\dyrs)|(?<=\d\syr)|(?<=\d\syrs)|(?<=\d\syears))\s?/\s?(?=[MF](?![\w/]))")
"""After an age: "45 yrs/F"."""
_OTHER = lazy(r"(?<=[^\W\d_]{2})\s?/\s?(?=[^\W\d_]{2})|(?<=\d%)\s?/\s?(?=[^\W\d_]{4})")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    data = passage.language.words("slashes")
    if "/" not in text or not data:
        return
    counts = passage.language.words("numbers").get("count", ())
    for match in _PAIR.finditer(text):
        pair = f"{match[1]}/{match[3]}"
        if pair in data:
            yield Claim(match.start(), match.end(), str(data[pair]))
        elif pair.lower() in data["or"] or (match[1].lower() in counts and match[3].lower() in counts):
            yield Claim(match.start(2), match.end(2), passage.language.word("or"))
    for match in _BEFORE_SIGN.finditer(text):
        yield Claim(match.start(), match.end(), ",")
    for match in _OTHER.finditer(text):
        yield Claim(match.start(), match.end(), ",")
    for pattern in (_BEFORE_SEX, _BEFORE_PRICE):
        for match in pattern.finditer(text):
            yield Claim(match.start(), match.end(), ", ")
    for match in _BEFORE_SIDE.finditer(text):
        if is_other_side(text, match.start(), match.end()):
            yield Claim(match.start(), match.end(), ",")
    ends = {quantity.end for quantity in passage.quantities if quantity.measure is not None}
    for match in _AMOUNTS.finditer(text) if ends else ():
        if match.start() in ends:
            yield Claim(match.start(), match.end(), ",")


RULE = Rule("slashes", 'Says a slash between words as "or" where it means that, else as a short pause.', _find)
