"""What has a number of its own before an amount: "Jour 1 250 mg" is day 1 and 250 mg, "Week 1 – 40 mg" no range.

So has what is numbered otherwise ("Gruppe 1 150 mg"), a name that ends in a number ("Omega 3 500 mg") and a time
of day ("12:30 250 mg").

Source: plans of treatment by days, weeks and cycles ("J1 250 mg, puis 125 mg"). Danger: a blank parts thousands in
most languages, so that the number of the day makes a dose of it five times as high, and a dash or colon makes a
range or ratio of both. A day counts only where nothing stands before it, or a word that no amount per day has
before it: "par jour 1 250 mg" stays one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from voicegen.speech.language import shared_words
from voicegen.speech.patterns import lazy

_ANY = lazy(r"\d[ \u00a0\u2009\u202f][1-9](?:\d\d|\d{0,2}[ \u00a0\u2009\u202f]\d{3})(?!\d)")
_AMOUNT = (
    r"(?:[<>≤≥~]\s?)?(?:1/[234]|[23]/[34]|[1-9]\d{0,2}[ \u00a0\u2009\u202f]\d{3}|\d+(?:[.,]\d+)?[½¼¾]?|[½¼¾])"
    r"(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?[ \u00a0]?"
    r"(?:(?:m?gs?|mcgs?|[µμ]g|kg|m?[lL]|I[UE]|UI|U|u|units?|unités?|unidad(?:es)?|Einheit(?:en)?|unità|мк?г|мл|ЕД"
    r"|МЕ|[Tt]bl|puffs?|drops?|cpr?s?|got[ae]s?|gouttes?|Tropfen|Hübe?)(?![^\W\d_])"
    r"|m(?:illi|icro|ilí|ili|ikro)gram|m(?:illi|ili)lit|[Tt]ab|[Kk]aps|[Cc]ap|[Cc]omp|Beutel|[ET]L(?!\w)|g[ée]l|таб)"
)
"""The beginning of a dose."""
_PAUSE = r"\s?(?:[-–—](?![-–—>])|[-–—]{1,2}>|=>|[→⟶⇒⟹➔➜➝➞➡]\ufe0f?)\s?"
_DASH = lazy(rf"[\d⁰⁵hmMr.](?:{_PAUSE}|:)[<>≤≥~]?\s?[\d½¼¾]")
_AT_A_TIME = lazy(
    rf"(?:(?<![\d:.,/])(?!1:(?!00|30))(?:[01]?\d|2[0-4])[:h][0-5]\d(?:\s?(?:h|hrs?|Uhr))?|\d\s?[AaPp]\.?[Mm]\.?"
    r"|[\d⁰⁵]\s?Uhr|\d[⁰¹²³⁴⁵][⁰⁵])"
    rf"(?P<dash>{_PAUSE})(?={_AMOUNT})"
)
_NAMED = lazy(
    r"(?<![\w-])(?:(?<=[^\W\d_]{3}[ \u00a0])(?<!tis )(?<!ite )"
    r"(?:[BВ][ \u00a0](?:12|[1-35-9])|[DД][ \u00a0]3|[KК][ \u00a0][12])"
    r"|(?i:[oô]m[eé]gas?|омега)[ -]?[369]|Q[ -]10|CA[ -](?:125|15-3|19-9|72-4)"
    r"|(?i:t[yi]pe?|tipo|тип|stad(?:e|ium|io)|estadio|CKD|NYHA|COX)[\s-][1-5]"
    r"|(?<!\d\s)[A-ZÀ-ÝА-Я][^\W\d_]\w*-\d{1,2}|(?i:fa[ck]t(?:or|eur)|fattore|фактор)\s\d{1,2}"
    r"|(?:PCV|PPV|PPSV|VPC|HPV|VPH)[ -]\d{1,2}|(?i:covid)[ -]19|(?i:prevenar|gardasil)\s\d{1,2})"
    r"(?=[ \u00a0\u2009\u202f][1-9](?:\d\d|\d{0,2}[ \u00a0\u2009\u202f]\d{3})(?!\d))"
)
"""Names that end in a number, before an amount: "Vitamine D 3 800 UI", "Omega 3 500 mg", "CA 125 200 U/ml"."""
_TIME_OF_DAY = lazy(
    r"(?<![\w.,:/])(?:(?!1:)(?:[01]?\d|2[0-4])[:hH][0-5]\d(?=[ \u00a0\u2009\u202f](?!000)\d)"
    r"|1:[0-5]\d(?=[ \u00a0\u2009\u202f][1-9]\d\d(?:/\d|[ \u00a0]?[^\W\d_])))"
)
"""Before a number, with which the minutes make none: "12:30 250 mg" has no 30250 mg, "20:30 5 mg" no 35."""
_DEGREE = lazy(rf"(?:\A|(?<=[.,;:(])\s?)[1-9]\s?(?P<dash>[°º]\s)(?={_AMOUNT})")
"""The sign behind the number of an item, before its dose: "1° 5 mg, 2° 10 mg"."""
_LAST = lazy(r"(\d{1,2})[ \u00a0\u2009\u202f][1-9]\d\d(?!\d)")
_COMMAS = lazy(r"\d,\d")
_COMMA = lazy(r",(?!\s)")


def numbered_doses(texts: Iterable[str]) -> frozenset[str]:
    """The words of doses that begin lines which go on with each other: "Dose 1 – 5 mg", "Dose 2 – 10 mg".

    Not of a row of ranges: "Dose 1 – 2 mg", "Dose 2 – 4 mg".
    """
    last: dict[str, re.Match[str]] = {}
    found: set[str] = set()
    for text in texts:
        dose = _doses().match(text.lstrip())
        if dose is None:
            continue
        word, before = dose["word"].casefold(), last.get(dose["word"].casefold())
        if before and int(dose["number"]) == int(before["number"]) + 1 and before["amount"] != dose["number"]:
            found.add(word)
        last[word] = dose
    return frozenset(found)


def dashes(text: str, numbered: frozenset[str] = frozenset()) -> Iterator[tuple[int, int, str]]:
    """The dash or colon between the number of a day, or a time of day, and a dose, which is no range nor ratio.

    As in "Week 1 – 40 mg" and "Day 1:5 mg"; each with the pause that is said for it, a longer one behind a list.
    `numbered` are the page's words of doses that it numbers line by line (`numbered_doses`).
    """
    if "°" in text or "º" in text:
        yield from ((*found.span("dash"), ", ") for found in _DEGREE.finditer(text))
    if not _DASH.search(text):
        return
    days = (found for found in _dashed().finditer(text) if not _goes_on(found))
    for found in (*days, *_AT_A_TIME.finditer(text), *_dated().finditer(text)):
        yield *found.span("dash"), ", "
    yield from ((*found.span("dash"), ": ") for found in _listed().finditer(text))
    yield from ((*span, ", ") for span in _in_turn(text, numbered))


def _goes_on(day: re.Match[str]) -> bool:
    """Whether the dash behind a day is of a range, with the amount behind its end: "Days 2-5 250 mg"."""
    last = _LAST.match(day.string, day.end())
    if last is None or day["dash"].strip() not in ("-", "–", "—") or not day["number"] or day["several"]:
        return False
    return int(day["number"]) < int(last[1])


def commas(text: str) -> Iterator[tuple[int, int]]:
    """The commas of a list of days, which are none of a decimal fraction: "Tage 1,8 und 15"."""
    if _COMMAS.search(text):
        for pattern in (_several(), _listed()):
            for found in pattern.finditer(text):
                numbers = found.span("two" if found["two"] else "more")
                yield from (comma.span() for comma in _COMMA.finditer(text, *numbers))


def _in_turn(text: str, numbered: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The dashes of doses that are numbered from the first on: "Dose 1 – 5 mg, dose 2 – 10 mg".

    One alone is a range ("Dose 5 – 10 mg"), unless it falls ("Dose 1 – 0.5 ml"); so are several that make a row of
    ranges ("Dose 1 – 2 mg, dose 2 – 4 mg").
    """
    row: list[re.Match[str]] = []
    for found in _doses().finditer(text):
        number, amount = found["number"], found["amount"]
        of_page = found["word"].casefold() in numbered and not text[: found.start()].strip()
        if of_page or float(amount.replace(",", ".")) < int(number):
            yield found.span("dash")
        elif int(number) == len(row) + 1 and (not row or row[-1]["amount"] != number):
            row.append(found)
    if len(row) > 1:
        yield from (found.span("dash") for found in row)


