"""XML (W3C XML 1.0, fifth edition) made and read by the standard library, for publications that hold it.

Names are written as they stand in the file, with prefixes; the root names the namespaces in `xmlns` attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError

_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
"""What XML can't hold (section 2.2), and the control characters and noncharacters that it advises against."""
DEEPEST = 500
"""Elements inside each other; nothing that people write has so many."""


def legible(words: str) -> str:
    """`words`; what XML can't hold becomes the replacement character, so that readers see something was there."""
    return _NOT_XML.sub("\ufffd", words)


def element(tag: str, attributes: Mapping[str, str] | None = None, *content: str | Element) -> Element:
    """An element with its content in order."""
    made = Element(tag, {name: legible(value) for name, value in (attributes or {}).items()})
    for part in content:
        put(made, part)
    return made


def put(parent: Element, part: str | Element) -> None:
    """Adds words or an element at the end of `parent`."""
    if isinstance(part, Element):
        parent.append(part)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + legible(part)
    else:
        parent.text = (parent.text or "") + legible(part)


def move(source: Element, parent: Element) -> None:
    """Adds everything that stands in `source` at the end of `parent`."""
    put(parent, source.text or "")
    for child in source:
        parent.append(child)


def fragment(markup: str) -> Element:
    """Well-formed markup of ours, without namespaces, inside an element of no meaning.

    Raises PublicationError where it is not well-formed.
    """
    try:
        return ElementTree.fromstring(f"<x>{legible(markup)}</x>")  # noqa: S314 - escaped by us, without entities
    except ElementTree.ParseError as trouble:
        raise PublicationError(
            "XML", f"markup of ours is not well-formed ({trouble}): {markup[:80]!r}"
        ) from trouble


def file(root: Element, doctype: str = "") -> bytes:
    """The bytes of a whole file in UTF-8."""
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}{text}\n'.encode()


PLACE = cast(Element, ElementTree.Comment(""))
"""Stands where `around` puts what was written before."""


def written(one: Element) -> str:
    """An element of a file, with what follows it, as `around` takes it."""
    return ElementTree.tostring(one, "unicode")


def around(root: Element, inside: Iterable[str], doctype: str = "") -> bytes:
    """The bytes of a whole file, as `file`, with written elements at the PLACE in it."""
    before, _, after = file(root, doctype).partition(b"<!---->")
    return b"".join((before, *(part.encode() for part in inside), after))


def parsed(name: str, data: bytes) -> Element:
    """The root of a file that was written elsewhere; names have their namespaces before them, as `{…}name`.

    Raises PublicationError where it is not well-formed UTF-8, or declares entities, which may grow without end;
    `name` is for the message.
    """
    try:
        text = data.decode("utf-8-sig")
        if "<!ENTITY" in text:
            raise PublicationError(name, "it declares entities, which none of our files does", _REMEDY)
        return ElementTree.fromstring(text)  # noqa: S314 - without entities, and no other file is ever opened
    except (ElementTree.ParseError, ValueError) as trouble:
        raise PublicationError(name, f"it is not well-formed XML ({trouble})", _REMEDY) from trouble


_REMEDY = "Build the page again."


def pieces(root: Element) -> Iterator[tuple[str, tuple[Element, ...]]]:
    """Every piece of text in document order, with the elements that it stands in, the outermost first.

    Raises PublicationError where elements stand in each other deeper than in any text.
    """
    waiting: list[tuple[Element, tuple[Element, ...]]] = [(root, ())]
    while waiting:
        at, around = waiting.pop()
        if around and at is around[-1]:  # come back for the text after it
            if at.tail:
                yield at.tail, around[:-1]
            continue
        inside = (*around, at)
        if len(inside) > DEEPEST:
            raise PublicationError("XML", "its elements are nested too deep", _REMEDY)
        if around:
            waiting.append((at, inside))
        if at.text:
            yield at.text, inside
        waiting.extend((child, inside) for child in reversed(at))
