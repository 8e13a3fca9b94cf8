from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.engines.faulty import Faulty
from voicegen.contracts import Voice, Worker
from voicegen.errors import MissingPartError, SpeechError, TemporaryError
from voicegen.model.script import Line
from voicegen.steps import speaking
from voicegen.steps.speaking import Speaker, choose_voice
from voicegen.steps.workers import Talker
from voicegen.stores.memory import Memory


def line(words: str, lang: str = "en") -> Line:
    return Line("l1", "paragraph", words, words, lang, 0)


@pytest.fixture
def speaker() -> Speaker:
    return Speaker(Faulty(), Memory(), jobs=2)


@pytest.mark.fault("F15", "a crash, a hang, nonsense and a refusal cost one line, which is named")
@pytest.mark.fault("F37", "a worker that ends in the middle of a line is replaced")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("please crash", "process ended"),
        ("please hang", "did not answer within 5 seconds"),
        ("please babble", "process ended"),
        ("please no json", "process ended"),
        ("please say your last words", "the voice is hoarse"),
        ("please refuse", "it will not say that"),
        ("silence please", "gave silence"),
        ("nothing please", "gave no sound"),
        ("endless sound please", "which can't be right"),
        ("a long sentence that is " * 20 + "cut off", "which can't be right"),
    ],
)
def test_a_fault_costs_one_line_and_says_which_and_why(speaker: Speaker, words: str, why: str) -> None:
    with pytest.raises(SpeechError, match=why) as fault:
        speaker.clip(line(words))
    assert words[:20] in str(fault.value)
    assert speaker.clip(line("all is well"))[0].samples == 8_000
    speaker.close()


def test_nothing_is_kept_in_memory_of_lines_that_were_spoken(speaker: Speaker) -> None:
    for number in range(20):
        speaker.clip(line(f"all is well, {number} times"))
    assert not speaker._busy
    speaker.close()


def test_a_busy_engine_is_a_reason_to_try_again_later(speaker: Speaker) -> None:
    with pytest.raises(TemporaryError, match="it is busy"):
        speaker.clip(line("come back later"))
    speaker.close()


def test_a_service_that_is_away_is_asked_once_and_a_busy_local_engine_again() -> None:
    for host, answers in (("voice.example", "it is busy"), ("", "fine")):
        speaker = Speaker(Faulty(host=host), Memory(), 1)
        with pytest.raises(TemporaryError, match="it is busy"):
            speaker.clip(line("come back later"))
        if answers == "fine":
            speaker.clip(line("hello"))
        else:
            with pytest.raises(TemporaryError, match=answers):
                speaker.clip(line("hello"))
        assert speaker.spoken == (answers == "fine")
        speaker.close()


def test_an_engine_that_bears_one_worker_never_has_two(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[int] = []
    most = 0

    class Counted(Talker):
        def __init__(self, worker: Worker) -> None:
            nonlocal most
            super().__init__(worker)
            running.append(1)
            most = max(most, len(running))

        def end(self) -> None:
            running.pop()
            super().end()

    monkeypatch.setattr(speaking, "Talker", Counted)
    speaker = Speaker(Faulty(jobs=1), Memory(), jobs=4)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(speaker.clip, [line(f"words {n}", "en" if n % 2 else "fr") for n in range(12)]))
    speaker.close()
    assert (most, speaker.spoken, running) == (1, 12, [])


@pytest.mark.fault("F4", "silence, no sound and a length that can't be are refused and never kept")
def test_nothing_that_fails_enters_the_store() -> None:
    memory = Memory()
    speaker = Speaker(Faulty(), memory, jobs=1)
    for words in ("silence", "nothing", "endless", "crash"):
        with pytest.raises(SpeechError):
            speaker.clip(line(words))
    assert memory.prune(set()) == 0
    speaker.close()


def test_a_line_is_spoken_once_however_many_ask_for_it_at_once(speaker: Speaker) -> None:
    barrier = threading.Barrier(8)

    def ask(_: int) -> bool:
        barrier.wait()
        return speaker.clip(line("the same words"))[1]

    with ThreadPoolExecutor(8) as pool:
        fresh = list(pool.map(ask, range(8)))
    assert sum(fresh) == 1
    assert speaker.spoken == 1
    speaker.close()


@pytest.mark.fault("F17", "another engine, version, voice or text has another key")
def test_the_key_depends_on_engine_voice_and_text_and_on_nothing_else() -> None:
    def key(fingerprint: str, one: Line) -> str:
        return Speaker(Faulty(fingerprint=fingerprint), Memory(), 1).key(one)

    known = key("a", line("words"))
    assert known == key("a", Line("other", "heading", "Shown", "words", "en", 700))
    assert known != key("b", line("words"))
    assert known != key("a", line("other words"))
    assert known != key("a", line("words", "fr"))
    assert key("a", line("caf\u00e9")) == key("a", line("cafe\u0301"))


def test_a_language_without_a_voice_is_named(speaker: Speaker) -> None:
    assert not speaker.has_voice("cy")
    with pytest.raises(MissingPartError, match="'cy'"):
        speaker.clip(line("bore da", "cy"))


@pytest.mark.parametrize(
    ("lang", "voice"),
    [
        ("en", "us"),
        ("en-GB", "gb"),
        ("en-gb-oxendict", "gb"),
        ("en-IE", "gb"),
        ("en-CA", "us"),
        ("es-MX", "own"),
        ("EN_US", "us"),
        ("es", "own"),
        ("cy", None),
    ],
)
def test_the_voice_is_the_nearest_to_the_language(lang: str, voice: str | None) -> None:
    voices = [
        Voice("us", "en", "", 1),
        Voice("gb", "en-gb", "", 1),
        Voice("es", "es", "", 1),
        Voice("own", "xx", "", 1),
    ]
    found = choose_voice(voices, lang, {"es": "own"})
    assert (found.id if found else None) == voice
