"""The list of pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe_problems, opened
from tests.formats.editions import (
    PUBLISHER,
    one,
)
from voicegen.formats.library import render_library
from voicegen.model.library import Entry, Library


def entry(name: str, title: str, lang: str = "en-GB", publisher: str = PUBLISHER) -> Entry:
    return Entry(name, title, lang, publisher, 252, 1, files={"index.html": 9})


def listed(*entries: Entry, lang: str = "en-GB") -> BeautifulSoup:
    index, icon, script, style = render_library(Library(tuple(entries), lang))
    assert (index.path, icon.path) == ("index.html", "icon.svg")
    assert (script.path, style.path) == ("library.js", "library.css")
    return BeautifulSoup(index.parts[0].data, "html5lib")


def test_a_page_that_is_published_without_its_html_is_named_and_not_linked_to() -> None:
    page = listed(entry("a", "Asthma"), replace(entry("b", "Eczema"), files={"b.mp3": 9}))
    assert [link["href"] for link in page.select("main a")] == ["a/index.html"]
    assert [title.get_text() for title in page.select("main h2")] == ["Asthma", "Eczema"]


def test_the_list_of_pages_is_sorted_by_title_whatever_order_it_comes_in() -> None:
    entries = [entry("b", "émphysema"), entry("c", "Zoster"), entry("a", "Asthma"), entry("d", "Eczema")]
    page = listed(*entries)
    assert [str(link["href"]) for link in page.select("main a")] == [
        "a/index.html", "d/index.html", "b/index.html", "c/index.html",
    ]  # fmt: skip
    assert str(page) == str(listed(*reversed(entries)))


def test_the_list_tells_length_chapters_and_language_of_each_page() -> None:
    page = listed(entry("a", "Asthma"), entry("h", "Hipertensión", "es-ES"), entry("f", "الحمى", "ar"))
    asthma, spanish, arabic = page.select("main li")
    assert "4 minutes and 12 seconds to listen to, 1 chapter" in asthma.get_text()
    assert one(spanish, "a > span")["lang"] == "es-ES"
    assert "Español" in spanish.get_text()
    assert one(arabic, "a > span")["dir"] == "rtl"
    assert one(page, "header").get_text().strip() == PUBLISHER


def test_publishers_are_named_with_their_pages_where_they_differ() -> None:
    page = listed(entry("a", "A"), entry("b", "B", publisher="Another clinic"))
    assert not page.select("header")
    assert [PUBLISHER in li.get_text() for li in page.select("main li")] == [True, False]


def test_a_list_without_pages_says_so_and_hostile_titles_stay_text() -> None:
    assert "There are no pages yet" in listed().get_text()
    page = listed(entry("a", "<script>alert(1)</script>"))
    assert not page.select("script:not([src='library.js'])")
    assert one(page, "main a").get_text() == "<script>alert(1)</script>"


FOUND = (
    replace(entry("asthma", "Asthma"), headings=("Inhalers", "Symptoms"), dates={"updated": "2025-01-01"}),
    replace(
        entry("copd", "COPD"), headings=("Symptoms",), dates={"updated": "2026-02-02", "reviewed": "2024-05-05"}
    ),
    replace(entry("hipertension", "Hipertensión", "es"), words=640, dates={"reviewed": "2026-01-01"}),
)


@pytest.fixture
def listing(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """The list of three pages, opened from a folder."""
    for each in FOUND:
        (tmp_path / each.id).mkdir()
        (tmp_path / each.id / "index.html").write_text("<!DOCTYPE html><title>A page</title>")
    for file in render_library(Library(FOUND, "en-GB")):
        (tmp_path / file.path).write_bytes(file.parts[0].data)
    with opened(chromium, (tmp_path / "index.html").as_uri()) as page:
        yield page


def shown(page: Page) -> list[str]:
    return page.locator("main li h2:visible").all_inner_texts()


def test_the_list_tells_what_reading_takes_and_when_a_page_was_reviewed() -> None:
    asthma, copd, spanish = listed(*FOUND).select("main li")
    assert "About 3 minutes to read" in spanish.get_text()
    assert "Reviewed: 5 May 2024" in copd.get_text()
    assert not asthma.select("time")


def test_a_feed_is_linked_where_one_is_made() -> None:
    index, *_ = render_library(Library(FOUND, has_feed=True))
    page = BeautifulSoup(index.parts[0].data, "html5lib")
    assert [link["href"] for link in page.select("link[rel=alternate], a.feed")] == ["feed.xml", "feed.xml"]
    assert not listed(*FOUND).select("[href='feed.xml']")


@pytest.mark.needs("chromium")
def test_pages_are_found_by_title_heading_and_condition_without_accents(listing: Page) -> None:
    for words, found in (
        ("symptoms", ["Asthma", "COPD"]),
        ("hipertension", ["Hipertensión"]),
        ("SYMPTOMS inhal", ["Asthma"]),
        ("copd", ["COPD"]),
    ):
        listing.locator("#page_find").fill(words)
        assert shown(listing) == found
        expect(listing.locator("#page_status")).to_have_text(f"{len(found)} of 3 pages")
    listing.locator("#page_find").fill("<b>")
    assert shown(listing) == []
    expect(listing.locator("#page_status")).to_have_text("Nothing found. Try fewer words.")


@pytest.mark.needs("chromium")
def test_pages_are_filtered_by_language_and_ordered_by_their_dates(listing: Page) -> None:
    listing.locator("#page_language").select_option(label="Español")
    assert shown(listing) == ["Hipertensión"]
    listing.locator("#page_language").select_option("")
    listing.locator("#page_order").select_option("updated")
    assert shown(listing) == ["COPD", "Asthma", "Hipertensión"]
    listing.locator("#page_order").select_option("reviewed")
    assert shown(listing) == ["Hipertensión", "COPD", "Asthma"]
    listing.locator("#page_order").select_option("")
    assert shown(listing) == ["Asthma", "COPD", "Hipertensión"]


@pytest.mark.needs("chromium")
def test_axe_finds_nothing_in_a_list_with_search(chromium: Browser, listing: Page) -> None:
    assert axe_problems(chromium, listing.url, "phone") == []
