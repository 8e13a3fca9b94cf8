"""Which grammatical number a count takes: the cardinal rules of Unicode CLDR 46 for the languages we have.

A table of our own because importing babel for four rules costs more CPU time than a page's whole speech.
"""

from __future__ import annotations

from typing import Literal

Category = Literal["one", "other"]


def category(value: float, language: str) -> Category:
    """The CLDR plural category of `value` in `language` ("en", "es", "fr", "de").

    CLDR's "many" of French and Spanish (a million of…) takes the same words as "other" in all our texts.
    """
    if language == "fr":
        return "one" if abs(value) < 2 else "other"
    return "one" if abs(value) == 1 else "other"
