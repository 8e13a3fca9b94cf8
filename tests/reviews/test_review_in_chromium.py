"""The review page in a real browser: all that staff do there, by mouse and by keyboard, and how it looks."""

from __future__ import annotations

import contextlib
import io
import json
import threading
import wave
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe_problems, opened
from tests.conftest import Project
from tests.reviews.projects import DOSE, REQUIRED, drafted, hum, hum_of, log, published, settings_of, standing
from voicegen import drafts
from voicegen.recordings.opening import opened as recording
from voicegen.review_desk.server import Reviews
from voicegen.verifying import verify

pytestmark = pytest.mark.needs("chromium")
SPOKEN = REQUIRED.replace("tone", "espeak")
Make = Callable[..., Project]


@contextlib.contextmanager
def reviewing(project: Project, send_text_to: str = "") -> Iterator[str]:
    """The address of the project's review page."""
    server = Reviews(lambda: settings_of(project), send_text_to=send_text_to)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True, slots=True)
class Review:
    """A project with a changed dose whose draft waits, and the address of its review page."""

    project: Project
    url: str


@pytest.fixture
def changed(make_project: Make) -> Iterator[Review]:
    project = published(drafted(make_project))
    project.page("a.txt", DOSE.replace("5 mg", "50 mg").replace("hard pieces", "hard stones"))
    project.build()
    with reviewing(project) as url:
        yield Review(project, url)


def press(page: Page, name: str) -> None:
    """Presses a button of a form, and waits for the answer: Chromium may be done with the click before."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def decide(page: Page, button: str, note: str = "") -> None:
    form = page.locator("form[action$=decide]")
    form.get_by_label("Your name").fill("Nurse Ada")
    form.get_by_label("Note").fill(note)
    press(page, button)
    expect(page.locator("#message")).to_be_focused()


def lines(folder: Path) -> list[dict[str, object]]:
    facts = json.loads((folder / "timeline.json").read_text())
    return [line for chapter in facts["chapters"] for line in chapter["lines"]]


def sound(folder: Path, line: dict[str, object]) -> array[float]:
    """What is heard of a line, decoded from the page's recording."""
    with recording(folder / "a.mp3") as file:
        return file.decode(int(str(line["start"])), int(str(line["end"])))


def crossings(samples: array[float]) -> int:
    return sum(one < 0 <= other for one, other in pairwise(samples))


def heard(page: Page, url: str) -> bytes:
    answer = page.request.get(url)
    assert answer.status == 200
    with wave.open(io.BytesIO(answer.body())) as file:
        return bytes(file.readframes(file.getnframes()))


def test_a_changed_dose_stands_on_top_and_is_heard_in_its_place_beside_the_old_one(
    chromium: Browser, changed: Review
) -> None:
    with opened(chromium, changed.url) as page:
        page.get_by_role("link", name="Gallstones").click()
        first = page.locator("section").filter(has=page.locator("#first"))
        assert first.locator("li.change").count() == 1
        assert first.locator("del").inner_text() == "Take 5 mg twice a day."
        assert first.locator("ins").inner_text() == "Take 50 mg twice a day."
        assert first.locator(".fact").all_inner_texts() == ["5 mg", "50 mg"]
        headings = page.locator("h2").all_inner_texts()
        assert headings.index("Look at these first: doses, quantities and denials") < headings.index(
            "Other changes"
        )
        assert "hard stones" in page.locator("section").filter(has=page.locator("#other")).inner_text()
        buttons = first.locator("button[data-sound]")
        expect(buttons.first).to_be_visible()  # the script makes them of links
        sounds = [heard(page, str(one.get_attribute("data-sound"))) for one in buttons.all()]
        assert len(sounds) == 2
        new, old = drafts.place(settings_of(changed.project)) / "a", changed.project.output / "a"
        for folder, data in ((old, sounds[0]), (new, sounds[1])):
            at = next(at for at, line in enumerate(lines(folder)) if "mg" in str(line["shown"]))
            span = range(int(str(lines(folder)[at - 1]["start"])), int(str(lines(folder)[at + 1]["end"])))
            assert len(data) // 2 == len(span)
        button = first.get_by_role("button", name="Hear it as it is now")
        button.click()
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
        expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=30_000)
        expect(button).to_be_focused()


