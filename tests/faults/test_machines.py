"""Faults of the machine: another process, clock, limit, network or version; links; being told to stop."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project
from tests.faults.promise import Folder, assert_whole, seen
from tests.faults.real import NEW, OLD, SMALL, command, ended

BUILD = ("build", "-j1")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("machines") / "project", SMALL)
    project.page("a.txt", OLD)
    assert project.build().exit_code == 0
    return project


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Folder]:
    """What a clean build makes of the page as it is next."""
    project = Project(tmp_path_factory.mktemp("clean") / "project", SMALL)
    project.page("a.txt", NEW)
    assert project.build().exit_code == 0
    return seen(project.output)


@pytest.fixture
def built(first: Project, tmp_path: Path) -> Project:
    copy = Project.__new__(Project)
    copy.place, copy.output = tmp_path / "project", tmp_path / "project/output"
    shutil.copytree(first.place, copy.place)
    return copy


@pytest.mark.fault("F14", "a build whose voice is missing or none ends before any work, and says what to install")
@pytest.mark.parametrize(
    ("voice", "words"),
    [
        ('engine = "piper"\n[piper]\nvoices = "nowhere"', ("nowhere",)),
        ('engine = "of-nobody"', ("of-nobody", "espeak")),
    ],
)
def test_a_voice_that_is_not_there_stops_a_build_before_any_work(
    built: Project, voice: str, words: tuple[str, ...]
) -> None:
    before = {path: path.read_bytes() for path in built.place.rglob("*") if path.is_file()}
    before.pop(built.place / "voicegen.toml")
    (built.place / "voicegen.toml").write_text(SMALL.replace('engine = "tone"', voice))
    said = ended(command(built, *BUILD), 2, env={**os.environ, "PATH": "/nowhere"})
    assert [word for word in words if word not in said] == [], said
    after = {path: path.read_bytes() for path in built.place.rglob("*") if path.is_file()}
    after.pop(built.place / "voicegen.toml")
    assert {path for path in after.keys() | before.keys() if after.get(path) != before.get(path)} == set()


@pytest.mark.fault("F18", "of two builds of one project one waits its turn or says so, and the page is whole")
def test_two_builds_at_once_make_one_whole_page(built: Project, new: dict[str, Folder]) -> None:
    built.page("a.txt", NEW)
    both = [subprocess.Popen(command(built, *BUILD), stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in "12"]
    said = [process.communicate(timeout=300)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 3]), said
    assert codes == [0, 0] or "another build is at work" in "".join(said)
    assert seen(built.output) == new
    assert_whole(built)


@pytest.mark.fault("F21", "what tidies the store holds the project's lock: none does while a build runs")
def test_nothing_is_tidied_while_a_build_runs(built: Project) -> None:
    import fcntl

    store = sorted((built.place / ".voicegen/store").rglob("*"))
    built.page("a.txt", NEW)
    with (built.place / ".voicegen/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another build is at work" in ended(command(built, *BUILD), 3)
    assert sorted((built.place / ".voicegen/store").rglob("*")) == store


@pytest.mark.needs("faketime")
@pytest.mark.parametrize("now", ["1970-01-02 00:00:00", "2038-01-19 03:14:08", "2026-03-29 01:59:59"])
@pytest.mark.fault("F22", "whatever the clock says or steps to, publications have the same bytes")
def test_the_clock_changes_no_byte(built: Project, new: dict[str, Folder], now: str) -> None:
    built.page("a.txt", NEW)
    zone = {**os.environ, "TZ": "Europe/Berlin"}
    ended(["faketime", "-f", f"@{now}", *command(built, *BUILD)], 0, env=zone)
    assert seen(built.output) == new
    assert "0 made, 1 unchanged" in ended(command(built, *BUILD), 0)
    assert_whole(built)


@pytest.mark.fault("F22", "files from the future are neither lost nor made again for it")
def test_files_from_the_future_are_files(built: Project, new: dict[str, Folder]) -> None:
    built.page("a.txt", NEW)
    future = time.time() + 50 * 365 * 86_400
    for path in built.place.rglob("*"):
        os.utime(path, (future, future))
    ended(command(built, *BUILD), 0)
    assert seen(built.output) == new
    assert "0 made, 1 unchanged" in ended(command(built, *BUILD), 0)


@pytest.mark.needs("prlimit")
@pytest.mark.fault("F24", "a page of 50 MB is refused by name, in little memory, and the others are published")
def test_a_huge_page_is_refused_in_little_memory(built: Project) -> None:
    (built.place / "content/huge.html").write_bytes(b"<p>Take 5 mg every day." * (50_000_000 // 23))
    argv = ["prlimit", f"--as={1 << 30}", *command(built, *BUILD)]
    assert "huge.html" in ended(argv, 42)
    assert "a" in seen(built.output)
    assert "huge" not in seen(built.output)


@pytest.mark.fault("F30", "a file that has another name elsewhere is replaced and not written through")
def test_what_has_a_second_name_elsewhere_is_not_written_through(
    built: Project, new: dict[str, Folder], tmp_path: Path
) -> None:
    names: dict[Path, bytes] = {}
    for path in [*built.output.rglob("*"), *(built.place / ".voicegen").rglob("*")]:
        if path.is_file():
            canary = tmp_path / f"canary-{len(names)}"
            os.link(path, canary)
            names[canary] = canary.read_bytes()
    built.page("a.txt", NEW)
    ended(command(built, *BUILD), 0)
    assert seen(built.output) == new
    changed = [canary for canary, data in names.items() if canary.read_bytes() != data]
    assert changed == []


@pytest.mark.fault("F30", "a link in the place of the stage, a note or a temporary file leads nowhere")
def test_a_link_that_somebody_put_is_not_written_through(
    built: Project, new: dict[str, Folder], tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "canary").write_text("sings")
    cache = built.place / ".voicegen"
    (cache / "unchanged.note").unlink()
    (cache / "unchanged.note").symlink_to(outside / "canary")
    for name in ("ledger.new", "ledger.json.new", "unchanged.note.new", "failures.json.new", "pace.json.new"):
        (cache / name).symlink_to(outside / "canary")
    (built.output / ".stage").symlink_to(outside)
    (built.output / "index.html").unlink()
    (built.output / "index.html").symlink_to(outside / "canary")
    built.page("a.txt", NEW)
    ended(command(built, *BUILD), 0)
    assert seen(built.output) == new
    assert [path.name for path in outside.iterdir()] == ["canary"]
    assert (outside / "canary").read_text() == "sings"


@pytest.mark.fault("F34", "SIGTERM ends a build as Ctrl-C does: with code 143, in order, and the next one goes on")
def test_sigterm_ends_a_build_in_order(built: Project) -> None:
    before = seen(built.output)
    words = " ".join(f"This is sentence {n} of many." for n in range(1_000))
    built.page("a.txt", f"Long page\n\nWhat it is\n{words}\n")
    store = built.place / ".voicegen/store"
    known = len(list(store.rglob("*")))
    process = subprocess.Popen(command(built, *BUILD), stderr=subprocess.PIPE, text=True, cwd=ROOT)
    deadline = time.monotonic() + 120
    while len(list(store.rglob("*"))) < known + 20 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 143, said
    assert "run again to go on" in said
    assert "Traceback" not in said
    assert seen(built.output) == before
    assert not (built.output / ".stage/a").exists()
    assert len([path for path in store.rglob("*") if path.is_file()]) < 800  # no further line was begun
    built.page("a.txt", OLD)
    ended(command(built, *BUILD), 0)
    assert_whole(built)


@pytest.mark.needs("unshare")
@pytest.mark.fault("F36", "a build with a voice of this machine works without any network")
def test_there_need_be_no_network(built: Project) -> None:
    (built.place / "voicegen.toml").write_text(SMALL.replace("tone", "espeak"))
    ended(["unshare", "-n", *command(built, *BUILD)], 0)
    ended(["unshare", "-n", *command(built, "verify")], 0)
    assert_whole(built)


@pytest.mark.parametrize("version", [0, 1, 99, "two", None])
@pytest.mark.fault("F38", "what another version noted is not read wrongly: it costs time, and no byte is another")
def test_notes_of_another_version_cost_only_time(built: Project, version: object) -> None:
    before = seen(built.output)
    for name in ("ledger.json", "unchanged.note"):
        path = built.place / ".voicegen" / name
        noted = path.read_text()
        changed = re.sub(r'"version": ?\d+', f'"version": {json.dumps(version)}', noted, count=1)
        assert f'"version": {json.dumps(version)}' in changed
        path.write_text(changed)
    assert built.build().exit_code == 0
    assert seen(built.output) == before
    assert_whole(built)


@pytest.mark.fault("F38", "a page that another version published is not taken for a stranger's, nor read wrongly")
def test_a_manifest_of_another_version_is_told_in_words(built: Project) -> None:
    path = built.output / "a/manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "version": 99}))
    ended(command(built, *BUILD), 0)
    assert_whole(built)
    shutil.rmtree(built.place / ".voicegen")
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "version": 99}))
    said = ended(command(built, *BUILD), {0, 1, 2})
    assert "output" in said


@pytest.mark.fault("F35", "the spawn method and another folder, language and hash seed end in the same bytes")
def test_another_folder_and_environment_end_in_the_same_bytes(
    built: Project, new: dict[str, Folder], tmp_path: Path
) -> None:
    built.page("a.txt", NEW)
    odd = tmp_path / "Ünïcode und Leer"
    built.place.rename(odd)
    env = {**os.environ, "PYTHONHASHSEED": "7", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"}
    argv = [sys.executable, "-m", "voicegen", "-C", str(odd), "build"]
    ended(argv, 0, env=env)
    assert seen(odd / "output") == new
