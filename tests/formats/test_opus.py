"""Ogg Opus: what stands in the file, and that `verify` misses nothing that was spoilt."""

from __future__ import annotations

import io
import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sounds import Spoken, spoken
from voicegen.errors import PublicationError
from voicegen.formats import opus as publication
from voicegen.recordings.ogg import OggOpus, comments, pages
from voicegen.sound import ogg, opus
from voicegen.sound.chapters import one_line
from voicegen.steps.blobs import chunks
from voicegen.steps.timecode import to_ms

TITLES = ("Gallstones", "What they are", "Symptoms")


@pytest.fixture(scope="module")
def made() -> Spoken:
    return spoken(TITLES, codecs=("opus",), metadata=(("reviewed", "2026-03-09"),))


@pytest.fixture
def folder(made: Spoken, tmp_path: Path) -> Path:
    made.write(tmp_path, ("timeline", "opus"))
    return tmp_path


def the_file(made: Spoken) -> bytes:
    (file,) = publication.render(made.edition)
    return b"".join(piece for part in file.parts for piece in chunks(part))


def read(data: bytes) -> OggOpus:
    return OggOpus(io.BytesIO(data), "page.opus")


def bit_by_bit(data: bytes) -> int:
    """The check sum of an Ogg page by its definition (RFC 3533, section 6)."""
    total = 0
    for byte in data:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1 ^ 0x04C11DB7 if total & 1 << 31 else total << 1) & 0xFFFFFFFF
    return total


@given(st.binary(max_size=600))
def test_the_quick_check_sum_is_that_of_the_definition(data: bytes) -> None:
    assert ogg.crc(data) == bit_by_bit(data)


@given(st.integers(0, 70_000))
def test_a_packet_of_any_length_is_laced_and_read_back(size: int) -> None:
    packet = bytes(size)
    stream = b"".join(ogg.header_pages([b"first", packet], 7))
    found = list(pages(io.BytesIO(stream)))
    assert b"".join(part for page in found[1:] for part in page.packets) == packet
    assert [page.number for page in found] == list(range(len(found)))
    assert [bool(page.flags & ogg.CONTINUED) for page in found[1:]] == [False] + [True] * (len(found) - 2)


def test_a_page_has_at_most_a_second_and_each_chapter_begins_one(made: Spoken) -> None:
    found = list(pages(io.BytesIO(the_file(made))))
    granules = [page.granule for page in found[2:]]
    assert all(b - a <= opus.RATE_HZ + opus.GRID for a, b in zip([0, *granules], granules, strict=False))
    starts = {opus.place(mark.start, made.edition.timeline.rate_hz) for mark in made.edition.timeline.marks}
    assert starts <= {0, *granules}
    assert found[-1].flags & ogg.LAST


def test_a_player_gets_every_chapter_title_and_tag(made: Spoken) -> None:
    timeline = made.edition.timeline
    with av.open(io.BytesIO(the_file(made))) as file:
        found = [(c["start"], c["metadata"]["title"]) for c in file.chapters()]
        tags = file.streams.audio[0].metadata
    assert found == [(to_ms(mark.start, timeline.rate_hz), mark.title) for mark in timeline.marks]
    wanted = {"title": "Gallstones", "artist": "Riverside Spine and Health Centre", "date": "2026-03-09"}
    assert wanted.items() <= {name.lower(): value for name, value in tags.items()}.items()


def test_the_same_edition_gives_the_same_bytes() -> None:
    one, two = (the_file(spoken(TITLES, codecs=("opus",))) for _ in range(2))
    assert one == two


def test_more_chapters_than_have_numbers_are_told_by_their_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OggOpus, "most_chapters", 50)  # a thousand would take the test long
    levels = [1, *([2, 3, 3] * 20)]
    made = spoken([f"Part {at}" for at in range(61)], 8_000, levels=levels, different=1, codecs=("opus",))
    made.write(tmp_path, ("timeline", "opus"))
    assert list(publication.verify(tmp_path)) == []
    found = read((tmp_path / "page.opus").read_bytes()).chapters
    sections = {f"Part {at}" for at, level in enumerate(levels) if level < 3}
    assert sections <= {title for _, _, title in found}
    assert len(found) <= 50


@pytest.mark.parametrize(
    "title",
    [
        '<b>"quoted"</b> & = [x]; #\\ CHAPTER001=00:00:00.000',
        "Very long ünïcödé words that go on " * 4_000,
        "👩🏽‍⚕️ e\u0301 \u202eturned\u202c \u2067isolated\u2069",
        "tab\tnul\0bell\x07 line\nTITLE=other\u2028 \ufffe\ud800",
        "الأعراض: ما هي؟",
    ],
)
def test_any_title_is_read_back(title: str) -> None:
    made = spoken(["Opening", title], 8_000, codecs=("opus",))
    data = the_file(made)
    assert [found for _, _, found in read(data).chapters] == ["Opening", one_line(title)]
    with av.open(io.BytesIO(data)) as file:
        assert [chapter["metadata"]["title"] for chapter in file.chapters()] == ["Opening", one_line(title)]


