"""The rules of a book's style sheets that change what its text says: powers, indices, struck-out words.

Programs that make books write "10" and a span of the class "superscript", and what that is stands in a sheet.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from voicegen import cascade
from voicegen.converting.package import Package

_AROUND = re.compile(r"^(?:html\b[^ >]*\s*>?\s*)?(?:body\b[^ >]*\s*>?\s*)?")
"""What a selector says of the elements that are not on the page."""


def final(said: cascade.Meaning) -> cascade.Meaning:
    """It as it is in a book, in which no program shows later what its styles hide."""
    return said._replace(is_forced=bool(said.shown) or "shown" in said.undone)


def rules_of(source: Element, package: Package, here: str, part: str) -> Iterator[str]:
    """The rules of the sheets of a file of the book, each for that part of the page alone."""
    for sheet in _sheets(source, package, here):
        for selector, said, is_important in cascade.rules(sheet):
            inner = _AROUND.sub("", selector)
            if inner and "<" not in inner:
                yield f"{part} {inner} {{{final(said).declared(is_important=is_important)}}}"


def _sheets(source: Element, package: Package, here: str) -> Iterator[str]:
    for element in source.iter():
        if element.tag == "style":
            yield "".join(element.itertext())
        elif element.tag == "link" and "stylesheet" in element.get("rel", "").lower().split():
            path = unquote(element.get("href", "").partition("#")[0])
            file = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
            if file in package:
                yield package.read(file).decode("utf-8", "replace")
