"""piper with voices made for the tests; the package, the runtime of networks and espeak's phonemes are real."""

from __future__ import annotations

import array
import importlib.metadata
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Project
from tests.engines.piper_voice import TABLE, described, write_voice
from voicegen.contracts import Voice
from voicegen.engines import _piper_files, piper
from voicegen.errors import MissingPartError, SettingsError, SpeechError
from voicegen.model.script import Line
from voicegen.steps.speaking import Speaker, choose_voice
from voicegen.steps.workers import Talker
from voicegen.stores.memory import Memory

SENTENCES = [
    "Take one tablet twice a day with food.",
    "Call your doctor if the pain gets worse.",
    "It has no known cause.",
]
NAME = "en_US-tiny-medium"


def made(folder: Path, **options: object) -> piper.Piper:
    return piper.engine({"voices": str(folder), **options})


@contextmanager
def talking(engine: piper.Piper, name: str = NAME) -> Iterator[Talker]:
    talker = Talker(engine.worker(named(engine, name)))
    try:
        yield talker
    finally:
        talker.end()


def named(engine: piper.Piper, name: str) -> Voice:
    return next(voice for voice in engine.voices() if voice.id == name)


def spoken(engine: piper.Piper, *texts: str, name: str = NAME) -> list[bytes]:
    with talking(engine, name) as talker:
        return [talker.ask(text) for text in texts]


def line(text: str, lang: str = "en") -> Line:
    return Line("l", "paragraph", "", text, lang, 0)


def clip_samples(engine: piper.Piper, text: str, lang: str = "en") -> int:
    """Has the line spoken as a build does, with all its checks."""
    speaker = Speaker(engine, Memory(), 1)
    try:
        return speaker.clip(line(text, lang))[0].samples
    finally:
        speaker.close()


def crossings(sound: bytes) -> int:
    """How often the sound rises out of the middle: as often as its frequency says, for a loud hum."""
    samples = array.array("h", sound)
    return sum(before < 4_000 <= after for before, after in pairwise(samples))


# What a voice says


def test_a_page_is_built_with_a_voice_and_nothing_is_spoken_twice(
    tmp_path: Path, make_project: Callable[..., Project]
) -> None:
    write_voice(tmp_path / "voices")
    place = json.dumps(str(tmp_path / "voices"))
    ours = '[publications]\nformats = ["mp3", "timeline"]\n'
    project = make_project(settings=f'[voice]\nengine = "piper"\n[piper]\nvoices = {place}\n{ours}')
    project.page("gallstones.txt")
    first = project.build()
    assert [page.errors for page in first.pages] == [()]
    assert first.spoken > 5
    assert any(name.endswith(".mp3") for name in project.tree())
    assert project.build().spoken == 0


def test_every_line_gives_sound_of_a_plausible_length(tmp_path: Path) -> None:
    write_voice(tmp_path)
    for text in SENTENCES:
        assert clip_samples(made(tmp_path), text) > piper.RATE_HZ


@pytest.mark.parametrize(("kind", "noise"), [("", 0), ("", 0.5), ("random", 0)])
def test_a_line_sounds_the_same_whatever_was_spoken_before(tmp_path: Path, kind: str, noise: float) -> None:
    write_voice(tmp_path, kind=kind)
    engine = made(tmp_path, noise=noise)
    forward = spoken(engine, *SENTENCES)
    backward = spoken(engine, *reversed(SENTENCES))
    again = spoken(engine, SENTENCES[1], SENTENCES[1])
    assert forward == backward[::-1]
    assert again == [forward[1]] * 2
    assert len(set(forward)) == len(SENTENCES)


def test_any_text_sounds_the_same_whatever_was_spoken_before(tmp_path: Path) -> None:
    write_voice(tmp_path)
    engine = made(tmp_path)

    def answer(talker: Talker, text: str) -> bytes | str:
        try:
            return talker.ask(text)
        except SpeechError as refused:
            return str(refused)

    with talking(engine) as one, talking(engine) as other:

        @settings(max_examples=60, deadline=None)
        @given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
        def same(texts: list[str]) -> None:
            forward = [answer(one, text) for text in texts]
            backward = [answer(other, text) for text in reversed(texts)]
            assert forward == backward[::-1]

        same()


