from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from tests.conftest import PAGE, Project
from voicegen.cli import main


def said(project: Project, code: int = 0) -> str:
    outcome = CliRunner().invoke(main, ["-C", str(project.place), "doctor"])
    assert outcome.exit_code == code, outcome.output
    return outcome.output


def test_pages_that_staff_must_see_to_are_named_and_stop_nothing(make_project: Callable[..., Project]) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[pages.kne]\npublisher = "A"\n')
    for name in ("knee.txt", "Knee.md", "asthma.txt"):
        project.page(name)
    (project.place / "content" / os.fsdecode(b"hip\xff.txt")).write_text(PAGE)
    output = said(project)
    assert "ok       pages in content: 1" in output
    assert "look at  Knee.md: it would become output/knee, and so would knee.txt" in output
    assert "look at  hip\N{REPLACEMENT CHARACTER}.txt: its name has bytes that are no text" in output
    assert 'look at  [pages.kne] in voicegen.toml is for no page. Did you mean "knee"?' in output


def test_the_size_of_the_memory_is_told_with_what_deleting_it_costs(project: Project) -> None:
    assert "memory in .voicegen: 0 MB; deleting it costs time and loses nothing" in said(project)
    (project.place / ".voicegen/store").mkdir(parents=True)
    (project.place / ".voicegen/store/clip").write_bytes(bytes(2_600_000))
    assert "memory in .voicegen: 3 MB" in said(project)


def test_a_project_without_content_is_told_what_to_make(project: Project) -> None:
    (project.place / "content").rmdir()
    output = said(project, code=2)
    assert "MISSING" in output
    assert "Make it and put the condition pages into it." in output


@pytest.mark.parametrize("engine", ["gtts", "piper"])
def test_what_is_not_ready_is_a_question_with_its_answer(project: Project, engine: str) -> None:
    assert f"not here engine {engine} is ready? No: " in said(project)
