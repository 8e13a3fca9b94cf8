"""A page as a volume of braille: title page, contents, text; every page with its number at the lower right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from voicegen.formats._braille_blocks import Group, Layout
from voicegen.formats._braille_rows import BLANK, Row, broken, centred, numeral, paged, spaced, to_the_right
from voicegen.formats._braille_text import Writer
from voicegen.formats.words import Words, language_tag, words_for
from voicegen.model.document import Text
from voicegen.model.edition import Edition
from voicegen.model.written import name_of

GUIDE = "⠐"
"""Dot 5, from an entry of the contents to its page number."""
NUMBER_ROOM = 8
"""Cells at the end of a row of the contents for guide dots and a page number."""


@dataclass(frozen=True, slots=True)
class Paper:
    """`[braille]` of voicegen.toml."""

    cells: int = 40
    """In a row."""
    lines: int = 25
    """Rows of a page."""
    grade: int = 2
    tables: Mapping[str, str] = field(default_factory=dict)
    """liblouis tables by language, over ours."""


Pages = list[list[str]]


def volume(edition: Edition, writer: Writer, paper: Paper) -> tuple[Pages, Pages]:
    """Title page and contents, and the text: pages of `paper.lines` rows of at most `paper.cells` cells."""
    lang = language_tag(edition.document.lang) or "en"
    words = words_for(lang)
    height = paper.lines - 1
    body = list(paged(_body(edition, writer, words, paper.cells), height))
    starts = {row.chapter: number for number, page in enumerate(body) for row in page if row.chapter}
    contents = _Contents(edition, writer, words, paper.cells)
    before = 1 + len(list(paged(contents.rows(starts), height)))
    shifted = {chapter: number + before + 1 for chapter, number in starts.items()}
    pages = [_title_page(edition, writer, words, paper)]
    pages += [[row.cells for row in page] for page in (*paged(contents.rows(shifted), height), *body)]
    numbered = [_numbered(page, number, paper) for number, page in enumerate(pages, start=1)]
    return numbered[:before], numbered[before:]


def _numbered(page: Sequence[str], number: int, paper: Paper) -> list[str]:
    empty = [""] * (paper.lines - 1 - len(page))
    return [*page, *empty, to_the_right("", numeral(number), paper.cells)]


def _title_page(edition: Edition, writer: Writer, words: Words, paper: Paper) -> list[str]:
    """Title, publisher, author, dates; below, what made it and which text counts. What has no room is left out."""
    document, page = edition.document, edition.page

    def ours(text: str) -> str:
        return writer.words(text, words.lang if words.foreign else "")

    facts = [(name, document.about(key).strip()) for name, key in FACTS]
    said = [
        f"{ours(words.plain(name) + ':')}{BLANK}{writer.words(words.date(value).striptags())}"
        for name, value in facts
        if value
    ]
    parts = [writer.text(document.title), writer.words(page.publisher), *said]
    groups = [(2, [Row(cells) for cells in centred(part, paper.cells)], 1) for part in parts if part]
    note = broken(ours(words.plain("braille")), paper.cells, 2)
    above = [row.cells for row in spaced(groups)][: max(1, paper.lines - 3 - len(note))]
    free = paper.lines - 1 - len(above) - len(note)
    if free < 1:
        return above[: paper.lines - 1]
    lead = min(free // 3, 6)
    return [*[""] * lead, *above, *[""] * (free - lead), *note]


FACTS = (("author", "author"), ("reviewed", "reviewed"), ("next_review", "next-review"))
"""What the title page tells: the name of our word for it, and of the page's own word on it."""


class _Contents:
    """The chapters with their page numbers; how many rows it takes does not depend on the numbers."""

    def __init__(self, edition: Edition, writer: Writer, words: Words, width: int) -> None:
        own = words.lang if words.foreign else ""
        self._heading = centred(writer.words(words.plain("chapters"), own), width)
        first, *others = edition.script.chapters
        langs = {chapter: heading.lang for heading, chapter in _chapters(edition)}
        self._entries = [
            (chapter.id, chapter.level, writer.words(chapter.title, langs.get(chapter.id, "")))
            for chapter in (first, *others)
        ]
        self._width = width

    def rows(self, pages: Mapping[str, int]) -> Iterator[Row]:
        """The rows, with the page number of each chapter that `pages` has."""
        if len(self._entries) < 2:
            return
        yield from (Row(cells, with_next=True) for cells in (*self._heading, ""))
        for chapter, level, title in self._entries:
            indent = min(2 * max(0, level - 2), self._width // 4)
            *rows, last = broken(title, self._width - NUMBER_ROOM, indent, indent + 4) or [""]
            yield from (Row(cells, with_next=True) for cells in rows)
            number = numeral(pages[chapter]) if chapter in pages else ""
            yield Row(to_the_right(last, number, self._width, GUIDE) if number else last)


def _body(edition: Edition, writer: Writer, words: Words, width: int) -> Iterator[Row]:
    """The title once more, and the text."""
    own = words.lang if words.foreign else ""

    @cache
    def urgency(name: str) -> str:
        return writer.words(words.plain(f"urgency.{name}"), own)

    layout = Layout(writer, width, writer.words(words.plain("picture"), own), urgency)
    document = edition.document
    chapters = {heading.number: chapter for heading, chapter in _chapters(edition)}

    def groups() -> Iterator[Group]:
        title = [Row(row, with_next=True) for row in centred(writer.text(document.title), width)]
        title[:1] = [Row(row.cells, True, edition.script.chapters[0].id) for row in title[:1]]
        yield 0, title, 1
        yield from layout.blocks(document.blocks)
        for section in document.sections:
            yield from layout.section(section, chapters)

    return spaced(groups())


def _chapters(edition: Edition) -> Iterator[tuple[Text, str]]:
    """Each heading at which a chapter begins, with the chapter's id."""
    _, *waiting = edition.script.chapters
    for section in edition.document.all_sections():
        title = name_of(section.heading)
        if waiting and (title, section.level) == (waiting[0].title, waiting[0].level):
            yield section.heading, waiting.pop(0).id
