"""What kinds of difficulty a sentence holds, told from the signs in it and so in any language.

A sentence counts in each kind that it has; one that has none is "plain words".
"""

from __future__ import annotations

import re

PLAIN = "plain words"
_LETTER = r"[^\W\d_]"
_UNIT = (
    r"(?:[kmcdnpµμu]?g|mcg|[mdcµμ]?[lL]|[kcmµμn]?m[²³23]?|[mnpµμ]?mol|IU|UI|IE|m?U|mmHg|cmH2O|k?cal|kJ|k?Hz"
    r"|lb|oz|st|ft|Gy|mSv|dB|bpm|lpm)"
)
KINDS: dict[str, re.Pattern[str]] = {
    "doses and units": re.compile(rf"\d[\s-]?{_UNIT}(?!{_LETTER})|{_LETTER}/(?:kg|[mdLl]+|h|min|day|d)\b"),
    "decimals and thousands": re.compile(r"\d[.,]\d|(?<!\d)[.,]\d|\d[ \u00a0\u202f]\d{3}(?!\d)"),
    "ranges": re.compile(rf"\d\s?[^\W\d_%°]{{0,3}}\s?[-–—→]\s?\d|\b{_LETTER}{{2,}}[–—]{_LETTER}{{2,}}"),
    "comparators": re.compile(r"[<>≤≥~±≈]|\d\+(?!\d)"),
    "minus signs": re.compile(r"(?<![\w)])[-−–](?=\d)"),
    "per cent": re.compile(r"[%‰]"),
    "temperatures": re.compile(r"\d\s?(?:°\s?[CF]?|[CF])(?!\w)"),
    "slashes and ratios": re.compile(r"\d\s?[/:]\s?\d"),
    "fractions and powers": re.compile(r"[½⅓⅔¼¾⅛⁰¹²³⁴-⁹₀-₉]|\^\d|\b1/[234]\b"),
    "dates": re.compile(
        rf"\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{1,2}}\.?\s(?:de )?{_LETTER}{{3,10}}\.?\s(?:de )?\d{{4}}|\d0s\b"
    ),
    "times": re.compile(r"\b\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\b|Uhr\b|h\b)|(?<!\d)\d{1,2}:\d{2}(?!\d)|\dh\d"),
    "phone numbers": re.compile(r"\b(?:999|111|112|911|988)\b|\+\d{2}|\d[\d ()-]{5,}\d{2,}|\b1\d\d 1\d\d\b"),
    "money": re.compile(r"[£$€¥]"),
    "capitals": re.compile(rf"(?<!{_LETTER})[A-ZÀ-Þ]{{2,}}"),
    "short forms": re.compile(
        rf"(?<!\w)(?:{_LETTER}{{1,6}}\.(?=\s?[^\W_]|,)|{_LETTER}/{_LETTER}|n[.º°]+)|[&@]|www\."
    ),
}
"""Kind: what shows it."""


def kinds(shown: str) -> tuple[str, ...]:
    """The kinds that a sentence counts in; at least one."""
    return tuple(kind for kind, pattern in KINDS.items() if pattern.search(shown)) or (PLAIN,)
