"""The player of the transcript page, in Chromium: what readers do with it, and what it must never do to them."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import axe_problems, opened, serving
from voicegen.serve import Answer

pytestmark = pytest.mark.needs("chromium")

TIME = "document.querySelector('audio').currentTime"
PLAYING = "() => { const a = document.querySelector('audio'); return !a.paused && a.currentTime > 0; }"
STATUS = "#page_status"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The English page in a fresh context."""
    with opened(chromium, address + "rich/index.html") as page:
        yield page


@contextmanager
def prepared(chromium: Browser, address: str, script: str = "", **look: Any) -> Iterator[Page]:
    """The English page in a context of its own, after a script that sets the scene."""
    context = chromium.new_context(**look)
    page = context.new_page()
    page.add_init_script(script)
    page.goto(address + "rich/index.html")
    yield page
    context.close()


def data(page: Page) -> dict[str, Any]:
    """What the player reads."""
    found: dict[str, Any] = json.loads(page.locator("#page_data").text_content() or "")
    return found


def starts(page: Page) -> list[tuple[float, str]]:
    """Start in seconds and id of every sentence on the page."""
    ids = page.locator(".line").evaluate_all("lines => lines.map(line => line.id)")
    known, at = [], 0
    for entry in data(page)["lines"]:
        start, _, *name = entry if isinstance(entry, list) else (entry, [])
        if start >= 0:
            at = ids.index(name[0]) if name else at
            known.append((start / 1000, ids[at]))
            at += 1
    return known


def time(page: Page) -> float:
    return float(page.evaluate(TIME))


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Works a control from the keyboard."""
    page.locator(f"#page_{name}").press(key)


def noted(name: str) -> str:
    """A question to the page: whether it has noted the sentence `name` as the reader's place."""
    return f"() => JSON.parse(localStorage['voicegen page rich'] || '{{}}').line === '{name}'"


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.player details').forEach(d => d.open = true)")


def listen(page: Page) -> None:
    expect(page.locator("#page_play")).to_be_visible()  # it comes after the text where the page is loaded again
    press(page, "play")
    page.wait_for_function(PLAYING)


def seek(page: Page, seconds: float) -> None:
    page.wait_for_function("() => document.querySelector('audio').readyState > 0")
    page.evaluate(f"{TIME} = {seconds}")
    page.wait_for_function("() => !document.querySelector('audio').seeking")


def test_our_controls_take_the_place_of_the_browsers_and_there_is_one_play(page: Page) -> None:
    assert page.locator("audio[controls]").count() == 0
    assert page.get_by_role("button", name="Play", exact=True).count() == 1
    assert page.locator(".play button").count() == len(data(page)["chapters"]) - 1
    assert page.evaluate("document.querySelector('audio').paused")


def test_space_and_enter_on_the_button_play_and_pause(page: Page) -> None:
    for key, word in (("Enter", "Pause"), ("Space", "Play")):
        press(page, "play", key)
        expect(page.locator("#page_play")).to_have_text(word)
    press(page, "play")
    page.wait_for_function(PLAYING)
    assert page.evaluate("document.activeElement.id") == "page_play"


def test_sentences_are_stepped_through_and_read_out_while_nothing_plays(page: Page) -> None:
    known = starts(page)
    for start, name in known[:3]:
        press(page, "on")
        assert time(page) == pytest.approx(start, abs=0.01)
        expect(page.locator(STATUS)).to_have_text(page.locator(f"#{name}").text_content() or "?")
    press(page, "back")
    assert time(page) == pytest.approx(known[1][0], abs=0.01)
    last, _ = known[-1]
    seek(page, last + 1.6)  # well into it: back means its own start
    press(page, "back")
    assert time(page) == pytest.approx(last, abs=0.01)


def test_a_step_while_it_plays_is_answered_by_the_voice_alone(page: Page) -> None:
    listen(page)
    press(page, "on")
    press(page, "back")
    assert page.locator(STATUS).text_content() == ""


