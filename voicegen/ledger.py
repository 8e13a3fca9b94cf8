"""The ledger: what was made from what. It survives crashes, and losing it costs time, nothing else.

It is JSON with a line for each page. What is known of a page is understood when it is asked for, since of 100,000
pages it would be a gigabyte in memory and seconds of work; a sum over all lines tells that they are as they were
written. What stands at the beginning of each line, its card, is enough to put the pages in order.
"""

from __future__ import annotations

import errno
import json
import os
import re
import weakref
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, BinaryIO, overload
from zlib import crc32

from voicegen import manifest, notes
from voicegen.durable import blame, plain
from voicegen.errors import MISSHAPEN
from voicegen.model import library
from voicegen.model.library import Card

VERSION = 2
ENDS = re.compile(rb'\}(?:,"sum":(\d+))?\}\r?\n?')
"""The ledger's last line, with a sum (CRC-32) of all before it: without it, it is torn."""
HEAD_ENDS = b'"pages":{'
CARD = '{"card":'
PLAIN = re.compile(r"[a-z0-9_-][a-z0-9._-]*")
"""A page's name, told fast."""
DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as it was last published."""

    source: str
    """Path below the content folder."""
    stamp: Mapping[str, str]
    """What the page was made from: a digest for each of `REASONS`."""
    files: Mapping[str, tuple[int, int, str]]
    """Each published file: bytes, modification time in nanoseconds, SHA-256."""
    facts: Mapping[str, Any]
    """What the list of pages shows: title, language, publisher, length."""
    keys: tuple[str, ...] = ()
    """Store keys of its clips and encoded chapters."""
    earlier: tuple[str, ...] = ()
    """Those of the version before, kept so that taking a change back speaks nothing."""
    seal: Mapping[str, str] = field(default_factory=dict)
    """What an approval is bound to (`voicegen.seal`); empty where nobody must approve."""


KEYS = tuple(one.name for one in fields(Entry))


def entry(name: str, page: Entry) -> library.Entry:
    """What the publications of all pages tell of this one."""
    facts = {**page.facts, "headings": tuple(page.facts["headings"])}
    return library.Entry(id=name, **facts, files={path: size for path, (size, _, _) in page.files.items()})


class Listed(Sequence[library.Entry]):
    """What the publications of all pages tell of each, in the order of their names; read when it is asked for."""

    def __init__(self, pages: Pages) -> None:
        self._pages, self._names = pages, sorted(pages)

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, at: int) -> library.Entry: ...
    @overload
    def __getitem__(self, at: slice) -> list[library.Entry]: ...
    def __getitem__(self, at: int | slice) -> library.Entry | list[library.Entry]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return entry(self._names[at], self._pages[self._names[at]])


NEW = "new page"
"""Why a page is made that was not published."""
REASONS = {
    "text": "its text changed",
    "file": "its file was renamed or moved",
    "settings": "voicegen.toml changed",
    "program": "voicegen itself changed",
    "engine": "the voice changed",
    "lexicon": "a pronunciation changed",
    "theme": "the theme changed",
    "takes": "a recording of your own changed",
    "review": "its review is overdue, or no longer",
    "parts": "a part of this machine that it is made with changed",
}


class _Opened:
    """A file as it was when it was opened, whoever puts another in its place."""

    def __init__(self, file: BinaryIO) -> None:
        self._data = b""
        if hasattr(os, "pread"):
            self._handle = os.dup(file.fileno())
            weakref.finalize(self, os.close, self._handle)
        else:  # there, a file that is open can't be replaced
            file.seek(0)
            self._data = file.read()

    def read(self, at: int, size: int) -> bytes:
        """So many bytes from a place in it. Raises OSError where it was cut meanwhile: half a line is none."""
        if self._data:
            return self._data[at : at + size]
        data = b""
        while len(data) < size:
            piece = os.pread(self._handle, size - len(data), at + len(data))  # it may give a part only
            if not piece:
                raise OSError(errno.EIO, "the ledger was cut while it was read")
            data += piece
        return data


class Pages(MutableMapping[str, Entry]):
    """The pages of a ledger, by page id: as JSON, from which one is understood whenever it is asked for."""

    def __init__(self, pages: Mapping[str, Entry] | None = None) -> None:
        self._lines: dict[str, bytes | tuple[int, int]] = {}
        """What is known of a page: its line, or where that begins in the file and its length."""
        self._file: _Opened | None = None
        self.update(pages or {})

    @classmethod
    def written(cls, file: BinaryIO, places: dict[str, tuple[int, int]]) -> Pages:
        """Those whose lines are at these places in a file."""
        pages = cls()
        pages._lines, pages._file = dict(places), _Opened(file)
        return pages

    def __getitem__(self, name: str) -> Entry:
        line = self.line(name)
        try:
            return understood(name, json.loads(line[line.index(b":") + 1 :]))
        except MISSHAPEN:
            raise KeyError(name) from None  # it is made again: it only costs time

    def __setitem__(self, name: str, page: Entry) -> None:
        self._lines[name] = line(name, page)

    def __delitem__(self, name: str) -> None:
        del self._lines[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def line(self, name: str) -> bytes:
        """What is known of a page, as the ledger has it. Raises KeyError."""
        found = self._lines[name]
        if isinstance(found, bytes):
            return found
        return self._file.read(*found) if self._file else b""

    def cards(self, names: Iterable[str] | None = None) -> Iterator[Card]:
        """The cards of all pages, or of those that are named and known, in the order of their names."""
        for name in sorted(self._lines if names is None else self._lines.keys() & set(names)):
            text = self.line(name).decode()
            at = text.index(CARD)
            yield Card(name, *DECODER.raw_decode(text, at + len(CARD))[0])


@dataclass(slots=True)
class Ledger:
    """All pages, by page id."""

    path: Path
    pages: Pages = field(default_factory=Pages)
    library: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """The files of the list of pages, as `Entry.files`."""
    made_from: dict[str, str] = field(default_factory=dict)
    """Of those that are made again only for a reason: a digest of what each was made from."""

    def save(self) -> None:
        """Writes the ledger, whole or not at all. Raises TemporaryError where the disk does not take it."""
        notes.put_lines(self.path, self._text())

    def _text(self) -> Iterator[str]:
        """JSON, with a line for each page: of 100,000 pages it is more than memory should hold at once."""
        facts = {"version": VERSION, "library": self.library, "made_from": self.made_from}
        head = _json(facts)[:-1] + f",{HEAD_ENDS.decode()}"
        yield head
        total, between = crc32(head.encode()), "\n"
        for name in sorted(self.pages):
            text = f"{between}{self.pages.line(name).decode()}"
            total, between = crc32(text.encode(), total), ",\n"
            yield text
        yield f'\n}},"sum":{total}}}'

    def keys(self) -> set[str]:
        """Every store key that some page, or its version before, is made of."""
        return {key for page in self.pages.values() for key in (*page.keys, *page.earlier)}


def line(name: str, page: Entry) -> bytes:
    """A page's line in the ledger: JSON in plain letters, its card first."""
    one = library.card(entry(name, page), page.files.get(manifest.NAME, (0, 0, ""))[2])
    card = (one.title, one.lang, one.publisher, one.dates, one.digest, one.version)
    return f"{_json(name)}:{_json({'card': card, **{key: getattr(page, key) for key in KEYS}})}".encode()


