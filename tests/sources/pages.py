"""Pages for the tests of the readers, all of our own making.

Documents are typed as Any here: tests look into blocks of every kind by their attributes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from voicegen.config import Rests
from voicegen.contracts import SiteRules, SourceFile
from voicegen.model.document import Document, Reason, Table, texts, words
from voicegen.sources import html, markdown, text
from voicegen.steps import scripting

FILLER = (
    "<p>The knee is the largest joint of the body, and it carries our weight with every step that we take.</p>"
    "<p>When its cartilage wears thin, the bones come closer together and the joint begins to ache and swell.</p>"
)
"""Enough text that a page has a content."""


def page(body: str, lang: str = "en", head: str = "", **rules: Iterable[str]) -> Any:
    """The Document of an HTML page with this body."""
    markup = (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Knee pain</title>{head}</head><body>{body}</body></html>'
    )
    site = SiteRules(**{name: tuple(values) for name, values in rules.items()})
    return html.read(SourceFile("knee.html", markup.encode(), rules=site))


def main(body: str, lang: str = "en") -> Any:
    """The Document of a page whose main element holds a title and this."""
    return page(f"<main><h1>Knee pain</h1>{body}</main>", lang)


def plain(source: str) -> Any:
    """The Document of a plain text."""
    return text.read(SourceFile("knee.txt", source.encode()))


def marked(source: str) -> Any:
    """The Document of a Markdown text."""
    return markdown.read(SourceFile("knee.md", source.encode()))


def said(document: Document) -> str:
    """Everything that is spoken below the title."""
    return words((document.blocks, document.sections))


def heard(document: Document) -> str:
    """All that is spoken, as a voice is given it."""
    return " ".join(line.spoken for line in scripting.write(document, Rests(), 3, "", lambda _: True).lines)


def rows(document: Document) -> list[list[str]]:
    """The words of the cells of the first table; none where there is no table."""
    blocks = [*document.blocks, *(block for section in document.all_sections() for block in section.blocks)]
    found = next((block for block in blocks if isinstance(block, Table)), None)
    return [
        [" ".join(one.plain for one in texts(cell.blocks)) for cell in row]
        for row in (found.rows if found else ())
    ]


def headings(document: Document) -> list[tuple[int, str]]:
    """Level and words of every section's heading."""
    return [(section.level, section.heading.plain) for section in document.all_sections()]


def left(document: Document, reason: Reason) -> list[str]:
    """The texts that were left out for this reason."""
    return [piece.text for piece in document.left_out if piece.reason is reason]
