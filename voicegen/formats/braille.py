"""braille: `<page>.brf` for displays and notetakers, `<page>.pef` for embossers, by liblouis (`_liblouis`).

What is written is what the page shows, not what is said: those who hear nothing read it, and braille codes have
rules of their own for numbers and units. Nothing is made of a page whose language has no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from voicegen.contracts import PublishedFile
from voicegen.formats import _liblouis
from voicegen.formats._braille_check import troubles
from voicegen.formats._braille_files import brf, pef
from voicegen.formats._braille_tables import table
from voicegen.formats._braille_text import Writer
from voicegen.formats._braille_volume import Paper, volume
from voicegen.model.blob import blob
from voicegen.model.edition import Edition

CODECS: tuple[str, ...] = ()


def part() -> str:
    """What it needs of the system, with its version. Raises MissingPartError where that is not there."""
    return _liblouis.part()


def data() -> str:
    """A digest of its tables."""
    return _liblouis.tables()


def files() -> Sequence[Path]:
    """The library and its tables."""
    return _liblouis.files()


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The two files. Raises MissingPartError, SettingsError or PublicationError where they can't be made."""
    paper = Paper(**edition.options.get("braille", {}))
    lang = edition.document.lang
    own = table(lang, paper.grade, paper.tables)
    if not own:
        return
    part()
    with _liblouis.Liblouis(edition.page.id) as louis:
        writer = Writer(louis, lang, own, paper.tables)
        parts = volume(edition, writer, paper)
        facts = [*_facts(edition), *(("voicegen:table", name) for name in writer.tables)]
    name = edition.page.id
    yield PublishedFile(f"{name}.brf", (blob(brf([*parts[0], *parts[1]])),), offer="brf")
    yield PublishedFile(f"{name}.pef", (blob(pef(parts, paper.cells, paper.lines, facts)),), offer="pef")


def verify(folder: Path) -> Iterator[str]:
    """Rows and pages that are too long, signs that are no cells, words of the page that are missing."""
    yield from troubles(folder)


def _facts(edition: Edition) -> Iterator[tuple[str, str]]:
    """The head of the PEF file (Dublin Core)."""
    page, document = edition.page, edition.document
    yield "dc:format", "application/x-pef+xml"
    yield "dc:identifier", f"urn:uuid:{uuid5(NAMESPACE_URL, page.address or f'{page.publisher}/{page.id}')}"
    yield "dc:title", edition.timeline.marks[0].title
    yield "dc:creator", document.about("author").strip()
    yield "dc:publisher", page.publisher
    yield "dc:language", document.lang
    try:
        yield "dc:date", date.fromisoformat(document.about("reviewed").strip()).isoformat()
    except ValueError:
        return
