"""DAISY 3: by document types and grammars, by real readers, and by what our own check catches."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from tests.formats.any_documents import LOWERED, documents
from tests.formats.editions import arabic_document, paragraph, rich_document
from tests.formats.spoken_editions import published, spoken
from tests.formats.talking_players import Opened, daisy_player, thorium
from tests.formats.talking_rules import faults3
from tests.formats.tampering import Change, no_change, replaced, said, tampered
from tests.formats.test_daisy202 import HOSTILE, long_edition, planned
from voicegen.formats import daisy3
from voicegen.formats._talking_check import milliseconds
from voicegen.formats._verified import timeline_of
from voicegen.model.document import Document, text
from voicegen.steps.timecode import to_ms

BOOK = "asthma-daisy3.zip"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every kind of block, published."""
    return published(tmp_path_factory.mktemp("daisy3"), spoken(rich_document()), daisy3.render)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("arabic"), spoken(arabic_document()), daisy3.render)


def member(folder: Path, name: str) -> str:
    with zipfile.ZipFile(folder / BOOK) as book:
        return book.read(name).decode()


def plain(markup: str) -> str:
    """Markup without references and ids, so that the structure can be seen."""
    return re.sub(r' (?:id|smilref)="[^"]*"|\n', "", markup)


def faults(folder: Path) -> list[str]:
    with zipfile.ZipFile(folder / BOOK) as book:
        return faults3(book)


def test_a_page_with_every_kind_of_block_is_valid(folder: Path) -> None:
    assert said(daisy3.verify, folder) == ""
    assert faults(folder) == []


def test_a_page_from_right_to_left_is_valid_and_says_its_direction(arabic: Path) -> None:
    assert said(daisy3.verify, arabic) == ""
    assert faults(arabic) == []
    assert 'xml:lang="ar" dir="rtl"' in member(arabic, "book.xml").split("<head>")[0]
    assert 'xml:lang="ar" dir="rtl"' in member(arabic, "book.ncx").split("<head>")[0]
    assert '<span xml:lang="en" dir="ltr">I need an interpreter.</span>' in member(arabic, "book.xml")
    assert '<resource id="name-table" xml:lang="ar"><text>جدول</text>' in member(arabic, "book.res")


def test_the_structure_is_the_authors(folder: Path) -> None:
    shown = plain(member(folder, "book.xml"))
    assert "<frontmatter><doctitle><sent>Failed spinal fusion</sent></doctitle></frontmatter>" in shown
    assert '<list type="pl"><li><sent class="said">3.</sent> <sent>Sit up straight.</sent></li>' in shown
    assert '<td><sent class="said">One dose:</sent> <sent>2.5 ml</sent></td>' in shown
    assert '<prodnote render="required"><sent class="said">End of table.</sent></prodnote>' in shown
    assert '<sidebar render="required" class="urgent"><p class="label">' in shown
    assert "<hd><sent>Call our nurses today if:</sent></hd>" in shown
    assert '<a href="tel:+441632960123" external="true"><strong>01632 960 123</strong></a>' in shown
    assert shown.count("<level2><h2>") == 2


def test_headings_have_words_and_sound_and_are_played_in_order(folder: Path) -> None:
    ncx = member(folder, "book.ncx")
    points = re.findall(
        r'<navPoint id="\w+" class="h(\d)" playOrder="(\d)"><navLabel><text>([^<]*)</text><audio', ncx
    )
    assert points == [
        ("1", "1", "Failed spinal fusion"),
        ("1", "2", "Causes"),
        ("1", "3", "Treatment"),
        ("2", "4", "Without surgery"),
        ("2", "5", "With surgery"),
    ]
    timeline = timeline_of(folder)
    line, rate = timeline.marks[1].lines[0], timeline.rate_hz
    begin, end = (to_ms(at, rate) - to_ms(timeline.marks[1].start, rate) for at in (line.start, line.end))
    (clip,) = re.findall(r'Causes</text><audio src="a0002.mp3" clipBegin="([^"]*)" clipEnd="([^"]*)"', ncx)
    assert tuple(map(milliseconds, clip)) == (begin, end)


