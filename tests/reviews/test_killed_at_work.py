"""Killed for good at each change of the disk while staff keep, give up, fetch, decide, publish or take back.

Nothing is half done, the next command finishes without repair, and the log says what was done and who did it.
"""

from __future__ import annotations

import json
import os
import shutil
from codecs import BOM_UTF8 as BOM
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.faults.file_calls import Fault, Program, compiled, program
from tests.fetching.clinic_site import page, running
from tests.reviews.desk_at_work import Desk, acting
from tests.reviews.projects import DOSE, REQUIRED, approve, drafted, log, published
from tests.test_taking_back import copied, whole
from voicegen import lexicon

pytestmark = pytest.mark.needs("cc")
Make = Callable[..., Project]
SMALL = REQUIRED.replace('["html", "mp3", "webvtt", "timeline", "account"]', '["mp3", "timeline"]')
EVERY = bool(os.environ.get("VOICEGEN_EVERY_CALL"))
"""Whether all calls are tried; else every third, and fewer where it is but a draft that is made."""
FIRST = 24
"""So many calls are closer to the act."""


@pytest.fixture(scope="module")
def voicegen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with program(tmp_path_factory.mktemp("program")) as loaded:
        yield loaded


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with acting(compiled(tmp_path_factory.mktemp("library"))) as loaded:
        yield loaded


def calls(act: Callable[[int], bool], step: int = 3) -> int:
    """Has an act killed at one call after the other until it comes to its end; gives how often it was."""
    at, kills = 1, 0
    while act(at):
        kills += 1
        at += 1 if EVERY else step if at < FIRST else 7 * step
    return kills


def draft_of(project: Project) -> dict[str, bytes]:
    folder = project.place / ".voicegen/drafts/a"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def said(project: Project) -> list[tuple[str, str]]:
    return [(entry.act, entry.by) for entry in log(project).entries if entry.act != "repaired"]


def kept_of(project: Project, act: str) -> bool:
    """Whether what staff wanted is so in the project, wholly; False where it is not at all."""
    if act == "keep_word":
        path = project.place / "content" / lexicon.FILE
        return path.is_file() and 'say = "oily"' in path.read_text()
    records = list((project.place / "recordings/a").glob("*.json"))
    lines = 5
    if act == "keep_chapter":
        assert len(records) in (0, lines), "half a chapter is in somebody's voice"
        return bool(records)
    assert len(records) in (lines - 1, lines)
    return len(records) == lines - 1


@pytest.mark.parametrize("act", ["keep_word", "keep_chapter", "give_up"])
def test_what_staff_keep_at_the_desk_is_kept_or_not_and_the_log_knows(
    act: str, desk: Desk, make_project: Make, tmp_path: Path
) -> None:
    project = drafted(make_project, SMALL)
    desk.prepare(project, act)
    before, lines_before = draft_of(project), said(project)
    undisturbed = copied(project, tmp_path / "undisturbed")
    assert not desk.killed(undisturbed, act, 0)
    after, lines_after = draft_of(undisturbed), said(undisturbed)
    assert after != before
    assert kept_of(undisturbed, act)
    assert lines_after == [*lines_before, *{"keep_chapter": [("recorded", "Nurse Ada")]}.get(act, [])] or (
        lines_after[-1] == ("set aside", "Nurse Ada")
    )
    found = set()

    def once(at: int) -> bool:
        copy = copied(project, tmp_path / f"copy{at}")
        stopped = desk.killed(copy, act, at)
        assert draft_of(copy) in (before, after, {}), at
        result = copy.build(jobs=1)
        assert result.exit_code == 0, at
        kept = kept_of(copy, act)
        assert draft_of(copy) == (after if kept else before), at
        assert said(copy) == (lines_after if kept else lines_before), at
        found.add((stopped, kept))
        shutil.rmtree(copy.place)
        return stopped

    assert calls(once) > FIRST // 3
    assert found == {(True, False), (True, True), (False, True)}


@pytest.mark.parametrize("act", ["approve", "reject", "publish", "rollback"])
def test_what_is_decided_and_done_stands_in_the_log_in_the_name_of_who_did_it(
    act: str, voicegen: Program, make_project: Make, tmp_path: Path
) -> None:
    project = published(drafted(make_project))
    project.page("a.txt", DOSE.replace("5 mg", "50 mg"))
    project.build()
    if act in {"publish", "rollback"}:
        approve(project)
    if act == "rollback":
        assert voicegen.run(project.place, "publish", "--by", "Bo").code == 0
    done = {"approve": "approved", "reject": "rejected", "publish": "published", "rollback": "taken back"}[act]
    before, tree = said(project), project.tree()
    command = [act, "a", "--by", "Dr Cy"]
    found = set()

    def once(at: int) -> bool:
        copy = copied(project, tmp_path / f"copy{at}")
        stopped = voicegen.run(copy.place, *command, fault=Fault("killed", at)).code == -9
        if act == "publish":  # even where all that can be made again was deleted meanwhile
            shutil.rmtree(copy.place / ".voicegen")
        assert voicegen.run(copy.place, "approvals").code == 0
        now = [entry for entry in said(copy) if entry not in before or entry[1] == "Dr Cy"]
        assert now in ([], [(done, "Dr Cy")]), at
        moved = {name: data for name, data in copy.tree().items() if name.startswith("a/")} != {
            name: data for name, data in tree.items() if name.startswith("a/")
        }
        assert not moved or now, f"call {at}: it was done and nobody knows who did it"
        assert voicegen.run(copy.place, "build").code == 0
        whole(copy)
        assert said(copy) == [*before, *now]
        if act == "rollback":
            assert bool(now) == (copy.place / "history/held.json").is_file()
        found.add((stopped, bool(now)))
        shutil.rmtree(copy.place)
        return stopped

    calls(once)
    assert {(True, False), (False, True)} <= found
    if act in {"publish", "rollback"}:
        assert (True, True) in found


def test_a_page_that_is_fetched_is_there_whole_and_known_to_be_fetched(
    voicegen: Program, make_project: Make, tmp_path: Path
) -> None:
    with running() as site:
        project = make_project(settings=f'[fetch]\ninner_hosts = ["{site.place}"]\npause = 0.0\n')
        old, new = (f"<title>Gout</title><h1>Gout</h1><p>Take {dose} mg.</p>".encode() for dose in (5, 50))
        site.plan["/gout"] = page(old, ETag='"1"')
        assert voicegen.run(project.place, "fetch", site.url("/gout")).code == 0
        site.plan["/gout"] = page(new, ETag='"2"')
        found = set()

        def once(at: int) -> bool:
            copy = copied(project, tmp_path / f"copy{at}")
            stopped = voicegen.run(copy.place, "fetch", fault=Fault("killed", at)).code == -9
            there = (copy.place / "content/gout.html").read_bytes()
            assert there.removeprefix(BOM) in (old, new), at
            again = voicegen.run(copy.place, "fetch")
            assert again.code == 0, again.said
            assert "kept" not in again.said, f"call {at}: a fetched page was taken for one that staff wrote"
            assert (copy.place / "content/gout.html").read_bytes().removeprefix(BOM) == new
            origins = json.loads((copy.place / "content/.origins.json").read_bytes())
            assert "coming" not in origins["pages"]["gout.html"]
            assert origins["pages"]["gout.html"]["etag"] == '"2"'
            assert {path.name for path in (copy.place / "content").iterdir()} == {"gout.html", ".origins.json"}
            found.add((stopped, there.removeprefix(BOM) == new))
            shutil.rmtree(copy.place)
            return stopped

        calls(once, 1)
    assert found == {(True, False), (True, True), (False, True)}
