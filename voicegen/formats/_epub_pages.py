"""The pages of a book around its text: the frame that all share, the contents, and what is known of the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from markupsafe import Markup

from voicegen.formats._epub_text import Book, Heading, web_address
from voicegen.formats._passages import safe_address
from voicegen.formats._xml import element, file, fragment, move, put
from voicegen.formats.words import direction

XHTML, OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
STYLE = "book.css"
SHOWN = ("publisher", "author", "reviewed", "next-review", "language", "source", "voice")
"""What the last page tells, in its order."""


def page(book: Book, title: str, body: Element) -> bytes:
    """A whole XHTML file (EPUB 3.3, section 6.1)."""
    lang = {"lang": book.lang, "xml:lang": book.lang, "dir": direction(book.lang)}
    for marked in body.iter():
        if "lang" in marked.attrib:
            marked.attrib["xml:lang"] = marked.attrib["lang"]
    head = element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("title", None, title),
        element("link", {"rel": "stylesheet", "type": "text/css", "href": STYLE}),
    )
    root = element("html", {"xmlns": XHTML, "xmlns:epub": OPS, **lang}, "\n", head, "\n", body)
    return file(root, "<!DOCTYPE html>\n")


def contents(book: Book) -> Element:
    """The body of the navigation document (EPUB 3.3, section 7): every heading, in the words of its own lines."""
    label = {"aria-label": book.words.plain("contents")}
    toc = element("nav", {"epub:type": "toc", "role": "doc-toc", "id": "toc", **label}, _listed(book.headings))
    places = element("ol")
    for term, address, words in (
        ("bodymatter", book.headings[0].address, book.parts[0].title),
        ("colophon", "about.xhtml", _ours(book, "about")),
    ):
        put(places, element("li", None, element("a", {"epub:type": term, "href": address}, words)))
    landmarks = element("nav", {"epub:type": "landmarks", "hidden": "hidden", **label}, places)
    return element("body", None, toc, landmarks)


def _listed(headings: Sequence[Heading]) -> Element:
    """Headings as a list, those inside them as lists in it."""
    made = element("ol")
    for heading in headings:
        link = element("a", {"href": heading.address})
        _drop_empty(heading.words)
        move(heading.words, link)
        if not "".join(link.itertext()).strip():
            put(link, "–")
        item = element("li", None, link)
        if heading.inner:
            put(item, _listed(heading.inner))
        put(made, item)
    return made


def _drop_empty(words: Element) -> None:
    """Takes out elements that hold no word; white space in them stays (EPUB 3.3, section 7.4.2.2.1)."""
    for parent in list(words.iter()):
        for child in [child for child in parent if child.tag == "span" and not "".join(child.itertext()).strip()]:
            at = list(parent).index(child)
            space = "".join(child.itertext()) + (child.tail or "")
            parent.remove(child)
            if at:
                parent[at - 1].tail = (parent[at - 1].tail or "") + space
            else:
                parent.text = (parent.text or "") + space


def colophon(book: Book, facts: Mapping[str, str], voice: Markup, summary: str) -> Element:
    """The body of the last page: where the book comes from and how it was made; it is not read aloud.

    `voice` tells who speaks.
    """
    known = {**facts, "language": book.words.language_name(book.lang)}
    listed = element("dl")
    for name in SHOWN:
        if name in known:
            value = element("dd")
            move(fragment(voice) if name == "voice" else _value(name, known[name], book), value)
            put(listed, element("div", None, element("dt", None, _ours(book, name.replace("-", "_"))), value))
    about = {"epub:type": "colophon", "role": "doc-colophon"}
    heading = element("h1", None, _ours(book, "about"))
    notes = (element("p", None, _marked(book, words)) for words in (summary, book.words.plain("which_counts")))
    return element("body", None, element("section", about, heading, listed, *notes))


def _value(name: str, value: str, book: Book) -> Element:
    if name in {"reviewed", "next-review"}:
        return fragment(book.words.date(value))
    if name == "source":
        address = web_address(safe_address(value))
        return element(
            "x", None, element("a", {"href": address}, value) if address else element("bdi", None, value)
        )
    return element("x", None, value)


def _ours(book: Book, key: str) -> Element | str:
    """Words of ours, marked with their language where it is not the book's."""
    return _marked(book, book.words.plain(key))


def _marked(book: Book, words: str) -> Element | str:
    ours = book.words
    return element("span", {"lang": ours.lang, "dir": direction(ours.lang)}, words) if ours.foreign else words
