"""A PDF as another program than the one that printed it reads it: its letters on the paper, and its tags.

What a screen reader says of a PDF is the structure tree (ISO 32000-2, section 14.7) with the marked content that
it refers to, in its own order; the order in which letters are painted is another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

_LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-zÀ-ɏ]+(?:[ .,:/-]+[0-9A-Za-zÀ-ɏ]+)*")
_RIGHT_TO_LEFT = {"R", "AL"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One character on the paper; places in points from the lower left corner."""

    text: str
    point: float
    """Its size as printed."""
    box: tuple[float, float, float, float]
    """Left, lower, right and upper edge."""
    baseline: float
    mark: int | None
    """The number of the marked content that it stands in."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    width: float
    height: float
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document."""

    tagged: bool
    lang: str
    outline: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    tags: tuple[tuple[str, str], ...]
    """The structure tree's leaves in reading order: the innermost named role around it, and its text."""

    @property
    def reading(self) -> str:
        """All that a screen reader gets, in order."""
        return "".join(text for _, text in self.tags)


def read(path: Path) -> Pdf:
    """The PDF at `path`."""
    with path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        resources = PDFResourceManager()
        device = _Device(resources)
        interpreter = PDFPageInterpreter(resources, device)
        sheets: list[Sheet] = []
        marked: dict[tuple[int, int], list[Letter]] = {}
        for page in PDFPage.create_pages(document):
            device.letters = []
            interpreter.process_page(page)
            left, lower, right, upper = page.mediabox
            sheets.append(Sheet(right - left, upper - lower, tuple(device.letters)))
            for letter in device.letters:
                if letter.mark is not None:
                    marked.setdefault((int(str(page.pageid)), letter.mark), []).append(letter)
        catalog = document.catalog
        marks = resolve1(catalog.get("MarkInfo")) or {}
        return Pdf(
            tagged=bool(marks.get("Marked")),
            lang=_text(resolve1(catalog.get("Lang"))),
            outline=tuple(title for _, title, *_ in document.get_outlines()),
            sheets=tuple(sheets),
            tags=tuple(_leaves(resolve1(catalog["StructTreeRoot"]), None, "", marked)),
        )


def logical(letters: list[Letter]) -> str:
    """The letters' text in the order of reading: lines that run to the left are painted from their end."""
    lines: list[list[Letter]] = []
    for letter in letters:
        if not lines or abs(letter.baseline - lines[-1][0].baseline) > letter.point / 2:
            lines.append([])  # further than a vowel sign stands above its letter
        lines[-1].append(letter)
    return "".join(map(_line, lines))


def _line(letters: list[Letter]) -> str:
    glyphs = [letter.text for letter in letters]
    if not any(unicodedata.bidirectional(mark) in _RIGHT_TO_LEFT for glyph in glyphs for mark in glyph):
        return "".join(glyphs)
    backwards = "".join(reversed(glyphs))
    return _LEFT_TO_RIGHT.sub(lambda found: found[0][::-1], backwards)


def _leaves(
    node: Any, page: Any, role: str, marked: dict[tuple[int, int], list[Letter]]
) -> Iterator[tuple[str, str]]:
    """Roles and texts below a node of the structure tree; a node is a number, a dictionary, or a list of them."""
    node = resolve1(node)
    if isinstance(node, list):
        for child in node:
            yield from _leaves(child, page, role, marked)
    elif isinstance(node, int):
        yield role, logical(marked.get((page.objid, node), []))
    elif isinstance(node, dict):
        page = node.get("Pg", page)
        if "MCID" in node:
            yield from _leaves(node["MCID"], page, role, marked)
        kind = node.get("S")
        name = kind.name if isinstance(kind, PSLiteral) else ""
        inner = str(name) if name not in {"", "NonStruct", "Span"} else role
        if "K" in node:
            yield from _leaves(node["K"], page, inner, marked)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else ""


class _Device(PDFLayoutAnalyzer):
    """Notes every letter with the marked content that it stands in."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.letters: list[Letter] = []
        self._marks: list[int | None] = []

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        found = resolve1(props) if props is not None else None
        self._marks.append(found.get("MCID") if isinstance(found, dict) else None)

    def end_tag(self) -> None:
        self._marks.pop()

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        advance = super().render_char(*args, **kwargs)
        letter = self.cur_item._objs[-1]
        if isinstance(letter, LTChar):
            matrix, size = args[0], args[2]
            point = abs(matrix[3]) * size
            mark = next((mark for mark in reversed(self._marks) if mark is not None), None)
            self.letters.append(Letter(letter.get_text(), point, letter.bbox, letter.matrix[5], mark))
        return advance