def test_chapters_are_stepped_through_and_named_and_the_ends_are_told(page: Page) -> None:
    chapters = data(page)["chapters"]
    titles = page.locator("nav ol a").all_text_contents()
    press(page, "previous")
    expect(page.locator(STATUS)).to_have_text(f"This is the first chapter: {titles[0]}")
    for number, start in enumerate(chapters[1:], start=2):
        press(page, "next")
        assert time(page) == pytest.approx(start / 1000, abs=0.01)
        expect(page.locator(STATUS)).to_have_text(f"Chapter {number} of {len(titles)}: {titles[number - 1]}")
        assert page.locator("nav [aria-current=true]").all_text_contents() == [titles[number - 1]]
    press(page, "next")
    expect(page.locator(STATUS)).to_have_text(f"This is the last chapter: {titles[-1]}")


def test_the_slider_says_time_and_chapter_and_moves_with_arrow_keys(page: Page) -> None:
    slider = page.locator("#page_position")
    assert (slider.get_attribute("aria-valuetext") or "").startswith("0 seconds of ")
    last = page.locator("nav ol a").last.text_content()
    slider.press("ArrowRight")
    assert time(page) > 0
    slider.press("End")
    assert (slider.get_attribute("aria-valuetext") or "").endswith(f", {last}")


def test_a_slider_that_has_the_focus_keeps_quiet_while_it_plays(page: Page) -> None:
    listen(page)
    slider = page.locator("#page_position")
    slider.focus()
    before, here = slider.get_attribute("aria-valuetext"), time(page)
    page.wait_for_function(f"() => ({TIME}) > {here} + 1.2")
    assert slider.get_attribute("aria-valuetext") == before
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") != before


def test_the_voice_keeps_its_pitch_at_every_speed_and_speed_and_place_are_remembered(page: Page) -> None:
    page.locator("#page_speed").select_option("3")
    assert page.evaluate("(a => [a.playbackRate, a.preservesPitch])(document.querySelector('audio'))") == [3, True]
    assert page.locator("#page_speed option").first.get_attribute("value") == "0.5"
    press(page, "next")
    start, name = next((start, name) for start, name in starts(page) if start >= time(page))
    page.wait_for_function(noted(name))
    page.reload()
    assert page.evaluate("document.querySelector('audio').playbackRate") == 3
    assert time(page) == pytest.approx(start, abs=0.01)
    other = page.context.new_page()
    other.goto(page.url.replace("/rich/", "/arabic/"))
    assert (time(other), other.evaluate("document.querySelector('audio').playbackRate")) == (0, 1)


def test_refused_storage_does_no_harm(chromium: Browser, address: str) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})"
    with prepared(chromium, address, refuse) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        unfold(page)
        page.locator("#page_speed").select_option("2")
        page.locator("#page_size").select_option("150")
        press(page, "forget")
        listen(page)
        press(page, "next")
        press(page, "play")
        assert errors == []


def test_the_heard_sentence_is_marked_without_a_word_a_step_of_the_focus_or_a_scroll(page: Page) -> None:
    known = starts(page)
    listen(page)
    seen = page.evaluate(
        """async () => {
            const seen = [], audio = document.querySelector('audio');
            const until = audio.currentTime + 3;
            while (audio.currentTime < until) {
                await new Promise(requestAnimationFrame);
                const marked = [...document.querySelectorAll('.heard')].map(e => e.id);
                seen.push([audio.currentTime, marked, document.activeElement.id, scrollY,
                    document.getElementById('page_status').textContent]);
            }
            return seen;
        }"""
    )
    assert len({tuple(marked) for _, marked, *_ in seen}) >= 3
    for now, marked, focus, scrolled, said in seen:
        assert (focus, scrolled, said) == ("page_play", 0, "")
        near = {name for start, name in known if start - 0.25 <= now <= start + 1.5}
        assert len(marked) <= 1
        assert set(marked) <= near


