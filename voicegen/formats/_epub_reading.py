"""A written EPUB as a stranger reads it: from the package alone, its sizes bounded, nothing unpacked to disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError
from voicegen.formats._zipped import Zipped

NAMES = {
    "opf": "{http://www.idpf.org/2007/opf}",
    "dc": "{http://purl.org/dc/elements/1.1/}",
    "html": "{http://www.w3.org/1999/xhtml}",
    "smil": "{http://www.w3.org/ns/SMIL}",
    "epub": "{http://www.idpf.org/2007/ops}",
    "container": "{urn:oasis:names:tc:opendocument:xmlns:container}",
}
MOST_TEXT = 32 << 20
"""Bytes of all texts of a book together; a page of ten hours has some five million."""
_CLOCK = re.compile(r"(?:(?:(\d{1,6}):)?([0-5]\d):([0-5]\d)(\.\d{1,9})?|(\d{1,9}(?:\.\d{1,9})?)(h|min|s|ms)?)\Z")
_METRIC_MS = {"h": 3_600_000, "min": 60_000, "s": 1_000, "ms": 1, None: 1_000}
_AGAIN = "Build the page again."


@dataclass(frozen=True, slots=True)
class Par:
    """One stretch of sound and the element that it is heard with."""

    text: str
    """Path of the text's file."""
    id: str
    sound: str
    """Path of the recording."""
    begin_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of the manifest."""

    path: str
    media_type: str
    properties: frozenset[str]
    overlay: str
    """Id of its overlay's item; empty where it has none."""


@dataclass(slots=True)
class Opened:
    """What a book says of itself, and its files."""

    metadata: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, id of the item that it is about (empty: the book), and value."""
    manifest: dict[str, Listed] = field(default_factory=dict)
    """By id."""
    spine: list[str] = field(default_factory=list)
    """Paths, in reading order."""
    texts: dict[str, Element] = field(default_factory=dict)
    pars: dict[str, list[Par]] = field(default_factory=dict)
    """By the overlay's path, in order."""
    joined: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By the overlay's path: file and id of every element that is a sequence."""
    sounds: dict[str, int] = field(default_factory=dict)
    """By path: milliseconds that can be heard, by its frames; what it says of itself is not believed."""

    @property
    def overlays(self) -> dict[str, str]:
        """Path of the overlay of each text, by the text's path."""
        items = self.manifest
        return {item.path: items[item.overlay].path for item in items.values() if item.overlay in items}

    @property
    def read(self) -> list[Par]:
        """All that is heard when the book is read from its beginning to its end."""
        overlays = self.overlays
        return [par for path in self.spine for par in self.pars.get(overlays.get(path, ""), [])]

    def values(self, name: str, about: str = "") -> list[str]:
        """What the metadata `name` says of an item, or of the book."""
        return [value for key, item, value in self.metadata if (key, item) == (name, about)]


def opened(path: Path) -> Opened:
    """The book in the file. Raises PublicationError where it is none, and OSError where it can't be read."""
    with Zipped(path) as package:
        for trouble in (*package.tricks(), *_layout(package)):
            raise PublicationError(path.name, trouble, _AGAIN)
        root = package.xml("META-INF/container.xml").find(f".//{NAMES['container']}rootfile")
        place = root.get("full-path", "") if root is not None else ""
        book = Opened()
        _read_package(book, package.xml(place), place)
        listed = {item.path for item in book.manifest.values()} | {place, "mimetype", "META-INF/container.xml"}
        if unlisted := sorted(set(package.names) - listed):
            raise PublicationError(place, f"{unlisted[0]!r} is in the book, but not in its manifest", _AGAIN)
        for item in book.manifest.values():
            _read_item(book, package, item)
        return book


def _layout(package: Zipped) -> Iterator[str]:
    """What is not as EPUB 3.3, section 4.2, has it."""
    if package.names[:1] != ("mimetype",) or not package.is_stored("mimetype"):
        yield "its first member is not “mimetype”, stored as it is"
    elif package.read("mimetype") != b"application/epub+zip":
        yield "it does not call itself an EPUB"
    if sum(package.size(name) for name in package.names if not package.is_stored(name)) > MOST_TEXT:
        yield "its texts are longer than any page"


def _read_package(book: Opened, package: Element, place: str) -> None:
    opf = NAMES["opf"]
    for made in package.iterfind(f"{opf}metadata/*"):
        value = "".join(made.itertext()).strip()
        if made.tag == f"{opf}meta":
            book.metadata.append((made.get("property", ""), made.get("refines", "").lstrip("#"), value))
        else:
            book.metadata.append((made.tag.replace(NAMES["dc"], "dc:"), "", value))
    for made in package.iterfind(f"{opf}manifest/{opf}item"):
        path = resolved(place, made.get("href", ""))[0]
        properties = frozenset(made.get("properties", "").split())
        item = Listed(path, made.get("media-type", ""), properties, made.get("media-overlay", ""))
        book.manifest[made.get("id", "")] = item
    for made in package.iterfind(f"{opf}spine/{opf}itemref"):
        item_read = book.manifest.get(made.get("idref", ""))
        if item_read is None:
            raise PublicationError(place, f"its spine has {made.get('idref')!r}, its manifest does not", _AGAIN)
        book.spine.append(item_read.path)


def _read_item(book: Opened, package: Zipped, item: Listed) -> None:
    path = item.path
    if path not in package.names:
        raise PublicationError(package.name, f"{path!r} is in the manifest, but not in the book", _AGAIN)
    if item.media_type == "audio/mpeg":
        if not package.is_stored(path):
            raise PublicationError(path, "it is not stored as it is", _AGAIN)
        book.sounds[path] = package.mp3_ms(path)
    elif item.media_type == "application/xhtml+xml":
        book.texts[path] = package.xml(path)
    elif item.media_type == "application/smil+xml":
        root = package.xml(path)
        book.pars[path] = [_par(made, path) for made in root.iter(f"{NAMES['smil']}par")]
        joined = (made.get(f"{NAMES['epub']}textref", "") for made in root.iter(f"{NAMES['smil']}seq"))
        book.joined[path] = [resolved(path, address) for address in joined]


def _par(made: Element, place: str) -> Par:
    text, sound = made.find(f"{NAMES['smil']}text"), made.find(f"{NAMES['smil']}audio")
    if text is None or sound is None:
        raise PublicationError(place, "something in it has no text or no sound", _AGAIN)
    begin, end = milliseconds(sound.get("clipBegin", "0s")), milliseconds(sound.get("clipEnd", ""))
    return Par(*resolved(place, text.get("src", "")), resolved(place, sound.get("src", ""))[0], begin, end)


def resolved(place: str, address: str) -> tuple[str, str]:
    """Path and fragment of an address in the file at `place`."""
    path, _, name = address.partition("#")
    return (normpath(join(dirname(place), unquote(path))) if path else place), unquote(name)


def milliseconds(clock: str) -> int:
    """A clock value (SMIL 3.0, Timing, "Clock values") to the nearest millisecond.

    Raises PublicationError where it is none.
    """
    found = _CLOCK.match(clock.strip())
    if not found:
        raise PublicationError("EPUB", f"{clock!r} is no time", _AGAIN)
    hours, minutes, seconds, part, number, metric = found.groups()
    if number:
        return round(float(number) * _METRIC_MS[metric])
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + round(float(part or 0) * 1000)
