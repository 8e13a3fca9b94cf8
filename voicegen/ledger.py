"""The ledger: what was made from what. It survives crashes, and losing it costs time, nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any, BinaryIO

from voicegen import manifest, notes
from voicegen.durable import blame
from voicegen.errors import MISSHAPEN
from voicegen.model import library

VERSION = 2
END = "\n}}"
"""The ledger's last line: without it, it is torn."""


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


REASONS = {
    "text": "its text changed",
    "settings": "voicegen.toml changed",
    "program": "voicegen itself changed",
    "engine": "the voice changed",
    "lexicon": "a pronunciation changed",
    "theme": "the theme changed",
    "takes": "a recording of your own changed",
    "review": "its review is overdue, or no longer",
    "parts": "a part of this machine that it is made with changed",
}


@dataclass(slots=True)
class Ledger:
    """All pages, by page id."""

    path: Path
    pages: dict[str, Entry] = field(default_factory=dict)
    library: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """The files of the list of pages, as `Entry.files`."""

    def save(self) -> None:
        """Writes the ledger, whole or not at all. Raises TemporaryError where the disk does not take it."""
        notes.put_lines(self.path, self._lines())

    def _lines(self) -> Iterator[str]:
        """JSON, with a line for each page: of 100,000 pages it is more than memory should hold at once."""
        yield f'{{"version":{VERSION},"library":{_json(self.library)},"pages":{{'
        between = "\n"
        for name in sorted(self.pages):
            page = self.pages[name]
            yield f"{between}{_json(name)}:{_json({key: getattr(page, key) for key in KEYS})}"
            between = ",\n"
        yield END

    def keys(self) -> set[str]:
        """Every store key that some page, or its version before, is made of."""
        return {key for page in self.pages.values() for key in (*page.keys, *page.earlier)}


def load(path: Path) -> Ledger:
    """The ledger at `path`; an empty one where there is none that can be understood."""
    known = Ledger(path)
    try:
        with path.open("rb") as file:
            head = file.readline()
            lines = head.rstrip().endswith(b'"pages":{')
            data = json.loads(head.rstrip() + b"}}" if lines else head + file.read())
            if data["version"] != VERSION or (lines and not _is_whole(file)):
                return known
            known.library = _files(data["library"])
            pages = chain.from_iterable(map(_pages, file)) if lines else data["pages"].items()
            known.pages = {name: understood(name, page) for name, page in pages}
    except (OSError, *MISSHAPEN) as trouble:
        if isinstance(trouble, OSError):
            blame(trouble, path)
        return Ledger(path)  # it only costs time
    return known


def _is_whole(file: BinaryIO) -> bool:
    """Whether a file that is being read has its end; it is read on where it was."""
    at = file.tell()
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - len(END)))
    whole = file.read() == END.encode()
    file.seek(at)
    return whole


def _pages(line: bytes) -> Iterable[tuple[str, Any]]:
    """The page that a line of the ledger tells of; none in its last line. Raises ValueError where it is torn."""
    line = line.rstrip(b"\r\n")
    if line == END.strip().encode():
        return ()
    found: dict[str, Any] = json.loads(b"{" + line.removesuffix(b",") + b"}")
    return found.items()


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
        return "new page"
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