@cache
def _any_of(*tables: str) -> str:
    words = shared_words("counted_first")
    return "|".join(re.escape(word) for table in tables for word in words[table])


@cache
def _opening() -> str:
    """Only where nothing stands before the label: "Per day 5–10 mg" and "for 3 days 5–10 mg" are ranges."""
    return rf"(?:\A|(?<=[.,;:!?(\[•|])\s?|(?<=\s[–—-])\s|(?<!\w)(?i:{_any_of('surely_before')})\s)"


@cache
def _dashed() -> re.Pattern[str]:
    # A second number is the label's where a blank follows it: "Days 1-3 – 5 mg", not "Week 1 – 5-10 mg".
    span = rf"(?:(?:[-–—]|\s?&\s?|\s(?i:{_any_of('to')})\s)\d{{1,2}}(?=\s))?"
    return re.compile(
        rf"{_opening()}(?i:(?:{_any_of('days', 'others')})\s(?P<number>\d{{1,2}})(?P<several>{span})(?={_PAUSE}|:)"
        rf"|(?:{_any_of('doses')})\s\d{{1,2}}(?=:))(?P<dash>{_PAUSE}|:)(?={_AMOUNT})"
    )


def numbers(text: str) -> Iterator[int]:
    """Where the number of a day ends, or of what else is numbered, that nothing but its label stands before."""
    yield from (found.end() for found in _labelled().finditer(text))


