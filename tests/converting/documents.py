"""Documents that tests make: by python-docx, with parts that it can't make written by hand, and zip files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.oxml import parse_xml

from voicegen.converting import convert
from voicegen.errors import SourceError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = {
    "w": W,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())


def document(*, title: str = "Gallstones") -> Document:
    made = docx.Document()
    made.add_heading(title, 0)
    return made


def raw(made: Document, xml: str) -> None:
    """Puts blocks at the end of the body, written as Word writes them."""
    for part in parse_xml(f"<w:body {NAMES}>{xml}</w:body>"):
        made.element.body.insert(len(made.element.body) - 1, part)


def saved(made: Document) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def changed(data: bytes, parts: Mapping[str, str | bytes | None]) -> bytes:
    """The zip file with some of its files replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def related(data: bytes, kind: str, target: str, content: str) -> bytes:
    """The document with one more part, which its text refers to as rIdX."""
    name = "word/_rels/document.xml.rels"
    uri = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    relation = f'<Relationship Id="rIdX" Type="{uri}" Target="{target}"/></Relationships>'
    return changed(data, {name: part(data, name).replace("</Relationships>", relation), f"word/{target}": content})


CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""


def book(
    chapters: Mapping[str, str],
    *,
    title: str = "Asthma",
    lang: str = "en",
    extra: Mapping[str, str | bytes] | None = None,
    properties: Mapping[str, str] | None = None,
    spine: str = "",
) -> bytes:
    """An EPUB with these bodies, by file name, in this order."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml" '
        f'properties="{(properties or {}).get(name, "")}"/>'
        for at, name in enumerate(chapters)
    )
    order = spine or "".join(f'<itemref idref="i{at}"/>' for at in range(len(chapters)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="u">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="u">x</dc:identifier>'
        f"<dc:title>{title}</dc:title><dc:language>{lang}</dc:language><dc:creator>Maya Okonjo</dc:creator>"
        f'<meta property="dcterms:modified">2026-02-16T00:00:00Z</meta></metadata>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        file.writestr("META-INF/container.xml", CONTAINER)
        file.writestr("OEBPS/book.opf", opf)
        for name, body in chapters.items():
            file.writestr(f"OEBPS/{name}", body if body.startswith("<?xml") else xhtml(body))
        for name, content in (extra or {}).items():
            file.writestr(name, content)
    return out.getvalue()


def xhtml(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>x</title></head><body>{body}</body></html>"
    )


def body_of(html: bytes) -> str:
    """What stands in the page's main element, without line breaks between blocks."""
    found = re.search(r"<main>(.*)</main>", html.decode(), re.S)
    assert found
    return re.sub(r"(?<=>)\n+|\n+(?=<)", "", found[1])


def outcome(data: bytes, name: str) -> str:
    """The page, or the words of our error; any other error ends the test."""
    try:
        return convert(data, name).html.decode()
    except SourceError as error:
        return error.what
