"""The log of approvals: added to and never changed; whatever happens to it is seen."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Project
from tests.reviews.projects import DOSE, approve, drafted, log, publish, published, settings_of, standing
from tests.test_cli import run
from tests.test_taking_back import killed
from voicegen import drafts, intentions
from voicegen.approvals import Entry, add, place, read
from voicegen.errors import PublicationError, SettingsError, TemporaryError
from voicegen.verifying import verify

Make = Callable[..., Project]


@pytest.fixture
def three(make_project: Make) -> tuple[Project, Path]:
    """A project with a log of three lines, and the log."""
    project = make_project(settings="[review]\nrequired = true\n")
    for number in range(3):
        add(settings_of(project), Entry("approved", "a", "Ada", f"Note {number}\nof two lines", "t", "s"))
    return project, place(settings_of(project))


def test_each_line_holds_the_digest_of_the_one_before(three: tuple[Project, Path]) -> None:
    _, path = three
    found = read(path)
    assert [entry.number for entry in found.entries] == [1, 2, 3]
    assert found.entries[2].note == "Note 2\nof two lines"
    assert len(path.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_line_that_was_changed_taken_out_or_swapped_is_found(three: tuple[Project, Path], line: int) -> None:
    project, path = three
    lines = path.read_bytes().splitlines(keepends=True)
    changed = [*lines]
    changed[line] = lines[line].replace(b"Ada", b"Bob")
    swapped = [lines[line - 1] if at == line else one for at, one in enumerate(lines)]
    spoiled = [swapped, [b"\n", *lines], [*lines, lines[line]], [*lines[:line], b"{}\n", *lines[line:]]]
    if line < 2:  # the last line has no other after it: its digest is what is noted down (`head`)
        spoiled += [changed, lines[:line] + lines[line + 1 :]]
    for one in spoiled:
        path.write_bytes(b"".join(one))
        with pytest.raises(PublicationError, match=r"approvals\.jsonl, line \d: the log of approvals was changed"):
            read(path)
        assert run(project.place, "approvals", code=1).stderr
        with pytest.raises(PublicationError):
            add(settings_of(project), Entry("approved", "a", "Eve"))


def test_a_change_of_the_last_line_changes_the_digest_that_was_noted_down(three: tuple[Project, Path]) -> None:
    project, path = three
    head = read(path).head
    assert head in run(project.place, "approvals").stdout
    path.write_bytes(path.read_bytes().replace(b"Note 2", b"Note 9"))
    assert read(path).head != head
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    assert read(path).head != head


@pytest.mark.parametrize("torn", [b"{", b'{"version": 1, "act": "appro', b"\0\0\0\0"])
def test_an_unfinished_line_is_set_aside_and_never_lost(three: tuple[Project, Path], torn: bytes) -> None:
    project, path = three
    before = path.read_bytes()
    path.write_bytes(before + torn)
    found = read(path)
    assert (len(found.entries), found.torn) == (3, len(torn))
    assert f"unfinished line of {len(torn)} byte" in run(project.place, "approvals").stdout
    added = add(settings_of(project), Entry("rejected", "a", "Bo"))
    assert [entry.act for entry in added.entries[3:]] == ["repaired", "rejected"]
    assert added.torn == 0
    assert path.read_bytes().startswith(before)
    assert torn in path.with_name("approvals.jsonl.unfinished").read_bytes()


@pytest.mark.parametrize("name", ["", " ", "A\x1b[31m", "A\u202eB", "x" * 2_001])
def test_a_name_that_is_none_is_refused(three: tuple[Project, Path], name: str) -> None:
    project, path = three
    before = path.read_bytes()
    with pytest.raises(SettingsError):
        add(settings_of(project), Entry("approved", "a", name))
    assert path.read_bytes() == before


def test_a_spreadsheet_runs_nothing_of_the_exported_table(three: tuple[Project, Path]) -> None:
    project, _ = three
    add(settings_of(project), Entry("approved", "a", "=cmd|'/c calc'!A0", "@sum"))
    assert ",'=cmd|'/c calc'!A0,'@sum," in run(project.place, "approvals", "--csv").stdout


def _add_many(project: Path, name: str) -> None:
    from voicegen.config import load

    for number in range(20):
        add(load(project), Entry("approved", "a", name, str(number)))


def test_two_who_add_at_once_do_not_mix_their_lines(make_project: Make) -> None:
    project = make_project(settings="[review]\nrequired = true\n")
    forked = multiprocessing.get_context("fork")
    both = [forked.Process(target=_add_many, args=(project.place, name)) for name in ("Ada", "Bo")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    found = log(project)
    for name in ("Ada", "Bo"):
        assert [entry.note for entry in found.entries if entry.by == name] == list(map(str, range(20)))


# killed at every step


def test_a_kill_in_the_midst_of_approving_leaves_it_done_or_not_done(make_project: Make) -> None:
    project = drafted(make_project)
    step = 0
    while killed(step, lambda: approve(project)):
        state = standing(project).state
        assert state in {"waiting", "approved"}
        assert [entry.act for entry in log(project).entries] == ["approved"] * len(log(project).entries)
        if state == "approved":
            place(settings_of(project)).unlink()
        step += 1
    assert step >= 2
    assert standing(project).state == "approved"


def test_a_kill_in_the_midst_of_publishing_leaves_a_whole_page_and_the_next_try_ends_it(
    make_project: Make,
) -> None:
    project = published(drafted(make_project))
    old = {name: data for name, data in project.tree().items() if name.startswith("a/")}
    text = DOSE.replace("5 mg", "10 mg")
    step, acts = 0, ["approved", "published"]
    while True:
        project.page("a.txt", text.replace("week", f"week and {step + 2} days"))
        project.build()
        draft = project.place / ".voicegen/drafts/a"
        new = {f"a/{p.relative_to(draft).as_posix()}": p.read_bytes() for p in draft.rglob("*") if p.is_file()}
        approve(project)
        stopped = killed(step, lambda: publish(project))
        there = {name: data for name, data in project.tree().items() if name.startswith("a/")}
        assert there in (old, new)
        publish(project)
        assert {name: data for name, data in project.tree().items() if name.startswith("a/")} == new
        assert standing(project).state == "current"
        found = verify(project.output)
        assert (found.troubles, found.strangers) == ((), ())
        acts += ["approved", "published"]
        assert [entry.act for entry in log(project).entries] == acts
        if not stopped:
            break
        old, step = new, step + (1 if step < 12 else 7)  # every early step, then some of the many links and files
    assert step > 20
    assert {page.outcome for page in project.build().pages} == {"unchanged"}


def test_the_log_is_on_the_disk_before_a_decision_is_told(
    three: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, path = three
    flushed: list[int] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        flushed.append(os.fstat(handle).st_size)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    add(settings_of(project), Entry("approved", "a", "Ada"))
    assert path.stat().st_size in flushed
    assert all(json.loads(line)["version"] == 1 for line in path.read_bytes().splitlines())


@pytest.mark.parametrize(
    "change",
    [
        {"act": "approved"},
        {"act": "rejected"},
        {"act": "set aside", "page": "../../content"},
        {"act": "set aside", "made_from": {"../../content/a": ""}},
        {"act": "recorded", "page": "../elsewhere"},
        {"page": 5},
        {"by": ""},
        {"note": None},
        {"made_from": "x"},
    ],
)
def test_what_nobody_can_have_been_about_to_do_is_neither_done_nor_said(
    change: dict[str, Any], make_project: Make
) -> None:
    """A file beside the log is no decision: it would publish what nobody approved, in anybody's name."""
    project = drafted(make_project)
    draft = drafts.known(settings_of(project)).pages["a"]
    meant = {**asdict(drafts.publication("a", draft, "Dr Good")), **change}
    doing = project.place / "approvals.jsonl.doing"
    doing.write_text(json.dumps({"entry": meant, "after": 0, "at": "2026-01-01T00:00", "own": []}))
    with pytest.raises(PublicationError, match="about to do can't be read"):
        publish(project)
    with pytest.raises(PublicationError, match="about to do can't be read"):
        project.build()
    assert not log(project).entries
    assert not (project.output / "a").exists()
    assert doing.exists()


@pytest.mark.fault("F5", "what is about to be done is not to be deleted for a fault of the system")
def test_what_is_about_to_be_done_is_not_to_be_deleted_for_a_fault_of_the_system(make_project: Make) -> None:
    settings = settings_of(drafted(make_project))
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, most))
    try:
        with pytest.raises(TemporaryError, match="Too many open files"):
            intentions.catch_up(settings)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))


def test_a_line_that_could_not_be_read_back_is_not_added(make_project: Make) -> None:
    project = drafted(make_project)
    with pytest.raises(PublicationError, match="no log can say"):
        add(settings_of(project), Entry("approved", "a", "Ada", made_from="x"))  # type: ignore[arg-type]
    assert not log(project).entries