def test_lists_and_tables_can_be_left_one_by_one(folder: Path) -> None:
    smil = member(folder, "s0002.smil")
    outer, inner = re.findall(r'<seq id="(g\d+)" class="list" end="DTBuserEscape;([^"]*)\.end">', smil)
    assert outer[1] == inner[0]  # the inner list ends the outer one
    assert f'<par id="{inner[1]}">' in smil
    assert f'<list type="ul" id="{outer[0]}" smilref="s0002.smil#{outer[0]}">' in member(folder, "book.xml")


def test_a_book_without_lists_and_tables_has_no_names_for_them(tmp_path: Path) -> None:
    published(tmp_path, spoken(Document(text("Rest"), "en", (paragraph("Lie down."),), ())), daisy3.render)
    assert said(daisy3.verify, tmp_path) == ""
    assert faults(tmp_path) == []
    with zipfile.ZipFile(tmp_path / BOOK) as book:
        assert "book.res" not in book.namelist()


def test_all_files_are_of_one_book(folder: Path) -> None:
    (uid,) = re.findall(r'<dc:Identifier id="uid">([^<]*)', member(folder, "package.opf"))
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", uid)
    with zipfile.ZipFile(folder / BOOK) as book:
        marked = [name for name in book.namelist() if uid in book.read(name).decode("latin-1")]
    assert marked == [
        *("package.opf", "book.ncx", "book.xml", "book.res"),
        *(f"s{number:04}.smil" for number in range(1, 6)),
    ]


def test_the_identifier_follows_the_address_or_else_the_publisher(tmp_path: Path) -> None:
    def uid(publisher: str = "A", address: str = "") -> object:
        edition = spoken(
            Document(text("Rest"), "en", (paragraph("Sleep."),), ()), publisher=publisher, address=address
        )
        published(tmp_path, edition, daisy3.render)
        return re.findall(r'<dc:Identifier id="uid">([^<]*)', member(tmp_path, "package.opf"))[0]

    assert uid() == uid()
    assert len({uid(), uid("B"), uid(address="https://a.example/x/")}) == 3
    assert uid("A", "https://a.example/x/") == uid("B", "https://a.example/x/")


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    published(tmp_path, spoken(HOSTILE, publisher="A & B <Clinic>"), daisy3.render)
    assert said(daisy3.verify, tmp_path) == ""
    assert faults(tmp_path) == []
    assert "<dc:Publisher>A &amp; B &lt;Clinic&gt;</dc:Publisher>" in member(tmp_path, "package.opf")


def test_a_page_of_more_than_a_thousand_items_is_whole(tmp_path: Path) -> None:
    published(tmp_path, long_edition(), daisy3.render)
    assert said(daisy3.verify, tmp_path) == ""
    assert faults(tmp_path) == []


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents)
@example(document=LOWERED)
def test_any_document_makes_a_valid_book(document: Document, tmp_path_factory: pytest.TempPathFactory) -> None:
    edition = spoken(document)
    assume(any(line.target for line in edition.script.lines))  # a page without words is not published
    folder = published(tmp_path_factory.mktemp("any"), edition, daisy3.render)
    assert said(daisy3.verify, folder) == ""
    assert faults(folder) == []
    shutil.rmtree(folder)


# real readers


@pytest.fixture(scope="module")
def opened(folder: Path, arabic: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Opened]:
    return thorium([folder / BOOK, arabic / BOOK], tmp_path_factory.mktemp("thorium"))


@pytest.mark.needs("node", "npm:r2-shared-js")
@pytest.mark.parametrize(("number", "lang"), [(0, "en-GB"), (1, "ar")])
def test_thorium_shows_and_plays_every_line_in_order(
    opened: list[Opened], folder: Path, arabic: Path, number: int, lang: str
) -> None:
    timeline = timeline_of((folder, arabic)[number])
    book = opened[number]
    assert book.manifest["metadata"]["title"] == timeline.title
    assert book.manifest["metadata"]["language"] == lang
    assert [depth for depth, _ in book.contents] == [max(1, mark.level - 1) for mark in timeline.marks]
    assert [title for _, title in book.contents] == [mark.title for mark in timeline.marks]
    heard = [(shown.partition("#")[2], sound.partition("#t=")[2]) for shown, sound in book.narration]
    begins = [(line, round(1000 * float(time.partition(",")[0]))) for line, time in heard]
    assert begins == planned(timeline)
    assert all(f'id="{line}"' in book.text for line, _ in heard)


