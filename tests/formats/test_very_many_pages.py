"""The list and the feed of more pages than one file should hold: in parts, each page in one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import overload

import feedparser  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from tests.browser import axe_problems, opened, serving
from tests.formats.conftest import put
from tests.formats.editions import PUBLISHER, one
from voicegen.formats import _feed_pages, _library_parts, feed
from voicegen.formats import library as listing
from voicegen.formats._library_parts import letter, parts_of
from voicegen.model.library import Card, Entry, Library, card

ADDRESS = "https://health.example/"
COUNT = 1_400
FIRST = "ABCDEÉ0123«"


def entry(number: int) -> Entry:
    """A page; every seventh is in German, every third names a day."""
    name, lang = f"page-{number:04}", "de" if number % 7 == 0 else "en-GB"
    dates = {"updated": f"{2020 + number % 5}-0{1 + number % 9}-11"} if number % 3 == 0 else {}
    title = f"{FIRST[number % len(FIRST)]}sthma {number}"
    files = {"index.html": 9, f"{name}.mp3": number}
    return Entry(name, title, lang, PUBLISHER, 252, 1, dates=dates, files=files)


class Counted(Sequence[Entry]):
    """Entries, and how often each was asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries, self.asked = entries, Counter[int]()

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        assert isinstance(at, int)
        self.asked[at] += 1
        return self.entries[at]


def library(entries: Sequence[Entry]) -> Library:
    return Library(entries, "en-GB", publisher=PUBLISHER, address=ADDRESS, known=tuple(map(card, entries)))


ALL = library(tuple(map(entry, range(COUNT))))


def files(whole: Library) -> dict[str, bytes]:
    made = (*listing.render_library(whole), *feed.render_library(whole))
    return {file.path: b"".join(part.data for part in file.parts) for file in made}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a library of very many pages, without the pages' own content."""
    place = tmp_path_factory.mktemp("output")
    for path, data in files(ALL).items():
        put(place / path, data)
    for one_ in ALL.entries:
        for name in one_.files:
            put(place / one_.id / name, b"." * one_.files[name])
        for name in ("captions.vtt", "podcast-chapters.json"):
            put(place / one_.id / name, b"")
    return place


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with serving(place) as url:
        yield url


def soup(place: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((place / name).read_bytes(), "html5lib")


def test_every_page_is_in_exactly_one_part_which_the_overview_leads_to(place: Path) -> None:
    seen: list[str] = []
    reached = {str(link["href"]) for link in soup(place, "index.html").select("nav a")}
    assert reached
    for name in sorted(reached):
        reached |= {str(link["href"]) for link in soup(place, name).select(".ranges a")}
    assert reached == {path.name for path in place.glob("list-*.html")}
    for name in reached:
        listed = [str(link["href"]) for link in soup(place, name).select(".pages a")]
        assert 0 < len(listed) <= _library_parts.IN_A_PART
        seen += listed
    assert sorted(seen) == [f"{one_.id}/index.html" for one_ in ALL.entries]
    assert list(listing.verify_library(place)) == []


def test_a_part_says_where_it_stands_and_is_found_by_letter_and_title(place: Path) -> None:
    page = soup(place, "list-en-a.html")
    (letters,) = page.select("nav.letters")
    assert [link.get_text() for link in letters.select("a")] == ["A", "B", "C", "D", "E", "S", "0–9"]
    assert one(letters, "[aria-current]").get_text() == "A"
    assert one(page, "h1").get_text() == "A"
    assert {str(one_["data-language"]) for one_ in page.select(".pages li")} == {"en"}
    assert {letter(title.get_text()) for title in page.select(".pages h2")} == {"A"}
    long = soup(place, "list-en-e.html")  # É stands with E, so it is cut
    ranges = long.select("nav.ranges a")
    assert len(ranges) > 1
    assert one(long, "nav.ranges [aria-current=page]").get_text() in one(long, "h1").get_text()
    german = soup(place, "list-de-e.html")
    assert {str(words["lang"]) for words in german.select("h1 span, nav.letters span")} == {"de"}
    overview = soup(place, "index.html")
    assert [title.get_text() for title in overview.select("h2")] == ["English", "Deutsch"]


def test_titles_without_an_alphabet_are_named_from_first_to_last() -> None:
    chinese = [replace(entry(number), title=f"{chr(0x4E00 + number * 7)}病", lang="zh") for number in range(600)]
    (parts,) = parts_of([card(one_) for one_ in chinese], "zh")
    assert [(part.letter, len(part.pages)) for part in parts] == [("", 200)] * 3
    assert [part.path for part in parts] == ["list-zh.html", "list-zh-2.html", "list-zh-3.html"]
    assert all(before.last < after.first for before, after in pairwise(parts))
    (overview, *_) = listing.render_library(library(chinese))
    names = BeautifulSoup(overview.parts[0].data, "html5lib").select("nav a")
    assert len({name.get_text() for name in names}) == len(parts)


@pytest.mark.parametrize("name", ["index.html", "list-en-e.html", "list-de-0.html"])
def test_the_parts_are_read_and_steered_without_a_mouse(name: str, address: str, chromium: Browser) -> None:
    url = f"{address.rstrip('/')}/{name}"
    assert axe_problems(chromium, url, "phone") == []
    with opened(chromium, url) as page:
        labels = page.get_by_role("navigation").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label') || one.getAttribute('aria-labelledby'))"
        )
        assert len(set(labels)) == len(labels) > 0
        page.get_by_role("navigation").first.get_by_role("link").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda now: now != url and "/list-" in now)
        expect(page.get_by_role("searchbox")).to_be_visible()


