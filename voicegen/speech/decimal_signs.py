"""Points and commas that voices drop, or take for what they are not, in languages without rules of speech.

Measured: espeak-ng 1.51 says "0.125" as "zero thousand one hundred and twenty-five" in Italian, Russian, Turkish
and 25 other languages, and "0,125" so in as many more; the decimal comma of Kazakh, Georgian or Afrikaans before
three digits it takes for one of thousands, and the point of thousands of Croatian and Serbian for a decimal one.
".5 mg" is "5 mg" in most languages, and "2,5 mg" two and five where decimals have points.
Danger: a dose a thousand times too high. Whose voice does what, and what is written: `words/number_marks.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.language import code_of, shared_words
from voicegen.speech.number_signs import LEAST_TABLET, of_one_way
from voicegen.speech.passage import Claim
from voicegen.speech.patterns import lazy

_THREE = lazy(r"(?<![\w.,'’٫/:])(?P<whole>0|[1-9]\d{0,2})(?P<mark>[.,])(?P<part>\d{3})(?![\d'’]|[.,/:]\d)")
_GROUPS = lazy(r"(?<![\w.,'’/:])[1-9]\d{0,2}(?P<mark>[.,'’])\d{3}(?:(?P=mark)\d{3})*(?!\d|[.,'’/:]\d)")
_UNIT = (
    r"(?=[ \u00a0\u202f]?(?:(?:m?g|mcg|[µμ]g|kg|m?[lL]|[cm]m|mmol|IU|UI|IE|мг|мкг|г|кг|мл|ملغ|ملجم|مل|מ[\"״]ג|มก"
    r"|毫克|毫升|मिग्रा)(?![^\W_])|mil{1,2}[iy]|[%°]))"
)
_BARE = lazy(
    rf"(?:\A|(?<=[(<>≤≥=~±:])|(?<=(?:[^\W\d_]|[:;,])[ \u00a0]))(?P<mark>[.,])(?P<part>\d{{1,4}})(?![\d.,]){_UNIT}"
)
"""As in ".5 mg", without its nought."""
_COMMA = lazy(rf"(?<![\w.,:/])(?:(?:\d{{1,3}},\d[1-9]?|0,\d0)(?![\d.,]){_UNIT}|0,\d{{4,6}}(?![\d.,]))")
_STRENGTHS = lazy(rf"(?<![\w.,:/])[1-9]\d{{0,2}},[1-9]0(?![\d.,]){_UNIT}")
"""Two strengths of a medicine, and no decimal fraction: "10,20 mg"."""


def claims(text: str, lang: str) -> Iterator[Claim]:
    """What is said for the sign of such a number, or the number closed up where the sign is one of thousands."""
    code = code_of(lang)
    decimals = {match.start() for match in LEAST_TABLET.finditer(text)}
    for start, end, whole, mark, part in of_one_way(text):
        sign = mark and (_said(code, mark, part, True) or mark)
        yield Claim(start, end, f"{whole}{_spaced(sign)}{part}")
    for match in _GROUPS.finditer(text):
        mark = match["mark"]
        if match.start() not in decimals and (mark in "'’" or _is_in("joined", mark, code)):
            yield Claim(*match.span(), re.sub(r"\D", "", match[0]))
    for match in _THREE.finditer(text):
        sure = match["whole"] == "0" or match.start() in decimals
        if said := _said(code, match["mark"], match["part"], sure):
            yield Claim(match.start("mark"), match.end(), _spaced(said) + match["part"])
    for match in _BARE.finditer(text):
        said = _said(code, match["mark"], match["part"], True) or match["mark"]
        yield Claim(*match.span(), f"0{_spaced(said)}{match['part']}")
    for match in _COMMA.finditer(text) if _is_in("thousands", ",", code) else ():
        yield Claim(*match.span(), match[0].replace(",", "."))
    for match in _STRENGTHS.finditer(text) if _is_in("thousands", ",", code) else ():
        written = code in shared_words("number_marks")["before_three"][","]  # decimals with a comma
        yield Claim(*match.span(), match[0].replace(",", "." if written else ", "))


def _spaced(sign: str) -> str:
    return sign if sign in ".," else f" {sign} "


def _said(code: str, mark: str, part: str, sure: bool) -> str:
    """What is said for the sign; empty where the voice says the right thing. `sure`: it is a decimal one."""
    tables = shared_words("number_marks")
    if sure:
        other = "," if mark == "." else "."
        is_thousands = (len(part) == 3 or mark == ",") and _is_in("thousands", mark, code)
        decimal: str = other if is_thousands else tables["decimal"].get(code, "")
        return "" if decimal == mark else decimal
    if part.endswith("00") and _is_in("round_thousands", mark, code):
        return ""
    said: str = tables["before_three"][mark].get(code, "")
    return said


def _is_in(table: str, mark: str, code: str) -> bool:
    return code in shared_words("number_marks")[table].get(mark, "").split()
