"""What the next page says is worked out by a process of its own, which is of help and never in the way."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT, Project
from voicegen.reading_ahead import Ahead

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pages are read ahead on Linux only")
NAMES = ("a.txt", "b.txt", "c.txt", "d.txt")
WATCHED = """
import os, signal, sys
from voicegen import making
known, here, read = making.wording, os.getpid(), []
def watched(page, *rest):
    if os.getpid() == here:
        read.append(page.id)
    elif page.id == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    return known(page, *rest)
making.wording = watched
from voicegen.cli import main
try:
    main(["-C", sys.argv[2], "build", "--plain", "-j", sys.argv[3]])
finally:
    print("read here:", *read)
    try:
        os.waitpid(-1, os.WNOHANG)
        print("somebody is left")
    except ChildProcessError:
        print("nobody is left")
"""
"""A build that tells which pages it read itself; its reader is killed at a page."""


def built(project: Project, jobs: int, killed_at: str = "") -> str:
    command = [sys.executable, "-c", WATCHED, killed_at, str(project.place), str(jobs)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def several(make_project: Callable[..., Project]) -> Project:
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["timeline", "webvtt"]\n')
    for name in NAMES:
        project.page(name, PAGE.replace("Gallstones", f"Stones of {name[0]}"))
    return project


@linux
def test_pages_but_the_first_are_read_elsewhere_and_come_out_the_same(several: Project) -> None:
    assert "read here: a b c d\n" in built(several, 1)
    before = several.tree()
    for name in (".voicegen", "output"):
        shutil.rmtree(several.place / name)
    said = built(several, 2)
    assert "read here: a\n" in said
    assert "nobody is left" in said
    assert several.tree() == before


@linux
def test_a_reader_that_is_killed_costs_nothing_but_its_help(several: Project) -> None:
    said = built(several, 2, killed_at="c")
    assert "4 made" in said
    assert "read here: a c d\n" in said
    assert "nobody is left" in said


@linux
def test_a_page_that_cannot_be_read_is_told_in_the_same_words_and_the_others_are_made(several: Project) -> None:
    (several.place / "content" / "c.txt").write_bytes(b"\0\1\2" * 400)
    told = [(one.outcome, [str(error) for error in one.errors]) for one in several.build(jobs=2).pages]
    assert [outcome for outcome, _ in told] == ["made", "made", "failed", "made"]
    (again,) = (one.errors for one in several.build(jobs=1).pages if one.outcome == "failed")
    assert [str(error) for error in again] == told[2][1]


@linux
def test_ctrl_c_which_all_of_them_get_ends_all_without_a_word_of_who_reads_ahead(several: Project) -> None:
    for name in NAMES:
        words = " ".join(f"This is sentence {n} of {name}." for n in range(800))
        several.page(name, f"Long page\n\nWhat it is\n{words}\n")
    command = [sys.executable, "-m", "voicegen", "-C", str(several.place), "build", "-j", "2"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as build:
        while not (several.place / ".voicegen" / "store").exists() and build.poll() is None:
            time.sleep(0.05)
        os.killpg(build.pid, signal.SIGINT)
        _, wrong = build.communicate()
        assert build.returncode == 130
        assert "Traceback" not in wrong
        with pytest.raises(ProcessLookupError):
            os.killpg(build.pid, 0)


ANSWERS = """
from voicegen.reading_ahead import Ahead
ahead = Ahead(str.upper)
print(ahead.answer("one"))
ahead.ask("one", "rest")
print(ahead.answer("other"), ahead.answer("one"), ahead.answer("one"))
ahead.ask("long", "x" * 5_000_000)
print(ahead.answer("long") == "X" * 5_000_000)
ahead.ask("wrong", None)
print(ahead.answer("wrong"))
ahead.ask("late", "rest")
print(ahead.answer("late"))
"""
"""Run in a process of its own: in that of the tests there may be threads."""


@linux
def test_only_what_was_asked_for_under_that_name_is_an_answer() -> None:
    told = subprocess.run([sys.executable, "-c", ANSWERS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["None", "None", "REST", "None", "True", "None", "None"]
    assert told.stderr == ""


def test_beside_threads_of_this_process_nothing_is_read_ahead() -> None:
    ahead = Ahead(str.upper)
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        ahead.ask("one", "rest")
        assert ahead.answer("one") is None
    finally:
        ahead.close()
        ended.set()
        other.join()


@linux
def test_who_reads_ahead_holds_none_of_the_locks_of_its_build(tmp_path: Path) -> None:
    """A build that is killed leaves nobody behind that keeps the next one waiting."""
    code = (
        "import fcntl, os, sys, time; from voicegen.reading_ahead import Ahead\n"
        "lock = open(sys.argv[1], 'w'); fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "ahead = Ahead(time.sleep); ahead.ask('one', 0); ahead.answer('one'); ahead.ask('two', 600)\n"
        "print(ahead._child, flush=True); time.sleep(600)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        child = int(build.stdout.readline())
        build.kill()
        build.wait()
        try:
            with (tmp_path / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.kill(child, signal.SIGKILL)  # it would go on with what it has begun, and then find nobody
