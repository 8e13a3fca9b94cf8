"""Watching: every save is built once, when it is whole, and what can't be read leaves what was published."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from tests.test_cli import ROOT
from voicegen.config import load
from voicegen.watching import EVERY_S, SLOW_EVERY_S, Look, is_being_written, look, saved

A: Look = {"a.txt": (1, 1, 1)}
HALF: Look = {"a.txt": (2, 2, 1)}
WHOLE: Look = {"a.txt": (9, 3, 1)}


def saves(*looks: Look, written: bool | None = False) -> list[tuple[str, ...]]:
    """What is built when the folder looks like this, look after look."""
    row: Iterator[Look] = iter(looks)
    found = []

    class EndError(Exception):
        """There is nothing more to look at."""

    def glance() -> Look:
        try:
            return next(row)
        except StopIteration:
            raise EndError from None

    try:
        for changed in saved(glance, lambda seconds: None, lambda path: written):
            found.append(changed)
    except EndError:
        pass
    return found


def test_a_save_is_built_once_and_only_when_it_has_settled() -> None:
    assert saves(A, A, A) == [()]
    assert saves(A, HALF, WHOLE) == [()]
    assert saves(A, HALF, WHOLE, WHOLE, WHOLE, WHOLE) == [(), ("a.txt",)]


def test_a_file_that_somebody_writes_to_is_not_built_however_long_it_stays_the_same() -> None:
    assert saves(A, *[WHOLE] * 50, written=True) == [()]


def test_where_nobody_can_tell_who_writes_a_file_must_stay_the_same_for_longer() -> None:
    looks = round(SLOW_EVERY_S / EVERY_S)
    assert saves(A, *[WHOLE] * looks, written=None) == [()]
    assert saves(A, *[WHOLE] * (looks + 1), written=None) == [(), ("a.txt",)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes to a file")
def test_a_file_is_being_written_for_as_long_as_a_program_has_it_open_to_write(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("w") as file:
        file.write("half")
        file.flush()
        assert is_being_written(str(path))
    assert is_being_written(str(path)) is False
    with path.open() as file:
        assert is_being_written(str(path)) is False  # who only reads does not matter
    assert is_being_written(str(tmp_path / "gone")) is False


OPENED_MEANWHILE = """
import fcntl, os, sys
from voicegen import watching

real = fcntl.fcntl

def leased(number, what, *how):
    done = real(number, what, *how)
    if how == (fcntl.F_RDLCK,) and os.fork() == 0:
        try:
            os.open(sys.argv[1], os.O_WRONLY | os.O_NONBLOCK)
        except BlockingIOError:
            os._exit(0)
        os._exit(1)
    elif how == (fcntl.F_RDLCK,):
        print(os.wait()[1])
    return done

fcntl.fcntl = leased
print(watching.is_being_written(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes to a file")
def test_whoever_opens_a_file_to_write_while_it_is_looked_at_does_not_end_us(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    command = [sys.executable, "-c", OPENED_MEANWHILE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "0\nFalse\n"), done.stderr


def test_a_file_that_is_replaced_by_another_of_the_same_size_and_time_is_a_save() -> None:
    assert saves(A, {"a.txt": (1, 1, 2)}, {"a.txt": (1, 1, 2)}) == [(), ("a.txt",)]


def test_a_new_file_and_one_that_went_are_saves_and_a_change_that_was_undone_is_none() -> None:
    both: Look = {**A, "b.txt": (1, 1, 3)}
    assert saves(A, both, both, A, A) == [(), ("b.txt",), ("b.txt",)]
    assert saves(A, HALF, A, A, A) == [()]


def test_editors_own_files_are_not_looked_at_and_settings_are(project: Project) -> None:
    project.page("a.txt")
    settings = load(project.place)
    before = look(settings)
    for name in (".a.txt.swp", "~$a.docx"):
        (project.place / "content" / name).write_text("x")
    assert look(settings) == before
    assert str(project.place / "voicegen.toml") in before


def test_every_file_that_voicegen_toml_names_is_looked_at(make_project: Callable[..., Project]) -> None:
    files = ("cover.png", "logo.svg", "look.css", "call.wav")
    cover, logo, stylesheet, notice = files
    project = make_project(
        settings=f'[publications]\ncover = "{cover}"\n[theme]\nlogo = "{logo}"\nstylesheet = "{stylesheet}"\n'
        f'[phone]\nnotice_recording = "{notice}"\n'
    )
    for name in files:
        (project.place / name).write_text("x")
    assert {str(project.place / name) for name in files} <= look(load(project.place)).keys()


def test_what_is_saved_is_published_and_what_can_not_be_read_is_not(project: Project) -> None:
    path = project.page("a.txt")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "voicegen", "-C", str(project.place), "watch", "--no-preview"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None

    def until(words: str) -> None:
        for line in islice(process.stdout or (), 200):
            if words in line:
                return
        raise AssertionError(f"{words!r} was not said")

    try:
        until("Waiting")
        replaced(path, lambda new: new.write_bytes(PAGE.replace("hours", "days").encode()))
        until("Saved: a.txt")
        until("Waiting")
        published = project.tree()
        assert b"days" in published["a/captions.vtt"]
        replaced(path, lambda new: new.write_bytes(b"Gall\xff\xfe\x00stones \x81\x8d"))
        until("FAILED")
        until("Waiting")
        assert project.tree() == published
        path.unlink()
        until("Removed: a.txt")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0


def replaced(path: Path, write: Callable[[Path], object]) -> None:
    """Saves as editors do: another file takes the place."""
    new = path.with_name(".new")
    write(new)
    new.replace(path)
