"""Reasons: why a page is made again, in words that name what changed.

The ledger has a digest for each part of what a page was made from. What a digest stands for is kept once in the
cache, beside the ledger, and read only where the digest is another: a build with nothing to do reads none of it.
Where it was deleted the reason is told in general words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from voicegen import __version__, extensions, ledger, notes, theming
from voicegen.config import SECTIONS, PageSettings, Settings
from voicegen.ledger import Entry
from voicegen.manifest import NAME as MANIFEST
from voicegen.speech import Lexicon

FOLDER = "reasons"
MOST_NAMED = 5
"""Things that a reason names; more are counted."""
FORGOTTEN = "voicegen's memory of it is gone"
NOT_MADE_FROM = {"history", "plan", "review", "theme"}
"""Sections of voicegen.toml that change nothing of a page by themselves, or have a part of the stamp."""
ROOMS = {
    "speech": "the rules of speech",
    "sources": "how pages are read",
    "steps": "how a page becomes speech",
    "formats": "the formats",
    "engines": "the engines",
    "sound": "the sound",
    "recordings": "the sound",
    "phone": "the telephone editions",
}
"""What staff call the rooms of the program."""


class Reasons:
    """The reasons of one build, or of one look at what a build would do."""

    def __init__(self, settings: Settings, engine: str, parts: Iterable[str] = ()) -> None:
        """`engine` is the engine's fingerprint, `parts` are what formats need of this machine."""
        self._settings, self._engine, self._parts = settings, engine, sorted(parts)
        self._folder = settings.cache / FOLDER
        self._kept: set[str] = set()

    def why(self, old: Entry | None, stamp: Mapping[str, str], page: str, words: Lexicon) -> str:
        """Why the page must be made again, in words; empty where its stamp has not changed."""
        general = ledger.why(old, stamp)
        if old is None or not old.stamp:
            return FORGOTTEN if (self._settings.output / page / MANIFEST).is_file() else general
        if not general:
            return ""
        said = []
        for part, reason in ledger.REASONS.items():
            if old.stamp.get(part) != stamp.get(part):
                before = notes.read(self._path(part, old.stamp.get(part, "")))
                now = self._facts(page, words).get(part)
                named = _named(part, before, now()) if now and before is not None else ""
                if part == "lexicon" and self._is_other_engine(old):
                    continue  # it has other entries of ours: nobody changed them
                said.append(f"{reason} ({named})" if named else reason)
        return " and ".join(said)

    def keep(self, stamp: Mapping[str, str], page: str, words: Lexicon) -> None:
        """Keeps what the stamp of a published page stands for. Raises TemporaryError where the disk is full."""
        facts = self._facts(page, words)
        for part, digest in stamp.items():
            path = self._path(part, digest)
            if part in facts and path.name not in self._kept:
                self._kept.add(path.name)
                if not path.is_file():
                    notes.write(path, facts[part]())

    def prune(self, pages: Iterable[Entry]) -> None:
        """Removes what no published page's stamp names any more."""
        named = {self._path(part, digest).name for page in pages for part, digest in page.stamp.items()}
        for path in self._folder.glob("*.json") if self._folder.is_dir() else ():
            if path.name not in named:
                with suppress(OSError):  # it is a few bytes too many
                    path.unlink()

    def _is_other_engine(self, old: Entry) -> bool:
        before = notes.read(self._path("engine", old.stamp.get("engine", "")))
        return isinstance(before, dict) and before.get("name") != self._settings.voice.engine

    def _path(self, part: str, digest: str) -> Path:
        return self._folder / f"{part}-{hashlib.sha256(digest.encode()).hexdigest()[:32]}.json"

    def _facts(self, page: str, words: Lexicon) -> dict[str, Callable[[], Any]]:
        """What can be told of each part, when it is asked for."""
        return {
            "settings": lambda: _settings(self._settings, page),
            "program": lambda: {"version": __version__, "rooms": _rooms()},
            "engine": lambda: {"name": self._settings.voice.engine, "fingerprint": self._engine},
            "lexicon": lambda: _entries(words),
            "theme": lambda: theming.facts(theming.load(self._settings)),
            "parts": lambda: self._parts,
        }


