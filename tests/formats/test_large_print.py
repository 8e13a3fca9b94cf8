"""The transcript on paper: Chromium prints it to PDF, and another program reads that."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tests.browser import opened
from tests.formats.editions import arabic_document, cell, edition, paragraph, rich_document
from tests.pdf import Pdf, read
from voicegen.formats import html
from voicegen.formats._table_widths import sheet
from voicegen.model.document import Callout, Disclosure, Document, Section, Table, text

pytestmark = pytest.mark.needs("chromium")

POINT = 18.0
MARGIN = 2 / 2.54 * 72
"""Points."""
PAPERS = {"A4": 841.9, "Letter": 792.0}
"""Length of the longer side, in points."""


def table(columns: int, word: str, rowspan: int = 1) -> Table:
    head = tuple(cell(f"{word}{number}", "column") for number in range(columns))
    first = (cell(f"a{word}", rowspan=rowspan), *(cell(f"{word}x{number} given") for number in range(1, columns)))
    rest = tuple(cell(f"{word}y{number}") for number in range(rowspan - 1, columns))
    return Table((head, first, rest))


def hostile_document() -> Document:
    """What would make a browser print everything smaller, cut it off, or leave it out."""
    return Document(
        text("Pneumonoultramicroscopicsilicovolcanoconiosis" * 3),
        "en",
        (
            paragraph("https://clinic.example/" + "a-very-long-address/" * 20),
            paragraph("W" * 700),
            Callout("warning", (paragraph("In a box: " + "0" * 300),)),
            Disclosure(text("Closed on the screen"), (paragraph("Seen on paper all the same."),)),
        ),
        (
            Section(text("Wide"), 2, (table(5, "Immunosup"),)),
            Section(text("Wider"), 2, (table(9, "Methotrexate"),)),
            Section(text("Dense"), 2, (table(9, "Prednisolone", rowspan=2),)),
            Section(text("Many"), 2, (table(30, "Ab"), paragraph("<b>not bold</b> & “quoted” 🫁"))),
        ),
    )


DOCUMENTS = {"en": rich_document(), "ar": arabic_document(), "hostile": hostile_document()}
OURS = ("hipertension", "asthma", "fever-in-children")
EVERY = pytest.mark.parametrize("paper", PAPERS)
NAMES = pytest.mark.parametrize("name", [*DOCUMENTS, *OURS])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Mapping[str, Path]:
    """Transcript pages: of documents made by hand, and of this project's own, one of them in Spanish."""
    place = tmp_path_factory.mktemp("print")
    found = {name: published / name / "index.html" for name in OURS}
    for name, document in DOCUMENTS.items():
        (place / name).mkdir()
        for file in html.render(edition(document, page_id=name)):
            (place / name / file.path).write_bytes(b"".join(part.data for part in file.parts))
        found[name] = place / name / "index.html"
    return found


