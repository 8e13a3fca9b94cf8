"""What is made of our own files is made once, and anew as soon as they are others."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from voicegen import keeping

PACKAGE = Path(keeping.__file__).parent


@pytest.fixture(autouse=True)
def may_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "en.toml"
    file.write_text('[small]\nto = "to"\nlist = ["à", "\U0001f600"]\n', "utf-8")
    return file


def test_an_unchanged_file_is_parsed_once(words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = keeping.toml(words)
    monkeypatch.setattr(tomllib, "loads", lambda text: pytest.fail("parsed again"))
    assert keeping.toml(words) == first == {"small": {"to": "to", "list": ["à", "\U0001f600"]}}


def test_another_text_of_the_same_length_and_time_is_noticed(words: Path) -> None:
    import os

    keeping.toml(words)
    before = words.stat()
    words.write_text(words.read_text("utf-8").replace('to = "to"', 'to = "of"'), "utf-8")
    os.utime(words, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert keeping.toml(words)["small"]["to"] == "of"


@pytest.mark.parametrize("found", [b"", b"{", b"\xff", b"[]", b'{"of": "other", "made": {"small": {}}}'])
def test_what_was_kept_and_is_not_readable_is_made_again(words: Path, found: bytes) -> None:
    keeping.toml(words)
    (place,) = (words.parent / "__pycache__").iterdir()
    place.write_bytes(found)
    assert keeping.toml(words)["small"]["to"] == "to"
    assert place.read_bytes() != found


def test_a_folder_that_takes_nothing_is_no_trouble(words: Path) -> None:
    (words.parent / "__pycache__").write_text("a file")
    assert keeping.toml(words)["small"]["to"] == "to"


def test_nothing_is_kept_where_python_keeps_nothing(words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert keeping.toml(words)["small"]["to"] == "to"
    assert not (words.parent / "__pycache__").exists()


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("words/**/*.toml")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_each_file_of_words_is_the_same_when_it_was_kept(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / file.name
    copy.write_bytes(file.read_bytes())
    assert keeping.toml(copy) == keeping.toml(copy) == tomllib.loads(file.read_text("utf-8"))
