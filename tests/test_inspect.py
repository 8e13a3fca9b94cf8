from __future__ import annotations

import json
from collections.abc import Callable

from click.testing import CliRunner

from tests.conftest import Project
from tests.sources.pages import FILLER
from voicegen.cli import main

PAGE = f"""<html lang="en"><head><title>Knee pain</title></head><body><main><h1>Knee pain</h1>{FILLER}
<h2>Care</h2><p>Do this:</p><ul><li>Rest</li><li>Ice</li></ul>
<img src="a.png" alt="A knee"><img src="b.png" alt="An ice pack">
<table><tr><th>Age<th>Dose<tr><td>6<td>5 ml<tr><td>7<td>6 ml</table><blockquote>It got better.</blockquote>
<dl><dt>Joint</dt><dd>Where bones meet.</dd></dl><div class="callout warning"><p>Do not run on it.</p></div>
<div class="callout warning"><p>Do not jump on it either.</p></div>
<details><summary>Is it arthritis?</summary><p>Perhaps.</p></details>
<div class="offer-of-the-day"><p>Our knees are the best.</p></div></main></body></html>"""
SETTINGS = """[voice]
engine = "tone"
[site]
keep = ["#facts"]
drop = [".offer-of-the-day"]
drop_texts = ["Do this:"]
"""


def inspected(project: Project, *arguments: str, code: int = 0) -> str:
    outcome = CliRunner().invoke(main, ["-C", str(project.place), "inspect", *arguments])
    assert outcome.exit_code == code, outcome.output
    return outcome.output


def test_everything_that_a_section_holds_is_counted(make_project: Callable[..., Project]) -> None:
    project = make_project(settings=SETTINGS)
    project.page("knee.html", PAGE)
    said = inspected(project, "knee")
    assert (
        "Care  [3 paragraphs, 2 list items, 1 table, 2 images, 1 definition list, 2 boxes, 1 quotation, "
        "1 fold-out text]" in said
    )
    care = next(
        part for part in json.loads(inspected(project, "knee", "--json"))["sections"] if part["level"] == 2
    )
    assert (care["n_images"], care["n_definition_lists"], care["n_callouts"], care["n_quotations"]) == (2, 1, 2, 1)


def test_the_rules_of_the_site_are_shown_with_how_often_they_held(make_project: Callable[..., Project]) -> None:
    project = make_project(settings=SETTINGS)
    project.page("knee.html", PAGE)
    said = inspected(project, "Knee pain")
    assert 'keep "#facts": nothing on this page' in said
    assert 'drop ".offer-of-the-day": 1 place' in said
    assert 'drop_texts "Do this:": 1 place' in said
    assert "Left out: left out by a rule in voicegen.toml 2×" in said
    rules = json.loads(inspected(project, "knee", "--json"))["site_rules"]
    assert rules[1] == {"key": "drop", "rule": ".offer-of-the-day", "times": 1}


def test_a_page_without_site_rules_does_not_speak_of_them(project: Project) -> None:
    project.page("knee.html", PAGE)
    assert "[site]" not in inspected(project, "knee")


def test_a_wrong_selector_is_told_once_and_before_anything_is_made(make_project: Callable[..., Project]) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[site]\ndrop = ["p["]\n')
    for name in ("a.html", "b.html"):
        project.page(name, PAGE)
    said = inspected(project, "a", code=2)
    assert 'voicegen.toml, [site] drop: "p[" is no CSS selector' in said
    assert '".sidebar"' in said
    outcome = CliRunner().invoke(main, ["-C", str(project.place), "build"])
    assert outcome.exit_code == 2
    assert outcome.output.count("is no CSS selector") == 1