@pytest.fixture(scope="module")
def printed(
    chromium: Browser, pages: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[tuple[str, str], Pdf]:
    """Every page on both kinds of paper, all that can be closed on the screen being closed."""
    place = tmp_path_factory.mktemp("paper")
    found = {}
    for name, page in pages.items():
        shown = chromium.new_page()
        shown.goto(page.as_uri())
        shown.evaluate("document.querySelectorAll('details').forEach(part => part.open = false)")
        for paper in PAPERS:
            path = place / f"{name}-{paper}.pdf"
            shown.pdf(path=path, format=paper, tagged=True, outline=True, prefer_css_page_size=True)
            found[name, paper] = read(path)
        shown.close()
    return found


def plain(words: str) -> str:
    """Letters and digits as they are compared: without ligatures, blanks, signs and vowel signs."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words)))


@EVERY
@NAMES
def test_nothing_is_smaller_than_18_point(printed: Mapping[tuple[str, str], Pdf], name: str, paper: str) -> None:
    sizes = {round(letter.point, 2) for page in printed[name, paper].sheets for letter in page.letters}
    assert min(sizes) == POINT, "a browser that makes a sheet smaller to fit it makes letters smaller too"


@EVERY
@NAMES
def test_nothing_reaches_into_the_margins(printed: Mapping[tuple[str, str], Pdf], name: str, paper: str) -> None:
    pdf = printed[name, paper]
    for page in pdf.sheets:
        number = [letter for letter in page.letters if letter.baseline < MARGIN]
        assert plain("".join(letter.text for letter in number)) == str(pdf.sheets.index(page) + 1)
        for letter in page.letters:
            left, _, right, upper = letter.box
            assert left >= MARGIN - 1, letter
            assert right <= page.width - MARGIN + 1, letter
            assert upper <= page.height - MARGIN + 2, letter


@EVERY
@NAMES
def test_all_words_of_the_transcript_are_there_in_the_order_of_reading(
    printed: Mapping[tuple[str, str], Pdf], pages: Mapping[str, Path], name: str, paper: str
) -> None:
    soup = BeautifulSoup(pages[name].read_text("utf-8"), "html5lib")
    for hidden in soup.select(".play, .stacked thead, .kind, .unseen, .intro"):
        hidden.decompose()
    read_out = plain(printed[name, paper].reading)
    at = 0
    for piece in (*soup.select("h1")[0].stripped_strings, *soup.select("article")[0].stripped_strings):
        found = read_out.find(plain(piece), at)
        assert found >= 0, f"{piece!r} is not printed after {read_out[max(0, at - 60) : at]!r}"
        at = found + len(plain(piece))


@EVERY
@NAMES
def test_a_screen_reader_finds_headings_lists_and_tables_in_the_file(
    printed: Mapping[tuple[str, str], Pdf], pages: Mapping[str, Path], name: str, paper: str
) -> None:
    pdf = printed[name, paper]
    soup = BeautifulSoup(pages[name].read_text("utf-8"), "html5lib")
    assert pdf.tagged
    assert pdf.lang == str(soup.select("html")[0]["lang"])
    roles = [role for role, words in pdf.tags if words.strip()]
    assert roles.count("H1") >= 1
    headings = [heading.get_text() for heading in soup.select("h1, article h2:not(.kind), article h3")]
    assert len(pdf.outline) >= len(headings)
    assert ("LI" in roles) == bool(soup.select("article li"))
    assert ("TH" in roles) == bool(soup.select("article .table:not(.stacked) th"))


def test_words_are_not_divided_at_the_ends_of_lines(printed: Mapping[tuple[str, str], Pdf]) -> None:
    for name in OURS:
        for page in printed[name, "A4"].sheets:
            assert not any(letter.text in "\u00ad\u2010" for letter in page.letters)


def test_a_boxs_urgency_is_in_words_and_its_border_is_black(
    chromium: Browser, pages: Mapping[str, Path], printed: Mapping[tuple[str, str], Pdf]
) -> None:
    assert "Immediateactionrequired" in plain(printed["en", "A4"].reading)
    assert plain("تصرّف فورًا") in plain(printed["ar", "A4"].reading)
    with opened(chromium, pages["fever-in-children"].as_uri(), color_scheme="dark") as shown:
        shown.emulate_media(media="print")
        look = "box => [getComputedStyle(box).borderTopColor, getComputedStyle(box).borderTopWidth]"
        for box in shown.query_selector_all(".callout"):
            assert box.evaluate(look) == ["rgb(0, 0, 0)", "4px"]
        assert shown.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert shown.evaluate("getComputedStyle(document.querySelector('article p')).textAlign") == "start"


def test_a_heading_is_on_the_same_sheet_as_what_it_stands_over(
    printed: Mapping[tuple[str, str], Pdf], pages: Mapping[str, Path]
) -> None:
    for name in ("hostile", *OURS):
        soup = BeautifulSoup(pages[name].read_text("utf-8"), "html5lib")
        for heading in soup.select("article h2:not(.kind), article h3"):
            following = heading.find_next(["p", "li", "td", "dt"], class_=lambda value: value != "play")
            assert following is not None
            first = plain(following.get_text())[:12]
            title = plain(heading.get_text())
            sheets = [
                "".join(plain(letter.text) for letter in page.letters) for page in printed[name, "A4"].sheets
            ]
            assert any(title in sheet and first in sheet for sheet in sheets), (title, first)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (table(3, "Dose"), ""),
        (table(4, "Ibuprof"), "wide"),
        (table(9, "Methotrexate"), "stacked"),
        (table(9, "Methotrexate", rowspan=2), "dense"),
        (Table(((cell("one", "column", colspan=1000),), (cell("1"), cell("2")))), ""),
        (table(4, "骨粗しょう症の治療薬"), "stacked"),
    ],
    ids=["upright", "sideways", "list", "over several rows", "over columns that are not there", "ideographs"],
)
def test_a_table_gets_a_sheet_that_it_fits_on(made: Table, wanted: str) -> None:
    assert sheet(made) == wanted


def test_a_wide_table_stands_on_a_sheet_that_is_turned(printed: Mapping[tuple[str, str], Pdf]) -> None:
    for paper, longer in PAPERS.items():
        turned = [page for page in printed["hostile", paper].sheets if page.width > page.height]
        assert turned
        assert all(page.width == pytest.approx(longer, abs=2) for page in turned)
        words = plain("".join(letter.text for page in turned for letter in page.letters))
        assert "Prednisolone0" in words
        assert "Dense" in words, "its heading stands with it"
