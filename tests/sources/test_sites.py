"""Pages as page builders and hospitals' content systems make them, each with the outline that a reader expects.

`sites/NAME.html` is the page, all words of our own; `sites/NAME.txt` its outline and, below `===`, what must be
left out and for which reason. A new page is two files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sources.pages import left
from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import (
    Callout,
    DefinitionList,
    Disclosure,
    Document,
    Image,
    ItemList,
    Paragraph,
    Quotation,
    Reason,
    Table,
    words,
)
from voicegen.sources import html

SITES = Path(__file__).parent / "sites"
OUTLINES = sorted(SITES.glob("*.txt"))


def read(name: str) -> Document:
    return html.read(SourceFile(f"{name}.html", (SITES / f"{name}.html").read_bytes()))


def outline(document: Document) -> Iterator[str]:
    """The document, a line for everything that is said."""
    yield f"# {document.title.plain}"
    yield from lines(document.blocks)
    for section in document.all_sections():
        yield f"{'#' * section.level} {section.heading.plain}"
        yield from lines(section.blocks)


def lines(blocks: Any) -> Iterator[str]:
    for block in blocks:
        yield from line(block)


def line(block: Any) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text.plain
        case ItemList(items):
            for item in items:
                sign = "-" if item.number is None else f"{item.number}."
                yield f"{sign} {' / '.join(lines(item.blocks))}"
        case Table(rows, caption):
            yield f"[table] {caption.plain if caption else ''}".rstrip()
            for row in rows:
                yield "".join(f"| {words(cell.blocks)} " for cell in row).rstrip()
        case DefinitionList(entries):
            for entry in entries:
                said = " / ".join(part for blocks in entry.descriptions for part in lines(blocks))
                yield f": {', '.join(term.plain for term in entry.terms)} = {said}"
        case Image(alt, caption):
            yield f"[image] {alt.plain if alt else ''}{f' ({caption.plain})' if caption else ''}"
        case Callout(urgency, inner, label, heading):
            head = " ".join(part.plain for part in (label, heading) if part)
            first, *rest = ([head] if head else []) + list(lines(inner))
            yield f"[{urgency}] {first}"
            yield from (f"  {part}" for part in rest)
        case Disclosure(summary, inner):
            yield f"? {summary.plain}"
            yield from (f"  {part}" for part in lines(inner))
        case Quotation(inner):
            yield from (f"> {part}" for part in lines(inner))


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_a_page_is_read_as_a_careful_reader_would(path: Path) -> None:
    expected, _, _ = path.read_text("utf-8").partition("===\n")
    assert "\n".join(outline(read(path.stem))) == expected.strip()


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_what_is_left_out_has_the_right_reason(path: Path) -> None:
    _, _, reasons = path.read_text("utf-8").partition("===\n")
    document = read(path.stem)
    wrong = []
    for line in reasons.strip().splitlines():
        name, phrase = line.split(" ", 1)
        if not any(phrase in piece for piece in left(document, Reason[name])):
            found = [piece.reason.name for piece in document.left_out if phrase in piece.text]
            wrong.append(f"{phrase}: {found or 'not left out'}, not {name}")
    assert not wrong


def test_a_page_whose_text_a_program_draws_says_how_to_get_it() -> None:
    with pytest.raises(SourceError, match=r"drawn by a program in the browser.*\"Save page as\""):
        read("script-only")
