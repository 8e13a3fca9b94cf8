"""Words for files without markup: what is raised keeps its place, and letters raised by custom stay letters."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.formats.tampering import replaced, said, tampered
from voicegen.formats import audiobook, daisy3, daisy202, epub
from voicegen.formats._table_widths import heads
from voicegen.model.document import Cell, Paragraph, Run, Table, Text, text
from voicegen.model.written import as_written, in_signs, name_of
from voicegen.verifying import verify


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        ("9", "⁹"),
        ("-1", "⁻¹"),
        ("2+", "²⁺"),
        ("nd", "nd"),
        ("er", "er"),
        ("e", "e"),
        ("TM", "TM"),
        ("x", "^x"),
        ("a", "^a"),
    ],
)
def test_only_what_would_be_read_as_another_word_or_number_is_marked(raised: str, words: str) -> None:
    assert as_written(Run(raised, position="sup")) == words


POWER = """<html lang="en"><head><title>Blood</title></head><body><main><h1>Blood below 10<sup>9</sup></h1>
<p>Tell us if platelets are below 100 × 10<sup>9</sup> per litre.</p>
<h2>If it is 50 × 10<sup>9</sup></h2><p>Call 999.</p>
<table><tr><th>Test</th><th>Below 10<sup>9</sup></th></tr><tr><td>Platelets</td><td>rare</td></tr></table>
</main></body></html>"""

BOOKS = {
    "blood.epub": epub.verify,
    "blood-daisy202.zip": daisy202.verify,
    "blood-daisy3.zip": daisy3.verify,
    "blood.audiobook": audiobook.verify,
}
"""Every talking book, and its check."""
NINE = "<sup>9</sup>"


def test_a_power_of_a_heading_is_a_power_wherever_the_chapter_or_the_page_is_called(
    make_project: Callable[..., Project],
) -> None:
    settings = '[voice]\nengine = "tone"\n[publications]\nformats = ["all"]\naddress = "https://clinic.example/"\n'
    project = make_project(settings=settings)
    project.page("blood.html", POWER)
    assert project.build().exit_code == 0
    assert verify(project.output).troubles == ()
    for name, data in _texts(project.output):
        assert not re.search(r"([Bb]elow|50 ×|100 ×) 109(?!\.mp3)", data.decode("utf-8", "replace")), name
    found = json.loads((project.output / "blood/account.json").read_bytes())
    assert "Below 10⁹" in [piece["text"] for piece in found["silent"]]
    assert ("⁹", "to the power 9") in [(form["shown"], form["spoken"]) for form in found["transformed"]]
    feed = (project.output / "feed.xml").read_text("utf-8")
    assert "<title>Blood below 10⁹</title>" in feed
    assert "<description>Tell us if platelets are below 100 × 10⁹ per litre.</description>" in feed
    for name, check in BOOKS.items():
        book = project.output / "blood" / name
        whole = book.read_bytes()
        with zipfile.ZipFile(book) as package:
            raised = [place for place in package.namelist() if NINE.encode() in package.read(place)]
        assert raised
        for place in raised:
            tampered(book, place, replaced(NINE, "9"))
            assert re.search("(other|its) words|calls", said(check, book.parent)), (name, place)
            book.write_bytes(whole)


def _texts(output: Path) -> Iterator[tuple[str, bytes]]:
    """Every published text, those in packages too, by name."""
    for path in filter(Path.is_file, output.rglob("*")):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                yield from ((f"{path.name} {name}", package.read(name)) for name in package.namelist())
        yield path.name, path.read_bytes()


def test_neighbours_of_one_style_are_raised_together_as_markup_raises_them() -> None:
    """A page's sources join them; those of other programs need not."""
    runs = [Run("10"), *(Run(words, position="sup") for words in ("1", "x"))]
    assert in_signs(runs) == "10^1x"


def test_the_mark_of_a_note_stands_apart_from_the_name_of_a_chapter() -> None:
    assert name_of(Text((Run("Below 10"), Run("9", position="sup"), Run("1", position="note")))) == "Below 10⁹ [1]"
    assert name_of(Text((Run(" Iron "), Run("a", position="note"), Run(" in\nfood")))) == "Iron [a] in food"


@pytest.mark.parametrize(("mark", "words"), [("2", " [2]"), ("[1]", " [1]"), ("a", " [a]"), (" ", " ")])
def test_the_mark_of_a_note_is_no_power(mark: str, words: str) -> None:
    assert as_written(Run(mark, position="note")) == words


def test_a_power_of_a_header_is_a_power_where_it_is_said_above_each_cell() -> None:
    power = Text((Run("Below 10"), Run("9", position="sup")))
    header = tuple(Cell((Paragraph(one),), "column") for one in (text("Test"), power))
    row = tuple(Cell((Paragraph(text(words)),)) for words in ("Platelets", "rare"))
    assert [*heads(Table((header, row))).values()] == ["Test", "Below 10⁹"]
