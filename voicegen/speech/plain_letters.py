"""Letters and digits in other forms as plain ones, each at its place.

Full-width letters ("５ｍｇ"), those of mathematics ("𝟓") and the digits of other scripts ("٥") mean what the plain
ones mean, and no rule or engine for a language of Latin script knows them. Raised, lowered and joined ones do
not stay the same, so other rules say them (`powers`, `letter_forms`). Source: Unicode 16,
DerivedDecompositionType and DerivedNumericType.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from voicegen.speech.look_alikes import as_seen

_OTHER_SIGNS = {"٪": "%", "∘": "°"}
"""The percent sign of Arabic and the ring of mathematics, which Unicode does not take for forms of the others."""
_FORMS = ("<font>", "<wide>", "<narrow>", "<small>", "<circle>")


def plain_letters(text: str) -> str:
    """The text with every such letter, digit or sign as its plain form; as many characters as before."""
    return text if text.isascii() else as_seen("".join(map(_plain, text)))


@lru_cache(maxsize=4096)
def _plain(mark: str) -> str:
    if mark.isascii():
        return mark
    if mark in _OTHER_SIGNS:
        return _OTHER_SIGNS[mark]
    digit = unicodedata.decimal(mark, None)
    if digit is not None:
        return str(digit)
    if unicodedata.decomposition(mark).startswith(_FORMS):
        plain = unicodedata.normalize("NFKC", mark)
        return plain if len(plain) == 1 and not mark.isdigit() else mark  # "①": `enclosed`
    return mark
