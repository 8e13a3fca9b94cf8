"""The examples of docs/how-to/automate.md: each is read by its own program, and the script does what it says."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from tests.conftest import Project
from voicegen.cli import main

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples"
COMMAND = re.compile(r"\bvoicegen (?:-C \S+ )?([a-z]+)((?: --?[a-z-]+)*)")


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_command_in_an_example_is_one_of_ours_with_options_that_it_has(path: Path) -> None:
    text = "\n".join(
        line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith(("#", "D"))
    )
    for name, options in COMMAND.findall(text.replace('"$project"', "x")):
        command = main.get_command(click.Context(main), name)
        assert command, f"{path.name} runs voicegen {name}"
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(options.split()) <= known


def test_the_workflow_is_one_and_publishes_nothing_of_a_proposal() -> None:
    workflow = yaml.safe_load((EXAMPLES / "publish-pages.yml").read_text("utf-8"))
    triggers = workflow[True]  # YAML 1.1 takes the word "on" for yes
    assert {"push", "pull_request", "workflow_dispatch"} == set(triggers)
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"]
    for job in jobs.values():
        assert job["runs-on"] == "ubuntu-latest"
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["if"] == "github.event_name != 'pull_request'"
    cached = next(
        step["with"]["path"] for step in jobs["build"]["steps"] if step.get("uses", "").startswith("actions/cache")
    )
    assert set(cached.split()) == {".voicegen", "output"}


def test_the_workflow_s_build_step_goes_on_with_1_and_stops_with_more(tmp_path: Path) -> None:
    workflow = yaml.safe_load((EXAMPLES / "publish-pages.yml").read_text("utf-8"))
    script = next(step["run"] for step in workflow["jobs"]["build"]["steps"] if step.get("name") == "Build")
    for code, expected in ((0, 0), (1, 0), (2, 2), (3, 3), (42, 42)):
        (tmp_path / "voicegen").write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / "voicegen").chmod(0o755)
        env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
        outcome = subprocess.run(["bash", "-e", "-c", script], env=env, capture_output=True, check=False)
        assert outcome.returncode == expected


def test_the_workflow_that_looks_for_known_holes_may_only_read_and_fails_where_there_is_one() -> None:
    workflow = yaml.safe_load((EXAMPLES / "known-holes.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}
    (job,) = workflow["jobs"].values()
    assert not any("continue-on-error" in step for step in job["steps"])
    assert "pip_audit" in job["steps"][-1]["run"]
    for step in job["steps"]:
        assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])


@pytest.mark.needs("systemd-analyze")
def test_systemd_takes_the_service_and_the_timer(tmp_path: Path) -> None:
    for name in ("voicegen-build.service", "voicegen-build.timer"):
        text = (EXAMPLES / name).read_text("utf-8").replace("/usr/local/bin/nightly-build", "/bin/true")
        (tmp_path / name).write_text(text)
        configparser.ConfigParser(interpolation=None).read_string(text)
        outcome = subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / name)], capture_output=True, text=True, check=False
        )
        ours = [line for line in outcome.stderr.splitlines() if "voicegen-build" in line]
        assert not ours, outcome.stderr


def test_the_line_for_cron_is_one() -> None:
    text = (ROOT / "docs/how-to/automate.md").read_text("utf-8")
    (line,) = re.findall(r"```cron\n(.*)\n```", text)
    *when, program, _, _ = line.split()
    assert [bool(re.fullmatch(r"\d+|\*", one)) for one in when] == [True] * 5
    assert program == "/usr/local/bin/nightly-build"


@pytest.mark.needs("bash")
def test_the_nightly_script_publishes_what_is_whole_and_says_what_happened(
    project: Project,
) -> None:
    project.page("gallstones.txt")
    programs = project.place / "bin"
    programs.mkdir()
    (programs / "voicegen").write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m voicegen "$@"\n'
    )
    (programs / "voicegen").chmod(0o755)
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    public = project.place / "public"

    def night() -> tuple[int, str]:
        script = ["bash", str(EXAMPLES / "nightly-build.sh"), str(project.place), str(public)]
        outcome = subprocess.run(script, env=env, capture_output=True, text=True, check=False, timeout=300)
        return outcome.returncode, outcome.stdout + outcome.stderr

    code, words = night()
    assert code == 0
    assert "gallstones: made" in words
    assert (public / "gallstones" / "index.html").is_file()
    assert night() == (0, "")
    (project.place / "voicegen.toml").write_text("[voise]\n")
    before = sorted(public.rglob("*"))
    code, words = night()
    assert code == 2
    assert "voise" in words
    assert sorted(public.rglob("*")) == before
    assert not list(project.place.glob("public.*"))