@pytest.mark.needs("daisy-player", "tmux", "cc")
def test_daisy_player_shows_the_contents_and_the_length(arabic: Path, tmp_path: Path) -> None:
    timeline = timeline_of(arabic)
    screen = daisy_player(arabic / BOOK, tmp_path)
    assert screen.items == tuple(mark.title for mark in timeline.marks)
    assert screen.levels == 2
    hours, minutes, seconds = map(int, screen.total.split(":"))
    assert abs(3600 * hours + 60 * minutes + seconds - timeline.samples / timeline.rate_hz) <= 1


# deliberate breakages

FIRST = "s0001.smil"
PAR = rb"<par .*?</par>\n"
SPOILT: list[tuple[str, str, Change, str]] = [
    (
        "a date is lost",
        "package.opf",
        lambda data: re.sub(rb"<dc:Date>.*?</dc:Date>", b"", data),
        "dc:Date stands",
    ),
    ("a format is another", "package.opf", replaced("Z39.86-2005", "Z39.86-2002"), "Format is"),
    ("a file is not listed", "package.opf", lambda data: re.sub(rb'<item id="a0002.*?/>', b"", data), "manifest"),
    ("a file has another type", "package.opf", replaced("audio/mpeg", "audio/x-wav"), "'audio/x-wav'"),
    ("a chapter is not in the spine", "package.opf", replaced('<itemref idref="s0002-smil" />', ""), "spine"),
    ("the whole length is wrong", "package.opf", lambda data: _told(data, b"dtb:totalTime"), "dtb:totalTime"),
    ("a length before is wrong", "s0003.smil", lambda data: _told(data, b"dtb:totalElapsedTime"), "ElapsedTime"),
    (
        "a duration is wrong",
        FIRST,
        lambda data: re.sub(rb'dur="[^"]*', b'dur="0:00:01.000', data),
        "does not last",
    ),
    ("the contents are of another book", "book.ncx", lambda data: _told(data, b"dtb:uid"), "dtb:uid is"),
    ("a chapter is of another book", "s0003.smil", lambda data: _told(data, b"dtb:uid"), "dtb:uid is"),
    ("the depth is wrong", "book.ncx", lambda data: _told(data, b"dtb:depth"), "dtb:depth"),
    ("the order of play is wrong", "book.ncx", replaced('playOrder="3"', 'playOrder="9"'), "play order"),
    (
        "a heading leads nowhere",
        "book.ncx",
        replaced('content src="s0002.smil#l', 'content src="s0002.smil#x'),
        "no place",
    ),
    ("a heading leads elsewhere", "book.ncx", lambda data: _swapped(data), "heading is not heard"),
    ("a heading has other words", "book.ncx", replaced("<text>Causes<", "<text>Effects<"), "other words"),
    (
        "a heading has no sound",
        "book.ncx",
        lambda data: re.sub(rb"(Causes</text>)<audio[^>]*>", rb"\1", data),
        "no sound",
    ),
    (
        "a heading sounds too long",
        "book.ncx",
        lambda data: re.sub(rb'clipEnd="[^"]*', b'clipEnd="1:00:00.000', data, count=1),
        "a heading is heard",
    ),
    ("a line is not narrated", FIRST, lambda data: re.sub(PAR, b"", data, count=1), "not narrated"),
    (
        "a line is narrated twice",
        FIRST,
        lambda data: re.sub(b"(" + PAR + b")", rb"\1\1", data, count=1),
        "2 times",
    ),
    (
        "two lines change places",
        FIRST,
        lambda data: re.sub(b"(" + PAR + b")(" + PAR + b")", rb"\2\1", data, count=1),
        "order",
    ),
    (
        "a clip ends past the sound",
        FIRST,
        lambda data: re.sub(rb'clipEnd="[^"]*("[^"]*</par>\n</seq>)', rb'clipEnd="0:15:00.000\1', data),
        "past the end",
    ),
    ("there is a gap", FIRST, lambda data: _shifted(data, 2, begin=200), "ms after the end"),
    ("a line is 11 ms late", FIRST, lambda data: _shifted(_shifted(data, 1, end=11), 2, begin=11), "11 ms off"),
    ("a text is not there", FIRST, replaced("book.xml#l", "book.xml#x"), "is not a text"),
    (
        "a sentence leads elsewhere",
        "book.xml",
        replaced('smilref="s0001.smil#l', 'smilref="s0002.smil#l'),
        "leads to",
    ),
    (
        "a list can't be left",
        "s0002.smil",
        lambda data: re.sub(rb' end="[^"]*"', b"", data, count=1),
        "no structure",
    ),
    ("a table has no name", "book.res", replaced("'table'", "'tables'"), "book.res"),
    ("the names are missing", "book.res", lambda data: None, "book.res"),
    ("a level is skipped", "book.xml", lambda data: data.replace(b"level2>", b"level3>"), "level 3"),
    (
        "a line has other words",
        "book.xml",
        replaced("A fusion joins bones.", "A fusion parts bones."),
        "other words",
    ),
    (
        "words are not narrated",
        "book.xml",
        replaced("<blockquote>", "<p>Take all of it.</p><blockquote>"),
        "“Take all of it.”",
    ),
    ("another language is told", "book.xml", replaced('xml:lang="en-GB"', 'xml:lang="fr"'), "dc:Language"),
    ("a sound is missing", "a0002.mp3", lambda data: None, "missing"),
    ("a sound is cut short", "a0002.mp3", lambda data: data[: len(data) // 2], "not whole"),
    ("a sound is of nobody", "a0099.mp3", lambda data: b"x", "not in the manifest"),
    ("a file leads out", "/etc/passwd", lambda data: b"x", "no name of a file"),
    ("it is not well-formed", "book.ncx", replaced("</navMap>", ""), "well-formed"),
    ("it declares entities", "book.xml", replaced('2005-3.dtd">', '2005-3.dtd" [<!ENTITY a "b">]>'), "entities"),
    ("an id stands twice", "book.xml", replaced("<blockquote>", '<blockquote id="h0001">'), "stands 2 times"),
]


def _told(data: bytes, name: bytes) -> bytes:
    """Something else in a `meta` element."""
    changed = re.sub(b'(name="' + name + b'" content=")[^"]*', rb"\g<1>9:59:59.999", data)
    assert changed != data
    return changed


def _shifted(data: bytes, number: int, *, begin: int = 0, end: int = 0) -> bytes:
    """The clip of that number, from 0, moved by so many milliseconds."""
    found = list(re.finditer(rb'clipBegin="([^"]*)" clipEnd="([^"]*)"', data))[number]
    times = milliseconds(found[1].decode()) + begin, milliseconds(found[2].decode()) + end
    new = 'clipBegin="{}.{:03}s" clipEnd="{}.{:03}s"'.format(*divmod(times[0], 1000), *divmod(times[1], 1000))
    return data[: found.start()] + new.encode() + data[found.end() :]


def _swapped(data: bytes) -> bytes:
    """The second and third headings lead to each other's places."""
    places = re.findall(rb'<content src="([^"]*)"', data)
    return data.replace(places[1], b"@").replace(places[2], places[1]).replace(b"@", places[2])


def test_a_package_that_was_written_anew_is_still_right(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "page")
    tampered(tmp_path / "page" / BOOK, "book.xml", no_change)
    assert said(daisy3.verify, tmp_path / "page") == ""


@pytest.mark.parametrize(
    ("name", "change", "words"), [spoilt[1:] for spoilt in SPOILT], ids=[one[0] for one in SPOILT]
)
def test_what_was_spoilt_is_noticed(folder: Path, tmp_path: Path, name: str, change: Change, words: str) -> None:
    shutil.copytree(folder, tmp_path / "page")
    tampered(tmp_path / "page" / BOOK, name, change)
    assert words in said(daisy3.verify, tmp_path / "page")
