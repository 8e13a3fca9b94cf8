"""This project's own pages, as a build publishes them, in Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import axe_problems, opened, serving
from tests.conftest import ROOT
from voicegen.pages import name

pytestmark = pytest.mark.needs("chromium")

PAGES = sorted(name(path.name) for path in (ROOT / "content").iterdir() if path.suffix in {".html", ".md", ".txt"})


@pytest.fixture(scope="module")
def address(published: Path) -> Iterator[str]:
    with serving(published) as url:
        yield url


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("page", [*PAGES, ""])
def test_axe_finds_nothing(chromium: Browser, address: str, page: str, look: str) -> None:
    assert axe_problems(chromium, f"{address}{page}/index.html".replace("//index", "/index"), look) == []


@pytest.mark.parametrize("page", PAGES)
def test_the_recording_seeks_to_every_chapter_and_the_tracks_agree(
    chromium: Browser, address: str, published: Path, page: str
) -> None:
    facts = json.loads((published / page / "timeline.json").read_text("utf-8"))
    with opened(chromium, f"{address}{page}/") as shown:
        length = shown.evaluate(
            """() => new Promise(done => {
                const audio = document.querySelector('audio');
                if (audio.readyState) done(audio.duration);
                audio.onloadedmetadata = () => done(audio.duration);
                audio.load();
            })"""
        )
        assert abs(length - facts["samples"] / facts["rate_hz"]) < 0.1
        for chapter in facts["chapters"][1:]:
            start = chapter["start"] / facts["rate_hz"]
            reached = shown.evaluate(
                """time => new Promise(done => {
                    const audio = document.querySelector('audio');
                    audio.onseeked = () => done(audio.currentTime);
                    audio.currentTime = time;
                })""",
                start,
            )
            assert abs(reached - start) < 0.01


@pytest.mark.parametrize("page", PAGES)
def test_nothing_scrolls_sideways_on_a_small_phone(chromium: Browser, address: str, page: str) -> None:
    with opened(chromium, f"{address}{page}/", viewport={"width": 320, "height": 640}) as shown:
        assert shown.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("page", PAGES)
def test_the_page_opens_from_a_folder_without_a_server(chromium: Browser, published: Path, page: str) -> None:
    with opened(chromium, (published / page / "index.html").as_uri()) as shown:
        assert shown.evaluate("document.querySelector('h1').innerText")
        assert shown.evaluate("getComputedStyle(document.body).fontSize") != "16px"
