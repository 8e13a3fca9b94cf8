"""voicegen.toml → Settings. Every key has a default; a wrong key or value is named with its remedy."""

from __future__ import annotations

import errno
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

from voicegen.config.limits import NEEDS_ADDRESS, check
from voicegen.config.refusals import FILE, listed, nearest, wrong
from voicegen.config.sections import SECTIONS, PageSettings, Publications
from voicegen.config.settings import Settings
from voicegen.errors import SettingsError

ALL = "all"
"""What stands for every format in `[publications] formats`."""


def load(folder: Path, engines: tuple[str, ...] = (), formats: tuple[str, ...] = ()) -> Settings:
    """The settings of the project in `folder`; defaults where it has no voicegen.toml.

    `engines` and `formats` are the names that exist. Raises SettingsError for anything wrong.
    """
    path = folder / FILE
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        data = {}
    except (ValueError, RecursionError) as trouble:  # also a number of thousands of digits, and lists in lists
        raise SettingsError(FILE, f"it is not TOML ({trouble})", "Correct that place.") from trouble
    except OSError as trouble:
        raise SettingsError(FILE, f"it can't be read ({trouble.strerror})") from trouble
    known = (*SECTIONS, "voices", "pages", *engines)
    for name, value in data.items():
        _known("", name, known)
        if not isinstance(value, dict):
            raise SettingsError(FILE, f"{name!r} is a value, not a section", f"Write it as [{name}].")
        _check_texts(f"[{name}]", value)
    sections: dict[str, Any] = {
        name: _section(cls, data.get(name, {}), f"[{name}]") for name, cls in SECTIONS.items()
    }
    everything = sections["publications"].formats == (ALL,)
    if everything:
        sections["publications"] = _all(sections["publications"], formats)
    settings = Settings(
        root=folder,
        **sections,
        voices=_voices(data.get("voices", {})),
        pages={
            name: _section(PageSettings, value, f"[pages.{name}]") for name, value in data.get("pages", {}).items()
        },
        engines={name: data[name] for name in engines if name in data},
        everything=everything,
    )
    check(settings, engines, formats)
    return settings


def _all(publications: Publications, formats: tuple[str, ...]) -> Publications:
    """Every format that can be made with the settings that there are."""
    possible = [name for name in formats if publications.address or name not in NEEDS_ADDRESS]
    return replace(publications, formats=tuple(possible))


def _voices(data: Mapping[str, object]) -> dict[str, str]:
    """One voice for each language. Raises SettingsError where a language has two."""
    found: dict[str, str] = {}
    for lang, voice in data.items():
        twin = next((one for one in found if one.lower().replace("_", "-") == lang.lower().replace("_", "-")), "")
        if twin:
            raise wrong(f"[voices] {lang}", f"{twin!r} is the same language, with a voice already", "Keep one.")
        found[lang] = _value(str, voice, f"[voices] {lang}")
    return found


def _section(cls: type[Any], data: object, where: str) -> Any:
    if not isinstance(data, dict):
        raise wrong(where, "it is not a section", f"Write {where} on a line of its own, its keys below it.")
    known = {f.name: f for f in fields(cls)}
    for key in data:
        _known(where, key, tuple(known))
    return cls(**{key: _value(type(_default(known[key])), value, f"{where} {key}") for key, value in data.items()})


def _default(f: Any) -> Any:
    return f.default if f.default is not MISSING else f.default_factory()


KINDS = {
    bool: "true or false",
    str: "text in quotation marks",
    float: "a number",
    int: "a whole number",
    tuple: "a list of texts",
} | {dict: "a section of texts"}


def _value(kind: type[Any], value: Any, where: str) -> Any:
    """The value if it is of the kind. Raises SettingsError where it is not."""
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            raise wrong(where, "it is a number of hundreds of digits", f"Give {KINDS[kind]}.") from None
    if kind is tuple and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    if kind is dict and isinstance(value, dict):
        return {key: _value(str, text, f"{where} {key}") for key, text in value.items()}
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise wrong(where, f"{value!r} is not {KINDS[kind]}", f"Give {KINDS[kind]}.")
    return value


def _check_texts(where: str, value: object) -> None:
    """Raises SettingsError for a text that no system takes for the name of a file, wherever it stands."""
    if isinstance(value, str) and "\0" in value:
        raise wrong(where, "it has a NUL in it", "Take that out.")
    for key, inner in value.items() if isinstance(value, dict) else ():
        _check_texts(f"{where} {key}", inner)
    for inner in value if isinstance(value, list) else ():
        _check_texts(where, inner)


def _known(where: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        remedy = nearest(name, known, f"Known here: {listed(known)}.")
        raise wrong(where or f"[{name}]", f"there is no {name!r} here", remedy)
