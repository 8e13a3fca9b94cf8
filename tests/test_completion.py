"""Completion with Tab in real shells: commands, options, and the names of the project's pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Project

ROOT = Path(__file__).parent.parent


@pytest.fixture
def clinic(project: Project) -> Path:
    """A project with two pages, and the program in a folder of its own."""
    project.page("asthma.txt")
    project.page("gallstones.txt")
    programs = project.place / "bin"
    programs.mkdir()
    program = programs / "voicegen"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m voicegen "$@"\n')
    program.chmod(0o755)
    return project.place


def said(clinic: Path, *command: str) -> str:
    path = f"{clinic / 'bin'}{os.pathsep}{os.environ['PATH']}"
    outcome = subprocess.run(
        command,
        cwd=clinic,
        env={**os.environ, "PATH": path, "HOME": str(clinic)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


CASES = [
    ("inspect ga", {"gallstones"}),
    ("build a", {"asthma"}),
    ("diff ", {"asthma", "gallstones"}),
    ("rollb", {"rollback"}),
    ("build --send-text-to e", {"endpoint", "espeak"}),
    ("phone asthma --profile ast", {"asterisk"}),
    ("inspect --js", {"--json"}),
    ("completion b", {"bash"}),
]


@pytest.mark.needs("bash")
def test_bash_completes(clinic: Path) -> None:
    lines = []
    for typed, _ in CASES:
        words = typed.split(" ")
        quoted = " ".join(f"'{word}'" for word in ["voicegen", *words])
        lines.append(
            f"COMPREPLY=(); COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _voicegen_completion voicegen; "
            'echo "${COMPREPLY[*]}"'
        )
    script = 'eval "$(voicegen completion bash)"\n' + "\n".join(lines)
    answers = said(clinic, "bash", "-c", script).splitlines()
    for (typed, expected), answer in zip(CASES, answers, strict=True):
        assert expected <= set(answer.split()), typed


@pytest.mark.needs("fish")
def test_fish_completes(clinic: Path) -> None:
    lines = "\n".join(f"echo (complete -C 'voicegen {typed}' | string split -f1 \\t)" for typed, _ in CASES)
    answers = said(clinic, "fish", "-c", f"voicegen completion fish | source\n{lines}").splitlines()
    for (typed, expected), answer in zip(CASES, answers, strict=True):
        assert expected <= set(answer.split()), typed


@pytest.mark.needs("zsh")
def test_zsh_takes_the_script_and_asks_for_what_it_completes(clinic: Path) -> None:
    functions = clinic / ".zfunc"
    functions.mkdir()
    (functions / "_voicegen").write_text(said(clinic, "voicegen", "completion", "zsh"))
    load = f"fpath+=({functions}); autoload -Uz compinit; compinit -u -d {clinic}/dump; echo $_comps[voicegen]"
    assert said(clinic, "zsh", "-f", "-c", load).strip() == "_voicegen"
    for typed, expected in CASES:
        words = ["voicegen", *typed.split(" ")]
        ask = (
            f'COMP_WORDS="{" ".join(words)}" COMP_CWORD={len(words) - 1} _VOICEGEN_COMPLETE=zsh_complete voicegen'
        )
        assert expected <= set(said(clinic, "zsh", "-f", "-c", ask).split()), typed


def test_another_project_s_pages_are_offered_after_its_folder(clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    asked = f"cd {tmp_path / 'elsewhere'}; COMP_WORDS='voicegen -C {clinic} inspect as' COMP_CWORD=4 "
    assert "asthma" in said(clinic, "sh", "-c", f"{asked}_VOICEGEN_COMPLETE=bash_complete voicegen")


def test_a_folder_that_is_no_project_offers_nothing_and_says_nothing(clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    asked = f"cd {tmp_path / 'elsewhere'}; COMP_WORDS='voicegen inspect as' COMP_CWORD=2 "
    assert said(clinic, "sh", "-c", f"{asked}_VOICEGEN_COMPLETE=bash_complete voicegen 2>&1").strip() == ""
