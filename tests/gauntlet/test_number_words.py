from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.gauntlet.number_words import folded, number_words

WORDS = {
    "en": {
        "nine hundred and ninety nine": "999",
        "nine nine nine": "9 9 9",
        "zero point one two five": "0.125",
        "oh point oh five": "0.05",
        "two thousand and twenty-six": "2026",
        "thousand five hundred": "1500",
        "one and two": "1 and 2",
        "the twenty first of May": "the 21st of May",
        "eight hundred-five five": "800-5 5",
        "two point five million": "2.5 million",
        "one,five milligrams": "1, 5 milligrams",
        "two million people": "2,000,000 people",
        "twenty four– forty eight hours": "24–48 hours",
        "ten slash five": "10/5",
        "one and three quarters, two thirds": "1 and three quarters, two thirds",
    },
    "es": {
        "dos mil veintiséis": "2026",
        "treinta y cinco": "35",
        "tres y cinco": "3 y 5",
        "cero coma ciento veinticinco": "0,125",
        "por ciento": "por ciento",
        "uno por mil": "1 por mil",
    },
    "fr": {
        "quatre-vingt-dix-sept": "97",
        "soixante et onze": "71",
        "dix sept": "17",
        "deux virgule zéro cinq": "2,05",
        "trente pour cent": "30 pour cent",
        "mille neuf cent quatre-vingt-quatre": "1984",
    },
    "de": {
        "einhundertachtundzwanzig": "128",
        "vier und zwanzig": "24",
        "fünf hundert": "500",
        "null komma eins zwei fünf": "0,125",
        "am einundzwanzigsten Mai": "am 21. Mai",
        "zwei und drei": "2 und 3",
        "Achtung, zehn⁹": "Achtung, 10⁹",
    },
}


@pytest.mark.parametrize(("code", "words"), [(code, words) for code in WORDS for words in WORDS[code]])
def test_numbers_in_words_become_digits(code: str, words: str) -> None:
    assert folded(words, code) == WORDS[code][words]


def test_a_year_in_two_halves_is_one_number_only_where_it_is_asked_for() -> None:
    assert folded("in twenty twenty six", "en", years=True) == "in 2026"
    assert folded("in twenty twenty six", "en") == "in 20 26"
    assert folded("twenty-thirty per cent", "en", years=True) == "20-30 per cent"


@settings(deadline=None)
@given(st.integers(0, 999_999))
def test_every_english_number_is_read_back(number: int) -> None:
    assert folded(english(number), "en").replace(",", "") == str(number)


def english(number: int) -> str:
    """A number in English words."""
    names = number_words("en")
    assert names is not None
    word = {value: name for name, value in names.small.items() if name != "oh"}
    if number >= 1000:
        rest = f" {english(number % 1000)}" if number % 1000 else ""
        return f"{english(number // 1000)} thousand{rest}"
    if number >= 100:
        return f"{word[number // 100]} hundred" + (f" and {english(number % 100)}" if number % 100 else "")
    return word[number] if number in word else f"{word[number - number % 10]}-{word[number % 10]}"


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "es", "fr", "de", "cy", "../en"]))
def test_any_text_is_folded(text: str, code: str) -> None:
    assert isinstance(folded(text, code, years=True), str)
    if code in ("cy", "../en"):
        assert folded(text, code) == text


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    for text in ("ein" * 20_000, "one and " * 10_000, "zero point " * 10_000, "9" * 50_000):
        for code in ("en", "de"):
            folded(text, code, years=True)
