"""Choosing a voice by ear: every voice that is ready speaks the same passage, and a page lists them."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import html5lib  # type: ignore[import-untyped]
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from tests.conftest import PAGE, ROOT, Project
from tests.engines.google_speech import running
from voicegen import extensions


def run(project: Project, *arguments: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "voicegen", "-C", str(project.place), *arguments]
    outcome = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert outcome.returncode == code, outcome.stdout + outcome.stderr
    return outcome.stdout + outcome.stderr


def test_every_engine_says_how_it_sounds_its_licence_what_leaves_and_how_to_use_it(project: Project) -> None:
    keys = {"sounds", "licence", "leaves the house", "to use it"}
    for name in extensions._ours("engines"):
        assert extensions.about(name).keys() == keys
        assert all(extensions.about(name).values())
    said = run(project, "voices", "en")
    assert said.count("  leaves the house: ") == len(extensions._ours("engines"))
    assert "espeak: " in said
    assert "tone (in use): 0 voices" in said


def test_a_start_page_of_somebody_elses_is_not_written_over(project: Project) -> None:
    project.page("a.txt")
    own = project.place / "site/index.html"
    own.parent.mkdir()
    own.write_text("<h1>Our clinic</h1>")
    assert "is no list of voices" in run(project, "audition", "a", "-o", str(own.parent), code=2)
    assert [path.read_text() for path in own.parent.iterdir()] == ["<h1>Our clinic</h1>"]
    for _ in range(2):
        run(project, "audition", "a", "-o", str(own.parent / "voices"))


def test_each_voice_that_is_ready_is_heard_and_listed_on_an_accessible_page(
    project: Project, tmp_path: Path, chromium: Browser
) -> None:
    project.page("gallstones.txt", PAGE.replace("Gallstones\n", "Gallstones <script>alert(1)</script>\n", 1))
    folder = tmp_path / "heard"
    said = run(project, "audition", "gallstones", "-o", str(folder))
    files = sorted(path.name for path in folder.glob("*.wav"))
    assert "tone-tone.wav" in files
    assert len([name for name in files if name.startswith("espeak-")]) >= 3
    assert all(name in said for name in files)
    assert "not heard: gtts: " in said
    for name in files:
        with wave.open(str(folder / name)) as file:
            assert file.getnframes() > file.getframerate()
    page = html5lib.parse((folder / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
    assert sorted(str(tag.get("src")) for tag in page.iter("audio")) == files
    assert not list(page.iter("script"))
    context = chromium.new_context(bypass_csp=True)
    tab = context.new_page()
    tab.goto((folder / "index.html").as_uri())
    assert Axe().run(tab).response["violations"] == []
    context.close()


def test_a_cloud_voice_is_heard_only_where_both_agree(project: Project, tmp_path: Path) -> None:
    project.page("gallstones.txt")
    with running(tmp_path) as server:
        consent = f'address = "{server.address}"\nca_file = "{server.ca_file}"\ninterval_s = 0.01\n'
        settings = f'[voice]\nengine = "tone"\n[gtts]\nallow = true\n{consent}'
        (project.place / "voicegen.toml").write_text(settings)
        assert "gtts: --send-text-to" in run(project, "audition", "gallstones")
        assert server.received == []
        said = run(project, "audition", "gallstones", "--send-text-to", "gtts")
        assert f"To {server.address.removeprefix('https://')} goes the text: " in said
        assert "gtts-en.wav" in said
    assert (project.place / ".voicegen/audition/gallstones/gtts-en.wav").is_file()


def test_a_page_without_a_paragraph_is_refused(project: Project) -> None:
    project.page("empty.md", "# Only a list\n\n- rest\n")
    assert "no paragraph" in run(project, "audition", "empty", code=42)