def load(path: Path) -> Ledger:
    """The ledger at `path`; an empty one where there is none that can be understood."""
    try:
        with plain(path) as file:
            head = file.readline()
            is_ours = head.rstrip().endswith(HEAD_ENDS)
            data = json.loads(head.rstrip() + b"}}" if is_ours else head + file.read())
            if is_ours:
                pages = _lines(file, head)
            else:
                pages = Pages({name: understood(name, page) for name, page in data["pages"].items()})
            if data["version"] != VERSION or pages is None:
                return Ledger(path)
            return Ledger(path, pages, _files(data["library"]), dict(data.get("made_from", {})))
    except (OSError, *MISSHAPEN) as trouble:
        if isinstance(trouble, OSError):
            blame(trouble, path)
        return Ledger(path)  # it only costs time


def _lines(file: BinaryIO, head: bytes) -> Pages | None:
    """The pages in the lines of a file whose first was read; None where it is torn.

    Where the lines are not as they were written, each is looked at before it is believed. Raises ValueError,
    KeyError, TypeError or AttributeError where one tells nothing.
    """
    places: dict[str, tuple[int, int]] = {}
    at, total, between, text = len(head), crc32(head.rstrip(b"\n")), b"\n", b""
    for text in file:
        if text.startswith(b"}"):
            break
        bare = text.rstrip(b",\n")
        places[bare[1 : bare.index(b'":')].decode()] = (at, len(bare))
        at, total, between = at + len(text), crc32(bare, crc32(between, total)), b",\n"
    last = ENDS.fullmatch(text)
    if not last:
        return None
    pages = Pages.written(file, places)
    if last[1] and int(last[1]) == total and all(map(PLAIN.fullmatch, places)):
        return pages
    found = Pages()
    for name in places:
        found[name] = understood(name, json.loads(b"{" + pages.line(name) + b"}")[name])
    return found


def understood(name: str, data: Mapping[str, Any]) -> Entry:
    """The entry of a page that was written as JSON.

    Raises ValueError, KeyError, TypeError or AttributeError where it is none.
    """
    found = Entry(
        str(data["source"]),
        {intern(part): intern(digest) for part, digest in data["stamp"].items()},
        _files(data["files"]),
        {intern(name): fact for name, fact in data["facts"].items()},
        tuple(data["keys"]),
        tuple(data["earlier"]),
        dict(data.get("seal", {})),
    )
    _check_name(name)
    entry(name, found)  # raises TypeError where facts are missing
    dict(found.facts["dates"])
    return found


def why(old: Entry | None, stamp: Mapping[str, str]) -> str:
    """Why a page must be made again, in words; empty where its stamp has not changed."""
    if old is None or not old.stamp:
        return NEW
    return " and ".join(words for part, words in REASONS.items() if old.stamp.get(part) != stamp.get(part))


def _files(data: Mapping[str, Any]) -> dict[str, tuple[int, int, str]]:
    if not all(map(_proper, data)):
        raise ValueError("it names a file elsewhere")
    return {intern(name): (int(size), int(time), str(sha)) for name, (size, time, sha) in data.items()}


_proper = lru_cache(10_000)(manifest.proper)  # nearly all pages have files of the same names


def _json(facts: object) -> str:
    return json.dumps(facts, separators=(",", ":"), default=dict)


def _check_name(page: str) -> None:
    """Raises ValueError for what can be no page's folder: pages that are gone are taken away by their names."""
    if "/" in page or not manifest.proper(page):
        raise ValueError(f"{page!r} is no page's name")
