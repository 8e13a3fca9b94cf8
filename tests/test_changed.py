"""Of many pages, a build looks at those whose texts changed, and gives what a look at all of them would give."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from voicegen import changed, ledger, pages, unchanged
from voicegen.pages import PageFile
from voicegen.stores._entries import Entries
from voicegen.unchanged import NAME

SETTINGS = '[voice]\nengine = "tone"\n[publications]\nformats = ["webvtt", "timeline"]\n'
COUNT = 6
Counts = dict[str, list[str]]


def text(number: int, words: str = "hours") -> str:
    return PAGE.replace("Gallstones", f"Illness {number}").replace("hours", words)


@pytest.fixture
def built(make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch) -> Project:
    """A library that counts as one of many pages."""
    monkeypatch.setattr(changed, "MANY", 3)
    project = make_project(settings=SETTINGS)
    for number in range(COUNT):
        project.page(f"p{number}.txt", text(number))
    assert project.build().exit_code == 0
    return project


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """Which pages are read, and what is understood of the ledger."""
    found: Counts = {"read": [], "understood": [], "found": []}
    read, understood, find = PageFile.read, ledger.understood, pages.find

    def counted(name: str, real: Callable[..., object], which: Callable[..., str]) -> Callable[..., object]:
        def call(*given: object) -> object:
            found[name].append(which(*given))
            return real(*given)

        return call

    monkeypatch.setattr(PageFile, "read", counted("read", read, lambda page, _: str(page.id)))
    monkeypatch.setattr(ledger, "understood", counted("understood", understood, lambda name, _: str(name)))
    monkeypatch.setattr(pages, "find", counted("found", find, lambda _: "all"))
    return found


def outcomes(project: Project) -> dict[str, str]:
    return {page.id: page.outcome for page in project.build().pages}


def as_if_made_anew(project: Project, tmp_path: Path) -> dict[str, bytes]:
    """What a build of the same pages from nothing publishes."""
    other = Project(tmp_path / "anew", SETTINGS)
    shutil.copytree(project.place / "content", other.place / "content", dirs_exist_ok=True)
    shutil.copy(project.place / "voicegen.toml", other.place)
    other.build()
    return other.tree()


def test_one_changed_page_is_the_only_one_that_is_read_or_understood(
    built: Project, counts: Counts, tmp_path: Path
) -> None:
    built.page("p2.txt", text(2, "days"))
    result = built.build()
    assert [page.outcome for page in result.pages] == ["unchanged"] * 2 + ["made"] + ["unchanged"] * 3
    assert [page.id for page in result.pages] == [f"p{number}" for number in range(COUNT)]
    assert counts["found"] == []
    assert set(counts["read"]) == {"p2"}
    assert {name.partition("/")[0] for name in result.written} == {"p2", "manifest.json"} | (
        {"index.html"} & set(result.written)
    )
    found = unchanged.found(built.place)
    assert found is not None, "the next build has nothing to do"
    assert [page.outcome for page in found[0].pages] == ["unchanged"] * COUNT
    assert built.tree() == as_if_made_anew(built, tmp_path)


def test_it_goes_on_so_for_one_page_after_another(built: Project, counts: Counts, tmp_path: Path) -> None:
    for words, number in {"days": 4, "weeks": 0, "months": 4, "years": 5}.items():
        built.page(f"p{number}.txt", text(number, words))
        built.build()
    assert counts["found"] == []
    assert built.tree() == as_if_made_anew(built, tmp_path)


def _taken_back(project: Project) -> None:
    path = project.place / "history" / "held.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("{}")


OTHERS: dict[str, Callable[[Project], object]] = {
    "a new page": lambda project: project.page("p9.txt", text(9)),
    "a page that is gone": lambda project: (project.place / "content/p3.txt").unlink(),
    "a setting": lambda project: (project.place / "voicegen.toml").write_text(SETTINGS + "[rests]\nitem = 1.0\n"),
    "a pronunciation": lambda project: (project.place / "content/pronunciations.toml").write_text(
        '[[pronunciation]]\nword = "bile"\nsay = "bayl"\n'
    ),
    "a published file of another page": lambda project: (project.output / "p3/captions.vtt").write_text(
        "WEBVTT\n"
    ),
    "a folder of another page": lambda project: shutil.rmtree(project.output / "p3"),
    "the list of pages": lambda project: (project.output / "index.html").unlink(),
    "the ledger": lambda project: os.utime(project.place / ".voicegen/ledger.json", ns=(1, 1)),
    "a page that was taken back": _taken_back,
    "half a note": lambda project: os.truncate(project.place / ".voicegen" / NAME, 900),
}


@pytest.mark.parametrize("other", OTHERS)
def test_where_anything_else_differs_the_build_looks_at_all(other: str, built: Project, counts: Counts) -> None:
    built.page("p2.txt", text(2, "days"))
    OTHERS[other](built)
    assert built.build().exit_code == 0
    assert counts["found"] == ["all"]
    assert (built.output / "p3").is_dir() == (other != "a page that is gone")
    assert unchanged.found(built.place) is not None


def test_of_a_few_pages_all_are_looked_at(built: Project, counts: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "MANY", COUNT + 1)
    built.page("p2.txt", text(2, "days"))
    built.build()
    assert counts["found"] == ["all"]


def test_a_page_that_fails_is_tried_again_alone_and_what_was_published_of_it_stays(
    built: Project, counts: Counts, tmp_path: Path
) -> None:
    before = (built.output / "p2/captions.vtt").read_bytes()
    built.page("p2.txt", "")
    for _ in range(2):
        assert outcomes(built)["p2"] == "failed"
        assert unchanged.found(built.place) is None
        assert (built.output / "p2/captions.vtt").read_bytes() == before
    built.page("p2.txt", text(2, "weeks"))
    assert outcomes(built) == {f"p{number}": "made" if number == 2 else "unchanged" for number in range(COUNT)}
    assert (counts["found"], set(counts["read"])) == ([], {"p2"})
    assert built.tree() == as_if_made_anew(built, tmp_path)


def test_a_new_page_that_failed_joins_the_others_once_it_can_be_made(
    built: Project, counts: Counts, tmp_path: Path
) -> None:
    built.page("p9.txt", "")
    assert outcomes(built)["p9"] == "failed"
    built.page("p9.txt", text(9))
    assert outcomes(built)["p9"] == "made"
    assert counts["found"] == ["all"], "only when it came"
    assert unchanged.found(built.place) is not None
    (built.output / "p9" / "captions.vtt").write_text("WEBVTT\n")
    assert unchanged.found(built.place) is None
    built.build()
    assert built.tree() == as_if_made_anew(built, tmp_path)


def test_a_page_saved_while_it_is_made_is_made_again(built: Project) -> None:
    path = built.page("p2.txt", text(2, "days"))
    built.build(progress=lambda *_: path.write_text(text(2, "weeks")))
    assert unchanged.found(built.place) is None
    assert outcomes(built)["p2"] == "made"
    assert "weeks" in (built.output / "p2/captions.vtt").read_text()


def test_what_is_said_of_the_others_is_said_still(built: Project) -> None:
    due = date.today() + timedelta(5)
    settings = SETTINGS + "".join(f'[pages.p{number}]\nnext_review = "{due}"\n' for number in (1, 2, 8))
    (built.place / "voicegen.toml").write_text(settings)
    built.build()
    built.page("p2.txt", text(2, "days"))
    result = built.build()
    assert [notice.partition(":")[0] for notice in result.notices if "review is due" in notice] == ["p1"]
    assert any("[pages.p8]" in notice for notice in result.notices)
    (made,) = [page for page in result.pages if page.outcome == "made"]
    assert any("review is due" in notice for notice in made.notices)
    found = unchanged.found(built.place)
    assert found is not None
    assert sorted(found[0].notices) == sorted(built.build().notices)


def test_within_a_week_a_build_looks_at_all_and_clears_up_the_store(
    built: Project, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> int:
        return sum(path.is_file() for path in (built.place / ".voicegen/store").rglob("*"))

    for words in ("days", "weeks", "months", "years"):
        built.page("p2.txt", text(2, words))
        built.build()
    before = kept()
    head = json.loads((built.place / ".voicegen" / NAME).read_text("utf-8").partition("\n")[0])
    assert head["until"] <= str(date.today() + timedelta(changed.CLEARED_UP_DAYS))
    monkeypatch.setattr(unchanged, "today", lambda: head["until"])
    assert counts["found"] == []
    built.build()
    assert counts["found"] == ["all"]
    assert kept() < before


def test_a_build_of_named_pages_leaves_clearing_up_the_store_to_one_of_all(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[Entries] = []

    def prune(self: Entries, keep: Collection[str]) -> int:
        listed.append(self)
        return real(self, keep)

    real = Entries.prune
    monkeypatch.setattr(Entries, "prune", prune)
    built.page("p2.txt", text(2, "days"))
    assert [page.outcome for page in built.build(only=["p2"]).pages] == ["made"]
    assert listed == []
    built.page("new.txt")
    built.build()
    assert len(listed) == 1
