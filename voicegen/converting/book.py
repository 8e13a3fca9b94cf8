"""EPUB 2 and 3 → one page: the files of its spine, in order, with their links and notes joined.

EPUB 3.3: sections 4 (container), 5 (package); EPUB 2.0.1. A protected book is refused; scripts, fonts and sounds
are not opened, and nothing outside of it is loaded. Of its styles only those stay that change what its text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from voicegen import cascade
from voicegen.converting import trees
from voicegen.converting.book_styles import AS_A_FILE, Sheets
from voicegen.converting.book_text import Spine, cleaned
from voicegen.converting.package import Package, beside
from voicegen.converting.trees import tree
from voicegen.converting.writing import Converted, Omitted, check_complete, page, said
from voicegen.errors import SourceError

_CONTAINER = "META-INF/container.xml"
_PROTECTION = {
    "META-INF/rights.xml": "Adobe's",
    "META-INF/sinf.xml": "Apple's",
    "META-INF/license.lcpl": "LCP",
}
_FONTS_ONLY = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
"""Ways of hiding fonts, which are no text."""
_TEXT = {"application/xhtml+xml", "text/html"}
_UNPROTECTED = "Ask its publisher for a file without protection."


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    kind: str
    properties: str
    fallback: str


@dataclass(slots=True)
class _Made:
    sheets: Sheets
    main: Element = field(default_factory=lambda: Element("main"))
    there: list[str] = field(default_factory=list)
    omitted: list[Omitted] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    """Rules of CSS, each for one part of the page."""
    elements: int = 0
    """Of all files so far."""


def convert(data: bytes, name: str) -> Converted:
    """The page. Raises SourceError where the file is no EPUB, is protected or damaged, or can't be told."""
    package = Package(data, name)
    if _CONTAINER not in package:
        raise SourceError(name, "it is no EPUB", "Save its text as a Word file (.docx) or a web page (.html).")
    _refuse_protected(package, name)
    container = tree(package.read(_CONTAINER), f"{name}, {_CONTAINER}")
    root = next((one.get("full-path", "") for one in container.iter("ocf-rootfile")), "")
    opf = tree(package.read(root), f"{name}, {root}", doctype=True)
    items = list(_spine(opf, root, name))
    made = _Made(Sheets(package))
    title = _said_first(opf, "dc-title") or name.rpartition(".")[0]
    lang = _said_first(opf, "dc-language")
    spine = Spine({item.path: at for at, item in enumerate(items, 1)})
    try:
        for at, item in enumerate(items, 1):
            _add(made, package, item, at, spine, lang)
    except cascade.TooLongError as error:
        raise SourceError(name, "one of its style sheets is longer than any book's", AS_A_FILE) from error
    if len(made.styles) > cascade.MOST_RULES:
        what = f"its style sheets have more than {cascade.MOST_RULES:,} rules that change what its text says"
        raise SourceError(name, what, AS_A_FILE)
    check_complete(name, made.there, said(made.main), made.omitted)
    _under_title(made.main, title)
    return Converted(
        page(title, lang, made.main, _meta(opf), made.styles), tuple(made.omitted), tuple(made.notices)
    )


def _refuse_protected(package: Package, name: str) -> None:
    for file, whose in _PROTECTION.items():
        if file in package:
            raise SourceError(name, f"it is protected against copying ({whose} protection)", _UNPROTECTED)
    if "META-INF/encryption.xml" in package:
        rules = tree(package.read("META-INF/encryption.xml"), f"{name}, META-INF/encryption.xml")
        for method in rules.iter("enc-EncryptionMethod"):
            if method.get("Algorithm", "") not in _FONTS_ONLY:
                raise SourceError(name, "its text is encrypted (DRM)", _UNPROTECTED)


def _spine(opf: Element, root: str, name: str) -> Iterator[_Item]:
    """The files of the text, in order; those that are read apart from it (linear="no") come last."""
    items = {}
    for one in opf.iter("opf-item"):
        item = _Item(
            beside(root, one.get("href", "")),
            one.get("media-type", ""),
            one.get("properties", ""),
            one.get("fallback", ""),
        )
        items[one.get("id", "")] = item
    references = list(opf.iter("opf-itemref"))
    references.sort(key=lambda one: one.get("linear", "yes") == "no")
    if not references:
        raise SourceError(name, "it has no text (its spine is empty)", "Ask its publisher for a whole file.")
    seen = set()
    for reference in references:
        item = _readable(items, reference.get("idref", ""), name)
        if item.path not in seen:
            seen.add(item.path)
            yield item


