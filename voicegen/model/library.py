"""A Library: all published pages, as the publications tell of them that stand beside the pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from voicegen.model.blob import Blob
from voicegen.model.theme import Theme


@dataclass(frozen=True, slots=True)
class Entry:
    """One published page."""

    id: str
    """The page's folder."""
    title: str
    lang: str
    """BCP 47 tag of the page."""
    publisher: str
    seconds: int
    """Length of its recording."""
    chapters: int
    words: int = 0
    """Words of the transcript."""
    headings: tuple[str, ...] = ()
    """The chapters' titles, without the first, which is the page's."""
    summary: str = ""
    """The page's own first words."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """What the page says of its "published", "updated", "reviewed" and "next-review", as it says it."""
    author: str = ""
    narrator: str = ""
    """Who speaks, in words; empty where that is not known any more."""
    licence: str = ""
    """Of the computer's voice."""
    files: Mapping[str, int] = field(default_factory=dict)
    """Bytes of each of its files, by path below its folder."""


@dataclass(frozen=True, slots=True)
class Card:
    """What puts a page in its place among very many, and tells whether what is told of it changed."""

    id: str
    title: str
    lang: str
    publisher: str
    dates: Mapping[str, str]
    """As in its entry, as all before."""
    digest: str
    """Of its whole entry."""
    version: str
    """SHA-256 of its manifest; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Library:
    """All pages of a project, sorted by their folders' names."""

    entries: Sequence[Entry]
    lang: str = "en"
    """BCP 47 tag of the words around the pages."""
    title: str = ""
    """The heading that the clinic gives it; empty: words of ours."""
    publisher: str = ""
    address: str = ""
    """Where the output folder is published, ending in a slash; empty where nobody said."""
    cover: Blob | None = None
    """The clinic's own picture; None where we draw one."""
    theme: Theme = field(default_factory=Theme)
    """The clinic's own look of the list of pages."""
    has_feed: bool = False
    """Whether the pages are also published as a podcast feed."""
    known: tuple[Card, ...] = ()
    """The cards of the entries, where they are known."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """A card for each of the entries, in their order."""
        return self.known or tuple(map(card, self.entries))


def card(entry: Entry, version: str = "") -> Card:
    """The card of a page, whose manifest has that SHA-256."""
    digest = hashlib.sha256(json.dumps(asdict(entry), sort_keys=True).encode()).hexdigest()
    return Card(entry.id, entry.title, entry.lang, entry.publisher, dict(entry.dates), digest, version)