def test_noise_makes_a_line_sound_different_but_no_longer(tmp_path: Path) -> None:
    write_voice(tmp_path)
    (plain,) = spoken(made(tmp_path), SENTENCES[0])
    (noisy,) = spoken(made(tmp_path, noise=1), SENTENCES[0])
    assert plain != noisy
    assert len(plain) == len(noisy)


def test_nothing_is_made_louder(tmp_path: Path) -> None:
    """The voice hums at half of the loudest; each line raised for itself would make a page uneven."""
    write_voice(tmp_path)
    for sound in spoken(made(tmp_path), *SENTENCES):
        assert 16_000 < max(array.array("h", sound)) <= 16_384


def test_the_rate_decides_the_length_and_the_voices_own_pace_counts(tmp_path: Path) -> None:
    write_voice(tmp_path)
    own = {"noise_scale": 0.667, "length_scale": 1.5, "noise_w": 0.8}
    write_voice(tmp_path, "en_US-slow-medium", inference=own)

    def length(rate: int, name: str = NAME) -> int:
        return len(spoken(made(tmp_path, rate=rate), SENTENCES[0], name=name)[0])

    assert length(80) / length(160) == pytest.approx(2.0, rel=0.01)
    assert length(320) / length(160) == pytest.approx(0.5, rel=0.01)
    assert length(160, "en_US-slow-medium") / length(160) == pytest.approx(1.5, rel=0.01)


def test_voices_of_other_rates_are_converted_to_the_engines(tmp_path: Path) -> None:
    """The hum of a network at 16 or 44.1 kHz keeps its length in seconds and its pitch."""
    audio = {"en_US-a-low": 16_000, "en_US-b-high": 44_100}
    for name, rate_hz in audio.items():
        write_voice(tmp_path, name, audio={"sample_rate": rate_hz})
    write_voice(tmp_path)
    engine = made(tmp_path)
    assert {voice.rate_hz for voice in engine.voices()} == {piper.RATE_HZ}
    (own,) = spoken(engine, SENTENCES[0])
    for name, rate_hz in audio.items():
        (sound,) = spoken(engine, SENTENCES[0], name=name)
        assert len(sound) / len(own) == pytest.approx(piper.RATE_HZ / rate_hz, rel=0.002)
        pitch = crossings(sound) / len(sound)
        assert pitch == pytest.approx(crossings(own) / len(own), rel=0.05)


def test_speakers_of_one_voice_are_voices_of_their_own(tmp_path: Path) -> None:
    write_voice(tmp_path, "en_GB-many-medium", speakers=3, default_speaker_id=1)
    engine = made(tmp_path)
    ids = ["en_GB-many-medium", "en_GB-many-medium:p0", "en_GB-many-medium:p2"]
    assert list(dict.fromkeys(voice.id for voice in engine.voices())) == ids
    assert len({spoken(engine, SENTENCES[0], name=name)[0] for name in ids}) == 3


@pytest.mark.attack("speech", "words in brackets are words")
def test_words_between_brackets_are_words_and_no_phonemes(tmp_path: Path) -> None:
    write_voice(tmp_path)
    steered, plain, deep, also = spoken(
        made(tmp_path), "Take [[zzz]] now.", "Take [ [zzz]] now.", "Take [[[[zzz]] now.", "Take [ [ [ [zzz]] now."
    )
    assert steered == plain
    assert deep == also


def test_a_letter_that_the_voice_would_leave_out_is_refused_and_the_next_line_is_fine(tmp_path: Path) -> None:
    write_voice(tmp_path, phoneme_id_map={key: value for key, value in TABLE.items() if key != "f"})
    with talking(made(tmp_path)) as talker:
        with pytest.raises(SpeechError, match="no sound for 'f'"):
            talker.ask("Take five.")
        assert talker.ask("Take one.")