@pytest.mark.parametrize(("motion", "behavior"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_the_page_scrolls_along_only_where_the_reader_asked_for_it(
    chromium: Browser, address: str, motion: str, behavior: str
) -> None:
    note = "Element.prototype.scrollIntoView = function (how) { (window.scrolls ??= []).push(how.behavior); }"
    with prepared(chromium, address, note, reduced_motion=motion) as page:
        listen(page)
        page.wait_for_function(f"() => ({TIME}) > 2")
        assert page.evaluate("window.scrolls") is None
        unfold(page)
        page.locator("#page_follow").check()
        page.wait_for_function("() => window.scrolls?.length > 0")
        assert page.evaluate("window.scrolls[0]") == behavior


def test_a_click_on_a_sentence_plays_it_unless_the_reader_turned_that_off(page: Page) -> None:
    start, name = starts(page)[6]
    page.locator(f"#{name}").click()
    page.wait_for_function(PLAYING)
    assert time(page) == pytest.approx(start, abs=0.5)
    press(page, "play")
    unfold(page)
    page.locator("#page_click").uncheck()
    page.locator(f"#{starts(page)[9][1]}").click()
    assert page.evaluate("document.querySelector('audio').paused")


def test_selecting_words_plays_nothing(page: Page) -> None:
    box = page.locator(f"#{starts(page)[1][1]}").bounding_box()
    assert box
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 8)
    page.mouse.up()
    assert page.evaluate("getSelection().toString().length") > 3
    assert page.evaluate("document.querySelector('audio').paused")


def test_no_sentence_is_a_tab_stop_or_clickable_to_a_screen_reader(page: Page) -> None:
    assert page.locator(".line[tabindex], .line[role]:not([role=none])").count() == 0
    tool = page.context.new_cdp_session(page)
    for selector in (
        "document",
        "document.body",
        "document.querySelector('main')",
        "document.querySelector('.line')",
    ):
        found = tool.send("Runtime.evaluate", {"expression": selector})
        listeners = tool.send("DOMDebugger.getEventListeners", {"objectId": found["result"]["objectId"]})[
            "listeners"
        ]
        assert not {one["type"] for one in listeners} & {"click", "mousedown", "mouseup", "dblclick"}


def test_play_from_here_starts_at_the_caret_or_the_heading_that_has_the_focus(page: Page) -> None:
    start, name = starts(page)[7]
    page.evaluate(f"getSelection().collapse(document.getElementById('{name}').firstChild, 1)")
    page.wait_for_timeout(50)
    press(page, "here")
    page.wait_for_function(PLAYING)
    assert time(page) == pytest.approx(start, abs=0.5)
    press(page, "play")
    page.locator("nav ol a").last.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_function(PLAYING)
    assert time(page) == pytest.approx(data(page)["chapters"][-1] / 1000, abs=1)


def test_a_chapters_button_plays_it_here(page: Page) -> None:
    page.locator(".play button").nth(2).press("Enter")
    page.wait_for_function(PLAYING)
    start, following = (chapter / 1000 for chapter in data(page)["chapters"][3:5])
    assert start - 0.1 <= time(page) < following  # it plays on while it is looked at


def test_the_timer_stops_the_voice_after_its_time(chromium: Browser, address: str) -> None:
    with prepared(chromium, address) as page:
        page.clock.install()
        page.reload()
        unfold(page)
        listen(page)
        page.locator("#page_sleep").select_option("5")
        page.clock.fast_forward("04:59")
        assert not page.evaluate("document.querySelector('audio').paused")
        page.clock.fast_forward("00:02")
        assert page.evaluate("document.querySelector('audio').paused")
        assert page.locator("#page_sleep").input_value() == ""
        assert page.locator(STATUS).text_content() == ""


def test_a_chapter_can_be_the_last_or_be_heard_again(page: Page) -> None:
    chapters = [start / 1000 for start in data(page)["chapters"]]
    unfold(page)
    page.locator("#page_repeat").check()
    seek(page, chapters[2] - 0.4)
    listen(page)
    page.wait_for_function(f"() => ({TIME}) < {chapters[2]} - 0.5")
    assert time(page) >= chapters[1] - 0.01
    page.locator("#page_repeat").uncheck()
    page.locator("#page_sleep").select_option("chapter")
    seek(page, chapters[2] - 0.4)
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert time(page) == pytest.approx(chapters[2], abs=0.5)


def test_keys_of_headsets_step_by_chapter_and_the_lock_screen_names_it(chromium: Browser, address: str) -> None:
    note = "navigator.mediaSession.setActionHandler = (name, does) => { (window.keys ??= {})[name] = does; }"
    with prepared(chromium, address, note) as page:
        page.evaluate("window.keys.nexttrack()")
        assert time(page) == pytest.approx(data(page)["chapters"][1] / 1000, abs=0.01)
        title = page.locator("nav ol a").nth(1).text_content()
        assert page.evaluate("navigator.mediaSession.metadata.title") == title
        page.evaluate("window.keys.seekto({seekTime: 9})")
        assert time(page) == pytest.approx(9, abs=0.01)
        assert set(page.evaluate("Object.keys(window.keys)")) >= {"play", "pause", "previoustrack", "seekforward"}


def test_what_is_said_otherwise_can_be_shown_where_it_stands(page: Page) -> None:
    before = page.locator("article").text_content()
    unfold(page)
    page.locator("#page_forms").check()
    assert "[500 mg is said as some milligrams]" in (page.locator("article").text_content() or "")
    page.reload()
    assert "[500 mg is said as some milligrams]" in (page.locator("article").text_content() or "")
    unfold(page)
    page.locator("#page_forms").uncheck()
    assert page.locator("article").text_content() == before


def test_a_power_is_one_too_where_a_sentence_is_read_out_or_its_spoken_form_is_shown(page: Page) -> None:
    """The text alone of 10 and a raised 9 is 109."""
    line = page.locator(".line", has=page.locator("sup:not(.note)")).first
    name = line.get_attribute("id")
    for _, other in starts(page):
        press(page, "on")
        if other == name:
            break
    assert "10<sup>9</sup>/L" in page.locator(STATUS).inner_html()
    assert page.locator(f"{STATUS} a, {STATUS} [id]").count() == 0
    unfold(page)
    page.evaluate("document.querySelector('.said td').innerHTML = '50 × 10<sup>9</sup>/L'")
    page.locator("#page_forms").check()
    assert "50 × 10<sup>9</sup>/L" in page.locator("article .form").first.inner_html()


def test_a_power_of_a_title_is_one_too_where_the_player_names_it(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.chapters a')[1].innerHTML = 'Over 10<sup class=\"own\">⁹</sup>'")
    press(page, "next")
    assert "Over 10<sup" in page.locator(STATUS).inner_html()
    assert "Over 10<sup" in page.locator("#page_chapter").inner_html()


def test_the_look_is_the_systems_until_the_reader_chooses_and_is_remembered(
    chromium: Browser, address: str
) -> None:
    style = "getComputedStyle(document.documentElement)"
    with prepared(chromium, address, color_scheme="dark") as page:
        paper = page.evaluate(f"{style}.getPropertyValue('--paper')")
        size = page.evaluate(f"parseFloat({style}.fontSize)")
        assert page.evaluate("Object.keys(document.documentElement.dataset)") == []
        unfold(page)
        page.locator("#page_look").select_option("dark")
        assert page.evaluate(f"{style}.getPropertyValue('--paper')") == paper
        page.locator("#page_look").select_option("light")
        page.locator("#page_size").select_option("200")
        page.locator("#page_spacing").select_option("wide")
        page.reload()
        assert page.evaluate(f"{style}.getPropertyValue('--paper')") != paper
        assert page.evaluate(f"parseFloat({style}.fontSize)") == 2 * size
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).letterSpacing)") > 0
        unfold(page)
        press(page, "forget")
        page.reload()
        assert page.evaluate(f"{style}.getPropertyValue('--paper')") == paper


