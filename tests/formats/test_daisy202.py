"""DAISY 2.02: by document types and grammars, by real readers, and by what our own check catches."""

from __future__ import annotations

import gc
import re
import shutil
import zipfile
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from tests.formats.any_documents import LOWERED, documents
from tests.formats.editions import arabic_document, cell, item, paragraph, rich_document
from tests.formats.spoken_editions import published, spoken
from tests.formats.talking_players import Opened, daisy_player, thorium
from tests.formats.talking_rules import SMIL_DTD, faults202
from tests.formats.tampering import Change, no_change, replaced, said, tampered
from voicegen.formats import _daisy202_check, daisy202
from voicegen.formats._talking_blocks import blocks
from voicegen.formats._talking_check import milliseconds
from voicegen.formats._talking_text import Part, told
from voicegen.formats._talking_xhtml import Xhtml
from voicegen.formats._verified import PublishedTimeline, timeline_of
from voicegen.formats._zipped import Zipped
from voicegen.model.document import Callout, Document, ItemList, Run, Section, Table, Text, text
from voicegen.model.edition import Edition
from voicegen.steps.timecode import to_ms

BOOK = "asthma-daisy202.zip"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every kind of block, published."""
    return published(tmp_path_factory.mktemp("daisy202"), spoken(rich_document()), daisy202.render)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("arabic"), spoken(arabic_document()), daisy202.render)


def member(folder: Path, name: str) -> str:
    with zipfile.ZipFile(folder / BOOK) as book:
        return book.read(name).decode()


def plain(markup: str) -> str:
    """Markup without links and ids, so that the structure can be seen."""
    return re.sub(r'</?a\b[^>]*>| (?:id|xml:lang)="[^"]*"|\n', "", markup)


@pytest.mark.needs(SMIL_DTD)
def test_a_page_with_every_kind_of_block_is_valid(folder: Path) -> None:
    assert said(daisy202.verify, folder) == ""
    with zipfile.ZipFile(folder / BOOK) as book:
        assert faults202(book) == []


@pytest.mark.needs(SMIL_DTD)
def test_a_page_from_right_to_left_is_valid_and_says_its_direction(arabic: Path) -> None:
    assert said(daisy202.verify, arabic) == ""
    with zipfile.ZipFile(arabic / BOOK) as book:
        assert faults202(book) == []
    for name in ("ncc.html", "text.html"):
        assert '<html xmlns="http://www.w3.org/1999/xhtml" lang="ar" xml:lang="ar" dir="rtl">' in member(
            arabic, name
        )
    assert '<span lang="en" xml:lang="en" dir="ltr">I need an interpreter.</span>' in member(arabic, "text.html")
    assert "الحمى عند الأطفال" in member(arabic, "ncc.html")


def test_nothing_of_the_smil_files_but_what_they_say_is_kept_while_a_book_is_checked(folder: Path) -> None:
    others = [one for one in gc.get_objects() if isinstance(one, Element)]  # left by tests before this one
    known = {id(one) for one in others}
    with Zipped(folder / BOOK) as book:
        check = _daisy202_check._Check(book, timeline_of(folder))
        held = Counter(one.tag for one in gc.get_objects() if isinstance(one, Element) and id(one) not in known)
    assert sum(len(smil.pars) for smil in check.smils.values()) > 50
    assert held["par"] == held["audio"] == 0


def test_a_written_part_of_the_text_is_not_kept() -> None:
    elements: list[int] = []

    def write(part: Part) -> None:
        elements.append(len(part.blocks))
        part.blocks = []

    talk = told(spoken(rich_document()), Xhtml(linked=True), blocks, write)
    assert sum(elements) > 10
    assert not any(part.blocks for part in talk.parts)


def test_what_is_said_around_the_words_stands_where_it_is_heard(folder: Path) -> None:
    shown = plain(member(folder, "text.html"))
    assert (
        '<caption><span>Liquid paracetamol, 120 mg in 5 ml</span> <span class="said">Table, 3 columns, 2 rows.'
        "</span></caption>"
    ) in shown
    assert '<td><span class="said">One dose:</span> <span>2.5 ml</span></td>' in shown
    assert '<p class="said"><span class="said">End of table.</span></p>' in shown
    assert (
        '<ol style="list-style-type: none"><li><span class="said">3.</span> <span>Sit up straight.</span></li>'
    ) in shown
    assert (
        '<div class="emergency"><p class="said"><span class="said">Immediate action required</span></p>' in shown
    )
    assert '<span class="said">Image:</span> <span>Two rods and four screws.</span>' in shown
    assert '<th scope="col"><span class="silent">One dose</span></th>' in shown
    assert "<span>White cells: 4.0–11.0 × 10<sup>9</sup>/L.</span>" in shown


def test_headings_are_entries_and_no_level_is_skipped(folder: Path) -> None:
    entries = re.findall(r"<h(\d)[^>]*><a [^>]*>([^<]*)", member(folder, "ncc.html"))
    assert entries == [
        ("1", "Failed spinal fusion"),
        ("1", "Causes"),
        ("1", "Treatment"),
        ("2", "Without surgery"),
        ("2", "With surgery"),
    ]


def test_every_heading_is_an_entry_even_where_it_begins_no_chapter(tmp_path: Path) -> None:
    published(tmp_path, spoken(rich_document(), depth=2), daisy202.render)
    assert said(daisy202.verify, tmp_path) == ""
    assert member(tmp_path, "ncc.html").count("</a></h2>") == 2
    assert '"s0003.smil#' in member(tmp_path, "ncc.html").split("<h2")[1]


def test_clips_follow_each_other_at_the_times_of_the_timeline(folder: Path) -> None:
    timeline = timeline_of(folder)
    rate = timeline.rate_hz
    for number, mark in enumerate(timeline.marks, 1):
        found = re.findall(r'clip-begin="([^"]*)" clip-end="([^"]*)"', member(folder, f"s{number:04}.smil"))
        clips = [(milliseconds(begin), milliseconds(end)) for begin, end in found]
        starts = [to_ms(line.start, rate) - to_ms(mark.start, rate) for line in mark.lines]
        assert [begin for begin, _ in clips] == [0, *starts[1:]]
        assert all(one[1] == other[0] for one, other in pairwise(clips))
        assert clips[-1][1] == to_ms(mark.end, rate) - to_ms(mark.start, rate)


def test_lengths_sum(folder: Path) -> None:
    timeline = timeline_of(folder)
    elapsed = 0
    for number in range(1, len(timeline.marks) + 1):
        smil = member(folder, f"s{number:04}.smil")
        times = dict(re.findall(r'name="ncc:(\w+)" content="([^"]*)"', smil))
        assert milliseconds(times["totalElapsedTime"]) == elapsed
        elapsed += milliseconds(times["timeInThisSmil"])
    assert elapsed == to_ms(timeline.samples, timeline.rate_hz)


def test_names_fit_old_players(folder: Path) -> None:
    with zipfile.ZipFile(folder / BOOK) as book:
        names = book.namelist()
        members = book.infolist()
    assert names[0] == "ncc.html"
    assert all(re.fullmatch(r"[a-z0-9]{1,8}\.(html|smil|mp3|css)", name) for name in names)
    assert all(info.compress_type == zipfile.ZIP_STORED for info in members), "another zlib would change bytes"


def test_a_sound_file_begins_with_sound_and_no_tag(folder: Path) -> None:
    with zipfile.ZipFile(folder / BOOK) as book:
        assert book.read("a0001.mp3")[:2] == b"\xff\xf3"


HOSTILE = Document(
    Text((Run("<b>\"Pain\" & 'relief' ]]> "), Run("\u202e😀\x00\x1b"), Run(" A" * 300))),
    "en",
    (paragraph("<script>alert(1)</script> &amp; <!ENTITY x 'y'>"),),
    (
        Section(text("../../etc/passwd"), 2, (paragraph("A\x0bB\ufffeC."),)),
        Section(text("***"), 2, (paragraph("Under a heading that can't be said."),)),
        Section(text("\u2028"), 2),
        Section(text("Same"), 2),
        Section(text("Same"), 2),
    ),
    metadata=(("author", "O'Hara\x00 <x>"), ("reviewed", "last week")),
)


@pytest.mark.needs(SMIL_DTD)
def test_hostile_words_stay_words(tmp_path: Path) -> None:
    published(tmp_path, spoken(HOSTILE, publisher="A & B <Clinic>"), daisy202.render)
    assert said(daisy202.verify, tmp_path) == ""
    with zipfile.ZipFile(tmp_path / BOOK) as book:
        assert faults202(book) == []
        shown = book.read("text.html").decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;!ENTITY x 'y'&gt;" in plain(shown)
    assert "A\ufffdB\ufffdC." in shown
    assert 'name="dc:date" content="1980-01-01"' in member(tmp_path, "ncc.html")
    assert 'name="dc:creator" content="O\'Hara\ufffd &lt;x&gt;"' in member(tmp_path, "ncc.html")


def test_a_page_that_names_nobody_says_so_in_its_language(tmp_path: Path) -> None:
    published(
        tmp_path,
        spoken(Document(text("Fieber"), "de", (paragraph("Trinken."),), ()), publisher=""),
        daisy202.render,
    )
    assert said(daisy202.verify, tmp_path) == ""
    assert 'name="dc:publisher" content="Herausgeber nicht genannt"' in member(tmp_path, "ncc.html")


@cache
def long_edition() -> Edition:
    """A page with a list of 1,100 items and a table of 60 rows."""
    many = ItemList(tuple(item(f"Remedy {number} helps.") for number in range(1_100)))
    rows = tuple((cell(f"Drug {number}", "row"), cell(f"{number} mg")) for number in range(60))
    table = Table(((cell("Drug", "column"), cell("Dose", "column")), *rows))
    return spoken(Document(text("Remedies"), "en", (), (Section(text("All"), 2, (many, table)),)))


@pytest.mark.needs(SMIL_DTD)
def test_a_page_of_more_than_a_thousand_items_is_whole(tmp_path: Path) -> None:
    published(tmp_path, long_edition(), daisy202.render)
    assert said(daisy202.verify, tmp_path) == ""
    assert len(timeline_of(tmp_path).lines) > 1_300
    with zipfile.ZipFile(tmp_path / BOOK) as book:
        assert faults202(book) == []


def test_an_empty_cell_and_a_cell_over_rows_keep_their_words(tmp_path: Path) -> None:
    head = (cell("Age", "column"), cell("Dose", "column"))
    table = Table((head, (cell("Infant"), cell("–")), (cell("Child", rowspan=9), cell("5 ml")), (cell("10 ml"),)))
    box = Callout("urgent", (paragraph("Call us."),))
    published(tmp_path, spoken(Document(text("Doses"), "en", (table, box), ())), daisy202.render)
    assert said(daisy202.verify, tmp_path) == ""
    shown = plain(member(tmp_path, "text.html"))
    assert '<td>–<span class="said">Dose:</span><span class="said">empty</span></td>' in shown.replace(" <", "<")
    assert 'rowspan="2"' in shown  # not beyond the last row


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents)
@example(document=LOWERED)
def test_any_document_makes_a_valid_book(document: Document, tmp_path_factory: pytest.TempPathFactory) -> None:
    edition = spoken(document)
    assume(any(line.target for line in edition.script.lines))  # a page without words is not published
    folder = published(tmp_path_factory.mktemp("any"), edition, daisy202.render)
    assert said(daisy202.verify, folder) == ""
    if Path(SMIL_DTD).is_file():
        with zipfile.ZipFile(folder / BOOK) as book:
            assert faults202(book) == []
    shutil.rmtree(folder)


# real readers


@pytest.fixture(scope="module")
def opened(folder: Path, arabic: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Opened]:
    return thorium([folder / BOOK, arabic / BOOK], tmp_path_factory.mktemp("thorium"))


def planned(timeline: PublishedTimeline) -> list[tuple[str, int]]:
    """Every line with where its clip begins, in milliseconds of its file."""
    rate = timeline.rate_hz
    return [
        (line.id, to_ms(line.start if at else mark.start, rate) - to_ms(mark.start, rate))
        for mark in timeline.marks
        for at, line in enumerate(mark.lines)
    ]


@pytest.mark.needs("node", "npm:r2-shared-js")
@pytest.mark.parametrize(("number", "lang"), [(0, "en-GB"), (1, "ar")])
def test_thorium_shows_and_plays_every_line_in_order(
    opened: list[Opened], folder: Path, arabic: Path, number: int, lang: str
) -> None:
    timeline = timeline_of((folder, arabic)[number])
    book = opened[number]
    assert book.manifest["metadata"]["title"] == timeline.title
    assert book.manifest["metadata"]["language"] == lang
    assert [title for _, title in book.contents] == [mark.title for mark in timeline.marks]
    heard = [(shown.partition("#")[2], sound.partition("#t=")[2]) for shown, sound in book.narration]
    begins = [(line, round(1000 * float(time.partition(",")[0]))) for line, time in heard]
    assert begins == planned(timeline)
    assert all(f'id="{line}"' in book.text for line, _ in heard)


@pytest.mark.needs("daisy-player", "tmux", "cc")
def test_daisy_player_shows_the_contents_and_the_length(folder: Path, tmp_path: Path) -> None:
    timeline = timeline_of(folder)
    screen = daisy_player(folder / BOOK, tmp_path)
    assert screen.items == tuple(mark.title for mark in timeline.marks)
    assert screen.levels == 2
    hours, minutes, seconds = map(int, screen.total.split(":"))
    assert abs(3600 * hours + 60 * minutes + seconds - timeline.samples / timeline.rate_hz) <= 1


# deliberate breakages

FIRST = r"s0001.smil"
SPOILT: list[tuple[str, str, Change, str]] = [
    ("a date is lost", "ncc.html", replaced('<meta name="dc:date"', '<meta name="dc:dates"'), "dc:date stands"),
    (
        "a title stands twice",
        "ncc.html",
        lambda data: re.sub(rb'(<meta name="dc:title"[^>]*>)', rb"\1\1", data),
        "2 times",
    ),
    (
        "entries are counted wrongly",
        "ncc.html",
        replaced('tocItems" content="5"', 'tocItems" content="6"'),
        "tocItems",
    ),
    ("another charset is told", "ncc.html", replaced('content="utf-8"', 'content="latin1"'), "ncc:charset"),
    ("another encoding is declared", "text.html", replaced('encoding="UTF-8"', 'encoding="ascii"'), "text.html"),
    (
        "the whole length is wrong",
        "ncc.html",
        lambda data: re.sub(rb'totalTime" content="[^"]*', b'totalTime" content="01:00:00', data),
        "total times",
    ),
    (
        "a length before is wrong",
        "s0002.smil",
        lambda data: re.sub(rb'ElapsedTime" content="[^"]*', b'ElapsedTime" content="0:00:01.000', data),
        "its times",
    ),
    (
        "a line is not narrated",
        FIRST,
        lambda data: re.sub(rb"<par .*?</par>\n", b"", data, count=1),
        "not narrated",
    ),
    (
        "a line is narrated twice",
        FIRST,
        lambda data: re.sub(rb"(<par .*?</par>\n)", rb"\1\1", data, count=1),
        "2 times",
    ),
    (
        "two lines change places",
        FIRST,
        lambda data: re.sub(rb"(<par .*?</par>\n)(<par .*?</par>\n)", rb"\2\1", data, count=1),
        "order",
    ),
    (
        "a clip ends past the sound",
        FIRST,
        lambda data: re.sub(rb'npt=[\d.]+s"( id="[^"]*" /></seq></par>\n</seq>)', rb'npt=900.000s"\1', data),
        "past the end",
    ),
    ("there is a gap", FIRST, lambda data: _shifted(data, 2, begin=200), "ms after the end"),
    ("a line is 11 ms late", FIRST, lambda data: _shifted(_shifted(data, 1, end=11), 2, begin=11), "11 ms off"),
    ("a clip is turned round", FIRST, lambda data: _shifted(data, 1, end=-9_000), "no stretch of time"),
    (
        "a text is not there",
        FIRST,
        lambda data: re.sub(rb"text.html#l", b"text.html#x", data, count=1),
        "not in text.html",
    ),
    (
        "a text leads elsewhere",
        "text.html",
        lambda data: re.sub(rb"s0001.smil#(\w+)", rb"s0002.smil#\1", data, count=1),
        "leads to",
    ),
    (
        "an entry leads elsewhere",
        "ncc.html",
        lambda data: re.sub(rb'(id="h0002"><a href=")[^"]*', rb"\1s0001.smil#x", data),
        "no place",
    ),
    ("an entry leads to another heading", "ncc.html", lambda data: _swapped(data), "heading is not heard"),
    ("an entry has other words", "ncc.html", replaced(">Causes<", ">Effects<"), "other words"),
    ("a level is skipped", "ncc.html", lambda data: data.replace(b"h2", b"h3"), "level 3"),
    (
        "a line has other words",
        "text.html",
        replaced("A fusion joins bones.", "A fusion parts bones."),
        "other words",
    ),
    (
        "words are not narrated",
        "text.html",
        replaced("<blockquote>", "<p>Take all of it.</p><blockquote>"),
        "“Take all of it.”",
    ),
    ("another language is told", "text.html", replaced('lang="en-GB" xml', 'lang="fr" xml'), "language"),
    (
        "a chapter is of another book",
        "s0003.smil",
        lambda data: re.sub(rb'identifier" content="[^"]*', b'identifier" content="x', data),
        "identifier",
    ),
    (
        "the master lacks a chapter",
        "master.smil",
        lambda data: re.sub(rb"<ref [^>]*>\n", b"", data, count=1),
        "nothing leads",
    ),
    ("a sound is missing", "a0002.mp3", lambda data: None, "missing"),
    ("a sound is cut short", "a0002.mp3", lambda data: data[: len(data) // 2], "not whole"),
    ("a sound is none", "a0002.mp3", lambda data: b"RIFF" + data, "no frame"),
    ("a file has a long name", "a-very-long-name.mp3", lambda data: b"", "old players"),
    ("a file leads out", "../ncc.html", lambda data: b"x", "no name of a file"),
    ("it is not well-formed", FIRST, replaced("</seq>", ""), "well-formed"),
    (
        "it declares entities",
        "text.html",
        lambda data: data.replace(b'.dtd">', b'.dtd" [<!ENTITY a "b">]>'),
        "entities",
    ),
    ("an id stands twice", "text.html", replaced("<blockquote>", '<blockquote id="h0001">'), "stands 2 times"),
]


def _shifted(data: bytes, number: int, *, begin: int = 0, end: int = 0) -> bytes:
    """The clip of that number, from 0, moved by so many milliseconds."""
    pattern = re.compile(rb'clip-begin="npt=([\d.]+)s" clip-end="npt=([\d.]+)s"')
    found = list(pattern.finditer(data))[number]
    times = (float(found[1]) + begin / 1000, float(found[2]) + end / 1000)
    new = f'clip-begin="npt={max(0, times[0]):.3f}s" clip-end="npt={max(0, times[1]):.3f}s"'
    return data[: found.start()] + new.encode() + data[found.end() :]


def _swapped(data: bytes) -> bytes:
    """The second and third entries lead to each other's places."""
    places = re.findall(rb'<a href="([^"]*)"', data)
    return data.replace(places[1], b"@").replace(places[2], places[1]).replace(b"@", places[2])


def test_a_package_that_was_written_anew_is_still_right(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "page")
    tampered(tmp_path / "page" / BOOK, "ncc.html", no_change)
    assert said(daisy202.verify, tmp_path / "page") == ""


@pytest.mark.parametrize(
    ("name", "change", "words"), [spoilt[1:] for spoilt in SPOILT], ids=[one[0] for one in SPOILT]
)
def test_what_was_spoilt_is_noticed(folder: Path, tmp_path: Path, name: str, change: Change, words: str) -> None:
    shutil.copytree(folder, tmp_path / "page")
    tampered(tmp_path / "page" / BOOK, name, change)
    assert words in said(daisy202.verify, tmp_path / "page")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\5\6" + bytes(18), b"not a package" * 100])
def test_what_is_no_package_is_said(folder: Path, tmp_path: Path, data: bytes) -> None:
    shutil.copytree(folder, tmp_path / "page")
    (tmp_path / "page" / BOOK).write_bytes(data)
    assert BOOK in said(daisy202.verify, tmp_path / "page")