def test_a_voice_that_reads_letters_knows_capitals_and_is_not_asked_for_digits(tmp_path: Path) -> None:
    letters = {key: value for key, value in TABLE.items() if not key.isdigit()}
    write_voice(tmp_path, phoneme_type="text", phoneme_id_map=letters)
    with talking(made(tmp_path)) as talker:
        assert talker.ask("Take Care.") == talker.ask("take care.")
        with pytest.raises(SpeechError, match="no sound for '5'"):
            talker.ask("Take 5.")


@pytest.mark.parametrize("text", ["take five %", "take < five", "five ° c", "five ≥ two", "five € more"])
def test_a_voice_that_reads_letters_leaves_out_no_sign_that_carries_an_amount(tmp_path: Path, text: str) -> None:
    write_voice(tmp_path, phoneme_type="text")
    with talking(made(tmp_path)) as talker:
        with pytest.raises(SpeechError, match="no sound for"):
            talker.ask(text)
        assert talker.ask("take five “now”; it’s – fine.")


@pytest.mark.parametrize("text", ["Take 服用 now.", "服用五毫克", "Take ยา now."])
def test_words_that_a_voice_would_call_letters_are_refused(tmp_path: Path, text: str) -> None:
    write_voice(tmp_path)
    with talking(made(tmp_path)) as talker:
        with pytest.raises(SpeechError, match="can't read"):
            talker.ask(text)
        assert talker.ask("Take one.")


def test_hostile_text_is_spoken_or_refused_and_the_next_line_is_fine(tmp_path: Path) -> None:
    write_voice(tmp_path)
    with talking(made(tmp_path)) as talker:
        for text in ("\0", "\ud800", "\u202e\u200b", "[[" * 500, "x " * 500, "5" * 400, "ا" * 300, "你好" * 200):
            with suppress(SpeechError):  # and nothing else: its process has not ended
                talker.ask(text)
        assert len(talker.ask(SENTENCES[0])) > piper.RATE_HZ


# Which voices there are


def test_a_page_finds_a_voice_of_its_language_with_and_without_its_region(tmp_path: Path) -> None:
    for name in ("en_GB-x-low", "en_US-x-low", "es_MX-x-low", "no_NO-x-low", "zh_CN-x-low", "sr_RS-x-low"):
        write_voice(tmp_path, name)
    voices = made(tmp_path).voices()
    found = {
        tag: getattr(choose_voice(voices, tag, {}), "id", None)
        for tag in ("en", "en-US", "en-au", "es", "es-419", "nb", "nb-NO", "no", "zh-Hans", "sr-Latn", "de")
    }
    assert found == {
        "en": "en_GB-x-low",
        "en-US": "en_US-x-low",
        "en-au": "en_GB-x-low",
        "es": "es_MX-x-low",
        "es-419": "es_MX-x-low",
        "nb": "no_NO-x-low",
        "nb-NO": "no_NO-x-low",
        "no": "no_NO-x-low",
        "zh-Hans": "zh_CN-x-low",
        "sr-Latn": "sr_RS-x-low",
        "de": None,
    }
    assert named(made(tmp_path), "en_US-x-low").name == "x, low"


@pytest.mark.parametrize(
    ("code", "tag"),
    [("en_US", "en-US"), ("EN-us", "en-US"), ("es-419", "es-419"), ("sr_latn_RS", "sr-Latn-RS"), ("fa", "fa")],
)
def test_the_language_is_written_as_pages_write_it(tmp_path: Path, code: str, tag: str) -> None:
    write_voice(tmp_path, language={"code": code})
    assert made(tmp_path).voices()[0].lang == tag


def test_a_description_without_a_language_has_that_of_espeaks_voice(tmp_path: Path) -> None:
    write_voice(tmp_path, language=None, espeak={"voice": "en-gb-x-rp"})
    assert made(tmp_path).voices()[0].lang == "en-GB"
    assert clip_samples(made(tmp_path), SENTENCES[0]) > piper.RATE_HZ


def test_the_folder_counts_from_the_project(tmp_path: Path) -> None:
    write_voice(tmp_path / "voices")
    engine = piper.engine({"root": str(tmp_path), "send_text_to": ""})
    assert [voice.id for voice in engine.voices()] == [NAME, NAME]
    worker = engine.worker(engine.voices()[0])
    assert str((tmp_path / "voices" / f"{NAME}.onnx").resolve()) in worker.argv
    assert not worker.host


