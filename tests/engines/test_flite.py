"""The engine flite with the system's own libraries, whatever text it gets."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from voicegen.contracts import Voice
from voicegen.engines import _protocol, flite
from voicegen.engines._flite_worker import RATE_HZ, plain
from voicegen.engines.flite import Flite
from voicegen.errors import MissingPartError, SettingsError, SpeechError
from voicegen.steps.speaking import choose_voice
from voicegen.steps.workers import Talker

TEXT = "Take one tablet with food. Do not drive for two hours."


@pytest.fixture(scope="module")
def talker() -> Iterator[Talker]:
    engine = flite.engine({})
    talker = Talker(engine.worker(engine.voices()[0]))
    yield talker
    talker.end()


@pytest.mark.needs("flite")
def test_every_voice_speaks_the_same_line_in_its_own_way_and_always_the_same() -> None:
    engine = flite.engine({})
    voices = [voice for voice in engine.voices() if voice.lang == "en-US"]
    sounds = []
    for voice in voices:
        one, other = Talker(engine.worker(voice)), Talker(engine.worker(voice))
        sounds.append(one.ask(TEXT))
        other.ask("Something else before.")
        assert other.ask(TEXT) == one.ask(TEXT) == sounds[-1]
        one.end()
        other.end()
        assert 3 < len(sounds[-1]) / 2 / RATE_HZ < 8
    assert len(set(sounds)) == len(voices) >= 4


@pytest.mark.needs("flite")
def test_the_best_voice_speaks_for_english_of_any_country_and_for_no_other_language() -> None:
    voices = flite.engine({}).voices()
    found = {tag: choose_voice(voices, tag, {}) for tag in ("en", "en-GB", "en-US", "es")}
    assert {tag: voice and voice.id for tag, voice in found.items()} == {
        **dict.fromkeys(("en", "en-GB", "en-US"), "cmu_us_rms"),
        "es": None,
    }


@pytest.mark.needs("flite")
def test_a_higher_rate_is_shorter_and_another_fingerprint() -> None:
    lengths = []
    for rate in (100, 200):
        engine = flite.engine({"rate": rate})
        talker = Talker(engine.worker(engine.voices()[0]))
        lengths.append(len(talker.ask(TEXT)))
        talker.end()
    assert 1.7 < lengths[0] / lengths[1] < 2.3
    assert flite.engine({"rate": 100}).fingerprint() != flite.engine({"rate": 200}).fingerprint()


@pytest.mark.attack("speech", "hostile text is only read")
@pytest.mark.needs("flite")
@pytest.mark.parametrize(
    "text",
    [
        "<audio src='/etc/passwd'>x</audio>",
        "[[h@l@U]] {p} $(reboot) `id` %s%n%d",
        "s'" * 200,
        "-o /tmp/x --help",
        "a" * 500,
        "1" * 80,
        "Crohn’s café — naïve “quotes”…",
        "1/2/3 " * 30,
    ],
)
def test_hostile_text_is_only_read(talker: Talker, text: str) -> None:
    before = talker.ask(TEXT)
    assert len(talker.ask(text)) > RATE_HZ // 2
    assert talker.ask(TEXT) == before


@pytest.mark.needs("flite")
@pytest.mark.parametrize("text", ["5 ≥ 3", "37 °", "10 µ", "Take 5 €", "Γ", "服用", "\u0967"])
def test_what_flite_has_no_sound_for_is_refused_and_not_left_out(talker: Talker, text: str) -> None:
    with pytest.raises(SpeechError, match="flite has no sound for"):
        talker.ask(text)
    assert talker.ask(TEXT)


@pytest.mark.parametrize(
    ("text", "ascii_"),
    [("Ménière’s — ‘now’", b"Meniere's - 'now'"), ("a\u00a0b•c", b"a b,c"), ("👍 ok", b"  ok"), ("H₂O", b"H2O")],
)
def test_text_is_given_in_plain_letters(text: str, ascii_: bytes) -> None:
    assert plain(text) == ascii_


@pytest.mark.parametrize("text", ["10⁹ per litre", "x²", "pH ≠ 7", "pH ≮ 7", "pH =\u0338 7", "12‰", "5′ rest"])
def test_what_would_become_another_amount_in_plain_letters_is_refused(text: str) -> None:
    with pytest.raises(_protocol.Failure, match="flite has no sound for"):
        plain(text)


def test_a_letter_of_another_script_is_named() -> None:
    with pytest.raises(_protocol.Failure, match="greek small letter alpha"):
        plain("α")


@pytest.mark.needs("flite")
def test_silence_is_refused(talker: Talker) -> None:
    for text in ("...", "♥", " "):
        with pytest.raises(SpeechError, match="nothing to say"):
            talker.ask(text)


@pytest.mark.fault("F37", "a worker that is killed from outside costs one line")
@pytest.mark.needs("flite")
def test_a_worker_that_is_killed_costs_one_line(make_project: Callable[..., Project]) -> None:
    engine = flite.engine({})
    talker = Talker(engine.worker(engine.voices()[0]))
    os.kill(talker._process.pid, signal.SIGKILL)
    with pytest.raises(BrokenPipeError):
        talker.ask(TEXT)
    talker.end()
    project = make_project(settings='[voice]\nengine = "flite"\n[publications]\nformats = ["mp3", "timeline"]\n')
    project.page("gallstones.txt", PAGE)
    assert project.build().exit_code == 0


@pytest.mark.fault("F14", "an engine that is not installed is named with its package")
def test_where_it_is_not_installed_the_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match="system package flite"):
        Flite(150, tmp_path).voices()


@pytest.mark.needs("flite")
def test_a_voice_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingPartError, match="voicegen voices"):
        flite.engine({}).worker(Voice("cmu_us_nobody", "en", "", RATE_HZ))


@pytest.mark.parametrize("options", [{"rate": 79}, {"rate": "fast"}, {"rate": True}, {"pitch": 3}])
def test_a_wrong_option_is_named(options: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"\[flite\]"):
        flite.engine(options)
