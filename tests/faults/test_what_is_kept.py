"""F1, F5, F16, F18, F20, F23, F38: what a crash, another build or a spoiled memory may not do to what is there."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PAGE, Project
from voicegen import history, holding, ledger, manifest, publishing, taking_back, verifying
from voicegen.config import load
from voicegen.errors import SettingsError, TemporaryError
from voicegen.extensions import engines, formats
from voicegen.locking import only_one, only_writer
from voicegen.pages import PageFile
from voicegen.publishing import ASIDE, STAGE, Output
from voicegen.stores._entries import ABANDONED_S, Entries

OTHER = PAGE.replace("Gallstones", "Kidney stones")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("kept") / "project")
    project.page("a.txt")
    project.page("b.txt", OTHER)
    assert project.build().exit_code == 0
    return project.place


@pytest.fixture
def two(built: Path, tmp_path: Path) -> Project:
    """A project with two published pages."""
    copy = Project.__new__(Project)
    copy.place, copy.output = tmp_path / "project", tmp_path / "project/output"
    shutil.copytree(built, copy.place)
    return copy


def die_between(place: Path) -> None:
    """Replaces a page where the system has no exchange in one step, and is killed once the old one is aside."""
    publishing._swap = lambda one, other: False
    real = Path.rename

    def rename(self: Path, target: Any) -> Path:
        moved = real(self, target)
        if str(target).endswith(ASIDE):
            os._exit(9)
        return moved

    Path.rename = rename  # type: ignore[method-assign,assignment]
    new = place / STAGE / "a"
    new.mkdir(parents=True)
    publishing.exchange(new, place / "a")


@pytest.mark.fault("F1", "where pages can't be exchanged in one step, one that was aside is put back")
def test_f1_a_page_that_was_aside_when_the_build_was_killed_is_put_back(two: Project) -> None:
    before = two.tree()
    process = multiprocessing.get_context("fork").Process(target=die_between, args=(two.output,))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert not (two.output / "a").exists()
    Output(two.output).sweep()
    assert two.tree() == before
    (two.place / "content/a.txt").write_bytes(b"\xff\xfe\x00")  # it can't be made again: the old one stays
    assert two.build().exit_code != 0
    assert {name: data for name, data in two.tree().items() if name[:2] == "a/"} == {
        name: data for name, data in before.items() if name[:2] == "a/"
    }


@pytest.mark.fault("F5", "a page whose new version can't be moved in stays")
def test_f5_a_page_whose_new_version_can_not_be_moved_in_stays(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = two.tree()
    real = Path.rename

    def rename(self: Path, target: Any) -> Path:
        if (self.parent.name, self.name) == (STAGE, "a"):
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(publishing, "_swap", lambda one, other: False)
    two.page("a.txt", PAGE.replace("hours", "months"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        two.build()
    assert {n: d for n, d in two.tree().items() if n[:2] == "a/"} == {
        n: d for n, d in before.items() if n[:2] == "a/"
    }


def held(path: Path, ready: Any, done: Any) -> None:
    handle = os.open(path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    ready.set()
    done.wait(60)


@pytest.fixture
def writer(two: Project) -> Iterator[None]:
    """Another process that writes to the output of a project."""
    context = multiprocessing.get_context("fork")
    ready, done = context.Event(), context.Event()
    process = context.Process(target=held, args=(two.output, ready, done))
    process.start()
    assert ready.wait(60)
    yield
    done.set()
    process.join()


@pytest.mark.fault("F18", "two projects never write to one output at once")
@pytest.mark.usefixtures("writer")
def test_f18_two_projects_never_write_to_one_output_at_once(two: Project, tmp_path: Path) -> None:
    before = two.tree()
    two.page("a.txt", PAGE.replace("hours", "months"))
    with pytest.raises(TemporaryError, match="another project"):
        two.build()
    settings = load(two.place, engines(), formats())
    with pytest.raises(TemporaryError, match="another project"):
        taking_back.roll_back(settings, holding.of(settings, "a"), None)
    assert two.tree() == before


@pytest.mark.fault("F18", "a project that is given another's output by mistake takes nothing away there")
def test_f18_a_project_that_is_given_another_s_output_takes_nothing_away_there(two: Project) -> None:
    before = two.tree()
    settings = '[project]\noutput = "../project/output"\n[voice]\nengine = "tone"\n'
    other = Project(two.place.parent / "other", settings)
    other.page("c.txt")
    with pytest.raises(SettingsError, match="another project"):
        other.build()
    assert two.tree() == before
    for page in ("e", "f"):
        two.page(f"{page}.txt")
    two.build()
    before = two.tree()
    other.page("a.txt")  # two projects may both have a page on asthma
    with pytest.raises(SettingsError, match="4 pages are published in it, only 1 of them"):
        other.build()
    assert two.tree() == before
    shutil.rmtree(two.place / ".voicegen")  # with its memory lost and one page renamed, it is no other project
    (two.place / "content/b.txt").rename(two.place / "content/d.txt")
    made = {page.id: page.outcome for page in two.build().pages}
    assert made == {"a": "made", "d": "made", "e": "made", "f": "made", "b": "removed"}


@pytest.mark.fault(
    "F20",
    "a lock that a dead build left, with whatever number of a process in it, holds nobody up",
)
def test_f20_a_lock_that_a_dead_build_left_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("4711 elsewhere")
    with only_one(tmp_path / "lock"), only_writer(tmp_path):
        pass


@pytest.mark.fault("F20", "a disk without locks is told from another build")
def test_a_disk_without_locks_is_told_from_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(TemporaryError, match="can't be locked"), only_one(tmp_path / "lock"):
        pass
    with only_writer(tmp_path):
        pass


def test_a_content_folder_that_is_empty_all_at_once_takes_nothing_away(two: Project) -> None:
    before = two.tree()
    (two.place / "content").rename(two.place / "elsewhere")
    (two.place / "content").mkdir()
    with pytest.raises(SettingsError, match="no page in it, and 2 are published"):
        two.build()
    assert two.tree() == before
    (two.place / "content").rmdir()
    (two.place / "elsewhere").rename(two.place / "content")
    assert {page.outcome for page in two.build().pages} == {"unchanged"}


def test_a_rejected_text_that_was_away_for_a_while_is_rejected_still(two: Project) -> None:
    good = (two.output / "a/captions.vtt").read_bytes()
    wrong = PAGE.replace("hours", "seconds")
    path = two.page("a.txt", wrong)
    two.build()
    settings = load(two.place, engines(), formats())
    taking_back.roll_back(settings, holding.of(settings, "a"), None)
    path.unlink()
    two.build()
    assert not (two.output / "a").exists()
    two.page("a.txt", wrong)
    assert {page.id: page.outcome for page in two.build().pages}["a"] == "restored"
    assert (two.output / "a/captions.vtt").read_bytes() == good


@pytest.mark.fault("F23", "a page saved before or after it is read is published as it was read, and noted as that")
@pytest.mark.parametrize("is_before", [True, False])
def test_f23_what_is_published_and_noted_is_what_was_read(
    two: Project, monkeypatch: pytest.MonkeyPatch, is_before: bool
) -> None:
    first, second = (PAGE.replace("hours", unit) for unit in ("weeks", "months"))
    two.page("a.txt", first)
    real = PageFile.read

    def read(self: PageFile, settings: Any) -> Any:
        if is_before and self.id == "a":
            two.page("a.txt", second)
        found = real(self, settings)
        if not is_before and self.id == "a":
            two.page("a.txt", second)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(PageFile, "read", read)
        assert two.build().exit_code == 0
    shown = two.output / "a/index.html"
    assert ("months" if is_before else "weeks") in shown.read_text()
    outcomes = {page.id: page.outcome for page in two.build().pages}
    assert outcomes == {"a": "unchanged" if is_before else "made", "b": "unchanged"}
    assert "months" in shown.read_text()
    assert {page.outcome for page in two.build().pages} == {"unchanged"}


@pytest.mark.fault("F23", "a rejected text that comes back while a build begins is not published")
def test_f23_a_rejected_text_that_comes_back_while_the_build_begins_is_not_published(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = (two.output / "a/captions.vtt").read_bytes()
    wrong = PAGE.replace("hours", "seconds")
    path = two.page("a.txt", wrong)
    two.build()
    settings = load(two.place, engines(), formats())
    taking_back.roll_back(settings, holding.of(settings, "a"), None)
    two.page("a.txt", PAGE.replace("hours", "days"))
    real = PageFile.read

    def swapped(self: PageFile, settings: Any) -> Any:
        path.write_text(wrong)
        return real(self, settings)

    monkeypatch.setattr(PageFile, "read", swapped)
    two.build()
    assert (two.output / "a/captions.vtt").read_bytes() == good


@pytest.mark.fault("F16", "a ledger that names folders elsewhere takes none away")
@pytest.mark.parametrize("name", ["../outside", "/tmp"])
def test_f16_a_ledger_that_names_folders_elsewhere_takes_none_away(name: str, two: Project) -> None:
    outside = two.place / "outside"
    outside.mkdir()
    (outside / "canary").write_text("sings")
    path = load(two.place).cache / "ledger.json"
    facts = json.loads(path.read_bytes())
    for place in ("pages", "library"):
        spoiled = {**facts, place: {**facts[place], name: next(iter(facts[place].values()))}}
        path.write_text(json.dumps(spoiled))
        assert ledger.load(path).pages == {}
        assert two.build().exit_code == 0
        assert (outside / "canary").read_text() == "sings"


@pytest.mark.fault("F16", "a ledger of any shape costs only time")
@pytest.mark.parametrize(
    "spoiled", ["[" * 100_000, '{"version": 2}', "null", '{"version": 2, "library": {}, "pages": {"a": {}}}', ""]
)
def test_f16_a_ledger_of_any_shape_costs_only_time(spoiled: str, two: Project) -> None:
    before = two.tree()
    (load(two.place).cache / "ledger.json").write_text(spoiled)
    assert two.build().exit_code == 0
    assert two.tree() == before


@pytest.mark.fault("F16", "notes of any bytes cost only time, and are written anew")
@pytest.mark.parametrize("spoiled", [b"\xff\xfe\x00", b"", b"\x80" * 100_000, None])
def test_f16_notes_of_any_bytes_cost_only_time(spoiled: bytes | None, two: Project) -> None:
    two.build()
    before, cache = two.tree(), load(two.place).cache
    notes = [path for path in cache.iterdir() if path.is_file() and path.name != "lock"]
    assert {"ledger.json", "unchanged.note"} <= {path.name for path in notes}
    for path in notes:
        data = path.read_bytes()
        path.write_bytes(spoiled if spoiled is not None else data[:-20] + b"\xf7" + data[-19:])
    for outcomes in ({"made", "unchanged"}, {"unchanged"}):
        result = two.build()
        assert result.exit_code == 0
        assert {page.outcome for page in result.pages} <= outcomes
    assert two.tree() == before


@pytest.mark.fault("F16", "facts that are missing from the ledger cost only time")
def test_f16_facts_that_are_missing_from_the_ledger_cost_only_time(two: Project) -> None:
    path = load(two.place).cache / "ledger.json"
    facts = json.loads(path.read_bytes())
    facts["pages"]["a"]["facts"] = {"title": "Gallstones"}
    path.write_text(json.dumps(facts))
    assert two.build().exit_code == 0


@pytest.mark.fault("F16", "without its memory, a build of one page loses no other from the list")
def test_f16_without_its_memory_a_build_of_one_page_loses_no_other_from_the_list(two: Project) -> None:
    (load(two.place).cache / "ledger.json").unlink()
    assert two.build(only=["a"]).exit_code == 0
    assert "Kidney stones" in (two.output / "index.html").read_text()
    assert [page.id for page in two.build(only=["a"]).pages] == ["a"]


def test_f16_without_its_memory_a_page_that_fails_now_stays_on_the_list(two: Project) -> None:
    (load(two.place).cache / "ledger.json").unlink()
    two.page("b.txt", "")
    assert {page.id: page.outcome for page in two.build().pages} == {"a": "made", "b": "failed"}
    assert "Kidney stones" in (two.output / "index.html").read_text()
    assert set(manifest.load(two.output).pages) == {"a", "b"}
    assert verifying.verify(two.output).troubles == ()


def test_f16_without_its_memory_a_page_that_is_gone_is_still_taken_away(two: Project) -> None:
    (load(two.place).cache / "ledger.json").unlink()
    (two.place / "content/b.txt").unlink()
    assert {page.id: page.outcome for page in two.build().pages} == {"a": "made", "b": "removed"}
    assert not (two.output / "b").exists()
    assert set(manifest.load(two.output).pages) == {"a"}


def test_f16_without_its_memory_an_empty_content_folder_takes_nothing_away(two: Project) -> None:
    shutil.rmtree(load(two.place).cache)
    before = two.tree()
    for path in (two.place / "content").iterdir():
        path.unlink()
    with pytest.raises(SettingsError, match="no page in it"):
        two.build()
    assert two.tree() == before


@pytest.mark.fault("F16", "a folder, a link or nothing in the place of an entry is made again")
@pytest.mark.parametrize("what", ["folder", "file for its folder", "link", "nothing in it"])
def test_f16_whatever_stands_in_an_entrys_place_is_made_again(what: str, tmp_path: Path) -> None:
    store, key = Entries(tmp_path / "store"), "ab" + "0" * 62
    path = tmp_path / "store/ab/00" / key
    path.parent.mkdir(parents=True)
    canary = tmp_path / "canary"
    canary.write_text("sings")
    if what == "folder":
        (path / "inside").mkdir(parents=True)
    elif what == "file for its folder":
        path.parent.rmdir()
        path.parent.write_text("")
    elif what == "link":
        path.symlink_to(canary)
    else:
        path.write_bytes(b"")
    assert store.get_many([key]) == {}
    store.prune(())
    store.put_if_absent(key, [b"sound"])
    assert store.get_many([key])[key].size == 5
    assert store.damaged == 1
    assert canary.read_text() == "sings"


@pytest.mark.fault("F1", "what a killed build left half written in the store goes when it is a day old")
def test_f1_what_a_killed_build_left_half_written_in_the_store_goes_in_time(tmp_path: Path) -> None:
    store, key = Entries(tmp_path), "ab" * 32
    store.put_if_absent(key, [b"sound"])
    old, new = (tmp_path / f"tmp/{number}-{16 * '0'}" for number in (1, 2))
    earlier = tmp_path / f"ab/.{key}-{16 * '0'}"
    for path in (old, new, earlier):
        path.write_bytes(b"half")
    for path in (old, earlier):
        os.utime(path, (0, old.stat().st_mtime - 2 * ABANDONED_S))
    os.utime(new, (0, new.stat().st_mtime + 2 * ABANDONED_S))  # a clock that is ahead
    store.prune({key})
    assert (old.exists(), earlier.exists(), new.exists(), key in store.get_many([key])) == (
        False,
        False,
        True,
        True,
    )


@pytest.mark.fault("F38", "a version that a later voicegen wrote keeps its number and its files")
def test_f38_a_version_that_a_later_voicegen_wrote_keeps_its_number_and_its_files(two: Project) -> None:
    two.page("a.txt", PAGE.replace("hours", "days"))
    two.build()
    place = two.place / "history/a"
    record = place / "versions/1.json"
    record.write_text(json.dumps({**json.loads(record.read_bytes()), "approved_by": "a later voicegen"}))
    before = record.read_bytes(), {path.name for path in (place / "files").iterdir()}
    two.page("a.txt", PAGE.replace("hours", "weeks"))
    two.build()
    assert (record.read_bytes(), before[1] <= {path.name for path in (place / "files").iterdir()}) == (
        before[0],
        True,
    )
    found = history.load(load(two.place)).versions("a")
    assert [one.number for one in found] == [2]


def test_another_recording_for_callers_on_hold_is_published(make_project: Any, tmp_path: Path) -> None:
    settings = '[voice]\nengine = "tone"\n[phone]\nnotice_recording = "notice.wav"\n'
    project = make_project(settings=settings)
    first, second = (
        next(iter(sorted((two_sounds(tmp_path / name)).glob("*.wav")))) for name in ("one", "two words")
    )
    shutil.copy(first, project.place / "notice.wav")
    project.page("a.txt")
    assert project.build().exit_code == 0
    before = project.tree()
    shutil.copy(second, project.place / "notice.wav")
    (page,) = project.build().pages
    assert page.outcome == "made"
    assert project.tree() != before


@pytest.mark.fault("F16", "without its memory, a page whose own manifest is damaged too is mended or taken away")
@pytest.mark.parametrize("how", ["gone", "empty", "folder"])
@pytest.mark.parametrize("is_written", [True, False])
def test_f16_a_page_that_only_the_list_knows_is_mended_or_taken_away(
    two: Project, how: str, is_written: bool
) -> None:
    before = two.tree()
    (two.place / ".voicegen/ledger.json").unlink()
    own = two.output / "a/manifest.json"
    own.unlink()
    if how == "empty":
        own.write_bytes(b"")
    elif how == "folder":
        own.mkdir()
    if not is_written:
        (two.place / "content/a.txt").unlink()
    assert two.build().exit_code == 0
    assert {name for name in two.tree() if name.startswith("a/")} == {
        name for name in before if is_written and name.startswith("a/")
    }
    assert verifying.verify(two.output).troubles == ()


@pytest.mark.fault("F16", "without its memory, a page that is on no list yet and whose file went is taken away")
def test_f16_a_page_that_was_published_and_forgotten_is_still_taken_away(two: Project) -> None:
    shutil.rmtree(load(two.place).cache)
    listed = two.output / "manifest.json"
    facts = json.loads(listed.read_bytes())
    del facts["pages"]["b"]  # as after a crash between the page and the list
    listed.write_text(json.dumps(facts))
    (two.output / "b/captions.vtt").write_text("cut")
    (two.place / "content/b.txt").unlink()
    assert {page.id: page.outcome for page in two.build().pages} == {"a": "made", "b": "removed"}
    assert not (two.output / "b").exists()


@pytest.mark.fault(
    "F5", "a version that can't be read just now is not lost: nothing takes its place before it is kept"
)
def test_f5_a_version_that_can_not_be_kept_just_now_is_not_replaced(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = two.tree()
    two.page("a.txt", PAGE.replace("hours", "months"))
    real = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.match("output/a/manifest.json"):
            raise OSError(24, "Too many open files", str(self))
        return real(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        result = two.build()
    assert (result.exit_code, {page.outcome for page in result.pages}) == (3, {"failed", "unchanged"})
    assert {n: d for n, d in two.tree().items() if n[:2] == "a/"} == {
        n: d for n, d in before.items() if n[:2] == "a/"
    }


@pytest.mark.fault("F1", "a page that was published just before a crash is not published and kept twice")
def test_f1_a_page_that_was_published_before_the_crash_is_not_published_twice(two: Project) -> None:
    old = two.build().pages
    assert {page.outcome for page in old} == {"unchanged"}
    before = {path: path.stat().st_ino for path in (two.output / "a").rglob("*")}
    path = load(two.place).cache / "ledger.json"
    facts = json.loads(path.read_bytes())
    del facts["pages"]["a"]
    path.write_text(json.dumps(facts))
    assert {page.id: page.outcome for page in two.build().pages}["a"] == "made"
    assert {path: path.stat().st_ino for path in (two.output / "a").rglob("*")} == before
    assert history.load(load(two.place)).versions("a") == []


@pytest.mark.fault("F16", "a folder in the place of a note or of a list of voicegen's own stops no build")
def test_f16_an_empty_folder_in_the_place_of_a_file_stops_no_build(two: Project) -> None:
    before = two.tree()
    for path in (two.output / "index.html", load(two.place).cache / "ledger.json"):
        path.unlink()
        path.mkdir()
    assert two.build().exit_code == 0
    assert two.tree() == before


def two_sounds(place: Path) -> Path:
    """A folder with a recording whose length depends on the folder's name."""
    import math
    import wave

    place.mkdir()
    with wave.open(str(place / "sound.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        count = 4000 * len(place.name)
        file.writeframes(
            b"".join(int(9000 * math.sin(n / 5)).to_bytes(2, "little", signed=True) for n in range(count))
        )
    return place
