"""An Account: what became of every word of a page's source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicegen.model.document import Reason
from voicegen.model.script import Change


@dataclass(frozen=True, slots=True)
class NotSpoken:
    """A piece that the reader left out."""

    text: str
    reason: Reason
    where: str
    """The place in the source, as the reader names it."""
    words: int


@dataclass(frozen=True, slots=True)
class Transformed:
    """Words that are said otherwise than they are shown, and the rule that did it."""

    shown: str
    spoken: str
    rule: str
    """The rule's name, a key of `voicegen.speech.RULES`."""
    line: int
    """Line of the source where it first stands; 0 where its text is not in the source."""
    times: int


@dataclass(frozen=True, slots=True)
class Silent:
    """A part of the transcript that has no line of its own in the recording, and why that loses nothing."""

    text: str
    why: str
    line: int
    """Line of the source; 0 where its text is not in the source."""


@dataclass(frozen=True, slots=True)
class Added:
    """Words of ours in the recording."""

    spoken: str
    times: int


@dataclass(frozen=True, slots=True)
class Unaccounted:
    """Words of the source that are neither spoken nor left out with a reason."""

    text: str
    line: int
    """Line of the source; 0 where it can't be told."""
    what: str
    """What is wrong, in words that follow the text."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the words of a line come from."""

    text: int
    """The number of the Text in the Document."""
    line: int
    """Line of the source; 0 where its text is not in the source."""
    changes: tuple[Change, ...] = ()
    """The rules at work in it, with offsets in what the line shows, or in the whole Text that it says again."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Words of the source by what became of them; together they are all words."""

    source: int = 0
    as_shown: int = 0
    """Spoken as they are written."""
    transformed: int = 0
    """Spoken otherwise than they are written, by a named rule."""
    silent: int = 0
    """Shown in the transcript without a line of their own (`Account.silent`)."""
    left_out: int = 0
    no_text: int = 0
    """Numbers and letters that are the signs of list items, and what only a browser without a feature shows."""


@dataclass(frozen=True, slots=True)
class Account:
    """Every word of the source: spoken, transformed by a named rule, or left out with a reason."""

    totals: Totals = Totals()
    counted: bool = True
    """Whether the source's words were counted by themselves. False for kinds of source that only their own reader
    can read; then the totals count what the reader found."""
    left_out: tuple[NotSpoken, ...] = ()
    transformed: tuple[Transformed, ...] = ()
    silent: tuple[Silent, ...] = ()
    added: tuple[Added, ...] = ()
    """Frame words, and texts said again where a listener needs them."""
    not_in_source: tuple[str, ...] = ()
    """Texts of the transcript that the source's visible text does not have, or not so often."""
    unaccounted: tuple[Unaccounted, ...] = ()
    notices: tuple[str, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """By the id of each line of the script that says the page's words; those that say them again, too."""
