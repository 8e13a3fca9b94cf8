"""The list of pronunciations of a project: its own files and the medical words that come with voicegen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from voicegen import durable, speech
from voicegen.errors import SettingsError
from voicegen.lexicon import pls, tables
from voicegen.speech import Entry, Lexicon

FILE = "pronunciations.toml"
OURS = Path(speech.__file__).parent / "words"
"""Folder of our own lists: `medical.en.toml` and such."""
LARGEST = 8 << 20
"""Bytes of a file: a list of 50,000 words is smaller."""


def load(content: Path, engine: str, instead: bytes | None = None) -> Lexicon:
    """The list of the project whose pages are in `content`, for an engine: its own entries come before ours.

    Read are `pronunciations.toml` (or `instead` of it, to try a change), then every `*.pls` by name. Raises
    SettingsError for what is wrong in them, and for phonemes of another engine where nothing else says how this
    one is to say the word.
    """
    own = [entry for path in _files(content, instead is not None) for entry in _read(path, instead)]
    for entry in own:
        if not entry.sounds_in(engine) and entry.where.startswith(FILE):
            raise SettingsError(
                entry.where,
                f"it has phonemes for {', '.join(entry.phonemes)} only, and the engine is {engine}",
                "Add say, for engines that do not take these phonemes.",
            )
    lists = (path for path in durable.listed_or(SettingsError, OURS, "lists of words") if path.match("*.*.toml"))
    ours = [entry for path in lists for entry in tables.read(path.read_bytes(), path.name)]
    return Lexicon((*own, *(entry for entry in ours if entry.sounds_in(engine))), engine)


def _files(content: Path, tried: bool) -> Iterator[Path]:
    listed = durable.listed_or(SettingsError, content, "pronunciations")
    found = [path for path in listed if not path.is_dir()]
    if tried or content / FILE in found or (content / FILE).is_file():  # some disks take "A" for "a"
        yield content / FILE
    yield from (path for path in found if path.suffix == ".pls" and path.name[0] not in "._")


def _read(path: Path, instead: bytes | None) -> list[Entry]:
    if path.name == FILE and instead is not None:
        return tables.read(instead, path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise SettingsError(path.name, f"it is larger than {LARGEST >> 20} MB", "Split it.")
        data = durable.read(path)
    except OSError as trouble:
        durable.blame(trouble, path)
        raise SettingsError(path.name, f"it can't be read ({trouble.strerror})") from trouble
    return tables.read(data, path.name) if path.name == FILE else pls.read(data, path.name)


def digest(lexicon: Lexicon) -> str:
    """What a page's stamp holds of its list: it changes when an entry does, not when one moves in its file."""
    facts = [
        (one.word, one.pattern, one.case, one.lang, one.page, one.say, one.spell, sorted(one.phonemes.items()))
        for one in lexicon.entries
    ]
    return hashlib.sha256(json.dumps([lexicon.engine, facts]).encode()).hexdigest()
