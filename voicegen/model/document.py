"""A Document: what a page says, in the structure its author gave it, and what was left out and why.

The readers in `voicegen.sources` make it; every later step only reads it. The structure follows the HTML
content categories (WHATWG HTML, section 3.2.5), because that is what a transcript is published in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import count
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that share one style, language and link."""

    text: str
    lang: str = ""
    """BCP 47 tag where the passage's language differs from the document's; empty where it does not."""
    strong: bool = False
    em: bool = False
    position: Literal["", "sub", "sup", "note"] = ""
    """Subscript, superscript, or the marker of a footnote (which is shown but not spoken inline)."""
    abbr: str = ""
    """The expansion that the author gave this abbreviation (`<abbr title>`)."""
    href: str = ""
    """The address of the link that the run stands in, as written; empty where it is no link."""
    hidden: bool = False
    """Meant for screen readers only (visually hidden in the source): spoken and kept, not drawn."""


@dataclass(frozen=True, slots=True)
class Text:
    """One uninterrupted piece of text: a paragraph, a heading, a cell, a caption."""

    runs: tuple[Run, ...]
    number: int = field(default=-1, compare=False)
    """Unique in its document once `numbered` has run; a spoken line refers to its text by it."""

    @property
    def plain(self) -> str:
        """The characters of all runs, joined; offsets in lines count in this string."""
        return "".join(run.text for run in self.runs)

    @property
    def lang(self) -> str:
        """The one language of all its words; empty where it is the document's, or they are in several."""
        first, *others = {run.lang for run in self.runs if any(map(str.isalnum, run.text))} or {""}
        return "" if others else first

    def __bool__(self) -> bool:
        return any(run.text.strip() for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (`p`), or any other text that stands on its own."""

    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    blocks: tuple[Block, ...]
    number: int | None = None
    """The number that the item carries on the page; None in a list of bullets."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of bullets, or a numbered one (`ordered`), whose items hold blocks, so lists nest."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Block, ...]
    header: Literal["", "column", "row", "group"] = ""
    """What it is the name of: a column, a row, or, alone in its row, all rows below it up to the next such."""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data; a table used for layout is read as the blocks it holds and does not appear here."""

    rows: tuple[tuple[Cell, ...], ...]
    """The rows as written: a cell with a span stands once, where it starts."""
    caption: Text | None = None
    foot: int = 0
    """How many of its last rows are its foot (`tfoot`), for which no name of a group of rows holds."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One group of a definition list: its terms (`dt`) and their descriptions (`dd`)."""

    terms: tuple[Text, ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """A definition list (`dl`)."""

    entries: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """An image with what its author says of it."""

    alt: Text | None
    """The text alternative. None: the author gave none, which staff are told. Empty: decoration, silent."""
    caption: Text | None = None
    src: str = ""


Urgency = Literal["emergency", "urgent", "non-urgent", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Callout:
    """A box set apart from the text: a care card, a warning, a note."""

    urgency: Urgency
    """As the box's own markup (its class or role) says, never as its words say."""
    blocks: tuple[Block, ...]
    label: Text | None = None
    """The prefix that the source itself gives to listeners, such as a hidden "Urgent advice:"."""
    heading: Text | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage quoted from someone else (`blockquote`)."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A summary with a body that the page opens on a click (`details`); both are spoken."""

    summary: Text
    blocks: tuple[Block, ...]


Block = Paragraph | ItemList | Table | DefinitionList | Image | Callout | Quotation | Disclosure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    heading: Text
    level: int
    """Depth below the title: 2 for a main section, 3 for one inside it, as in the transcript's h2, h3."""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


class Reason(StrEnum):
    """Why a piece of the source is not spoken. The value is what staff read."""

    NAVIGATION = "site navigation"
    BANNER = "site header or banner"
    FOOTER = "site footer"
    WIDGET = "label or control of a page tool"
    COOKIES = "cookie notice"
    RELATED = "links to other pages"
    FORM = "form to fill in"
    SHARE = "sharing buttons"
    COMMENTS = "readers' comments"
    LOGO = "logo caption"
    LEGAL = "legal notice of the site"
    CONTACT = "the site's contact details"
    ADVERT = "advertisement or promotion"
    HIDDEN = "hidden from every reader by the page"
    CODE = "program code or style"
    DECORATION = "decoration without words"
    REPEATED = "repeats the text just before it"
    METADATA = "about the page, not part of it"
    OUTSIDE = "outside the page's main content"
    SITE_RULE = "left out by a rule in voicegen.toml"
    STRUCK = "struck out by the author"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the source that is not spoken, and why."""

    text: str
    reason: Reason
    where: str
    """The place in the source that staff can find: a line number, or a path of elements."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A rule of `[site]` in voicegen.toml, and what it did on this page."""

    key: Literal["keep", "drop", "drop_texts"]
    rule: str
    """As it is written: a CSS selector, or a text."""
    times: int
    """How many elements or texts of the page it holds for."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page."""

    title: Text
    lang: str
    """BCP 47 tag of the page's language."""
    blocks: tuple[Block, ...]
    """What stands before the first heading."""
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()
    """What staff should know of the page: a missing alt text, a language that was guessed."""
    metadata: tuple[tuple[str, str], ...] = ()
    """What the page says of itself (front matter, `meta`): publisher, author, reviewed (ISO date)…"""
    rules: tuple[SiteRule, ...] = ()
    """The site's rules, in the order of voicegen.toml; those that hold for nothing here too."""

    def about(self, key: str) -> str:
        """The page's own word on `key` ("publisher", "reviewed"), or an empty string."""
        return dict(self.metadata).get(key, "")

    def all_sections(self) -> Iterator[Section]:
        """Every section in reading order, a section before those inside it."""
        waiting = list(reversed(self.sections))
        while waiting:
            section = waiting.pop()
            yield section
            waiting.extend(reversed(section.sections))


def text(words: str, **style: Any) -> Text:
    """A Text of one run: a shorthand for readers and tests."""
    return Text((Run(words, **style),))


def numbered(document: Document) -> Document:
    """The same document with every Text numbered in reading order, from 0."""
    numbers = count()

    def renew(value: Any) -> Any:
        if isinstance(value, Text):
            return replace(value, number=next(numbers))
        if isinstance(value, tuple):
            return tuple(renew(part) for part in value)
        if is_dataclass(value) and not isinstance(value, (Run, LeftOut, type)):
            changed = {f.name: renew(getattr(value, f.name)) for f in fields(value)}
            return replace(value, **changed)
        return value

    renewed: Document = renew(document)
    return renewed


def texts(value: Any) -> Iterator[Text]:
    """Every Text inside a document, section, block or tuple of them, in the order of their fields."""
    found: list[Text] = []
    _gather(value, found)
    return iter(found)


def _gather(value: Any, found: list[Text]) -> None:
    if isinstance(value, Text):
        found.append(value)
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, found)
    else:
        for name in _parts(value.__class__):
            _gather(getattr(value, name), found)


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The names of what a kind of object is made of that may hold Texts."""
    if not is_dataclass(kind) or issubclass(kind, (Run, LeftOut)):
        return ()
    return tuple(part.name for part in fields(kind))


def words(blocks: Iterable[Any]) -> str:
    """All text of the blocks, one Text a line: for reports and comparison, not for speech."""
    return "\n".join(piece.plain for block in blocks for piece in texts(block))
