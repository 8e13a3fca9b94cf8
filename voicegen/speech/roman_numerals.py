"""Roman numerals in stages, types and grades: "type II" is "type 2", "stage IIIb" is "stage 3 b".

Source: engines 6.2 (the default engine says "roman two"). Danger: "IV" is a way to give a drug, "I" a person:
without a word such as "stage" before them they are letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

VALUES = {
    tens * "X" + units: 10 * tens + value
    for tens in range(4)
    for value, units in enumerate(("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))
    if tens or value
}
"""The numerals from I to XXXIX."""
_NUMERAL = r"(?:X{1,3}(?:IX|IV|VI{0,3}|I{0,3})|IX|IV|VI{0,3}|I{1,3})"
_LIST = lazy(
    rf"{_NUMERAL}[a-dA-D]?(?![\w'’])"
    rf"(?:(?:\s?[-–—/,]\s?|,? (?:and|or|to|y|o|a|et|ou|à|und|oder|bis) ){_NUMERAL}[a-dA-D]?(?![\w'’]))*"
)
_ONE = lazy(rf"{_NUMERAL}(?=[a-dA-D]?(?![\w'’]))")
_ONE_SIGN = lazy(r"[Ⅰ-Ⅻⅰ-ⅻ]")
"""Numerals that are one sign (Unicode, Number Forms)."""
_LONE = lazy(
    r"(?<![\w.-])(?:(?:I{2,3}|VI{1,3}|IX|XI{1,3})(?![\w'’-])"
    r"|(?:I{1,3}|IV|VI{0,3})[-–](?:I{2,3}|IV|VI{1,3}|IX|XI{1,3})(?![\w'’-]))"
)


@lru_cache(maxsize=8)
def _keywords(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?:[ \u00a0]|-(?=[IVX]))", re.IGNORECASE)


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    for sign in _ONE_SIGN.finditer(text) if not text.isascii() else ():
        yield Claim(*sign.span(), str((ord(sign[0]) - 0x2160) % 16 + 1))
    if not any(letter in text for letter in "IVX"):
        return
    data = passage.language.words("roman")
    if not data:
        return
    for keyword in _keywords(tuple(data["keywords"])).finditer(text):
        match = _LIST.match(text, keyword.end())
        if match is None or _is_person(passage, match):
            continue
        if match[0] == "IV" and keyword[0].startswith("volum"):
            continue  # "a large volume IV"
        yield from _numerals(passage, match)
    if not text.isupper():
        end = 0
        for lone in _LONE.finditer(text):
            match = _LIST.match(text, lone.start()) if lone.start() >= end else None
            if match:
                end = match.end()
                yield from _numerals(passage, match)


def _is_person(passage: Passage, match: re.Match[str]) -> bool:
    """Whether "I" is the speaker: "the type I have"."""
    if match[0] != "I":
        return False
    following = re.compile(r"\s([^\W\d_]+(?:['’]\w+)?)").match(passage.text, match.end())
    return following is not None and following[1].lower() in passage.language.words("roman").get(
        "verbs_after_i", ()
    )


def _numerals(passage: Passage, found: re.Match[str]) -> Iterator[Claim]:
    """The numerals as numbers, a letter after one apart from it, a dash between two as "to", a slash as itself."""
    text = passage.text
    for match in _ONE.finditer(text, found.start(), found.end()):
        if match[0] not in VALUES:
            continue
        end = match.end()
        letter = text[end] if end < found.end() and text[end] in "abcdABCD" else ""
        yield Claim(match.start(), end + len(letter), f"{VALUES[match[0]]} {letter}".strip())
    for dash in re.compile(r"(?<=\w)\s?[-–—]\s?(?=\w)").finditer(text, found.start(), found.end()):
        yield Claim(dash.start(), dash.end(), passage.language.word("to"))
    for slash in re.compile(r"(?<=\w)\s?/\s?(?=\w)").finditer(text, found.start(), found.end()):
        yield Claim(slash.start(), slash.end(), passage.language.word("slash"))  # "II/III", and II of "II/IV"


RULE = Rule("roman numerals", "Says the Roman numerals of types, stages and grades as numbers.", _find)
