"""W3C Pronunciation Lexicon Specification 1.0 (2008-10-14): XML lists of pronunciations that other systems share.

Taken from it: `lexicon` with `xml:lang`; of each `lexeme` every `grapheme`, and the first `alias`, or the first
`phoneme` (section 4.9.3), or one marked `prefer="true"`. `alphabet="x-espeak"` are phonemes for espeak-ng; others
("ipa") are for no engine of ours, which a note in the build says where the word occurs. `metadata`, `meta`,
`example` and `role` are passed over.

A file is data from outside: a document type, and so every entity, is refused, and nothing that it names is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.parsers import expat

from voicegen.errors import SettingsError
from voicegen.lexicon.tables import check
from voicegen.speech import Entry

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
MOST_LEXEMES = 50_000
_TEXTS = ("grapheme", "alias", "phoneme")


@dataclass(slots=True)
class _Lexeme:
    """A lexeme while it is read: kind, text, alphabet, and whether it is preferred."""

    line: int
    parts: list[tuple[str, str, str, bool]] = field(default_factory=list)


class _Refused(Exception):  # noqa: N818 - carried out of expat's callbacks, never out of this module
    """What in the file is not taken, in words."""


class _Reader:
    def __init__(self) -> None:
        self.lang = self.alphabet = ""
        self.lexemes: list[_Lexeme] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._attributes: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _doctype(self, *_: object) -> None:
        raise _Refused("it has a document type (<!DOCTYPE>), which is not taken")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.removeprefix(f"{NAMESPACE} ")
        if not self._path:
            if name != "lexicon" or tag == name:
                raise _Refused(f"it does not begin with <lexicon xmlns={NAMESPACE!r}>")
            self.lang, self.alphabet = attributes.get(_XML_LANG, ""), attributes.get("alphabet", "")
        elif name == "lexeme" and len(self._path) == 1:
            if len(self.lexemes) == MOST_LEXEMES:
                raise _Refused(f"it has more than {MOST_LEXEMES} lexemes")
            self.lexemes.append(_Lexeme(self._parser.CurrentLineNumber))
        self._path.append(name)
        self._text.clear()
        self._attributes = attributes

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if self._path == ["lexicon", "lexeme"] and name in _TEXTS:
            words = " ".join("".join(self._text).split())
            alphabet = self._attributes.get("alphabet", self.alphabet)
            preferred = self._attributes.get("prefer") == "true"
            self.lexemes[-1].parts.append((name, words, alphabet, preferred))
        self._text.clear()


def read(data: bytes, name: str) -> list[Entry]:
    """The entries of a file. Raises SettingsError where it is not such XML; `name` is for messages."""
    reader = _Reader()
    try:
        reader.read(data)
    except _Refused as refused:
        raise SettingsError(name, str(refused), "Take that out, or write a pronunciations.toml.") from None
    except (expat.ExpatError, ValueError, LookupError) as trouble:
        raise SettingsError(name, f"it is not well-formed XML ({trouble})", "Correct that place.") from trouble
    if not reader.lang:
        raise SettingsError(name, "it does not name its language", 'Add xml:lang="en" to <lexicon>.')
    return [entry for lexeme in reader.lexemes for entry in _entries(lexeme, reader.lang, name)]


def _entries(lexeme: _Lexeme, lang: str, name: str) -> Iterator[Entry]:
    where = f"{name}, line {lexeme.line}"
    sayings = [part for part in lexeme.parts if part[0] != "grapheme"]
    chosen = next((part for part in sayings if part[3]), sayings[0] if sayings else None)
    words = [text for kind, text, _, _ in lexeme.parts if kind == "grapheme"]
    if chosen is None or not words:
        raise SettingsError(where, "the lexeme has no grapheme, or no alias or phoneme", "Add what is missing.")
    kind, text, alphabet, _ = chosen
    for word in words:
        engine = alphabet.removeprefix("x-") or "ipa"
        entry = Entry(
            where,
            word,
            lang=lang,
            say=text if kind == "alias" else "",
            phonemes=MappingProxyType({engine: text} if kind == "phoneme" else {}),
        )
        check(entry)
        yield entry
