"""What `verify` finds in broken talking books, and that whatever it is given it ends in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.editions import rich_document
from tests.formats.epub_breakages import MORE, NINE, Breakage, broken
from tests.formats.spoken_editions import published, spoken
from voicegen.errors import PublicationError
from voicegen.formats import epub


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a page with every kind of block."""
    return published(tmp_path_factory.mktemp("rich"), spoken(rich_document()), epub.render)


@pytest.mark.parametrize("breakage", [*NINE, *MORE], ids=lambda breakage: breakage.name)
def test_a_broken_book_is_found_out(rich: Path, tmp_path: Path, breakage: Breakage) -> None:
    (tmp_path / "timeline.json").write_bytes((rich / "timeline.json").read_bytes())
    broken(rich / "asthma.epub", breakage, tmp_path / "asthma.epub")
    assert re.search(breakage.ours, "\n".join(found(tmp_path)))


def test_a_book_that_is_only_packed_anew_is_as_good_as_before(rich: Path, tmp_path: Path) -> None:
    (tmp_path / "timeline.json").write_bytes((rich / "timeline.json").read_bytes())
    broken(rich / "asthma.epub", Breakage("not at all", lambda _: None, ""), tmp_path / "asthma.epub")
    assert found(tmp_path) == []


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_bytes_are_spoilt_the_check_ends_in_words(
    rich: Path, tmp_path: Path, data: st.DataObject
) -> None:
    (tmp_path / "timeline.json").write_bytes((rich / "timeline.json").read_bytes())
    book = bytearray((rich / "asthma.epub").read_bytes())
    places = st.one_of(st.integers(0, len(book) - 1), st.integers(len(book) - 3_000, len(book) - 1))
    for _ in range(data.draw(st.integers(1, 5))):
        book[data.draw(places)] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(book)), st.integers(0, len(book))))
    (tmp_path / "asthma.epub").write_bytes(book[:end])
    assert all(isinstance(trouble, str) for trouble in found(tmp_path))


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_cut_or_doubled_in_its_texts_the_check_ends_in_words(
    rich: Path, tmp_path: Path, data: st.DataObject
) -> None:
    def edit(files: dict[str, bytes]) -> None:
        name = data.draw(st.sampled_from(sorted(name for name in files if name.endswith(("ml", ".opf", ".smil")))))
        tokens = re.split(r"(<[^>]*>|\s|\")", files[name].decode())
        start = data.draw(st.integers(0, len(tokens) - 1))
        end = data.draw(st.integers(start, min(len(tokens), start + 12)))
        tokens[start:end] = data.draw(st.sampled_from(([], tokens[start:end] * 2, ["9" * 400 + "s"], ["\x00"])))
        files[name] = "".join(tokens).encode()

    (tmp_path / "timeline.json").write_bytes((rich / "timeline.json").read_bytes())
    broken(rich / "asthma.epub", Breakage("", edit, ""), tmp_path / "asthma.epub")
    assert all(isinstance(trouble, str) for trouble in found(tmp_path))


def found(folder: Path) -> list[str]:
    """What is wrong with the book in the folder, in words."""
    try:
        return list(epub.verify(folder))
    except PublicationError as error:
        return [str(error)]