def test_podcast_apps_find_every_episode_once_by_following_next(place: Path) -> None:
    """As a client of RFC 5005 reads it."""
    path, guids, read = "feed.xml", list[str](), list[str]()
    while path:
        data = (place / path).read_bytes()
        found = feedparser.parse(data)
        assert not found.bozo
        read.append(path)
        guids += [item.id for item in found.entries]
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == ADDRESS + path
        assert links["first"] == f"{ADDRESS}feed.xml"
        path = links.get("next", "").removeprefix(ADDRESS)
        assert len(found.entries) <= _feed_pages.IN_ONE
    assert len(guids) == len(set(guids)) == COUNT
    assert len(feedparser.parse((place / "feed.xml").read_bytes()).entries) == _feed_pages.NEWEST
    assert sorted(read) == sorted(path.name for path in place.glob("feed*.xml"))
    assert list(feed.verify_library(place)) == []


def test_the_newest_are_in_the_first_document(place: Path) -> None:
    first = feedparser.parse((place / "feed.xml").read_bytes()).entries
    days = sorted((one_.dates.get("updated", "") for one_ in ALL.entries), reverse=True)
    assert [item.updated[:10] for item in first] == days[: _feed_pages.NEWEST]


def test_what_is_lost_or_leads_nowhere_is_told(place: Path, tmp_path: Path) -> None:
    for path, data in files(ALL).items():
        put(tmp_path / path, data)
    put(tmp_path / "list-zz.html", (tmp_path / "list-en-a.html").read_bytes())
    put(tmp_path / "feed-2001.xml", b"")
    (tmp_path / "list-de-0.html").unlink()
    told = list(listing.verify_library(tmp_path))
    assert "index.html links to 'list-de-0.html', which is missing" in told
    assert "list-zz.html: no part of the list leads to it" in told
    assert "feed-2001.xml: the feed does not lead to it" in list(feed.verify_library(tmp_path))


def test_a_few_hundred_pages_are_one_list_and_one_feed_as_ever() -> None:
    few = library(ALL.entries[: _library_parts.IN_ONE])
    assert [file.path for file in listing.render_library(few)] == [
        "index.html", "icon.svg", "library.js", "library.css",
    ]  # fmt: skip
    assert [file.path for file in feed.render_library(few)] == ["feed.xml", "feed-cover.png"]
    assert b'rel="next"' not in files(few)["feed.xml"]


def test_a_page_that_changed_changes_its_own_part_and_nothing_else_is_read_for_it() -> None:
    changed = list(ALL.entries)
    changed[5] = replace(changed[5], summary="Another first sentence.")
    before = {file.path: file for file in (*listing.render_library(ALL), *feed.render_library(ALL))}
    counted = Counted(changed)
    whole = Library(counted, "en-GB", publisher=PUBLISHER, address=ADDRESS, known=tuple(map(card, changed)))
    after = {file.path: file for file in (*listing.render_library(whole), *feed.render_library(whole))}
    assert not counted.asked
    other = {path for path, file in after.items() if file.made_from and file.made_from != before[path].made_from}
    assert len(other) == 2, "a part of the list and a document of the feed"
    for path in after:
        same = [part.data for part in after[path].parts] == [part.data for part in before[path].parts]
        assert same == (path not in other), path


def test_a_page_with_a_new_day_moves_between_documents_and_leaves_the_others_alone() -> None:
    changed = list(ALL.entries)
    changed[4] = replace(changed[4], dates={"updated": "2026-11-29"})
    before, after = files(ALL), files(library(changed))
    assert b"page-0004" in after["feed.xml"]
    other = {path for path in after if path.startswith("feed") and after[path] != before[path]}
    assert len(other) <= 3


class Passed(tuple[Card, ...]):
    """Cards, and how often all of them were gone through."""

    times = 0

    def __iter__(self) -> Iterator[Card]:
        Passed.times += 1
        return super().__iter__()


def test_the_cards_of_all_pages_are_gone_through_no_more_often_for_many_parts_than_for_few() -> None:
    def passes(count: int) -> int:
        Passed.times = 0
        whole = library(tuple(map(entry, range(count))))
        for file in listing.render_library(replace(whole, known=Passed(whole.known))):
            assert [*file.parts]
        return Passed.times

    assert passes(COUNT) == passes(_library_parts.IN_ONE + 1)
