"""Plain text files → Document."""

from __future__ import annotations

from voicegen.contracts import SourceFile
from voicegen.model.document import Document
from voicegen.sources.decoding import decode
from voicegen.sources.plaintext import document_of

SUFFIXES = (".txt", ".text")


def read(file: SourceFile) -> Document:
    """The text as a Document. Raises SourceError where it can't be decoded or is empty."""
    source, notices = decode(file)
    return document_of(file, source, notices)
