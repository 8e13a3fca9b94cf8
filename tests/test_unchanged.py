"""A build with nothing to do is told at once, and everything that could make a difference is noticed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from voicegen import contracts, publishing, unchanged
from voicegen.formats import _liblouis
from voicegen.unchanged import NAME

HEAVY = {"build", "making", "config", "contracts", "sources", "steps", "formats", "engines", "stores", "ledger"}
"""Rooms that a build with nothing to do must not even import."""
PAGES_SETTINGS = '[voice]\nengine = "tone"\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'


@pytest.fixture
def built(make_project: Callable[..., Project]) -> Project:
    project = make_project(settings=PAGES_SETTINGS)
    project.page("gallstones.txt")
    project.page("more/hives.md", PAGE.replace("Gallstones", "Hives"))
    assert project.build().exit_code == 0
    assert unchanged.found(project.place) is not None
    return project


def written(place: Path) -> dict[Path, tuple[int, int, int]]:
    """What changes when a file or folder is written, as opposed to read."""
    stats = {path: path.stat() for path in (place, *place.rglob("*"))}
    return {path: (stat.st_ino, stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}


def test_a_command_with_nothing_to_do_imports_starts_and_writes_nothing(built: Project) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "voicegen", "-C", str(built.place), "build"]
    watched = (
        "import sys, runpy; sys.addaudithook(lambda event, given: event in "
        "('subprocess.Popen', 'os.fork', 'os.exec', 'os.posix_spawn', '_thread.start_new_thread') "
        "and sys.exit(99)); runpy.run_module('voicegen', run_name='__main__', alter_sys=True)"
    )
    subprocess.run(command, check=True, capture_output=True)  # the first may have to note it in its own way
    before = written(built.place)
    second = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "0 made, 2 unchanged, 0 failed; 0 files written, 0 lines spoken." in second.stdout
    imported = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines()}
    assert "voicegen.unchanged" in imported
    assert not {f"voicegen.{room}" for room in HEAVY} & imported
    assert not {"av", "bs4", "jinja2", "subprocess", "importlib.metadata"} & imported
    command = [sys.executable, "-c", watched, "-C", str(built.place), "build"]
    subprocess.run(command, check=True, capture_output=True)
    assert written(built.place) == before


def test_the_same_is_said_as_by_a_whole_build(built: Project) -> None:
    (built.place / "content" / "report.docx").write_bytes(b"PK")
    whole = built.build()
    found = unchanged.found(built.place)
    assert found is not None
    assert found == (whole, built.place / "output")


CHANGES: dict[str, Callable[[Project], object]] = {
    "a source's text, though its length and time are as before": lambda project: _same_time(
        project.place / "content" / "gallstones.txt", b"hours", b"weeks"
    ),
    "a new page": lambda project: project.page("new.txt"),
    "a page that is gone": lambda project: (project.place / "content" / "gallstones.txt").unlink(),
    "a page of another name": lambda project: (project.place / "content" / "gallstones.txt").rename(
        project.place / "content" / "gall.txt"
    ),
    "a file that nothing reads": lambda project: (project.place / "content" / "notes.docx").write_bytes(b"PK"),
    "a list of pronunciations": lambda project: (project.place / "content" / "pronunciations.toml").write_text(
        '[[word]]\nword = "bile"\nsay = "bayl"\n'
    ),
    "a setting": lambda project: (project.place / "voicegen.toml").write_text(
        PAGES_SETTINGS + "[mp3]\nkbits = 48\n"
    ),
    "no settings any more": lambda project: (project.place / "voicegen.toml").unlink(),
    "a published file, written over in its place": lambda project: (
        project.output / "gallstones" / "captions.vtt"
    ).write_text("WEBVTT\n"),
    "a published file that is gone": lambda project: next((project.output / "gallstones").glob("*.mp3")).unlink(),
    "the list of pages": lambda project: (project.output / "index.html").unlink(),
    "a page's folder": lambda project: (project.output / "gallstones").rename(project.place / "aside"),
    "the ledger": lambda project: (project.place / ".voicegen" / "ledger.json").unlink(),
    "a page that was taken back": lambda project: _held(project),
    "a note that is no note": lambda project: (project.place / ".voicegen" / NAME).write_text("{}"),
    "half a note": lambda project: os.truncate(project.place / ".voicegen" / NAME, 700),
}


def _same_time(path: Path, old: bytes, new: bytes) -> None:
    stat, data = path.stat(), path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _held(project: Project) -> None:
    path = project.place / "history" / "held.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("{}")


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_could_make_a_difference_is_noticed(built: Project, change: str) -> None:
    CHANGES[change](built)
    assert unchanged.found(built.place) is None


@pytest.mark.parametrize("name", _liblouis.PATHS)
def test_another_place_to_look_for_libraries_and_tables_is_noticed(
    built: Project, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(built.place))
    assert unchanged.found(built.place) is None
    monkeypatch.delenv(name)
    assert unchanged.found(built.place) is not None


@pytest.mark.fault("F1", "what a killed build left in the output goes, though the change was taken back meanwhile")
def test_what_a_build_that_was_killed_left_in_the_output_is_noticed(built: Project) -> None:
    assert unchanged.STAGE == publishing.STAGE
    stage = built.output / unchanged.STAGE / "gallstones"
    stage.mkdir(parents=True)
    (stage / "index.html").write_text("A page that nobody approved.")
    assert unchanged.found(built.place) is None
    assert built.build().exit_code == 0
    assert not stage.parent.exists()
    assert unchanged.found(built.place) is not None


def test_a_file_that_was_only_touched_is_as_it_was(built: Project) -> None:
    (built.place / "content" / "gallstones.txt").touch()
    assert unchanged.found(built.place) is not None
    (built.output / "gallstones" / "index.html").touch()  # here the whole build has to look at the content
    assert unchanged.found(built.place) is None
    assert built.build().written == ()
    assert unchanged.found(built.place) is not None


def test_another_voicegen_or_engine_is_noticed(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.mkdir()
    (program / "a.py").write_text("a")
    monkeypatch.setattr("voicegen.engines.tone.Tone.files", lambda engine: (program,))
    built.build()
    assert unchanged.found(built.place) is not None
    _same_time(program / "a.py", b"a", b"c")
    assert unchanged.found(built.place) is None
    built.build()
    assert unchanged.found(built.place) is not None
    (program / "b.py").write_text("b")
    assert unchanged.found(built.place) is None
    built.build()
    (program / "a.py").write_text("c")
    assert unchanged.found(built.place) is None


def test_an_engine_that_names_no_files_is_always_asked(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicegen.contracts.LiesInFiles", contracts.Phonetic)  # beeps are not that either
    (built.place / ".voicegen" / NAME).unlink()
    built.build()
    assert unchanged.found(built.place) is None


def test_a_page_that_failed_is_tried_again(built: Project) -> None:
    built.page("empty.txt", "")
    assert built.build().exit_code != 0
    assert unchanged.found(built.place) is None


def test_a_build_of_one_page_or_with_other_settings_leaves_no_note(built: Project) -> None:
    (built.place / ".voicegen" / NAME).unlink()
    built.build(only=["gallstones"])
    assert unchanged.found(built.place) is None


def test_a_page_saved_while_it_is_made_is_made_again(built: Project) -> None:
    path = built.page("gallstones.txt", PAGE.replace("hours", "days"))
    built.build(progress=lambda *_: path.write_text(PAGE.replace("hours", "weeks")))
    assert unchanged.found(built.place) is None
    assert [page.outcome for page in built.build().pages] == ["made", "unchanged"]


def test_of_many_files_those_of_each_page_are_looked_at_on_their_day_and_a_missing_one_on_any(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "MOST_FILES", 4)
    (built.place / ".voicegen" / NAME).unlink()
    built.build()
    names = [path for path in built.output.rglob("*") if path.is_file()]
    looked: list[str] = []
    stat = os.lstat
    monkeypatch.setattr(os, "lstat", lambda path: looked.append(str(path)) or stat(path))  # type: ignore[func-returns-value]
    for day in range(-(-len(names) // 4)):
        monkeypatch.setattr("time.time", lambda day=day: day * 86_400.0)
        before = len(looked)
        assert unchanged.found(built.place) is not None
        below = [Path(path).relative_to(built.output).parts for path in looked[before:]]
        assert len({parts[0] for parts in below if len(parts) > 1}) <= 1, "one page a day"
    assert set(looked) == {str(built.output / unchanged.STAGE), *map(str, names)}
    next((built.output / "gallstones").glob("*.mp3")).unlink()
    for day in range(3):
        monkeypatch.setattr("time.time", lambda day=day: day * 86_400.0)
        assert unchanged.found(built.place) is None


def test_what_is_said_of_a_review_ends_with_its_day(built: Project) -> None:
    due = date.today() + timedelta(40)
    settings = f'{PAGES_SETTINGS}[pages.gallstones]\nnext_review = "{due}"\n'
    (built.place / "voicegen.toml").write_text(settings)
    built.build()
    head = json.loads((built.place / ".voicegen" / NAME).read_text().partition("\n")[0])
    assert head["until"] == str(due - timedelta(30))
    assert unchanged.found(built.place) is not None
    (built.place / "voicegen.toml").write_text(settings + "[review]\nwarn_days = 60\n")
    whole = built.build()
    again = built.build()
    found = unchanged.found(built.place)
    assert found is not None
    assert found[0] == again
    assert any("review is due" in notice for notice in (*whole.notices, *whole.pages[0].notices))
    head = json.loads((built.place / ".voicegen" / NAME).read_text().partition("\n")[0])
    assert head["until"] == str(date.today() + timedelta(1))


def test_the_cache_is_found_where_the_settings_put_it(make_project: Callable[..., Project]) -> None:
    project = make_project(settings=f'{PAGES_SETTINGS}[project]\ncache = "memory"\n')
    project.page("gallstones.txt")
    project.build()
    assert (project.place / "memory" / NAME).is_file()
    assert unchanged.found(project.place) is not None
