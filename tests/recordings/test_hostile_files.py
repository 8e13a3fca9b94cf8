"""Whatever a file holds: it is read as a recording or refused by our error, in a moment, and never more."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.sounds import spoken
from voicegen import extensions
from voicegen.errors import PublicationError
from voicegen.recordings.m4b import M4b
from voicegen.recordings.mp3 import Mp3
from voicegen.recordings.ogg import OggOpus
from voicegen.recordings.opening import Recording, opened
from voicegen.sound import ogg
from voicegen.steps.blobs import chunks

READERS: dict[str, Callable[[BinaryIO, str], Recording]] = {"mp3": Mp3, "m4b": M4b, "opus": OggOpus}


@cache
def right(kind: str) -> bytes:
    """A right file of each kind, small."""
    edition = spoken(["One", "Two"], 16_000).edition
    file = next(iter(extensions.format_(kind).render(edition)))
    return b"".join(piece for part in file.parts for piece in chunks(part))


def tried(kind: str, data: bytes) -> None:
    """Reads the file and decodes a little of it. Any error but ours goes through."""
    with suppress(PublicationError):
        recording = READERS[kind](io.BytesIO(data), "page")
        recording.decode(-500, 2_000)
        recording.decode(recording.samples - 500, recording.samples + 500)


@pytest.mark.parametrize("kind", READERS)
def test_a_right_file_is_read(kind: str) -> None:
    recording = READERS[kind](io.BytesIO(right(kind)), "page")
    assert [title for _, _, title in recording.chapters] == ["One", "Two"]
    assert len(recording.decode(-500, 2_000)) == 2_500


@pytest.mark.parametrize("kind", READERS)
@settings(deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_refused_in_our_words(kind: str, data: bytes) -> None:
    tried(kind, data)


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=150, deadline=None)
@given(place=st.floats(0, 1), value=st.binary(min_size=1, max_size=8), start=st.booleans())
def test_a_file_with_some_bytes_changed_is_read_or_refused(
    kind: str, place: float, value: bytes, start: bool
) -> None:
    data = right(kind)
    at = int(place * min(len(data), 2_500 if start else len(data)))
    tried(kind, data[:at] + value + data[at + len(value) :])


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1), size=st.integers(1, 5_000))
def test_a_file_that_misses_a_piece_is_read_or_refused(kind: str, place: float, size: int) -> None:
    data = right(kind)
    at = int(place * len(data))
    tried(kind, data[:at] + data[at + size :])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_ogg_pages_that_are_sealed_rightly_may_still_hold_anything(data: st.DataObject) -> None:
    """An attacker computes check sums, too."""
    whole = right("opus")
    at, out, pages = 0, b"", 0
    broken = data.draw(st.integers(0, 6))
    while at < len(whole):
        _, _, flags, granule, serial, number, _, count = ogg.HEAD.unpack_from(whole, at)
        segments = whole[at + 27 : at + 27 + count]
        body = whole[at + 27 + count : at + 27 + count + sum(segments)]
        at += 27 + count + sum(segments)
        if pages == broken:
            flags = data.draw(st.sampled_from([flags, 0, 1, 2, 4, 7]))
            granule = data.draw(st.sampled_from([granule, -1, -(2**63), 2**63 - 1]))
            spot = data.draw(st.integers(0, max(0, len(body) - 1)))
            value = data.draw(st.binary(max_size=6))
            body = (body[:spot] + value + body[spot + len(value) :])[: sum(segments)]
        out += ogg.page_head(flags, granule, serial, number, segments, [body]) + body
        pages += 1
    tried("opus", out)


def test_boxes_that_claim_to_be_huge_cost_nothing() -> None:
    head = b"\0\0\0\x08ftyp"
    huge = (1).to_bytes(4, "big") + b"moov" + (1 << 62).to_bytes(8, "big")
    for data in (head + huge, head + b"\xff\xff\xff\xffmoov", head + b"\0\0\0\0moov", head + b"\0\0\0\7moov"):
        with pytest.raises(PublicationError, match="does not fit"):
            M4b(io.BytesIO(data), "page")


def test_a_table_that_claims_more_rows_than_it_has_is_refused() -> None:
    data = right("m4b")
    for kind in (b"stsz", b"stco", b"stsc", b"stts", b"elst"):
        at = data.index(kind) + (12 if kind == b"stsz" else 8)
        with pytest.raises(PublicationError):
            M4b(io.BytesIO(data[:at] + b"\xff\xff\xff\xf0" + data[at + 4 :]), "page")


def test_other_files_are_no_recordings(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="no kind of recording"), opened(tmp_path / "page.wav"):
        pass
    with pytest.raises(PublicationError, match="can't be read"), opened(tmp_path / "page.mp3"):
        pass
