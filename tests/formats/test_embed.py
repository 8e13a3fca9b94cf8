"""A page inside a page of the clinic's own site, in Chromium: the same player, and neither disturbs the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import axe_problems, opened
from voicegen.formats._embed import embedded_style
from voicegen.model.theme import Theme

pytestmark = pytest.mark.needs("chromium")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; media-src 'self'; img-src 'self'"
)
HOST = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Our conditions</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="icon.svg"><link rel="stylesheet" href="host.css">
<script src="embed.js" defer></script></head>
<body><main><h1 id="page_listen">Our conditions</h1>
<p class="line" id="page_play">Words of <a href="#page_listen">the clinic's own</a>.</p>
<voicegen-page src="rich/"><a id="first" href="rich/index.html">Failed spinal fusion, to read and to hear</a>
</voicegen-page>
<h2>In Arabic</h2>
<voicegen-page src="arabic/index.html" level="3"><a href="arabic/index.html">Fever, in Arabic</a></voicegen-page>
</main></body></html>"""
HOSTILE = """:root {font-size: 62.5%; --ink: #fff; --paper: #fff; --rem: 1px; --medium: 2px}
* {letter-spacing: .5em; text-transform: uppercase; line-height: .7; font-family: monospace; word-spacing: 3em}
body {background: #fff; color: #222; text-align: right; visibility: visible; cursor: none; direction: ltr}
h1, h2, h3, p, li {font-size: 40px !important} button, .bar, .player {display: none !important}
main a {color: #00c; text-decoration: underline; overflow-wrap: anywhere} .line {float: right}"""
READY = "() => [...document.querySelectorAll('voicegen-page')].every(e => e.shadowRoot.querySelector('.played'))"


@pytest.fixture(scope="module")
def host(site: Path, address: str) -> str:
    """The address of a page with two pages in it, under a strict policy, whose style sheet spares nothing."""
    (site / "host.html").write_text(HOST)
    (site / "host.css").write_text(HOSTILE)
    return f"{address}host.html"


@pytest.fixture
def page(chromium: Browser, host: str) -> Iterator[Page]:
    with opened(chromium, host) as page:
        page.wait_for_function(READY)
        yield page


def embedded(page: Page, number: int = 0) -> Locator:
    return page.locator("voicegen-page").nth(number)


def sound(number: int) -> str:
    return f"document.querySelectorAll('voicegen-page')[{number}].shadowRoot.querySelector('audio')"


def unfold(page: Page) -> None:
    page.wait_for_function(READY)
    page.evaluate(
        "document.querySelectorAll('voicegen-page').forEach(e =>"
        " e.shadowRoot.querySelectorAll('details').forEach(d => d.open = true))"
    )


def listen(page: Page, number: int) -> None:
    embedded(page, number).locator("#page_play").press("Enter")
    page.wait_for_function(f"() => !{sound(number)}.paused && {sound(number)}.currentTime > 0")


@pytest.mark.parametrize("look", ["light", "dark", "forced", "phone"])
def test_axe_finds_nothing_in_two_pages_on_one(chromium: Browser, host: str, look: str) -> None:
    found = axe_problems(chromium, host, look, unfold)
    # the clinic's own words are as its own style sheet has them

    assert [one for one in found if "the clinic" not in one[1] and "Our conditions" not in one[1]] == []


