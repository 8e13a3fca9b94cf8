"""Signs of amounts in words, in languages that have no rules of speech yet: `words/signs.toml`.

Danger: a voice drops "<", "≤", a raised digit and the dash of a range, and turns a limit into an amount. A sign
that the file has no word for is left as it is, and the proof refuses it, but for the dash, which becomes a pause.
Some voices drop the decimal sign, or the slash of a fraction: `words/number_marks.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain

from voicegen.model.document import Run
from voicegen.speech import given_then, numbered_days, results, schedules, spaced_minus, vertebrae, weekdays
from voicegen.speech.language import code_of, of_language, shared_words
from voicegen.speech.passage import Claim
from voicegen.speech.patterns import lazy
from voicegen.speech.raised import is_marker
from voicegen.speech.raised_minutes import are_minutes
from voicegen.speech.ticks import CROSSES, NO, YES

NAME = "signs of amounts"
ABOUT = "Says <, ≤, ±, ranges and powers in words, in languages that have no other rules yet."
_NUMBER = r"(?=\s?[£€$¥%٪]?\s?(?:[-−–+]\s?)?[.,]?[\d½⅓⅔¼¾])"
_SPAN = lazy(
    r"(?<=\d)(?P<unit>\s?[^\W\d_]{0,4}[%°℃]?)\s?(?:[~～〜∼⁓]|[→⟶⇒⟹➔➜➝➞➡]\ufe0f?|[-–—]{1,2}>|=>|\.\.\.?|…)\s?(?=[<>]?\s?\d)"
)
"""Between two amounts: other signs of a range, and the arrow from one dose to the next."""
_TO = lazy(
    r"(?<=\d)(?P<unit>\s?(?:[^\W\d_]{1,4}|[%‰℃€'’′º]|°C?))(?:[-–—−‐‑](?=[<>]?\d)|\s?[-–—]\s?(?=\d+(?:[.,]\d+)?(?P=unit)(?![^\W\d_])))"
)
"""Between two amounts that both have their unit: "5 mg–10 mg", "2 °C – 8 °C"."""
_DEGREES = lazy(r"(?<=\d)\s?[°º]C?(?P<dash>\s?[-–—−‐‑]\s?)(?=\d+(?:[.,]\d+)?\s?[°º])")
"""As in "2°-8°C"."""
_CLOCKS = lazy(
    r"(?<![\w:.,/-])\d{1,2}(?::\d\d|h\d\d)(?P<dash>\s?[-–—‐‑]\s?)(?=\d{1,2}(?::\d\d(?![\d:])|h(?:\d\d)?(?!\w)))"
)
"""Between two times of day: "8:30-12:30"."""
_AND_A_PART = lazy(r"[½⅓⅔¼¾]|\s(?:1/[234]|2/3|3/4)(?![\w/])")
"""After a whole number: "1-1½", "1-1 1/2"."""
_SIGNED = lazy(
    r"(?<![\w.,/+−–-])\d{1,2}(?P<from>\s?(?:[-–—‐‑]|\.\.\.?|…)\s?)(?=\+\d{1,2}(?:[.,]\d)?\s?[°ºC%℃])|"
    r"(?<![\w.,/])[-+−–]\d+(?:[.,]\d+)?\s?(?:[°º]C?|%)?(?P<dash>\s?[-–—‐‑]\s?(?=\+\d)|\s?(?:\.\.\.?|…)\s?(?=[-+−–]\d))"
)
"""Between two numbers of which the second, or each, has its sign: "0…+5 °C", "+2...+8 °C", "-5 – +5"."""
_MASS, _VOLUME = r"(?:mcg|[µμ]g|mg|g|мкг|мг|г)", r"(?:m[lL]|[lL]|мл|л)"
_MASSES = lazy(
    rf"(?<=\d)\s?(?:(?P<mass>{_MASS})|(?P<weight>kg|кг|[gг])|{_VOLUME})(?P<dash>\s[-–—]\s)"
    rf"(?=\d+(?:[.,]\d+)?\s?(?(mass){_MASS}|(?(weight)(?:kg|кг|[gг])|{_VOLUME}))(?![\w/]))"
    r"|(?<=\d)(?P<noun>\s[^\W\d_]{5,14})(?P<to>\s[-–—]\s)(?=\d+(?:[.,]\d+)?(?P=noun)(?!\w))"
)
"""Between two amounts in units of their own, or of the same thing: "500 mg – 1 g", "10 gocce - 20 gocce".

