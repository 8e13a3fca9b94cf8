"""The blocks of a page for talking books: lists, tables, boxes and pictures in their author's structure."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from voicegen.formats._talking_text import Content, Reader, holding
from voicegen.formats._xml import element, put
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


def blocks(reader: Reader, inside: Sequence[Block]) -> list[Element]:
    """The blocks in order, each after what is said before it."""
    return [made for block in inside for made in _block(reader, block)]


def _block(reader: Reader, block: Block) -> list[Element]:
    match block:
        case Paragraph(text):
            notes = reader.block_notes(lambda line: line.role != "opening")
            return [*notes, holding("p", reader.text(text))]
        case ItemList():
            return _list(reader, block)
        case Table():
            return _table(reader, block)
        case DefinitionList():
            return _definitions(reader, block)
        case Image():
            return _image(reader, block)
        case Callout():
            return _callout(reader, block)
        case Quotation(inner):
            notes = reader.block_notes()
            quoted = element("blockquote", {}, *blocks(reader, inner))
            return [*notes, quoted, *reader.closing(reader.frames.end_of_quotation)]
        case Disclosure(summary, inner):
            notes = reader.block_notes()
            heading = holding("p", reader.text(summary), class_="summary")
            return [*notes, element("div", {"class": "disclosure"}, heading, *blocks(reader, inner))]


def _flow(reader: Reader, inside: Sequence[Block]) -> Content:
    """The blocks of an item or cell; words that stand alone in it need no paragraph."""
    if not inside or not isinstance(inside[0], Paragraph):
        return [*blocks(reader, inside)]
    if len(inside) == 1:
        return reader.text(inside[0].text)
    return [holding("p", reader.text(inside[0].text)), *blocks(reader, inside[1:])]


def _list(reader: Reader, block: ItemList) -> list[Element]:
    """A list; the number of an item is written, since it is heard, and the list draws none itself."""
    if not block.items:
        return []
    numbered = any(item.number is not None for item in block.items)
    notes = reader.block_notes(keep=1) if numbered else reader.block_notes()
    tag, attributes = reader.dialect.numbered if numbered else reader.dialect.bullets
    reader.opened("list")
    items = [holding("li", _flow(reader, item.blocks)) for item in block.items]
    made = reader.closed(element(tag, attributes, *items))
    return [*notes, made, *reader.closing(reader.frames.end_of_inner_list)]


def _definitions(reader: Reader, block: DefinitionList) -> list[Element]:
    notes = reader.block_notes()
    reader.opened("list")
    made = element("dl")
    for entry in block.entries:
        for term in entry.terms:
            put(made, holding("dt", reader.text(term)))
        for description in entry.descriptions:
            put(made, holding("dd", _flow(reader, description)))
    reader.closed(made)
    return [*notes, made] if len(made) else notes


def _image(reader: Reader, block: Image) -> list[Element]:
    """What its author says of it; the picture itself is not in the book."""
    notes = reader.block_notes(lambda line: line.spoken == reader.frames.image)
    alt = block.alt if block.alt and not _same(block.alt, block.caption) else None
    shown = [(alt, "alternative"), (block.caption, "caption")]
    inside = [holding("p", reader.text(text), class_=name) for text, name in shown if text]
    return [*notes, element("div", {"class": "picture"}, *inside)] if inside else notes


def _callout(reader: Reader, block: Callout) -> list[Element]:
    urgency = "" if block.label else reader.frames.urgency(block.urgency)
    notes = reader.block_notes(lambda line: line.spoken == urgency)
    inside: list[Element] = []
    if block.label:
        inside.append(holding("p", reader.text(block.label), class_="label"))
    if block.heading:
        inside += reader.block_notes()
        tag, attributes = reader.dialect.box_heading
        inside.append(element(tag, attributes))
        for part in reader.text(block.heading):
            put(inside[-1], part)
    for inner in block.blocks:
        inside += reader.block_notes(lambda line: line.spoken != urgency)
        inside += _block(reader, inner)
    inside += reader.closing(reader.frames.end_of_callout)
    tag, attributes = reader.dialect.box
    return [*notes, element(tag, {**attributes, "class": block.urgency}, *inside)] if inside else notes


def _table(reader: Reader, block: Table) -> list[Element]:
    def is_header(line: Line) -> bool:
        return line.role == "cell" and line.spoken.endswith(":")

    notes = reader.block_notes() if block.caption else reader.block_notes(lambda line: line.role == "cell")
    reader.opened("table")
    made = element("table", reader.dialect.table)
    if block.caption:
        caption = holding("caption", reader.text(block.caption))
        for note in reader.notes(is_header):
            put(caption, " ")
            put(caption, note)
        put(made, caption)
    head = _head_length(block)
    for tag, some in (("thead", block.rows[:head]), ("tbody", block.rows[head:])):
        rows = [_row(reader, row, len(some) - at) for at, row in enumerate(some)]
        if rows or (block.caption and tag == "tbody"):
            put(made, element(tag, {}, *(rows or [_row(reader, (), 1)])))
    reader.closed(made)
    return [*notes, *([made] if len(made) else []), *reader.closing(reader.frames.end_of_table)]


def _row(reader: Reader, row: Sequence[Cell], left: int) -> Element:
    """A row; `left` is how many rows there are from it on, which no cell reaches beyond."""
    return element("tr", {}, *(_cell(reader, cell, left) for cell in row) if row else (element("td"),))


def _cell(reader: Reader, cell: Cell, left: int) -> Element:
    content = _flow(reader, cell.blocks)
    if not any(any(map(str.isalnum, text.plain)) for text in texts(cell.blocks)):
        content += reader.empty_cell()
    for note in reader.after_cell():
        content += [" ", note]
    spans = {"colspan": cell.colspan, "rowspan": min(cell.rowspan, left)}
    numbers = {name: str(span) for name, span in spans.items() if span > 1}
    scopes = {
        "row": "rowgroup" if cell.rowspan > 1 else "row",
        "column": "colgroup" if cell.colspan > 1 else "col",
        "group": "colgroup",
    }
    return holding("th" if cell.header else "td", content, scope=scopes.get(cell.header, ""), **numbers)


def _head_length(table: Table) -> int:
    """How many rows at the top are headers of columns and reach into no row below."""
    headers = [bool(row) and all(cell.header == "column" for cell in row) for row in table.rows]
    length = headers.index(False) if False in headers else 0
    reaches = any(cell.rowspan > length - at for at, row in enumerate(table.rows[:length]) for cell in row)
    return 0 if reaches else length


def _same(one: Text, other: Text | None) -> bool:
    return other is not None and one.plain.strip() == other.plain.strip()
