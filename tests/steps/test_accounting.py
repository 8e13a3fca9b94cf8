"""Nothing is lost without being noticed: each test takes something out of what would be spoken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from voicegen import extensions
from voicegen.config import Rests, Settings
from voicegen.model.document import Document
from voicegen.model.script import Script
from voicegen.pages import PageFile
from voicegen.sources.decoding import decode
from voicegen.steps.accounting import account
from voicegen.steps.scripting import write

PAGES = sorted(path for path in (ROOT / "content").iterdir() if path.suffix in {".html", ".md", ".txt"})
MORE = sorted((ROOT / "tests/golden").glob("*/in/*.*"))


def read(path: Path) -> tuple[Document, Script, str]:
    file = PageFile(path.stem, path.name, path).read(Settings(ROOT))
    document = extensions.source(path.name).read(file)
    script = write(document, Rests(), 3, "", lambda lang: True)
    return document, script, decode(file, labelled=path.suffix == ".html")[0]


def without(script: Script, line: str) -> Script:
    chapters = tuple(
        replace(chapter, lines=tuple(one for one in chapter.lines if one.id != line))
        for chapter in script.chapters
    )
    return replace(script, chapters=chapters)


@pytest.mark.parametrize("path", [*PAGES, *MORE], ids=lambda path: path.name)
def test_every_word_of_our_own_pages_is_accounted_for(path: Path) -> None:
    document, script, source = read(path)
    assert account(document, script, path.name, source).unaccounted == ()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_line_that_is_not_spoken_is_noticed(path: Path) -> None:
    document, script, source = read(path)
    lines = [line for line in script.lines if line.target]
    for line in lines[::5]:
        assert account(document, without(script, line.id), path.name, source).unaccounted, line.shown


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_piece_that_the_reader_forgot_to_name_is_noticed(path: Path) -> None:
    document, script, source = read(path)
    for at, piece in enumerate(document.left_out):
        if piece.text.strip() and piece.reason.name not in {"CODE", "METADATA", "HIDDEN"}:
            forgot = replace(document, left_out=document.left_out[:at] + document.left_out[at + 1 :])
            assert account(forgot, script, path.name, source).unaccounted, piece.text
