"""Scripting: a Document becomes a Script, every sentence a line, every heading a place to jump to.

What is spoken around the author's words (the opening, "End of table") is in the page's language or not at all.
Rules S1 to S14 in `docs/why/what-is-spoken.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicegen.config import Rests
from voicegen.model.document import (
    Block,
    Callout,
    Cell,
    DefinitionList,
    Disclosure,
    Document,
    Image,
    ItemList,
    Paragraph,
    Quotation,
    Run,
    Section,
    Table,
    Text,
    texts,
)
from voicegen.model.script import Role, Script
from voicegen.speech import NO_LEXICON, Frames, Lexicon, frames, page_words, spoken
from voicegen.steps import grid
from voicegen.steps.lines import Lines
from voicegen.steps.lines import clip as clip
from voicegen.steps.notes import Notes

LONGEST_CONTENTS = 12
"""More headings than this are counted in the opening, not read out."""


def write(
    document: Document,
    rests: Rests,
    depth: int,
    publisher: str,
    speaks: Callable[[str], bool],
    lexicon: Lexicon = NO_LEXICON,
    publisher_lang: str = "",
) -> Script:
    """The script of a document.

    `depth` is the lowest heading level that starts a chapter. `speaks` tells whether a voice for a language
    is there; a passage that has none is left to the page's voice, with a notice. `lexicon` has the
    pronunciations that hold for the page. `publisher_lang` is the language of the publisher's name; empty: that
    of the page.
    """
    words = page_words(document, lexicon)
    lines = Lines(document.lang, rests, speaks, words)
    writer = _Writer(lines, rests, frames(document.lang), Notes(document, words))
    if not writer.frames:
        lines.notices.append(
            f"There are no speech rules for {document.lang!r} yet: numbers and units are left to the voice,"
            " and signs such as < are said in words or refused."
            " Let somebody who speaks the language listen before you publish."
        )
    writer.opening(document, depth, publisher, publisher_lang)
    for section in document.sections:
        writer.section(section, depth)
    writer.ending(document)
    return Script(document.lang, tuple(lines.chapters()), tuple(dict.fromkeys(lines.notices)))


@dataclass(slots=True)
class _Writer:
    lines: Lines
    rests: Rests
    frames: Frames
    notes: Notes

    # the parts of a recording

    def opening(self, document: Document, depth: int, publisher: str, publisher_lang: str) -> None:
        self.lines.start(document.title, 1)
        self.lines.text(document.title, "title")
        self.lines.pause(self.rests.title)
        if publisher:
            self._publisher(publisher, publisher_lang)
        sections = [section for section in document.all_sections() if section.level <= depth]
        if sections:
            self.lines.frame(self.frames.chapters(len(sections) + 1), "opening")  # this opening is one too
            if self.frames and len(sections) <= LONGEST_CONTENTS:
                for section in sections:
                    self.lines.echo(section.heading, "opening")
                    self.lines.pause(self.rests.item)
            self.lines.pause(self.rests.paragraph)
        self._blocks(document.blocks)

    def _publisher(self, publisher: str, lang: str) -> None:
        """The name by the voice of its own language, where that is known to be another than the page's."""
        name = spoken((Run(publisher),), lang or self.lines.lang, self.lines.words).text
        for words, own in self.frames.publisher_lines(name, lang):
            self.lines.frame(words, "opening", lang if own else "")
        self.lines.pause(self.rests.paragraph)

    def section(self, section: Section, depth: int) -> None:
        """A section and those in it; recursion is as deep as headings have levels."""
        self.lines.pause(self.rests.before_heading)
        if section.level <= depth:
            self.lines.start(section.heading, section.level)
        self.lines.text(section.heading, "heading")
        self.lines.pause(self.rests.heading)
        self._blocks(section.blocks)
        for inner in section.sections:
            self.section(inner, depth)

    def ending(self, document: Document) -> None:
        self.lines.pause(self.rests.before_heading)
        self.lines.frame(self.frames.end_of(self.lines.again(document.title)), "ending")
        self.lines.pause(self.rests.paragraph)

    # blocks

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._block(block)
            self.lines.pause(self.rests.paragraph)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text):
                self._paragraph(text, "paragraph")
            case ItemList():
                self._list(block)
            case Table():
                self._table(block)
            case DefinitionList():
                self._definitions(block)
            case Image():
                self._image(block)
            case Callout():
                self._callout(block)
            case Quotation(blocks):
                self.lines.frame(self.frames.quotation)
                self._blocks(blocks)
                self.lines.frame(self.frames.end_of_quotation)
            case Disclosure(summary, blocks):
                self.lines.text(summary, "term")
                self.lines.pause(self.rests.heading)
                self._blocks(blocks)

    def _paragraph(self, text: Text, role: Role) -> None:
        """A text, which may be a note."""
        mark = self.notes.own_mark(text)
        if mark:
            self.lines.frame(self.frames.note(mark))
        self.lines.text(text, role)

    def _list(self, block: ItemList) -> None:
        notes = self.notes.holds(block)
        for at in range(len(block.items)):
            with self.lines.together():
                self._item(block, at, notes)
            self.lines.pause(self.rests.item)

    def _item(self, block: ItemList, at: int, notes: bool) -> None:
        item = block.items[at]
        if item.number is not None:
            ours = self.frames.note(str(item.number)) if notes else self.frames.item(item.number)
            self.lines.frame(ours or f"{item.number}.")
        for place, inner in enumerate(item.blocks):
            if isinstance(inner, Paragraph):
                self._paragraph(inner.text, "item")
                last = place + 1 == len(item.blocks)
                self.lines.pause(self.rests.item if last else self.rests.sentence)
            elif isinstance(inner, ItemList) and place:
                self._inner_list(block, at, place, inner)
            else:
                self._block(inner)

    def _inner_list(self, outer: ItemList, at: int, place: int, inner: ItemList) -> None:
        """A list that belongs to an item, kept apart from the items around it (rule S13)."""
        if not grid.is_led_in(outer.items[at].blocks[place - 1]):
            self.lines.frame(self.frames.inner_list(len(inner.items)))
        self._list(inner)
        if grid.goes_on(outer, at, place, inner):
            self.lines.frame(self.frames.end_of_inner_list)

    def _definitions(self, block: DefinitionList) -> None:
        for entry in block.entries:
            for term in entry.terms:
                self.lines.text(term, "term")
                self.lines.pause(self.rests.item)
            for description in entry.descriptions:
                self._blocks(description)

    def _image(self, block: Image) -> None:
        caption = block.caption.plain.strip() if block.caption else ""
        if block.alt and block.alt.plain.strip() != caption:
            self.lines.frame(self.frames.image)
            self.lines.text(block.alt, "image")
            self.lines.pause(self.rests.item)
        if block.caption:
            self.lines.text(block.caption, "caption")

    def _callout(self, block: Callout) -> None:
        if block.label:
            self.lines.text(block.label, "callout")
        else:
            self.lines.frame(self.frames.urgency(block.urgency))
        if block.heading:
            self.lines.text(block.heading, "callout")
            self.lines.pause(self.rests.heading)
        self._blocks(block.blocks)
        self.lines.frame(self.frames.end_of_callout)

    # tables

    def _table(self, block: Table) -> None:
        if block.caption:
            self.lines.text(block.caption, "caption")
            self._see_notes(block.caption)
            self.lines.pause(self.rests.item)
        body = [row for row in grid.rows(block) if not row.is_header]
        self.lines.frame(self.frames.table(grid.width(block), len(body)))
        self.lines.pause(self.rests.item)
        noted: set[int] = set()
        for row in body or list(grid.rows(block)):
            with self.lines.together(whole=True):
                for place in row.places:
                    self._cell(place, noted)
            self.lines.pause(self.rests.paragraph)
        self.lines.frame(self.frames.end_of_table)

    def _cell(self, place: grid.Place, noted: set[int]) -> None:
        """A cell; `noted` are the headers whose notes have been named."""
        words = [text for text in texts(place.cell.blocks) if any(map(str.isalnum, self.lines.again(text)))]
        empty = self.frames.empty_cell if place.is_told and not words else ""
        note = bool(words) and self.notes.own_mark(words[0]) != ""  # a note in the last row is under no header
        for header in place.headers if (words or empty) and not note else ():
            if header not in words:
                self.lines.echo(header, "cell", ":")
                if header.number not in noted:
                    self._see_notes(header)
                    noted.add(header.number)
        if empty:
            self.lines.frame(empty, "cell")
        elif words and place.first:
            self._content(place.cell)
        else:  # what spans several rows holds for each of them, so it is said in each: a strength, an age
            for text in words:
                self.lines.echo(text, "cell")
                self._see_notes(text)
        self.lines.pause(self.rests.item)

    def _content(self, cell: Cell) -> None:
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block.text, "cell")
                self._see_notes(block.text)
            else:
                self._block(block)

    def _see_notes(self, text: Text) -> None:
        for mark in self.notes.marks_in(text):
            self.lines.frame(self.frames.see_note(mark), "cell")
