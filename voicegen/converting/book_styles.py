"""The rules of a book's style sheets that change what its text says: powers, indices, struck-out words.

Programs that make books write "10" and a span of the class "superscript", and what that is stands in a sheet.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from voicegen import cascade
from voicegen.cascade import selectors
from voicegen.converting.package import Package

_AROUND = re.compile(r"^(?:html\b[^ >]*\s*>?\s*)?(?:body\b[^ >]*\s*>?\s*)?")
"""What a selector says of the elements that are not on the page."""


def final(said: cascade.Meaning) -> cascade.Meaning:
    """It as it is in a book, in which no program shows later what its styles hide."""
    return said._replace(is_forced=bool(said.shown) or "shown" in said.undone)


class _Rule(NamedTuple):
    selector: str
    declared: str
    names: frozenset[str]
    """What an element must have that it selects."""


def rules_of(source: Element, package: Package, here: str, part: str) -> Iterator[str]:
    """The rules of the sheets of a file of the book, each for that part of the page alone.

    Only those that speak of an element in it: books have one sheet for all of their files.
    """
    there = _names(source)
    for sheet in dict.fromkeys(_sheets(source, package, here)):
        yield from (f"{part} {one.selector} {{{one.declared}}}" for one in _told(sheet) if one.names <= there)


@lru_cache(maxsize=8)
def _told(sheet: str) -> tuple[_Rule, ...]:
    rules = []
    for selector, said, is_important in islice(cascade.rules(sheet), cascade.MOST_RULES):
        inner = _AROUND.sub("", selector)
        try:
            names = frozenset(selectors.parsed(inner)[-1].keys)
        except selectors.NotUnderstoodError:
            continue
        if "<" not in inner:
            rules.append(_Rule(inner, final(said).declared(is_important=is_important), names))
    return tuple(rules)


def _names(source: Element) -> frozenset[str]:
    named = ((one, one.get("id", ""), one.get("class", "")) for one in source.iter())
    every = (selectors.names_of(one.tag.lower(), ident, classes, one.attrib) for one, ident, classes in named)
    return frozenset().union(*every)


def _sheets(source: Element, package: Package, here: str) -> Iterator[str]:
    for element in source.iter():
        if element.tag == "style":
            yield "".join(element.itertext())
        elif element.tag == "link" and "stylesheet" in element.get("rel", "").lower().split():
            path = unquote(element.get("href", "").partition("#")[0])
            file = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
            if file in package:
                yield package.read(file).decode("utf-8", "replace")
