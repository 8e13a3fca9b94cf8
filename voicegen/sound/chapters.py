"""Chapters as the tags of sound files take them: titles of one line, and not more than a table can count."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

BLANKED = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, halves of surrogate pairs, and separators of lines and paragraphs."""
TURNING = {*map(chr, range(0x202A, 0x202F))}
"""Embeddings and overrides of direction, whose end a title that is cut or joined would miss; isolates and marks of
direction stay (Unicode Standard Annex 9, section 2)."""
NOWHERE = 0xFFFE
"""The last two code points of each plane are no characters; U+FFFE would turn a UTF-16 text's byte order round."""


def one_line(words: str) -> str:
    """The words with a space for each character that would end a line or a tag, and none that turn the rest."""
    return "".join(" " if _blanked(mark) else mark for mark in words if mark not in TURNING)


def cut(words: str, most: int) -> str:
    """The words in at most `most` bytes of UTF-8: whole characters, with a sign where something was cut off."""
    data = words.encode()
    if len(data) <= most:
        return words
    sign = "…"
    kept = data[: most - len(sign.encode())].decode("utf-8", "ignore")
    while kept and unicodedata.combining(words[len(kept)]):
        kept = kept[:-1]  # an accent is not parted from its letter
    return kept + sign


def _blanked(mark: str) -> bool:
    no_character = ord(mark) & NOWHERE == NOWHERE or mark == "\ufeff"
    return no_character or unicodedata.category(mark) in BLANKED


def at_most(levels: Sequence[int], most: int) -> list[int]:
    """Which chapters stand in a table that takes at most `most`, given the level of each; all, where they fit.

    Where they do not, the deeper levels stay out, and of the first of these as many as there is room for are
    taken at even distances: every entry is true, and none stands for more chapters than need be.
    """
    kept: list[int] = []
    for level in sorted(set(levels)):
        found = [at for at, own in enumerate(levels) if own == level]
        room = most - len(kept)
        if len(found) > room:
            return sorted(kept + (found[:: -(-len(found) // room)] if room else []))
        kept += found
    return sorted(kept)
