"""The words, numbers and units of one language, from `words/<language>.toml`.

A language without a file has no Language, and its text passes through unharmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from voicegen import keeping
from voicegen.speech.patterns import lazy

_NAMES = lazy(r"[a-z]{2,3}\Z")
_WORDS = Path(__file__).parent / "words"
SQUARE_SYMBOLS = "㎍㎎㎏㎖㎗㎜㎝㎞㎡㎠㎤㎥㏄㎈㎉㏈㎐㎑㎒"
"""Symbols of units as one sign, from Chinese, Japanese and Korean (Unicode, CJK Compatibility)."""
_FRACTION_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


@dataclass(frozen=True, slots=True)
class Unit:
    """How a unit's symbol is said."""

    one: str
    other: str
    alone: bool
    """Whether the symbol is plain without a number before it ("dose in mg")."""


@lru_cache(maxsize=64)
def _read(file: Path) -> Mapping[str, Any]:
    """A data file, which several rules read for themselves; nobody changes what it gives."""
    found: Mapping[str, Any] = keeping.toml(file)
    return found


@lru_cache(maxsize=64)
def word_data(lang: str) -> Mapping[str, Any]:
    """The data file for a BCP 47 tag, by its language part; empty where there is none."""
    language = code_of(lang)
    if not _NAMES.match(language):
        return {}
    file = _WORDS / f"{language}.toml"
    return {"language": language, **_read(file)} if file.is_file() else {}


def code_of(lang: str) -> str:
    """The language part of a BCP 47 tag: "en" of "en-GB"."""
    return lang.replace("_", "-").split("-")[0].lower()


def of_language(table: Mapping[str, Any], lang: str, default: Any) -> Any:
    """What a table whose keys are languages has for a BCP 47 tag; both kinds of Norwegian share one entry."""
    code = code_of(lang)
    return table.get({"no": "nb", "nn": "nb"}.get(code, code), default)


def shared_words(name: str) -> Mapping[str, Any]:
    """A data file that is the same for all languages."""
    return _read(_WORDS / f"{name}.toml")


@dataclass(frozen=True, eq=False)
class Language:
    """One language as the rules use it."""

    code: str
    """The language without a region: "en"."""
    region: str
    """Upper case: "GB"; empty where the tag names none."""
    data: Mapping[str, Any]

    def words(self, table: str) -> Mapping[str, Any]:
        """A table of the language's data; empty where the language has none."""
        found: Mapping[str, Any] = self.data.get(table, {})
        return found

    def word(self, key: str) -> str:
        """One of the small words of the language: "to", "less_than", "minus"; empty where it has none."""
        return str(self.words("small").get(key, ""))

    @cached_property
    def digit(self) -> re.Pattern[str]:
        """Finds any digit or fraction sign."""
        return re.compile(rf"[0-9{_FRACTION_SIGNS}]")

    @cached_property
    def decimal(self) -> str:
        """The characters that can be the decimal mark."""
        return str(self.words("numbers")["decimal"])

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Every symbol of a unit with its names, spelled as the region spells them."""
        spelling = self.words("spelling").get(self.region, {})
        found: dict[str, Unit] = {}
        for one, entry in self.words("units").items():
            other = entry.get("other", one)
            for old, new in spelling.items():
                one, other = one.replace(old, new), other.replace(old, new)
            unit = Unit(one, other, entry.get("alone", False))
            found.update((symbol, unit) for symbol in entry["symbols"])
        for sign in SQUARE_SYMBOLS:
            symbol = unicodedata.normalize("NFKC", sign)
            if symbol in found:
                found[sign] = found[symbol]
        return found

    def spelled(self, words: str) -> str:
        """The words as the region spells them ("litre" or "liter")."""
        for old, new in self.words("spelling").get(self.region, {}).items():
            words = words.replace(old, new)
        return words


@lru_cache(maxsize=64)
def language(lang: str) -> Language | None:
    """The language of a BCP 47 tag, or None where we have no words for it."""
    data = word_data(lang)
    if not data:
        return None
    regions = [part.upper() for part in lang.replace("_", "-").split("-")[1:]]
    region = next((part for part in regions if len(part) == 2 or part.isdigit()), "")
    return Language(str(data["language"]), region, data)
