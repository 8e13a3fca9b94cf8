"""The contract of engines, for every file in the folder that speaks without a network or a voice file."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from voicegen import extensions
from voicegen.contracts import Engine, Voice
from voicegen.errors import MissingPartError, SettingsError
from voicegen.steps.workers import Talker

ENGINES = extensions._ours("engines")
READY = ("espeak", "tone")
SENTENCE = "Take one tablet with food."


@pytest.fixture(params=READY)
def engine(request: pytest.FixtureRequest) -> Engine:
    return extensions.engine(request.param, {})


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_is_ready_or_says_what_it_needs(name: str) -> None:
    remedy = ""
    voices: Sequence[Voice] = ()
    try:
        voices = extensions.engine(name, {}).voices()
    except (MissingPartError, SettingsError) as error:
        remedy = error.remedy
    assert voices or remedy


def test_voices_differ_in_language_or_name_and_share_one_rate(engine: Engine) -> None:
    voices = engine.voices()
    assert len({(voice.id, voice.lang) for voice in voices}) == len(voices)
    assert len({voice.rate_hz for voice in voices}) == 1
    assert all(voice.name for voice in voices)


def test_the_same_text_sounds_the_same_after_any_other(engine: Engine) -> None:
    voice = next(voice for voice in engine.voices() if voice.lang in {"en", "mul"})
    worker = engine.worker(voice)
    one, other = Talker(worker), Talker(worker)
    first = one.ask(SENTENCE)
    other.ask("Something else was said before, and it was longer.")
    assert first == other.ask(SENTENCE)
    assert len(first) % 2 == 0
    assert len(first) > voice.rate_hz
    one.end()
    other.end()


def test_the_fingerprint_is_one_line_that_stays(engine: Engine) -> None:
    assert engine.fingerprint() == engine.fingerprint()
    assert "\n" not in engine.fingerprint()


def test_nothing_leaves_the_machine(engine: Engine) -> None:
    assert all(engine.worker(voice).host == "" for voice in engine.voices()[:3])


def test_an_engine_of_an_unknown_name_is_refused() -> None:
    with pytest.raises(SettingsError, match="espeak"):
        extensions.engine("nosuch", {})
