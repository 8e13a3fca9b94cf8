"""The filter between what is said and any engine."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.model.characters import is_newer
from voicegen.speech.for_engines import MOST_MARKS, plain

HOSTILE = st.sampled_from(
    [*"[]{}<>/\x01\x00\x1b\u200b\u202e\ufeff\u2066\ue000\ud83d\ufdd0\u0301\u3164 \n", "<b>", "[["]
)


@pytest.mark.fault("F33", "invisible signs and signs of direction reach no engine, and no dose is parted by them")
@pytest.mark.parametrize(
    ("written", "given_to_engines"),
    [
        ("Take [[h@l@U]] daily", "Take ((h@l@U)) daily"),
        ("[\u200b[x]\u2060]", "((x))"),
        ("{HH AH0} there", "(HH AH0) there"),
        ("\x0180S two", " 80S two"),
        ("Up\u202ereversed\u202c\u2066!", "Upreversed!"),
        ("tab\u200blet sof\u00adt", "tablet soft"),
        ("a\x00b\x85c\u2028d\ue000e\ufdd0f", "a b c d e f"),
        ("half \ud83d pair", "half pair"),
        ("<speak>hi</speak>", " speak hi speak "),
        ("say <break time='9s'/> more", "say break time='9s' more"),
        ("<scr\u200bipt x", " script x"),
        ("<!DOCTYPE x [<!ENTITY y>]>", " DOCTYPE x ( ENTITY y )>"),
        ("flag \U0001f1e6\ufe0f\U000e0067", "flag \U0001f1e6"),
        ("e" + "\u0301" * 50, "é" + "\u0301" * MOST_MARKS),
        ("cafe\u0301", "café"),
    ],
)
def test_what_could_steer_an_engine_is_taken_out(written: str, given_to_engines: str) -> None:
    assert plain(written).replace("\u0301" * MOST_MARKS, "\u0301" * MOST_MARKS) == given_to_engines


@pytest.mark.parametrize(
    "text",
    [
        "Take 5 mg (2 tablets), if < 38.5 °C; x > y, a<5 and 3≤4 – “now” & then: 50%!",
        "می\u200cروم",
        "ශ්\u200dරී",
        "שָׁלוֹם",
        "Việt Nam – tiếng Việt",
        "¿Qué? Straße, œuvre, naïve",
        "你好。おはよう",
    ],
)
def test_ordinary_text_of_any_language_stays_as_it_is(text: str) -> None:
    assert plain(text) == unicodedata.normalize("NFC", text)


@pytest.mark.fault("F29", "no sign that steers reaches an engine")
@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60) | st.lists(HOSTILE | st.sampled_from(["a", "A ", "5 mg"]), max_size=20).map("".join))
def test_no_sign_that_steers_is_ever_left_and_filtering_again_changes_nothing(text: str) -> None:
    left = plain(text)
    assert not set("[]{}\u200b\u202e\ufeff") & set(left)
    assert all(unicodedata.category(sign) not in ("Cc", "Cs", "Co") for sign in left)
    assert not any(map(is_newer, left))  # unassigned, but for the pictures that a newer Python knows
    assert not any(left[at] == "<" and left[at + 1 : at + 2].isalpha() for at in range(len(left)))
    left.encode()
    assert plain(left) == left


@given(st.text(max_size=60))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    def letters(words: str) -> list[str]:
        return [sign for sign in unicodedata.normalize("NFC", words) if sign.isalnum() and sign != "\u3164"]

    unseen = {"\u115f", "\u1160", "\uffa0"}
    assert [one for one in letters(plain(text)) if one not in unseen] == [
        one for one in letters(text) if one not in unseen
    ]
