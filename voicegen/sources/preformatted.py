"""Text whose lines are shown as they are written, with the tables that they draw."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from voicegen.model.document import Block
from voicegen.sources.columns import tables_in
from voicegen.sources.inline import BREAK, Style
from voicegen.sources.lines import columns_parted
from voicegen.sources.paragraphs import paragraphs_of


def keep_lines(tag: Tag) -> None:
    """Puts a line break where the source has one, in what stands inside `tag`."""
    for node in list(tag.descendants):
        if type(node) is NavigableString and "\n" in node:
            node.replace_with(NavigableString(_in_lines(str(node))))


def blocks_with_tables(text: str, style: Style) -> list[Block]:
    """The tables that lines of a text draw, and what stands around them; nothing where they draw none.

    Raises UnclearColumnsError.
    """
    lines = text.split("\n")
    blocks: list[Block] = []
    end = 0
    for drawn in tables_in(lines):
        blocks += (*_around(lines[end : drawn.begin], style), drawn.table)
        end = drawn.end
    return [*blocks, *_around(lines[end:], style)] if blocks else []


def _around(lines: list[str], style: Style) -> list[Block]:
    return paragraphs_of([(_in_lines("\n".join(lines)), style)])


def _in_lines(text: str) -> str:
    return columns_parted(text).replace("\n", BREAK)