A mass and a volume are no range ("Lasix 20 mg - 2 ml" is an ampoule's), nor are a weight and a dose.
"""
_HALVES = lazy(r"(?P<dash>(?<=[½⅓⅔¼¾])\s?[-–—‐‑]\s?(?=[\d½⅓⅔¼¾])|(?<=\d)[-–—‐‑](?=[€£$]\d))")
"""After a part, and before a price: "½-1", "£5-£10"."""
_UPPER = lazy(
    r"(?<![\w.,/–-])(?:[6-9]\d|1\d\d|2[0-6]\d)(?P<dash>\s?[-–—‐‑]\s?)"
    r"(?=(?:[6-9]\d|1\d\d|2[0-6]\d)\s?/\s?\d{2,3}(?!\d|[.,]\d|/))"
)
_LOWER = lazy(r"(?<=\d/)\d{2,3}(?P<dash>\s?[-–—‐‑]\s?)(?=\d{2,3}(?![\w/-]|[.,]\d))")
"""The upper and lower blood pressures of "120-130/80-85"."""
_PARTS = lazy(
    r"(?<![\w.,/–—-])(?P<first>\d{1,3}/\d{1,3})(?P<dash>[-–—‐‑])(?!(?P=first)(?!\d))"
    r"(?=\d{1,3}/\d{1,3}(?![\w/–—-]|[.,]\d))"
)
"""Between two dates or two parts: "24/12-02/01"."""
_DAYS_OPEN = lazy(
    r"(?<![\w–-])[^\W\d_][^\W\d_A-Z]{1,11}\.?(?P<dash>\s?–\s?)[^\W\d_][^\W\d_A-Z]{1,11}\.?(?=:?,?\s(?:[01]?\d|2[0-4])(?:[:.h]\d\d|\s?[-–]\s?\d))"
)
"""From one day of the week to another, before the hours of a day: "lun.–ven. 8:30"."""
_DATES = lazy(r"(?<=\d\.)(?P<dash>\s?[-–—]\s?)(?=\d{1,2}\.)")
_TIMES_FOLLOW = lazy(r"\s?\d+\s?[x×](?!\w)")
"""Before the unit of "5 mg/5 ml–10 mg/5 ml", which are a concentration and a higher one."""
_OPEN_AMOUNT = lazy(r"\d\s?(?:[^\W\d_]{1,4}|[%°]C?)\s\Z")
_ARROW = lazy(r"\s?[→⟶⇒⟹➔➜➝➞➡]\ufe0f?\s?")
_SIGNS = lazy(
    r"[<>](?:\s?/\s?|\s)?=|<(?=[^\W\d_])(?![^<>]*(?<!\s)>)|(?:(?<=[\s(])|^)>(?=[^\W\d_])"
    rf"|\+/[-−–]|[≤⩽≦≥⩾≧±≠≈≃≅∼]|(?<![-=<])<{_NUMBER}|(?<![-=>])>{_NUMBER}|~{_NUMBER}"
    r"|(?<![\w°º%‰'’′″€])−(?=[.,]?\d)|(?<=\d)\s?[‒–—−]\s?(?=[-−]?\d)|(?:^|(?<=[\s(\[<>≤≥=±:/]))–(?=[.,]?\d)|(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|(?<=\d)\s?×|×(?=\s?\d)|[%٪]"
)
_TELEPHONE = (
    r"(?:(?:\+\d{1,3}[ ]|0\d{1,4}[ /.-][ ]?|\(0\d{1,4}\)[ ]?)\d[\d .-]{4,12}\d|\d{2,3} \d{3}(?: \d\d){2}"
    r"|\d{3}(?: \d\d){3}|[6-9]\d\d \d{3} (?!000)\d{3})(?![\w/%]|[.,]\d)"
)
_BESIDE_TELEPHONE = lazy(
    rf"(?<=\d)(?P<dash>\s?[-–—]\s)(?={_TELEPHONE})|(?<![\w.,/+ -]){_TELEPHONE}(?P<after>\s[-–—]\s)(?=\d)"
    rf"|(?<=[^\d.,/+-]\s){_TELEPHONE}(?P<then>\s[-–—]\s)(?=\d)"
)
_UNDER = r"/(?:\d+(?:[.,]\d+)?\s?)?[^\W\d_]{1,9}[²³23]?"
_UNDER_IT = lazy(r"[/⁄∕]\d")
_RATE = lazy(
    rf"(?<=\d)\s?(?:[gmlhLU]|[^\W\d_]{{2,9}}[²³23]?|[x×])(?:{_UNDER}){{1,3}}(?![\w/])|(?<=\d)\s?[^\W\d_]{{1,6}}/\d+(?![\w/])"
    r"|(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹%])\s?/[^\W\d_]{1,3}[²³23]?(?![\w/])|(?<![\w/])mg(?:/[^\W\d_]{1,9})+(?![\w/])"
)
"""An amount per another, whose slashes some voices drop: "15 mg/kg/dia"."""
_AMOUNT = r"(?:\d{1,3}(?: \d{3})* 000|\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d{1,6}(?:[.,]\d{1,2})?)"
_HYPHENED = lazy(rf"(?<![A-Za-z\d./,-])({_AMOUNT})(?P<hyphen>\s?[-‐‑]\s?)({_AMOUNT})(?![\d‐‑-]|/\d|[.,]\d)")
"""What may be a range: it is one where the second number is higher, and neither is part of a telephone number."""
_DOSE = lazy(r"\s?(?:mg|mcg|[µμ]g|g|m[lL]|UI|IU|IE|мг|мкг|мл)(?![\w/])")
"""After two numbers of which the second is lower, it makes them one dose and the next: "10-5 mg"."""
_LARGE = lazy(
    r"\s?(?:m?g|mcg|[µμ]g|m[lL]|cc|[kc]cal|U\.?I|I[UE]|j\.\s?m|ME|IJ|TJ|NE|мг|мкг|мл|МЕ|ЕД|ккал|ملغ|ملجم|مجم|مغ|مل"
    r"|מ[\"״]ג|מ[\"״]ל|มก|มล|毫克|毫升|मिग्रा"
    r"|(?i:milli?gr\w+|micro?gr\w+|gram\w*|millilit\w+|mililit\w+|unit\w*|unidad\w*|eenhed\w+|kilo?cal\w+))(?!\w)"
)
"""After two numbers, of which one has four digits or more, which else may be a telephone's: "500-1000 mg"."""
_ROUND = lazy(r"[1-9]\d*0\s?[-‐‑]\s?[1-9]\d{1,3}00")
"""What is no telephone's number unless a word says so, as in a cell below its unit: "500-1000"."""
_CALLED = lazy(r"(?i)(?:tel|fax|tlf|puh|tfn|τηλ|тел|هاتف|電話|电话)\w{0,6}[.:]{0,2}\s?\Z")
_PLUSES = lazy(r"\s*\(?\+{1,4}\)?\s*")
"""A result that stands alone."""
_MORNING = lazy(r"0\d\.[0-5]\d")
"""A time of day, as "08.00", which has a zero in front and is no code."""
_FROM_BELOW = lazy(
    r"(?:(?<![\w.,)\]/:–-])(?<!\d )[-−–]\d+(?:[.,]\d+)?|(?<![\w./,-])(?:[1-3]/[234]))"
    r"(?P<dash>-)(?=\d+(?:[.,]\d+)?(?![\d/-]|[.,]\d))"
)
"""The hyphen of a range whose first number is negative ("-5-0 °C") or a part of one ("1/2-1")."""
_RANGES = (_SIGNED, _PARTS, _DEGREES, _CLOCKS, _HALVES, _UPPER, _LOWER, _FROM_BELOW, _MASSES)
"""Whose dashes, each in its last group, are no minus even where a number follows: before the signs of numbers."""
_NEGATIVE = lazy(
    r"(?:(?<=\.\.)|(?<![\w.,)\]/:°º%‰'’′″€½⅓⅔¼¾-])(?<!\d )|(?<=[\d°C%]/)|(?<=[^\W\d_]:))[-‐‑](?=[.,]?\d)"
)
_SECOND_NEGATIVE = lazy(
    r"(?<![\w.,)\]-])[-−–+‐‑]\d+(?:[.,]\d+)?\s(?P<minus>[-−–‐‑])(?=\d)"
    r"|(?<=[.,][0257][05])\s(?P<lens>[-−–‐‑])(?=\d{1,2}[.,][0257][05]\s?(?:[xX×@]|[aA]x\.?)\s?\d{1,3}(?!\d|[.,]\d))"
)
"""The strengths of a lens: "-2,25 -0,75 x 180°"."""
_DECIMAL = lazy(
    r"(?<![A-Za-z\d.,٫/:])(?<![\w.,)]-)(?<!godz )(?<!godz\. )(?<!godzinie )(?!0\d\.)(\d+)([.,٫])(\d+)"
    r"(?!\d|[.,٫/:-]\d|\.\s*[^\s\"”’»)]|(?<=\.(?:00|15|30|45))\s?(?:[-–]|tot)\s?\d{1,2}\s?(?:uur|u|h)(?![^\W_])"
    r"|(?:\s?(?:[-–]|tot|à)\s?\d{1,2}[.:]\d\d)?\s?(?:uur|u|h)(?![^\W_]))"
)
_DECIMALS_OF_SPAN = lazy(
    r"(?<![\w.,٫/:])(?!0\d\.)(\d+)([.,٫])(\d{1,2})(?=(?:\s?[-‐‑]\s?\d+(?:[.,٫]\d{1,2})?)?\s?(?:%|[°º]|(?:m?g|mcg|[µμ]g|kg|m[lL]|[lL]"
    r"|c?m|mmol|U\.?I|I[UE]|tabl?|comp|cp|ملغ|مجم)(?!\w)))"
)
"""Of a range that a hyphen joins; a unit after it tells it from two times of day: "2.5-5 mg"."""
_DOTTED_HOURS = lazy(
    r"(?<![\w.,:/-])([01]?\d|2[0-4])\.(?:00|15|30|45)(?:\s?[-–—‐‑]\s?|\s(?:tot|do|às|a)\s)([01]?\d|2[0-4])\.(?:00|15|30|45)"
    r"(?![\d/]|[.,-]\d|\s?(?:[%°€$£]|(?:[mnpfkµμ]?g|mcg|[mdcfµμ]?[lL]|[mnpµμ]?mol|[mkµμ]?(?:U\.?I|I?[UE])|mEq|mval|[cm]?m|kPa"
    r"|mmHg|[x×])(?![^\W\d_])))"
)
_TO_AN_HOUR = lazy(r"\s?[-–—]\s?(?=\d)")
_SLASH = lazy(r"(?<=\d)\s?[/⁄∕]\s?(?=\d)")
_CROSSES = lazy(rf"[{NO}]\ufe0f?|\A\s*[{CROSSES}](?!\s*\d)|[{YES}]\ufe0f?")
_KEYS = {
    **dict.fromkeys(("<",), "less_than"),
    **dict.fromkeys((">",), "more_than"),
    **dict.fromkeys(("≤", "⩽", "≦"), "at_most"),
    **dict.fromkeys(("≥", "⩾", "≧"), "at_least"),
    **dict.fromkeys(("≈", "≃", "≅", "∼", "~"), "about"),
    **dict.fromkeys(("±", "+/-", "+/−", "+/–"), "plus_or_minus"),
    **dict.fromkeys(("≠",), "not_equal"),
    **dict.fromkeys(("×",), "times"),
    **dict.fromkeys(("%", "٪"), "per_cent"),
}
_MILLIMOLES = lazy(r"(?<![^\W\d_])(?:m[mM]ol|ммоль)(?![^\W\d_])")
"""Of which many voices make "mol", a thousand times as much."""
_PLUS_A_PART = lazy(r"(?<=[½⅓⅔¼¾])\+(?=[\d½⅓⅔¼¾])|(?<=\d)\+(?=[½⅓⅔¼¾])")
"""In the doses of a day, "1+½+0": of "+½+" voices say no half."""
_TELEPHONE_DASH = lazy(
    r"(?<![\w.,/-])(?:(?<=\)\s)|(?<=\d\d\s)|(?=9\d{4}-))\d{4,5}(?P<dash>-)(?=\d{4}(?![\w/-]|[.,]\d))"
    r"|(?<![\w.,/-])(?P<hours>\d{1,2})(?P<every>-)(?=(?P=hours)\s?h(?!\w))"
)
"""Of Brazilian telephone numbers, "(11) 3456-7890", and in "8-8h": the Portuguese voice says "minus"."""
_TEN_TO_THE = lazy(r"(?<=\d)(?P<times>\s?[·⋅∙]\s?)10(?:(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻^])|\Z)")
"""The sign before a power of ten, as in "6,7·10⁹/л"."""
_CARET = lazy(r"(?<=\d)\^\s?([-−]?\d{1,2})(?!\d)")
_RATIO = lazy(
    r"(?<![\w:.,/-])(?!(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:]|[.,]\d|[ \u00a0\u202f]000(?!\d)))"
    r"\d{1,3}(?P<colon>:|(?<=(?<!\d)1)\s:\s(?=1(?:0{2,6}|0{0,2}[., ]000)(?!\s?[^\W\d_])))"
    r"(?=\d{1,3}(?:[., \u00a0\u2009\u202f]\d{3})+(?![\d:])|\d+(?![\d:]))"
)
"""Two numbers with a colon between them that are no time of day; after "Week 1: 5 mg" a dose begins."""
_MINUTES = lazy(r"(?<![\w.,'’′])\d{1,3}(?P<mark>['’′])(?![\w'’′″\"]|[-–—](?!\d{1,3}['’′]))")
_OPENED = lazy(r"(?<!\w)['‘]")
"""What a mark after a number may close instead."""
_MONEY = lazy(r"(?P<before>[€£$])(?=\s?\d)|(?<=\d)\s?(?P<after>[€£$])")
_CURRENCIES = {"€": "euro", "£": "pound", "$": "dollar"}
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−")


def _words(lang: str) -> Mapping[str, str]:
    found: Mapping[str, str] = of_language(shared_words("signs"), lang, {})
    return found


@cache
def _between_spans() -> re.Pattern[str]:
    """The dash between two lengths of time in words: "6 mesi – 12 anni"."""
    names = "|".join(sorted(map(re.escape, shared_words("spans")["names"]), key=len, reverse=True))
    return re.compile(
        rf"(?<=\d)[ \u00a0](?i:{names})\.?(?P<dash>\s?[-–—]\s?)"
        rf"(?=[<≤]?\d{{1,3}}(?:[.,]\d+)?[ \u00a0](?i:{names})(?!\w))"
    )


def slashes(lang: str) -> tuple[str, str]:
    """What is said for a slash between two numbers, and between two units; empty where the voice says it."""
    return _marks(lang)[1], _words(lang).get("per", "")


@lru_cache(maxsize=64)
def _marks(lang: str) -> tuple[str, str]:
    """What is said for a decimal sign, and for a slash between numbers; empty where the voice says them."""
    code = code_of(lang)
    tables = shared_words("number_marks")
    return tables["decimal"].get(code, ""), tables["slash"].get(code, "")


def claims(runs: Sequence[Run], text: str, lang: str) -> Iterator[Claim]:
    """What is said for the signs of a sentence, and for the digits that are raised over others.

    `text` is that of the runs in plain letters.
    """
    words = _words(lang)
    to = f" {words['to']} " if "to" in words else ", "
    for match in _BESIDE_TELEPHONE.finditer(text):
        yield Claim(*match.span(match.lastgroup or 0), "; ")
    if text.strip() == "−" and "minus" in words:
        yield Claim(0, len(text), words["minus"])
    if "plus" in words and _PLUSES.fullmatch(text):
        yield Claim(0, len(text), " ".join([words["plus"]] * text.count("+")))
    if (signs := results.of_two(text)) and {"plus", "minus"} <= words.keys():
        yield Claim(0, len(text), ", ".join(" ".join(words[mark] for mark in sign) for sign in signs))
    for end in (*results.touching(text, code_of(lang)), *results.ended(text)) if "minus" in words else ():
        if text[end - 1] != "+":
            yield Claim(end - 1, end, f" {words['minus']}")
    for start, end in results.apart(text) if "minus" in words else ():
        yield Claim(start, end, f" {words['minus']}")
    for start, end in spaced_minus.signs(text, lang) if "minus" in words else ():
        yield Claim(start, end, words["minus"])
    for start, end in (*numbered_days.spans(text), *vertebrae.spans(text)):
        yield Claim(start, end, to)
    for start, end in numbered_days.offsets(text) if "minus" in words else ():
        yield Claim(start, end, f" {words['minus']} ")
    for start, end in schedules.dashes(text):
        yield Claim(start, end, ", ")
    yield from weekdays.dashes(text, lang, to)
    if millimoles := shared_words("number_marks")["mmol"].get(code_of(lang)):
        for match in _MILLIMOLES.finditer(text):
            yield Claim(*match.span(), f"{' ' if text[: match.start()][-1:].isdigit() else ''}{millimoles}")
    for match in _PLUS_A_PART.finditer(text):
        yield Claim(*match.span(), " + ")
    for match in _TELEPHONE_DASH.finditer(text) if code_of(lang) == "pt" else ():
        yield Claim(*match.span("dash" if match["dash"] else "every"), ", ")
    yield from _in_numbers(text, *_marks(lang))
    yield from _rates(text, words.get("per", _marks(lang)[1]))
    for match in _powers_of_ten(runs, text) if "times" in words else ():
        yield Claim(*match.span("times"), f" {words['times']} ")
    if "power" in words:
        yield from (_power(*match.span(), match[1], words) for match in _CARET.finditer(text))
    for pattern in (_between_spans(), *_RANGES):
        for match in pattern.finditer(text):
            yield Claim(*match.span(match.lastgroup or 0), to)
    for start, end in given_then.dashes(text):
        yield Claim(start, end, ", ")
    yield from _hyphens(text, to, words.get("minus", ""))
    for pattern in (_DATES, _DAYS_OPEN):
        for match in pattern.finditer(text):
            yield Claim(*match.span("dash"), to)
    for pattern in (_SPAN, _TO):
        for match in pattern.finditer(text):
            counted = _TIMES_FOLLOW.match(text, match.end())  # "5 ml–3x"
            apart = counted or given_then.is_before_dose(text, match)
            start = match.start("unit") + len(match["unit"].rstrip())
            yield Claim(start, match.end(), ", " if apart else to)
    for match in _ARROW.finditer(text):
        yield Claim(*match.span(), ", " if text[: match.start()].strip() else "")
    for match in _CROSSES.finditer(text):
        if word := words.get("yes" if match[0][0] in YES else "no"):
            yield Claim(*match.span(), f" {word}, ")
    for match in _SIGNS.finditer(text):
        sign = match[0].strip()
        before = text[: match.start()]
        if sign in "‒–—−" and (before[-1:].isdigit() or (sign == "–" and _OPEN_AMOUNT.search(before[-9:]))):
            yield Claim(match.start(), match.end(), to)
        elif sign in "−–" and "minus" in words:
            yield Claim(match.start(), match.end(), f"{words['minus']} ")
        elif sign[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" and are_minutes(before, sign.translate(_PLAIN)):
            yield from _minutes_raised(text, match.start(), match.end(), sign.translate(_PLAIN), to)
        elif sign[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" and "power" in words:
            yield _power(match.start(), match.end(), sign.translate(_PLAIN), words)
        elif sign[0] in "<>" and sign[-1] == "=":
            if limit := words.get("at_most" if sign[0] == "<" else "at_least"):
                yield Claim(match.start(), match.end(), f" {limit} ")
        elif _KEYS.get(sign, "") in words:
            yield Claim(match.start(), match.end(), f" {words[_KEYS[sign]]} ")
    yield from _minutes_and_money(text, words)
    if "ratio" in words:
        yield from (Claim(*match.span("colon"), f" {words['ratio']} ") for match in _RATIO.finditer(text))
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        digits = run.text.strip()
        over_digit = run.position == "sup" and text[:start][-1:].isdigit()
        if over_digit and digits.isdigit() and _UNDER_IT.match(text, end):
            yield Claim(start, end, f" {digits}")  # the upper number of a part: "1 1/2"
        elif over_digit and are_minutes(text[:start], digits):
            yield from _minutes_raised(text, start, end, digits, to)
        elif over_digit and digits.lstrip("+-−").isdigit() and not is_marker(run, text[:start], text[end:]):
            yield _power(start, end, digits, words) if "power" in words else Claim(start, end, f"^{digits}")


def _powers_of_ten(runs: Sequence[Run], text: str) -> Iterator[re.Match[str]]:
    """Before a raised character, or a run that is raised."""
    end = 0
    for run in runs:
        end += len(run.text)
        if run.position == "sup" and (match := _TEN_TO_THE.search(text[: end - len(run.text)])):
            yield match
    yield from (match for match in _TEN_TO_THE.finditer(text) if match.end() < len(text))


def _in_numbers(text: str, decimal: str, slash: str) -> Iterator[Claim]:
    hours = {at for span in _dotted_hours(text) for at in range(*span)} if decimal else set()
    for match in chain(_DECIMAL.finditer(text), _DECIMALS_OF_SPAN.finditer(text)) if decimal else ():
        whole, sign, part = match.groups()
        if match.start() in hours:
            continue  # the voice says hours and minutes where it drops the dot
        if sign != decimal and (sign == "٫" or len(part) != 3 or whole == "0"):  # else three digits are thousands
            yield Claim(match.start(2), match.end(3), f"{decimal if decimal in '.,' else f' {decimal} '}{part}")
    for match in _SLASH.finditer(text) if slash else ():
        yield Claim(*match.span(), f" {slash} ")


def _dotted_hours(text: str) -> Iterator[tuple[int, int]]:
    """From one time of day to a later one, in quarters of an hour with a dot: "8.30-12.30"."""
    for match in _DOTTED_HOURS.finditer(text):
        if 6 <= int(match[1]) < int(match[2]) <= 24:
            yield match.span()


def _rates(text: str, per: str) -> Iterator[Claim]:
    for rate in _RATE.finditer(text) if per else ():
        for slash in re.compile("/").finditer(text, *rate.span()):
            yield Claim(*slash.span(), f" {per} ")


def _hyphens(text: str, to: str, minus: str) -> Iterator[Claim]:
    """Those that people type for the dash of a range and for a minus."""
    for match in _HYPHENED.finditer(text):
        low, high = (number.replace(",", ".") for number in match.group(1, 3))
        is_year = match[1][:2] in ("19", "20") and len(match[1]) == len(match[3]) == 4
        short = max(len(low), len(high)) <= 3 or {".", " "} & set(low + high) or is_year
        coded = low[0] == "0" and len(low) > 1 and low[1] != "." and not _MORNING.fullmatch(low)
        large = _LARGE.match(text, match.end()) or (
            _ROUND.fullmatch(match[0]) and not _CALLED.search(text, max(0, match.start() - 16), match.start())
        )
        more = _AND_A_PART.match(text, match.end()) is not None
        rises = _value(match[1]) < _value(match[3]) + more or _DOSE.match(text, match.end())
        if (short or large) and not coded and rises:
            yield Claim(*match.span("hyphen"), to)
    if minus:
        for match in _SECOND_NEGATIVE.finditer(text):
            yield Claim(*match.span(match.lastgroup or 0), f"{minus} ")
        for match in _NEGATIVE.finditer(text):
            yield Claim(*match.span(), f"{minus} ")


def _minutes_and_money(text: str, words: Mapping[str, str]) -> Iterator[Claim]:
    opened = _OPENED.search(text)
    for match in _MINUTES.finditer(text) if "minutes" in words else ():
        if opened is None or opened.end() > match.start():
            yield Claim(*match.span("mark"), f" {words['minutes']} ")
    for match in _MONEY.finditer(text):
        if name := words.get(_CURRENCIES[match[0].strip()]):
            yield Claim(*match.span(), f" {name} ")


def _value(number: str) -> float:
    """The amount, three digits after a sign being thousands."""
    whole = re.sub(r"[.,\s](?=\d{3}(?!\d))", "", number)
    return float(whole.replace(",", "."))


def _minutes_raised(text: str, start: int, end: int, digits: str, to: str) -> Iterator[Claim]:
    yield Claim(start, end, f":{digits}")
    if dash := _TO_AN_HOUR.match(text, end):
        yield Claim(end, dash.end(), to)


def _power(start: int, end: int, digits: str, words: Mapping[str, str]) -> Claim:
    said = digits.replace("-", "−").replace("−", f"{words.get('minus', '−')} ").replace("+", "")
    power = words["power"] if "{}" in words["power"] else f"{words['power']} {{}}"
    return Claim(start, end, f" {power.format(said)} ")
