"""Texts made to steer the voice: through the rules and the filter, they sound like their harmless words."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.config import Rests
from voicegen.engines import espeak
from voicegen.model.document import Document, Paragraph, Run, numbered, text
from voicegen.model.script import Line
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.steps import scripting
from voicegen.steps.speaking import Speaker
from voicegen.stores.memory import Memory

ENGINE = espeak.engine({})


def prepared(words: str, lang: str) -> str:
    """What espeak-ng is given for a sentence of a page."""
    said = spoken([Run(words)], lang, NOTHING_DEFINED).text
    return Speaker(ENGINE, Memory(), 1).prepared(Line("l", "paragraph", words, said, lang, 0))


def heard(words: str, lang: str) -> str:
    """The phonemes (IPA) that the voice makes of a sentence of a page."""
    worker = ENGINE.phoneme_worker(Speaker(ENGINE, Memory(), 1).voice(lang))
    told = subprocess.run(
        worker.argv,
        cwd=worker.cwd,
        env=dict(worker.env),
        input=prepared(words, lang).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return " ".join(told.stdout.decode().split())


PAIRS = [
    # phonemes in brackets, whole, split, nested, unclosed, of another width
    ("Rest [[p'0Iz@n]] today.", "Rest (p'0Iz@n) today."),
    ("Rest [\u200b[p'0Iz@n]\u2060] today.", "Rest (p'0Iz@n) today."),
    ("Rest [[[[x]]]] today.", "Rest (x) today."),
    ("]] Rest [[ today.", "Rest today."),
    ("Rest ［［x］］ today.", "Rest (x) today."),
    ("Rest {HH AH0} today.", "Rest (HH AH0) today."),
    # commands in control characters
    ("\x0190S Rest \x0150P\x02 today.", "90S Rest 50P today."),
    ("\x01+20A Rest\x1b[31m today.", "+20A Rest (31m today."),
    ("Rest\x00 today\x7f.", "Rest today."),
    # markup of speech
    ("<speak>Rest today.</speak>", "speak Rest today. speak"),
    ("Rest <break time='9s'/> today.", "Rest break time='9s' today."),
    ("<voice name='de'>Rest</voice> today.", "voice name='de' Rest voice today."),
    ("<mark name='x'/>Rest <sub alias='run'>now</sub>", "mark name='x' Rest sub alias='run' now sub"),
    ("Rest <emphasis level='strong today.", "Rest emphasis level='strong today."),
    ("Rest <\u200bbreak/> today.", "Rest break today."),
    # signs that nobody sees, and such as turn the text round
    ("Re\u200bst to\u00adday\ufeff.", "Rest today."),
    ("\u202eRest\u202c \u2066today\u2069.", "Rest today."),
    ("Rest\ufe0f today\U000e0020\U000e0041.", "Rest today."),
    ("Rest \ue000 \ufdd0 today.", "Rest today."),
    ("Rest\u2028today\u2029.", "Rest today."),
    # floods
    ("Re\u0301" + "\u0336" * 400 + "st today.", "Re\u0301" + "\u0336" * 5 + "st today."),
    # words that look like commands of a program
    ("--voice=de Rest today.", "voice=de Rest today."),
]


@pytest.mark.fault("F33", "a sentence with such signs sounds like the one without")
@pytest.mark.attack("speech", "a hostile sentence sounds like its harmless words")
@pytest.mark.parametrize(("hostile", "harmless"), PAIRS)
def test_a_hostile_sentence_sounds_like_its_harmless_words(hostile: str, harmless: str) -> None:
    assert heard(hostile, "en") == heard(harmless, "en")
    assert heard(harmless, "en")


@pytest.mark.parametrize("lang", ["es", "fr", "de", "cy", "ar"])
@pytest.mark.parametrize(
    ("hostile", "harmless"), [PAIRS[0], PAIRS[1], PAIRS[6], PAIRS[9], PAIRS[10], PAIRS[15], PAIRS[16]]
)
def test_it_does_in_other_languages_too(hostile: str, harmless: str, lang: str) -> None:
    assert heard(hostile, lang) == heard(harmless, lang)


@pytest.mark.fault("F26", "an endless word is spoken in parts")
@pytest.mark.parametrize(
    "word", ["a" * 60_000, "x's" * 9_000, "5" * 30_000, "\ua992\ua9bc" * 8_000, "é\u0301" * 9_000]
)
def test_an_endless_word_is_spoken_in_parts(word: str) -> None:
    page = numbered(Document(text("T"), "en", (Paragraph(text(f"Rest {word} today.")),), ()))
    lines = [line for line in scripting.write(page, Rests(), 3, "", lambda lang: True).lines if line.target]
    assert all(len(line.shown) <= 1_000 for line in lines)
    assert all(heard(line.spoken, "en") for line in (lines[0], lines[-1]))


STEERING = st.sampled_from(
    [*"[]{}<>\x01\x02\x1b\x00\u200b\u202e\ue000\u0336 Aa", "[[", "]]", "<break/>", "\x0190S", "[[x]]", "5 mg"]
)


@pytest.mark.attack("speech", "nothing that steers the voice reaches it")
@settings(max_examples=300, deadline=None)
@given(st.lists(STEERING | st.characters(exclude_categories=["Cs"]), max_size=30).map("".join))
def test_nothing_that_steers_the_voice_reaches_it(words: str) -> None:
    given_to_it = prepared(words, "en").replace(f"[[{espeak.LETTER_A}]]", "A")
    assert not set("[]{}\u200b\u202e") & set(given_to_it)
    assert all(sign >= " " for sign in given_to_it)
    assert not any(given_to_it[at + 1 : at + 2].isalpha() for at, sign in enumerate(given_to_it) if sign == "<")