def test_approve_then_publish(chromium: Browser, changed: Review) -> None:
    before = changed.project.tree()
    with opened(chromium, f"{changed.url}page/a/") as page:
        decide(page, "Approve", "Read and heard")
        assert page.locator("#message").inner_text() == "Approved."
        assert changed.project.tree() == before
        press(page, "Publish now")
        expect(page.locator("#message")).to_have_text("Published.")
    assert b"50 mg" in changed.project.tree()["a/captions.vtt"]
    assert [(one.act, one.by) for one in log(changed.project).entries[-2:]] == [
        ("approved", "Nurse Ada"),
        ("published", "Nurse Ada"),
    ]
    assert log(changed.project).entries[-2].note == "Read and heard"
    assert verify(changed.project.output).troubles == ()


def test_reject_and_it_is_not_published(chromium: Browser, changed: Review) -> None:
    before = changed.project.tree()
    with opened(chromium, f"{changed.url}page/a/") as page:
        decide(page, "Reject", "50 is wrong")
        assert page.get_by_role("button", name="Publish now").count() == 0
        assert "50 is wrong" in page.locator("main").inner_text()
        changed.project.page("a.txt", DOSE.replace("5 mg", "10 mg"))
        page.reload()
        press(page, "Make the draft now")
        expect(page.locator("#message")).to_have_text("The draft is made.")
        assert page.locator("ins").first.inner_text() == "Take 10 mg twice a day."
    assert standing(changed.project).state == "waiting"
    assert changed.project.tree() == before


def test_what_changed_while_somebody_looked_at_it_is_not_approved(chromium: Browser, changed: Review) -> None:
    with opened(chromium, f"{changed.url}page/a/") as page:
        changed.project.page("a.txt", DOSE.replace("5 mg", "500 mg"))
        changed.project.build()
        decide(page, "Approve")
        assert "another now than the one that was looked at" in page.locator("#message").inner_text()
    assert standing(changed.project).state == "waiting"


def test_a_pronunciation_is_fixed_and_heard_at_once(chromium: Browser, make_project: Make) -> None:
    project = drafted(make_project, SPOKEN)
    own = '# Our words.\n\n[[pronunciation]]\nword = "Bowen"  # a name\nsay = "Boe-in"\n'
    (project.place / "content/pronunciations.toml").write_text(own)
    project.build()
    folder = drafts.place(settings_of(project)) / "a"
    with reviewing(project) as url, opened(chromium, f"{url}page/a/") as page:
        page.get_by_role("link", name="What they are").click()
        row = page.get_by_role("row").filter(has_text="They form")
        before = heard(page, str(row.locator("button[data-sound]").get_attribute("data-sound")))
        row.get_by_role("link", name="Correct how it sounds").click()
        page.get_by_label("Word, as it is written").fill("gallbladder")
        page.get_by_label("Say it like this").fill("gorl bladder")
        press(page, "Hear it so")
        assert "1 lines of this page" in page.locator("main").inner_text()
        tried = heard(page, str(page.locator("button[data-sound]").get_attribute("data-sound")))
        assert tried not in before
        assert (project.place / "content/pronunciations.toml").read_text() == own
        assert standing(project).state == "waiting"
        old = sound(folder, next(line for line in lines(folder) if "They form" in str(line["shown"])))
        press(page, "Keep it")
        expect(page.locator("#message")).to_have_text("It is kept, and the draft is made again.")
        line = next(line for line in lines(folder) if "They form" in str(line["shown"]))
        assert line["spoken"] == "They form in the gorl bladder."
        assert list(sound(folder, line)) != list(old)
        assert heard(page, f"{url}sound/a/draft/{line['id']}.wav") != before
    written = (project.place / "content/pronunciations.toml").read_text()
    assert written.startswith(own.rstrip())
    assert 'word = "gallbladder"' in written
    assert 'page = "a"' in written
    assert standing(project).state == "waiting"


