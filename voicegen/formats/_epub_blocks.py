"""The blocks of a Document as XHTML elements, and what is heard with each (`_narration`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from xml.etree.ElementTree import Element

from voicegen.formats._narration import Narration
from voicegen.formats._passages import Passages
from voicegen.formats._xml import element, fragment, move, put
from voicegen.formats.words import Words, direction
from voicegen.model.document import (
    Block,
    Callout,
    Cell,
    DefinitionList,
    Disclosure,
    Image,
    ItemList,
    Paragraph,
    Quotation,
    Table,
    Text,
    texts,
)
from voicegen.model.script import Line
from voicegen.speech import Frames
from voicegen.steps import grid

UNSPOKEN = "unspoken"
"""The class of what stands in the book and is not heard by itself; `docs/reference/epub.md` lists all of it."""
LOWEST = 6
"""The lowest rank of a heading."""


class Blocks:
    """Writes blocks into elements. Everything is written in the order in which it is spoken."""

    def __init__(self, passages: Passages, narration: Narration, frames: Frames, words: Words) -> None:
        self._passages, self._narration, self._frames, self._words = passages, narration, frames, words
        self._numbers = count(1)

    def every(self, parent: Element, blocks: Sequence[Block], rank: int) -> None:
        """Adds the blocks to `parent`; a heading inside them takes the rank `rank`."""
        for block in blocks:
            self._one(parent, block, rank)

    def text(self, parent: Element, text: Text) -> bool:
        """Adds a Text, every line of it in an element with the line's id; False where it has no line.

        What stands between the lines, such as the marker of a note, goes with the line before it.
        """
        made = _gathered(fragment(self._passages.html(text, drawn=True)))
        spoken = [part for part in made if part.get("class") == "line"]
        for part in spoken:
            del part.attrib["class"]
            self._narration.speak(part.attrib["id"])
        if spoken and self._narration.read_asides():
            self._narration.give_back()
        if not spoken and _has_words(made):
            made.tag, made.attrib["class"] = "span", UNSPOKEN
            parent.append(made)
        else:
            move(made, parent)
        return bool(spoken)

    def line(self, tag: str, line: Line, **attributes: str) -> Element:
        """An element that shows a line of ours and is heard with it."""
        self._narration.give(line.id)
        if line.lang.lower() != self._words.page_lang.lower():
            attributes |= {"lang": line.lang, "dir": direction(line.lang)}
        return element(tag, {"id": line.id, **attributes}, line.spoken)

    def new_id(self) -> str:
        """An id for an element of ours; those of lines and chapters begin otherwise."""
        return f"e-{next(self._numbers)}"

    def _one(self, parent: Element, block: Block, rank: int) -> None:
        match block:
            case Paragraph(text):
                self.text(_inside(parent, "p"), text)
            case ItemList():
                self._items(parent, block, rank)
            case Table():
                self._table(parent, block, rank)
            case DefinitionList():
                self._definitions(parent, block, rank)
            case Image():
                self._image(parent, block)
            case Callout():
                self._callout(parent, block, rank)
            case Quotation(blocks):
                self.every(_inside(parent, "blockquote"), blocks, rank)
                self._close(self._frames.end_of_quotation)
            case Disclosure(summary, blocks):
                box = _inside(parent, "div", {"class": "disclosure"})
                self.text(_inside(_inside(box, "p"), "strong"), summary)
                self.every(box, blocks, rank)

    def _flow(self, parent: Element, blocks: Sequence[Block], rank: int) -> None:
        """Blocks inside an item or a cell, where a paragraph that stands first needs no element of its own."""
        first, *others = blocks or (None,)
        if isinstance(first, Paragraph):
            self.text(parent, first.text)
            self.every(parent, others, rank)
        else:
            self.every(parent, blocks, rank)

    def _items(self, parent: Element, block: ItemList, rank: int) -> None:
        made = _inside(parent, "ol" if block.ordered else "ul")
        following: int | None = 1
        for item in block.items:
            attributes: dict[str, str] = {}
            if block.ordered and item.number is None:
                attributes["class"] = "plain"
            elif block.ordered and item.number != following:
                attributes["value"] = str(item.number)
            following = item.number + 1 if item.number is not None else None
            self._flow(_inside(made, "li", attributes), item.blocks, rank)
        self._close(self._frames.end_of_inner_list)

    def _definitions(self, parent: Element, block: DefinitionList, rank: int) -> None:
        """A definition list; paragraphs where a term lacks its description, or the other way round."""
        whole = all(entry.terms and entry.descriptions for entry in block.entries)
        made = _inside(parent, "dl") if whole else parent
        for entry in block.entries:
            group = _inside(made, "div")
            for term in entry.terms:
                self.text(_inside(group, "dt") if whole else _inside(_inside(group, "p"), "strong"), term)
            for description in entry.descriptions:
                self._flow(_inside(group, "dd" if whole else "div"), description, rank)

    def _image(self, parent: Element, block: Image) -> None:
        """What its author says of the picture; the picture itself is not in the project."""
        same = block.alt and block.caption and block.alt.plain.split() == block.caption.plain.split()
        if not (block.caption or (block.alt and not same)):
            return
        made = _inside(parent, "figure")
        if block.alt and not same:
            paragraph = _inside(made, "p")
            put(paragraph, self._label(self._frames.image, "picture"))
            put(paragraph, " ")
            self.text(paragraph, block.alt)
        if block.caption:
            self.text(_inside(made, "figcaption"), block.caption)

    def _callout(self, parent: Element, box: Callout, rank: int) -> None:
        about = {"class": f"callout {box.urgency}", "epub:type": "notice", "role": "doc-notice"}
        made = _inside(parent, "section", about)
        head = _inside(made, f"h{min(rank, LOWEST)}" if box.heading else "p", {"class": "urgency"})
        if box.label:
            self.text(_inside(head, "strong", {"class": "label"}), box.label)
        else:
            put(head, self._label(self._frames.urgency(box.urgency), f"urgency.{box.urgency}"))
        if box.heading:
            put(head, " ")
            self.text(head, box.heading)
        self.every(made, box.blocks, rank + 1)
        self._close(self._frames.end_of_callout)

    def _label(self, said: str, key: str) -> Element:
        """Words of ours as they are said; where nothing says them, as the transcript page shows them."""
        line = self._narration.read(said) if said else None
        if line:
            return self.line("strong", line, **{"class": "label"})
        made = element("strong", {"class": f"label {UNSPOKEN}"}, self._words.plain(key))
        if self._words.foreign:
            made.attrib.update({"lang": self._words.lang, "dir": direction(self._words.lang)})
        return made

    def _close(self, words: str) -> None:
        """What is said at the end of something is heard with the last that was said in it."""
        if words and self._narration.read(words):
            self._narration.give_back()

    def _table(self, parent: Element, table: Table, rank: int) -> None:
        made = _inside(parent, "table")
        if table.caption:
            self.text(_inside(made, "caption"), table.caption)
        rows = list(grid.rows(table))
        body = [row for row in rows if not row.is_header]
        opening = self._frames.table(grid.width(table), len(body))
        if opening:
            self._narration.read(opening)
        head = _head_length(rows, table) if body else 0
        if head:
            group = _inside(made, "thead")
            for row in rows[:head]:
                self._header_row(group, row, len(table.rows), rank)
            self._heads(group)
        group = _inside(made, "tbody")
        for at, row in enumerate(rows[head:], head):
            left = len(table.rows) - at
            if row.is_header and body:
                self._heads(self._header_row(group, row, left, rank))
            else:
                self._row(group, row, left, rank)
        self._close(self._frames.end_of_table)

    def _heads(self, headers: Element) -> None:
        """Rows of headers are heard with the table's announcement, else when the first of them is said."""
        if not _has_words(headers):
            return
        if self._narration.waiting or self._narration.read_header():
            headers.attrib["id"] = self.new_id()
            self._narration.give(headers.attrib["id"])
        else:
            headers.attrib["class"] = UNSPOKEN

    def _header_row(self, parent: Element, row: grid.Row, left: int, rank: int) -> Element:
        """A row of nothing but headers, which are said with each cell, not by themselves."""
        made = _inside(parent, "tr")
        for place in row.places:
            if place.first:
                self._flow(_inside(made, *_cell(place, left)), place.cell.blocks, rank)
        for silent in made.iter("span"):
            if silent.get("class") == UNSPOKEN:
                del silent.attrib["class"]  # the row as a whole is heard, or marked
        return made

    def _row(self, parent: Element, row: grid.Row, left: int, rank: int) -> None:
        made = _inside(parent, "tr")
        before = self._narration.count
        for place in row.places:
            if place.first:
                cell = _inside(made, *_cell(place, left))
                heard = self._narration.count
                self._flow(cell, place.cell.blocks, rank)
                empty = self._frames.empty_cell if place.is_told else ""
                if heard == self._narration.count and empty and self._narration.read_echoes(1, empty):
                    cell.attrib["id"] = self.new_id()
                    self._narration.give(cell.attrib["id"])
            elif self._narration.read_echoes(_texts_with_words(place)) and self._narration.count > before:
                self._narration.give_back()


