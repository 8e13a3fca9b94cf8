"""The engine for servers with OpenAI's speech interface, against one that behaves so, faults included."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.engines import google_speech as google
from tests.engines import openai_speech as openai
from tests.engines.openai_speech import KEY, OpenaiSpeech, running
from voicegen.engines import _protocol, endpoint
from voicegen.engines._endpoint_settings import KEY_VARIABLE, RATE_HZ
from voicegen.engines._endpoint_worker import Speaker
from voicegen.errors import SettingsError
from voicegen.steps.speaking import choose_voice
from voicegen.steps.workers import Talker

TEXT = "Do not drive. Rest your chest."
SECOND = 2 * RATE_HZ
"""Bytes."""
CONSENT = {"allow": True, "send_text_to": "endpoint"}
NAMED = {"address": "https://speech.example", "model": "m", "voices": {"en": "alloy"}}


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)


@pytest.fixture(params=[True, False], ids=["tls", "plain"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenaiSpeech]:
    with running(tmp_path, request.param) as server:
        yield server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OpenaiSpeech]:
    with running(tmp_path) as server:
        yield server


@contextlib.contextmanager
def speaking(server: OpenaiSpeech, **more: object) -> Iterator[Speaker]:
    speaker = Speaker("alloy", endpoint.engine(server.options(**more)).settings)
    try:
        yield speaker
    finally:
        speaker.close()


def refusal(server: OpenaiSpeech, **more: object) -> _protocol.Failure:
    with speaking(server, **more) as speaker, pytest.raises(_protocol.Failure) as caught:
        speaker.speak(TEXT)
    assert KEY not in caught.value.words
    assert "drive" not in caught.value.words
    return caught.value


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, "[endpoint] allow"),
        ({"allow": False, "send_text_to": "endpoint"}, "[endpoint] allow"),
        ({"allow": True}, "--send-text-to"),
        ({"allow": True, "send_text_to": "gtts"}, "--send-text-to"),
    ],
)
def test_there_is_no_engine_unless_configuration_and_command_both_say_so(
    options: dict[str, object], named: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        endpoint.engine({**NAMED, **options})
    assert named in caught.value.where
    assert "speech.example" in caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("address", ""),
        ("address", "speech.example"),
        ("address", "http://speech.example"),
        ("address", "http://192.168.1.5:8880"),
        ("address", "http://127.0.0.1.example"),
        ("address", "https://name:secret@speech.example"),
        ("address", "https://speech.example?key=1"),
        ("address", "https://speech.example\\@127.0.0.1"),
        ("address", "file:///etc/passwd"),
        ("model", ""),
        ("model", 3),
        ("voices", {}),
        ("voices", {"en": ""}),
        ("voices", {"english!": "alloy"}),
        ("voices", "alloy"),
        ("response_format", "pcm"),
        ("speed", 9),
        ("key", "sk-1"),
        ("key_variable", "VOICEGEN A"),
        ("key_variable", "AWS_SECRET_ACCESS_KEY"),
        ("tries", 0),
        ("timeout", 5),
    ],
)
def test_a_wrong_option_is_named_with_its_remedy(key: str, value: object) -> None:
    with pytest.raises(SettingsError) as caught:
        endpoint.engine({**CONSENT, **NAMED, key: value})
    assert caught.value.where.startswith(f"voicegen.toml, [endpoint] {key}")
    assert caught.value.remedy
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["two words", "line\nbreak", "schlüssel"])
def test_a_key_that_can_not_be_one_is_refused_and_not_shown(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, wrong)
    with pytest.raises(SettingsError) as caught:
        endpoint.engine({**CONSENT, **NAMED})
    assert KEY_VARIABLE in str(caught.value)
    assert wrong not in str(caught.value)


def test_the_key_is_shown_by_nothing_that_holds_it() -> None:
    engine = endpoint.engine({**CONSENT, **NAMED})
    (voice,) = engine.voices()
    worker = engine.worker(voice)
    assert KEY in str(dict(worker.env))
    for shown in (repr(engine.settings), repr(worker), engine.fingerprint(), " ".join(worker.argv)):
        assert KEY not in shown
    assert (worker.host, worker.jobs) == ("speech.example", 1)


def test_voices_are_those_that_the_settings_name() -> None:
    engine = endpoint.engine({**CONSENT, **NAMED, "voices": {"en": "alloy", "es-MX": "coral", "mul": "nova"}})
    found = {tag: choose_voice(engine.voices(), tag, {}) for tag in ("en-GB", "es-MX", "fr")}
    assert {tag: voice and voice.id for tag, voice in found.items()} == {
        "en-GB": "alloy",
        "es-MX": "coral",
        "fr": "nova",
    }


def test_what_changes_the_sound_changes_the_fingerprint_and_the_key_does_not() -> None:
    changes: tuple[dict[str, object], ...] = (
        {}, {"model": "n"}, {"speed": 1.5}, {"response_format": "mp3"}, {"address": "https://other.example"},
        {"deadline_s": 5}, {"address": "https://speech.example/v1/"},
    )  # fmt: skip
    prints = [endpoint.engine({**CONSENT, **NAMED, **more}).fingerprint() for more in changes]
    assert len(set(prints)) == 5
    assert prints[0] == prints[5] == prints[6]


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_a_line_goes_out_unchanged_with_the_key_and_comes_back_as_speech(either: OpenaiSpeech, kind: str) -> None:
    with speaking(either, response_format=kind) as speaker:
        samples = speaker.speak('He said: "5 µg — ¡no más!" 服用前')
    (asked,) = either.received
    assert (asked.text, asked.lang) == ('He said: "5 µg — ¡no más!" 服用前', "alloy")
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert 2 * SECOND < len(samples) < 4 * SECOND


def test_speed_is_sent_only_where_it_is_not_the_voices_own(server: OpenaiSpeech) -> None:
    heard: list[object] = []

    def listen(handler: google.Handler, asked: google.Asked) -> None:
        assert isinstance(handler, openai.Handler)
        heard.append(handler.facts.get("speed"))
        handler.answer(openai.spoken(asked.text), Content_Type="audio/wav")

    for speed in (1, 1.25):
        server.will(listen)
        with speaking(server, speed=speed) as speaker:
            speaker.speak(TEXT)
    assert heard == [None, 1.25]


def test_sound_at_another_rate_and_of_a_length_that_its_header_does_not_know_is_taken(
    server: OpenaiSpeech,
) -> None:
    server.will(openai.sound(openai.wav(google.babble(25), unknown_length=True)))
    server.will(openai.sound(openai.wav(google.babble(25), rate_hz=48_000)))
    with speaking(server) as speaker:
        assert 2 * SECOND < len(speaker.speak(TEXT)) < 3 * SECOND
        assert SECOND < len(speaker.speak("Do not drive.")) < 2 * SECOND


@pytest.mark.fault("F8", "a server of one's own that asks for a wait is asked once more after it")
@pytest.mark.fault("F9", "a failure that passes costs one more request, with servers of one's own")
@pytest.mark.parametrize(
    ("fault", "least_s"),
    [
        (google.status(429, Retry_After="1"), 1.0),
        (google.status(429), 0.0),
        (google.status(500), 0.0),
        (google.reset, 0.0),
        (openai.body_cut, 0.0),
        (openai.broken_off, 0.0),
        (openai.cut_short, 0.0),
        (openai.sound(b"not sound"), 0.0),
        (openai.sound(b'{"error": "overloaded"}', "application/json"), 0.0),
    ],
)
def test_a_passing_fault_costs_one_more_request_after_the_wait_that_was_asked_for(
    server: OpenaiSpeech, fault: google.Behaviour, least_s: float
) -> None:
    server.will(fault)
    with speaking(server) as speaker:
        assert len(speaker.speak(TEXT)) > 2 * SECOND
    first, second = server.received
    assert second.at - first.at >= least_s
    assert first.text == second.text == TEXT


@pytest.mark.fault("F9", "a server of one's own that does so is told in words, after few requests")
@pytest.mark.fault("F11", "a server of one's own that does so is told in words, after few requests")
@pytest.mark.fault("F12", "a server of one's own that does so is told in words, after few requests")
@pytest.mark.fault("F13", "a server of one's own that does so is told in words, after few requests")
@pytest.mark.parametrize(
    ("fault", "requests", "temporary", "words"),
    [
        (google.status(500), 3, True, "500"),
        (google.reset, 3, True, "connection"),
        (google.web_page, 1, True, "page of text"),
        (openai.sound(b"<html>", "audio/wav"), 1, True, "page of text"),
        (google.status(302, Location="https://127.0.0.1:1/login"), 1, True, "not followed"),
        (google.status(307, Location="file:///etc/passwd"), 1, True, "not followed"),
        (openai.sound(openai.wav(bytes(3 * SECOND))), 3, False, "silence"),
        (openai.sound(openai.wav(google.babble(5))), 3, True, "too short"),
        (openai.sound(openai.wav(google.babble(900))), 3, True, "plays for over"),
        (openai.sound(b""), 3, True, "cut short"),
        (openai.cut_short, 3, True, "cut short"),
        (openai.sound(openai.spoken(TEXT, "mp3")), 3, True, "cut short"),
        (openai.sound(b"RIFF\xff\xff\xff\xffWAVE" + b"fmt \xf0\xff\xff\xff"), 3, True, "cut short"),
        (google.many_headers, 3, True, "connection"),
        (google.endless, 1, False, "longer than"),
        (lambda handler, _: handler.answer(b"x", Content_Encoding="gzip"), 1, False, "compression"),
        (lambda handler, _: handler.answer(google.bomb(), Content_Encoding="gzip"), 1, False, "compression"),
        (openai.sound(google.bomb(), "audio/wav"), 3, True, "cut short"),
        (google.status(302, Location="/v1/audio/speech"), 1, True, "not followed"),
        (google.status(404), 1, False, "look at address and model"),
    ],
)
def test_a_lasting_fault_ends_in_words_after_few_requests_and_nothing_is_accepted(
    server: OpenaiSpeech, fault: google.Behaviour, requests: int, temporary: bool, words: str
) -> None:
    server.will(*[fault] * 10)
    failure = refusal(server)
    assert re.search(words, failure.words)
    assert failure.temporary is temporary
    assert len(server.received) == requests
    assert server.sent <= 65 << 20


@pytest.mark.fault(
    "F9", "a server of one's own that is away, or whose name nobody knows, is named, with what to do"
)
@pytest.mark.parametrize("address", ["", "https://speech.invalid"])
def test_a_server_that_is_not_there_is_named(tmp_path: Path, address: str) -> None:
    with running(tmp_path) as server:
        options = server.options()
    speaker = Speaker("alloy", endpoint.engine({**options, **({"address": address} if address else {})}).settings)
    with pytest.raises(_protocol.Failure, match=r"speech\.invalid" if address else r"127\.0\.0\.1") as caught:
        speaker.speak(TEXT)
    assert caught.value.temporary
    assert KEY not in caught.value.words


@pytest.mark.fault("F10", "one deadline holds with a server of one's own, too")
@pytest.mark.parametrize("fault", [google.hang, google.slow_headers])
def test_the_deadline_holds_however_slowly_the_server_answers(
    either: OpenaiSpeech, fault: google.Behaviour
) -> None:
    either.will(*[fault] * 10)
    failure = refusal(either, deadline_s=1.0, tries=2)
    assert failure.temporary
    assert "in time" in failure.words
    assert 1 <= len(either.received) <= 2


@pytest.mark.fault("F10", "a drip of sound does not outlive the deadline")
def test_a_drip_of_sound_does_not_outlive_the_deadline(either: OpenaiSpeech) -> None:
    def drip(handler: google.Handler, asked: google.Asked) -> None:
        body = openai.spoken(asked.text)
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        google._drip(handler, body)

    either.will(*[drip] * 10)
    assert "in time" in refusal(either, deadline_s=1.0, tries=2).words


@pytest.mark.parametrize(("wrong", "words"), [("sk-wrong", "with the key in"), ("", "it wants a key")])
def test_a_wrong_key_is_said_once_with_the_variables_name_and_nothing_else(
    server: OpenaiSpeech, monkeypatch: pytest.MonkeyPatch, wrong: str, words: str
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, wrong)
    failure = refusal(server)
    assert words in failure.words
    assert KEY_VARIABLE in failure.words
    assert "sk-wrong" not in failure.words
    assert not failure.temporary
    assert len(server.received) == 1


@pytest.mark.attack("secret", "a stranger's certificate gets neither text nor key")
def test_a_certificate_of_a_stranger_gets_neither_text_nor_key(tmp_path: Path) -> None:
    with google.running(tmp_path, trusted=False) as stranger:
        speaker = Speaker("alloy", endpoint.engine({
            **CONSENT, **NAMED, "address": stranger.address, "ca_file": str(stranger.ca_file),
        }).settings)  # fmt: skip
        with pytest.raises(_protocol.Failure, match="certificate"):
            speaker.speak(TEXT)
        speaker.close()
        assert stranger.received == []


def test_the_environments_proxies_are_not_used(server: OpenaiSpeech, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with speaking(server) as speaker:
        assert speaker.speak(TEXT)


@pytest.mark.attack("secret", "a server of one's own gets the key, and nothing else does")
def test_a_worker_process_says_nothing_of_lines_and_key(server: OpenaiSpeech) -> None:
    engine = endpoint.engine(server.options(tries=1))
    talker = Talker(engine.worker(engine.voices()[0]))
    try:
        assert len(talker.ask(TEXT)) > SECOND
        server.will(openai.cut_short)
        with pytest.raises(Exception, match="cut short") as caught:
            talker.ask("canary sentence", "line 0123")
        assert "canary" not in str(caught.value) + talker.last_words()
        assert KEY not in str(caught.value) + talker.last_words()
    finally:
        talker.end()


def test_a_build_is_spoken_by_the_server_in_each_pages_language(
    server: OpenaiSpeech, make_project: Callable[..., Project]
) -> None:
    project = make_project(
        settings='[voice]\nengine = "endpoint"\n[publications]\nformats = ["mp3", "timeline"]\n'
        "[endpoint]\nallow = true\n"
        f'address = "{server.address}/v1"\nca_file = "{server.ca_file}"\nmodel = "tts-1"\n'
        'interval_s = 0.0\n[endpoint.voices]\nen = "alloy"\nes = "coral"\n'
    )
    project.page("knee.txt", "Knee\n\nCare\nRest your knee.\n")
    project.page("rodilla.md", "---\nlang: es\n---\n# Rodilla\n\nDescanse la rodilla.\n")
    result = project.build(send_text_to="endpoint")
    assert result.exit_code == 0
    assert result.sent == sum(len(asked.text) for asked in server.received)
    assert {asked.lang for asked in server.received} == {"alloy", "coral"}
    assert not any(KEY.encode() in data for data in project.tree().values())
    assert not any(KEY.encode() in path.read_bytes() for path in project.place.rglob("*") if path.is_file())


@pytest.mark.fault(
    "F8", "whoever asks for a longer wait than we give ends the try with code 3; what was spoken is kept"
)
@pytest.mark.fault("F9", "one page waits, the others are published, and the next run speaks only what is missing")
@pytest.mark.fault("F12", "what was no sound is in no store and on no page")
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (google.status(429, Retry_After="5000"), 3),
        (google.status(503), 3),
        (openai.sound(b'{"error": "overloaded"}', "audio/wav"), 3),
        (openai.sound(openai.wav(bytes(3 * SECOND))), 1),
    ],
    ids=["429", "503", "JSON", "silence"],
)
def test_a_build_keeps_what_was_spoken_and_publishes_the_other_pages(
    server: OpenaiSpeech, make_project: Callable[..., Project], fault: google.Behaviour, code: int
) -> None:
    project = make_project(
        settings='[voice]\nengine = "endpoint"\n[publications]\nformats = ["mp3", "timeline"]\n'
        f'[endpoint]\nallow = true\naddress = "{server.address}/v1"\nca_file = "{server.ca_file}"\n'
        'model = "tts-1"\ninterval_s = 0.0\ntries = 2\n[endpoint.voices]\nen = "alloy"\n'
    )
    project.page("ankle.txt", "Ankle\n\nCare\nRest your ankle.\n")
    project.page("knee.txt", "Knee\n\nCare\nRest your knee well.\n")

    def partly(handler: google.Handler, asked: google.Asked) -> None:
        if "knee well" in asked.text:
            fault(handler, asked)
        else:
            handler.answer(openai.spoken(asked.text), Content_Type="audio/wav")

    server.will(*[partly] * 60)
    result = project.build(send_text_to="endpoint", jobs=1)
    assert {page.id: page.outcome for page in result.pages} == {"ankle": "made", "knee": "failed"}
    assert result.exit_code == code
    assert not [name for name in project.tree() if name.startswith("knee/")]
    server.plan.clear()
    server.received.clear()
    result = project.build(send_text_to="endpoint", jobs=1)
    assert result.exit_code == 0
    spoken = [asked.text for asked in server.received]
    assert spoken[0] == "Rest your knee well."
    assert {*spoken[1:]} <= {"End of Knee."}, "it comes after the wait that was asked for"
