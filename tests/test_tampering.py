"""Every publication changed by hand in many ways, its digests made right again: `voicegen verify` tells each."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.formats.tampering import replaced, tampered
from voicegen import manifest
from voicegen.verifying import verify

PAGE = """# Fever

Paracetamol helps most people.

## What to take

Take 2.5 ml every 6 hours. Never give aspirin to children.

## When to call

Call us if it is over 39.5 °C. Then wait 48 hours.
"""
SETTINGS = """[project]
language = "en"
[voice]
engine = "tone"
[publications]
formats = ["all"]
address = "https://clinic.example/listen/"
"""
LAST = "Then wait 48 hours."
TEXTS = {
    "index.html": "",
    "captions.vtt": "",
    "fever.epub": r"EPUB/part-.*\.xhtml",
    "fever-daisy202.zip": r"text\.html",
    "fever-daisy3.zip": r"book\.xml",
    "fever.audiobook": r"\d{4}\.html",
}
"""Files of a page that hold its words, and which members of a package do."""
DOSES = [
    ("Take 2.5 ml", "Take 25 ml"),
    ("Take 2.5 ml", "Take 3.5 ml"),
    ("Take 2.5 ml", "Take 12.5 ml"),
    ("Take 2.5 ml", "Take -2.5 ml"),
    ("over 39.5", "over 395"),
    ("Never give", "Give"),
    ("aspirin", "ibuprofen"),
    (LAST, ""),
    (LAST, f"{LAST[:-1]} not."),
]
TITLES = [
    ("fever/index.html", "", "<title>Fever", "<title>Colds"),
    ("fever/index.html", "", '<html lang="en"', '<html lang="fr"'),
    ("fever/index.html", "", '"#what-to-take">What to take', '"#what-to-take">When to call'),
    ("fever/phone/phone.json", "", '"title": "Fever"', '"title": "Colds"'),
    ("fever/fever.epub", "EPUB/package.opf", "<dc:title>Fever", "<dc:title>Colds"),
    ("fever/fever.epub", "EPUB/package.opf", "<dc:language>en", "<dc:language>fr"),
    ("fever/fever.epub", "EPUB/part-02.xhtml", ' lang="en"', ' lang="fr"'),
    ("fever/fever-daisy202.zip", "ncc.html", 'name="dc:title" content="Fever"', 'name="dc:title" content="Colds"'),
    ("fever/fever-daisy202.zip", "text.html", 'xml:lang="en"', 'xml:lang="fr"'),
    ("fever/fever-daisy3.zip", "package.opf", "<dc:Title>Fever", "<dc:Title>Colds"),
    ("fever/fever-daisy3.zip", "book.ncx", "<docTitle><text>Fever", "<docTitle><text>Colds"),
    ("fever/fever.audiobook", "index.html", "<h1>Fever", "<h1>Colds"),
    ("fever/fever.audiobook", "index.html", '<html lang="en"', '<html lang="fr"'),
    ("index.html", "", 'href="fever/index.html">Fever', 'href="fever/index.html">Colds'),
    ("index.html", "", 'href="fever/index.html"', 'href="colds/index.html"'),
    ("feed.xml", "", "fever/fever.mp3", "colds/colds.mp3"),
    ("feed.xml", "", "fever/captions.vtt", "colds/captions.vtt"),
    ("feed.xml", "", "fever/podcast-chapters.json", "colds/podcast-chapters.json"),
    ("feed.xml", "", "<title>Fever", "<title>Colds"),
    ("feed.xml", "", "<description>Paracetamol helps", "<description>Ibuprofen helps"),
    ("fever/fever.epub", "EPUB/part-01.xhtml", "<title>Fever", "<title>Colds"),
    ("fever/fever.epub", "EPUB/part-02.xhtml", "<title>What to take", "<title>When to call"),
    ("fever/index.html", "", '"@type":"MedicalWebPage","name":"Fever"', '"@type":"MedicalWebPage","name":"Colds"'),
    (
        "fever/index.html",
        "",
        '"@type":"MedicalCondition","name":"Fever"',
        '"@type":"MedicalCondition","name":"Colds"',
    ),
    (
        "fever/index.html",
        "",
        '"contentUrl":"https://clinic.example/listen/fever/f',
        '"contentUrl":"https://clinic.example/c',
    ),
    ("fever/index.html", "", 'srclang="en"', 'srclang="fr"'),
    ("fever/index.html", "", "<td>2.5 ml</td>", "<td>25 ml</td>"),
    ("fever/index.html", "", "<td>2.5 millilitres</td>", "<td>25 millilitres</td>"),
    ("fever/index.html", "", "<td>2.5 millilitres</td>", "<td>5 millilitres</td>"),
    ("fever/index.html", "", "<td>2.5 millilitres</td>", "<td>ever</td>"),
    ("fever/podcast-chapters.json", "", '"title": "Fever",\n "author"', '"title": "Colds",\n "author"'),
    ("fever/fever-daisy202.zip", "master.smil", '<ref title="What to take"', '<ref title="When to call"'),
    (
        "fever/fever-daisy202.zip",
        "s0002.smil",
        'name="title" content="What to take"',
        'name="title" content="When to call"',
    ),
    (
        "fever/fever-daisy3.zip",
        "book.ncx",
        'What to take</text><audio src="a0002.mp3"',
        'What to take</text><audio src="a0003.mp3"',
    ),
    (
        "fever/fever-daisy3.zip",
        "book.ncx",
        '<text>Fever</text><audio src="a0001.mp3"',
        '<text>Fever</text><audio src="a0003.mp3"',
    ),
    ("fever/phone/phone.json", "", '"name": "Fever"', '"name": "Colds"'),
    ("fever/phone/phone.json", "", '"lang": "en"', '"lang": "fr"'),
    (
        "fever/phone/phone.json",
        "",
        '"Take 2.5 millilitres every 6 hours."',
        '"Take 25 millilitres every 6 hours."',
    ),
    ("fever/phone/phone.json", "", '"Never give aspirin to children."', '"Give aspirin to children."'),
    ("fever/phone/phone.json", "", '"You are hearing about Fever."', '"You are hearing about Colds."'),
    ("fever/phone/phone.json", "", '"For What to take, press 2."', '"For What to take, press 3."'),
    ("fever/phone/phone.json", "", '"For What to take, press 2."', '"For When to call, press 2."'),
    ("fever/phone/phone.json", "", '"key": "2"', '"key": "3"'),
    ("fever/phone/phone.json", "", '"key": "2"', '"key": ""'),
    ("fever/phone/phone.json", "", '"notice": ""', '"notice": "02-what-to-take"'),
]
"""Path, member, and what is said of the page that is another's."""
TIMES = [
    ("captions.vtt", "", r"(\d\d:\d\d:)(\d\d)(\.\d{3} -->)"),
    ("chapters.vtt", "", r"(\d\d:\d\d:)(\d\d)(\.\d{3} -->)"),
    ("index.html", "", r'("chapters":\[0,)(\d+)(,)'),
    ("podcast-chapters.json", "", r'("startTime": )(\d+)(\.)'),
    ("fever.epub", r"EPUB/.*\.smil", r'(clipBegin="(?:\d+:)*)(\d+)(\.\d+s?")'),
    ("fever-daisy202.zip", r"s0002\.smil", r'(clip-begin="npt=)(\d+)(\.)'),
    ("fever-daisy3.zip", r"s0002\.smil", r'(clipBegin="(?:\d+:)*)(\d+)(\.)'),
    ("fever.audiobook", r".*2\.json", r"(#t=)(\d+)(\.)"),
]
"""Files of a page with times, and a pattern of one, whose second group is moved by two."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("tampering") / "project", SETTINGS)
    project.page("fever.md", PAGE)
    project.page("colds.md", PAGE.replace("Fever", "Colds").replace("2.5", "4.5"))
    assert project.build().exit_code == 0
    assert verify(project.output).troubles == ()
    return project.output


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "server"))


def told(place: Path) -> bool:
    """Whether `verify` finds anything, with every digest right."""
    whole = json.loads((place / manifest.NAME).read_bytes())
    for page in whole["pages"]:
        own = place / page / manifest.NAME
        facts = json.loads(own.read_bytes())
        facts["files"] = {name: sized(place / page / name) for name in facts["files"]}
        own.write_text(json.dumps(facts))
        whole["pages"][page] = sized(own)["sha256"]
    whole["files"] = {name: sized(place / name) for name in whole["files"]}
    (place / manifest.NAME).write_text(json.dumps(whole))
    return bool(verify(place).troubles)


def sized(path: Path) -> dict[str, int | str]:
    data = path.read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def members(path: Path, pattern: str, words: str) -> Iterator[str]:
    """The members of a package, by a pattern of their names, that hold some words."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if re.fullmatch(pattern, name) and words.encode() in package.read(name):
                yield name


