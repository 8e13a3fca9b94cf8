"""A Script: what will be said, line by line, in order.

A Line is the unit of speech, of the clip store and of synchronisation: one sentence, or the part of one that
is in one language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "title",
    "opening",
    "heading",
    "paragraph",
    "item",
    "term",
    "caption",
    "cell",
    "image",
    "callout",
    "frame",
    "ending",
]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line's words stand on the page: characters `start` to `end` of the Text numbered `text`."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One named rule at work: `shown[start:end]` is spoken as `spoken`."""

    rule: str
    """The rule's name, as `voicegen.speech` lists it."""
    start: int
    end: int
    """Offsets in the line's shown text, in characters."""
    spoken: str


@dataclass(frozen=True, slots=True)
class Phonemes:
    """The sounds of `spoken[start:end]` of a line, from the list of pronunciations."""

    start: int
    end: int
    """Offsets in the line's spoken text, in characters."""
    signs: str
    """In the alphabet of the engine that the script is for."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words to be spoken in one breath, and the silence after them."""

    id: str
    """Unique on the page; made from the line's own words, so that edits elsewhere do not move it."""
    role: Role
    shown: str
    """The author's words as the transcript shows them; empty for a frame word of ours ("End of table")."""
    spoken: str
    """What is said; the engine is given it through its filter (`contracts.Engine.prepare`)."""
    lang: str
    """BCP 47 tag of the voice."""
    rest_ms: int
    """Silence after the line, in milliseconds."""
    target: Target | None = None
    changes: tuple[Change, ...] = ()
    phonemes: tuple[Phonemes, ...] = ()
    unit: int = 0
    """Lines of one number belong together and are parted nowhere: a row of a table, an item of a list. 0: none."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the recording that a listener can jump to: the opening, or a section."""

    id: str
    """Unique on the page, `[a-z0-9-]`; the anchor in the transcript and the name of the chapter's file."""
    title: str
    level: int
    """1 for the opening, which holds the page's title; 2 and more for sections, as in the transcript."""
    lead_ms: int
    """Silence before the first line, in milliseconds."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All that is said of a page."""

    lang: str
    chapters: tuple[Chapter, ...]
    notices: tuple[str, ...] = ()
    """What staff should know of how it is said: a passage in a language that no voice speaks."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line in spoken order."""
        return tuple(line for chapter in self.chapters for line in chapter.lines)
