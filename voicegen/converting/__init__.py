"""Documents of other programs → pages that staff can read and correct: Word (.docx) and EPUB.

One page comes from one document. Files are taken for strangers': they are read in bounded memory, and nothing in
them is ever opened, run or loaded.
"""

from __future__ import annotations

from collections.abc import Mapping

from voicegen.converting.writing import Converted, Omitted
from voicegen.errors import SourceError

__all__ = ["SUFFIXES", "Converted", "Omitted", "convert", "is_document"]

SUFFIXES = {".docx": "Word", ".docm": "Word", ".epub": "EPUB"}
"""Endings of what can be converted, and the programs' names."""
_AS_DOCX = "Open it in Word or LibreOffice, save it as .docx, and give that file."
_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    ".doc": ("a Word file of the old kind", _AS_DOCX),
    ".dot": ("a Word file of the old kind", _AS_DOCX),
    ".rtf": ("a file in Rich Text Format", _AS_DOCX),
    ".odt": ("an OpenDocument file", _AS_DOCX),
    ".pages": ("a file of Pages", "Open it in Pages, export it as Word (.docx), and give that file."),
    ".pdf": (
        "a PDF, which keeps how text looks and not what it is",
        "Use the document that it was made from; or open it in Word, save it as .docx and correct its headings.",
    ),
    ".mobi": ("a book for Kindle", "Use the EPUB of the same book."),
    ".azw3": ("a book for Kindle", "Use the EPUB of the same book."),
}
_STARTS = {b"%PDF": ".pdf", b"{\\rt": ".rtf"}
_OLD = b"\xd0\xcf\x11\xe0"
"""How a file of Office's old kind starts, and any that a password protects ([MS-CFB], section 2.2)."""


def is_document(name: str) -> bool:
    """Whether a file of that name is a document: of a kind that is converted, or that has another way."""
    return _ending(name) in {*SUFFIXES, *_ELSEWHERE}


def convert(data: bytes, name: str) -> Converted:
    """The document as a page. Raises SourceError where it can't be read, with what to do instead."""
    ending = _STARTS.get(data[:4], _ending(name))
    if ending in _ELSEWHERE:
        what, remedy = _ELSEWHERE[ending]
        raise SourceError(name, f"it is {what}", remedy)
    if data.startswith(_OLD):
        raise SourceError(
            name, "it is protected by a password, or a Word file of the old kind", f"Take that away. {_AS_DOCX}"
        )
    if ending not in SUFFIXES:
        raise SourceError(name, "it is no document that can be converted", f"Known: {', '.join(SUFFIXES)}.")
    if not data:
        raise SourceError(name, "it is empty")
    if SUFFIXES[ending] == "EPUB":
        from voicegen.converting.book import convert as from_book

        return from_book(data, name)
    from voicegen.converting.word import convert as from_word

    return from_word(data, name)


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""
