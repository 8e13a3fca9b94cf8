"""The talking book: what stands in it, what is heard with it, and what `verify` finds in broken ones."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.formats.any_documents import documents
from tests.formats.editions import arabic_document, cell, item, paragraph, rich_document
from tests.formats.spoken_editions import RATE, published, spoken
from voicegen.formats import epub
from voicegen.formats._epub_reading import NAMES, milliseconds
from voicegen.formats._epub_text import web_address
from voicegen.model.document import (
    Callout,
    Cell,
    Document,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quotation,
    Run,
    Section,
    Table,
    Text,
    text,
)
from voicegen.model.document import words as words_of
from voicegen.model.edition import Edition
from voicegen.steps.timecode import to_ms

HTML, SMIL, OPF, EPUB = NAMES["html"], NAMES["smil"], NAMES["opf"], NAMES["epub"]
HOSTILE = '<b>&amp;</b> "\'` ]]> <!ENTITY x "y"> \x00\x1b\x0b \ufffe \u202e\u2066 🧑‍⚕️ \u2028 {{ 7*7 }} %s'


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {info.filename: book.read(info) for info in book.infolist()}


class Book:
    """A written book, read with nothing that made it."""

    def __init__(self, path: Path) -> None:
        self.files = members(path)
        self.package = ElementTree.fromstring(self.files["EPUB/package.opf"])

    def text(self, name: str) -> Element:
        return ElementTree.fromstring(self.files[f"EPUB/{name}.xhtml"])

    def overlay(self, name: str) -> Element:
        return ElementTree.fromstring(self.files[f"EPUB/{name}.smil"])

    def metas(self, name: str) -> list[str]:
        return [meta.text or "" for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name]

    def names(self) -> list[str]:
        """Of the parts, in reading order."""
        items = {item.get("id"): item.get("href", "") for item in self.package.iter(f"{OPF}item")}
        spine = [items[ref.get("idref")] for ref in self.package.iter(f"{OPF}itemref")]
        return [name.removesuffix(".xhtml") for name in spine if name != "about.xhtml"]

    def clips(self, name: str) -> list[tuple[str, str, int, int]]:
        """Id, recording, begin and end of all that is heard with a text."""
        found = []
        for par in self.overlay(name).iter(f"{SMIL}par"):
            address, sound = par[0].attrib["src"], par[1].attrib
            begin, end = (milliseconds(sound[key]) for key in ("clipBegin", "clipEnd"))
            found.append((address.partition("#")[2], sound["src"], begin, end))
        return found


def heard(edition: Edition, book: Book) -> list[tuple[str, str]]:
    """All that is heard: the text of each element, and the lines that are spoken in its clip."""
    marks = {f"audio/{n:02}-{mark.id}.mp3": mark for n, mark in enumerate(edition.timeline.marks, 1)}
    lines = {line.id: line.spoken for line in edition.script.lines}
    found = []
    for name in book.names():
        texts = {made.get("id"): " ".join("".join(made.itertext()).split()) for made in book.text(name).iter()}
        for element, sound, begin, end in book.clips(name):
            mark = marks[sound]
            starts = [(to_ms(cue.start - mark.start, RATE), lines[cue.line]) for cue in mark.cues]
            found.append((texts[element], " ".join(words for at, words in starts if begin <= at < end)))
    return found


def written(folder: Path, document: Document, **options: str | int) -> tuple[Edition, Book]:
    edition = spoken(document, **options)  # type: ignore[arg-type]
    place = published(folder, edition, epub.render)
    assert list(epub.verify(place)) == []
    return edition, Book(place / f"{edition.page.id}.epub")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a page with every kind of block."""
    return published(tmp_path_factory.mktemp("rich"), spoken(rich_document()), epub.render)


# what stands in it


