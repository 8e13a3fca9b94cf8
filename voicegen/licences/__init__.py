"""The bill of materials: what is installed with voicegen, why, and under which licences (`parts.toml`)."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

from voicegen import __version__, extensions
from voicegen.config import Settings
from voicegen.contracts import HasTerms, NeedsPart
from voicegen.errors import VoicegenError

NO_PART = re.compile(r"\.(cpython-|cp\d|abi3\.)|\.pyd$|/[^/]*mypyc[^/]*$")
"""Files of a package that are its own code, compiled for Python."""
LIBRARY = re.compile(r"/?([^/]+?)(?:-[0-9a-f]{8}(?:-[0-9a-f]{8})?)?(?:\.so[.\d]*|[.\d]*\.dylib|\.dll)$")
"""A library: its name, without the digest that wheels have in it, the version and the system's ending."""
CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What packages say that came before SPDX expressions."""
UNKNOWN = "NOASSERTION"
"""SPDX's word for a licence that nobody has told."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that voicegen is made of or uses."""

    name: str
    version: str
    licence: str
    """An SPDX expression; words where `is_spdx` is false."""
    why: str = ""
    inside: tuple[Part, ...] = ()
    """What it brings with it in its own files."""
    needs: tuple[str, ...] = ()
    """Names of the packages that it needs."""
    is_spdx: bool = True


@dataclass(frozen=True, slots=True)
class Bill:
    """All parts."""

    program: Part
    packages: tuple[Part, ...]
    """Of Python, as they are installed, by name."""
    engines: tuple[Part, ...]
    """Each with its voices inside, where they have terms of their own."""
    system: tuple[Part, ...]
    """What else of this machine is used, where it is there."""


def bill(settings: Settings) -> Bill:
    """What is installed here, and the engines and voices of the project. Nothing is loaded but descriptions."""
    packages = installed()
    roots = tuple(name for name in known()["packages"] if name in packages)
    program = Part("voicegen", __version__, "Apache-2.0", "this program", needs=roots)
    engines = tuple(_engine(settings, name) for name in extensions.engines())
    parts = tuple(packages[name] for name in sorted(packages))
    return Bill(program, parts, engines, tuple(_system()))


@cache
def known() -> Mapping[str, Any]:
    """What is known of the parts: `parts.toml`."""
    return tomllib.loads(Path(__file__).with_name("parts.toml").read_text("utf-8"))


def installed() -> dict[str, Part]:
    """Every package that voicegen needs, directly or not, as it is installed, by its name in lower case."""
    told = {**known()["packages"], **known()["optional"]}
    waiting = [(name, str(facts["why"])) for name, facts in told.items()]
    found: dict[str, Part] = {}
    while waiting:
        name, why = waiting.pop(0)
        try:
            distribution = metadata.distribution(name) if name not in found else None
        except metadata.PackageNotFoundError:
            continue  # for another system or Python, or an option
        if distribution:
            found[name] = _package(name, distribution, why)
            waiting += [(need, f"needed by {name}") for need in found[name].needs]
    return {
        name: Part(**{**_fields(part), "needs": tuple(need for need in part.needs if need in found)})
        for name, part in found.items()
    }


def _fields(part: Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in Part.__slots__}


def _package(name: str, distribution: metadata.Distribution, why: str) -> Part:
    needs = {
        _plain(re.split(r"[\s;<>=!~\[(]", line)[0]) for line in distribution.requires or () if _holds_here(line)
    }
    return Part(
        name,
        distribution.version,
        _licence(name, distribution),
        why,
        tuple(_inside(name, distribution)),
        tuple(sorted(needs)),
    )


def _holds_here(line: str) -> bool:
    """Whether a need holds here, and not only on another system, another Python or for an extra.

    Only the markers that our dependencies use are understood (PEP 508); of others it is taken to hold.
    """
    marker = line.partition(";")[2]
    if re.search(r"\bextra\b", marker):
        return False
    older = re.search(r"""python(?:_full)?_version\s*<\s*["'](\d+)\.(\d+)""", marker)
    if older and sys.version_info >= (int(older[1]), int(older[2])):
        return False
    system = re.search(r"""(?:sys_platform|platform_system)\s*==\s*["'](\w+)""", marker)
    return not system or system[1].lower().startswith(sys.platform[:3])


def _plain(name: str) -> str:
    """A package's name as indexes compare it (PyPA, name normalisation)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(name: str, distribution: metadata.Distribution) -> str:
    facts = distribution.metadata
    if "License-Expression" in facts:
        return str(facts["License-Expression"])
    if name in known()["licences"]:
        return str(known()["licences"][name])
    if re.fullmatch(r"[A-Za-z]+(-[A-Za-z0-9.]+)*", words := str((facts.get_all("License") or [""])[0])):
        return words
    classifiers = facts.get_all("Classifier") or []
    return next((CLASSIFIERS[one] for one in classifiers if one in CLASSIFIERS), UNKNOWN)


def _inside(name: str, distribution: metadata.Distribution) -> Iterator[Part]:
    """The libraries in a package's files, and those that are said to be part of them."""
    told = known()["inside"].get(name, {})
    libraries = {
        match[1]
        for path in distribution.files or ()
        if (match := LIBRARY.search(path.as_posix())) and not NO_PART.search(path.as_posix())
    }
    files = {library: next((start for start in told if library.startswith(start)), "") for library in libraries}
    for library in sorted(libraries):
        own_code = not files[library] and library in {_plain(name), "espeakbridge"}
        if not own_code:
            yield Part(library, "", str(told.get(files[library], UNKNOWN)))
    for other in told:
        if not other.startswith("lib"):
            yield Part(other, "", str(told[other]))


def _engine(settings: Settings, name: str) -> Part:
    words = extensions.about(name).get("licence", UNKNOWN)
    try:
        engine = extensions.engine(name, settings.engine_options(name))
        terms = dict(engine.terms()) if isinstance(engine, HasTerms) else {}
    except VoicegenError:  # it can't speak here and now
        terms = {}
    voices = tuple(Part(voice, "", terms[voice], is_spdx=False) for voice in sorted(terms))
    return Part(name, "", words, known()["services"].get(name, ""), voices, is_spdx=False)


def _system() -> Iterator[Part]:
    yield Part("Python", python_version(), known()["system"]["Python"], "runs it all")
    for name in extensions.formats():
        if isinstance(extensions.format_(name), NeedsPart):
            try:
                part, _, version = extensions.part(name).partition(" ")
            except VoicegenError:
                continue
            yield Part(part, version, known()["system"].get(part, UNKNOWN), f"for the format {name}")
