"""The list of pages."""

from __future__ import annotations

from bs4 import BeautifulSoup

from tests.formats.editions import (
    PUBLISHER,
    one,
)
from voicegen.formats.library import render_library
from voicegen.model.library import Entry, Library


def entry(name: str, title: str, lang: str = "en-GB", publisher: str = PUBLISHER) -> Entry:
    return Entry(name, title, lang, publisher, 252, 1)


def listed(*entries: Entry, lang: str = "en-GB") -> BeautifulSoup:
    index, icon, style = render_library(Library(tuple(entries), lang))
    assert (index.path, icon.path, style.path) == ("index.html", "icon.svg", "library.css")
    return BeautifulSoup(index.parts[0].data, "html5lib")


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
    assert not page.select("script")
    assert one(page, "main a").get_text() == "<script>alert(1)</script>"
