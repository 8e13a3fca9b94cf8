"""The package document (EPUB 3.3, section 5): what the book is, what it consists of, in which order it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from voicegen.formats._epub_overlay import clock
from voicegen.formats._package import Member
from voicegen.formats._passages import safe_address
from voicegen.formats._spoken_by import credit, narrator
from voicegen.formats._xml import element, file
from voicegen.formats.words import direction
from voicegen.model.edition import Edition
from voicegen.model.written import name_of

FOLDER = "EPUB"
OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
ACTIVE, PLAYING = "-epub-media-overlay-active", "-epub-media-overlay-playing"
"""Classes that a reader gives to what is heard, and to the page while it plays (EPUB 3.3, section 9.3.1)."""
NO_DAY = "2000-01-01"
"""Stands where a page names no day at all: a package must have one, and the clock's would differ each time."""
FEATURES = (
    *("displayTransformability", "readingOrder", "structuralNavigation"),
    *("synchronizedAudioText", "tableOfContents"),
)
"""What `verify` and the tests hold a book to, in the vocabulary of schema.org."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book."""

    member: Member
    media_type: str
    properties: str = ""
    overlay: str = ""
    """Path of its overlay."""
    length_ms: int | None = None
    """Of an overlay."""
    in_spine: bool = False

    @property
    def id(self) -> str:
        """Its name in the package document."""
        return "i-" + self.member.path.removeprefix(f"{FOLDER}/").replace("/", "-")


def container() -> bytes:
    """META-INF/container.xml (EPUB 3.3, section 4.2.6.3.1)."""
    path = element(
        "rootfile", {"full-path": f"{FOLDER}/package.opf", "media-type": "application/oebps-package+xml"}
    )
    return file(element("container", {"xmlns": CONTAINER, "version": "1.0"}, element("rootfiles", None, path)))


def package_document(facts: Mapping[str, str], access: Sequence[Element], items: Sequence[Item]) -> bytes:
    """package.opf. `facts` are what is known of the book, `access` what it says to readers with access needs."""
    lang = facts["lang"]
    about = element("metadata", {"xmlns:dc": DC}, *_about(facts), *access, *_lengths(facts, items))
    ids = {item.member.path: item.id for item in items}
    manifest = element("manifest", None, *(_item(item, ids) for item in items))
    spine = element("spine", {"page-progression-direction": direction(lang)})
    spine.extend(element("itemref", {"idref": item.id}) for item in items if item.in_spine)
    names = {"xmlns": OPF, "version": "3.0", "unique-identifier": "book-id", "xml:lang": lang}
    root = element("package", {**names, "dir": direction(lang)}, about, manifest, spine)
    ElementTree.indent(root)
    return file(root)


def known(edition: Edition, lang: str) -> dict[str, str]:
    """What is known of the book, by the names of `Document.metadata`; `name` is one that a page always keeps."""
    page, document = edition.page, edition.document
    facts = {
        "title": name_of(document.title) or page.id,
        "lang": lang,
        "name": page.address or f"voicegen:{page.publisher}/{page.id}",
        "publisher": page.publisher,
        "source": safe_address(document.about("url")) or page.source,
        "voice": narrator(edition),
        "credit": credit(edition),
        **{key: document.about(key) for key in ("author", "published", "updated", "reviewed", "next-review")},
    }
    return {key: value for key, value in facts.items() if value.strip()}


def access(summary: str, lang: str, *, all_heard: bool) -> tuple[Element, ...]:
    """What EPUB Accessibility 1.1, section 2, has a package say. It claims no conformance: people must test that.

    `all_heard` tells that everything in the text is heard, so that ears alone are enough.
    """
    ways = ("textual,auditory", "textual", *(("auditory",) if all_heard else ()))
    return (
        *(_meta("schema:accessMode", mode) for mode in ("textual", "auditory")),
        *(_meta("schema:accessModeSufficient", way) for way in ways),
        *(_meta("schema:accessibilityFeature", feature) for feature in FEATURES),
        _meta("schema:accessibilityHazard", "none"),
        _meta("schema:accessibilitySummary", summary, {"xml:lang": lang}),
    )


def iso_day(written: str) -> str:
    """The day as ISO 8601 writes it; empty where it is none."""
    try:
        return date.fromisoformat(written.strip()).isoformat()
    except ValueError:
        return ""


def _about(facts: Mapping[str, str]) -> Iterable[Element]:
    yield element("dc:identifier", {"id": "book-id"}, f"urn:uuid:{uuid5(NAMESPACE_URL, facts['name'])}")
    names = {
        "title": "title",
        "language": "lang",
        "publisher": "publisher",
        "creator": "author",
        "source": "source",
    }
    for name, key in names.items():
        if key in facts:
            yield element(f"dc:{name}", None, " ".join(facts[key].split()))
    days = {key: iso_day(facts.get(key, "")) for key in ("published", "updated", "reviewed")}
    if days["published"]:
        yield element("dc:date", None, days["published"])
    if days["reviewed"]:
        yield _meta("schema:lastReviewed", days["reviewed"])
    if "credit" in facts:
        yield _meta("schema:creditText", facts["credit"])
    yield _meta("dcterms:modified", f"{max(days.values()) or NO_DAY}T00:00:00Z")


def _lengths(facts: Mapping[str, str], items: Sequence[Item]) -> Iterable[Element]:
    """Metadata of Media Overlays (EPUB 3.3, section 9.3.4)."""
    lengths = {item.id: item.length_ms for item in items if item.length_ms is not None}
    for name, length in lengths.items():
        yield _meta("media:duration", clock(length), {"refines": f"#{name}"})
    yield _meta("media:duration", clock(sum(lengths.values())))
    yield _meta("media:narrator", facts["voice"])
    yield _meta("media:active-class", ACTIVE)
    yield _meta("media:playback-active-class", PLAYING)


def _item(item: Item, ids: Mapping[str, str]) -> Element:
    path = item.member.path.removeprefix(f"{FOLDER}/")
    attributes = {"id": item.id, "href": path, "media-type": item.media_type}
    if item.properties:
        attributes["properties"] = item.properties
    if item.overlay:
        attributes["media-overlay"] = ids[item.overlay]
    return element("item", attributes)


def _meta(name: str, value: str, attributes: Mapping[str, str] | None = None) -> Element:
    return element("meta", {"property": name, **(attributes or {})}, value)