def test_the_style_of_the_page_around_stays_outside_and_ours_inside(page: Page) -> None:
    names = "fontSize letterSpacing textTransform wordSpacing textAlign"
    style = f"e => '{names}'.split(' ').map(name => getComputedStyle(e)[name])"
    words = embedded(page).locator("article p:not([class])").first
    assert words.evaluate(style) == ["18px", "normal", "none", "0px", "start"]
    assert embedded(page).locator("#page_play").is_visible()
    assert embedded(page).locator(".line").first.evaluate("e => getComputedStyle(e).float") == "none"
    around = page.locator("main > p")
    assert around.evaluate(style)[:3] == ["40px", "20px", "uppercase"]
    assert around.evaluate("e => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_keyboard_plays_and_another_page_that_plays_makes_this_one_pause(page: Page) -> None:
    page.locator("main > p a").focus()
    page.keyboard.press("Tab")
    assert embedded(page).evaluate("e => e.shadowRoot.activeElement.id") == "page_play"
    page.keyboard.press("Space")
    page.wait_for_function(f"() => {sound(0)}.currentTime > 0")
    assert embedded(page).evaluate("e => e.shadowRoot.activeElement.id") == "page_play"
    expect(embedded(page).locator("#page_play")).to_have_text("Pause")
    expect(embedded(page).locator(".heard")).to_have_count(1)
    listen(page, 1)
    page.wait_for_function(f"() => {sound(0)}.paused")
    expect(embedded(page).locator("#page_play")).to_have_text("Play")


def test_a_sentence_is_played_when_it_is_clicked_and_a_heading_at_enter(page: Page) -> None:
    inside = embedded(page)
    inside.locator("article .line").nth(8).click()
    page.wait_for_function(f"() => !{sound(0)}.paused && {sound(0)}.currentTime > 4")
    before = page.evaluate("scrollY")
    inside.locator("nav a").last.press("Enter")
    assert (
        inside.evaluate("e => e.shadowRoot.activeElement.textContent")
        == inside.locator("nav a").last.text_content()
    )
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("scrollY") > before
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {sound(0)}.currentTime > 25")


def test_answers_are_told_inside_and_the_look_is_chosen_inside(page: Page) -> None:
    inside = embedded(page)
    inside.locator("#page_next").press("Enter")
    expect(inside.locator("#page_status")).to_contain_text("Chapter 2 of")
    unfold(page)
    around = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    inside.locator("#page_size").select_option("200")
    assert inside.locator("article p:not([class])").first.evaluate("e => getComputedStyle(e).fontSize") == "36px"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == around
    assert not inside.locator("#page_keeping").is_visible()


def test_headings_go_on_from_those_around_and_every_landmark_has_a_name_of_its_own(page: Page) -> None:
    levels = "e => [...e.shadowRoot.querySelectorAll('h1, h2')].map(h => h.localName + h.ariaLevel)"
    assert set(embedded(page).evaluate(levels)) == {"h12", "h23"}
    assert set(embedded(page, 1).evaluate(levels)) == {"h13", "h24"}
    tree = page.locator("body").aria_snapshot()
    named = re.findall(r"- (?:region|navigation) \"(.*)\"", tree)
    assert len(named) == len(set(named)) == 4
    assert named[0] == "Listen Failed spinal fusion"
    assert len(re.findall(r"- (?:main|banner|contentinfo)", tree)) == 1


def test_its_words_are_in_the_language_of_the_page_and_its_links_lead_where_they_led(page: Page) -> None:
    arabic = embedded(page, 1)
    assert arabic.locator(".root").get_attribute("dir") == "rtl"
    assert arabic.locator(".root").get_attribute("lang") == "ar"
    expect(arabic.locator("#page_play")).to_have_text("تشغيل")
    address = page.url.replace("host.html", "")
    assert arabic.locator(".downloads a").first.get_attribute("href", timeout=3000) is not None
    for link in embedded(page).locator(".root a[href]").all():
        href = link.get_attribute("href") or ""
        assert href.startswith(("#", "http", "tel:", "mailto:")), href
        assert "/rich/" in href or not href.startswith(address), href


def test_nothing_scrolls_sideways_on_a_small_phone(chromium: Browser, host: str) -> None:
    with opened(chromium, host, viewport={"width": 320, "height": 640}) as page:
        unfold(page)
        for number in (0, 1):
            size = embedded(page, number).evaluate(
                "e => [e.shadowRoot.querySelector('.root').scrollWidth, e.clientWidth]"
            )
            assert size[0] <= size[1]


def test_pause_stays_in_reach_and_covers_nothing_that_has_the_focus(chromium: Browser, host: str) -> None:
    with opened(chromium, host, viewport={"width": 375, "height": 700}) as page:
        page.wait_for_function(READY)
        inside = embedded(page)
        inside.locator(".play button").last.focus()
        bar, here = inside.locator(".bar").bounding_box(), inside.locator(".play button").last.bounding_box()
        assert bar
        assert here
        assert 0 <= bar["y"] < 10
        assert here["y"] >= bar["y"] + bar["height"]


def test_without_scripts_or_without_the_page_there_is_the_link(chromium: Browser, host: str, site: Path) -> None:
    with opened(chromium, host, java_script_enabled=False) as page:
        with page.expect_navigation():
            page.locator("#first").click()
        assert page.title().startswith("Failed spinal fusion")
    (site / "gone.html").write_text(HOST.replace('src="rich/"', 'src="gone/"'))
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(host.replace("host.html", "gone.html"))
    page.wait_for_function(
        "() => document.querySelectorAll('voicegen-page')[1].shadowRoot.querySelector('.played')"
    )
    assert page.locator("#first").is_visible()
    assert any("voicegen-page: gone/ can't be shown" in one for one in said)
    page.close()


def test_another_address_shows_another_page_and_stops_what_played(page: Page) -> None:
    listen(page, 0)
    page.evaluate("window.before = " + sound(0))
    embedded(page).evaluate("e => { e.setAttribute('src', 'persian/'); }")
    page.wait_for_function(
        "() => document.querySelector('voicegen-page').shadowRoot.querySelector('[lang=fa].played')"
    )
    assert page.evaluate("window.before.paused")


def test_the_style_sheet_speaks_of_nothing_that_a_shadow_tree_has_not() -> None:
    text = embedded_style(Theme(stylesheet="body { margin: 1rem } :root { --mine: 1 }"))
    assert not re.search(
        r":root|\d(rem)\b|@page|(?<![\w.-])(?:body|main)\b|position:fixed|max-width:61\.99rem", text
    )
    assert ".root { --mine: 1 }" in text
