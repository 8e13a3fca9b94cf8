"""`pronunciations.toml`: the simple list of pronunciations (docs/reference/pronunciations.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from voicegen.errors import SettingsError
from voicegen.lexicon.patterns import fault
from voicegen.speech import Entry

LONGEST = 300
"""Characters of a word, of what is said for it, and of its phonemes."""
KEYS = {
    "word": (str, "text in quotation marks"),
    "pattern": (str, "text in quotation marks"),
    "case": (bool, "true or false"),
    "language": (str, "text in quotation marks"),
    "page": (str, "text in quotation marks"),
    "say": (str, "text in quotation marks"),
    "spell": (bool, "true or false"),
    "phonemes": (dict, 'a table such as { espeak = "aI" }'),
}
"""What a `[[pronunciation]]` may hold."""


def read(data: bytes, name: str) -> list[Entry]:
    """The entries of a file. Raises SettingsError where it is not as it should be; `name` is for messages."""
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as trouble:  # also a number of thousands of digits, and lists in lists
        raise SettingsError(name, f"it is not TOML ({trouble})", "Correct that place.") from trouble
    found = tables.pop("pronunciation", [])
    if tables or not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        odd = next(iter(tables), "pronunciation")
        raise SettingsError(name, f"{odd!r} has no place in it", "Begin each entry with [[pronunciation]].")
    return [_entry(table, f"{name}, entry {at}") for at, table in enumerate(found, 1)]


def _entry(table: Mapping[str, Any], where: str) -> Entry:
    for key, value in table.items():
        if key not in KEYS:
            raise SettingsError(where, f"there is no {key!r} here", f"The keys are: {', '.join(KEYS)}.")
        kind, words = KEYS[key]
        if not isinstance(value, kind) or (value == kind() and kind is not bool):
            raise SettingsError(where, f"{key} = {value!r} is not {words}", f"Give {words}.")
    phonemes = table.get("phonemes", {})
    entry = Entry(
        where=where,
        word=" ".join(str(table.get("word", "")).split()),
        pattern=str(table.get("pattern", "")),
        case=table.get("case"),
        lang=str(table.get("language", "")),
        page=str(table.get("page", "")),
        say=str(table.get("say", "")),
        spell=bool(table.get("spell")),
        phonemes=MappingProxyType({str(engine): signs for engine, signs in phonemes.items()}),
    )
    check(entry)
    return entry


def check(entry: Entry) -> None:
    """Raises SettingsError where an entry can't hold for anything, says nothing, or says what no one may hear."""
    if bool(entry.word) == bool(entry.pattern):
        raise _wrong(entry, "it needs a word or a pattern, and not both", "Give one of them.")
    if entry.word and not entry.word[0].isalnum():
        raise _wrong(entry, f"“{entry.word}” does not begin with a letter or digit", "Begin it with one.")
    if entry.say and entry.spell:
        raise _wrong(entry, "it says what is said and that it is spelled", "Give say or spell, not both.")
    if not (entry.say or entry.spell or entry.phonemes):
        raise _wrong(entry, "it does not say how", "Give say, spell = true, or phonemes.")
    if entry.pattern and (why := fault(entry.pattern)):
        raise _wrong(entry, f"the pattern {entry.pattern!r} is not taken: {why}", _PATTERNS)
    _check_words(entry)
    groups = re.compile(entry.pattern).groups
    if entry.pattern and any(int(number) > groups for number in re.findall(r"\\(\d)", entry.say)):
        raise _wrong(entry, f"say = {entry.say!r} names a group that the pattern does not have", _PATTERNS)


_PATTERNS = "See docs/reference/pronunciations.md."


def _check_words(entry: Entry) -> None:
    for words in (entry.word, entry.say, *entry.phonemes.values()):
        if not isinstance(words, str) or len(words) > LONGEST:
            raise _wrong(
                entry, f"{str(words)[:40]!r} is not a text of at most {LONGEST} characters", "Correct it."
            )
        if not words.isprintable():
            raise _wrong(entry, f"{words!r} holds a sign that can't be seen", "Type it anew.")
    if entry.say and not any(map(str.isalnum, entry.say)):
        raise _wrong(entry, f"say = {entry.say!r} has nothing to say", "Give words.")
    for signs in entry.phonemes.values():
        if not signs.strip() or any(mark in "[]" for mark in signs):
            raise _wrong(entry, f"{signs!r} are no phonemes", "Give them without brackets.")


def _wrong(entry: Entry, what: str, remedy: str) -> SettingsError:
    return SettingsError(entry.where, what, remedy)
