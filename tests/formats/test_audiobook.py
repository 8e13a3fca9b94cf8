"""W3C audiobooks: by a JSON schema, by the library of a real reader, and by what our own check catches."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.formats.any_documents import documents
from tests.formats.editions import arabic_document, paragraph, rich_document
from tests.formats.spoken_editions import published, spoken
from tests.formats.talking_players import Opened, thorium
from tests.formats.talking_rules import SCHEMAS
from tests.formats.tampering import Change, no_change, replaced, said, tampered
from tests.formats.test_daisy202 import HOSTILE, planned
from voicegen.formats import audiobook
from voicegen.formats._verified import timeline_of
from voicegen.model.document import Document, text

BOOK = "asthma.audiobook"
SCHEMA = Draft202012Validator(json.loads((SCHEMAS / "audiobook.json").read_bytes()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every kind of block, published."""
    edition = spoken(rich_document(), address="https://clinic.example/listen/asthma/")
    return published(tmp_path_factory.mktemp("audiobook"), edition, audiobook.render)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("arabic"), spoken(arabic_document()), audiobook.render)


def member(folder: Path, name: str) -> str:
    with zipfile.ZipFile(folder / BOOK) as book:
        return book.read(name).decode()


def faults(folder: Path) -> list[str]:
    """What the schema says of the manifest, and a strict HTML parser of the pages."""
    found = [error.message for error in SCHEMA.iter_errors(json.loads(member(folder, "publication.json")))]
    with zipfile.ZipFile(folder / BOOK) as book:
        for name in book.namelist():
            if name.endswith(".html"):
                parser = html5lib.HTMLParser()
                parser.parse(book.read(name), transport_encoding="utf-8")
                found += [f"{name}: {error[1]}" for error in parser.errors]
    return found


def test_a_page_with_every_kind_of_block_is_valid(folder: Path) -> None:
    assert said(audiobook.verify, folder) == ""
    assert faults(folder) == []


def test_a_page_from_right_to_left_is_valid_and_says_its_direction(arabic: Path) -> None:
    assert said(audiobook.verify, arabic) == ""
    assert faults(arabic) == []
    manifest = json.loads(member(arabic, "publication.json"))
    assert manifest["@context"][2] == {"language": "ar", "direction": "rtl"}
    assert manifest["readingProgression"] == "rtl"
    assert '<html lang="ar" dir="rtl">' in member(arabic, "index.html")


def test_chapters_have_their_words_and_their_times(folder: Path) -> None:
    manifest = json.loads(member(folder, "publication.json"))
    timeline = timeline_of(folder)
    assert [one["name"] for one in manifest["readingOrder"]] == [mark.title for mark in timeline.marks]
    assert [other["url"] for other in manifest["readingOrder"][1]["alternate"]] == ["0002.html", "0002.json"]
    first = json.loads(member(folder, "0002.json"))["narration"][0]
    assert first["text"] == f"0002.html#{timeline.marks[1].lines[0].id}"
    assert re.fullmatch(r"0002\.mp3#t=0\.000,\d+\.\d{3}", first["audio"])
    assert "<h1 " in member(folder, "0004.html")
    assert "<h2 " not in member(folder, "0004.html")


def test_what_stands_below_the_depth_of_chapters_stays_with_its_chapter(tmp_path: Path) -> None:
    published(tmp_path, spoken(rich_document(), depth=2), audiobook.render)
    assert said(audiobook.verify, tmp_path) == ""
    assert len(re.findall("<h[12]", member(tmp_path, "0003.html"))) == 3


def test_it_says_where_and_when_it_was_published(folder: Path, arabic: Path) -> None:
    manifest = json.loads(member(folder, "publication.json"))
    assert manifest["url"] == "https://clinic.example/listen/asthma/"
    assert manifest["dateModified"] == "2026-03-09"
    assert "url" not in json.loads(member(arabic, "publication.json"))


def test_a_page_without_a_day_names_none(tmp_path: Path) -> None:
    published(tmp_path, spoken(Document(text("Rest"), "en", (paragraph("Lie down."),), ())), audiobook.render)
    assert said(audiobook.verify, tmp_path) == ""
    assert "dateModified" not in json.loads(member(tmp_path, "publication.json"))


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    published(tmp_path, spoken(HOSTILE, publisher="A & B <Clinic>"), audiobook.render)
    assert said(audiobook.verify, tmp_path) == ""
    assert faults(tmp_path) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;" in member(tmp_path, "0001.html")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents)