def change(path: Path, member: str, how: Callable[[bytes], bytes | None]) -> None:
    """Changes a file, or a member of it."""
    if member:
        tampered(path, member, how)
    else:
        path.write_bytes(how(path.read_bytes()) or b"")


@pytest.mark.attack("tampering", "another dose, or a sentence less, is told in every publication with words")
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("old", "new"), DOSES)
def test_another_dose_is_told_though_every_digest_is_right(copied: Path, name: str, old: str, new: str) -> None:
    path = copied / "fever" / name
    pattern = TEXTS[name]
    found = list(members(path, pattern, old)) if pattern else [""]
    assert found
    change(path, found[0], replaced(old, new))
    assert told(copied)


@pytest.mark.attack("tampering", "another title or language, or a link to another page, is told")
@pytest.mark.parametrize(("name", "member", "old", "new"), TITLES)
def test_what_is_said_of_another_page_is_told(copied: Path, name: str, member: str, old: str, new: str) -> None:
    change(copied / name, member, replaced(old, new))
    assert told(copied)


@pytest.mark.attack("tampering", "a menu's times, by which a line of it is cut out, are told where no line begins")
@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("by", [-9_000, -3_000, 3_000, 9_000])
def test_times_of_a_menu_that_are_not_its_lines_are_told(copied: Path, number: int, by: int) -> None:
    path = copied / "fever/phone/phone.json"
    facts = json.loads(path.read_bytes())
    starts = facts["editions"][0]["chapters"][0]["starts"]
    starts[number] += by
    path.write_text(json.dumps(facts))
    assert told(copied)


