"""A Library: all published pages, as the publications tell of them that stand beside the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
class Library:
    """All pages of a project, sorted by their folders' names."""

    entries: tuple[Entry, ...]
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