@pytest.mark.parametrize("look", ["dark", "strong"])
def test_the_colours_that_a_reader_can_choose_have_every_name_and_contrast(page: Page, look: str) -> None:
    names = (
        "[...document.styleSheets[0].cssRules].flatMap(rule => rule.cssRules ? [rule, ...rule.cssRules] : [rule])"
    )
    sets = page.evaluate(
        f"({names}).filter(rule => rule.style?.getPropertyValue('--paper') && rule.selectorText !== ':root, "
        ":root[data-size]').map(rule => [rule.selectorText, Object.fromEntries([...rule.style]"
        ".filter(name => name.startsWith('--')).map(name => [name, rule.style.getPropertyValue(name)]))])"
    )
    found = dict(sets)
    chosen = found[f':root:where([data-look="{look}"])']
    assert chosen.keys() == found[":root"].keys()
    if look == "dark":
        assert chosen == found[":root:where(:not([data-look]))"]


def test_the_player_works_from_a_folder(chromium: Browser, site: Path) -> None:
    with opened(chromium, (site / "rich" / "index.html").as_uri()) as page:
        listen(page)
        page.locator(f"#{starts(page)[8][1]}").click()
        assert time(page) >= starts(page)[8][0] - 0.01
        press(page, "play")
        expect(page.locator("#page_play")).to_have_text("Play")
        start, name = [place for place in starts(page) if place[0] <= time(page)][-1]
        page.wait_for_function(noted(name))
        page.reload()
        assert time(page) == pytest.approx(start, abs=0.01)


