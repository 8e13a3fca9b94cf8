"""A line that is spoken once more at the review page, by an engine that never speaks it twice alike."""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import opened
from tests.conftest import Project
from tests.engines import google_speech as google
from tests.engines.openai_speech import KEY, OpenaiSpeech, running
from tests.reviews.projects import DOSE, hum, log, settings_of, standing
from tests.reviews.test_review_in_chromium import crossings, heard, lines, press, reviewing, sound
from voicegen import drafts
from voicegen.engines._endpoint_settings import KEY_VARIABLE, RATE_HZ

pytestmark = pytest.mark.needs("chromium")
WORDS = "fatty"
HERTZ = 1_100.0
"""Of a line that is spoken again; the server's speech is far from it."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenaiSpeech]:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with running(tmp_path) as speech:
        yield speech


def drafted(make_project: Callable[..., Project], server: OpenaiSpeech, voice: str = "alloy") -> Project:
    project = make_project(
        settings='[voice]\nengine = "endpoint"\n[review]\nrequired = true\n[endpoint]\nallow = true\n'
        f'address = "{server.address}/v1"\nca_file = "{server.ca_file}"\nmodel = "tts-1"\n'
        f'interval_s = 0.0\n[endpoint.voices]\nen = "{voice}"\n'
        '[publications]\nformats = ["mp3", "timeline"]\n'
    )
    project.page("a.txt", DOSE)
    assert project.build(send_text_to="endpoint").exit_code == 0
    return project


def another(handler: google.Handler, asked: google.Asked) -> None:
    """The line in another way: a hum."""
    handler.answer(hum(2.0, HERTZ, RATE_HZ, channels=1), Content_Type="audio/wav")


def hertz(samples: array[float], rate_hz: int) -> float:
    middle = samples[len(samples) // 4 : 3 * len(samples) // 4]
    return crossings(middle) * rate_hz / len(middle)


def test_a_line_that_is_spoken_again_is_heard_kept_and_logged_and_no_other_line_changes(
    chromium: Browser, make_project: Callable[..., Project], server: OpenaiSpeech
) -> None:
    project = drafted(make_project, server)
    folder = drafts.place(settings_of(project)) / "a"
    before = {str(one["shown"]): sound(folder, one) for one in lines(folder)}
    line = next(one for one in lines(folder) if WORDS in str(one["shown"]))
    asked = len(server.received)
    server.plan.append(another)
    with reviewing(project, "endpoint") as url, opened(chromium, f"{url}page/a/line/{line['id']}/") as page:
        form = page.locator("form[action$='/again']")
        form.get_by_label("Your name").fill("Nurse Ada")
        press(page, "Speak it again")
        expect(page.get_by_role("button", name="Keep it")).to_be_visible(timeout=60_000)
        tried = array("h", heard(page, str(page.locator("button[data-sound]").get_attribute("data-sound"))))
        assert [one.text for one in server.received[asked:]] == [line["spoken"]]
        assert not (project.place / "recordings").exists()
        press(page, "Keep it")
        expect(page.locator("#message")).to_have_text("It is kept, and the draft is made again.", timeout=60_000)
    rate_hz = json.loads((folder / "timeline.json").read_text())["rate_hz"]
    assert abs(hertz(array("f", tried), rate_hz) - HERTZ) < 10
    now = {str(one["shown"]): one for one in lines(folder)}
    kept = sound(folder, now[str(line["shown"])])
    assert abs(hertz(kept, rate_hz) - HERTZ) < 10
    assert len(kept) == len(tried)
    assert len(server.received) == asked + 1  # nothing else was spoken
    for shown, other in now.items():
        if shown != line["shown"]:
            assert len(sound(folder, other)) == len(before[shown])
    assert [(one.act, one.by) for one in log(project).entries] == [("recorded", "Nurse Ada")]
    assert standing(project).state == "waiting"
    # the memory may be deleted; the chosen sound stays
    shutil.rmtree(project.place / ".voicegen")
    project.build(send_text_to="endpoint")
    again = next(one for one in lines(folder) if WORDS in str(one["shown"]))
    assert abs(hertz(sound(folder, again), rate_hz) - HERTZ) < 10
    # another voice does not inherit it: one voice from beginning to end
    settings = project.place / "voicegen.toml"
    settings.write_text(settings.read_text().replace("alloy", "coral"))
    result = project.build(send_text_to="endpoint")
    assert result.exit_code == 0, result
    other = next(one for one in lines(folder) if WORDS in str(one["shown"]))
    assert abs(hertz(sound(folder, other), rate_hz) - HERTZ) > 50
    assert (line["spoken"], "coral") in [(one.text, one.lang) for one in server.received]
    assert json.loads((folder / "timeline.json").read_text())["own_recordings"] == 0  # a computer speaks all of it


def test_what_is_spoken_again_and_not_kept_leaves_nothing(
    chromium: Browser, make_project: Callable[..., Project], server: OpenaiSpeech
) -> None:
    project = drafted(make_project, server)
    folder = drafts.place(settings_of(project)) / "a"
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    line = next(one for one in lines(folder) if WORDS in str(one["shown"]))
    server.plan.append(another)
    with reviewing(project, "endpoint") as url, opened(chromium, f"{url}page/a/line/{line['id']}/") as page:
        page.locator("form[action$='/again']").get_by_label("Your name").fill("Nurse Ada")
        press(page, "Speak it again")
        page.get_by_role("link", name="Leave it as it was").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == files
    assert log(project).entries == ()
    assert not (project.place / "recordings").exists()


def test_without_consent_no_line_leaves_to_be_spoken_again(
    chromium: Browser, make_project: Callable[..., Project], server: OpenaiSpeech
) -> None:
    project = drafted(make_project, server)
    line = lines(drafts.place(settings_of(project)) / "a")[2]
    asked = len(server.received)
    with reviewing(project) as url, opened(chromium, f"{url}page/a/line/{line['id']}/") as page:
        page.locator("form[action$='/again']").get_by_label("Your name").fill("Nurse Ada")
        press(page, "Speak it again")
        expect(page.locator("#message")).to_contain_text("--send-text-to")
    assert len(server.received) == asked