def test_the_structure_of_the_source_stays(rich: Path) -> None:
    book = Book(rich / "asthma.epub")
    assert book.names() == ["part-01", "part-02", "part-03"]
    part = book.text("part-03").find(f"{HTML}body")
    assert part is not None
    headings = [
        (made.tag.removeprefix(HTML), "".join(made.itertext())) for made in part.iter() if "id" in made.attrib
    ]
    assert [one for one in headings if re.fullmatch("h[1-6]", one[0])] == [
        ("h2", "Treatment"),
        ("h3", "Without surgery"),
        ("h3", "With surgery"),
    ]
    table = next(part.iter(f"{HTML}table"))
    assert [made.tag.removeprefix(HTML) for made in table] == ["caption", "thead", "tbody"]
    assert [made.get("scope") for made in table.iter(f"{HTML}th")] == ["col", "col", "col", "row", "row"]
    assert [made.get("rowspan") for made in table.iter(f"{HTML}td")] == [None, "2", None]
    assert [made.get("value") for made in next(part.iter(f"{HTML}ol"))] == ["3", None, "7"]
    assert [made.tag.removeprefix(HTML) for made in next(part.iter(f"{HTML}dl"))[0]] == ["dt", "dd"]
    box = next(made for made in part.iter(f"{HTML}section") if "callout" in made.get("class", ""))
    assert (box.get("role"), box.get(f"{EPUB}type")) == ("doc-notice", "notice")
    assert "".join(box[0].itertext()).split() == ["Urgent", "advice:", "Call", "our", "nurses", "today", "if:"]
    assert [made.get("title") for made in part.iter(f"{HTML}abbr")] == ["C-reactive protein"]
    welsh = next(made for made in part.iter() if made.get("lang") == "cy")
    assert welsh.attrib == {"lang": "cy", "{http://www.w3.org/XML/1998/namespace}lang": "cy", "dir": "ltr"}
    assert [made.get("href") for made in part.iter(f"{HTML}a")] == ["tel:+441632960123"]
    figure = next(part.iter(f"{HTML}figure"))
    assert "".join(figure[0].itertext()) == "Image: Two rods and four screws."


def test_lists_tables_boxes_and_figures_can_be_skipped_and_left(rich: Path) -> None:
    overlay = Book(rich / "asthma.epub").overlay("part-03")
    terms = [made.get(f"{EPUB}type") for made in overlay.iter(f"{SMIL}seq")]
    rows = ["table-row", "table-row"]
    assert terms == ["chapter", "notice", "list", "list", "table", *rows, None, "list", "figure", None, None]
    assert [made.get(f"{EPUB}type") for made in overlay.iter(f"{SMIL}par")].count("table-cell") == 5


def test_a_recording_of_all_that_stands_there_says_nothing_twice_and_lacks_nothing(rich: Path) -> None:
    edition = spoken(rich_document())
    lines = [line.spoken for line in edition.script.lines]
    assert " ".join(said for _, said in heard(edition, Book(rich / "asthma.epub"))) == " ".join(lines)


def test_what_is_said_around_the_words_is_heard_with_what_it_is_about(tmp_path: Path) -> None:
    doses = Table(
        (
            (cell("Age", "column"), cell("Dose", "column"), cell("Per day", "column"), cell("Notes", "column")),
            (cell("3 months", "row"), cell("2.5 ml"), cell("4 times", rowspan=2), cell("–")),
            (cell("6 months", "row"), cell("5 ml"), cell("none")),
            (cell("Adults", "row", rowspan=2), cell("10 ml"), cell("6 times"), cell("")),
            (cell("20 ml"), cell("once"), cell("x")),
        )
    )
    steps = ItemList((item("Sit.", 1), Item((Callout("note", (paragraph("Slowly."),)),), 2)), ordered=True)
    rest = (Quotation((paragraph("I walk."),)), Image(text("A rod."), text("Steel.")), paragraph("Bye."))
    document = Document(text("Back pain"), "en-GB", (doses, steps, *rest), (Section(text("Help"), 2),))
    edition, book = written(tmp_path, document)
    assert heard(edition, book) == [
        ("Back pain", "Back pain"),
        ("From Riverside Spine and Health Centre.", "From Riverside Spine and Health Centre."),
        ("This recording has 2 chapters.", "This recording has 2 chapters."),
        ("Help", "Help"),
        ("Age Dose Per day Notes", "Table, 4 columns, 4 rows."),
        ("3 months", "Age: 3 months"),
        ("2.5 ml", "Dose: 2.5 millilitres"),
        ("4 times", "Per day: 4 times"),
        ("–", "Notes: empty"),
        ("6 months", "Age: 6 months"),
        ("5 ml", "Dose: 5 millilitres Per day: 4 times"),
        ("none", "Notes: none"),
        ("Adults", "Age: Adults"),
        ("10 ml", "Dose: 10 millilitres"),
        ("6 times", "Per day: 6 times"),
        ("", "Notes: empty"),
        ("20 ml", "Age: Adults Dose: 20 millilitres"),
        ("once", "Per day: once"),
        ("x", "Notes: x End of table."),
        ("Sit.", "1. Sit."),
        ("Note", "2. Note"),
        ("Slowly.", "Slowly. End of advice."),
        ("I walk.", "Quotation: I walk. End of quotation."),
        ("Image:", "Image:"),
        ("A rod.", "A rod."),
        ("Steel.", "Steel."),
        ("Bye.", "Bye."),
        ("Help", "Help"),
        ("End of Back pain.", "End of Back pain."),
    ]


