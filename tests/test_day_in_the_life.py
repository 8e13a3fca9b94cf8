"""A day in the life of a clinic's page, by the real commands and the real review page, killed time and again."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Project
from tests.fetching.clinic_site import Site, page, running
from tests.test_cli import run
from tests.test_taking_back import killed
from voicegen.cli import main
from voicegen.recordings.opening import opened as recording

pytestmark = pytest.mark.needs("chromium")
KNEE = """<!doctype html><html lang="en"><title>Gout</title><main><h1>Gout</h1>
<h2>What it is</h2><p>Gout is caused by crystals of urate. They form in the joints.</p>
<h2>Treatment</h2><p>Drink water. Take {dose} of colchicine twice a day. Do not take aspirin. Rest the joint.</p>
</main></html>"""
KILLS = (1, 4, 11, 26)
"""Changes of the disk before which a command is killed, one after the other."""


def step(project: Project, *arguments: str) -> None:
    """Runs a command, killed in the midst of it some times, and then once to its end."""
    for at in KILLS:
        if not killed(at, lambda: main(["-C", str(project.place), *arguments])):
            return
    run(project.place, *arguments)


def state(project: Project) -> str:
    facts = json.loads(run(project.place, "status", "--json").stdout)
    return str(facts["pages"][0]["state"])


def acts(project: Project) -> list[str]:
    """What the log says, without what was said again after a kill."""
    entries = json.loads(run(project.place, "approvals", "--json").stdout)["entries"]
    said = [entry["act"] for entry in entries if entry["act"] != "repaired"]
    return [act for at, act in enumerate(said) if at == 0 or said[at - 1] != act]


def whole(project: Project) -> None:
    assert "all as published" in run(project.place, "verify").stdout


def published(project: Project) -> dict[str, bytes]:
    return {name: data for name, data in project.tree().items() if name.startswith("gout/")}


@contextlib.contextmanager
def reviewing(project: Project) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of the review page, as the command prints it, and its process."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "voicegen", "-C", str(project.place), "review"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout
        words = process.stdout.readline()
        assert words.startswith("Review: open http://localhost:")
        yield words.split()[-1], process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def pressed_and_killed(chromium: Browser, project: Project, path: str, fill: dict[str, str], button: str) -> None:
    """Presses a button of the review page, and kills its server for good while it is at work."""
    with reviewing(project) as (url, process):
        shown = chromium.new_page()
        shown.goto(url + path)
        _fill(shown, fill)
        shown.get_by_role("button", name=button, exact=True).click(no_wait_after=True)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        shown.close()
    run(project.place, "approvals")  # the log is whole


def _fill(shown: Page, fill: dict[str, str]) -> None:
    form = shown.locator("form[action$=decide]")
    for label, words in fill.items():
        form.get_by_label(label).fill(words)


def line_of(folder: Path, words: str) -> dict[str, int]:
    facts = json.loads((folder / "timeline.json").read_text())
    found: dict[str, int] = next(
        line for chapter in facts["chapters"] for line in chapter["lines"] if words in line["shown"]
    )
    return found


def sound(folder: Path, words: str) -> array[float]:
    """What is heard of the line that has these words, decoded."""
    line = line_of(folder, words)
    with recording(folder / "gout.mp3") as file:
        return file.decode(line["start"], line["end"])


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as clinic:
        clinic.plan["/gout"] = page(KNEE.format(dose="0.5 mg").encode(), ETag='"1"')
        yield clinic


def test_a_page_is_fetched_built_reviewed_published_changed_rejected_corrected_and_taken_back(
    chromium: Browser, tmp_path: Path, site: Site
) -> None:
    settings = (
        f'[fetch]\ninner_hosts = ["{site.place}"]\npause = 0.0\n[review]\nrequired = true\n'
        '[publications]\nformats = ["html", "mp3", "webvtt", "timeline", "account"]\n'
    )
    project = Project(tmp_path / "project", settings)
    draft = project.place / ".voicegen/drafts/gout"

    # fetched and built
    step(project, "fetch", site.url("/gout"))
    step(project, "build")
    assert state(project) == "waiting"
    assert project.tree() == {}

    # one pronunciation fixed, and heard
    before = sound(draft, "colchicine")
    with reviewing(project) as (url, _):
        shown = chromium.new_page()
        shown.goto(f"{url}page/gout/line/{line_of(draft, 'colchicine')['id']}/")
        shown.get_by_label("Word, as it is written").fill("colchicine")
        shown.get_by_label("Say it like this").fill("coal chi seen")
        shown.get_by_role("button", name="Hear it so").click()
        expect(shown.get_by_role("button", name="Keep it")).to_be_visible(timeout=60_000)
        assert not (project.place / "content/pronunciations.toml").exists()
        shown.get_by_role("button", name="Keep it").click()
        expect(shown.locator("#message")).to_contain_text("It is kept", timeout=60_000)
        shown.close()
    assert list(sound(draft, "colchicine")) != list(before)
    assert 'word = "colchicine"' in (project.place / "content/pronunciations.toml").read_text()

    # approved and published
    pressed_and_killed(chromium, project, "page/gout/", {"Your name": "Nurse Ada"}, "Approve")
    with reviewing(project) as (url, _):
        shown = chromium.new_page()
        shown.goto(f"{url}page/gout/")
        if shown.get_by_role("button", name="Approve").count():  # the kill came first
            _fill(shown, {"Your name": "Nurse Ada"})
            shown.get_by_role("button", name="Approve").click()
            expect(shown.locator("#message")).to_have_text("Approved.", timeout=60_000)
        shown.close()
    assert state(project) == "approved"
    step(project, "publish", "gout", "--by", "Bo")
    whole(project)
    assert acts(project) == ["approved", "published"]
    first = published(project)

    # one dose changed on the clinic's site: exactly one line is spoken
    site.plan["/gout"] = page(KNEE.format(dose="5 mg").encode(), ETag='"2"')
    step(project, "fetch")
    copy = tmp_path / "copy"
    shutil.copytree(project.place, copy)
    assert json.loads(run(copy, "build", "--json").stdout)["spoken"] == 1
    step(project, "build")
    undisturbed = copy / ".voicegen/drafts/gout"
    for path in undisturbed.rglob("*.*"):
        assert path.read_bytes() == (draft / path.relative_to(undisturbed)).read_bytes()  # kills changed nothing
    assert published(project) == first

    # shown on top, heard, and rejected
    with reviewing(project) as (url, _):
        shown = chromium.new_page()
        shown.goto(f"{url}page/gout/")
        change = shown.locator("#first ~ ol li.change").first
        assert "0.5 mg" in change.locator("del").inner_text()
        assert "Take 5 mg" in change.locator("ins").inner_text()
        assert shown.locator("li.change").count() == 1
        buttons = change.locator("button[data-sound]")
        expect(buttons.first).to_be_visible()  # the script makes them of links
        sounds = [str(one.get_attribute("data-sound")) for one in buttons.all()]
        assert len({shown.request.get(one).body() for one in sounds}) == 2
        _fill(shown, {"Your name": "Dr Cy", "Note": "Ten times too much"})
        shown.get_by_role("button", name="Reject").click()
        expect(shown.locator("#message")).to_contain_text("Rejected", timeout=60_000)
        shown.close()
    step(project, "reject", "gout", "--by", "Dr Cy", "--note", "Ten times too much")
    assert "not approved" in run(project.place, "publish", "gout", code=1).stderr
    assert published(project) == first

    # corrected, approved and published
    site.plan["/gout"] = page(KNEE.format(dose="0.6 mg").encode(), ETag='"3"')
    step(project, "fetch")
    step(project, "build")
    step(project, "approve", "gout", "--by", "Nurse Ada")
    step(project, "publish", "gout", "--by", "Bo")
    whole(project)
    assert b"0.6 mg" in published(project)["gout/captions.vtt"]

    # taken back: whole, and held
    step(project, "rollback", "gout", "1", "--by", "Nurse Ada")
    assert published(project) == first
    whole(project)
    assert state(project) == "held"
    assert [act for act in acts(project) if act != "taken back"] == [
        *("approved", "published", "rejected", "approved", "published"),
    ]
    assert acts(project)[-1] == "taken back"
    step(project, "build")
    assert published(project) == first
    assert 'word = "colchicine"' in (project.place / "content/pronunciations.toml").read_text()
