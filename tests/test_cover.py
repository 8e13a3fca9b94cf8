"""The clinic's own cover picture: taken as it is, or refused with what is wrong with it."""

from __future__ import annotations

import io
import struct
import zlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Project
from voicegen import cover
from voicegen.config import load
from voicegen.errors import SettingsError
from voicegen.extensions import engines, formats
from voicegen.formats._cover import drawn
from voicegen.pictures import jpeg_size, png_size
from voicegen.recordings.m4b import M4b

SETTINGS = (
    '[voice]\nengine = "tone"\n[publications]\ncover = "art/cover.jpg"\nformats = ["timeline", "m4b", "mp3"]\n'
)


def picture(codec: str, width: int, height: int, pixels: str) -> bytes:
    """A real picture, all of one colour."""
    encoder: Any = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = width, height, pixels, Fraction(1)
    frame = av.VideoFrame(width, height, pixels)
    for plane in frame.planes:
        plane.update(bytes([90]) * plane.buffer_size)
    return b"".join(bytes(packet) for packet in (*encoder.encode(frame), *encoder.encode(None)))


JPEG = picture("mjpeg", 1_400, 1_400, "yuvj420p")
GREY_PNG = picture("png", 1_500, 1_500, "gray")


def own(place: Path, data: bytes | None) -> bytes:
    project = Project(place / "project", SETTINGS)
    if data is not None:
        (project.place / "art").mkdir()
        (project.place / "art" / "cover.jpg").write_bytes(data)
    blob = cover.own(load(project.place, engines(), formats()))
    assert blob
    return blob.data


RIGHT = {"jpeg": JPEG, "grey": GREY_PNG, "ours": drawn("x"), "padded": JPEG + b"\0\0"}


@pytest.mark.parametrize("data", RIGHT.values(), ids=RIGHT)
def test_a_square_picture_is_taken_as_it_is_whatever_its_name_says(data: bytes, tmp_path: Path) -> None:
    assert own(tmp_path, data) == data


def in_print_colours() -> bytes:
    at = JPEG.index(b"\xff\xc0")
    return JPEG[: at + 9] + b"\4" + JPEG[at + 10 :]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "can't be read"),
        (b"", "no whole JPEG or PNG"),
        (b"GIF89a" + bytes(90), "no whole JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no whole JPEG or PNG"),
        (JPEG[: len(JPEG) // 2], "no whole JPEG or PNG"),
        (GREY_PNG[: len(GREY_PNG) // 2], "no whole JPEG or PNG"),
        (GREY_PNG[:60] + b"\0" + GREY_PNG[61:], "no whole JPEG or PNG"),
        (picture("mjpeg", 1_400, 1_000, "yuvj420p"), "1400 by 1000 pixels"),
        (picture("png", 600, 600, "rgb24"), "600 by 600 pixels"),
        (picture("png", 3_200, 3_200, "gray"), "3200 by 3200 pixels"),
        (in_print_colours(), "colours of print"),
        (JPEG + bytes(cover.LARGEST_BYTES), "larger than 2 MB"),
    ],
)
def test_a_picture_that_players_would_leave_out_is_refused_with_the_reason(
    data: bytes | None, words: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=words) as refused:
        own(tmp_path, data)
    assert "[publications] cover" in str(refused.value)
    assert "art/cover.jpg" in str(refused.value)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_size_or_none(data: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        for size in (png_size(start + data), jpeg_size(start + data)):
            assert size is None or len(size) == 3


def test_a_png_that_does_not_begin_with_its_header_is_refused() -> None:
    end = b"IEND" + zlib.crc32(b"IEND").to_bytes(4, "big")
    assert png_size(b"\x89PNG\r\n\x1a\n" + bytes(4) + end) is None


def test_another_picture_makes_the_pages_again_and_stands_in_them(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", SETTINGS)
    project.page("knee.txt", "Knee pain\n\nRest\nRest the leg.\n")
    art = project.place / "art"
    art.mkdir()
    for data in (JPEG, GREY_PNG):
        (art / "cover.jpg").write_bytes(data)
        result = project.build()
        assert [page.outcome for page in result.pages] == ["made"]
        book = (project.output / "knee" / "knee.m4b").read_bytes()
        assert M4b(io.BytesIO(book), "knee.m4b").tags["covr"] == data
        kind = 14 if data is GREY_PNG else 13
        assert struct.pack(">I", kind) + bytes(4) + data[:8] in book
    assert [page.outcome for page in project.build().pages] == ["unchanged"]
