"""A day in the life of a clinic's page, by the real commands and the real review page, killed time and again."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Project
from tests.faults.file_calls import Fault, Program, compiled, program
from tests.fetching.clinic_site import Site, page, running
from tests.reviews.desk_at_work import argv
from tests.reviews.projects import hum
from tests.test_cli import run
from voicegen.recordings.opening import opened as recording

pytestmark = pytest.mark.needs("chromium", "cc")
Act = Callable[[Page, Callable[[], None]], None]
"""What is done on a screen; it calls what it is given just before it presses the button that counts."""
KNEE = """<!doctype html><html lang="en"><title>Gout</title><main><h1>Gout</h1>
<h2>What it is</h2><p>Gout is caused by crystals of urate. They form in the joints.</p>
<h2>Treatment</h2><p>Drink water. Take {dose} of colchicine twice a day. Do not take aspirin. Rest the joint.</p>
</main></html>"""
KILLS = (3, 26)
"""Calls that change the disk, at which a command is killed, one after the other (`tests/faults/file_calls.c`)."""
PRESSED = (1, 4, 12)
"""The same for the server of the review page, counted from when a button is pressed."""


@dataclass(frozen=True, slots=True)
class Day:
    """A project, and the program that works in it."""

    project: Project
    program: Program
    library: Path

    def step(self, *arguments: str) -> None:
        """Runs a command, killed in the midst of it some times, and then once to its end."""
        for at in KILLS:
            if self.program.run(self.project.place, *arguments, fault=Fault("killed", at)).code != -signal.SIGKILL:
                return
        run(self.project.place, *arguments)

    def press(self, chromium: Browser, path: str, act: Act, done: Callable[[], bool]) -> None:
        """Has `act` press a button of the review page, whose server is killed while it does what was asked for.

        So it goes at one moment after the other, until it is `done`; what is done by then needs no other try.
        """
        for at in (*PRESSED, 0):
            if done():
                return
            with reviewing(self.project, self.library, at) as (url, process):
                shown = chromium.new_page()
                shown.goto(url + path)

                def armed(process: subprocess.Popen[str] = process) -> None:
                    process.send_signal(signal.SIGUSR1)
                    assert process.stdout
                    while process.stdout.readline() != "armed\n":  # it has said how to end it before
                        assert process.poll() is None

                act(shown, armed)
                if at:
                    assert process.wait(60) == -signal.SIGKILL
                else:
                    expect(shown.locator("#message")).to_be_visible(timeout=60_000)
                shown.close()
            run(self.project.place, "approvals")  # the log is whole
            run(self.project.place, "build")
        assert done()


def state(project: Project) -> str:
    facts = json.loads(run(project.place, "status", "--json").stdout)
    return str(facts["pages"][0]["state"])


def acts(project: Project) -> list[tuple[str, str]]:
    """What the log says was done, by whom, without what was done again after a kill."""
    entries = json.loads(run(project.place, "approvals", "--json").stdout)["entries"]
    said = [(entry["act"], entry["by"]) for entry in entries if entry["act"] != "repaired"]
    return [act for at, act in enumerate(said) if at == 0 or said[at - 1] != act]


def whole(project: Project) -> None:
    assert "all as published" in run(project.place, "verify").stdout


def published(project: Project) -> dict[str, bytes]:
    return {name: data for name, data in project.tree().items() if name.startswith("gout/")}


@contextlib.contextmanager
def reviewing(project: Project, library: Path, at: int = 0) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of the review page, as the command prints it, and its process, to be killed `at` a call."""
    process = subprocess.Popen(
        argv(library, project, at),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library)},
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


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def voicegen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with program(tmp_path_factory.mktemp("program")) as loaded:
        yield loaded


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as clinic:
        clinic.plan["/gout"] = page(KNEE.format(dose="0.5 mg").encode(), ETag='"1"')
        yield clinic


