"""The pages in Chromium: axe, narrow screens, keyboard, the player, and no request to anyone else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import LOOKS, axe_problems, opened
from tests.formats.conftest import SECONDS
from tests.formats.editions import cell, edition
from voicegen.formats import html
from voicegen.model.document import Document, Table, text

pytestmark = pytest.mark.needs("chromium")

PAGES = ("rich/index.html", "arabic/index.html", "persian/index.html", "german/index.html", "index.html")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_up_to_aaa_and_best_practice(
    chromium: Browser, address: str, name: str, look: str
) -> None:
    assert axe_problems(chromium, address + name, look) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_narrow_screen_even_with_wide_spacing(
    chromium: Browser, address: str, name: str
) -> None:
    with opened(chromium, address + name, viewport={"width": 320, "height": 256}) as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    spacing = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
    context = chromium.new_context(viewport={"width": 320, "height": 256}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + name)
    page.add_style_tag(content=spacing + "p {margin-block-end: 2em !important}")
    clipped = page.evaluate(
        "[...document.querySelectorAll('main *:not(.unseen, .unseen *)')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden').length"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert clipped == 0
    context.close()


def test_columns_of_a_narrow_table_keep_room_for_their_words(chromium: Browser, tmp_path: Path) -> None:
    header = ("Colour", "Strength", "How often it is used by people of this age")
    rows = (
        tuple(cell(words, "column") for words in header),
        (cell("White", "row"), cell("0.5 mg"), cell("rarely")),
    )
    for file in html.render(edition(Document(text("Doses"), "en", (Table(rows),), ()))):
        (tmp_path / file.path).write_bytes(b"".join(part.data for part in file.parts))
    with chromium.new_page(viewport={"width": 320, "height": 640}) as page:  # it says that there is no sound
        page.goto(f"{tmp_path.as_uri()}/index.html")
        heights = page.eval_on_selector_all(
            "article tbody th, article tbody td", "all => all.map(e => e.clientHeight)"
        )
        lines = page.evaluate(
            "[...document.querySelectorAll('article thead th')].slice(0, 2).map(e => {"
            "const range = document.createRange(); range.selectNodeContents(e);"
            "return new Set([...range.getClientRects()].map(one => Math.round(one.top))).size})"
        )
    assert lines == [1, 1]
    assert len(set(heights)) == 1


@pytest.mark.parametrize("name", PAGES)
def test_the_first_tab_stop_is_the_skip_link_and_leads_to_the_title(
    chromium: Browser, address: str, name: str
) -> None:
    with opened(chromium, address + name) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        box = page.locator(".skip").bounding_box()
        assert box
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "H1"


def test_following_a_chapter_puts_the_focus_on_its_heading(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "rich/index.html") as page:
        for link in page.locator("nav ol a").all():
            link.focus()
            page.keyboard.press("Enter")
            words = page.evaluate("document.activeElement.textContent")
            assert words == link.text_content()
            assert page.evaluate("document.activeElement.tagName[0]") == "H"


def test_the_keyboard_reaches_everything_in_reading_order_and_leaves_again(
    chromium: Browser, address: str
) -> None:
    with opened(chromium, address + "rich/index.html") as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        stops = "a[href], summary, button, input, select, [tabindex='0']"
        expected = page.locator(stops).count()
        reached: list[int] = []
        for _ in range(expected + 5):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "stops => [...document.querySelectorAll(stops)].indexOf(document.activeElement)", stops
            )
            if here < 0:
                break
            reached.append(here)
        assert reached == list(range(expected))
        assert page.evaluate("document.activeElement === document.body")


def test_everything_to_press_is_large_and_its_focus_ring_is_wide(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "rich/index.html", viewport={"width": 320, "height": 640}) as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for control in page.locator("header a, nav a, button, select, [type=range], .downloads a, summary").all():
            box = control.bounding_box()
            assert box
            assert box["height"] >= 44, control.text_content()
            assert box["width"] >= 44, control.text_content()
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_a_contrast_of_seven_to_one(chromium: Browser, address: str, scheme: str) -> None:
    with opened(chromium, address + "rich/index.html", color_scheme=scheme) as page:
        lowest = page.evaluate(CONTRAST)
        assert lowest["text"] >= 7, lowest
        assert lowest["focus"] >= 3, lowest


CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const behind = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } };
  let text = 99, where = '';
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const r = ratio(parse(getComputedStyle(e).color), behind(e));
    if (r < text) { text = r; where = e.outerHTML.slice(0, 80); }
  }
  const style = getComputedStyle(document.documentElement);
  const hex = name => style.getPropertyValue(name).trim().slice(1).replace(/^(.)(.)(.)$/, "$1$1$2$2$3$3")
    .match(/../g).map(v => parseInt(v, 16));
  const focus = Math.min(...['--paper', '--card', '--tint'].map(n => ratio(hex('--focus'), hex(n))));
  return {text, where, focus};
}"""