def test_inner_lists_and_notes_are_heard_with_what_they_belong_to(tmp_path: Path) -> None:
    def marked(words: str, mark: str) -> Paragraph:
        return Paragraph(Text((Run(words), Run(mark, position="note", href=f"#fn{mark}"))))

    heads = (Cell((marked("Dose", "b"),), "column"), cell("Times", "column"))
    rows = ((Cell((marked("5 ml", "a"),)), cell("")), (cell("10 ml"), cell("twice")))
    table = Table((heads, *rows), Text((Run("Doses"), Run("c", position="note", href="#fnc"))))
    inner = Item((paragraph("Eat fruit."), ItemList((item("apples"), item("pears"))), paragraph("Drink.")))
    note = Paragraph(Text((Run("a", position="note"), Run(" With food."))))
    document = Document(text("Diet"), "en-GB", (ItemList((inner, item("Rest."))), table, note), ())
    edition, book = written(tmp_path, document, publisher="")
    assert heard(edition, book)[1:-1] == [
        ("Eat fruit.", "Eat fruit."),
        ("apples", "2 points: apples"),
        ("pears", "pears End of these points."),
        ("Drink.", "Drink."),
        ("Rest.", "Rest."),
        ("Dosesc", "Doses See note C."),
        ("Doseb Times", "Table, 2 columns, 2 rows."),
        ("5 mla", "Dose: See note B. 5 millilitres See note A."),
        ("", "Times: empty"),
        ("10 ml", "Dose: 10 millilitres"),
        ("twice", "Times: twice End of table."),
        ("a With food.", "Note A: With food."),
    ]


def test_clips_follow_each_other_without_a_gap_and_lengths_add_up_to_the_millisecond(rich: Path) -> None:
    edition, book = spoken(rich_document()), Book(rich / "asthma.epub")
    clips = [clip for name in book.names() for clip in book.clips(name)]
    for number, mark in enumerate(edition.timeline.marks, 1):
        own = [clip[2:] for clip in clips if clip[1] == f"audio/{number:02}-{mark.id}.mp3"]
        ends = [0, *(end for _, end in own)]
        assert ends == [*(begin for begin, _ in own), to_ms(mark.end - mark.start, RATE)]
    lengths = [milliseconds(clock) for clock in book.metas("media:duration")]
    assert len(lengths) == len(book.names()) + 2
    assert sum(lengths[:-1]) == lengths[-1]
    assert lengths[1:-1] == [sum(end - begin for _, _, begin, end in book.clips(name)) for name in book.names()]


def test_the_contents_are_read_in_the_clips_of_the_headings(rich: Path) -> None:
    book = Book(rich / "asthma.epub")
    toc = next(book.text("nav").iter(f"{HTML}nav"))
    titles = ["Failed spinal fusion", "Causes", "Treatment", "Without surgery", "With surgery"]
    assert ["".join(link.itertext()) for link in toc.iter(f"{HTML}a")] == titles
    assert len(toc.findall(f"{HTML}ol/{HTML}li")) == 3
    clips = {clip for name in book.names() for clip in book.clips(name)}
    assert len(book.clips("nav")) == len(titles)
    assert set(book.clips("nav")) <= clips


def test_the_package_claims_what_was_checked_and_no_conformance(rich: Path) -> None:
    book = Book(rich / "asthma.epub")
    assert book.metas("schema:accessModeSufficient") == ["textual,auditory", "textual", "auditory"]
    assert "synchronizedAudioText" in book.metas("schema:accessibilityFeature")
    assert book.metas("schema:lastReviewed") == ["2026-03-09"]
    assert book.metas("dcterms:modified") == ["2026-03-09T00:00:00Z"]
    assert book.metas("media:narrator") == ["espeak-ng, British English"]
    assert b"conformsTo" not in book.files["EPUB/package.opf"]
    about = "".join(book.text("about").itertext())
    for words in ("Riverside Spine", "Dr Ines Calloway", "9 March 2026", "espeak-ng", "English", "asthma.html"):
        assert words in about