def test_a_page_is_fetched_built_reviewed_published_changed_rejected_corrected_and_taken_back(
    chromium: Browser, tmp_path: Path, site: Site, voicegen: Program, library: Path
) -> None:
    settings = (
        f'[fetch]\ninner_hosts = ["{site.place}"]\npause = 0.0\n[review]\nrequired = true\n'
        '[publications]\nformats = ["html", "mp3", "webvtt", "timeline", "account"]\n'
    )
    project = Project(tmp_path / "project", settings)
    day = Day(project, voicegen, library)
    draft = project.place / ".voicegen/drafts/gout"

    # fetched and built
    day.step("fetch", site.url("/gout"))
    day.step("build")
    assert state(project) == "waiting"
    assert project.tree() == {}

    # one pronunciation fixed, and heard
    before = sound(draft, "colchicine")
    words = project.place / "content/pronunciations.toml"
    day.press(
        chromium,
        f"page/gout/line/{line_of(draft, 'colchicine')['id']}/",
        corrected,
        lambda: words.is_file() and 'word = "colchicine"' in words.read_text(),
    )
    assert list(sound(draft, "colchicine")) != list(before)

    # approved and published
    def approved(shown: Page, armed: Callable[[], None]) -> None:
        _fill(shown, {"Your name": "Nurse Ada"})
        armed()
        shown.get_by_role("button", name="Approve", exact=True).click(no_wait_after=True)

    day.press(chromium, "page/gout/", approved, lambda: state(project) == "approved")
    day.step("publish", "gout", "--by", "Bo")
    whole(project)
    assert acts(project) == [("approved", "Nurse Ada"), ("published", "Bo")]
    first = published(project)

    # one dose changed on the clinic's site: exactly one line is spoken
    site.plan["/gout"] = page(KNEE.format(dose="5 mg").encode(), ETag='"2"')
    day.step("fetch")
    copy = tmp_path / "copy"
    shutil.copytree(project.place, copy)
    assert json.loads(run(copy, "build", "--json").stdout)["spoken"] == 1
    day.step("build")
    undisturbed = copy / ".voicegen/drafts/gout"
    for path in undisturbed.rglob("*.*"):
        assert path.read_bytes() == (draft / path.relative_to(undisturbed)).read_bytes()  # kills changed nothing
    assert published(project) == first

    # shown on top, heard, and rejected
    def rejected(shown: Page, armed: Callable[[], None]) -> None:
        change = shown.locator("#first ~ ol li.change").first
        assert "0.5 mg" in change.locator("del").inner_text()
        assert "Take 5 mg" in change.locator("ins").inner_text()
        assert shown.locator("li.change").count() == 1
        buttons = change.locator("button[data-sound]")
        expect(buttons.first).to_be_visible()  # the script makes them of links
        sounds = [str(one.get_attribute("data-sound")) for one in buttons.all()]
        assert len({shown.request.get(one).body() for one in sounds}) == 2
        _fill(shown, {"Your name": "Dr Cy", "Note": "Ten times too much"})
        armed()
        shown.get_by_role("button", name="Reject").click(no_wait_after=True)

    day.press(chromium, "page/gout/", rejected, lambda: state(project) == "rejected")
    day.step("reject", "gout", "--by", "Dr Cy", "--note", "Ten times too much")
    assert "not approved" in run(project.place, "publish", "gout", code=1).stderr
    assert published(project) == first

    # corrected, recorded in part by staff, approved and published
    site.plan["/gout"] = page(KNEE.format(dose="0.6 mg").encode(), ETag='"3"')
    day.step("fetch")
    day.step("build")
    file = tmp_path / "rest.wav"
    file.write_bytes(hum(1.4))

    def recorded(shown: Page, armed: Callable[[], None]) -> None:
        form = shown.locator("form[action$='/own']")
        form.get_by_label("Your name").fill("Nurse Ada")
        form.get_by_label("Sound file").set_input_files(file)
        shown.get_by_role("button", name="Hear the recording before it is used").click()
        keep = shown.get_by_role("button", name="Keep it")
        expect(keep).to_be_visible(timeout=60_000)
        armed()
        keep.click(no_wait_after=True)

    day.press(
        chromium,
        f"page/gout/line/{line_of(draft, 'Rest the joint')['id']}/",
        recorded,
        lambda: ("recorded", "Nurse Ada") in acts(project),
    )
    assert len(list((project.place / "recordings/gout").glob("*.json"))) == 1
    day.step("approve", "gout", "--by", "Nurse Ada")
    day.step("publish", "gout", "--by", "Bo")
    whole(project)
    assert b"0.6 mg" in published(project)["gout/captions.vtt"]
    assert b"own staff" in published(project)["gout/captions.vtt"]  # and so listeners are told

    # taken back: whole, and held
    day.step("rollback", "gout", "1", "--by", "Nurse Ada")
    assert published(project) == first
    whole(project)
    assert state(project) == "held"
    assert acts(project) == [
        ("approved", "Nurse Ada"),
        ("published", "Bo"),
        ("rejected", "Dr Cy"),
        ("recorded", "Nurse Ada"),
        ("approved", "Nurse Ada"),
        ("published", "Bo"),
        ("taken back", "Nurse Ada"),
    ]
    day.step("build")
    assert published(project) == first
    assert 'word = "colchicine"' in words.read_text()


def corrected(shown: Page, armed: Callable[[], None]) -> None:
    shown.get_by_label("Word, as it is written").fill("colchicine")
    shown.get_by_label("Say it like this").fill("coal chi seen")
    shown.get_by_role("button", name="Hear it so").click()
    keep = shown.get_by_role("button", name="Keep it")
    expect(keep).to_be_visible(timeout=60_000)
    armed()
    keep.click(no_wait_after=True)
