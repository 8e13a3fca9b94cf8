"""The one filter between what is said and any engine: what is left can only be read, never obeyed.

Signs that engines take for commands are taken out: control characters (espeak-ng: U+0001 starts one), brackets
(`[[…]]` are phonemes for espeak-ng and piper, `{…}` for others; they become round ones, which pause alike),
brackets of markup (the words inside stay), signs that are not seen (zero-width, bidirectional, tags, fillers,
variation selectors), private and unassigned characters, halves of a character, and piles of accents.
Source: Unicode 16, DerivedCoreProperties, Default_Ignorable_Code_Point; espeak-ng, docs/markup.md.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from voicegen.model.characters import is_newer
from voicegen.speech.patterns import lazy

MOST_MARKS = 6
"""Accents on one letter: Hebrew with all its points needs four."""
_ASCII = lazy(r"[ !\"#$%&'()*+,\-./0-9:;=?@A-Z\\^_`a-z|~]*")
_TAG = lazy(r"<[/!?]*([^\W\d_][^<>]*?) ?/?>")
_TAG_OPENED = lazy(r"<[/!?]*(?=[^\W\d_])")
_ROUND = str.maketrans("[]{}", "()()")
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_SELECTORS = ((0xFE00, 0xFE0F), (0x180B, 0x180F), (0xE0000, 0xE0FFF))
_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners: they shape words of Arabic and Indic script, and have no business elsewhere."""


def plain(text: str) -> str:
    """The text without any sign that could steer an engine, composed (NFC) and with single spaces.

    Spaces at its ends are kept as one, so that pieces of a line can be filtered one by one.
    """
    if _ASCII.fullmatch(text):
        return _single_spaced(text)
    kept = "".join(_seen(text, at) if ord(sign) > 126 or sign < " " else sign for at, sign in enumerate(text))
    kept = unicodedata.normalize("NFC", kept)
    kept = _single_spaced(_without_piles(kept)).translate(_ROUND)
    if "<" in kept:
        kept = _TAG_OPENED.sub(" ", _TAG.sub(r" \1 ", kept))
    return _single_spaced(kept)


def _seen(text: str, at: int) -> str:
    """The character at a place, a space for one that parts words unseen, or nothing."""
    sign = text[at]
    if sign in _JOINERS and 0 < at < len(text) - 1 and _is_shaped(text[at - 1]) and _is_shaped(text[at + 1]):
        return sign
    return _by_category(sign)


@lru_cache(maxsize=4096)
def _by_category(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Cs") or sign in _UNSEEN or any(low <= ord(sign) <= high for low, high in _SELECTORS):
        return ""
    return " " if kind in ("Cc", "Co", "Zl", "Zp") or is_newer(sign) else sign


def _is_shaped(sign: str) -> bool:
    """Whether a character is of a script from Arabic to Khmer, whose letters join."""
    return "\u0600" <= sign <= "\u18af" and (sign.isalpha() or unicodedata.category(sign)[0] == "M")


def _without_piles(text: str) -> str:
    """The text with no more than MOST_MARKS accents on a letter."""
    if not any(unicodedata.combining(sign) for sign in text):
        return text
    kept: list[str] = []
    pile = 0
    for sign in text:
        pile = pile + 1 if unicodedata.combining(sign) else 0
        if pile <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _single_spaced(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"
