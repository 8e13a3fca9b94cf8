"""Numbers that an engine would misread: ".5 mg" is "0.5 milligrams", "0.125" in Spanish is "0,125".

Source: ISMP (no naked decimal point: ".5" has been taken for "5"); measured: the default engine's German, French
and Spanish voices say "0.125" as "zero thousand one hundred and twenty-five". Danger: a dose ten or a thousand
times too big. A plain space between digits may part two numbers ("take 2 500 mg tablets"), so it is closed up
only where the language groups thousands so and the first group has two digits or more, or where the last group is
"000", which is no amount ("5 000 mg"). Switzerland writes 1'000, some British journals 0·5. "3.125 mg" is
carvedilol's everywhere, with a comma, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech import counted_first
from voicegen.speech.number_signs import LAKHS, LEAST_TABLET, ROUND, of_one_way
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import RAISED_POINT

_THIN = lazy(r"(?<![\w.,+/-])\d{1,3}(?:[\u2009\u202f\u00a0]\d{3})+(?!\w|[.,-]\d)")
_ROUND = lazy(ROUND)
_SWISS = lazy(r"(?:(?<![\w.,+/-])|(?<=\d{3}-))\d{1,3}(?:['’٬]\d{3})+(?!\w|['’]\d)")
_SWISS_SPAN = lazy(
    r"(?<![\w.,+/'’–-])(?P<low>\d{1,3}(?:['’]\d{3})+|\d{3})(?P<dash>\s?[-–]\s?)(?P<high>\d{1,3}(?:['’]\d{3})+)(?!\w|['’-]\d)"
)
_PLAIN = lazy(r"(?<![\w.,+/-])(?<!\d )\d{2,3}(?: \d{3})+(?!\w|[.-]\d| \d)")
_APOSTROPHE = lazy(r"(?<![\w.,'’])(\d{1,3})['’](\d{1,2})(?![\d'’\"”″]|[.,]\d)")
_THREE = lazy(r"(?<![\w.,+/-])(\d{1,3})([.,])(\d{3})(?![\d.,]\d|\d|[.,]\d)")
_DECIMAL_COMMA = lazy(r"\d{1,3},(?:\d{1,2}|\d{4,6})|0,\d{3}")
_COUNT = lazy(r"(?<![\w.,+/-])(?<!\d )[1-9] \d{3}(?= [a-zà-ÿ]{4})")
"""As in "1 200 personas", of which a Spanish voice makes one and two hundred."""
_SPAN = lazy(
    r"(?<![\w.,+/–-])(?<!\d )(?!11[26] )([1-9]\d{0,2}[ \u00a0\u202f]\d{3}|[1-9]\d\d)\s?[-–]\s?"
    r"([1-9]\d{0,2}[ \u00a0\u202f]\d{3})(?!\w|[.,-]\d|[ \u00a0\u202f]\d)"
)
"""A range of spaced thousands: "4 500-11 000"."""
_BEFORE_UNIT = lazy(r"(?:(?<![\w.,+/-])|(?<=\d-))(?<!\d )\d{1,3}(?: \d{3})+(?!\w|[.-]\d| \d)")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if passage.language.code != "en":
        yield from _foreign(passage)
    else:
        yield from (Claim(*match.span(), match[0].replace(",", ".")) for match in LEAST_TABLET.finditer(text))
    yield from _of_one_way(passage)
    for quantity in passage.quantities:
        if quantity.digits[0] in ".,":
            yield Claim(quantity.start, quantity.number_end, f"0{quantity.digits}")
        elif RAISED_POINT.search(text, quantity.start, quantity.number_end):
            yield Claim(quantity.start, quantity.number_end, quantity.digits)
        elif passage.language.code == "en" and LAKHS.fullmatch(quantity.digits):
            yield Claim(quantity.start, quantity.number_end, f"{int(quantity.digits.replace(',', '')):,}")
        elif passage.language.code == "en" and _DECIMAL_COMMA.fullmatch(quantity.digits):
            yield Claim(quantity.start, quantity.number_end, quantity.digits.replace(",", "."))
    for match in _SWISS_SPAN.finditer(text):
        low, high = (re.sub(r"\D", "", match[number]) for number in ("low", "high"))
        if int(low) < int(high):
            yield Claim(*match.span("dash"), f" {passage.language.word('to')} ")
    for start, end in _with_signs_of_thousands(passage):
        yield Claim(start, end, re.sub(r"\D", "", text[start:end]))


def _with_signs_of_thousands(passage: Passage) -> Iterator[tuple[int, int]]:
    """Numbers whose thousands are parted by blanks or apostrophes, which are closed up."""
    text, language = counted_first.apart(passage.text), passage.language
    numbers = language.words("numbers")
    patterns = [_ROUND, _SWISS] if text.isascii() else [_THIN, _ROUND, _SWISS]
    yield from (match.span() for pattern in patterns for match in pattern.finditer(text))
    blanks = " " in numbers["thousands"]
    if blanks:
        for match in _SPAN.finditer(text):
            low, high = (int(re.sub(r"\D", "", number)) for number in match.groups())
            if low < high:
                yield from (match.span(1), match.span(2))
        yield from (match.span() for match in _BEFORE_UNIT.finditer(text) if match.end() in passage.measured)
    if language.code == "es":
        yield from (match.span() for match in _COUNT.finditer(text))
    if not blanks or language.region in numbers.get("point_regions", ()):
        for quantity in passage.quantities:
            if " " in quantity.digits:
                yield quantity.start, quantity.number_end
    if blanks:
        yield from (match.span() for match in _PLAIN.finditer(text))


def _of_one_way(passage: Passage) -> Iterator[Claim]:
    """Numbers that only one country writes so, as the voice's own writes them."""
    language = passage.language
    points = language.code == "en" or language.region in language.words("numbers").get("point_regions", ())
    decimal = "." if points else ","
    for start, end, whole, mark, part in of_one_way(passage.text):
        natural = mark == decimal and language.code != "es"  # Mexico's voices say it as those of Spain
        if not natural and (mark or language.code != "en"):
            yield Claim(start, end, f"{whole}{mark and decimal}{part}")


def _foreign(passage: Passage) -> Iterator[Claim]:
    """Points and commas before three digits, by what they mean in the country; word for word if that is unsure."""
    numbers = passage.language.words("numbers")
    region = passage.language.region
    if passage.language.code == "es":  # "1'5 ml", as Spain writes by hand
        for match in _APOSTROPHE.finditer(passage.text):
            yield Claim(match.start(), match.end(), f"{match[1]},{match[2]}")
    for match in _THREE.finditer(passage.text):
        whole, mark, rest = match[1], match[2], match[3]
        zero, is_least = whole.startswith("0"), LEAST_TABLET.match(passage.text, match.start()) is not None
        if zero and mark == ".":
            yield Claim(match.start(), match.end(), f"{whole},{rest}")
        elif zero:
            continue
        elif region in numbers.get("point_regions", ()):
            words = whole + rest if mark == "," and not is_least else f"{whole} {numbers['point']} {rest}"
            yield Claim(match.start(), match.end(), words)
        elif region in numbers.get("unsure_regions", ()):
            yield Claim(
                match.start(), match.end(), f"{whole} {numbers['comma' if mark == ',' else 'point']} {rest}"
            )
        elif is_least:
            yield Claim(match.start(), match.end(), f"{whole},{rest}")


RULE = Rule(
    "decimals",
    "Puts the zero before a bare decimal point, says a decimal comma as a point and closes up spaced thousands.",
    _find,
    "digit",
)
