"""The ledger: what was made from what. It survives crashes, and losing it costs time, nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from voicegen import manifest, notes
from voicegen.durable import blame
from voicegen.model import library

VERSION = 2


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
        pages = {name: asdict(self.pages[name]) for name in sorted(self.pages)}
        data = {"version": VERSION, "library": self.library, "pages": pages}
        notes.put(self.path, json.dumps(data, separators=(",", ":")))

    def keys(self) -> set[str]:
        """Every store key that some page, or its version before, is made of."""
        return {key for page in self.pages.values() for key in (*page.keys, *page.earlier)}


def load(path: Path) -> Ledger:
    """The ledger at `path`; an empty one where there is none that can be understood."""
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != VERSION:
            return Ledger(path)
        pages = {
            name: Entry(
                str(page["source"]),
                dict(page["stamp"]),
                _files(page["files"]),
                dict(page["facts"]),
                tuple(page["keys"]),
                tuple(page["earlier"]),
                dict(page.get("seal", {})),
            )
            for name, page in data["pages"].items()
        }
        for name, known in pages.items():
            _check_name(name)
            entry(name, known)  # raises TypeError where facts are missing
            dict(known.facts["dates"])
        library = _files(data["library"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        if isinstance(trouble, OSError):
            blame(trouble, path)
        return Ledger(path)  # it only costs time
    return Ledger(path, pages, library)


def why(old: Entry | None, stamp: Mapping[str, str]) -> str:
    """Why a page must be made again, in words; empty where its stamp has not changed."""
    if old is None or not old.stamp:
        return "new page"
    return " and ".join(words for part, words in REASONS.items() if old.stamp.get(part) != stamp.get(part))


def _files(data: Mapping[str, Any]) -> dict[str, tuple[int, int, str]]:
    if not all(map(manifest.proper, data)):
        raise ValueError("it names a file elsewhere")
    return {name: (int(size), int(time), str(sha)) for name, (size, time, sha) in data.items()}


def _check_name(page: str) -> None:
    """Raises ValueError for what can be no page's folder: pages that are gone are taken away by their names."""
    if "/" in page or not manifest.proper(page):
        raise ValueError(f"{page!r} is no page's name")
