from __future__ import annotations

import struct
import zlib
from dataclasses import replace

from tests.formats import editions
from voicegen.formats import _cover
from voicegen.model.blob import blob
from voicegen.model.library import Library


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows, undone by the rules of the standard (PNG, section 9.2), from 8-bit RGB."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed, width, height = 8, b"", 0, 0
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + size]
        assert zlib.crc32(kind + body) == int.from_bytes(png[at + 8 + size : at + 12 + size], "big")
        if kind == b"IHDR":
            width, height, *rest = struct.unpack(">IIBBBBB", body)
            assert rest == [8, 2, 0, 0, 0]
        packed += body if kind == b"IDAT" else b""
        at += 12 + size
    data, rows, before = zlib.decompress(packed), [], bytes(3 * width)
    for start in range(0, len(data), 3 * width + 1):
        row = data[start + 1 : start + 1 + 3 * width]
        if data[start] == 2:
            row = bytes((a + b) % 256 for a, b in zip(row, before, strict=True)) if any(row) else before
        rows.append(row)
        before = row
    return width, height, rows


def light(colour: tuple[int, int, int]) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_our_cover_is_a_square_png_that_podcast_and_book_apps_take() -> None:
    data, kind = _cover.cover(editions.edition(editions.rich_document()))
    width, height, rows = pixels(data)
    assert kind == "image/png"
    assert width == height == len(rows) == 1_400
    assert {len(row) for row in rows} == {3 * 1_400}
    assert len(data) < 40_000
    assert rows[0] == rows[0][:3] * 1_400, "players may round its corners off"
    assert rows[700] != rows[0]
    assert rows == rows[::-1]


def test_a_page_keeps_its_cover_and_two_pages_have_different_ones() -> None:
    names = [f"page-{number}" for number in range(40)]
    assert len({_cover.drawn(name) for name in names}) == len(names)
    _cover.drawn.cache_clear()
    assert _cover.drawn("asthma") == _cover.drawn("asthma")


def test_every_ground_lets_the_bars_stand_out() -> None:
    for ground in _cover.GROUNDS:
        assert (light(_cover.INK) + 0.05) / (light(ground) + 0.05) >= 7


def test_the_clinics_own_picture_is_taken_for_pages_and_library() -> None:
    edition = editions.edition(editions.rich_document())
    jpeg, png = b"\xff\xd8\xff\xe0 a picture", b"\x89PNG\r\n\x1a\n a picture"
    own = replace(edition, page=replace(edition.page, cover=blob(jpeg)))
    assert _cover.cover(own) == (jpeg, "image/jpeg")
    assert _cover.library_cover(Library((), cover=blob(png))) == (png, "image/png")
    assert _cover.library_cover(Library(()))[1] == "image/png"
    assert [_cover.suffix(kind) for kind in ("image/jpeg", "image/png")] == [".jpg", ".png"]
