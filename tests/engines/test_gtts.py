"""The cloud engine against a server on this machine that behaves like the real one, faults included."""

from __future__ import annotations

import contextlib
import itertools
import re
import select
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.engines import google_speech as google
from tests.engines.google_speech import GoogleSpeech, running
from voicegen.engines import _cloud_pace, _protocol, gtts
from voicegen.engines._gtts_settings import RATE_HZ
from voicegen.engines._gtts_worker import Speaker
from voicegen.errors import SettingsError, SpeechError
from voicegen.steps.speaking import choose_voice
from voicegen.steps.workers import Talker

TEXT = "Do not drive. Rest your chest."
SECOND = 2 * RATE_HZ
"""Bytes."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GoogleSpeech]:
    with running(tmp_path) as server:
        yield server


@contextlib.contextmanager
def speaking(server: GoogleSpeech, **more: object) -> Iterator[Speaker]:
    speaker = Speaker("en", gtts.engine(server.options(**more)).settings)
    try:
        yield speaker
    finally:
        speaker.close()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the pace waits, which it does: a busy machine changes what a clock beside it would show."""
    planned: list[float] = []

    def sleep(seconds: float) -> None:
        planned.append(seconds)
        time.sleep(seconds)

    monkeypatch.setattr(_cloud_pace, "time", SimpleNamespace(monotonic=time.monotonic, sleep=sleep))
    return planned


def refusal(server: GoogleSpeech, **more: object) -> _protocol.Failure:
    with speaking(server, **more) as speaker, pytest.raises(_protocol.Failure) as caught:
        speaker.speak(TEXT)
    return caught.value


# Off unless asked for twice


@pytest.mark.attack("secret", "no text leaves unless settings and command both say so")
@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, "[gtts] allow"),
        ({"allow": False, "send_text_to": "gtts"}, "[gtts] allow"),
        ({"send_text_to": "gtts"}, "[gtts] allow"),
        ({"allow": True}, "--send-text-to"),
        ({"allow": True, "send_text_to": "espeak"}, "--send-text-to"),
        ({"allow": True, "send_text_to": True}, "--send-text-to"),
        ({"allow": "yes", "send_text_to": "gtts"}, "[gtts] allow"),
        ({"allow": 1, "send_text_to": "gtts"}, "[gtts] allow"),
    ],
)
def test_there_is_no_engine_unless_configuration_and_command_both_say_so(
    options: dict[str, object], named: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        gtts.engine(options)
    assert named in caught.value.where
    assert caught.value.remedy


def test_the_worker_names_the_host_that_gets_the_text_and_runs_alone() -> None:
    engine = gtts.engine({"allow": True, "send_text_to": "gtts", "tld": "co.uk"})
    worker = engine.worker(engine.voices()[0])
    assert (worker.host, worker.jobs) == ("translate.google.co.uk", 1)
    assert engine.settings.deadline_s < worker.timeout_s


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tld", "com@127.0.0.1:8443"),
        ("tld", "evil.example"),
        ("tld", ""),
        ("tld", 3),
        ("slow", "no"),
        ("deadline_s", 0),
        ("deadline_s", float("nan")),
        ("deadline_s", True),
        ("interval_s", 0.1),
        ("tries", 0),
        ("tries", 2.5),
        ("tries", 11),
        ("ca_file", "no-such-file.pem"),
        ("proxy", "proxy.example:3128"),
        ("proxy", "http://proxy.example/path"),
        ("proxy", "http://proxy.example:99999"),
        ("address", "http://127.0.0.1:80"),
        ("address", "https://127.0.0.1:8443"),
        ("address", "https://translate.example"),
        ("address", "https://127.0.0.1@translate.example"),
        ("address", "https://127.0.0.1.example:443"),
        ("address", "https://127.0.0.1:8443/path"),
        ("timeout", 5),
    ],
)
def test_a_wrong_option_is_named_with_its_remedy(key: str, value: object) -> None:
    with pytest.raises(SettingsError) as caught:
        gtts.engine({"allow": True, "send_text_to": "gtts", key: value})
    assert caught.value.where == f"voicegen.toml, [gtts] {key}"
    assert caught.value.remedy


