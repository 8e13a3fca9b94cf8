"""The text of a book's files, made ready to stand together on one page: names, links, notes, equations."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from voicegen import cascade
from voicegen.converting.book_styles import final
from voicegen.converting.equations import in_a_line, parted
from voicegen.converting.writing import Omitted
from voicegen.errors import SourceError

_CODE = {"script", "style", "link", "meta", "iframe", "object", "embed", "canvas", "audio", "video", "template"}
_LINKS = ("http://", "https://", "mailto:", "tel:")
_KEPT = {
    *("lang", "id", "alt", "src", "title", "start", "value", "reversed", "colspan", "rowspan", "scope", "href"),
    *("hidden", "open", "role", "cite", "datetime", "dir", "abbr", "headers", "class", "type"),
    *("aria-label", "aria-hidden"),
}
"""Attributes that say something; scripts' handlers and styles are not among them."""
_TEX = re.compile(r"[\\{}^_$]")
"""What is for a program: TeX, which many programs put where an equation should be said in words."""
_NOTES = {"footnote", "endnote", "rearnote", "note"}


@dataclass(frozen=True, slots=True)
class Spine:
    """The book's files: the number of each, by path."""

    numbers: dict[str, int]

    def target(self, href: str, here: str) -> str:
        """Where a link leads on the page; empty where it leads nowhere that a page may lead."""
        if href.lower().startswith(_LINKS):
            return href
        path, _, fragment = href.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(path))) if path else here
        at = self.numbers.get(file)
        if ":" in path or at is None:
            return ""
        return f"#part-{at}-{fragment}" if fragment else f"#part-{at}"


def cleaned(body: Element, spine: Spine, here: str, at: int, where: str) -> list[Omitted]:
    """Makes a file's body part `at` of the page, in place; gives what was taken out.

    Raises SourceError where an equation can't be written in a line and nobody says it in words.
    """
    omitted: list[Omitted] = []
    _replace(body, where, omitted)
    for element in body.iter():
        kinds = set(element.get("epub-type", "").split())
        _rename(element, kinds)
        attributes = dict(element.attrib)
        element.attrib.clear()
        if lang := attributes.get("xml-lang"):
            attributes["lang"] = lang
        for name, value in attributes.items():
            if name in _KEPT:
                element.set(name, value)
        if said := cascade.meaning(attributes.get("style", "")):
            element.set("style", final(said).style)
        if "id" in attributes:
            element.set("id", f"part-{at}-{attributes['id']}")
        if "href" in attributes:
            target = spine.target(attributes["href"], here)
            del element.attrib["href"]
            if target and element.tag == "a":
                element.set("href", target)
        if "src" in attributes:
            element.set("src", posixpath.basename(attributes["src"]))
        if "noteref" in kinds and element.tag == "a":
            _raise(element)
    return omitted


def _rename(element: Element, kinds: set[str]) -> None:
    """Gives the element the name that HTML has for it, and for a note one that no reader takes for an aside."""
    if element.tag == "aside" and kinds & _NOTES:
        element.tag = "div"
    if element.tag.startswith("svg-"):
        element.tag = element.tag.removeprefix("svg-")
    elif element.tag.startswith(("other", "epub-")):
        element.tag = "span"


def _raise(link: Element) -> None:
    """Puts what refers to a note into a `sup`, as readers know it."""
    inner = Element("sup")
    inner.text, link.text = link.text, None
    for child in list(link):
        link.remove(child)
        inner.append(child)
    if any(child.tag == "sup" for child in inner):
        inner.tag = "span"
    link.append(inner)


def _replace(parent: Element, where: str, omitted: list[Omitted]) -> None:
    """Takes out code, page numbers and second forms, and writes equations as text."""
    for at, child in reversed(list(enumerate(parent))):
        kinds = child.get("epub-type", "").split()
        if child.tag in _CODE:
            omitted.extend(_words(child, "what plays or runs in a book"))
            _take(parent, at, [])
        elif "pagebreak" in kinds or child.get("role") == "doc-pagebreak":
            omitted.extend(_words(child, "a page number of the printed book"))
            _take(parent, at, [])
        elif child.tag == "math-math":
            _take(parent, at, _equation(child, where, omitted))
        elif child.tag == "epub-switch":
            forms = [one for one in child if one.tag == "epub-default"] or list(child)[:1]
            for one in child:
                omitted.extend(_words(one, "another form of the same") if one not in forms else [])
            inner = [grand for form in forms for grand in form]
            _take(parent, at, inner)
            _replace(parent, where, omitted) if inner else None
        else:
            _replace(child, where, omitted)


def _equation(equation: Element, where: str, omitted: list[Omitted]) -> list[Element]:
    said = equation.get("alttext", "").strip()
    pieces = [(said, "")] if said and not _TEX.search(said) else in_a_line(equation)
    if pieces is None:
        raise SourceError(
            where,
            "there is an equation that can't be written in one line, and nobody says it in words (alttext)",
            "Ask its publisher for a text of it, or take it out and write it as a sentence.",
        )
    omitted.extend(_words(equation, "an equation, which is written in words instead"))
    made = []
    for text, position in pieces:
        made.append(Element(position or "span"))
        made[-1].text = text
    return made


def _words(element: Element, why: str) -> Iterator[Omitted]:
    """All letters below an element, also in its pictures."""
    words = [*element.itertext(), *(one.get("alt", "") for one in element.iter("img"))]
    if text := " ".join(" ".join(words).split()):
        yield Omitted(text, why)


def _take(parent: Element, at: int, instead: list[Element]) -> None:
    """Puts elements instead of the one at `at`; what follows it stays."""
    tail = parent[at].tail or ""
    texts = parted([_before(parent, at), *(one.text or "" for one in instead), tail or _after(parent, at)])
    for one, text in zip(instead, texts[1:-1], strict=True):
        one.text = text
    parent[at : at + 1] = instead
    before = parent[at + len(instead) - 1] if at + len(instead) else None
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail


def _before(parent: Element, at: int) -> str:
    """The text that ends where the child at `at` begins; empty where that is no text of the same parent."""
    if not at:
        return parent.text or ""
    return parent[at - 1].tail or "".join(parent[at - 1].itertext())


def _after(parent: Element, at: int) -> str:
    return "".join(parent[at + 1].itertext()) if at + 1 < len(parent) else ""
