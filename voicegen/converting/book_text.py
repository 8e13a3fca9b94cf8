"""The text of a book's files, made ready to stand together on one page: names, links, notes, equations."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from voicegen import cascade
from voicegen.converting.book_styles import final
from voicegen.converting.equations import APART, LINE, Raised, in_a_line, parted
from voicegen.converting.package import beside
from voicegen.converting.writing import LINKS, Omitted
from voicegen.errors import SourceError

_CODE = {"script", "style", "link", "meta", "iframe", "object", "embed", "canvas", "audio", "video", "template"}
_KEPT = {
    *("lang", "id", "alt", "src", "title", "start", "value", "reversed", "colspan", "rowspan", "scope", "href"),
    *("hidden", "open", "role", "cite", "datetime", "dir", "abbr", "headers", "class", "type"),
    *("aria-label", "aria-hidden"),
}
"""Attributes that say something; scripts' handlers and styles are not among them."""
_BOXES = _CODE - {"script", "style", "link", "meta", "template"} | {"div", "p", "hr", "section", "li", "aside"}
"""Elements that stand apart from the text beside them, though it has no space there."""
_MOST_WORDS_OF_PAGE = 2
"""Of a page's number in the printed book, "page 12": what is longer is text that begins there."""
_TEX = re.compile(r"[\\{}^_$]")
"""What is for a program: TeX, which many programs put where an equation should be said in words."""
_NAMES_ONLY = re.compile(
    r"(?:mathml|math|image|formula|gleichung|formel|[ée]quation|formule|ecuaci[óo]n|f[óo]rmula)\W*\d*\W*", re.I
)
"""What programs put there instead of words. Danger: "Equation 1" says nothing of "5 mg"."""
_NOTES = {"footnote", "endnote", "rearnote", "note"}


@dataclass(frozen=True, slots=True)
class Spine:
    """The book's files: the number of each, by path."""

    numbers: dict[str, int]

    def target(self, href: str, here: str) -> str:
        """Where a link leads on the page; empty where it leads nowhere that a page may lead."""
        if href.lower().startswith(LINKS):
            return href
        path, _, fragment = href.partition("#")
        file = beside(here, path) if path else here
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
    _part(body)
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
        if "headers" in attributes:
            element.set("headers", " ".join(f"part-{at}-{name}" for name in attributes["headers"].split()))
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
    """Gives the element the name that HTML has for it, and for a note one that no reader takes for an aside.

    What stands at the foot of a chapter is its own, and no site's.
    """
    if element.tag == "footer" or (element.tag == "aside" and kinds & _NOTES):
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
    """Takes out code, page numbers and second forms below an element, and writes equations as text."""
    kept: list[Element] = []
    words = [parent.text or ""]
    for child in list(parent):
        tail, child.tail = child.tail or "", None
        before, instead = _instead(child, where, omitted)
        words.append(before)
        for one in instead:
            _set_text(parent, kept, words)
            kept.append(one)
            words = [one.tail or ""]
        words.append(tail)
    _set_text(parent, kept, words)
    parent[:] = kept


def _set_text(parent: Element, before: list[Element], words: list[str]) -> None:
    """The text between the last of the children so far and the next."""
    text = "".join(words)
    if before:
        before[-1].tail = text
    else:
        parent.text = text


def _instead(child: Element, where: str, omitted: list[Omitted]) -> tuple[str, list[Element]]:
    """What stands on the page instead of an element: text, and elements after it."""
    name = child.tag.removeprefix("svg-")
    if name in _CODE or _is_page_number(child):
        why = "what plays or runs in a book" if name in _CODE else "a page number of the printed book"
        omitted.extend(_words(child, why))
        return " " if name in _BOXES else "", []
    if child.tag == "math-math":
        return "", _equation(child, where, omitted)
    if child.tag == "epub-switch":
        forms = [one for one in child if one.tag == "epub-default"] or list(child)[:1]
        for one in child:
            omitted.extend(_words(one, "another form of the same") if one not in forms else [])
        for one in forms:
            _replace(one, where, omitted)
            one.tail = None
        return "", [part for one in forms for part in _unwrapped(one)]
    _replace(child, where, omitted)
    return "", [child]


def _unwrapped(form: Element) -> list[Element]:
    """The elements of a form, with its text before them in one of its own."""
    text = Element("span")
    text.text = form.text
    return [*([text] if form.text else []), *form]


def _is_page_number(element: Element) -> bool:
    is_break = "pagebreak" in element.get("epub-type", "").split() or element.get("role") == "doc-pagebreak"
    return is_break and len("".join(element.itertext()).split()) <= _MOST_WORDS_OF_PAGE


def _part(body: Element) -> None:
    """Sets fractions apart from the numbers beside them, in whatever elements either stands."""
    slots: list[tuple[Element, str]] = []
    waiting = [(body, "text")]
    while waiting:
        element, slot = waiting.pop()
        slots.append((element, slot))
        if slot == "text":
            waiting += [(element, "tail")] if element is not body else []
            waiting += [(child, "text") for child in reversed(element)]
    texts = [getattr(element, slot) or "" for element, slot in slots]
    for (element, slot), text, before in zip(slots, parted(texts), texts, strict=True):
        if text != before:
            setattr(element, slot, text)


def _equation(equation: Element, where: str, omitted: list[Omitted]) -> list[Element]:
    said = equation.get("alttext", "").strip()
    is_words = said and not _TEX.search(said) and not _NAMES_ONLY.fullmatch(said)
    pieces = [(APART, ""), (said, ""), (APART, "")] if is_words else in_a_line(equation)
    if pieces is None:
        raise SourceError(
            where,
            "there is an equation that can't be written in one line, and nobody says it in words (alttext)",
            "Ask its publisher for a text of it, or take it out and write it as a sentence.",
        )
    omitted.extend(_words(equation, "an equation, which is written in words instead"))
    return [_written(piece) for piece in pieces]


def _written(piece: Raised) -> Element:
    if piece == LINE:
        return Element("br")
    text, position = piece
    made = Element(position or "span")
    made.text = text
    return made


def _words(element: Element, why: str) -> Iterator[Omitted]:
    """All letters below an element, also in its pictures."""
    words = [*element.itertext(), *(one.get("alt", "") for one in element.iter("img"))]
    if text := " ".join(" ".join(words).split()):
        yield Omitted(text, why)
