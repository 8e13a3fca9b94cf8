"""F1, F3, F5, F6: at each file call of each command that changes what is published, each fault in turn.

All of them, with VOICEGEN_EVERY_CALL=1, take long; without it, some calls of each are drawn, always the same ones.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.faults.file_calls import FAULTS, Fault, Program, program
from tests.faults.promise import Scene

PAGE = "Fever\n\nAt home\nDrink {} every hour.\n"
PLAIN = """[project]
language = "en"
[voice]
engine = "tone"
[publications]
formats = ["html", "mp3", "webvtt", "timeline"]
"""
REVIEWED = f"{PLAIN}[review]\nrequired = true\n"
BUILD = ("build", "-j1")
BY = ("--by", "Dr. Reyes")
EVERY = bool(os.environ.get("VOICEGEN_EVERY_CALL"))
pytestmark = pytest.mark.needs("cc")


@pytest.fixture(scope="module")
def voicegen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with program(tmp_path_factory.mktemp("program")) as loaded:
        yield loaded


def new(place: Path, settings: str = PLAIN) -> Project:
    project = Project(place, settings)
    project.page("a.txt", PAGE.format("water"))
    return project


def run(voicegen: Program, project: Project, *command: str) -> None:
    done = voicegen.run(project.place, *command)
    assert done.code == 0, done.said


def first(voicegen: Program, place: Path) -> Scene:
    return Scene(new(place), BUILD)


def edited(voicegen: Program, place: Path) -> Scene:
    project = new(place)
    run(voicegen, project, *BUILD)
    project.page("a.txt", PAGE.format("tea"))
    return Scene(project, BUILD)


def renamed(voicegen: Program, place: Path) -> Scene:
    project = new(place)
    run(voicegen, project, *BUILD)
    (project.place / "content/a.txt").rename(project.place / "content/b.txt")
    return Scene(project, BUILD)


def taken_back(voicegen: Program, place: Path) -> Scene:
    scene = edited(voicegen, place)
    run(voicegen, scene.project, *BUILD)
    return Scene(scene.project, ("rollback", "a"))


def resumed(voicegen: Program, place: Path) -> Scene:
    scene = taken_back(voicegen, place)
    run(voicegen, scene.project, *scene.act)
    return Scene(scene.project, ("resume", "a"))


def drafted(voicegen: Program, place: Path) -> Scene:
    """A second version waits, and the first was approved and published."""
    project = new(place, REVIEWED)
    for command in (BUILD, ("approve", "a", *BY), ("publish", *BY)):
        run(voicegen, project, *command)
    project.page("a.txt", PAGE.format("tea"))
    run(voicegen, project, *BUILD)
    return Scene(project, ("approve", "a", *BY), (("publish", *BY),))


def released(voicegen: Program, place: Path) -> Scene:
    scene = drafted(voicegen, place)
    run(voicegen, scene.project, *scene.act)
    return Scene(scene.project, ("publish", *BY), (("publish", *BY),))


SCENES = {one.__name__: one for one in (first, edited, renamed, taken_back, resumed, drafted, released)}


@pytest.fixture(scope="module")
def scene(voicegen: Program, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Scene]:
    made: dict[str, Scene] = {}

    def get(name: str) -> Scene:
        if name not in made:
            place = tmp_path_factory.mktemp(name)
            made[name] = SCENES[name](voicegen, place / "ready")
            made[name].learn(voicegen, place / "clean")
        return made[name]

    return get


def drawn(calls: int, name: str, fault: str) -> list[int]:
    """The calls at which it goes wrong: all, or some that depend on the names alone."""
    if EVERY:
        return [*range(1, calls + 2)]
    few = 3 if fault == "killed" or name == "edited" else 1
    return sorted(random.Random(f"{name}, {fault}").sample(range(1, calls + 2), few))


@pytest.mark.fault(
    "F1",
    "killed at any file call, readers see old or new pages, nothing is lost, and the next run finishes",
)
@pytest.mark.fault(
    "F3", "with a disk full at any call, once or for ever, pages are old or new, and the next run finishes"
)
@pytest.mark.fault(
    "F5",
    "with a call that fails or does half, whichever, pages are old or new, and the next run finishes",
)
@pytest.mark.fault(
    "F6", "with a disk that turns read-only at any call, pages are old or new, and the next run finishes"
)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", SCENES)
def test_whatever_befalls_a_file_call_pages_are_old_or_new_and_the_next_run_finishes(
    name: str, fault: str, voicegen: Program, scene: Callable[[str], Scene], tmp_path: Path
) -> None:
    played = scene(name)
    calls = played.calls(voicegen, tmp_path / "count", fault)
    assert calls > 0
    for at in drawn(calls, name, fault):
        played.play(voicegen, tmp_path / str(at), Fault(fault, at))


@pytest.mark.fault("F5", "a folder whose opening a signal breaks off is the machine's trouble, not the page's")
def test_a_folder_whose_opening_a_signal_broke_off_is_the_machines_trouble(
    voicegen: Program, tmp_path: Path
) -> None:
    ready = edited(voicegen, tmp_path / "ready").project.place
    (ready / ".voicegen/ledger.json").unlink()
    codes = set()
    for at in range(1, 26):
        place = tmp_path / str(at)
        shutil.copytree(ready, place, symlinks=True)
        done = voicegen.run(place, *BUILD, fault=Fault("interrupted by a signal", at))
        assert done.code in {0, 3}, done.said
        codes.add(done.code)
    assert codes == {0, 3}
