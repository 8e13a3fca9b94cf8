"""Names → implementations. The file's name registers it; outside packages register entry points.

The groups are `voicegen.sources`, `voicegen.engines`, `voicegen.stores` and `voicegen.formats`. Ours come
first: an outside package cannot replace one of them by taking its name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast
from unicodedata import normalize

from voicegen.config import Settings
from voicegen.config.refusals import nearest
from voicegen.contracts import Engine, Format, HasData, NeedsPart, Source, Store, StorePlace
from voicegen.errors import MissingPartError, SettingsError, SourceError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

HERE = Path(__file__).parent
ON_THIS_MACHINE = {"folder", "memory"}
"""Stores that need no address."""
SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".txt", ".text"), "text"),
}
"""Which of our sources reads which file; said here so that a page is not opened to find out."""
FORMATS = (
    *("html", "mp3", "m4b", "opus", "webvtt", "timeline", "account", "phone"),
    *("epub", "daisy202", "daisy3", "audiobook", "braille", "feed"),
)
"""Our formats; named here because their folder holds other files too."""


def engines() -> tuple[str, ...]:
    """The names of all engines."""
    return (*_ours("engines"), *_others("engines"))


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    return (*FORMATS, *_others("formats"))


@cache
def _ours(room: str) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (HERE / room).glob("[a-z]*.py")))


@cache
def _others(room: str) -> tuple[str, ...]:
    return tuple(sorted(point.name for point in _points(room)))


def _points(room: str) -> Iterator[EntryPoint]:
    """What outside packages register for a room."""
    if _has_outsiders():
        from importlib.metadata import entry_points  # imported late: it loads all of `email` to read a few names

        yield from entry_points(group=f"voicegen.{room}")


@cache
def _has_outsiders() -> bool:
    """Whether a package may register anything here: by a look at what packages say of themselves, unread."""
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        return True
    for place in map(Path, sys.path):
        if place.is_file():  # an archive with packages in it
            return True
        for path in place.glob("*.*-info/entry_points.txt"):
            if b"[voicegen." in path.read_bytes():
                return True
    return False


@cache
def _module(room: str, name: str) -> ModuleType:
    ours = FORMATS if room == "formats" else _ours(room)
    if name in ours:
        return import_module(f"voicegen.{room}.{name}")
    for point in _points(room):
        if point.name == name:
            return cast(ModuleType, point.load())
    known = (*ours, *_others(room))
    remedy = nearest(name, known, f"Known: {', '.join(known)}.")
    raise SettingsError(f"{room} {name!r}", "there is none of that name", remedy)


def engine(name: str, options: Mapping[str, object]) -> Engine:
    """The engine `name` with its options. Raises SettingsError where there is none."""
    return cast(Engine, _module("engines", name).engine(options))


def about(name: str) -> Mapping[str, str]:
    """What to know of the engine `name` before choosing it; empty where its makers say nothing."""
    return cast(Mapping[str, str], getattr(_module("engines", name), "ABOUT", {}))


def store(name: str, place: Path | StorePlace) -> Store:
    """The store `name` at a place; a path is a folder for one project alone."""
    where = StorePlace(place) if isinstance(place, Path) else place
    return cast(Store, _module("stores", name).store(where))


def opened_store(settings: Settings) -> Store:
    """The store of a project, wherever `[store]` says it is.

    Raises SettingsError where no store is called what stands before `://`, and MissingPartError where it is not
    installed.
    """
    said = settings.store
    scheme, slashes, _ = said.place.partition("://")
    remote = ({*_ours("stores")} - ON_THIS_MACHINE) | {*_others("stores")}
    if slashes and scheme not in remote:
        known = ", ".join(f"{name}://" for name in sorted(remote))
        what = f"there is no kind of store that is called {scheme!r}"
        raise SettingsError("voicegen.toml, [store] place", what, f"Give a folder, or one of {known}")
    address = said.place if slashes or not said.place else str(settings.root / said.place)
    place = StorePlace(
        own=settings.cache / "store",
        address=address,
        project=said.name or _name_for_others(settings),
        writable=said.mode != "read-only",
        endpoint=said.endpoint,
        region=said.region,
        deadline_s=said.deadline,
    )
    return store(scheme if slashes else "folder", place)


def _name_for_others(settings: Settings) -> str:
    """What a project is called where others keep theirs too, if nobody says: the same on all its machines."""
    own = settings.project
    letters = normalize("NFKD", own.title or own.publisher).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-") or "voicegen"


def format_(name: str) -> Format:
    """The format `name`. Raises SettingsError where there is none."""
    return cast(Format, _module("formats", name))


def part(name: str) -> str:
    """The part of the system that the format `name` needs, with its version; empty where it needs none.

    Raises MissingPartError where it is not there.
    """
    found = _needing(name)
    return found.part() if found else ""


@cache
def made_with(name: str) -> str:
    """The part of the system that what a format makes depends on: as `part` names it, and its data's digest."""
    found = _needing(name)
    return f"{part(name)} {found.data()}" if isinstance(found, HasData) else part(name)


@cache
def _needing(name: str) -> NeedsPart | None:
    """The format, if it needs a part: asked once, since each page asks and the answer takes long (PEP 544)."""
    found = format_(name)
    return found if isinstance(found, NeedsPart) else None


def possible(settings: Settings) -> tuple[Settings, tuple[str, ...]]:
    """The settings with the formats that can be made here, and a notice for each that was left out.

    Only "all" leaves formats out. Raises MissingPartError where one was asked for by its name.
    """
    kept, notices = [], []
    for name in settings.publications.formats:
        try:
            part(name)
            kept.append(name)
        except MissingPartError as error:
            if not settings.everything:
                raise
            notices.append(f"The format {name} is left out: {error}")
    publications = replace(settings.publications, formats=tuple(kept))
    return replace(settings, publications=publications), tuple(notices)


def source(file_name: str) -> Source:
    """What reads a file of that name. Raises SourceError where nothing does."""
    suffix = Path(file_name).suffix.lower()
    if suffix in SUFFIXES:
        return cast(Source, _module("sources", SUFFIXES[suffix]))
    for name in _others("sources"):
        module = _module("sources", name)
        if suffix in module.SUFFIXES:
            return cast(Source, module)
    raise SourceError(file_name, f"pages of the kind {suffix!r} can't be read", f"Known: {', '.join(SUFFIXES)}.")


def suffixes() -> tuple[str, ...]:
    """The endings of all files that something reads."""
    others = (suffix for name in _others("sources") for suffix in _module("sources", name).SUFFIXES)
    return (*SUFFIXES, *others)


def readable(file_name: str) -> bool:
    """Whether something reads a file of that name."""
    suffix = Path(file_name).suffix.lower()
    return suffix in SUFFIXES or any(suffix in _module("sources", name).SUFFIXES for name in _others("sources"))