def test_another_address_than_googles_must_be_this_machine_even_with_an_authority(tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    authority.touch()
    options = {"allow": True, "send_text_to": "gtts", "ca_file": str(authority)}
    with pytest.raises(SettingsError):
        gtts.engine({**options, "address": "https://192.0.2.1:443"})
    for here in ("https://127.0.0.1:8443", "https://localhost:8443", "https://[::1]:8443"):
        assert gtts.engine({**options, "address": here}).settings.host == here.removeprefix("https://")


def test_every_language_of_gtts_has_a_voice_that_a_page_finds_by_its_standard_tag() -> None:
    voices = gtts.engine({"allow": True, "send_text_to": "gtts"}).voices()
    assert len(voices) > 60
    assert {voice.rate_hz for voice in voices} == {24_000}
    tags = {"en-GB": "en", "es-419": "es", "he": "iw", "pt": "pt", "pt-PT": "pt-PT", "nb": "no", "fil": "tl"}
    tags |= {"zh-Hant-HK": "zh-TW", "zh-Hans": "zh", "fr-CA": "fr-CA"}
    found = {tag: choose_voice(voices, tag, {}) for tag in tags}
    assert {tag: voice.id for tag, voice in found.items() if voice} == tags


def test_what_changes_the_sound_changes_the_fingerprint() -> None:
    switched = {"allow": True, "send_text_to": "gtts"}
    prints = [
        gtts.engine({**switched, **more}).fingerprint()
        for more in ({}, {"tld": "co.uk"}, {"slow": True}, {"deadline_s": 5})
    ]
    assert len(set(prints)) == 3
    assert prints[0] == prints[3]


# What is sent, and what comes back


def test_a_line_goes_out_unchanged_and_comes_back_as_speech(server: GoogleSpeech) -> None:
    with speaking(server) as speaker:
        samples = speaker.speak(TEXT)
    (asked,) = server.received
    assert (asked.text, asked.lang, asked.slow) == (TEXT, "en", None)
    assert 2 * SECOND < len(samples) < 4 * SECOND


@pytest.mark.parametrize(
    "text",
    [
        "Take 0.5 mg; never more than 2 × 0.5 mg/day.",
        "Dr. Smith said: wait for self-\nhelp, e.g. at St. John's…",
        "La dosis es de 5 µg — ¡no más!",
        "服用前请咨询医生。",
        'She said "stop" & <break time="3s"/> [[h@l@U]]',
        "مرحبا، كيف حالك؟",
        "👩‍⚕️ 37.5 °C is 99.5 °F",
    ],
)
def test_nothing_in_a_line_is_rewritten_on_its_way(server: GoogleSpeech, text: str) -> None:
    with speaking(server, slow=True) as speaker:
        speaker.speak(text)
    assert [(asked.text, asked.slow) for asked in server.received] == [(text, True)]


def test_a_long_line_goes_out_in_clauses_and_comes_back_as_one_sound(server: GoogleSpeech) -> None:
    clauses = [
        "If the pain spreads to your arms, back, neck or jaw, or if you feel sick and short of breath,",
        "do not drive yourself to hospital if you are having pain in your chest;",
        "wait for the ambulance, which will come to you, and unlock the door of your house if you can do so.",
    ]
    with speaking(server) as speaker:
        samples = speaker.speak(" ".join(clauses))
        together = [speaker.speak(clause) for clause in clauses]
    assert [asked.text for asked in server.received] == clauses * 2
    saved_s = (sum(map(len, together)) - len(samples)) / SECOND
    assert 3 * 0.3 < saved_s < 3 * 0.7  # the half second of silence behind each piece, but for a short margin


def test_requests_keep_their_distance(server: GoogleSpeech) -> None:
    with speaking(server, interval_s=1.0) as speaker:
        started = time.monotonic()
        for _ in range(3):
            speaker.speak(TEXT)
    assert time.monotonic() - started >= 2.0  # when they arrive says less: a busy machine may hold one up


def test_a_line_without_a_word_is_refused_and_not_sent(server: GoogleSpeech) -> None:
    with speaking(server) as speaker:
        for text in ("", "   ", "...", "!!! — ♥"):
            with pytest.raises(_protocol.Failure):
                speaker.speak(text)
    assert server.received == []


def test_a_line_that_can_not_be_spoken_in_its_time_is_refused_and_not_sent(server: GoogleSpeech) -> None:
    with (
        speaking(server, interval_s=1, deadline_s=5) as speaker,
        pytest.raises(_protocol.Failure, match="too long"),
    ):
        speaker.speak("word " * 500)
    assert server.received == []


# Faults that pass


@pytest.mark.fault("F8", "the wait that was asked for is kept, and then the line is spoken")
@pytest.mark.fault("F9", "a failure that passes costs one more request")
@pytest.mark.parametrize(
    ("fault", "least_s", "most_s"),
    [
        (google.status(429, Retry_After="1"), 1.0, 1.0),
        (google.busy_until(2), 1.0, 2.0),
        (google.status(429), 0.0, 0.1),
        (google.status(429, Retry_After="soon"), 0.0, 0.1),
        (google.busy_until(-60), 0.0, 0.1),
        (google.status(503, Retry_After="1"), 1.0, 1.0),
        (google.status(500), 0.0, 0.1),
        (google.status(502), 0.0, 0.1),
        (google.reset, 0.0, 0.1),
        (google.body_cut, 0.0, 0.1),
        (google.cut_short, 0.0, 0.1),
        (google.cut_between_frames, 0.0, 0.1),
        (google.sound(b"not an MP3"), 0.0, 0.1),
    ],
)
def test_a_passing_fault_costs_one_more_request_after_the_wait_that_was_asked_for(
    server: GoogleSpeech, waits: list[float], fault: google.Behaviour, least_s: float, most_s: float
) -> None:
    server.will(fault)
    with speaking(server) as speaker:
        samples = speaker.speak(TEXT)
    assert sum(waits) <= most_s
    first, second = server.received
    assert least_s <= second.at - first.at
    assert first.text == second.text == TEXT
    assert 2 * SECOND < len(samples) < 4 * SECOND


@pytest.mark.fault("F9", "waits double from try to try")
def test_back_off_doubles_from_try_to_try(server: GoogleSpeech, waits: list[float]) -> None:
    server.will(*[google.status(503)] * 4)
    with speaking(server, interval_s=0.1, tries=5) as speaker:
        speaker.speak(TEXT)
    times = [asked.at for asked in server.received]
    apart = [later - earlier for earlier, later in itertools.pairwise(times)]
    for least, kept, planned in zip((0.1, 0.2, 0.4, 0.8), apart, waits[1:], strict=True):
        assert least < kept
        assert planned <= 2 * least


# Faults that stay


@pytest.mark.fault("F9", "a lasting fault ends in words after few requests")
@pytest.mark.fault("F11", "an answer that is cut short, with and without its length, is not accepted")
@pytest.mark.fault("F12", "web pages, silence and another format that call themselves sound are not accepted")
@pytest.mark.fault("F13", "endless and packed answers are cut at a limit, and redirects are not followed")
@pytest.mark.parametrize(
    ("fault", "requests", "temporary", "words"),
    [
        (google.status(503), 3, True, "503"),
        (google.status(403), 1, False, "403"),
        (google.status(404), 1, False, "404"),
        (google.reset, 3, True, "connection"),
        (google.web_page, 1, True, "web page"),
        (google.status(302, Location="https://127.0.0.1:1/login"), 1, True, "not followed"),
        (google.status(307, Location="file:///etc/passwd"), 1, True, "not followed"),
        (google.sound(None), 1, False, "no sound"),
        (google.sound(b""), 1, False, "no sound"),
        (google.sound(google.mp3(bytes(3 * SECOND))), 3, False, "silence"),
        (google.sound(b"\x00" * 5000), 3, True, "cut short"),
        (google.sound(google.mp3(google.babble(5))), 3, True, "too short"),
        (google.sound(google.mp3(google.babble(900))), 3, True, "plays for over"),
        (google.cut_short, 3, True, "cut short"),
        (google.cut_between_frames, 3, True, "too short"),
        (google.body_cut, 3, True, "connection"),
        (google.many_headers, 3, True, "connection"),
        (google.endless, 1, False, "longer than"),
        (lambda handler, _: handler.answer(b"\xff\xfe[]"), 3, True, "no text"),
        (lambda handler, _: handler.answer(b""), 3, True, "no row"),
        (lambda handler, _: handler.answer(b'[["wrb.fr","jQ1olc",' + b"[" * 200_000), 3, True, "damaged"),
        (lambda handler, _: handler.answer(b'[["wrb.fr","jQ1olc","[\\"!!!!\\"]"]]'), 3, True, "damaged"),
        (lambda handler, _: handler.answer(b"x", Content_Encoding="gzip"), 1, False, "compression"),
        (lambda handler, _: handler.answer(google.bomb(), Content_Encoding="gzip"), 1, False, "compression"),
        (google.status(302, Location="/"), 1, True, "not followed"),
    ],
)
def test_a_lasting_fault_ends_in_words_after_few_requests_and_nothing_is_accepted(
    server: GoogleSpeech, fault: google.Behaviour, requests: int, temporary: bool, words: str
) -> None:
    server.will(*[fault] * 10)
    failure = refusal(server)
    assert re.search(words, failure.words)
    assert failure.temporary is temporary
    assert len(server.received) == requests
    assert server.sent < 32 << 20


@pytest.mark.fault("F10", "one deadline holds for the whole answer, however slowly it comes")
@pytest.mark.parametrize("fault", [google.hang, google.slow_drip, google.slow_headers])
def test_the_deadline_holds_however_slowly_the_server_answers(
    server: GoogleSpeech, fault: google.Behaviour
) -> None:
    server.will(*[fault] * 10)
    started = time.monotonic()
    failure = refusal(server, deadline_s=1.0)
    assert 0.3 < time.monotonic() - started < 20  # the server itself would go on for 30 seconds, or for hours
    assert failure.temporary
    assert "in time" in failure.words


@pytest.mark.fault("F10", "a first byte does not start the deadline anew")
def test_a_first_byte_does_not_start_the_deadline_anew(server: GoogleSpeech) -> None:
    server.will(google.late_then_nothing)
    started = time.monotonic()
    refusal(server, deadline_s=12.5, tries=1)  # one request may take 5 seconds of these
    assert 4.9 < time.monotonic() - started < 8.9  # begun anew, it would be 9


@pytest.mark.fault("F10", "one hang does not cost the line")
def test_one_hang_does_not_cost_the_line(server: GoogleSpeech) -> None:
    server.will(google.hang)
    with speaking(server, deadline_s=2.0) as speaker:
        assert speaker.speak(TEXT)
    assert len(server.received) == 2


@pytest.mark.fault("F8", "a host that asks for a long wait is left alone for it")
def test_a_host_that_asks_for_a_long_wait_is_left_alone_for_it(server: GoogleSpeech) -> None:
    server.will(google.status(429, Retry_After="500"))
    started = time.monotonic()
    with speaking(server) as speaker:
        failures = []
        for _ in range(3):
            with pytest.raises(_protocol.Failure) as caught:
                speaker.speak(TEXT)
            failures.append(caught.value)
    assert len(server.received) == 1
    assert time.monotonic() - started < 100
    assert all(failure.temporary and 480 < (failure.retry_after_s or 0) <= 500 for failure in failures)


@pytest.mark.fault("F11", "the line after it is spoken as if nothing had been")
def test_a_line_after_a_fault_is_spoken_as_if_nothing_had_been(server: GoogleSpeech) -> None:
    with speaking(server) as speaker:
        before = speaker.speak(TEXT)
        server.will(*[google.body_cut] * 3)
        with pytest.raises(_protocol.Failure):
            speaker.speak(TEXT)
        assert speaker.speak(TEXT) == before


# Who is at the other end


@pytest.mark.parametrize(("trusted", "name"), [(False, "127.0.0.1"), (True, "translate.example")])
def test_a_certificate_of_a_stranger_or_for_another_name_gets_no_text(
    tmp_path: Path, trusted: bool, name: str
) -> None:
    with running(tmp_path, trusted, name) as server:
        failure = refusal(server)
        assert server.received == []
    assert "certificate" in failure.words
    assert not failure.temporary


@pytest.mark.fault("F9", "a server that is not there is named")
def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        options = server.options()
    speaker = Speaker("en", gtts.engine(options).settings)
    with pytest.raises(_protocol.Failure, match=r"127\.0\.0\.1.*refused") as caught:
        speaker.speak(TEXT)
    assert caught.value.temporary


def test_the_environments_proxies_and_authorities_are_not_used(
    server: GoogleSpeech, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere.pem"))
    with speaking(server) as speaker:
        assert speaker.speak(TEXT)


class Tunnel(threading.Thread):
    """A proxy that lets one connection through, and notes what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.asked = b""

    def run(self) -> None:
        with self.door, self.door.accept()[0] as client:
            self.asked = client.recv(4096)
            host, port = self.asked.split()[1].decode().split(":")
            with socket.create_connection((host, int(port))) as server:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    for one, other in ((client, server), (server, client)):
                        if select.select([one], [], [], 0.01)[0]:
                            data = one.recv(65_536)
                            if not data:
                                return
                            other.sendall(data)


def test_a_proxy_that_is_configured_sees_the_host_and_not_the_text(server: GoogleSpeech) -> None:
    tunnel = Tunnel()
    tunnel.start()
    with speaking(server, proxy=f"http://127.0.0.1:{tunnel.door.getsockname()[1]}") as speaker:
        assert speaker.speak(TEXT)
    tunnel.join(5)
    assert tunnel.asked.startswith(b"CONNECT 127.0.0.1:")
    assert b"drive" not in tunnel.asked


# In its own process, as a build uses it


def test_the_worker_process_speaks_line_after_line_and_reports_faults(server: GoogleSpeech) -> None:
    engine = gtts.engine(server.options())
    voice = next(voice for voice in engine.voices() if voice.lang == "es")
    talker = Talker(engine.worker(voice))
    try:
        assert len(talker.ask("No conduzca. Descanse.")) > SECOND
        server.will(google.sound(None))
        with pytest.raises(SpeechError, match="no sound"):
            talker.ask(TEXT)
        assert len(talker.ask("Espere a la ambulancia.")) > SECOND
    finally:
        talker.end()
    assert [(asked.text, asked.lang) for asked in server.received] == [
        ("No conduzca. Descanse.", "es"),
        (TEXT, "es"),
        ("Espere a la ambulancia.", "es"),
    ]


@pytest.mark.attack("secret", "a voice on the network writes no line and no secret anywhere")
def test_the_worker_process_writes_no_line_and_no_secret_anywhere(server: GoogleSpeech) -> None:
    engine = gtts.engine(server.options(tries=1))
    worker = engine.worker(engine.voices()[0])
    server.will(google.cut_short)
    talker = Talker(worker)
    with pytest.raises(Exception, match="cut short"):
        talker.ask("canary sentence")
    words = talker.last_words()
    talker.end()
    assert "canary" not in words
    assert "127.0.0.1" not in " ".join(worker.argv)
