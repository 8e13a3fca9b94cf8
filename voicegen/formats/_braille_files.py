"""The two files of braille: BRF, and the portable embosser format, PEF 2008-1 (pef-format.org).

BRF is plain ASCII: one character for each cell (the North American Braille ASCII Code), CR and LF after each row,
a form feed after each page. PEF is XML that says of itself what it is, and holds cells as Unicode's braille
patterns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError
from voicegen.formats._xml import element, file, parsed

ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""The character for each cell, in the order of Unicode's braille patterns from U+2800 to U+283F."""
FIRST = 0x2800
TO_ASCII = {FIRST + number: sign for number, sign in enumerate(ASCII)}
TO_CELLS = {ord(sign): chr(FIRST + number) for number, sign in enumerate(ASCII)}
ROW_END, PAGE_END = "\r\n", "\f"
PEF, DC, OURS = "http://www.daisy.org/ns/2008/pef", "http://purl.org/dc/elements/1.1/", "urn:voicegen"
NAMES = {"pef": PEF, "dc": DC, "voicegen": OURS}
LARGEST = 64_000_000
"""Bytes of a file that is read: some 20,000 pages of braille."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a PEF file says."""

    cells: int
    lines: int
    pages: tuple[tuple[str, ...], ...]
    text: int
    """The page, counted from 0, on which the text begins, after title page and contents."""
    lang: str
    tables: tuple[str, ...]
    """The liblouis tables that it was made with, that of the page's language first."""


def brf(pages: Sequence[Sequence[str]]) -> bytes:
    """The pages as BRF."""
    rows = ("".join(row.translate(TO_ASCII).rstrip() + ROW_END for row in page) + PAGE_END for page in pages)
    return "".join(rows).encode("ascii")


def read_brf(path: Path) -> list[list[str]]:
    """The pages of a BRF file as cells. Raises PublicationError for anything that does not belong there."""
    try:
        text = _bytes(path).decode("ascii")
        wrong = sorted(set(text) - set(ASCII) - {"\r", "\n", "\f"})
        if wrong:
            raise PublicationError(path.name, f"it has signs that stand for no cell: {wrong[:5]}", _REMEDY)
        *pages, rest = text.split(PAGE_END)
        if rest or not pages or not all(page.endswith(ROW_END) for page in pages):
            raise PublicationError(path.name, "a page or a row of it has no end", _REMEDY)
        rows = [page.removesuffix(ROW_END).split(ROW_END) for page in pages]
        if any(set(row) & set("\r\n") for page in rows for row in page):
            raise PublicationError(path.name, "a row of it has no end", _REMEDY)
        return [[row.translate(TO_CELLS) for row in page] for page in rows]
    except (OSError, UnicodeDecodeError) as trouble:
        raise PublicationError(path.name, f"it can't be read ({trouble})", _REMEDY) from trouble


def pef(
    parts: Sequence[Sequence[Sequence[str]]], cells: int, lines: int, facts: Sequence[tuple[str, str]]
) -> bytes:
    """The pages as PEF: title page and contents, and the text, each as a section.

    `facts` are elements of its head, such as ("dc:title", "Asthma").
    """
    sections = [
        element("section", {}, *(element("page", {}, *map(_row, page)) for page in pages)) for pages in parts
    ]
    about = {"cols": str(cells), "rows": str(lines), "rowgap": "0", "duplex": "true"}
    meta = [element(name, {}, words) for name, words in facts if words]
    root = element(
        "pef",
        {"version": "2008-1", "xmlns": PEF, "xmlns:dc": DC, "xmlns:voicegen": OURS},
        element("head", {}, element("meta", {}, *meta)),
        element("body", {}, element("volume", about, *sections)),
    )
    return file(root)


def _row(cells: str) -> Element:
    return element("row", {}, cells) if cells else Element("row")


def read_pef(path: Path) -> Published:
    """A PEF file. Raises PublicationError where it is none."""
    try:
        root = parsed(path.name, _bytes(path))
        meta, volume = root.find("pef:head/pef:meta", NAMES), root.find("pef:body/pef:volume", NAMES)
        if root.tag != f"{{{PEF}}}pef" or root.get("version") != "2008-1" or meta is None or volume is None:
            raise PublicationError(path.name, "it is not PEF 2008-1", _REMEDY)
        if meta.findtext("dc:format", "", NAMES) != "application/x-pef+xml":
            raise PublicationError(path.name, "it does not say its format", _REMEDY)
        if not meta.findtext("dc:identifier", "", NAMES):
            raise PublicationError(path.name, "it has no identifier", _REMEDY)
        front, text = volume.findall("pef:section", NAMES)
        pages = tuple(
            tuple(row.text or "" for row in page.iterfind("pef:row", NAMES))
            for section in (front, text)
            for page in section.iterfind("pef:page", NAMES)
        )
        return Published(
            int(volume.attrib["cols"]),
            int(volume.attrib["rows"]),
            pages,
            len(front),
            meta.findtext("dc:language", "", NAMES),
            tuple(each.text or "" for each in meta.iterfind("voicegen:table", NAMES)),
        )
    except (OSError, KeyError, ValueError) as trouble:
        raise PublicationError(path.name, f"it can't be read ({trouble})", _REMEDY) from trouble


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise PublicationError(path.name, f"it is larger than {LARGEST // 1_000_000} MB", _REMEDY)
    return data


_REMEDY = "Build the page again."
