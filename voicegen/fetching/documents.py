"""Documents on this machine as pages: where they lie, what they become, and whether they have changed since."""

from __future__ import annotations

import hashlib
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from voicegen import durable, extensions, notes, pages
from voicegen.config import Settings
from voicegen.contracts import SiteRules, SourceFile
from voicegen.converting import Converted, convert
from voicegen.errors import SourceError
from voicegen.fetching import fetched
from voicegen.fetching.fetched import Fetched, Origin

MOST_BYTES = 100 << 20
"""Of a document, with its pictures, which are not read."""
ENDING = ".html"
NAMED = "documents.json"
"""In the cache folder: the documents outside the project that staff named, for each machine and place of it."""
MACHINE = Path("/etc/machine-id")
"""Tells this machine from all others (machine-id(5))."""


def address(settings: Settings, path: str) -> str:
    """How a document is noted: its path from the project's folder where it lies inside, else its whole path."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - a link is noted by its own name
    root = Path(os.path.abspath(settings.root))  # noqa: PTH100
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else place.as_posix()


def name_of(known: Fetched, address: str) -> str:
    """The file of its page, named after the document; with a digest where another origin has that name."""
    slug = pages.name(Path(address).name)
    name = f"{slug}{ENDING}"
    if name in known.origins:
        name = f"{slug}-{hashlib.sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}{ENDING}"
    return name


def check(settings: Settings, address: str, *, named: bool) -> None:
    """Raises SourceError where a document may not be read.

    What lies outside the project is read only if staff named it, now or before on this machine: whoever may write
    into the content folder could else have any document of this machine made into a page. TemporaryError where
    the disk does not take the note of that.
    """
    if not fetched.is_text(address):
        raise SourceError(repr(address), "its name holds signs that can't be kept", "Give it another name.")
    if (settings.root / address).resolve().is_relative_to(settings.root.resolve()):
        return
    found, here = notes.read(settings.cache / NAMED), _here(settings)
    known = found if isinstance(found, dict) else {}
    named_here = known.get(here)
    before = named_here if isinstance(named_here, list) else []
    if address in before:
        return
    if not named:
        what = "it lies outside the project, and nobody named it on this machine yet"
        raise SourceError(address, what, f"If it is yours, name it once: `voicegen fetch {shlex.quote(address)}`.")
    notes.write(settings.cache / NAMED, {**known, here: [*before, address]})


def _here(settings: Settings) -> str:
    """What stands for this project on this machine: what a copied project brings was named by somebody else."""
    try:
        machine = durable.read(MACHINE)
    except OSError:  # in a container, where names change with every start
        machine = b""
    return hashlib.sha256(machine + os.fsencode(settings.root.resolve())).hexdigest()


def read(settings: Settings, address: str) -> tuple[bytes, Converted]:
    """The document's bytes and its page. Raises SourceError where either can't be read."""
    path = settings.root / address
    data = _bytes(path, address)
    converted = convert(data, path.name)
    file = SourceFile(path.name + ENDING, converted.html, settings.project.language, SiteRules())
    extensions.source(file.name).read(
        file
    )  # a page that has nothing to say, or says it unclearly, is refused here
    return data, converted


def _bytes(path: Path, address: str) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(address, f"it is larger than {MOST_BYTES >> 20} MB", "Take out its pictures.")
        return durable.read(path, MOST_BYTES)
    except OSError as trouble:
        what = f"it can't be read ({trouble.strerror})"
        raise SourceError(
            address, what, "Look whether it lies there and whether it is open elsewhere."
        ) from trouble


def origins(settings: Settings) -> Iterator[tuple[str, Origin, str]]:
    """Every fetched file that is there, its origin, and what staff should do about it; empty where nothing."""
    if not settings.content.is_dir():
        return
    known = fetched.load(settings.content)
    for name, origin in known.origins.items():
        if known.is_removed(name):
            continue
        yield name, origin, _to_do(settings, origin, edited=known.is_edited(name))


def _to_do(settings: Settings, origin: Origin, *, edited: bool) -> str:
    if not origin.document or edited:
        return ""
    path = settings.root / origin.address
    if not path.is_file():
        return f"{origin.address} is no longer there"
    try:
        data = _bytes(path, origin.address)
    except SourceError as error:
        return f"{origin.address} {error.what.removeprefix('it ')}"
    if hashlib.sha256(data).hexdigest() != origin.document:
        return f"{origin.address} has changed since it was fetched: `voicegen fetch` takes that over"
    return ""
