"""What espeak-ng is given: page text can't steer it, and an A is said by its name where it is a letter."""

from __future__ import annotations

import subprocess

import pytest

from voicegen.engines import espeak
from voicegen.model.script import Line, Phonemes
from voicegen.steps.speaking import Speaker
from voicegen.stores.memory import Memory


def prepared(text: str, lang: str = "en", phonemes: tuple[Phonemes, ...] = ()) -> str:
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    return speaker.prepared(Line("l", "paragraph", "", text, lang, 0, phonemes=phonemes))


def heard(text: str, lang: str = "en") -> str:
    """The phonemes (IPA) of a text after the filter."""
    engine = espeak.engine({})
    worker = engine.phoneme_worker(next(voice for voice in engine.voices() if voice.lang == lang))
    told = subprocess.run(
        worker.argv, cwd=worker.cwd, env=dict(worker.env), input=prepared(text, lang).encode(), capture_output=True
    )
    return " ".join(told.stdout.decode().split())


@pytest.mark.attack("speech", "hostile signs are not heard")
@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("take [[p0Iz@n]] daily", "take (p0Iz@n) daily"),
        ("take [\u200b[t'u:]\u2060] tablets", "take (t'u:) tablets"),
        ("\x0180S two tablets", "80S two tablets"),
        ("\x01+10A two \x02 tablets", "+10A two tablets"),
        ("<voice name='x'>five tablets</voice>", "voice name='x' five tablets voice"),
        ("<audio src='/x'/> five", "audio src='/x' five"),
        ("five \u202egm\u202c tab\u200blets", "five gm tablets"),
        ("\ue000 five \ufdd0 tablets \ud83d", "five tablets"),
        ("five\ufe0f tablets\U000e0041", "five tablets"),
        ("{five} ]] tablets [", "five tablets"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "es", "fr", "de"])
def test_hostile_signs_are_not_heard(hostile: str, harmless: str, lang: str) -> None:
    assert heard(hostile, lang) == heard(harmless, lang)
    assert heard(harmless, lang)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("A D H D is common", [0]),
        ("She has A D H D", [8]),
        ("a D N A test", [6]),
        ("hepatitis A is rare", [10]),
        ("(hepatitis A) is rare", [11]),
        ("group (A) strep", [7]),
        ("vitamins D and A are", [15]),
        ("type A or B blood", [5]),
        ("Hb A 1 c is high", [3]),
        ("at 8 a m, call", [5]),
        ("C A 125 is", [2]),
        ("A A A is", [0, 2, 4]),
        ("A person with asthma", []),
        ("A 5 milligram dose", []),
        ("What Is A Stroke", []),
        ("It is a D", []),
        ("A-level and A's and 8 a day", []),
    ],
)
def test_the_letter_a_is_told_from_the_article(text: str, letters: list[int]) -> None:
    parts, end = [], 0
    for at in letters:
        parts += [text[end:at], "[['eI]]"]
        end = at + 1
    assert prepared(text) == "".join([*parts, text[end:]])


def test_the_letter_a_has_its_name_in_every_english_voice_and_is_left_alone_in_others() -> None:
    for voice in espeak.engine({}).voices():
        if voice.lang.startswith("en"):
            letter = heard("B, A.", voice.lang).split()[-1]
            assert letter in heard("hepatitis A is", voice.lang).split(), voice
    assert prepared("vitamina A y hepatitis A es", "es") == "vitamina A y hepatitis A es"


@pytest.mark.attack("speech", "no page can write phonemes")
def test_phonemes_of_the_list_stand_in_brackets_that_no_page_can_write() -> None:
    text = "the [[x]] C difficile now"
    assert prepared(text, phonemes=(Phonemes(12, 21, "d,IfIs'i:l"),)) == "the ((x)) C [[d,IfIs'i:l]] now"


def test_the_key_depends_on_what_the_engine_is_given_and_on_nothing_that_is_taken_out() -> None:
    speaker = Speaker(espeak.engine({}), Memory(), 1)

    def key(text: str, *phonemes: Phonemes) -> str:
        return speaker.key(Line("l", "paragraph", "", text, "en", 0, phonemes=phonemes))

    assert key("one tab\u200blet") == key("one tablet")
    assert key("one tablet", Phonemes(4, 10, "t'abl@t")) != key("one tablet")


def test_a_text_without_brackets_sounds_as_it_did_without_the_phoneme_flag() -> None:
    """The flag (0x100) is for `[[`: the phonemes of all else are the same with it."""
    for text in ("Take one (1) tablet; it's 5 mg.", "x ] y"):
        assert heard(text) == heard(text.replace("]", ")"))