def test_any_document_makes_a_valid_audiobook(
    document: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    edition = spoken(document)
    assume(any(line.target for line in edition.script.lines))  # a page without words is not published
    folder = published(tmp_path_factory.mktemp("any"), edition, audiobook.render)
    assert said(audiobook.verify, folder) == ""
    assert faults(folder) == []
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def opened(folder: Path, arabic: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Opened]:
    return thorium([folder / BOOK, arabic / BOOK], tmp_path_factory.mktemp("thorium"))


@pytest.mark.needs("node", "npm:r2-shared-js")
@pytest.mark.parametrize("number", [0, 1])
def test_thorium_reads_chapters_and_contents(
    opened: list[Opened], folder: Path, arabic: Path, number: int
) -> None:
    timeline = timeline_of((folder, arabic)[number])
    book = opened[number]
    assert book.manifest["metadata"]["title"] == timeline.title
    assert book.contents == [(max(1, mark.level - 1), mark.title) for mark in timeline.marks]
    lengths = [one["duration"] for one in book.manifest["readingOrder"]]
    assert lengths == pytest.approx(
        [(mark.end - mark.start) / timeline.rate_hz for mark in timeline.marks], abs=0.002
    )


def test_every_line_is_in_the_times(folder: Path) -> None:
    heard = []
    for number in range(1, 6):
        for one in json.loads(member(folder, f"{number:04}.json"))["narration"]:
            begin = one["audio"].partition("#t=")[2].partition(",")[0]
            heard.append((one["text"].partition("#")[2], round(1000 * float(begin))))
    assert heard == planned(timeline_of(folder))


# deliberate breakages


def _json(change: Callable[[Any], object]) -> Change:
    """A change of a member's values."""

    def made(data: bytes) -> bytes:
        values = json.loads(data)
        change(values)
        return json.dumps(values, ensure_ascii=False).encode()

    return made


MANIFEST, OTHER = "publication.json", "manifest.json"
SPOILT: list[tuple[str, str, Change, str]] = [
    ("it is no audiobook", MANIFEST, replaced("/TR/audiobooks/", "/TR/books/"), "does not say"),
    ("nobody made it", MANIFEST, _json(lambda it: it.update(author=" ")), "author is"),
    ("it does not say how it is read", MANIFEST, _json(lambda it: it.pop("accessMode")), "accessMode"),
    ("a feature is made up", MANIFEST, replaced('"transcript"', '"braille"'), "accessibilityFeature"),
    ("another language is told", MANIFEST, replaced('"inLanguage": "en-GB"', '"inLanguage": "fr"'), "inLanguage"),
    ("the context is another", MANIFEST, replaced("https://schema.org", "http://schema.org"), "context"),
    ("the whole length is wrong", MANIFEST, _json(lambda it: it.update(duration="PT1.000S")), "it lasts"),
    (
        "a chapter lasts too long",
        MANIFEST,
        _json(lambda it: it["readingOrder"][1].update(duration="PT900.000S")),
        "longer than its sound",
    ),
    (
        "a chapter has another name",
        MANIFEST,
        replaced('"name": "Causes"', '"name": "Effects"'),
        "its chapters are",
    ),
    ("a chapter is lost", MANIFEST, _json(lambda it: it["readingOrder"].pop()), "its chapters are"),
    ("a file is not listed", MANIFEST, _json(lambda it: it["resources"].pop(2)), "not listed"),
    ("a file has another type", MANIFEST, replaced('"audio/mpeg"', '"audio/ogg"'), "is listed as"),
    ("there is no cover", MANIFEST, replaced('"rel": "cover"', '"rel": "covers"'), "one cover"),
    ("the cover is no picture", "cover.png", lambda data: b"GIF89a", "no picture"),
    (
        "the contents miss a chapter",
        "index.html",
        lambda data: re.sub(rb'<li><a href="0002.mp3">.*?</li>', b"", data),
        "its contents",
    ),
    ("the contents name no manifest", "index.html", replaced('rel="publication"', 'rel="next"'), "does not name"),
    ("Readium is told another title", OTHER, replaced('"title": "Failed', '"title": "Mended'), "title is"),
    (
        "Readium is told another length",
        OTHER,
        _json(lambda it: it["readingOrder"][0].update(duration=1)),
        "its chapters",
    ),
    ("Readium has other contents", OTHER, _json(lambda it: it["toc"].pop()), "its contents"),
    ("a line is not narrated", "0001.json", _json(lambda it: it["narration"].pop(2)), "not narrated"),
    (
        "a line is narrated twice",
        "0001.json",
        _json(lambda it: it["narration"].append(it["narration"][0])),
        "2 times",
    ),
    ("two lines change places", "0001.json", _json(lambda it: it["narration"].reverse()), "order"),
    (
        "there is a gap",
        "0001.json",
        _json(lambda it: it["narration"][1].update(audio="0001.mp3#t=1.000,1.001")),
        "after the end",
    ),
    (
        "a clip ends past the sound",
        "0001.json",
        _json(lambda it: it["narration"][-1].update(audio="0001.mp3#t=1.000,900.000")),
        "past the end",
    ),
    (
        "a line sounds from another file",
        "0001.json",
        replaced("0001.mp3", "0002.mp3"),
        "timeline.json does not have",
    ),
    ("a line has other words", "0001.html", replaced("joins bones", "parts bones"), "other words"),
    (
        "words are not narrated",
        "0005.html",
        replaced("<blockquote>", "<p>Take all of it.</p><blockquote>"),
        "“Take all of it.”",
    ),
    ("a transcript is in no language", "0001.html", replaced(' lang="en-GB"', ""), "its language"),
    ("a transcript is not closed", "0001.html", replaced("</main>", ""), "form"),
    ("a transcript is missing", "0002.html", lambda data: None, "0002.html"),
    ("a sound is missing", "0003.mp3", lambda data: None, "'0003.mp3' is missing"),
    ("a sound is cut short", "0002.mp3", lambda data: data[: len(data) // 2], "not whole"),
    ("a manifest is no JSON", MANIFEST, lambda data: data[:-9], "form"),
    ("a manifest is a list", OTHER, lambda data: b"[]", "form"),
    ("a file leads out", "a/../../b.mp3", lambda data: b"x", "no name of a file"),
    ("a file is nobody's", "extra.html", lambda data: b"x", "not listed"),
]


def test_a_package_that_was_written_anew_is_still_right(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "page")
    tampered(tmp_path / "page" / BOOK, MANIFEST, no_change)
    assert said(audiobook.verify, tmp_path / "page") == ""


@pytest.mark.parametrize(
    ("name", "change", "words"), [spoilt[1:] for spoilt in SPOILT], ids=[one[0] for one in SPOILT]
)
def test_what_was_spoilt_is_noticed(folder: Path, tmp_path: Path, name: str, change: Change, words: str) -> None:
    shutil.copytree(folder, tmp_path / "page")
    tampered(tmp_path / "page" / BOOK, name, change)
    assert words in said(audiobook.verify, tmp_path / "page")
