"""The Python API: every verb of the commands, its examples as they stand, and a start that loads nothing."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import voicegen
from tests.conftest import Project as Clinic
from voicegen.cli import main
from voicegen.errors import SettingsError
from voicegen.project import Project

ROOT = Path(__file__).parent.parent
NO_METHOD = {
    "completion": "it is for shells",
    "gauntlet": "its parts are values already: voicegen.gauntlet",
    "approvals": "who approves is a person at the command or at the review page",
    "approve": "who approves is a person at the command or at the review page",
    "store": "its part is a function: voicegen.sweeping.sweep",
    "reject": "who rejects is a person at the command or at the review page",
    "review": "it is a page for a person",
}
"""Commands without a method, and why."""


def test_every_command_is_a_method_or_says_why_not() -> None:
    commands = set(main.list_commands(None)) - NO_METHOD.keys()  # type: ignore[arg-type]
    methods = {name for name in vars(Project) if not name.startswith("_")} - {"settings"}
    assert commands == methods


def test_the_examples_of_the_reference_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/reference/python.md").read_text("utf-8").replace("```", "")
    test = doctest.DocTestParser().get_doctest(text, {}, "python.md", None, 0)
    assert len(test.examples) > 25
    said: list[str] = []
    doctest.DocTestRunner().run(test, out=said.append)
    assert not said, "".join(said)


def loaded(code: str) -> set[str]:
    outcome = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(outcome.stdout.split())


def test_importing_the_library_loads_nothing_else_of_it() -> None:
    before = loaded("")
    added = loaded("import voicegen") - before
    assert {name for name in added if name.startswith("voicegen")} == {"voicegen"}
    assert len(added) <= 3, sorted(added)


def test_a_project_loads_no_parser_and_no_sound_library() -> None:
    heavy = {"bs4", "jinja2", "av", "click", "requests", "babel", "markdown_it", "sentencex"}
    assert not heavy & loaded("import voicegen; voicegen.Project('.').settings")


def test_the_public_names_are_there_and_others_are_missed_by_name() -> None:
    assert set(voicegen.__all__) <= set(dir(voicegen))
    assert voicegen.VoicegenError.__module__ == "voicegen.errors"
    with pytest.raises(AttributeError, match="no attribute 'projekt'"):
        voicegen.projekt  # noqa: B018


def test_programs_that_use_it_are_checked_against_its_types(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import voicegen\n"
        "clinic = voicegen.Project('x')\n"
        "names: list[str] = [page.id for page in clinic.build('a', jobs=2).pages]\n"
        "clinic.build(speed=3)\n"
    )
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(program)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert 'program.py:4: error: Unexpected keyword argument "speed"' in checked.stdout
    assert "Found 1 error" in checked.stdout, checked.stdout


@pytest.mark.parametrize(
    "given",
    [
        {"jobs": -3},
        {"jobs": 0},
        {"jobs": "2"},
        {"jobs": True},
        {"shard": 3},
        {"executor": "dask://a:1"},
        {"executor": 3},
    ],
    ids=str,
)
def test_what_build_can_make_nothing_of_is_told_in_words(given: dict[str, Any], project: Clinic) -> None:
    (name,) = given
    with pytest.raises(SettingsError, match=rf"^{name}=.*Give ") as told:
        Project(project.place).build(**given)
    assert told.value.remedy


def test_a_shard_of_named_pages_is_refused_with_what_to_do(project: Clinic) -> None:
    with pytest.raises(SettingsError, match="Name no pages"):
        Project(project.place).build("a", shard="1/2")
