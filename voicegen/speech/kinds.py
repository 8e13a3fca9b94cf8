"""What can be one amount and a higher one, by the symbols of units: a weight in kilograms is none of a dose in mg.

Danger: a dash or an arrow between a weight and its dose ("10 kg → 100 mg") is no "to".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from voicegen.speech.patterns import lazy

if TYPE_CHECKING:
    from voicegen.speech.language import Language

KINDS: Mapping[str, frozenset[str]] = {
    symbol: frozenset(kinds.split())
    for kinds, symbols in (
        ("mass", "mg mgs mcg mcgs µg μg ug ng мг мкг"),
        ("mass weight", "g gm gms gr г"),
        ("weight", "kg kgs кг"),
        ("volume", "ml mL mls l L cl cL dl dL cc мл л"),
        ("share", "%"),
        ("units", "IU UI IE U u E"),
        ("length", "m cm mm"),
        ("time", "h hr hrs Std min Min s sec"),
        ("warmth", "°C °F ℃ ℉"),
        ("substance", "mmol µmol μmol nmol mol pmol"),
    )
    for symbol in symbols.split()
}


_READING = lazy(r"(?<![^\W_])(?:INR|BGL|BSL|CBG|eGFR|GFR|DFG|FG|CrCl|ClCr|Quick|BZ)\s?[:=]?\s?\Z")


def is_reading(text: str, start: int) -> bool:
    """Whether the number at `start` is a result that has no mass, so that no dose is more of it: "INR 1.5"."""
    return _READING.search(text, max(0, start - 10), start) is not None


def kinds_of(symbol: str) -> frozenset[str]:
    """The kinds of the unit with a symbol; empty where it is not known."""
    return KINDS.get(symbol.replace(" ", ""), frozenset())


def kinds_in_words(language: Language, word: str) -> frozenset[str]:
    """The kinds of a unit in full, as "grams"; empty for any other word."""
    found = (kinds_of(symbol) for symbol, unit in language.units.items() if word in (unit.one, unit.other))
    return frozenset().union(*found)


def are_unlike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether no amount of the one kind is more of the other; not where the kinds of either are unknown."""
    return bool(one and other) and one.isdisjoint(other)
