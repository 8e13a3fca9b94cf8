"""What a page's styles say of its text, written into its tree: the same for pages and for Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from voicegen import cascade
from voicegen.sources.boxes import part_boxes
from voicegen.sources.composed import compose_signs
from voicegen.sources.lettering import read_fonts
from voicegen.sources.lists import mark_letters
from voicegen.sources.positions import mark_positions


def write_styles(page: BeautifulSoup, styled: Sequence[tuple[Tag, cascade.Meaning, bool]]) -> None:
    """Gives the tree what the styles of its elements say, in the one order in which each step finds its signs."""
    compose_signs(page, styled)
    read_fonts(page, styled)
    part_boxes(page, styled)
    mark_positions(styled)
    mark_letters(styled)