def of(settings: Settings, engine: str) -> Reasons:
    """The reasons with these settings and the engine's fingerprint."""
    return Reasons(settings, engine, filter(None, map(extensions.made_with, settings.publications.formats)))


def _settings(settings: Settings, page: str) -> dict[str, Any]:
    """The keys of voicegen.toml that hold for a page, each as it is written there."""
    sections = {name: asdict(getattr(settings, name)) for name in SECTIONS if name not in NOT_MADE_FROM}
    sections["voices"] = dict(settings.voices)
    sections[f"{settings.voice.engine}.voices"] = settings.engine_voices
    own = asdict(settings.pages.get(page, PageSettings()))
    sections[f"pages.{page}"] = {
        key: value for key, value in own.items() if value
    }  # what is kept is other pages', too
    return {f"[{name}] {key}": repr(value) for name, keys in sections.items() for key, value in keys.items()}


def _entries(words: Lexicon) -> dict[str, str]:
    """The entries of a list of pronunciations by the word and the place that staff find each at."""
    found = {}
    for one in words.entries:
        facts = [one.case, one.say, one.spell, sorted(one.phonemes.items())]
        found[f"“{one.word or one.pattern}”{f' ({one.lang})' if one.lang else ''}\t{one.where}"] = repr(facts)
    return found


@cache
def _rooms() -> dict[str, str]:
    """A digest of the program's files, room by room."""
    here = Path(__file__).parent
    digests: dict[str, Any] = {}
    for path in sorted(here.rglob("*")):
        if path.suffix in {".py", ".toml", ".html", ".css", ".js"} and "__pycache__" not in path.parts:
            name = path.relative_to(here)
            room = name.parts[0] if len(name.parts) > 1 else ""
            digests.setdefault(room, hashlib.sha256()).update(name.as_posix().encode() + path.read_bytes())
    return {room: digest.hexdigest() for room, digest in digests.items()}


def _named(part: str, old: Any, new: Any) -> str:
    """What differs between two states of a part, in words; empty where it can't be told."""
    match part, old, new:
        case "settings", dict(), dict():
            return _listed(key for key in {**new, **old} if old.get(key) != new.get(key))
        case "theme", dict(), dict():
            return _listed(name for name in {**new, **old} if old.get(name) != new.get(name))
        case "lexicon", dict(), dict():
            return _listed(_changed_entries(old, new))
        case "program", {"version": str(before), "rooms": dict(was)}, {"version": str(now), "rooms": dict(rooms)}:
            changed = [
                ROOMS.get(room, "other parts") for room in {**rooms, **was} if was.get(room) != rooms.get(room)
            ]
            named = _listed(dict.fromkeys(changed))
            return f"from {before} to {now}: {named}" if before != now else named
        case "engine", {"name": str(before), "fingerprint": _}, {"name": str(now), "fingerprint": _}:
            return f"from {before} to {now}" if before != now else f"another version or other options of {now}"
        case "parts", list(), list():
            return _listed(str(one) for one in new if one not in old)
    return ""


def _changed_entries(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[str]:
    """The entries that are new, gone or otherwise; one that only moved in its file is none of them."""
    before, now = ({key.partition("\t")[0]: value for key, value in one.items()} for one in (old, new))
    places = {word: place for word, _, place in (key.partition("\t") for key in {**old, **new})}
    for word in {**now, **before}:
        if before.get(word) != now.get(word):
            how = "new " if word not in before else "gone " if word not in now else ""
            yield f"{how}{word} in {places[word]}"


def _listed(names: Iterable[str]) -> str:
    named = list(names)
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return ", ".join(named[:MOST_NAMED]) + more
