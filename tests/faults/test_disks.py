"""F2 to F7: disks that lose power, are full, break, or can't be written; the real program, on real disks."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.faults.promise import assert_whole, seen
from tests.faults.real import NEW, OLD, SMALL, command, ended, mount, small_disk

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
BUILD = ("build", "-j1")


@pytest.fixture
def built(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project", SMALL)
    project.page("a.txt", OLD)
    assert project.build().exit_code == 0
    return project


def assert_finishes(project: Project) -> None:
    """The next run finishes, and all is as a clean build makes it."""
    ended(command(project, *BUILD), 0)
    clean = Project(project.place.with_name("clean"), SMALL)
    for page in (project.place / "content").iterdir():
        clean.page(page.name, page.read_text())
    assert clean.build().exit_code == 0
    assert seen(project.output) == seen(clean.output)
    assert_whole(project)


@pytest.mark.needs("strace")
@pytest.mark.fault("F2", "every new file, and the folder with its name, is on the disk before the page appears")
def test_what_is_published_is_on_the_disk_before_it_takes_its_place(built: Project, tmp_path: Path) -> None:
    built.page("a.txt", NEW)
    trace = tmp_path / "trace"
    calls = "trace=fsync,rename,renameat,renameat2"
    ended(["strace", "-f", "-y", "--seccomp-bpf", "-o", str(trace), "-e", calls, *command(built, *BUILD)], 0)
    lines = trace.read_text().splitlines()
    output = os.path.realpath(built.output)
    (swap,) = (n for n, line in enumerate(lines) if "renameat2(" in line and f"{output}/.stage/a" in line)
    flushed = [re.search(r"fsync\(\d+<([^>]*)>", line) for line in lines]
    before = {found[1] for found in flushed[:swap] if found}
    after = [found[1] for found in flushed[swap:] if found]
    new = {name for name in _new(built) if name.startswith("a/")}
    assert {f"{output}/.stage/{name}" for name in new} <= before
    assert f"{output}/.stage/a" in before
    assert output in after
    assert any("/history/a" in path for path in before), "the earlier version was not kept first"
    for name in ("index.html", "manifest.json"):
        place = next(n for n, line in enumerate(lines) if f"/.stage/{name}" in line and "rename" in line)
        assert any(found and found[1] == f"{output}/.stage/{name}" for found in flushed[:place])


def _new(project: Project) -> set[str]:
    """Published files that no earlier version has."""
    files = (project.place / "history/a/files").iterdir()
    old = {path.stat().st_ino for path in files}
    paths = [path for path in (project.output / "a").rglob("*") if path.is_file()]
    return {path.relative_to(project.output).as_posix() for path in paths if path.stat().st_ino not in old}


@pytest.mark.fault("F3", "a full output disk is told with its place and what is free; the old page stays whole")
def test_an_output_disk_that_is_full_is_told_and_the_old_page_stays(built: Project) -> None:
    used = sum(path.stat().st_size + 4096 for path in built.output.rglob("*") if path.is_file())
    with small_disk(built.output, f"{(used + 40_000) // 1024}k"):
        before = seen(built.output)
        built.page("a.txt", NEW.replace("tea", " ".join(["tea"] * 200)))
        said = ended(command(built, *BUILD), 3)
        assert "No space left on device" in said
        assert "bytes are free" in said
        assert str(built.output) in said
        assert seen(built.output) == before
        assert not [path for path in built.output.rglob("*") if path.is_file() and not path.stat().st_size]
        assert not (built.output / ".stage").exists()
        mount("-o", "remount,size=20m", str(built.output))
        assert_finishes(built)


@pytest.mark.fault("F3", "a full disk for what is remembered is told; the old page stays, nothing empty is kept")
def test_a_memory_disk_that_is_full_is_told_and_the_old_page_stays(built: Project) -> None:
    cache = built.place / ".voicegen"
    with small_disk(cache, "1m"):
        before = seen(built.output)
        built.page("a.txt", NEW.replace("tea", " ".join(f"tea {n}" for n in range(400))))
        said = ended(command(built, *BUILD), 3)
        assert "No space left on device" in said
        assert seen(built.output) == before
        assert not [path for path in (cache / "store").rglob("*") if path.is_file() and not path.stat().st_size]
        mount("-o", "remount,size=60m", str(cache))
        assert_finishes(built)


@pytest.mark.needs("strace")
@pytest.mark.fault("F3", "processes that speak and meet a full disk at any write cost nothing but a new try")
@pytest.mark.fault("F4", "a process that speaks on a full disk gives sound or a fault, never silence that is kept")
def test_a_disk_that_is_full_for_every_process_is_told_and_the_old_page_stays(built: Project) -> None:
    (built.place / "voicegen.toml").write_text(SMALL.replace("tone", "espeak"))
    ended(command(built, *BUILD), 0)
    before = seen(built.output)
    built.page("a.txt", NEW)
    for at in (1, 6):
        inject = f"inject=write:error=ENOSPC:when={at}+"
        argv = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=write", "-e", inject]
        subprocess.run([*argv, *command(built, *BUILD)], capture_output=True, timeout=300, check=False)
        assert seen(built.output) == before
    ended(command(built, *BUILD), 0)
    assert_whole(built)


@pytest.mark.fault(
    "F3", "where even its words can't be written, a build publishes whole pages and ends with code 3"
)
def test_words_that_can_not_be_written_cost_no_page(built: Project) -> None:
    built.page("a.txt", NEW)
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(command(built, *BUILD), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert_finishes(built)


@pytest.mark.needs("prlimit")
@pytest.mark.fault("F5", "with too few open files allowed, a build ends in words or works, and pages stay whole")
def test_few_open_files_end_in_words(built: Project) -> None:
    before = seen(built.output)
    built.page("a.txt", NEW)
    codes = set()
    for most in (8, 12, 20):
        done = subprocess.run(
            ["prlimit", f"--nofile={most}", *command(built, *BUILD)], capture_output=True, text=True, check=False
        )
        codes.add(done.returncode)
        assert "this is a fault of voicegen" not in done.stderr
        assert done.returncode == 0 or seen(built.output) == before
    assert codes <= {0, 1, 3}, codes
    assert_finishes(built)


@pytest.mark.fault("F6", "an output that can't be written is told before a line is spoken")
def test_an_output_that_can_not_be_written_is_told_before_a_line_is_spoken(built: Project) -> None:
    with small_disk(built.output, "20m"):
        store = sorted((built.place / ".voicegen/store").rglob("*"))
        before = seen(built.output)
        mount("-o", "remount,ro", str(built.output))
        built.page("a.txt", NEW)
        said = ended(command(built, *BUILD), 3)
        assert str(built.output) in said
        assert "Read-only file system" in said
        assert sorted((built.place / ".voicegen/store").rglob("*")) == store
        assert seen(built.output) == before
        mount("-o", "remount,rw", str(built.output))
        assert_finishes(built)


@pytest.mark.fault("F6", "a memory that can't be written is told before a line is spoken")
def test_a_memory_that_can_not_be_written_is_told_before_a_line_is_spoken(built: Project) -> None:
    cache = built.place / ".voicegen"
    with small_disk(cache, "20m"):
        mount("-o", "remount,ro", str(cache))
        built.page("a.txt", NEW)
        said = ended(command(built, *BUILD), 3)
        assert str(cache) in said
        assert "0 made" not in said
        mount("-o", "remount,rw", str(cache))
        assert_finishes(built)


@pytest.mark.fault("F7", "with a store that can't be written, a page whose sound is known is built")
def test_a_store_that_can_not_be_written_is_used(built: Project) -> None:
    store = built.place / ".voicegen/store"
    before = seen(built.output)
    with small_disk(store, "20m"):
        mount("-o", "remount,ro", str(store))
        (built.place / ".voicegen/ledger.json").unlink()
        for path in (built.output / "a").glob("*.vtt"):
            path.unlink()
        assert "0 lines spoken" in ended(command(built, *BUILD), 0)
        assert seen(built.output) == before
