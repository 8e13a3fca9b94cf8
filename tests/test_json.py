"""--json: every command has it, gives one object of a documented shape, and ends with the same number."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from tests.conftest import Project
from voicegen.cli import main

ROOT = Path(__file__).parent.parent
DOCUMENTED = (ROOT / "docs/reference/json.md").read_text("utf-8")
NO_JSON = {"completion": "it prints a script", "store": "the commands below it have it"}


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found
    return found


NAMES = main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_it_and_the_reference_says_what_it_gives(name: str) -> None:
    assert f"`{name}`" in DOCUMENTED, f"docs/reference/json.md does not tell of {name}"
    options = {option for parameter in command(name).params for option in parameter.opts}
    assert ("--json" in options) is (name not in NO_JSON)


def run(project: Project, *words: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(main, ["-C", str(project.place), *words])


@pytest.fixture
def built(project: Project) -> Project:
    path = project.page("gallstones.txt")
    project.build()
    path.write_text(path.read_text().replace("hours", "days"))
    project.build()
    return project


def facts(outcome: Result, code: int = 0) -> dict[str, Any]:
    assert outcome.exit_code == code, outcome.stderr
    found = json.loads(outcome.stdout)
    assert found["version"] == 1
    return dict(found)


def test_what_programs_get_has_the_keys_that_are_documented(built: Project, tmp_path: Path) -> None:
    asked = {
        "audition": ["audition", "gallstones", "--json", "-o", str(tmp_path / "audition")],
        "doctor": ["doctor", "--json"],
        "history": ["history", "gallstones", "--json"],
        "init": ["init", "--json", str(tmp_path / "new")],
        "inspect": ["inspect", "gallstones", "--json"],
        "licences": ["licences", "--json"],
        "rollback": ["rollback", "gallstones", "--json"],
        "resume": ["resume", "gallstones", "--json"],
        "store": ["store", "gc", "--json"],
        "say": ["say", "Take 5 mg.", "--json", "-o", str(tmp_path / "said.wav")],
        "verify": ["verify", "--json"],
        "voices": ["voices", "--json"],
    }
    for name, words in asked.items():
        outcome = run(built, *words)
        assert json.loads(outcome.stdout)["version"] == 1, name
        keys = set(json.loads(outcome.stdout)) - {"version"}
        (row,) = re.findall(rf"^\| .*`{name}`.* \| (.*) \|$", DOCUMENTED, re.M)
        for key in keys:
            assert f"`{key}`" in row, f"{name} gives {key}, and docs/reference/json.md does not say so"


def test_what_is_said_is_written_and_played_nowhere(project: Project, tmp_path: Path) -> None:
    found = facts(run(project, "say", "Take 5 mg.", "--json", "-o", str(tmp_path / "said.wav")))
    assert found["lines"][0]["spoken"] == "Take 5 milligrams."
    assert found["lines"][0]["changes"][0]["rule"]
    assert Path(found["file"]).stat().st_size > 1000


def test_an_error_of_the_whole_command_leaves_standard_output_empty(project: Project) -> None:
    for words in (["status", "--json"], ["plan", "--json"], ["voices", "--json"], ["doctor", "--json"]):
        (project.place / "voicegen.toml").write_text("[voice]\nengine = 'none such'\n")
        outcome = run(project, *words)
        assert outcome.exit_code == 2
        assert outcome.stdout == ""
        assert "voicegen.toml" in outcome.stderr


def test_fetch_tells_programs_of_each_failure(project: Project) -> None:
    found = facts(run(project, "fetch", "--json", "gone.docx"), 42)
    assert found["exit_code"] == 42
    assert found["outcomes"][0]["error"]["remedy"]
