"""XML of strangers → trees, in bounded memory: no entities are declared, no file and no address is ever opened.

Names are given a prefix of ours by their namespace ("w-p"), so that it does not matter which prefix, or which of
the two editions of Office Open XML (ECMA-376 transitional, ISO/IEC 29500 strict), a document is written in.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from webencodings import lookup

from voicegen.errors import SourceError

MOST_ELEMENTS = 1_000_000
DEEPEST = 200
"""Levels: documents of people stay below 60."""

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    **{f"{_OFFICE}wordprocessingml/2006/main": "w", f"{_STRICT}wordprocessingml/main": "w"},
    **{f"{_OFFICE}officeDocument/2006/math": "m", f"{_STRICT}officeDocument/math": "m"},
    **{f"{_OFFICE}officeDocument/2006/relationships": "r", f"{_STRICT}officeDocument/relationships": "r"},
    **{f"{_OFFICE}drawingml/2006/main": "a", f"{_STRICT}drawingml/main": "a"},
    **{f"{_OFFICE}drawingml/2006/wordprocessingDrawing": "wp", f"{_STRICT}drawingml/wordprocessingDrawing": "wp"},
    **{f"{_OFFICE}drawingml/2006/chart": "c", f"{_STRICT}drawingml/chart": "c"},
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    **{f"{_OFFICE}drawingml/2006/diagram": "dgm", f"{_STRICT}drawingml/diagram": "dgm"},
    f"{_OFFICE}markup-compatibility/2006": "mc",
    f"{_OFFICE}package/2006/relationships": "rel",
    "http://schemas.microsoft.com/office/drawing/2017/decorative": "adec",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex": "w16se",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf",
    "http://www.idpf.org/2007/opf": "opf",
    "http://www.idpf.org/2007/ops": "epub",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/xhtml": "",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']""")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}


def tree(data: bytes, where: str, *, doctype: bool = False) -> Element:
    """The tree of an XML file. Raises SourceError where it is not well-formed, declares entities or is too large.

    `doctype` allows a document type without declarations, and the character names of HTML: what XHTML has.
    """
    source = _characters(_text(data, where)) if doctype else data
    builder, depth, count = TreeBuilder(), 0, 0
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise SourceError(where, "it is nested or divided beyond reason", "Save it anew, or simplify it.")
        builder.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_short(name))

    def declared(_name: str, _system: object, _public: object, inner: int) -> None:
        if inner or not doctype:
            refuse()

    def refuse(*_: object) -> None:
        raise SourceError(where, "it declares a document type with rules of its own, as no such document does")

    def skipped(name: str, _is_parameter: object) -> None:
        raise SourceError(where, f"nobody can tell what “&{name[:30]};” stands for", "Write the sign itself.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = declared, refuse
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(source, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as trouble:
        raise SourceError(where, f"its XML is damaged ({trouble})", "Save it anew in its program.") from trouble


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    if not space:
        return local
    prefix = PREFIXES.get(space, "other")
    return f"{prefix}-{local}" if prefix else local


def _text(data: bytes, where: str) -> str:
    """The characters of an XML file, by its byte order mark or its declaration (XML 1.0, appendix F)."""
    boms = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    try:
        return data.decode(next((codec for bom, codec in boms if data.startswith(bom)), "") or _declared(data))
    except (UnicodeError, LookupError) as trouble:
        raise SourceError(where, f"its text can't be decoded ({trouble})", "Save it as UTF-8.") from trouble


def _declared(data: bytes) -> str:
    """The codec that the file declares, by its name among browsers. Raises LookupError where they know none.

    Danger: ISO 8859-1 is Windows' code there, with the dash of "5–10 mg", which Python takes for a control sign.
    """
    found = _DECLARED.match(data[:200].decode("latin-1"))
    label = found[1] if found else "utf-8"
    named = lookup(label)
    if named is None:
        raise LookupError(f"unknown encoding {label[:30]!r}")
    codec: str = named.codec_info.name
    return codec


def _characters(text: str) -> str:
    """The text with HTML's names of characters as what they name; XML does not know them."""
    return _NAMED.sub(lambda found: found[0] if found[1] in _OF_XML else _written(found), text)


def _written(found: re.Match[str]) -> str:
    """What a name stands for; as a reference, because HTML has other names for "<" and "&" too."""
    named = html5.get(f"{found[1]};")
    return found[0] if named is None else "".join(f"&#{ord(character)};" for character in named)
