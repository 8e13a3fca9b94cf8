"""The workload's pages as EPUBs, for peers that read only those: a chapter for each section, and their list."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
XHTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops" lang="en"><head><title>{title}</title></head>'
    "<body>{body}</body></html>"
)
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(page: str, path: Path) -> None:
    """Writes the page as an EPUB 3; the same page gives the same bytes."""
    main = page.partition("<main>")[2].partition("</main>")[0]
    head, *parts = main.split("<h2>")
    title = unescape(re.sub("<[^>]+>", "", head).strip())
    parts[0] = f"{head}<h2>{parts[0]}"  # the title is spoken before the first section
    bodies = [parts[0], *(f"<h2>{part}" for part in parts[1:])]
    names = [unescape(re.search("<h2>(.*?)</h2>", body)[1]) for body in bodies]  # type: ignore[index]
    files = [f"chapter_{number:02}.xhtml" for number in range(1, len(bodies) + 1)]
    links = "".join(
        f'<li><a href="{file}">{escape(name)}</a></li>' for file, name in zip(files, names, strict=True)
    )
    nav = XHTML.format(title="Contents", body=f'<nav epub:type="toc"><ol>{links}</ol></nav>')
    items = "".join(f'<item id="{file[:-6]}" href="{file}" media-type="application/xhtml+xml"/>' for file in files)
    spine = "".join(f'<itemref idref="{file[:-6]}"/>' for file in files)
    package = (
        '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">'
        f"{path.stem}</dc:identifier><dc:title>{escape(title)}</dc:title><dc:language>en</dc:language>"
        '<dc:creator>Example Clinic</dc:creator><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>'
        '</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" '
        f'properties="nav"/>{items}</manifest><spine>{spine}</spine></package>'
    )
    with zipfile.ZipFile(path, "w") as book:
        for name, text in (
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("package.opf", package),
            ("nav.xhtml", nav),
            *(
                (file, XHTML.format(title=escape(title), body=body))
                for file, body in zip(files, bodies, strict=True)
            ),
        ):
            book.writestr(zipfile.ZipInfo(name, EPOCH), text)
