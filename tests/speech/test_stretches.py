"""What an engine would leave out without a word is parted before it gets it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen.engines import tone
from voicegen.model.script import Line
from voicegen.speech.stretches import LONGEST_WORD, within_reach
from voicegen.steps.speaking import Speaker
from voicegen.stores.memory import Memory


def parted(text: str) -> str:
    return within_reach([(text, False)])[0]


@pytest.mark.parametrize(
    "text",
    [
        "Take one tablet of 500 mg twice a day with food, and not more than eight in 24 hours.",
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
        "word " * 80,
        "7, " * 400,
        "",
        " ",
    ],
)
def test_what_an_engine_can_take_is_left_as_it_is(text: str) -> None:
    assert parted(text) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]) | st.just(" "), max_size=3_000))
def test_nothing_but_blanks_and_commas_comes_and_nothing_goes(text: str) -> None:
    left = iter(parted(text))
    assert all(sign in left for sign in text), "each sign is there, in order"
    rest = parted(text)
    for sign in set(text) - {" ", ","}:
        assert rest.count(sign) == text.count(sign)


@given(st.text(st.sampled_from("abπдአ7-/,.́"), max_size=500))
def test_no_word_is_longer_than_an_engine_takes(text: str) -> None:
    assert all(len(word) <= LONGEST_WORD for word in parted(text).split())


@pytest.mark.parametrize("text", ["give 5 mg " * 150, "5 mg " * 200, "now give 5 mg " * 100])
def test_a_number_and_its_unit_are_not_parted(text: str) -> None:
    assert ", " in parted(text)
    assert "5, " not in parted(text)


def test_pieces_with_phonemes_of_their_own_stay_as_they_are_and_count() -> None:
    texts = [("7 " * 20, False), ("1" * 200, True), ("7 " * 20, False)]
    made = within_reach(texts)
    assert made[1] == "1" * 200
    assert "," in made[2]
    assert "," not in within_reach(texts[:1])[0]


def test_the_accent_of_a_letter_stays_on_it() -> None:
    text = parted("e\u0301" * 200)
    assert " " in text
    assert not any(word.startswith("\u0301") for word in text.split())


def test_a_tone_of_a_very_long_word_is_long_enough_for_its_letters() -> None:
    word = "-".join(["well", "known"] * 14)
    speaker = Speaker(tone.engine({}), Memory(), 1)
    clip, _ = speaker.clip(Line("a", "paragraph", word, word, "en", 0))
    speaker.close()
    assert clip.samples / clip.rate_hz > 1
