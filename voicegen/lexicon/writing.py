"""Writing into `pronunciations.toml` what staff say of a word: comments and all other entries stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from voicegen import durable
from voicegen.errors import SettingsError
from voicegen.lexicon import FILE, tables
from voicegen.speech import Entry

KEY = "pronunciation"


def with_entry(entry: Entry, own: bytes) -> bytes:
    """The file with the entry in it: in the place of one for the same word, language and page, or at its end.

    Raises SettingsError where the entry, or the file as it is, is not as it should be.
    """
    import tomlkit  # imported late: builds only read
    from tomlkit.exceptions import TOMLKitError

    tables.check(entry)
    before = tables.read(own, FILE)
    try:
        document = tomlkit.parse(own.decode("utf-8-sig"))
        entries: Any = document.get(KEY)
        if entries is None:
            entries = tomlkit.aot()
            document.append(KEY, entries)
        at = next((at for at, one in enumerate(before) if _place(one) == _place(entry)), None)
        if at is None:
            entries.append(_table(entry))
        else:
            _change(entries[at], entry)
        made = tomlkit.dumps(document).encode()
    except TOMLKitError as trouble:
        raise SettingsError(
            FILE, f"it can't be changed by a program ({trouble})", "Add the entry by hand."
        ) from None
    _check(made, before, entry, at)
    return made


def save(content: Path, entry: Entry) -> None:
    """Writes the entry into the list of the pages in `content`. Raises SettingsError, and TemporaryError."""
    path = content / FILE
    try:
        own = durable.read(path)
    except OSError as trouble:
        durable.blame(trouble, path)
        if not isinstance(trouble, FileNotFoundError) or path.is_symlink():
            raise SettingsError(FILE, f"it can't be read ({trouble.strerror})", "Give it that right.") from trouble
        own = b""
    durable.write(path, with_entry(entry, own))


def _place(entry: Entry) -> tuple[str, ...]:
    return entry.word.casefold(), entry.pattern, entry.lang.lower(), entry.page


def _table(entry: Entry) -> Any:
    import tomlkit

    table = tomlkit.table()
    table.add("word", entry.word)
    for key, value in (("language", entry.lang), ("page", entry.page)):
        if value:
            table.add(key, value)
    _say(table, entry)
    return table


def _change(table: Any, entry: Entry) -> None:
    """Gives an entry another pronunciation; sounds of single engines go, since they would be heard instead."""
    for key in ("say", "spell", "phonemes"):
        table.pop(key, None)
    _say(table, entry)


def _say(table: Any, entry: Entry) -> None:
    if entry.spell:
        table.add("spell", True)
    else:
        table.add("say", entry.say)


def _check(made: bytes, before: list[Entry], entry: Entry, at: int | None) -> None:
    """Raises SettingsError unless exactly the one entry is another than before."""
    after = tables.read(made, FILE)
    facts = [_facts(one) for one in before]
    if at is None:
        facts.append(_facts(entry))
    else:
        facts[at] = (*_facts(before[at])[:5], entry.say, entry.spell, ())
    if [_facts(one) for one in after] != facts:
        raise SettingsError(FILE, "a program would change more of it than this entry", "Add the entry by hand.")


def _facts(one: Entry) -> tuple[object, ...]:
    sounds = tuple(sorted(one.phonemes.items()))
    return one.word, one.pattern, one.case, one.lang, one.page, one.say, one.spell, sounds
