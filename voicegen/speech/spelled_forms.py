"""Signs that no voice says, spelled out: "㎎" is "mg", "¾" is "3/4", "⑩" is "10", "kg⁻¹" is "/kg".

For languages that have no rules of speech: the others have rules of their own for most of these. Measured of the
library that voicegen comes with (espeak-ng 1.51, the phonemes of each sign in 60 languages): full-width digits,
letters and signs, "℃", the fractions from fifths to eighths, circled numbers and a raised "⁻¹" are silence in all,
"¾" in 46, "㎎" is "Chinese letter"; digits of other scripts are silence but in the languages of `own_digits`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from voicegen.speech import enclosed
from voicegen.speech.language import SQUARE_SYMBOLS, shared_words
from voicegen.speech.passage import Claim
from voicegen.speech.patterns import lazy
from voicegen.speech.plain_letters import plain_letters

FRACTIONS = "¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
"""Those that most voices drop; ½, ⅓, ⅔ and ¼ are said, if in English."""
_SQUARE = lazy(f"[{SQUARE_SYMBOLS}℃℉]")
_FRACTION = lazy(rf"(\d)?[ \u00a0]?([{FRACTIONS}])")
_INVERSE = lazy(
    r"(?<=[A-Za-z\d¹²³])(?P<gap>[\s·⋅])(?P<unit>[A-Za-zµμ]{1,4})(?P<power>⁻[¹²³]|\^-1)(?![⁰¹²³⁴⁵⁶⁷⁸⁹\d])"
)


def plain(text: str, code: str) -> str:
    """The text in plain letters and digits, place by place; the digits of the language's own script stay."""
    if text.isascii():
        return text
    own = own_digits(code)
    return "".join(
        mark if _is_own_digit(mark, own) or unicodedata.decomposition(mark).startswith("<narrow>") else letter
        for mark, letter in zip(text, plain_letters(text), strict=True)
    )


def _is_own_digit(mark: str, zero: int) -> bool:
    digit = unicodedata.decimal(mark, None)
    return digit is not None and ord(mark) - int(digit) == zero


@lru_cache(maxsize=64)
def own_digits(code: str) -> int:
    """The code point of the zero whose digits the voices of a language say; 0 where there is none but "0"."""
    zero = shared_words("number_marks")["own_digits"].get(code, "")
    return ord(zero) if zero else 0


def spelled(text: str, slash: str, per: str) -> Iterator[Claim]:
    """What is said for such signs in a text in plain letters.

    `slash` and `per` are the words for a slash between numbers and between units, empty where voices say the sign.
    """
    if text.isascii() and "^-1" not in text:
        return
    between = f" {slash} " if slash else "/"
    for match in _SQUARE.finditer(text):
        yield Claim(*match.span(), _apart(text, match.start()) + unicodedata.normalize("NFKC", match[0]))
    for match in _FRACTION.finditer(text):
        upper, lower = unicodedata.normalize("NFKC", match[2]).split("⁄")
        yield Claim(match.start(2), match.end(), f"{' ' if match[1] else ''}{upper}{between}{lower}")
    yield from (Claim(*number) for number in enclosed.numbers(text))
    for match in _INVERSE.finditer(text):
        yield Claim(*match.span("gap"), f" {per} " if per else "/")
        yield Claim(*match.span("power"), match["power"][-1].strip("¹1"))


def _apart(text: str, start: int) -> str:
    return " " if text[:start][-1:].isdigit() else ""
