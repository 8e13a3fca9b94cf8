"""A minus with a blank after it: "store at - 20 °C" is "store at minus 20 degrees Celsius".

Source: Imprimerie nationale, Lexique des règles typographiques (signs of operations stand between blanks); seen on
pages in every language. Danger: a voice hears a pause, and ice becomes a warm room; but a dash that ends a clause
("fridge – 2 °C") must not become a minus, so that only words that no clause ends with, a sign of comparison, a
score of bone density or the strengths of a lens make it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicegen.speech.language import code_of, of_language, shared_words
from voicegen.speech.patterns import lazy

_SIGN = r"(?P<sign>[-−–‐‑]\s)"
_CELSIUS = r"(?=\d+(?:[.,]\d+)?\s?(?:[°º˚℃]|C(?!\w)))"
_TEMPERATURE = lazy(_CELSIUS)
_ANY = lazy(rf"{_SIGN}[.,]?\d")
_CERTAIN = lazy(rf"(?:[<>≤≥⩽⩾≦≧±≈~=]\s?|(?<![^\W\d_])[TZ][- ][Ss]core\s?:?\s){_SIGN}(?=[.,]?\d)")
_LENS = lazy(
    r"(?:(?<!\w)(?:R|L|RE|LE|OD|OS|OG|OI|RA|LA|[Ss]ph|[Cc]yl|SPH|CYL)[.:]?\s|\()"
    rf"{_SIGN}(?=\d{{1,2}}[.,][0257][05](?!\d|[.,]\d|\s?(?:mg|g|m[lL]|%)(?!\w)))"
)
_AT_LEAST = lazy(rf"(?<![^\W\d_])[Aa]u\s{_SIGN}(?=\d)")
"""The French "au - 6 h" is "au moins 6 h"."""
_SECOND = lazy(r"\d[^-−–+]{0,24}\s[-−–+]\s?\d")
"""A number with another behind it that has a sign, too."""
_BARE = lazy(rf"(?:\A\s*|[:(/]\s?){_SIGN}{_CELSIUS}(?P<whole>\d+)")
"""A temperature that nothing stands before, or a colon, bracket or slash."""
_FEVERS = range(34, 44)
"""Degrees Celsius before which a sign at the beginning is rather the mark of a list: "- 38 °C or more"."""
_WORD = lazy(r"[^\W\d_]{2}")
_BEFORE_DOSE = lazy(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,})\.?(?P<colon>:?)(?P<dash>[ \u00a0][-–‐‑]|(?<=:)[-–‐‑])"
    r"(?=\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?[ \u00a0]?"
    r"(?:mg|mcg|[µμ]g|IU|UI|IE|units?|мг|мкг)(?![^\W_]|\s?/|\s(?:per|pro|par|por)\s))"
)


def signs(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Start and end of every such sign, with the blank after it, in the order of the text."""
    if not _ANY.search(text):
        return
    found = {match.span("sign") for match in (*_CERTAIN.finditer(text), *_LENS.finditer(text))}
    if code_of(lang) == "fr":
        found |= {match.span("sign") for match in _AT_LEAST.finditer(text)}
    for match in _after(lang, "any_number").finditer(text):
        if _SECOND.match(text, match.end()):
            found.add(match.span("sign"))
    for match in _after(lang, "temperature").finditer(text):
        if found or _TEMPERATURE.match(text, match.end()):
            found.add(match.span("sign"))
    for match in _BARE.finditer(text):
        first = not text[: match.start("sign")].strip()
        if int(match["whole"]) not in _FEVERS and not (first and _WORD.search(text, match.end())):
            found.add(match.span("sign"))
    yield from sorted(found)


def before_doses(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each dash that touches the dose behind a word, and what is heard for it: "Aspirin -75 mg".

    No dose is less than nothing, so that it is a minus only after a word for a change, or as the sign itself.
    """
    for found in _BEFORE_DOSE.finditer(text):
        if found["word"].casefold() not in shared_words("minus")["changes"]:
            yield *found.span("dash"), " " if found["colon"] else ", "


@lru_cache(maxsize=128)
def _after(lang: str, table: str) -> re.Pattern[str]:
    """The sign before a number after one of the words of a table."""
    words = of_language(shared_words("minus")[table], lang, "").split()
    return re.compile(rf"(?<![^\W\d_])(?i:{'|'.join(map(re.escape, words)) or '(?!)'})\s{_SIGN}(?=\d)")
