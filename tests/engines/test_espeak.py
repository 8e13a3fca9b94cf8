"""The traps of libespeak-ng that are known, each with its test."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from voicegen.contracts import Voice, Worker
from voicegen.engines import espeak
from voicegen.errors import MissingPartError, SettingsError, SpeechError
from voicegen.model.script import Line
from voicegen.steps.blobs import read
from voicegen.steps.speaking import Speaker
from voicegen.steps.workers import Talker
from voicegen.stores.memory import Memory

SENTENCES = [
    "Take one tablet twice a day with food.",
    "Call your doctor if the pain gets worse.",
    "It has no known cause.",
]


def voice(lang: str = "en") -> Voice:
    return next(one for one in espeak.engine({}).voices() if one.lang == lang)


def spoken(engine: espeak.Espeak, *texts: str) -> list[bytes]:
    talker = Talker(engine.worker(voice()))
    try:
        return [talker.ask(text) for text in texts]
    finally:
        talker.end()


def test_a_line_sounds_the_same_whatever_was_spoken_before() -> None:
    forward = spoken(espeak.engine({}), *SENTENCES)
    backward = spoken(espeak.engine({}), *reversed(SENTENCES))
    assert forward == backward[::-1]
    assert len(set(forward)) == len(SENTENCES)


@pytest.mark.attack("speech", "a long stretch without a comma, or a word of hundreds of letters, loses no word")
@pytest.mark.parametrize(
    ("lang", "piece", "times"),
    [
        ("en", "bakotile", 20),  # one word: espeak-ng itself would say some 150 letters of it
        ("am", "መድኃኒት", 12),
        ("en", "7 ", 200),  # no comma: it would say 200 numbers
        ("en", "5% ", 100),
        ("de", "777 ", 40),
        ("en", "ba/ko/", 60),
        ("en", "a ", 250),
    ],
)
def test_no_word_is_lost_however_many_there_are_in_a_row(lang: str, piece: str, times: int) -> None:
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    short, long = (
        speaker.clip(Line("a", "paragraph", text, text, lang, 0))[0].samples
        for text in (piece * times, piece * 3 * times)
    )
    assert long > 2.8 * short
    speaker.close()


def test_a_system_without_fork_gets_the_same_sound_from_a_fresh_process_for_each_line() -> None:
    worker = espeak.engine({}).worker(voice())
    once = Worker((*worker.argv, "--once"), worker.cwd, worker.env)
    texts = (*SENTENCES, "Two clauses, and one sentence. Another one; it has two of them, too!")
    for text, sound in zip(texts, spoken(espeak.engine({}), *texts), strict=True):
        talker = Talker(once)
        assert talker.ask(text) == sound
        with pytest.raises(OSError):  # noqa: PT011 - it has ended: a broken pipe or a reset, as the system has it
            talker.ask(text)
        talker.end()


def test_many_threads_get_what_one_gets() -> None:
    lines = [
        Line(f"l{n}", "paragraph", "", f"{text} Number {n}.", "en", 0) for n in range(8) for text in SENTENCES
    ]
    sounds = []
    for jobs in (1, 4):
        memory = Memory()
        speaker = Speaker(espeak.engine({}), memory, jobs)
        with ThreadPoolExecutor(jobs) as pool:
            clips = list(pool.map(speaker.clip, lines))
        speaker.close()
        sounds.append([read(blob) for clip, _ in clips if (blob := memory.get_many([clip.key]).get(clip.key))])
    assert sounds[0] == sounds[1]


def test_a_deep_folder_with_spaces_and_accents_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path / ("Übersicht der Praxis " * 4) / ("años y señales " * 5) / "x"
    deep.parent.mkdir(parents=True)
    library = next(espeak.libraries())
    deep.symlink_to(library.folder, target_is_directory=True)
    assert len(str(deep / "espeak-ng-data").encode()) >= 160
    there = espeak.Library(str(deep / Path(library.path).name), deep, "a deep folder")
    assert spoken(espeak.Espeak(150, 50, there), SENTENCES[0]) == spoken(espeak.engine({}), SENTENCES[0])


@pytest.mark.fault("F15", "an engine whose data can't be read is an error, not silence")
def test_data_that_can_not_be_read_is_an_error_and_not_silence(tmp_path: Path) -> None:
    library = next(espeak.libraries())
    (tmp_path / "espeak-ng-data").mkdir()
    empty = espeak.Library(library.path, tmp_path, "an empty folder")
    worker = espeak.Espeak(150, 50, empty).worker(voice())

    class Broken(espeak.Espeak):
        def worker(self, voice: Voice) -> Worker:
            return worker

    speaker = Speaker(Broken(150, 50), Memory(), 1)
    with pytest.raises(MissingPartError, match="data can't be read"):
        speaker.clip(Line("l", "paragraph", "", SENTENCES[0], "en", 0))
    speaker.close()


@pytest.mark.fault("F14", "a library that can't be loaded is named")
def test_a_library_that_can_not_be_loaded_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "libespeak-ng.so"
    broken.write_bytes(b"not a library")
    engine = espeak.Espeak(150, 50, espeak.Library(str(broken), next(espeak.libraries()).folder, "a broken file"))
    talker = Talker(engine.worker(voice()))
    with pytest.raises(OSError):  # noqa: PT011
        talker.ask(SENTENCES[0])
    assert "libespeak-ng.so" in talker.last_words()
    talker.kill()


def test_the_library_in_pipers_wheel_stands_in_where_the_first_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(espeak.libraries())
    piper = tmp_path / "piper"
    piper.mkdir()
    (piper / "__init__.py").touch()
    shutil.copy(first.path, piper / "espeakbridge.so")
    (piper / "espeak-ng-data").symlink_to(first.folder / "espeak-ng-data")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(espeak, "find_spec", lambda name: None if name == "espeakng_loader" else find_spec(name))
    library = next(espeak.libraries())
    assert Path(library.path).name == "espeakbridge.so"
    assert spoken(espeak.engine({}), SENTENCES[0]) == spoken(espeak.Espeak(150, 50, first), SENTENCES[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which file a library is")
@pytest.mark.fault("F17", "an upgraded system library is another engine, though its data stayed the same")
def test_a_system_library_that_is_upgraded_is_another_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "share" / "espeak-ng-data"
    data.parent.mkdir()
    data.symlink_to(next(espeak.libraries()).folder / "espeak-ng-data")
    monkeypatch.setattr(espeak, "find_spec", lambda name: None)
    monkeypatch.setattr(espeak, "SYSTEM_DATA", (str(tmp_path / "share"),))
    prints, files = [], []
    for name in ("libm.so.6", "libc.so.6"):  # two that every system can load
        monkeypatch.setattr("ctypes.util.find_library", lambda _, found=name: found)
        engine = espeak.engine({})
        prints.append(engine.fingerprint())
        files.append(engine.files())
    assert prints[0] != prints[1]
    for found, name in zip(files, ("libm.", "libc."), strict=True):
        assert [path.name[:5] for path in found if path.is_file()] == [name]


@pytest.mark.fault("F14", "a machine without the engine is told what to install")
def test_a_machine_without_any_library_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "find_spec", lambda name: None)
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    with pytest.raises(MissingPartError, match="espeakng-loader"):
        espeak.engine({}).voices()


def test_slower_is_longer_and_the_default_is_about_150_words_a_minute() -> None:
    text = "Most people can go home on the same day and slowly return to their normal activities after a week."
    slow, calm, fast = (len(spoken(espeak.engine({"rate": rate}), text)[0]) for rate in (110, 150, 220))
    assert slow > calm > fast
    minutes = calm / 2 / espeak.RATE_HZ / 60
    assert 135 <= len(text.split()) / minutes <= 165


def test_options_and_library_are_in_the_fingerprint() -> None:
    prints = {espeak.engine(options).fingerprint() for options in ({}, {"rate": 120}, {"pitch": 60})}
    assert len(prints) == 3
    assert espeak.engine({}).fingerprint() == espeak.engine({"rate": 150}).fingerprint()


@pytest.mark.parametrize("options", [{"rate": "fast"}, {"rate": 20}, {"rate": True}, {"pitch": 100}])
def test_an_option_that_can_not_be_is_named(options: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=next(iter(options))):
        espeak.engine(options)


def test_every_voice_can_be_loaded() -> None:
    engine = espeak.engine({})
    one_each = {one.id: one for one in engine.voices()}
    for one in one_each.values():
        talker = Talker(engine.worker(one))
        assert talker.ask("1 2 3"), one
        talker.end()


def test_every_language_that_we_have_words_for_has_a_voice() -> None:
    known = {one.lang for one in espeak.engine({}).voices()}
    assert {"en", "en-gb", "es", "fr", "de", "ar", "zh", "hi", "ja"} <= known


def test_hostile_text_is_spoken_or_refused_and_the_next_line_is_fine() -> None:
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    steering = "\u202e\u200b[[h@l@U]] <audio src='/etc/passwd'>"
    for text in ("s'" * 220, "x " * 3_000, steering, "5" * 400, "\u0627" * 300):
        with contextlib.suppress(SpeechError):
            assert speaker.clip(Line("l", "paragraph", "", text, "en", 0))[0].samples > 0
    assert speaker.clip(Line("l", "paragraph", "", SENTENCES[0], "en", 0))[0].samples > 10_000
    speaker.close()


def test_a_variant_speaks_the_same_words_otherwise_and_has_clips_of_its_own() -> None:
    plain, other = espeak.engine({}), espeak.engine({"variant": "klatt"})
    assert plain.fingerprint() != other.fingerprint()
    line = Line("", "paragraph", "Take two a day.", "Take two a day.", "en", 0)
    made = []
    for engine in (plain, other):
        speaker = Speaker(engine, Memory(), 1)
        made.append(read(speaker.clip(line)[0].sound))
        speaker.close()
    assert made[0] != made[1]


def test_english_has_a_clearer_variant_on_telephones_unless_the_settings_name_one() -> None:
    engine = espeak.engine({})
    known = {voice.lang: voice for voice in engine.voices()}
    clearer = engine.telephone_voice(known["en-gb"])
    assert (clearer.id, clearer.lang, clearer.rate_hz) == ("en-gb+klatt", "en-gb", known["en-gb"].rate_hz)
    assert engine.worker(clearer).argv[5] == f"{engine.worker(known['en-gb']).argv[5]}+klatt"
    assert engine.telephone_voice(known["es"]) == known["es"], "measured for English only"
    own = espeak.engine({"variant": "f2"})
    assert own.telephone_voice(known["en-gb"]) == known["en-gb"]


def test_a_variant_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match=r"no variant '\.\./x'.*klatt"):
        espeak.engine({"variant": "../x"})


@pytest.mark.parametrize("text", ["骨を60歳まで。", "のどの薬 is for the throat.", "ยา twice a day."])
def test_signs_of_which_it_would_only_say_that_they_are_letters_are_refused_by_name(text: str) -> None:
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    lang = "ja" if "歳" in text else "en"
    with pytest.raises(SpeechError, match=r"can't read “(骨|のどの薬|ยา)”.*better-voice"):
        speaker.clip(Line("l", "paragraph", text, text, lang, 0))
    for words, tag in (("ようつうです。", "ja"), ("骨质疏松很常见。", "zh"), ("Take it twice a day.", "en")):
        assert speaker.clip(Line("l", "paragraph", words, words, tag, 0))[0].samples > 8000
    speaker.close()


def test_a_system_without_fork_refuses_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    talker = Talker(espeak.engine({}).worker(voice()))
    with pytest.raises(SpeechError, match="can't read “骨”"):
        talker.ask("骨 twice a day.")
    talker.kill()