@pytest.mark.attack("tampering", "a mark that was moved by two seconds is told in every publication with times")
@pytest.mark.parametrize(("name", "pattern", "time"), TIMES)
def test_a_mark_that_was_moved_is_told(copied: Path, name: str, pattern: str, time: str) -> None:
    path = copied / "fever" / name
    found = [*members(path, pattern, "")][-1] if pattern else ""

    def moved(data: bytes) -> bytes:
        text, times = re.subn(time, lambda one: f"{one[1]}{int(one[2]) + 2:02}{one[3]}", data.decode(), count=1)
        assert times, "no time is there"
        return text.encode()

    change(path, found, moved)
    assert told(copied)


@pytest.mark.attack("tampering", "a chapter's sound in the place of another's is told, in every publication")
@pytest.mark.parametrize("name", ["fever.epub", "fever-daisy202.zip", "fever-daisy3.zip", "fever.audiobook"])
def test_another_chapters_sound_is_told(copied: Path, name: str) -> None:
    with zipfile.ZipFile(copied / "fever" / name) as package:
        one, other, *_ = [each for each in package.namelist() if each.endswith(".mp3")]
        sound = package.read(other)
    change(copied / "fever" / name, one, lambda data: sound)
    assert told(copied)


@pytest.mark.attack("tampering", "sound of which a part in the middle is another's is told, in every publication")
@pytest.mark.parametrize("name", ["fever.epub", "fever-daisy202.zip", "fever-daisy3.zip", "fever.audiobook"])
def test_another_stretch_of_sound_in_a_chapter_is_told(copied: Path, name: str) -> None:
    with zipfile.ZipFile(copied / "fever" / name) as package:
        *_, sound = [each for each in package.namelist() if each.endswith(".mp3")]
    frame = 144  # bytes of a frame at 48 kbit/s and 48 kHz; others differ, and nothing depends on it

    def spoilt(data: bytes) -> bytes:
        middle = len(data) // 2 // frame * frame
        return data[: middle - 60] + data[middle + 4 : middle + 64] + data[middle:]

    change(copied / "fever" / name, sound, spoilt)
    assert told(copied)


@pytest.mark.attack("tampering", "files that were exchanged for each other are told, whatever they are")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((f"fever/{name}", f"colds/{name.replace('fever', 'colds')}") for name in (*TEXTS, "timeline.json")),
        *((f"fever/fever.{kind}", f"colds/colds.{kind}") for kind in ("mp3", "m4b", "opus", "brf", "pef")),
        ("fever/chapters/01-fever.mp3", "fever/chapters/02-what-to-take.mp3"),
        ("fever/phone/full/01-about.wav", "fever/phone/full/02-what-to-take.wav"),
        ("fever/phone/full/01-about.g722", "fever/phone/full/02-what-to-take.g722"),
        ("fever/phone/fever-full.wav", "colds/phone/colds-full.wav"),
        ("fever/phone/phone.json", "colds/phone/phone.json"),
        ("fever/podcast-chapters.json", "colds/podcast-chapters.json"),
    ],
)
def test_exchanged_files_are_told(copied: Path, one: str, other: str) -> None:
    first, second = (copied / one).read_bytes(), (copied / other).read_bytes()
    assert first != second
    (copied / one).write_bytes(second)
    (copied / other).write_bytes(first)
    assert told(copied)


@pytest.mark.attack("tampering", "a telephone's sound of which a second is another's is told")
@pytest.mark.parametrize("ending", ["wav", "g722"])
def test_another_second_in_a_telephones_chapter_is_told(copied: Path, ending: str) -> None:
    path = copied / "fever/phone/full/02-what-to-take"
    path = path.with_name(f"{path.name}.{ending}")
    data = path.read_bytes()
    half = len(data) // 2 // 2 * 2
    path.write_bytes(data[:44] + data[half:] + data[44:half])
    assert told(copied)


@pytest.mark.needs("lou_translate")
@pytest.mark.attack("tampering", "another digit in both files of braille is told")
def test_another_dose_in_braille_is_told(copied: Path) -> None:
    """2.5 becomes 3.5: in ASCII Braille b becomes c, in the other file dots 12 become dots 14."""
    for name, old, new in (("fever.brf", b"#B4E", b"#C4E"), ("fever.pef", "⠼⠃⠲⠑".encode(), "⠼⠉⠲⠑".encode())):
        path = copied / "fever" / name
        data = path.read_bytes()
        assert data.count(old) == 1, f"{name} has other cells for 2.5"
        path.write_bytes(data.replace(old, new))
    assert told(copied)
