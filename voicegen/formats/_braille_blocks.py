"""A page's structure as rows of braille, after the layout of BANA's Braille Formats (2016) where it has a rule.

Paragraphs begin in cell 3, items of a list in cell 1 and go on further in; main headings are in the middle, others
in cell 5 or 7; boxes have a line above and below. What is in a picture is told in words, as on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from voicegen.formats._braille_rows import BLANK, Row, broken, centred, spaced
from voicegen.formats._braille_tables_laid import columns
from voicegen.formats._braille_text import Writer
from voicegen.model.document import (
    Block,
    Callout,
    Cell,
    DefinitionList,
    Disclosure,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quotation,
    Section,
    Table,
    Text,
    texts,
)
from voicegen.steps import grid

BOX_TOP, BOX_END = "\u2836", "\u281b"
"""Dots 2356 and 1245, a whole row of them (Braille Formats, section 7.2)."""
STEP = 2
"""Cells from one depth to the next."""
HEADING_ROOM = 4
"""Cells before a heading of the second kind; two more before one of the third."""

Group = tuple[int, list[Row], int]
"""Blank rows before at the least, rows, blank rows after."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the blocks of a page are laid out with."""

    writer: Writer
    width: int
    """Cells in a row."""
    picture: str
    """Our word before a picture's description, as cells."""
    urgency: Callable[[str], str]
    """Our word for a box's urgency, as cells."""
    margin: int = 0
    """Cells that stay free on the left."""

    def section(self, section: Section, chapters: dict[int, str]) -> Iterator[Group]:
        """A heading and all below it; `chapters` are those that begin at a heading, by its Text's number."""
        cells = self.writer.text(section.heading)
        chapter = chapters.get(section.heading.number, "")
        yield self._heading(cells, section.level, chapter)
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner, chapters)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Group]:
        """Blocks one after the other."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Group]:
        match block:
            case Paragraph(text):
                yield self._words(self.writer.text(text), 2, 0)
            case ItemList():
                yield 1, list(spaced(self._list(block, 0, _depth(block)))), 1
            case Table():
                yield 1, self._table(block), 1
            case DefinitionList():
                yield 1, list(spaced(self._definitions(block))), 1
            case Image():
                yield from self._image(block)
            case Callout():
                yield 1, self._box(block), 1
            case Quotation(blocks):
                yield 1, list(spaced(self._inner().blocks(blocks))), 1
            case Disclosure(summary, blocks):
                yield self._heading(self.writer.text(summary), 4)
                yield from self.blocks(blocks)

    def _words(self, cells: str, first: int, other: int, space: int = 0) -> Group:
        first, other = (self.margin + self._room(cells_in) for cells_in in (first, other))
        return space, [Row(row) for row in broken(cells, self.width, first, other)], space

    def _room(self, cells: int) -> int:
        """An indent, or what of it a narrow row has room for."""
        return max(0, min(cells, (self.width - self.margin) // 3))

    def _heading(self, cells: str, level: int, chapter: str = "") -> Group:
        if level <= STEP and not self.margin:
            rows, after = centred(cells, self.width), 1
        else:
            indent = self.margin + self._room(HEADING_ROOM if level <= STEP + 1 else HEADING_ROOM + STEP)
            rows, after = broken(cells, self.width, indent, indent), 0
        made = [Row(row, with_next=True) for row in rows]
        made[:1] = [replace(row, chapter=chapter) for row in made[:1]]
        return 1, made, after

    def _inner(self, depth: int = 1) -> Layout:
        return replace(self, margin=self.margin + self._room(STEP * depth))

    def _list(self, items: ItemList, level: int, depth: int) -> Iterator[Group]:
        """Items begin two cells further in at each level, and go on two cells further in than the deepest."""
        for item in items.items:
            yield from self._item(item, level, depth)

    def _item(self, item: Item, level: int, depth: int) -> Iterator[Group]:
        number = self.writer.words(f"{item.number}.") + BLANK if item.number is not None else ""
        first, other = STEP * level, STEP * depth
        for at, block in enumerate(item.blocks):
            if isinstance(block, Paragraph):
                cells = self.writer.text(block.text)
                yield self._words((number if at == 0 else "") + cells, first if at == 0 else other, other)
            elif isinstance(block, ItemList):
                if at == 0 and number:
                    yield self._words(number, first, other)
                yield from self._list(block, level + 1, depth)
            else:
                if at == 0 and number:
                    yield self._words(number, first, other)
                yield from self._inner(level + 1)._block(block)
        if not item.blocks and number:
            yield self._words(number, first, other)

    def _definitions(self, entries: DefinitionList) -> Iterator[Group]:
        for entry in entries.entries:
            for term in entry.terms:
                _, rows, _ = self._words(self.writer.text(term), 0, 2 * STEP)
                yield 0, [replace(row, with_next=True) for row in rows], 0
            for description in entry.descriptions:
                yield from self._inner().blocks(description)

    def _image(self, image: Image) -> Iterator[Group]:
        same = image.alt and image.caption and image.alt.plain.split() == image.caption.plain.split()
        if image.alt and not same:
            cells = f"{self.picture}{BLANK}{self.writer.text(image.alt)}"
            yield self._words(cells, 3 * STEP, 2 * STEP, 1)
        if image.caption:
            yield self._words(self.writer.text(image.caption), 3 * STEP, 2 * STEP, 1)

    def _box(self, box: Callout) -> list[Row]:
        """A line, the urgency in words, the heading, what is in it, a line."""
        length = self.width - self.margin
        line = BLANK * self.margin
        label = self.writer.text(box.label) if box.label else self.urgency(box.urgency)
        heading = f"{BLANK}{self.writer.text(box.heading)}" if box.heading else ""
        _, head, _ = self._heading(label + heading, STEP + 1)
        inside = list(spaced([(0, head, 0), *self.blocks(box.blocks)]))
        if inside:
            inside[-1] = replace(inside[-1], with_next=True)
        return [Row(line + BOX_TOP * length, with_next=True), *inside, Row(line + BOX_END * length)]

    def _table(self, table: Table) -> list[Row]:
        caption = self.writer.text(table.caption) if table.caption else ""
        _, head, _ = self._heading(caption, STEP + 2)
        made = columns(table, self.writer, self.width - self.margin)
        indent = BLANK * self.margin
        if made:
            body = [
                replace(row, cells=indent + row.cells, above=tuple(indent + cells for cells in row.above))
                for row in made
            ]
        else:
            body = list(spaced(self._listed(table)))
        return [*head, *body]

    def _listed(self, table: Table) -> Iterator[Group]:
        """A table that is wider than the page: its rows as lists, each cell after the heads of its columns."""
        rows = list(grid.rows(table))
        only_heads = all(row.is_header for row in rows)
        for row in rows:
            if row.is_header and not only_heads and _is_said_again(row, rows):
                continue
            cells = (self._listed_cell(place.cell, place.headers, at) for at, place in enumerate(row.places))
            yield from _together([group for groups in cells for group in groups])

    def _listed_cell(self, cell: Cell, heads: Sequence[Text], at: int) -> Iterator[Group]:
        first, other = (0, 2 * STEP) if at == 0 else (STEP, 2 * STEP)
        label = BLANK.join(self.writer.text(head) for head in heads)
        label = f"{label}{self.writer.words(':')}{BLANK}" if label else ""
        opening, *more = cell.blocks or (None,)
        if isinstance(opening, Paragraph):
            yield self._words(label + self.writer.text(opening.text), first, other)
        elif opening is not None:
            more = [opening, *more]
            yield self._words(label, first, other)
        yield from self._inner(1 if at == 0 else 2).blocks([block for block in more if block is not None])


def _together(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups, all on one page if they have room there: a dose is not parted from the name of its drug."""
    last = len(groups) - 1
    for at, (before, rows, after) in enumerate(groups):
        bound = len(rows) - (at == last)
        yield before, [*(replace(row, with_next=True) for row in rows[:bound]), *rows[bound:]], after


def _depth(items: ItemList) -> int:
    """How deep lists stand inside each other, counting this one."""
    inner = (block for item in items.items for block in item.blocks if isinstance(block, ItemList))
    return 1 + max(map(_depth, inner), default=0)


def _is_said_again(heads: grid.Row, rows: Sequence[grid.Row]) -> bool:
    """Whether each head of columns is said with some cell below it, so that its own row loses nothing."""
    said = {text.plain for row in rows for place in row.places for text in place.headers}
    return all(text.plain in said for place in heads.places for text in texts(place.cell.blocks) if text)