def test_an_arabic_book_is_turned_and_owns_up_to_labels_that_no_voice_says(tmp_path: Path) -> None:
    _, book = written(tmp_path, arabic_document())
    spine = book.package.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    root = book.text("part-03")
    assert (root.get("dir"), root.get("lang")) == ("rtl", "ar")
    english = [made.get("dir") for made in root.iter() if made.get("lang") == "en"]
    assert english == ["ltr"]
    assert book.metas("schema:accessModeSufficient") == ["textual,auditory", "textual"]
    labels = [made for made in book.text("part-01").iter() if "unspoken" in made.get("class", "")]
    assert [made.text for made in labels] == ["تصرّف فورًا"]


def test_a_page_without_dates_words_or_sections_is_a_book_too(tmp_path: Path) -> None:
    bare = Document(text("Nosebleed"), "zz_odd", (Paragraph(Text(())), paragraph("Lean forward.")), ())
    _, book = written(tmp_path, bare, publisher="")
    assert book.metas("dcterms:modified") == ["2000-01-01T00:00:00Z"]
    assert book.names() == ["part-01"]


def test_hostile_words_are_words(tmp_path: Path) -> None:
    runs = (Run(HOSTILE, abbr=HOSTILE, href="javascript:alert(1)"), Run(" é ", lang="x' onload='y"))
    document = Document(
        text(HOSTILE + " " + "long " * 400),
        "en",
        (Paragraph(Text(runs)), Image(text(HOSTILE), text("b"), HOSTILE)),
        (Section(text(HOSTILE), 2, (Callout("urgent", (paragraph(HOSTILE),), text(HOSTILE), text(HOSTILE)),)),),
        metadata=(("author", HOSTILE), ("reviewed", HOSTILE), ("url", f"https://a.example/{HOSTILE}")),
    )
    _, book = written(tmp_path, document, publisher=HOSTILE)
    shown = "".join(book.text("part-01").itertext())
    assert '<b>&amp;</b> "\'` ]]> <!ENTITY x "y"> \ufffd\ufffd\ufffd \ufffd' in shown
    assert not list(book.text("part-01").iter(f"{HTML}script"))
    assert b"javascript:" not in b"".join(data for name, data in book.files.items() if name.endswith("ml"))


def test_the_same_page_gives_the_same_bytes_and_keeps_its_identifier_when_its_words_change(tmp_path: Path) -> None:
    page, address = rich_document(), "https://clinic.example/listen/asthma/"
    one, two = (published(tmp_path / name, spoken(page, address=address), epub.render) for name in "ab")
    assert (one / "asthma.epub").read_bytes() == (two / "asthma.epub").read_bytes()
    other = published(tmp_path / "c", spoken(replace(page, title=text("Other")), address=address), epub.render)
    found = {
        re.search(rb"urn:uuid:[0-9a-f-]{36}", Book(f / "asthma.epub").files["EPUB/package.opf"])
        for f in (one, other)
    }
    assert len({match[0] for match in found if match}) == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTP://Example.ORG:8080/a b?c=ü&d#e f", "http://example.org:8080/a%20b?c=%C3%BC&d#e%20f"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://a.example/%zz%41[x]|y", "https://a.example/%25zz%41%5Bx%5D%7Cy"),
        ("mailto:a@b.example?subject=x y", "mailto:a@b.example?subject=x%20y"),
        ("tel:+44 1632", "tel:+44%201632"),
        ("https://[::1", ""),
        ("https://a.example:99999/", ""),
        ("https://bank.example@evil.example/", ""),
        ("", ""),
    ],
)
def test_addresses_are_such_that_every_reader_takes_them(written: str, expected: str) -> None:
    assert web_address(written) == expected


@given(documents)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_page_becomes_a_book_in_which_everything_is_heard_once(
    tmp_path_factory: pytest.TempPathFactory, document: Document
) -> None:
    assume(words_of((document.title, document.blocks, document.sections)).strip())  # else it is not published
    written(tmp_path_factory.mktemp("any"), document, depth=3)
