"""The ledger on the disk: a line for each page, whole or nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from voicegen import ledger
from voicegen.errors import TemporaryError
from voicegen.ledger import Entry, Ledger, Pages

FACTS = {
    "title": "Ångström’s “knee”\n{}}",
    "lang": "en",
    "publisher": "",
    "seconds": 30,
    "chapters": 1,
    "headings": ["Pain"],
    "dates": {"published": "2026-01-02"},
}


def entry(number: int) -> Entry:
    """A page's entry."""
    files = {"index.html": (number, 5, "ab"), "chapters/01.mp3": (7, 8, "cd")}
    return Entry(f"{number}.html", {"text": str(number), "program": "p"}, files, FACTS, ("k", "l"), ("m",))


@pytest.fixture
def kept(tmp_path: Path) -> Ledger:
    """A ledger of three pages that was saved."""
    known = Ledger(tmp_path / "ledger.json", Pages({f"page-{number}": entry(number) for number in (3, 1, 2)}))
    known.library = {"index.html": (1, 2, "ef")}
    known.save()
    return known


def test_what_was_saved_is_found_again(kept: Ledger) -> None:
    """All of it, whatever characters a title has."""
    found = ledger.load(kept.path)
    assert (found.pages, found.library) == (kept.pages, kept.library)


def test_it_is_json_with_a_line_for_each_page_in_order(kept: Ledger) -> None:
    """So that many pages need not be in memory as text, and any program can read it."""
    text = kept.path.read_text("utf-8")
    assert list(json.loads(text)["pages"]) == ["page-1", "page-2", "page-3"]
    assert [line[1:7] for line in text.splitlines()[1:-1]] == ["page-1", "page-2", "page-3"]


def test_json_in_another_layout_is_understood_too(kept: Ledger) -> None:
    """As earlier versions wrote it, and other programs may."""
    kept.path.write_text(json.dumps(json.loads(kept.path.read_text("utf-8"))), "utf-8")
    assert ledger.load(kept.path).pages == kept.pages


def test_an_empty_ledger_is_one(tmp_path: Path) -> None:
    """It is written before the first page is."""
    Ledger(tmp_path / "ledger.json").save()
    assert json.loads((tmp_path / "ledger.json").read_text())["pages"] == {}
    assert ledger.load(tmp_path / "ledger.json").pages == {}


def test_wherever_it_breaks_off_it_tells_of_no_page(kept: Ledger) -> None:
    """Of some pages only it would tell that the others are gone."""
    data = kept.path.read_bytes()
    for length in range(len(data)):
        kept.path.write_bytes(data[:length])
        assert not ledger.load(kept.path).pages, data[:length][-40:]


def test_of_many_pages_only_those_that_are_asked_for_are_understood(
    kept: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 100,000 pages all would be a gigabyte; what is not asked for is written again as it was."""
    before, understood = kept.path.read_bytes(), ledger.understood
    asked: list[str] = []

    def counted(name: str, data: Mapping[str, Any]) -> Entry:
        asked.append(name)
        return understood(name, data)

    monkeypatch.setattr(ledger, "understood", counted)
    found = ledger.load(kept.path)
    assert [card.id for card in found.pages.cards()] == ["page-1", "page-2", "page-3"]
    found.save()
    assert (asked, kept.path.read_bytes()) == ([], before)
    assert found.pages["page-2"] == entry(2)
    assert asked == ["page-2"]


def test_it_is_as_it_was_when_it_was_read_though_another_takes_its_place(kept: Ledger) -> None:
    """Others read it while a build writes it."""
    found = ledger.load(kept.path)
    Ledger(kept.path, Pages({"page-9": entry(9)})).save()
    assert dict(found.pages) == {f"page-{number}": entry(number) for number in (1, 2, 3)}


@pytest.mark.skipif(not hasattr(os, "pread"), reason="there, it is read at once")
def test_what_the_disk_gives_in_parts_is_whole_and_what_was_cut_meanwhile_is_not_written_down_as_a_line(
    kept: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ledger.load(kept.path)
    real = os.pread
    monkeypatch.setattr(os, "pread", lambda handle, size, at: real(handle, min(size, 7), at))
    assert {name: found.pages[name] for name in found.pages} == dict(kept.pages)
    os.truncate(kept.path, kept.path.stat().st_size * 2 // 3)
    with pytest.raises(TemporaryError):
        Ledger(kept.path.with_name("other.json"), found.pages).save()
    assert not kept.path.with_name("other.json").exists()


def test_a_line_that_is_not_as_it_was_written_is_looked_at_before_it_is_believed(kept: Ledger) -> None:
    """A digit that a disk spoiled could else be taken for a page's."""
    data = kept.path.read_bytes()
    kept.path.write_bytes(data.replace(b'"ab"', b'"\x00b"', 1))
    assert not ledger.load(kept.path).pages
    kept.path.write_bytes(data.replace(b'"seconds":30', b'"seconds":31', 1))
    assert ledger.load(kept.path).pages["page-1"].facts["seconds"] == 31
    kept.path.write_bytes(data.replace(b'"page-1":{', b'"../one":{', 1))
    assert not ledger.load(kept.path).pages
