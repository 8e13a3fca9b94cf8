"""The words and signs by which the proof knows amounts, from `words/proof/<language>.toml`.

They are written apart from the rules' data, so that an error there is not repeated here. Keys are in lower case;
several words in a row are one entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from voicegen.speech.language import shared_words

Entry = tuple[str, str]
"""Kind ("unit", "compare", "to", "per", "power", "minus", "pair", "number", "part", "skip"…) and meaning."""

LANGUAGES = ("en", "es", "fr", "de")
"""The languages that the proof can read."""


@dataclass(frozen=True)
class ProofWords:
    """What the proof knows of one language."""

    meanings: Mapping[str, Entry]
    longest: Mapping[str, int]
    """For each first word, how many words the longest entry that begins with it has."""
    months: tuple[str, ...]
    negations: frozenset[str]
    short_forms: Mapping[str, str]
    denying_signs: Mapping[str, str]
    dosing: Mapping[str, tuple[str, ...]]
    """What short forms of prescriptions mean, and how they are written; only after a dose."""
    ordinals: Mapping[str, str]
    """Ordinal numbers in words, with the number."""
    pressure: tuple[str, ...]
    """Words of a text about blood pressure."""
    ratio: tuple[str, ...]
    """Words, or their beginnings, of a text about ratios."""


@lru_cache(maxsize=8)
def proof_words(code: str) -> ProofWords:
    """The proof's words for a language of LANGUAGES."""
    data = shared_words(f"proof/{code}")
    meanings = {**_entries(shared_words("proof/symbols")), **_entries(data)}
    longest: dict[str, int] = {}
    for entry in meanings:
        words = entry.split(" ")
        longest[words[0]] = max(longest.get(words[0], 1), len(words))
    negations = frozenset(data["negations"])
    dosing = {words: tuple(shorts) for words, shorts in data.get("dosing", {}).items()}
    cues = data["cues"]
    ordinals = {word: number for number, names in data.get("ordinals", {}).items() for word in names}
    return ProofWords(
        meanings,
        longest,
        tuple(data["months"]),
        negations,
        data["short_forms"],
        data["denying_signs"],
        dosing,
        ordinals,
        tuple(cues["pressure"]),
        tuple(cues["ratio"]),
    )


def _entries(data: Mapping[str, Any]) -> dict[str, Entry]:
    return {
        word: (kind, "" if meaning == "any" else meaning)
        for kind, meanings in data["meanings"].items()
        for meaning, words in meanings.items()
        for word in words
    }
