"""The rules of a book's style sheets that change what its text says: powers, indices, struck-out words.

Programs that make books write "10" and a span of the class "superscript", and what that is stands in a sheet.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from voicegen import cascade
from voicegen.cascade import selectors
from voicegen.cascade.sheet import Statement, parts
from voicegen.converting.package import Package, beside
from voicegen.errors import SourceError

_AROUND = re.compile(r"^(?:html\b[^ >]*\s*>?\s*)?(?:body\b[^ >]*\s*>?\s*)?")
"""What a selector says of the elements that are not on the page."""
AS_A_FILE = "Ask for its text as a file."
"""What helps with a book that can't be read as one."""
_IMPORT = re.compile(r"@import\s*(?:url\(\s*([^\"')]+?)\s*\)|(?:url\(\s*)?[\"']([^\"']+)[\"']\s*\)?)\s*(.*)", re.I)
_NO_MEDIA = re.compile(r"\b(?:layer\b|supports\s*\()", re.I)
"""What an import may name before its media."""
_DEEPEST_IMPORT = 20


def final(said: cascade.Meaning) -> cascade.Meaning:
    """It as it is in a book, in which no program shows later what its styles hide."""
    return said._replace(is_forced=bool(said.shown) or "shown" in said.undone)


class _Rule(NamedTuple):
    selector: str
    declared: str
    names: frozenset[str]
    """What an element must have that it selects."""


class Sheets:
    """The style sheets of a book, each of which is read once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._of_file: dict[tuple[str, str], tuple[_Rule, ...]] = {}

    def rules_of(self, source: Element, here: str, at: int) -> Iterator[str]:
        """The rules for the file at `here` of the book, each for part `at` of the page alone.

        Only those that speak of an element in it: books have one sheet for all of their files.
        """
        there = _names(source)
        for one in self._rules(source, here):
            if one.names <= there:
                yield f"#part-{at} {selectors.with_ids(one.selector, f'part-{at}-')} {{{one.declared}}}"

    def _rules(self, source: Element, here: str) -> Iterator[_Rule]:
        """The rules of all sheets of a file in order; one that is named again counts where it is named last."""
        found: dict[tuple[str, str], Iterable[_Rule]] = {}

        def add(key: tuple[str, str], rules: Iterable[_Rule]) -> None:
            found.pop(key, None)
            found[key] = rules

        for element in source.iter():
            relations = element.get("rel", "").lower().split()
            media = element.get("media", "")
            if element.tag == "style":
                sheet = "".join(element.itertext())
                for file, media_there in _imported(sheet, here):
                    add((file, media_there), self._file(file, media_there))
                add((sheet, media), _told(sheet, media))
            elif element.tag == "link" and "stylesheet" in relations and "alternate" not in relations:
                file = beside(here, element.get("href", ""))
                add((file, media), self._file(file, media))
        return chain.from_iterable(found.values())

    def _file(self, path: str, media: str, depth: int = 0) -> tuple[_Rule, ...]:
        """The rules of a sheet, after those of the sheets that it imports."""
        if (path, media) in self._of_file or path not in self._package:
            return self._of_file.get((path, media), ())
        self._of_file[path, media] = ()  # for what it imports in a circle
        found: list[_Rule] = []
        sheet = _decoded(self._package.read(path))
        for file, media_there in dict.fromkeys(_imported(sheet, path)):
            if depth < _DEEPEST_IMPORT:
                found += self._file(file, media_there or media, depth + 1)
            if len(found) > cascade.MOST_RULES or depth == _DEEPEST_IMPORT:
                what = "its style sheets import more than any book's"
                raise SourceError(self._package.where, what, AS_A_FILE)
        self._of_file[path, media] = (*found, *_told(sheet, media))
        return self._of_file[path, media]


def _decoded(data: bytes) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_wide else "utf-8-sig", "replace")


def _imported(sheet: str, here: str) -> Iterator[tuple[str, str]]:
    """The files that a sheet imports before its first rule, and for which media (CSS Cascade 4, section 2)."""
    for part in parts(sheet):
        if not isinstance(part, Statement):
            return
        if found := _IMPORT.match(part.words):
            media = "" if _NO_MEDIA.match(found[3]) else found[3].strip()
            yield beside(here, found[1] or found[2]), media


def _told(sheet: str, media: str) -> Iterator[_Rule]:
    for selector, said, is_important in islice(cascade.rules(sheet, media), cascade.MOST_RULES + 1):
        inner = _AROUND.sub("", selector)
        try:
            names = frozenset(selectors.parsed(inner)[-1].keys)
        except selectors.NotUnderstoodError:
            continue
        if "<" not in inner:
            yield _Rule(inner, final(said).declared(is_important=is_important), names)


def _names(source: Element) -> frozenset[str]:
    named = ((one, one.get("id", ""), one.get("class", "")) for one in source.iter())
    every = (selectors.names_of(one.tag.lower(), ident, classes, one.attrib) for one, ident, classes in named)
    return frozenset().union(*every)
