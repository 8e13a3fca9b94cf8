"""Verifying a published folder with nothing but what lies in it: for staff, after copying it to a server.

Every file against its digest, every publication by its format's own check, the marks of every recording by
decoding, and every link of the list of pages.
"""

from __future__ import annotations

import hashlib
import os
import struct
import wave
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voicegen import extensions, manifest
from voicegen.contracts import Format, LibraryFormat
from voicegen.durable import listed, machine
from voicegen.errors import PublicationError, VoicegenError
from voicegen.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it was published."""

    where: str
    """Page and format, or path, below the folder."""
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found."""

    pages: int
    files: int
    troubles: tuple[Trouble, ...]
    strangers: tuple[str, ...]
    """Files that voicegen did not publish; they may be the server's own."""


def verify(place: Path) -> Verified:
    """Looks at the whole output in `place`. Raises PublicationError where it has no manifest to go by."""
    whole = manifest.load(place)
    spoiled = list(_digests(place, "", whole))
    found = spoiled or list(_library(place, whole))
    known = {manifest.NAME, *whole.files}
    files = 1 + len(whole.files)
    for name, digest in whole.pages.items():
        try:
            page = manifest.load(place / name)
        except VoicegenError as error:
            found.append(Trouble(name, error.what))
            continue
        if _digest(place / name / manifest.NAME) != digest:
            found.append(Trouble(name, "it is of another build than the rest"))
        files += 1 + len(page.files)
        known |= {f"{name}/{path}" for path in (manifest.NAME, *page.files)}
        spoiled = list(_digests(place / name, f"{name}/", page))
        found += spoiled or [*_publications(place, name, page)] or _sounds(place, name, page)
    left = [*_left(place, whole)]
    found += (Trouble(name, LEFT) for name in left)
    strangers = sorted(path for path in _all(place) - known if path.partition("/")[0] not in left)
    return Verified(len(whole.pages), files, tuple(found), tuple(strangers))


LEFT = "it is a page that is published no more, or not yet, and whoever has its address gets it: delete its folder"


def _left(place: Path, whole: Manifest) -> Iterator[str]:
    """Pages of ours that the manifest does not name: a copy that deletes nothing leaves what was taken away."""
    for folder in listed(place):
        with suppress(PublicationError):
            if folder.name not in whole.pages and manifest.load(folder).page == folder.name:
                yield folder.name


def _publications(place: Path, name: str, page: Manifest) -> Iterator[Trouble]:
    """What the formats find wrong with a page whose files are all there."""
    for format_name in page.formats:
        where = f"{name}, {format_name}"
        try:
            for what in troubles(extensions.format_(format_name), place / name):
                yield Trouble(where, what)
        except VoicegenError as error:
            yield Trouble(where, str(error))


def troubles(format_: Format, folder: Path) -> Iterator[str]:
    """What the format finds wrong in a page's folder; a file that it can't make out is one of its troubles.

    Raises PublicationError where the format has words of its own for that, TemporaryError where it is the disk's.
    """
    return _troubles(format_.verify, folder)


def _troubles(check: Callable[[Path], Iterator[str]], folder: Path) -> Iterator[str]:
    try:
        with machine():
            yield from check(folder)
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        EOFError,
        RuntimeError,  # of wave, of zipfile where a member says that it is encrypted, of json too deep
        ET.ParseError,
        struct.error,
        wave.Error,
        zipfile.BadZipFile,
        zlib.error,
    ) as trouble:
        yield f"it can't be read ({str(trouble) or type(trouble).__name__})"


def _sounds(place: Path, name: str, page: Manifest) -> Iterator[Trouble]:
    """Where the recordings of a page, decoded, are not heard alike at their marks."""
    from voicegen.formats._agreement import Agreement  # imported late: it loads what reads recordings

    if "timeline" not in page.formats:
        return
    try:
        agreement = Agreement(place / name)
        for format_name in page.formats:
            for what in agreement.troubles(format_name, extensions.format_(format_name)):
                yield Trouble(f"{name}, {format_name}", what)
    except VoicegenError as error:
        yield Trouble(name, str(error))


def _library(place: Path, whole: Manifest) -> Iterator[Trouble]:
    """What is wrong with the files that stand beside the pages."""
    from voicegen.formats import library  # imported late: it loads the templates

    found = {"list of pages": library, **{name: extensions.format_(name) for name in whole.formats}}
    for name, format_ in found.items():
        if isinstance(format_, LibraryFormat):
            try:
                for what in _troubles(format_.verify_library, place):
                    yield Trouble(name, what)
            except VoicegenError as error:  # a page that it leads to is damaged
                yield Trouble(name, str(error))


def _digests(folder: Path, start: str, facts: Manifest) -> Iterator[Trouble]:
    for path, (size, digest) in facts.files.items():
        file = folder / path
        if file.is_symlink() or not file.is_file():
            yield Trouble(start + path, "it is missing")
        elif file.stat().st_size != size:
            yield Trouble(start + path, f"it has {file.stat().st_size} bytes, not {size}")
        elif _digest(file) != digest:
            yield Trouble(start + path, "its content is not what was published")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _all(place: Path) -> set[str]:
    """Every file below a folder, by its path; links are not followed."""
    found = set()
    for folder, _, names in os.walk(place):
        found |= {(Path(folder) / name).relative_to(place).as_posix() for name in names}
    return found