def test_a_pronunciation_that_would_say_another_dose_is_refused(chromium: Browser, changed: Review) -> None:
    line = next(
        one for one in lines(drafts.place(settings_of(changed.project)) / "a") if "mg" in str(one["shown"])
    )
    with opened(chromium, f"{changed.url}page/a/line/{line['id']}/") as page:
        page.get_by_label("Word, as it is written").fill("50 mg")
        page.get_by_label("Say it like this").fill("five milligrams")
        press(page, "Hear it so")
        expect(page.locator("#message")).to_be_focused()
        assert "50 mg" in page.locator("#message").inner_text()
    assert not (changed.project.place / "content/pronunciations.toml").exists()


def test_an_own_recording_replaces_a_line_and_every_mark_stays_right(
    chromium: Browser, changed: Review, tmp_path: Path
) -> None:
    folder = drafts.place(settings_of(changed.project)) / "a"
    line = next(one for one in lines(folder) if "fatty" in str(one["shown"]))
    file = tmp_path / "fatty.wav"
    file.write_bytes(hum(2.0, 500.0))
    with opened(chromium, f"{changed.url}page/a/line/{line['id']}/") as page:
        form = page.locator("form[action$='/own']")
        form.get_by_label("Your name").fill("Nurse Ada")
        form.get_by_label("Sound file").set_input_files(file)
        press(page, "Hear the recording before it is used")
        tried = heard(page, str(page.locator("button[data-sound]").get_attribute("data-sound")))
        assert not (changed.project.place / "recordings").exists()
        press(page, "Keep it")
        expect(page.locator("#message")).to_have_text("It is kept, and the draft is made again.")
        page.get_by_role("link", name="Treatment").last.click()
        assert "own recording, by Nurse Ada" in page.get_by_role("row").filter(has_text="fatty").inner_text()
    with recording(folder / "a.mp3") as sounds:
        rate_hz = sounds.rate_hz
    after = {str(one["shown"]): one for one in lines(folder)}
    own = after[str(line["shown"])]
    samples = sound(folder, own)
    assert len(samples) == len(tried) // 2  # as it was heard before it was kept
    assert abs(len(samples) / rate_hz - 2.3) < 0.02  # trimmed: two seconds, and 150 ms on each side
    assert abs(crossings(samples[rate_hz // 2 : 3 * rate_hz // 2]) - 500) <= 2  # it is the hum that is heard there
    loudest = max(max(abs(one) for one in sound(folder, other)) for other in lines(folder) if other is not own)
    assert 0.5 < max(map(abs, samples)) / loudest < 2  # as loud as the rest
    assert log(changed.project).entries[-1].act == "recorded"
    assert standing(changed.project).state == "waiting"
    # another text: the recording holds no more, and staff are told
    changed.project.page("a.txt", DOSE.replace("fatty", "fried"))
    (report,) = changed.project.build().pages
    assert any("The recording by Nurse Ada" in notice for notice in report.notices)
    assert (
        abs(crossings(sound(folder, next(one for one in lines(folder) if "fried" in str(one["shown"])))) - 1_000)
        > 50
    )
    assert list((changed.project.place / "recordings/a").glob("*.wav"))


def test_a_chapter_is_recorded_whole_and_each_line_has_its_own_piece(
    chromium: Browser, changed: Review, tmp_path: Path
) -> None:
    folder = drafts.place(settings_of(changed.project)) / "a"
    facts = json.loads((folder / "timeline.json").read_text())
    chapter, own_hz = facts["chapters"][1], facts["rate_hz"]
    file = tmp_path / "chapter.wav"
    file.write_bytes(hum_of([(line["end"] - line["start"]) / own_hz for line in chapter["lines"]]))
    short = tmp_path / "short.wav"
    short.write_bytes(hum(4.0))
    with opened(chromium, f"{changed.url}page/a/chapter/{chapter['id']}/") as page:
        page.get_by_label("Your name").fill("Nurse Ada")
        page.get_by_label("Sound file").set_input_files(short)
        press(page, "Hear the recording before it is used")
        expect(page.locator("#message")).to_be_focused()
        assert "pauses are in it" in page.locator("#message").inner_text()
        page.get_by_label("Sound file").set_input_files(file)
        press(page, "Hear the recording before it is used")
        expect(page.locator("li.change")).to_have_count(len(chapter["lines"]))
        press(page, "Keep it")
        expect(page.locator("#message")).to_have_text("It is kept, and the draft is made again.")
    now = json.loads((folder / "timeline.json").read_text())["chapters"][1]
    for number, line in enumerate(now["lines"]):
        piece = sound(folder, line)
        middle = piece[len(piece) // 4 : 3 * len(piece) // 4]
        hertz = crossings(middle) / (len(middle) / own_hz)
        assert abs(hertz - (300 + 200 * number)) < 5


def test_a_line_that_is_always_spoken_alike_is_not_spoken_again(chromium: Browser, changed: Review) -> None:
    line = lines(drafts.place(settings_of(changed.project)) / "a")[2]
    with opened(chromium, f"{changed.url}page/a/line/{line['id']}/") as page:
        form = page.locator("form[action$='/again']")
        form.get_by_label("Your name").fill("Nurse Ada")
        press(page, "Speak it again")
        expect(page.locator("#message")).to_be_focused()
        assert "the same way every time" in page.locator("#message").inner_text()


# how it looks, and without a mouse


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_on_any_screen(chromium: Browser, changed: Review, look: str) -> None:
    line = lines(drafts.place(settings_of(changed.project)) / "a")[2]
    for path in ("", "page/a/", "page/a/chapter/what-they-are/", f"page/a/line/{line['id']}/"):
        assert axe_problems(chromium, changed.url + path, look) == [], path


def test_nothing_scrolls_sideways_on_a_small_screen(chromium: Browser, changed: Review) -> None:
    line = lines(drafts.place(settings_of(changed.project)) / "a")[2]
    for path in ("", "page/a/", f"page/a/line/{line['id']}/"):
        with opened(chromium, changed.url + path, viewport={"width": 320, "height": 640}) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_everything_is_done_by_keyboard_alone(chromium: Browser, changed: Review) -> None:
    def tab_to(page: Page, name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            there = (
                "(e => e.matches('a, button, input, textarea') && (e.innerText || e.name))(document.activeElement)"
            )
            if name in str(page.evaluate(there)):
                ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
                assert float(ring.removesuffix("px")) >= 3
                return
        raise AssertionError(f"Tab never came to {name}")

    with opened(chromium, changed.url) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_be_focused()
        tab_to(page, "Gallstones")
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/a/")
        tab_to(page, "Hear it as it was")
        page.keyboard.press("Enter")
        expect(page.locator("#status")).to_have_text("Playing")
        page.keyboard.press("Space")
        expect(page.locator("#status")).to_have_text("")
        tab_to(page, "by")
        page.keyboard.type("Nurse Ada")
        tab_to(page, "note")
        page.keyboard.type("By keyboard")
        tab_to(page, "Approve")
        page.keyboard.press("Space")
        expect(page.locator("#message")).to_be_focused()
        tab_to(page, "Publish now")
        page.keyboard.press("Enter")
        expect(page.locator("#message")).to_have_text("Published.")
    assert log(changed.project).entries[-2].note == "By keyboard"


def test_a_screen_reader_finds_headings_names_and_one_quiet_status(chromium: Browser, changed: Review) -> None:
    with opened(chromium, f"{changed.url}page/a/") as page:
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.locator("[role=status]").count() == 1
        assert page.locator("[aria-live=assertive], [role=alert]").count() == 0
        names = [
            one.evaluate("e => e.innerText || e.labels?.[0]?.innerText")
            for one in page.locator("main button, main input:not([type=hidden]), main textarea").all()
        ]
        assert all(names)
        tree = page.locator("main").aria_snapshot()
        assert 'button "Hear it as it was “Take 5 mg twice a day.”"' in tree
        assert 'heading "Look at these first: doses, quantities and denials" [level=2]' in tree


def test_without_scripts_everything_still_works(chromium: Browser, changed: Review) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{changed.url}page/a/")
    link = page.get_by_role("link", name="Hear it as it is now").first
    assert heard(page, str(link.get_attribute("href")).join(["/".join(changed.url.split("/")[:3]), ""]))
    page.locator("form[action$=decide]").get_by_label("Your name").fill("Nurse Ada")
    press(page, "Approve")
    expect(page.locator("#message")).to_have_text("Approved.")
    context.close()
    assert standing(changed.project).state == "approved"