def _readable(items: dict[str, _Item], key: str, name: str) -> _Item:
    """The item, or the one that stands in for it (fallback), until it is one of text."""
    for _ in range(len(items) + 1):
        item = items.get(key)
        if item is None:
            break
        if item.kind in _TEXT:
            return item
        key = item.fallback
    raise SourceError(name, f"a part of its text is missing or no text ({key[:60]!r})", AS_A_FILE)


def _add(made: _Made, package: Package, item: _Item, at: int, spine: Spine, lang: str) -> None:
    where = f"{package.where}, {item.path}"
    source = tree(package.read(item.path), where, doctype=True)
    made.elements += sum(1 for _ in source.iter())
    if made.elements > trees.MOST_ELEMENTS:
        raise SourceError(package.where, "it is divided beyond reason", AS_A_FILE)
    body = source.find("body")
    if body is None:
        raise SourceError(where, "it has no text", "Ask its publisher for a whole file.")
    if "nav" in item.properties.split():
        made.omitted += _without_contents(body)
        if not _says_more(body):
            return
    made.styles += made.sheets.rules_of(source, item.path, at)
    made.there += _letters(body)
    made.omitted += cleaned(body, spine, item.path, at, where)
    own = source.get("xml-lang") or source.get("lang") or body.get("lang") or ""
    part = SubElement(made.main, "div", id=f"part-{at}")
    if own and own != lang:
        part.set("lang", own)
    part.text = body.text
    part.extend(list(body))


def _without_contents(body: Element) -> list[Omitted]:
    """Takes the lists of contents out of the file that has them; a book of one file has its text there too."""
    omitted = []
    for parent in list(body.iter()):
        for child in [child for child in parent if child.tag == "nav"]:
            omitted.append(Omitted(_plain(child), "a table of contents"))
            at = list(parent).index(child)
            if child.tail and at:
                parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
            elif child.tail:
                parent.text = (parent.text or "") + child.tail
            parent.remove(child)
    return omitted


def _says_more(body: Element) -> bool:
    """Whether anything but headings is left."""
    headings = {letter for one in body.iter() if re.fullmatch("h[1-6]", one.tag) for letter in one.itertext()}
    return any(text.strip() and text not in headings for text in body.itertext())


def _letters(body: Element) -> Iterator[str]:
    """The text of a body by a way of its own, with what stands instead of pictures."""
    for part in body.iter():
        if part.tag.removeprefix("svg-") not in ("script", "style"):
            yield part.text or ""
        if part is not body:
            yield part.tail or ""
        if part.tag == "img":
            yield part.get("alt", "")


def _under_title(main: Element, title: str) -> None:
    """Makes the book's title the page's, and its headings those below it, unless it has one of its own."""
    top = list(main.iter("h1"))
    if len(top) == 1 and main.find(".//h1") is _first_heading(main):
        return
    first = _first_heading(main)
    for heading in main.iter():
        if re.fullmatch("h[1-5]", heading.tag):
            heading.tag = f"h{int(heading.tag[1]) + 1}"
    if first is not None and _plain(first) == " ".join(title.split()):
        first.tag = "h1"
    else:
        heading = Element("h1")
        heading.text = title
        main.insert(0, heading)


def _first_heading(main: Element) -> Element | None:
    return next((one for one in main.iter() if re.fullmatch("h[1-6]", one.tag)), None)


def _plain(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _said_first(opf: Element, name: str) -> str:
    return next((" ".join((one.text or "").split()) for one in opf.iter(name) if (one.text or "").strip()), "")


def _meta(opf: Element) -> Iterator[tuple[str, str]]:
    """What the book says of itself, under the names that our reader of pages knows."""
    for name, key in (("author", "dc-creator"), ("publisher", "dc-publisher")):
        if words := _said_first(opf, key):
            yield name, words
    for one in opf.iter("opf-meta"):
        day = re.match(r"\d{4}-\d\d-\d\d", (one.text or "").strip())
        if one.get("property") == "dcterms:modified" and day:
            yield "dcterms.modified", day[0]