def _inside(parent: Element, tag: str, attributes: Mapping[str, str] | None = None) -> Element:
    """A new element at the end of `parent`, on a line of its own where that changes nothing."""
    made = element(tag, attributes)
    made.tail = "\n"
    parent.append(made)
    return made


def _gathered(made: Element) -> Element:
    """The same with everything but white space inside one of the lines' elements, if there are any."""
    if not any(child.get("class") == "line" for child in made):
        return made
    gathered, before = element(made.tag), element("x", None, made.text or "")
    home, space = before, ""
    for child in list(made):
        tail, child.tail = child.tail or "", None
        if child.get("class") == "line":
            put(gathered, space)
            if home is before:
                child = _after(before, child)
            gathered.append(child)
            home = child
        else:
            put(home, space)
            home.append(child)
        space = "" if tail.strip() or home is before else tail
        put(home, "" if space else tail)
    return gathered


def _after(before: Element, line: Element) -> Element:
    """A line's element that begins with the content of `before`."""
    made = element(line.tag, line.attrib)
    move(before, made)
    move(line, made)
    return made


def _has_words(made: Element) -> bool:
    return any(map(str.isalnum, "".join(made.itertext())))


def _head_length(rows: Sequence[grid.Row], table: Table) -> int:
    """How many rows at the top are headers and reach into no row below; they become the `thead`."""
    length = next((at for at, row in enumerate(rows) if not row.is_header), 0)
    cells = ((at, cell) for at in range(length) for cell in table.rows[at])
    return 0 if any(cell.rowspan > length - at for at, cell in cells) else length


def _cell(place: grid.Place, left: int) -> tuple[str, dict[str, str]]:
    """Name and attributes of a cell's element, `left` rows before the table's end."""
    cell = place.cell
    down = min(cell.rowspan, left)
    attributes: dict[str, str] = {}
    tag = "th" if cell.header and any(texts(cell.blocks)) else "td"
    if tag == "th":
        attributes["scope"] = _scope(cell)
    if cell.colspan > 1:
        attributes["colspan"] = str(min(cell.colspan, grid.WIDEST))
    if down > 1:
        attributes["rowspan"] = str(down)
    return tag, attributes


def _scope(cell: Cell) -> str:
    """The `scope` of a header cell (HTML, section 4.9.10)."""
    if cell.header == "row":
        return "rowgroup" if cell.rowspan > 1 else "row"
    return "colgroup" if cell.colspan > 1 else "col"


def _texts_with_words(place: grid.Place) -> int:
    return sum(any(map(str.isalnum, text.plain)) for text in texts(place.cell.blocks))