def test_a_right_recording_has_no_fault(folder: Path) -> None:
    assert list(publication.verify(folder)) == []


def faults(folder: Path) -> str:
    """What is wrong, however `verify` says it."""
    try:
        return "\n".join(publication.verify(folder))
    except PublicationError as error:
        return str(error)


def resealed(change: Callable[[list[tuple[list[int], bytes, bytes]]], None]) -> Callable[[bytes], bytes]:
    """The file with its pages changed (header fields, segments, body) and every check sum made right again."""

    def apply(data: bytes) -> bytes:
        found, at = [], 0
        while at < len(data):
            fields = list(ogg.HEAD.unpack_from(data, at))
            segments = data[at + 27 : at + 27 + fields[7]]
            start = at + 27 + fields[7]
            found.append((fields, segments, data[start : start + sum(segments)]))
            at = start + sum(segments)
        change(found)
        out = b""
        for (_, _, flags, granule, serial, number, _, _), segments, body in found:
            out += ogg.page_head(flags, granule, serial, number, segments, [body]) + body
        return out

    return apply


def tags_changed(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(found: list[tuple[list[int], bytes, bytes]]) -> None:
        fields, segments, body = found[1]
        found[1] = (fields, segments, body.replace(old, new, 1))

    return resealed(change)


def field_changed(page: int, field: int, value: int) -> Callable[[bytes], bytes]:
    def change(found: list[tuple[list[int], bytes, bytes]]) -> None:
        found[page][0][field] = value

    return resealed(change)


BREAKAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "one bit of sound is turned": (lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:], "damaged"),
    "the file is cut": (lambda data: data[:-1], "not whole"),
    "the last page is gone": (resealed(lambda found: found.pop() and None), "last page is missing"),
    "a page is gone": (resealed(lambda found: found.pop(3) and None), "does not follow"),
    "a chapter is late": (tags_changed(b"CHAPTER001=00:00:0", b"CHAPTER001=00:00:1"), "said to begin"),
    "a chapter has another name": (tags_changed(b"=Symptoms", b"=Simptoms"), "is called"),
    "a chapter has another number": (tags_changed(b"CHAPTER002=", b"CHAPTER003="), "chapter"),
    "a chapter's time is none": (tags_changed(b"=00:00:00.000", b"=00:00:00,000"), "no time"),
    "a time is wrong": (field_changed(4, 3, 48_000), "ends at 48000"),
    "the end is told too early": (field_changed(-1, 3, 48_000), "samples longer"),
    "it ends in the middle": (field_changed(3, 2, ogg.LAST), "follows its last page"),
    "the head is another's": (lambda data: data.replace(b"OpusHead", b"OpusHaed"), "damaged"),
    "something follows": (lambda data: data + b"OggSomething else that is long enough", "no Ogg page|not whole"),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_every_breakage_is_found(breakage: str, folder: Path) -> None:
    change, words = BREAKAGES[breakage]
    path = folder / "page.opus"
    right = path.read_bytes()
    wrong = change(right)
    assert wrong != right, "the test itself breaks nothing"
    path.write_bytes(wrong)
    assert re.search(words, faults(folder))


def test_pre_skip_is_what_the_encoder_says() -> None:
    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = opus.SPEECH_HZ, "mono", "flt"
    encoder.options = opus.OPTIONS
    encoder.open()
    (pre_skip,) = struct.unpack_from("<H", encoder.extradata or b"", 10)
    assert pre_skip == opus.DELAY


def test_comments_that_are_no_comments_are_refused() -> None:
    right = ogg.opus_tags("voicegen", [("TITLE", "x")])
    assert comments(right) == [("TITLE", "x")]
    for wrong in (b"", right[:-1], right + b"\0", b"OpusTags" + b"\xff" * 8, right[:16] + b"\xff\xff\xff\xff"):
        with pytest.raises((ValueError, struct.error)):
            comments(wrong)


@pytest.mark.needs("ffmpeg")
def test_ffmpeg_decodes_it_without_a_word(folder: Path) -> None:
    command = ["ffmpeg", "-v", "warning", "-i", str(folder / "page.opus"), "-f", "null", "-"]
    outcome = subprocess.run(command, capture_output=True, check=True, text=True)
    assert outcome.stderr == ""