@cache
def _labelled() -> re.Pattern[str]:
    labels = _any_of("days", "others")
    return re.compile(rf"{_opening()}(?i:{labels})\s\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?(?=[ \u00a0])")


@cache
def _dated() -> re.Pattern[str]:
    """A date with the month first: "Jan 5 – 10 mg"; without blanks it is rather the range of a month."""
    date = rf"(?i:{_any_of('months')})\.?\s\d{{1,2}}"
    return re.compile(rf"{_opening()}{date}(?P<dash>\s[-–—]\s)(?={_AMOUNT})")


@cache
def _listed() -> re.Pattern[str]:
    """Several days before a dose: "Days 1,2 – 5 mg"; before two with a comma only, nothing may stand."""
    number, several = r"\d{1,2}", rf"(?<!\w)(?<!\d\s)(?i:{_any_of('several')})\s"
    both = rf"\s(?i:{_any_of('both')})\s{number}"
    two = rf"{_opening()}{several}(?P<two>{number},\s?{number})"
    more = rf"{several}(?P<more>{number}(?:(?:,\s?{number}){{2,}}(?:{both})?|(?:,\s?{number})?{both}))"
    return re.compile(rf"(?:{two}|{more})(?P<dash>\s(?:{_PAUSE})|:\s?)(?={_AMOUNT})")


@cache
def _several() -> re.Pattern[str]:
    """A list of days anywhere: of three or more, or after a plural of two with "and" or an end behind them."""
    number = r"\d{1,2}"
    after_two = rf"\s(?i:{_any_of('both')})\s{number}(?![\d.,])|\s?(?:[:;)\]]|\Z)"
    return re.compile(
        rf"(?<!\w)(?<!\d\s)(?:(?i:{_any_of('several')})\s(?P<two>{number},{number})(?={after_two})"
        rf"|(?i:{_any_of('days')})\s(?P<more>{number}(?:,{number}){{2,}})(?![\d.,]))"
    )


@cache
def _doses() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<word>(?i:{_any_of('doses')}))\s(?P<number>\d{{1,2}})(?P<dash>\s[-–—]\s)(?={_AMOUNT})(?=(?P<amount>\d+(?:[.,]\d+)?))"
    )


@lru_cache(maxsize=64)
def ends(text: str) -> tuple[int, ...]:
    """Where what is numbered, a name with a number or a time ends and the blank before the amount begins."""
    times = {found.end() for found in _TIME_OF_DAY.finditer(text)}
    if not _ANY.search(text):
        return tuple(sorted(times))
    names = {found.end() for found in _NAMED.finditer(text)}
    days = (
        found for found in _days().finditer(text) if not found["last"] or int(found["first"]) < int(found["last"])
    )
    return tuple(sorted({*times, *names, *(found.end() for found in days)}))


def apart(text: str) -> str:
    """The text with a stroke for each such blank, which parts the amount behind it from the number before."""
    for end in ends(text):
        text = f"{text[:end]}|{text[end + 1 :]}"
    return text


@cache
def _days() -> re.Pattern[str]:
    days, to, before = _any_of("days", "others"), _any_of("to"), _any_of("before", "surely_before")
    named, lettered = rf"(?i:(?<!\w)(?:{days}))\s", r"(?<![\w.,/+–-])[A-WYZ]"
    span = rf"(?:\s?[-–—]\s?|\s(?i:{to})\s(?:(?i:el|le|la|il|o|the)\s)?)"
    opening = rf"(?:\A|(?<=[.,;:!?(\[/+•–—-])\s?|(?<!\w)(?i:{before})\s)"
    return re.compile(
        rf"(?:{opening}{named}\d{{1,2}}|{lettered}\d{{1,2}}"
        rf"|{named}(?P<first>\d{{1,2}})\s?[-–—]\s?(?P<last>\d{{1,2}})"
        rf"|(?:{named}|{lettered})\d{{1,2}}{span}(?:{named}|[A-WYZ])?\d{{1,2}})"
        r"(?=[ \u00a0\u2009\u202f][1-9](?:\d\d|\d{0,2}[ \u00a0\u2009\u202f]\d{3})(?!\d))"
    )