def test_a_name_with_spaces_and_accents_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / ("Übersicht der Praxis " * 4) / ("años y señales " * 6)
    write_voice(folder, "en_US-años y más-medium")
    assert spoken(made(folder), SENTENCES[0], name="en_US-años y más-medium")[0]


def test_the_fingerprint_tells_options_and_files_apart_and_nothing_else(tmp_path: Path) -> None:
    write_voice(tmp_path / "one")
    first = made(tmp_path / "one").fingerprint()
    shutil.copytree(tmp_path / "one", tmp_path / "moved", copy_function=shutil.copyfile)
    assert made(tmp_path / "moved").fingerprint() == first
    others = {made(tmp_path / "one", **options).fingerprint() for options in ({"rate": 120}, {"noise": 0.5})}
    write_voice(tmp_path / "network", kind="random")
    write_voice(tmp_path / "description", num_symbols=200)
    write_voice(tmp_path / "name", "en_US-other-medium")
    others |= {made(tmp_path / name).fingerprint() for name in ("network", "description", "name")}
    assert len(others | {first}) == 6
    assert importlib.metadata.version("piper-tts") in first


# What can be wrong


def test_a_machine_without_the_package_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_voice(tmp_path)

    def nothing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", nothing)
    engine = made(tmp_path)
    for ask in (engine.voices, engine.fingerprint):
        with pytest.raises(MissingPartError, match=r"piper-tts is not there. Install it beside"):
            ask()


def test_a_folder_that_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    for folder, words in ((tmp_path / "none", "no such folder"), (tmp_path, "no voice")):
        for ask in (made(folder).voices, made(folder).fingerprint):
            with pytest.raises(MissingPartError, match=words) as caught:
                ask()
            assert str(folder) in str(caught.value)


@pytest.mark.fault("F14", "a voice of which a file is missing is named")
@pytest.mark.parametrize(("gone", "here"), [(".onnx", ".onnx.json"), (".onnx.json", ".onnx")])
def test_a_voice_of_which_one_file_is_missing_is_named(tmp_path: Path, gone: str, here: str) -> None:
    write_voice(tmp_path)
    (tmp_path / (NAME + gone)).unlink()
    with pytest.raises(MissingPartError, match=f"{NAME}{gone} is not beside it") as caught:
        made(tmp_path).voices()
    assert str(tmp_path / (NAME + here)) in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html>", b"\xff\xfe", b"[]", b"null", b"[" * 50_000, b'{"a":' * 50_000, b" " * (5 << 20)],
    ids=lambda content: repr(content[:12]),
)
def test_a_description_that_is_none_is_named(tmp_path: Path, content: bytes) -> None:
    write_voice(tmp_path)
    (tmp_path / f"{NAME}.onnx.json").write_bytes(content)
    with pytest.raises(MissingPartError, match=f"{NAME}.onnx.json: .*[Dd]ownload"):
        made(tmp_path).voices()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("audio", None),
        ("audio", {"sample_rate": "22050"}),
        ("audio", {"sample_rate": True}),
        ("audio", {"sample_rate": 1}),
        ("espeak", {}),
        ("language", {"code": "../../etc"}),
        ("num_symbols", None),
        ("num_speakers", 0),
        ("speaker_id_map", {"a": 7}),
        ("default_speaker_id", -1),
        ("phoneme_id_map", {}),
        ("phoneme_id_map", {**TABLE, "a": "1"}),
        ("phoneme_id_map", {**TABLE, "a": [-1]}),
        ("inference", {"length_scale": 0}),
        ("inference", {"noise_scale": float("nan")}),
        ("inference", {"noise_w": "loud"}),
        ("phoneme_type", 5),
    ],
)
def test_a_key_of_the_description_that_can_not_be_is_named(tmp_path: Path, key: str, value: object) -> None:
    changes: dict[str, Any] = {key: value}
    write_voice(tmp_path, **changes)
    with pytest.raises(MissingPartError, match=f"{NAME}.onnx.json: its {key if key != 'language' else ''}"):
        made(tmp_path).voices()