def test_without_scripts_the_browsers_own_player_is_there_and_a_chapters_link_plays_from_its_mark(
    chromium: Browser, address: str
) -> None:
    with opened(chromium, address + "rich/index.html", java_script_enabled=False) as page:
        box = page.locator("audio[controls]").bounding_box()
        assert box
        assert box["width"] > 200
        assert not page.locator("#page_player").is_visible()
        link = page.locator(".play a").nth(1).get_attribute("href") or ""
    start = float(link.split("#t=")[1])
    with chromium.new_page() as player:
        player.goto(f"{address}rich/{link}")
        player.wait_for_function("() => document.querySelector('video,audio')?.readyState >= 2")
        assert start - 0.05 <= player.evaluate("document.querySelector('video,audio').currentTime") < start + 5


def test_the_recording_on_the_page_can_be_sought(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "rich/index.html") as page:
        page.wait_for_function("() => document.querySelector('audio').readyState >= 1")
        assert abs(page.evaluate("document.querySelector('audio').duration") - SECONDS) < 0.2
        assert page.evaluate("document.querySelector('audio').paused") is True
        page.evaluate("document.querySelector('audio').currentTime = 40.5")
        page.wait_for_function("() => !document.querySelector('audio').seeking")
        assert abs(page.evaluate("document.querySelector('audio').currentTime") - 40.5) < 0.01


def test_browsers_find_the_chapters_in_the_track(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "rich/index.html") as page:
        page.evaluate("document.querySelector('audio').textTracks[0].mode = 'hidden'")
        page.wait_for_function("() => document.querySelector('audio').textTracks[0].cues?.length > 0")
        cues = page.evaluate("[...document.querySelector('audio').textTracks[0].cues].map(c => c.text)")
        assert cues == page.locator("nav ol a").all_text_contents()


@pytest.mark.parametrize("name", PAGES)
def test_pages_work_from_a_folder(chromium: Browser, site: Path, name: str) -> None:
    with opened(chromium, (site / name).as_uri()) as page:
        assert page.evaluate("document.styleSheets.length") == 1
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        if name != "index.html":
            page.wait_for_function("() => document.querySelector('audio').readyState >= 1")
            page.locator(".library").click()
            assert page.title().startswith("Health information")


def test_print_holds_the_whole_transcript_without_the_player(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "rich/index.html") as page:
        page.emulate_media(media="print")
        for gone in (".listen", ".chapters", ".play >> nth=0", ".more", ".library"):
            assert not page.locator(gone).is_visible(), gone
        for words in page.locator("article .line").all():
            assert words.is_visible()
        assert page.locator("footer").is_visible()


def test_there_are_five_landmarks_each_named_once(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "rich/index.html") as page:
        tree = page.locator("body").aria_snapshot()
        landmarks = re.findall(r"- (banner|main|navigation|region|contentinfo|complementary)(?: \"(.*)\")?", tree)
        assert landmarks == [
            ("banner", ""), ("main", ""), ("region", "Listen"), ("navigation", "Chapters"), ("contentinfo", ""),
        ]  # fmt: skip
