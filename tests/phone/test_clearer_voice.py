"""The voice that callers hear: the page's own, in the variant that is understood best on a telephone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import Project
from voicegen import drafts
from voicegen.config import load
from voicegen.engines import espeak
from voicegen.extensions import engines, formats
from voicegen.model.script import Line
from voicegen.phone import menus, published
from voicegen.planning import plan
from voicegen.sound import phone
from voicegen.standing import Desk
from voicegen.steps.blobs import read
from voicegen.steps.speaking import Speaker
from voicegen.stores.memory import Memory

PAGES = {
    "knees.md": "---\nlang: en-GB\n---\n# Knees\n\nRest with your leg up. Call 01632 960123.\n",
    "rodillas.md": "---\nlang: es\n---\n# Rodillas\n\nDescanse con la pierna en alto.\n",
}
FORMATS = '[publications]\nformats = ["mp3", "timeline", "phone"]\n'


def project(place: Path, settings: str = "") -> Project:
    made = Project(place, FORMATS + settings)
    for name, text in PAGES.items():
        made.page(name, text)
    return made


def built(place: Path, settings: str = "") -> Project:
    made = project(place, settings)
    assert made.build().exit_code == 0
    return made


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return built(tmp_path_factory.mktemp("clear") / "project", '[phone]\nvoice = "clear"\n')


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return built(tmp_path_factory.mktemp("same") / "project")


def facts(project: Project, page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((project.output / page / "phone/phone.json").read_text())
    return found


def test_callers_hear_the_clearer_variant_and_the_page_keeps_its_voice(clear: Project, same: Project) -> None:
    assert facts(clear, "knees")["voice"] == "espeak, English (Great Britain), variant klatt"
    assert facts(same, "knees")["voice"] == "espeak, English (Great Britain)"
    for page in ("knees", "rodillas"):
        recordings = [(one.output / page / f"{page}.mp3").read_bytes() for one in (clear, same)]
        assert recordings[0] == recordings[1]
    spanish = [published.load(one.output / "rodillas", "full").chapters for one in (clear, same)]
    assert [chapter.pcm() for chapter in spanish[0]] == [chapter.pcm() for chapter in spanish[1]]


def test_every_line_is_the_variants_own_sound(clear: Project) -> None:
    (chapter,) = published.load(clear.output / "knees", "full").topics
    words = "Rest with your leg up."
    start = chapter.starts[chapter.spoken.index(words)]
    alike = {}
    for variant in ("", "klatt"):
        speaker = Speaker(espeak.engine({"variant": variant}), Memory(), 1)
        clip, _ = speaker.clip(Line("", "paragraph", words, words, "en-GB", 0))
        speaker.close()
        pause = bytes(clip.rate_hz)  # half a second
        sound = pause + read(clip.sound) + pause
        alone = phone.encode([sound], len(sound) // 2, clip.rate_hz).pcm
        end = start + clip.samples * phone.RATE_HZ // clip.rate_hz
        alike[variant] = likeness(chapter.pcm()[2 * start : 2 * end], alone)
    assert alike["klatt"] > 0.95, alike
    assert alike[""] < 0.8, alike


def likeness(part: bytes, whole: bytes) -> float:
    """The best correlation of a part with any place of the whole (16 bit), from -1 to 1."""
    wanted, sound = (np.frombuffer(one, "<i2").astype(float) for one in (part, whole))
    products = np.correlate(sound, wanted, "valid")
    powers = np.convolve(sound**2, np.ones(len(wanted)), "valid")
    return float((products / np.sqrt(powers * (wanted**2).sum() + 1)).max())


def test_the_menu_over_pages_has_that_voice_too(clear: Project, same: Project, tmp_path: Path) -> None:
    said = []
    for number, one in enumerate((clear, same)):
        place = tmp_path / str(number)
        place.mkdir()
        pages = [published.load(path.parent, "full") for path in sorted(one.output.glob("*/phone"))]
        (menu,) = menus.menus(load(one.place, engines(), formats()), pages, place)
        said.append((menu.chapters[0].spoken, menu.chapters[0].pcm()))
    assert said[0][0] == said[1][0]
    assert said[0][1] != said[1][1]


def test_the_plan_counts_what_is_spoken_twice_and_the_length_once(tmp_path: Path) -> None:
    made = project(tmp_path / "project", '[phone]\nvoice = "clear"\n')
    english, spanish = plan(Desk(load(made.place, engines(), formats()))).pages
    assert made.build().exit_code == 0
    timeline = json.loads((made.output / "knees/timeline.json").read_text())
    assert english.to_speak > english.lines + 2
    assert spanish.to_speak > spanish.lines
    length_s = timeline["samples"] / timeline["rate_hz"]
    assert length_s / 2 < english.seconds < 1.2 * length_s
    assert plan(Desk(load(made.place, engines(), formats()))).pages == []


def test_an_approval_is_bound_to_what_callers_hear(tmp_path: Path) -> None:
    sealed = []
    for voice in ("clear", "page"):
        settings = f'[phone]\nvoice = "{voice}"\n[review]\nrequired = true\n'
        made = built(tmp_path / voice, settings)
        known = drafts.known(load(made.place, engines(), formats())).pages
        sealed.append({name: known[name].seal for name in ("knees", "rodillas")})
    assert sealed[0]["knees"]["text"] == sealed[1]["knees"]["text"]
    assert sealed[0]["knees"]["sound"] != sealed[1]["knees"]["sound"]
    assert sealed[0]["rodillas"] == sealed[1]["rodillas"]
