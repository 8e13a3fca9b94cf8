"""The preview in a real browser: a saved page is built and loaded again, at the same sentence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Project
from tests.test_cli import ROOT
from voicegen import reloading

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TEXT = "Gallstones\n\n" + "\n".join(
    f"About part {number}\nPart {number} is long. It fills the screen. It has a third sentence of part {number}.\n"
    for number in NUMBERS
)


class Watched:
    """A project that `voicegen watch` builds and shows."""

    def __init__(self, project: Project) -> None:
        self.path = project.page("gallstones.txt", TEXT)
        self.output = project.output
        self.said: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "voicegen", "-C", str(project.place), "watch", "--port", "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.url = self.until(r"Listen and read: (\S+)")[1] + "gallstones/"

    def until(self, pattern: str) -> re.Match[str]:
        for line in self._process.stdout or ():
            self.said.append(line)
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"{pattern} was not said: {''.join(self.said)}")

    def save(self, old: str, new: str) -> None:
        text = self.path.read_text()
        assert old in text
        self.path.write_text(text.replace(old, new))

    def end(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    running = Watched(Project(tmp_path_factory.mktemp("watched") / "project"))
    yield running
    running.end()


@pytest.fixture
def page(chromium: Browser, watched: Watched) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 800, "height": 500})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(watched.url)
    yield page
    context.close()


def line_of(page: Page, words: str):  # type: ignore[no-untyped-def]
    return page.locator("main .line", has_text=words).first


def until(page: Page, expression: str) -> None:
    """Waits until it holds; the pages' policy forbids scripts that look again by themselves."""
    for _ in range(600):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never came to {expression}")


def top(page: Page, words: str) -> float:
    return float(line_of(page, words).evaluate("line => line.getBoundingClientRect().top"))


def test_a_saved_page_is_loaded_again_at_the_sentence_that_was_in_sight(watched: Watched, page: Page) -> None:
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    line_of(page, "third sentence of part seven").evaluate(
        "line => scrollBy(0, line.getBoundingClientRect().top - 90)"
    )
    before = top(page, "third sentence of part seven")
    watched.save("Part one is long.", "Part one is short now. It is a sentence longer.")
    expect(line_of(page, "Part one is short now")).to_be_attached(timeout=60_000)
    until(page, "sessionStorage.getItem('voicegen preview place') === null")
    page.wait_for_timeout(200)
    assert abs(top(page, "third sentence of part seven") - before) < 30
    assert troubles == []


def test_a_reworded_sentence_is_where_the_reader_goes_on(watched: Watched, page: Page) -> None:
    line_of(page, "third sentence of part four").click()  # plays from there
    until(page, "document.querySelector('audio').currentTime > 0")
    watched.save("It has a third sentence of part four.", "Do not drive after part four.")
    expect(line_of(page, "Do not drive after part four")).to_be_attached(timeout=60_000)
    until(page, "document.querySelector('audio').currentTime > 0")
    timeline = json.loads((watched.output / "gallstones" / "timeline.json").read_text())
    lines = [line for chapter in timeline["chapters"] for line in chapter["lines"]]
    (start,) = (line["start"] / timeline["rate_hz"] for line in lines if line["shown"].startswith("Do not"))
    assert abs(page.evaluate("document.querySelector('audio').currentTime") - start) < 0.2
    assert page.evaluate("document.querySelector('audio').paused")


def test_a_half_saved_file_is_not_published(watched: Watched, page: Page) -> None:
    whole = watched.path.read_text().replace("Part two is long.", "Part two is whole.")
    published = (watched.output / "gallstones" / "index.html").read_bytes()
    with watched.path.open("w") as file:
        file.write(whole[:200])
        file.flush()
        time.sleep(2)
        assert (watched.output / "gallstones" / "index.html").read_bytes() == published
        file.write(whole[200:])
    expect(line_of(page, "Part two is whole")).to_be_attached(timeout=60_000)
    assert not any("FAILED" in line for line in watched.said)


def test_what_is_published_holds_nothing_of_the_preview(watched: Watched, page: Page) -> None:
    assert page.locator("script[src='/.voicegen/reload.js']").count() == 1
    for path in Path(watched.output).rglob("*"):
        if path.suffix in {".html", ".js"}:
            assert b".voicegen/" not in path.read_bytes(), path


def test_a_page_whose_policy_allows_no_script_is_given_none() -> None:
    policy = b"<head><meta content=\"default-src 'none'\"></head>"
    assert reloading.reloading(policy) == policy
    assert b"reload.js" in reloading.reloading(policy.replace(b"default-src", b"script-src"))


def test_only_the_two_scripts_are_there() -> None:
    assert reloading.script("/.voicegen/reload.js")
    assert reloading.script("/.voicegen/look.js")
    for target in (
        "/.voicegen/",
        "/.voicegen/__init__.py",
        "/.voicegen/../watching.py",
        "/reload.js",
        "/.voicegen/x",
    ):
        assert reloading.script(target) is None
