"""The page that a document becomes: HTML that staff can read and correct, with no word of the document missing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from voicegen.errors import SourceError

LINKS = ("http://", "https://", "mailto:", "tel:")
"""How the addresses begin that a link of a page may lead to."""
_MOST_SHOWN = 12
RIGHT_TO_LEFT = {"ar", "arc", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"}
"""Languages that are written from right to left, for the page's `dir`."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """Words of the document that are not on the page."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A document as a page."""

    html: bytes
    """UTF-8."""
    omitted: tuple[Omitted, ...] = ()
    notices: tuple[str, ...] = ()
    """What staff should look at, in whole sentences."""


def page(
    title: str, lang: str, body: Element, meta: Iterable[tuple[str, str]] = (), styles: Iterable[str] = ()
) -> bytes:
    """The page around `body`, a `main` element; `styles` are rules of CSS that change what it says."""
    root = Element("html")
    if lang:
        root.set("lang", lang)
        if lang.partition("-")[0].lower() in RIGHT_TO_LEFT:
            root.set("dir", "rtl")
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    for name, content in meta:
        SubElement(head, "meta", name=name, content=content)
    SubElement(head, "title").text = title
    if rules := "\n".join(styles):
        SubElement(head, "style").text = f"\n{rules}\n"
    SubElement(root, "body").append(body)
    for item in body.iter("li"):
        _unwrap(item)
    _lines(body)
    words = tostring(root, encoding="unicode", method="html")
    return ("<!DOCTYPE html>\n" + words + "\n").encode()


def _unwrap(item: Element) -> None:
    """Takes away the paragraph around an item's text where there is but one: it is plainer to read and correct."""
    if not len(item) or item[0].tag != "p" or any(other.tag not in ("ul", "ol") for other in item[1:]):
        return
    only = item[0]
    item.remove(only)
    item.text = only.text
    item[:0] = list(only)


_OWN_LINE = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "thead",
    "tbody",
    "div",
    "main",
}


def _lines(element: Element) -> None:
    """Puts every block on a line of its own, so that messages can name lines; only where no text is touched."""
    waiting = [element]
    while waiting:
        parent = waiting.pop()
        if not len(parent) or any(child.tag not in _OWN_LINE for child in parent):
            continue
        if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
            continue
        parent.text = "\n"
        for child in parent:
            child.tail = "\n"
        waiting.extend(parent)


def check_complete(where: str, there: Iterable[str], kept: Iterable[str], omitted: Iterable[Omitted]) -> None:
    """Raises SourceError where a letter of the document is neither on the page nor among what was omitted.

    Letters, not words: a document may divide a word anywhere, and the page may join it.
    """
    found = Counter(character for text in there for character in text if _counts(character))
    known = Counter(character for text in kept for character in text if _counts(character))
    for piece in omitted:
        known.update(character for character in piece.text if _counts(character))
    lost = found - known
    if lost:
        shown = " ".join(sorted(lost)[:_MOST_SHOWN])
        raise SourceError(
            where,
            f"{sum(lost.values())} letters or signs of it would be lost on the way to a page (among them {shown})",
            "Save it as a web page (.html) in its own program, and use that file.",
        )


def _counts(character: str) -> bool:
    """Whether a character is one to see: a letter, and no less the "<" before a number."""
    return character > " " and not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc")


def said(element: Element) -> Iterable[str]:
    """All text of a page's element, with what stands instead of its pictures."""
    for part in element.iter():
        if part.text:
            yield part.text
        if part.tail and part is not element:
            yield part.tail
        if part.tag == "img":
            yield part.get("alt", "")