@pytest.mark.parametrize("kind", ["pinyin", "japanese", "thai", "news"])
def test_a_voice_that_would_fetch_parts_from_the_internet_is_refused(tmp_path: Path, kind: str) -> None:
    write_voice(tmp_path, phoneme_type=kind)
    with pytest.raises(MissingPartError, match=f"phoneme_type '{kind}' needs parts"):
        made(tmp_path).voices()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(described())), JSON, min_size=1, max_size=4))
def test_any_description_is_a_voice_or_our_error(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("voices")
    path = folder / f"{NAME}.onnx"
    path.with_name(f"{NAME}.onnx.json").write_text(json.dumps({**described(), **changes}), "utf-8")
    try:
        outcome = _piper_files.described(path).name
    except MissingPartError as error:
        outcome = Path(error.where).name.removesuffix(".onnx.json")
    assert outcome == NAME
    shutil.rmtree(folder)


def damaged(kind: str, path: Path) -> None:
    """Does to the voice what `kind` says."""
    content = path.read_bytes()
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "a web page":
        path.write_bytes(b"<!doctype html><title>Sign in</title>")
    elif kind == "cut short":
        path.write_bytes(content[: len(content) // 2])
    else:
        write_voice(path.parent, kind=kind)


@pytest.mark.fault("F14", "a file that is no voice is named")
@pytest.mark.parametrize("kind", ["empty", "a web page", "cut short", "other inputs", "no number"])
def test_a_network_that_is_no_voice_is_named(tmp_path: Path, kind: str) -> None:
    damaged(kind, write_voice(tmp_path))
    with pytest.raises(MissingPartError, match=NAME) as caught:
        clip_samples(made(tmp_path), SENTENCES[0])
    assert caught.value.where == f"voice {NAME}"
    assert f"{NAME}.onnx" in caught.value.what
    assert "Traceback" not in caught.value.what


def test_a_language_that_piper_does_not_know_is_named(tmp_path: Path) -> None:
    write_voice(tmp_path, espeak={"voice": "tlh-nowhere"})
    with pytest.raises(MissingPartError, match="tlh-nowhere"):
        clip_samples(made(tmp_path), SENTENCES[0])


def test_a_voice_that_went_away_is_named(tmp_path: Path) -> None:
    path = write_voice(tmp_path)
    engine = made(tmp_path)
    voice = engine.voices()[0]
    path.unlink()
    with pytest.raises(MissingPartError, match=NAME):
        engine.fingerprint()
    speaker = Speaker(made(tmp_path), Memory(), 1)
    with pytest.raises(MissingPartError, match=NAME):
        speaker.clip(line(SENTENCES[0]))
    speaker.close()
    with pytest.raises(MissingPartError, match="not in"):
        engine.worker(Voice("de_DE-none-low", voice.lang, "", voice.rate_hz))


@pytest.mark.parametrize(
    "options",
    [
        {"rate": "fast"},
        {"rate": 20},
        {"rate": True},
        {"rate": 150.5},
        {"rate": float("nan")},
        {"noise": 2},
        {"noise": "none"},
        {"voices": ""},
        {"voices": 7},
        {"voice": "en"},
    ],
)
def test_an_option_that_can_not_be_is_named(options: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=next(iter(options))):
        piper.engine(options)


# What it leaves alone


def test_the_worker_reaches_no_network() -> None:
    """Not even this machine, which the other tests may."""
    worker = Path(piper.__file__).with_name("_piper_worker.py")
    code = (
        "import runpy, socket, sys; sys.path.insert(0, sys.argv[2])\n"
        "sys.addaudithook(runpy.run_path(sys.argv[1])['stay_here'])\n"
        "socket.create_connection(('127.0.0.1', int(sys.argv[3])), 5)"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        argv = [sys.executable, "-c", code, str(worker), str(worker.parents[2]), port]
        outcome = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert "do without the network" in outcome.stderr


def test_the_engine_loads_no_package_before_it_is_asked() -> None:
    code = "import sys, voicegen.engines.piper as p; p.engine({}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "onnxruntime", "piper", "importlib.metadata"} & set(loaded.stdout.split())
