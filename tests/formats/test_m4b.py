"""M4B: what stands in the file, and that `verify` misses nothing that was spoilt."""

from __future__ import annotations

import io
import re
import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest

from tests.formats.sounds import Spoken, spoken
from voicegen.errors import PublicationError
from voicegen.formats import m4b
from voicegen.formats._cover import cover
from voicegen.model.blob import blob
from voicegen.model.timeline import Mark
from voicegen.recordings.m4b import M4b
from voicegen.sound import aac
from voicegen.sound.chapters import one_line
from voicegen.steps.blobs import chunks

TITLES = ("Gallstones", "What they are", "Symptoms")
CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"tref", b"udta", b"gmhd", b"dinf"}


@pytest.fixture(scope="module")
def made() -> Spoken:
    dates = (("published", "2026-01-01"), ("reviewed", "2026-03-09"), ("copyright", "© 2026 Riverside"))
    return spoken(TITLES, codecs=("aac",), metadata=dates)


@pytest.fixture
def folder(made: Spoken, tmp_path: Path) -> Path:
    made.write(tmp_path, ("timeline", "m4b"))
    return tmp_path


def boxes(data: bytes, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Every box with its path, as a stranger walks them."""
    at = 0
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        name = f"{path}/{kind.decode('latin-1')}"
        body = data[at + 8 : at + size]
        yield name, body
        if kind in CONTAINERS:
            yield from boxes(body, name)
        at += size
    assert at == len(data)


def the_file(made: Spoken) -> bytes:
    (file,) = m4b.render(made.edition)
    return b"".join(piece for part in file.parts for piece in chunks(part))


def test_the_description_comes_before_the_sound(made: Spoken) -> None:
    assert [name for name, _ in boxes(the_file(made)) if name.count("/") == 1] == ["/ftyp", "/moov", "/mdat"]


def test_both_kinds_of_chapters_stand_in_it(made: Spoken) -> None:
    found = list(boxes(the_file(made)))
    ((_, nero),) = [box for box in found if box[0] == "/moov/udta/chpl"]
    assert nero[:9] == b"\1\0\0\0\0\0\0\0\3"
    ((_, link),) = [box for box in found if box[0] == "/moov/trak/tref/chap"]
    headers = [body for name, body in found if name == "/moov/trak/tkhd"]
    kinds = [body[8:12] for name, body in found if name == "/moov/trak/mdia/hdlr"]
    assert kinds == [b"soun", b"text"]
    flags, ids = zip(*[(body[3], body[12:16]) for body in headers], strict=True)
    assert ids[1] == link, "the sound names the track of titles as its chapters"
    assert [flag & 1 for flag in flags] == [1, 0], "and that track is switched off"


def test_a_player_gets_every_chapter_and_title(made: Spoken) -> None:
    with av.open(io.BytesIO(the_file(made))) as file:
        found = [(c["start"], c["end"], c["metadata"]["title"]) for c in file.chapters()]
    assert found == [(mark.start, mark.end, mark.title) for mark in made.edition.timeline.marks]


def test_tags_say_what_it_is_and_the_cover_is_in_it(made: Spoken) -> None:
    with M4bFile(the_file(made)) as book:
        tags = book.tags
    assert {name: value.decode() for name, value in tags.items() if name[0] == "©" or name == "cprt"} == {
        "©nam": "Gallstones",
        "©alb": "Gallstones",
        "©ART": "Riverside Spine and Health Centre",
        "©nrt": "tone, a voice of tests",
        "©wrt": "tone, a voice of tests",
        "©cmt": "tone, a voice of tests",
        "©gen": "Speech",
        "©day": "2026-03-09",
        "©too": "voicegen",
        "cprt": "© 2026 Riverside",
    }
    assert tags["stik"] == b"\2"
    assert tags["covr"] == cover(made.edition)[0]


def test_a_cover_of_the_clinics_own_is_taken_as_it_is(made: Spoken) -> None:
    picture = b"\xff\xd8\xff a picture"
    edition = replace(made.edition, page=replace(made.edition.page, cover=blob(picture)))
    data = the_file(replace(made, edition=edition))
    ((_, udta),) = [box for box in boxes(data) if box[0] == "/moov/udta"]
    assert b"covr" + struct.pack(">I4sII", len(picture) + 16, b"data", 13, 0) + picture in udta


def test_the_sound_is_described_as_low_complexity_without_doubling() -> None:
    for rate in aac.RATES:
        encoder: Any = av.CodecContext.create("aac", "w")
        encoder.sample_rate, encoder.layout, encoder.format = rate, "mono", "fltp"
        encoder.options = aac.OPTIONS
        encoder.open()
        assert encoder.extradata == aac.config(rate)


def test_the_same_edition_gives_the_same_bytes() -> None:
    one, two = (the_file(spoken(TITLES, codecs=("aac",))) for _ in range(2))
    assert one == two


def test_more_chapters_than_nero_can_count_are_told_by_their_sections(tmp_path: Path) -> None:
    levels = [1, *([2, 3, 3, 3] * 100)]
    made = spoken([f"Part {at}" for at in range(401)], 8_000, levels=levels, different=1, codecs=("aac",))
    made.write(tmp_path, ("timeline", "m4b"))
    assert list(m4b.verify(tmp_path)) == []
    with M4bFile((tmp_path / "page.m4b").read_bytes()) as book:
        assert len(book.chapters) == 401
        titles = [title for _, title in book.nero]
    sections = {f"Part {at}" for at, level in enumerate(levels) if level < 3}
    assert sections <= set(titles)
    assert len(titles) <= 255


@pytest.mark.parametrize(
    "title",
    [
        '<b>"quoted"</b> & ‘single’ = [x]; #\\',
        "Very long ünïcödé words that go on " * 20,
        "👩🏽‍⚕️ e\u0301 \u202eturned\u202c \u2067isolated\u2069",
        "tab\tnul\0bell\x07 line\nseparator\u2028 \ufffe\ud800",
        "الأعراض: ما هي؟",
        "…",
    ],
)
def test_any_title_is_read_back_by_both_kinds(title: str, tmp_path: Path) -> None:
    made = spoken(["Opening", title], 8_000, codecs=("aac",))
    marks = made.edition.timeline.marks
    data = the_file(made)
    with M4bFile(data) as book:
        assert [title for _, _, title in book.chapters] == [one_line(mark.title) for mark in marks]
        nero = book.nero[1][1]
    assert len(nero.encode()) <= 255
    assert one_line(title).startswith(nero.removesuffix("…"))
    if title.isprintable():
        made.write(tmp_path, ("timeline", "m4b"))
        assert list(m4b.verify(tmp_path)) == []


class M4bFile:
    """The reader, over bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> M4b:
        return M4b(io.BytesIO(self._data), "page.m4b")

    def __exit__(self, *_: object) -> None:
        pass


def test_a_right_audiobook_has_no_fault(folder: Path) -> None:
    assert list(m4b.verify(folder)) == []


def faults(folder: Path) -> str:
    """What is wrong, however `verify` says it."""
    try:
        return "\n".join(m4b.verify(folder))
    except PublicationError as error:
        return str(error)


def changed(kind: bytes, offset: int, value: bytes) -> Callable[[bytes], bytes]:
    """Other bytes so far behind the name of the first box of a kind."""

    def change(data: bytes) -> bytes:
        at = data.index(kind) + 4 + offset
        return data[:at] + value + data[at + len(value) :]

    return change


BREAKAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a Nero chapter is late": (
        changed(b"chpl", 9 + 8 + 1 + 10, (90_000_000).to_bytes(8, "big")),
        "Nero: .* begin",
    ),
    "a Nero chapter has another name": (changed(b"chpl", 9 + 9, b"GALL"), "Nero: a chapter is called"),
    "a QuickTime chapter has another name": (
        lambda data: data.replace(b"\0\x08Symptoms", b"\0\x08Treatmnt"),
        "Treat",
    ),
    "the delay is not told": (changed(b"elst", 12, bytes(4)), "encoder put before"),
    "the gapless tag is wrong": (lambda data: data.replace(b" 00000400", b" 00000840"), "encoder put before"),
    "the length is wrong": (changed(b"elst", 8, (9_216).to_bytes(4, "big")), "it plays 9216 samples"),
    "the edit is longer than the sound": (changed(b"elst", 8, b"\x7f" * 4), "longer than its sound"),
    "the titles are switched on": (lambda data: data.replace(b"tkhd\0\0\0\2", b"tkhd\0\0\0\3"), "switched on"),
    "the file is cut": (lambda data: data[:-1], "does not fit"),
    "a packet lies outside": (changed(b"stco", 8, b"\x7f" * 4), "outside its media"),
    "a table tells of too many rows": (changed(b"stco", 4, b"\0\0\0\x7f"), "tells of 127 rows"),
    "there is another box of sound": (lambda data: data + b"\0\0\0\x08mdat", "two boxes"),
    "another rate is told": (changed(b"esds", 4 + 5 + 3 + 5 + 13 + 5, b"\x12"), "AAC of one channel"),
    "the tags are gone": (lambda data: data.replace(b"ilst", b"skip"), "ilst"),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_every_breakage_is_found(breakage: str, folder: Path) -> None:
    change, words = BREAKAGES[breakage]
    path = folder / "page.m4b"
    right = path.read_bytes()
    wrong = change(right)
    assert wrong != right, "the test itself breaks nothing"
    path.write_bytes(wrong)
    assert re.search(words, faults(folder))


def test_marks_that_stand_in_speech_are_found(made: Spoken, folder: Path) -> None:
    """Everything is in order, but the marks are one and a half seconds early."""
    early = replace(made.edition.timeline, marks=tuple(map(earlier, made.edition.timeline.marks)))
    replace(made, edition=replace(made.edition, timeline=early)).write(folder, ("timeline",))
    assert any("does not begin in silence" in trouble for trouble in m4b.verify(folder))


def earlier(mark: Mark) -> Mark:
    by = 33_075 if mark.start else 0
    return replace(mark, start=mark.start - by)


@pytest.mark.needs("ffmpeg")
def test_ffmpeg_decodes_it_without_a_word(folder: Path) -> None:
    command = ["ffmpeg", "-v", "warning", "-i", str(folder / "page.m4b"), "-map", "0:a", "-f", "null", "-"]
    outcome = subprocess.run(command, capture_output=True, check=True, text=True)
    lines = [line for line in outcome.stderr.splitlines() if "timescale not set" not in line]
    assert lines == [], "(it misses a time scale for any cover, also of files that it wrote itself)"
