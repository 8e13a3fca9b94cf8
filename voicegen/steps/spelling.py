"""The letters of a text, and the signs that change a number: what two copies of a text are compared by.

White space, quotation marks and markup may differ between a page and what was read from it; letters, digits and
their marks may not, nor "<" before a number, "%" behind one, or the point inside one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

_TOKEN = re.compile(r"\S+")
_BEFORE = frozenset("<>≤≥±−≈")
_BEHIND = frozenset("%‰°")
_BETWEEN = frozenset(".,:/⁄-‐–—−×")
"""Signs before a number, behind one, and between two digits. A hyphen before a number may be a bullet."""
INSIDE = _BETWEEN - _BEFORE
"""Signs that belong to a digit only where another stands before it."""

_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Marks that choose how a sign is drawn; markdown-it adds one to its arrows."""

_QUOTES = {ord(mark): None for mark in "\"'“”„‟‘’‚‛«»‹›"}
"""What a reader may put around a quotation; between a sign and its digit it parts nothing."""

_NO_SIGNS: Mapping[int, str] = {}
"""What most texts have: one for all of them."""
_Letters = tuple[str, tuple[tuple[int, str], ...]]


@dataclass(slots=True)
class Spelled:
    """A text by its letters."""

    letters: str = ""
    """Letters and digits with their combining marks, in compatibility form without case (NFKD, casefold)."""
    starts: array[int] = field(default_factory=partial(array, "L"))
    """Where in `letters` each word begins; a word is what stands between white space and holds a letter."""
    begins: array[int] = field(default_factory=partial(array, "L"))
    """Where each word begins in the text, in characters."""
    ends: array[int] = field(default_factory=partial(array, "L"))
    """Where each word ends in the text: as numbers in a row, since a page of hours has 100,000 words."""
    signs: Mapping[int, str] = field(default_factory=lambda: _NO_SIGNS)
    """The signs that belong to a digit, by the digit's place in `letters`."""


def spelled(text: str) -> Spelled:
    """The text by its letters."""
    result = Spelled()
    parts: list[str] = []
    signs: dict[int, str] = {}
    length = 0
    waiting, after_digit = "", False
    for token in _TOKEN.finditer(text):
        letters, own = _letters(token[0])
        if not letters:
            sign = token[0]
            if after_digit and sign in _BEHIND:
                _attach(signs, length - 1, sign)
            waiting = sign if sign in _BEFORE or (after_digit and sign in _BETWEEN) else ""
            continue
        if waiting and token[0][0].isdigit():
            _attach(signs, length, waiting)
        for at, sign in own:
            _attach(signs, length + at, sign)
        result.starts.append(length)
        result.begins.append(token.start())
        result.ends.append(token.end())
        parts.append(letters)
        length += len(letters)
        waiting = token[0][-1] if token[0][-1] in _BEFORE else ""
        after_digit = token[0][-1].isdigit()
    result.letters = "".join(parts)
    if signs:  # few have any
        result.signs = signs
    return result


def letters_of(text: str) -> str:
    """The letters of a text alone."""
    return "".join(_letters(token)[0] for token in text.split())


def _attach(signs: dict[int, str], at: int, sign: str) -> None:
    signs[at] = signs.get(at, "") + sign


@lru_cache(maxsize=20_000)
def _letters(token: str) -> _Letters:
    """The letters of a text without white space, and its signs by the place of their digit."""
    if token.isascii() and token.isalnum():
        return token.lower(), ()
    found: list[str] = []
    signs: list[tuple[int, str]] = []
    plain = unicodedata.normalize("NFKD", token.casefold()).translate(_QUOTES)
    for at, character in enumerate(plain):
        if character.isalnum() or (unicodedata.category(character)[0] == "M" and character not in _VARIANTS):
            found.append(character)
            continue
        behind = plain[at + 1 : at + 2].isdigit()
        before = at > 0 and plain[at - 1].isdigit()
        if behind and (character in _BEFORE or (before and character in _BETWEEN)):
            signs.append((len(found), character))
        elif before and character in _BEHIND:
            signs.append((len(found) - 1, character))
    return "".join(found), tuple(signs)