def test_a_page_that_was_listened_to_opens_and_plays_without_a_network(chromium: Browser, site: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    with serving(site) as url:
        page.goto(f"{url}rich/index.html")
        page.evaluate("navigator.serviceWorker.ready")
        listen(page)
        expect(page.locator("#page_kept")).to_contain_text("are kept on this device", timeout=20_000)
    page.goto(f"{url}rich/")
    assert page.locator("h1").text_content() == "Failed spinal fusion"
    seek(page, 40)
    listen(page)
    page.wait_for_function(f"() => ({TIME}) > 40.3")
    unfold(page)
    press(page, "forget")
    expect(page.locator(STATUS)).to_contain_text("Nothing is kept")
    assert page.evaluate("caches.keys()") == []
    context.close()


def test_a_page_is_kept_when_that_is_asked_for_and_plays_from_its_middle_without_a_network(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(bypass_csp=True)  # the test itself fetches, which the page may not
    page = context.new_page()
    page.goto(f"{address}rich/index.html")
    button = page.locator("#page_keep")
    expect(button).to_be_visible(timeout=60_000)  # once the worker is there
    expect(button).to_have_text("Keep this page and its recording on this device (240 kB)")
    button.press("Enter")
    expect(page.locator("#page_kept")).to_contain_text("are kept on this device", timeout=60_000)
    expect(page.locator(STATUS)).to_contain_text("are kept on this device")
    assert not button.is_visible()
    assert page.evaluate(TIME) == 0, "nobody has listened"
    context.set_offline(True)
    page.reload()
    expect(page.locator("#page_kept")).to_be_visible(timeout=20_000)
    answers: list[int] = []
    page.on("response", lambda response: answers.append(response.status) if "mp3" in response.url else None)
    seek(page, 41)
    listen(page)
    page.wait_for_function(f"() => ({TIME}) > 41.3")
    assert page.evaluate("[...document.querySelectorAll('.heard')].length") <= 1
    status = "range => fetch('rich.mp3', {headers: {range}}).then(async r => [r.status, (await r.blob()).size])"
    whole = page.evaluate("fetch('rich.mp3').then(async r => (await r.blob()).size)")
    assert page.evaluate(status, "bytes=100-199") == [206, 100]
    assert page.evaluate(status, "bytes=-50") == [206, 50]
    assert page.evaluate(status, f"bytes={whole - 7}-") == [206, 7]
    assert page.evaluate(status, f"bytes={whole}-")[0] == 416
    context.close()


def republished(place: Path, site: Path) -> None:
    """The page in another version: other words, other times and another sound."""
    page = (site / "rich" / "index.html").read_text("utf-8")
    page = page.replace("Failed spinal fusion", "Corrected spinal fusion")
    (place / "rich" / "index.html").write_text(page, "utf-8")
    worker = (site / "rich" / "sw.js").read_text("utf-8")
    version = re.search(r'"([0-9a-f]{16})"', worker)
    assert version
    (place / "rich" / "sw.js").write_text(worker.replace(version[1], "0123456789abcdef"), "utf-8")
    sound = (site / "rich" / "rich.mp3").read_bytes()
    (place / "rich" / "rich.mp3").write_bytes(sound[: len(sound) // 2])


@contextmanager
def open_at_a_site(chromium: Browser, site: Path, tmp_path: Path, **look: Any) -> Iterator[tuple[Page, Path]]:
    """A page, and the folder that it comes from, in which another version can be put."""
    place = Path(shutil.copytree(site, tmp_path / "output"))
    context = chromium.new_context(**look)
    page = context.new_page()
    with serving(place) as url:
        page.goto(f"{url}rich/index.html")
        expect(page.locator("#page_keep")).to_be_visible(timeout=60_000)
        yield page, place
    context.close()


SOUND = "fetch('rich.mp3').then(answer => answer.status, () => 0)"
"""How the recording is answered to a test, which may fetch where the page may not (bypass_csp)."""


def keep(page: Page) -> None:
    """Keeps the page and its recording on the device."""
    press(page, "keep")
    expect(page.locator("#page_kept")).to_contain_text("are kept on this device", timeout=60_000)


def corrected(place: Path) -> None:
    """Corrects the page's words, of which its worker does not know yet."""
    index = place / "rich" / "index.html"
    text = index.read_text("utf-8").replace("Failed spinal", "Corrected spinal")
    index.write_text(re.sub(r'"said":"\w+"', '"said":"0"', text), "utf-8")


KEEPS_THE_NEWER = """async () => {
  const cacheName = `voicegen ${new URL(".", location)} 0123456789abcdef`;
  for (const ends = Date.now() + 60_000; Date.now() < ends; await new Promise((done) => setTimeout(done, 50))) {
    const { active } = await navigator.serviceWorker.getRegistration();
    if (active?.state === "activated" && (await caches.match("rich.mp3", { cacheName }))) return true;
  }
  return false;
}"""
"""Whether the worker of `republished` has kept and checked its sound, within a minute.

Not for `wait_for_function`, which takes the promise of an answer for a yes.
"""


def plays_the_newer(page: Page) -> None:
    """Whoever presses play gets the version that is published, loaded once."""
    press(page, "play")
    expect(page.locator("h1")).to_have_text("Corrected spinal fusion", timeout=60_000)
    listen(page)
    page.wait_for_function(f"() => ({TIME}) > 1")
    assert page.evaluate(f"({PLAYING})()"), "it is not loaded again and again"


@pytest.mark.attack(
    "tampering", "the sound of a newer version is neither kept with an older text nor played with it"
)
def test_a_page_that_was_published_anew_keeps_no_new_sound_with_its_old_text_and_is_loaded_again_to_play(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    with open_at_a_site(chromium, site, tmp_path) as (page, place):
        republished(place, site)
        press(page, "keep")
        expect(page.locator("#page_kept")).to_contain_text("can’t be kept", timeout=60_000)
        kept = (
            "caches.keys().then(all => Promise.all(all.map(async n => (await caches.open(n)).match('rich.mp3'))))"
        )
        assert not any(page.evaluate(f"{kept}.then(found => found.map(Boolean))"))
        expect(page.locator("h1")).to_have_text("Failed spinal fusion")
        plays_the_newer(page)


@pytest.mark.attack(
    "tampering", "who paused before a newer version was told of hears nothing of it under the older text"
)
@pytest.mark.parametrize(
    "told", ["new MessageEvent('message', {data: {state: 'newer'}})", "new Event('controllerchange')"]
)
def test_who_paused_before_a_newer_version_was_told_of_gets_it_at_the_next_play(
    chromium: Browser, site: Path, tmp_path: Path, told: str
) -> None:
    """It is told by the worker that was asked, or by the one that takes its place meanwhile, and is asked then."""
    with open_at_a_site(chromium, site, tmp_path) as (page, place):
        listen(page)  # it has asked now, and will not ask again for a minute
        press(page, "play")
        page.wait_for_function("() => document.querySelector('audio').paused")
        republished(place, site)
        page.evaluate(f"""new Promise(done => {{
            navigator.serviceWorker.addEventListener("message", done, {{once: true}});
            navigator.serviceWorker.dispatchEvent({told});
            setTimeout(done, 20_000);
        }}).then(() => 0)""")
        expect(page.locator("h1")).to_have_text("Failed spinal fusion")
        plays_the_newer(page)


@pytest.mark.parametrize("plays", [False, True])
def test_who_loses_the_network_meanwhile_hears_on_from_what_is_kept(
    chromium: Browser, site: Path, tmp_path: Path, plays: bool
) -> None:
    """Browsers read no recording on from another place than the one where they began."""
    with open_at_a_site(chromium, site, tmp_path) as (page, _):
        keep(page)
        page.reload()
        page.wait_for_function("() => document.querySelector('audio').readyState > 0")
        if plays:
            listen(page)
        page.context.set_offline(True)
        seek(page, 40)
        if not plays:
            listen(page)
        page.wait_for_function(f"() => ({TIME}) > 40.3")
        assert page.locator("#page_state").text_content() == ""


@pytest.mark.attack(
    "tampering", "the kept sound of an older version is not played with a newer text where the network fails"
)
def test_the_sound_that_is_kept_is_only_for_the_text_that_is_kept(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    with open_at_a_site(chromium, site, tmp_path, bypass_csp=True) as (page, place):
        keep(page)
        corrected(place)
        page.reload()
        expect(page.locator("h1")).to_have_text("Corrected spinal fusion")
        page.context.set_offline(True)
        assert page.evaluate(SOUND) == 0
        page.reload()
        expect(page.locator("h1")).to_have_text("Failed spinal fusion")
        assert page.evaluate(SOUND) == 200


@pytest.mark.attack(
    "tampering", "sound that was kept for another window's newer text is not played with this one's older text"
)
def test_without_a_network_a_window_with_an_older_text_is_loaded_again_for_the_newer_sound_that_is_kept(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    with open_at_a_site(chromium, site, tmp_path) as (page, place):
        keep(page)
        republished(place, site)
        corrected(place)
        other = page.context.new_page()
        other.goto(page.url)
        assert other.evaluate(KEEPS_THE_NEWER), "the newer version's worker did not keep its sound"
        page.context.set_offline(True)
        expect(page.locator("h1")).to_have_text("Failed spinal fusion")
        plays_the_newer(page)


def test_pages_of_one_name_in_two_folders_of_a_site_are_both_kept(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    with open_at_a_site(chromium, site, tmp_path) as (page, place):
        keep(page)
        shutil.copytree(place / "rich", place / "es" / "rich")
        worker = place / "es" / "rich" / "sw.js"
        worker.write_text(re.sub('"[0-9a-f]{16}"', '"0123456789abcdef"', worker.read_text("utf-8")), "utf-8")
        page.goto(page.url.replace("/rich/", "/es/rich/"))
        expect(page.locator("#page_keep")).to_be_visible(timeout=60_000)
        keep(page)
        assert len(page.evaluate("caches.keys()")) == 2


def test_where_nothing_more_can_be_kept_the_older_sound_is_let_go(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    """Else nothing would tell that it does not go with the newer text."""
    with open_at_a_site(chromium, site, tmp_path, bypass_csp=True) as (page, place):
        keep(page)
        corrected(place)
        devtools = page.context.new_cdp_session(page)
        origin = page.evaluate("location.origin")
        devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
        page.reload()
        page.context.set_offline(True)
        assert page.evaluate(SOUND) == 0


@pytest.mark.attack(
    "tampering",
    "the browser's own copy of an older sound is not played with a newer text, whatever the server says",
)
def test_a_server_that_says_nothing_of_keeping_is_asked_for_the_sound_each_time(
    chromium: Browser, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = Answer.send_header

    def silent(self: Answer, name: str, value: str) -> None:
        if name != "Cache-Control":
            tell(self, name, value)

    monkeypatch.setattr(Answer, "send_header", silent)
    length = "fetch('rich.mp3').then(answer => answer.blob()).then(blob => blob.size)"
    with open_at_a_site(chromium, site, tmp_path, bypass_csp=True) as (page, place):
        sound = place / "rich" / "rich.mp3"
        os.utime(sound, (0, 0))  # what has stood for years, browsers take for good unasked (RFC 9111, 4.2.2)
        page.reload()
        whole = page.evaluate(length)
        sound.write_bytes(sound.read_bytes()[: whole // 2])
        page.reload()
        assert page.evaluate(length) == whole // 2


def test_where_data_is_saved_only_what_is_asked_for_is_kept(chromium: Browser, address: str) -> None:
    save = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    with prepared(chromium, address, save) as page:
        page.evaluate("navigator.serviceWorker.ready")
        expect(page.locator("#page_keep")).to_be_visible(timeout=20_000)
        listen(page)
        page.wait_for_function(f"() => ({TIME}) > 1")
        kept = "caches.keys().then(names => caches.open(names[0])).then(c => c.match('rich.mp3')).then(Boolean)"
        assert not page.evaluate(kept)
        press(page, "keep")
        expect(page.locator("#page_kept")).to_contain_text("are kept on this device", timeout=20_000)
        assert page.evaluate(kept)


def test_where_readers_must_sign_in_again_that_page_is_not_kept_in_the_place_of_ours(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    with open_at_a_site(chromium, site, tmp_path) as (page, place):
        republished(place, site)
        (place / "rich" / "index.html").write_text("<h1>Sign in</h1>", "utf-8")
        page.evaluate(
            "navigator.serviceWorker.getRegistration().then(found => found.update())"
            ".then(found => new Promise(done => {"
            "const worker = found.installing || found.waiting || found.active;"
            "const look = () => ['redundant', 'activated'].includes(worker.state) && done();"
            "worker.onstatechange = look; look(); }))"
        )
        page.context.set_offline(True)
        page.reload()
        expect(page.locator("h1")).to_have_text("Failed spinal fusion")


@pytest.mark.parametrize("signs_in", [False, True])
def test_a_recording_that_can_not_be_kept_is_told(chromium: Browser, address: str, signs_in: bool) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body="<h1>Sign in</h1>", content_type="text/html") if signs_in else route.abort()

    with prepared(chromium, address) as page:
        expect(page.locator("#page_keep")).to_be_visible(timeout=20_000)
        page.context.route("**/*.mp3", answer)
        press(page, "keep")
        expect(page.locator("#page_kept")).to_contain_text("can’t be kept", timeout=20_000)
        assert page.locator("#page_keep").is_visible()


def test_a_recording_that_is_slow_or_missing_is_told_once_when_it_is_wanted(
    chromium: Browser, address: str
) -> None:
    with prepared(chromium, address, service_workers="block") as page:
        waiting: list[Route] = []
        page.route("**/*.mp3", lambda route: waiting.append(route))
        page.reload(wait_until="domcontentloaded")
        assert page.locator(STATUS).text_content() == ""
        press(page, "play")
        expect(page.locator(STATUS)).to_have_text("The recording is loading.")
        expect(page.locator("#page_state")).to_have_text("The recording is loading.")
        for route in waiting:
            route.fulfill(status=404)
        expect(page.locator("#page_state")).to_contain_text("can’t be loaded")
        page.unroute("**/*.mp3")
        listen(page)
        expect(page.locator("#page_state")).to_have_text("")


def test_a_missing_recording_says_nothing_until_it_is_asked_for(chromium: Browser, address: str) -> None:
    with prepared(chromium, address, service_workers="block") as page:
        page.route("**/*.mp3", lambda route: route.fulfill(status=404))
        page.reload()
        expect(page.locator("#page_state")).to_contain_text("can’t be loaded")
        assert page.locator(STATUS).text_content() == ""
        press(page, "play")
        expect(page.locator(STATUS)).to_contain_text("can’t be loaded")
        expect(page.locator("#page_play")).to_have_text("Play")


def test_at_the_end_it_says_so_and_play_begins_again(page: Page) -> None:
    seek(page, 53.6)
    press(page, "play")
    expect(page.locator(STATUS)).to_have_text("This is the end of the recording.")
    assert page.locator(".heard").count() == 0
    listen(page)
    assert time(page) < 5


def test_arabic_is_written_from_the_right_and_its_arrows_too(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "arabic/index.html") as page:
        expect(page.locator("#page_play")).to_have_text("تشغيل")
        page.locator("#page_position").press("ArrowLeft")
        assert time(page) > 0
        assert "ثانية" in (page.locator("#page_position").get_attribute("aria-valuetext") or "")
        first, second = page.locator("#page_play").bounding_box(), page.locator("nav").bounding_box()
        assert first
        assert second
        assert page.locator("#page_player").get_attribute("lang") is None


def test_where_we_have_no_words_of_a_language_ours_say_that_they_are_english(
    chromium: Browser, address: str
) -> None:
    with opened(chromium, address + "persian/index.html") as page:
        ours = page.locator("#page_player")
        assert (ours.get_attribute("lang"), ours.get_attribute("dir")) == ("en", "ltr")
        assert page.locator("#page_chapter").get_attribute("lang") == "fa"
        press(page, "next")
        assert page.locator(STATUS).get_attribute("lang") == "en"


def test_the_bar_of_small_screens_never_hides_what_has_the_focus(chromium: Browser, address: str) -> None:
    with prepared(chromium, address, viewport={"width": 320, "height": 640}) as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for _ in range(200):
            page.keyboard.press("Tab")
            hidden = page.evaluate(
                """() => {
                    const e = document.activeElement, bar = document.querySelector('.bar');
                    if (e === document.body) return 'end';
                    if (bar.contains(e)) return '';
                    const box = e.getBoundingClientRect();
                    return box.top >= bar.getBoundingClientRect().top ? e.outerHTML : '';
                }"""
            )
            if hidden == "end":
                break
            assert hidden == ""
        assert hidden == "end"


def test_axe_finds_nothing_in_the_colours_that_readers_choose(chromium: Browser, address: str) -> None:
    def choose(page: Page) -> None:
        page.locator("#page_look").select_option("strong")
        listen(page)

    assert axe_problems(chromium, address + "rich/index.html", "light", choose) == []
