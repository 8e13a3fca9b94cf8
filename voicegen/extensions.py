"""Names → implementations. The file's name registers it; outside packages register entry points.

The groups are `voicegen.sources`, `voicegen.engines`, `voicegen.stores` and `voicegen.formats`. Ours come
first: an outside package cannot replace one of them by taking its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import cast

from voicegen.config import Settings
from voicegen.contracts import Engine, Format, NeedsPart, Source, Store
from voicegen.errors import MissingPartError, SettingsError, SourceError

HERE = Path(__file__).parent
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
    return tuple(sorted(point.name for point in entry_points(group=f"voicegen.{room}")))


@cache
def _module(room: str, name: str) -> ModuleType:
    ours = FORMATS if room == "formats" else _ours(room)
    if name in ours:
        return import_module(f"voicegen.{room}.{name}")
    for point in entry_points(group=f"voicegen.{room}", name=name):
        return cast(ModuleType, point.load())
    raise SettingsError(
        f"{room} {name!r}", "there is none of that name", f"Known: {', '.join((*ours, *_others(room)))}."
    )


def engine(name: str, options: Mapping[str, object]) -> Engine:
    """The engine `name` with its options. Raises SettingsError where there is none."""
    return cast(Engine, _module("engines", name).engine(options))


def about(name: str) -> Mapping[str, str]:
    """What to know of the engine `name` before choosing it; empty where its makers say nothing."""
    return cast(Mapping[str, str], getattr(_module("engines", name), "ABOUT", {}))


def store(name: str, place: Path) -> Store:
    """The store `name` at `place`."""
    return cast(Store, _module("stores", name).store(place))


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
