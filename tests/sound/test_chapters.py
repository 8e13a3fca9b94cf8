from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from voicegen.sound.chapters import at_most, cut, one_line

anything = st.text(st.characters(codec=None), max_size=300)


@given(anything)
def test_a_title_is_one_line_of_text_that_every_tag_can_hold(words: str) -> None:
    title = one_line(words)
    assert len(title.splitlines()) <= 1
    assert "\0" not in title
    assert not {unicodedata.category(mark) for mark in title} & {"Cc", "Cs", "Zl", "Zp"}
    assert title.encode().decode() == title
    assert title.encode("utf-16-le").decode("utf-16") == title, "and nothing in it looks like a byte order mark"
    assert one_line(title) == title


def test_what_joins_letters_and_pictures_stays() -> None:
    marks = ("a\u200eb\u200fc\u2067d\u2069", "e\u0301", "no\u00a0break", "soft\u00adhyphen")
    for words in ("👩🏽\u200d⚕️", "می\u200cخواهم", *marks):
        assert one_line(words) == words


def test_what_would_turn_or_end_the_line_does_not() -> None:
    assert one_line("a\u202eb\u202cc\nd\te\u2028f\x1bg") == "abc d e f g"


@given(anything.map(one_line), st.integers(3, 400))
def test_a_title_is_cut_between_characters_and_says_so(words: str, most: int) -> None:
    short = cut(words, most)
    assert len(short.encode()) <= most
    if short != words:
        assert len(words.encode()) > most
        assert short.endswith("…")
        assert words.startswith(short[:-1])
        assert not unicodedata.combining(words[len(short) - 1])


@given(st.lists(st.integers(1, 6), min_size=1, max_size=400), st.integers(1, 300))
def test_a_table_of_chapters_is_never_longer_than_it_may_be_and_keeps_the_higher_levels(
    levels: list[int], most: int
) -> None:
    kept = at_most(levels, most)
    assert kept == sorted(set(kept))
    assert len(kept) <= most
    if len(levels) <= most:
        assert kept == list(range(len(levels)))
    left_out = {levels[at] for at in set(range(len(levels))) - set(kept)}
    if left_out:
        highest = min(left_out)
        assert {at for at, level in enumerate(levels) if level < highest} <= set(kept)
        assert max(levels[at] for at in kept) <= highest
        assert 2 * len(kept) > most, "and it uses most of its room"
