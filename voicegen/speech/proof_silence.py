"""What no voice can be trusted to say of the words for the engine: signs that a rule should have put in words.

Measured: the default engine drops "<" and the dash in "20–30", other voices drop more, and all spell symbols of
units or guess. So the proof takes such a sign for silence, and a rule that is switched off is noticed too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from voicegen.speech.language import shared_words
from voicegen.speech.patterns import lazy
from voicegen.speech.proof_words import proof_words

_SIGNS = lazy(
    r"[<>≤≥⩽⩾≦≧±≠≈≃≅∼~=≙⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻%‰°º˚℃℉£$€¥½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞\uff01-\uff5e\ufb00-\ufb06]"
    r"|(?<![\d.])\.(?=\d)|(?<=\d)\s?[ap]\.?m(?!\w)"
)
_DASH = lazy(r"(?:(?<=\d)|(?<=\dm)|(?<=\d m))\s?[‒–—−]\s?(?=\+?[.,]?\d)|(?:(?<=\dm)|(?<=\d m))-(?=\d)")
_OPEN = lazy(
    r"((?:\b(?:open|opening (?:hours|times)|hours|clinic|surgery|reception|lines|lunch|closed):? "
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*:? )"
    r"\d{1,2}\.[0-5]\d) ?[-–—] ?(?=\d{1,2}(?:\.[0-5]\d)?(?![\w%/:]|\.\d| ?(?:mi|g|k|mc|ml)))",
    re.IGNORECASE,
)
"""The dash of opening hours, whose second number may be lower."""
_HYPHEN = lazy(r"(?<![\w./-])(\d{1,9})\s?[-‐‑]\s?(\d{1,9})(?![\w/-])")
_MINUS = lazy(r"(?<!\w)[-−–‐‑](?=[.,]?\d)")
_WORDS_TOO = frozenset(("m", "v", "u", "w", "s", "d", "h", "g", "l", "j", "c", "f", "min", "mo", "cal"))
"""Symbols that may be a letter or a word: the rules leave them alone where they can't tell."""


def audible(text: str, code: str) -> str:
    """The text without signs, symbols and short forms that are not words."""
    text = _OPEN.sub(r"\1 ", _DASH.sub(" ", text))
    text = _counted(code).sub(r"\1 ", _spans(code).sub(r"\1 ", _measured(code).sub(r"\1 ", text)))
    text = re.sub(r"(?<=\d)[·∙⋅•٫](?=\d)", " ", text)
    text = _HYPHEN.sub(_apart, text)
    text = _symbols(code).sub(" ", _MINUS.sub("", text))
    for short in _short_forms(code):
        if short in text:
            text = re.sub(rf"(?<![\w.]){re.escape(short)}(?!\w)", " ", text)
    return _SIGNS.sub(" ", text)


@lru_cache(maxsize=8)
def _spans(code: str) -> re.Pattern[str]:
    """A dash between two lengths of time in words, which no voice says: "6 months–5 years"."""
    units = shared_words(f"proof/{code}")["meanings"]["unit"]
    names = {name for unit in ("min", "h", "d", "week", "month", "year") for name in units.get(unit, ())}
    words = "|".join(sorted((re.escape(name) for name in names if len(name) > 1), key=len, reverse=True))
    return re.compile(rf"(?<=\d )({words})\s?[-–—]\s?(?=\d+(?:[.,]\d+)? (?:{words})(?!\w))", re.IGNORECASE)


@lru_cache(maxsize=8)
def _measured(code: str) -> re.Pattern[str]:
    """A dash between a unit in words and a number: "5 millilitres–10 milligrams"."""
    units = shared_words(f"proof/{code}")["meanings"]["unit"]
    words = "|".join(
        sorted((re.escape(name) for names in units.values() for name in names if len(name) > 3), key=len)
    )
    return re.compile(rf"(?<![^\W\d_])({words})[-–—](?=\d)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _counted(code: str) -> re.Pattern[str]:
    """A dash between two numbers in words: "one–two tablets"."""
    numbers = shared_words(f"proof/{code}")["meanings"]["number"]
    few = [name for number, names in numbers.items() if number.isdigit() and int(number) <= 12 for name in names]
    words = "|".join(sorted((re.escape(name) for name in few if name.isalpha()), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({words})[–—](?=(?:{words})(?![\w-]))", re.IGNORECASE)


def _apart(found: re.Match[str]) -> str:
    """Two numbers that rise are a range, which a hyphen does not say; others are a code."""
    return f"{found[1]} {found[2]}" if int(found[1]) < int(found[2]) else found[0]


@lru_cache(maxsize=8)
def _symbols(code: str) -> re.Pattern[str]:
    """Symbols of units that are no words of the language, after a number."""
    units = shared_words("proof/symbols")["meanings"]["unit"]
    words = {word for names in shared_words(f"proof/{code}")["meanings"]["unit"].values() for word in names}
    symbols = {name for names in units.values() for name in names if name[0].isalpha()} - words - _WORDS_TOO
    ordered = sorted(symbols, key=len, reverse=True)
    return re.compile(rf"(?<=\d)\s?(?:{'|'.join(map(re.escape, ordered))})(?![\w'’-])", re.IGNORECASE)


@lru_cache(maxsize=8)
def _short_forms(code: str) -> tuple[str, ...]:
    """Short forms of amounts and denials that are no ordinary words, and signs that deny."""
    words = proof_words(code)
    return (*(short for short in words.short_forms if "." in short or "/" in short), *words.denying_signs)
