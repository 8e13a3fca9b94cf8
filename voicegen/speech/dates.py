"""Short months and weekdays are said in full, and dates in digits as day and month where that is certain.

Source: facts 5b (NHS: screen readers read short months inconsistently). Danger: "05/06/2024" is May in one
country and June in another; where the language tag names no country that settles it, the digits are said as
they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicegen.speech.language import Language
from voicegen.speech.ordinals import ordinal
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_ISO = lazy(r"(?<![\w./–-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w/–-])")
_DIGITS = lazy(r"(?<![\w./,–-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/%–-]|[.,]\d)")
_FROM_TO = lazy(
    r"(?<![\w./,–-])(?P<day>\d{1,2})(?P<mark>[./])(?:(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d{4})|(?:(?<=\d)\.)?))?"
    r"(?P<dash>\s?[-–—]\s?|\s(?:to|bis(?:\szum)?|au|al|a|à)\s)"
    r"(?P<last>(?P<last_day>\d{1,2})(?P=mark)(?P<last_month>\d{1,2})(?P=mark)(?P<last_year>\d{4})?)(?![\w/%–-]|[.,]\d)"
)
"""From one date to another: "01.01.–31.03.2024", "01.–05.03.2024", "01/01/2024–31/03/2024"."""
_NUMBERED = lazy(
    r"\b(?:Abschnitte?n?|Kapiteln?|Ziffern?|Punkte?n?|Stadi(?:um|en)|Stufen?|Nummern?|Nr\.|Versionen|Version|Teile?n?"
    r"|Tabellen?|Abb\.|Abbildungen|Anlagen?|Absätzen?|Grad)\s\Z"
)
_DASH = lazy(
    r"(?<=\d/\d{4})\s?[-–—]\s?(?=\d{1,2}/\d{1,2}/\d{4}(?!\d))"
    r"|(?<=\d/\d\d/\d\d)\s?[-–—]\s?(?=\d{1,2}/\d\d/\d\d(?![\d/]))"
)
_STAY = lazy(
    r"(?<![\w./,–-])(?P<first>\d{1,2}/\d{1,2}(?:/\d{2})?)(?P<dash>\s?[-–—]\s?|\s(?:to|until|till)\s)"
    r"(?=(?P<last>\d{1,2}/\d{1,2}/\d{2})(?![\w/%–-]|[.,]\d))"
)
"""From one date to another, the year in two digits: "28/5 – 2/6/25"."""
_DAYS, _MONTHS = frozenset(range(1, 32)), frozenset(range(1, 13))
_YEARLESS = lazy(r"(?:,|\sde)?\s*\Z")
"""What is left of the pattern of a date where it has no year."""
_CUE = lazy(
    r"(?:\b(?:on|dates?|dated|born|dob|seen|since|until|till|from|by|before|after|reviewed|updated|review|due|expires"
    r"|expiry|exp|published|le|du|au|dès|el|del|desde|hasta|fecha|revisado|am|vom|seit|bis|datum|stand|geb\.)|:)\s*\Z",
    re.IGNORECASE,
)
_FRANCS = lazy(r"\s?\d+\.[-–—]")
"""As in "Fr. 20.–", an amount of Swiss money."""
_CENTIMES = lazy(r"\.?\s?(\d+)\.(\d\d)(?!\s?(?:[-–—:]|bis(?!\w)|Uhr)|\d)")
_COSTS = lazy(
    r"(?i)kost|preis|gebühr|beitrag|franchise|betrag|taxe|pauschal|bezahl|rabatt|zuzahl|selbstbehalt|packung"
)
_WOMAN = lazy(
    r"\.\s(?:(?:Dr|Prof|Dipl)\.|(?!(?:Vor|Nach)?[Mm]ittag|Abend|Morgen|Nacht|Früh|Feier|Uhr|Termin|Sprech|Geschl|Ruhe"
    r"|Praxis|Labor|Blut|Ärztlich|Impf|Akut|Notfall|Telefon|Hausbesuch|Kurs|Gruppe)"
    r"[A-ZÄÖÜ][a-zäöüß]{2,}(?![^\W_]*\s?:|(?:[^.;,]|\.(?=\d)){0,30}?\d\s?(?:Uhr\s?)?(?:[-–—]|bis\s)\s?\d))"
)
"""As in "Fr. Dr. Meier", who is no Friday; hours of opening behind a name are rather those of one."""
_AFTER_A_DAY = lazy(r"(?<!\w)(?:Mo|Di|Mi|Do|Sa|So|[^\W\d_]{3,7}tag|Mittwoch)\.?\s?(?:[-–—,/&+]|u\.|und|bis)\s?\Z")
_BETWEEN = lazy(r"\b([^\W\d_]{2,10})\.?(\s?[-–—]\s?)(?=([^\W\d_]{2,10})\b)")


@lru_cache(maxsize=8)
def _short(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(names)})(\.?)(?![\w’'])")


def _find(passage: Passage) -> Iterator[Claim]:
    if passage.has_digit:
        yield from _in_digits(passage)
    yield from _short_names(passage)
    yield from _spans_of_days(passage)


def _in_digits(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    dates = passage.language.words("dates")
    if not dates:
        return
    for match in _ISO.finditer(text):
        year, month, day = match.groups()
        yield Claim(match.start(), match.end(), written(passage, match.start(), int(day), int(month), year))
    yield from _from_to(passage)
    for match in _DASH.finditer(text):
        yield Claim(*match.span(), f" {passage.language.word('to')} ")  # where day and month can't be told
    begun: dict[int, int] = {}
    for match in _STAY.finditer(text) if passage.language.code == "en" else ():
        begun[match.start("last")] = match.start()
        if not match["dash"].strip().isalpha():
            yield Claim(*match.span("dash"), f" {passage.language.word('to')} ")
    for match in _DIGITS.finditer(text):
        first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
        if mark == "." and len(year) != 4:
            continue
        if not _plausible(text, begun.get(match.start(), match.start()), mark, year):
            if mark == "/":
                yield Claim(match.start(), match.end(), _apart(passage, match))
            continue
        order = _order(passage, first, second, mark, certain=len(year) == 4)
        if order is None:
            yield Claim(match.start(), match.end(), _apart(passage, match))
        else:
            yield Claim(match.start(), match.end(), written(passage, match.start(), *order, year))


def _from_to(passage: Passage) -> Iterator[Claim]:
    """Both dates in words and the dash between them; with slashes only where the day comes first for certain."""
    dates = passage.language.words("dates")
    for match in _FROM_TO.finditer(passage.text):
        dotted = match["mark"] == "."
        region = passage.language.region
        surely_first = region in dates["day_first"] or (dates.get("always_day_first", False) and region != "US")
        if not dotted and not (surely_first and match["last_year"] and match["month"]):
            continue
        if dotted and not match["year"] and passage.text[match.start("dash") - 1] != ".":
            continue  # "18.5–24.9." are two decimals
        if dotted and not match["last_year"] and not _is_german_date(passage, match.start()):
            continue  # "sections 2.1.–2.3."
        day, month = int(match["day"]), int(match["month"] or match["last_month"])
        last_day, last_month = int(match["last_day"]), int(match["last_month"])
        if (
            not {day, last_day} <= _DAYS
            or not {month, last_month} <= _MONTHS
            or (not dotted and region in dates.get("unsure", ()))
        ):
            continue
        start = match.start()
        first = _YEARLESS.sub("", written(passage, start, day, month, match["year"] or ""))
        if not match["month"]:
            first = ordinal(passage, day, start) or str(day)
        last = written(passage, match.start("last"), last_day, last_month, match["last_year"] or "")
        last = _YEARLESS.sub("", last)
        worded = match["dash"].strip()
        to = worded if worded[0].isalpha() else passage.language.word("to")
        yield Claim(start, match.end(), f"{first} {to} {last}")


def _is_german_date(passage: Passage, start: int) -> bool:
    """Whether days and months without a year are usual here, and no part of a book or a machine is numbered so."""
    return passage.language.code == "de" and not _NUMBERED.search(passage.text[max(0, start - 30) : start])


def _apart(passage: Passage, match: re.Match[str]) -> str:
    return f" {passage.language.word('slash')} ".join((match[1], match[3], match[4]))


def _plausible(text: str, start: int, mark: str, year: str) -> bool:
    """Whether a year can be one: "the 10/20/30 rule" has none, and only words before it tell."""
    if len(year) == 4:
        return 1850 <= int(year) <= 2150
    return _CUE.search(text[max(0, start - 16) : start]) is not None


def _order(passage: Passage, first: int, second: int, mark: str, *, certain: bool) -> tuple[int, int] | None:
    """Day and month, or None where it is not certain which is which.

    `certain` tells whether it is a date at all; then a number over 12 is the day, whatever the country's order.
    """
    dates = passage.language.words("dates")
    region = passage.language.region
    day_first = mark == "." or region in dates["day_first"] or dates.get("always_day_first", False)
    if region in dates["month_first"]:
        day_first = False
    elif region in dates.get("unsure", ()) or (region == "US" and not day_first):
        day_first = False
        if first <= 12 and second <= 12:
            return None
    elif not day_first and first <= 12 and second <= 12:
        return None
    if first > 12 or (day_first and second <= 12):
        day, month = first, second
    elif certain or not day_first:
        day, month = second, first
    else:
        return None
    return (day, month) if 1 <= day <= 31 and 1 <= month <= 12 else None


def written(passage: Passage, start: int, day: int, month: int, year: str) -> str:
    """A date in the words of the language."""
    dates = passage.language.words("dates")
    pattern: str = dates.get(f"full_{passage.language.region}", dates["full"])
    first = dates.get("first", "1")
    return pattern.format(
        day=first if day == 1 else day,
        ordinal=ordinal(passage, day, start),
        month=dates["months"][month - 1],
        year=year,
    )


def _short_names(passage: Passage) -> Iterator[Claim]:
    """Short months beside a number ("6 Aug", "Jan. 5") and short weekdays with a dot, time or another day."""
    text = passage.text
    dates = passage.language.words("dates")
    months, days = dates.get("short_months", {}), dates.get("short_weekdays", {})
    for match in _short(tuple({**months, **days})).finditer(text) if months else ():
        name = match[1]
        if name in months and passage.has_digit and not (name in days and _among_days(text, days)):
            near = re.search(
                r"\d(?:st|nd|rd|th|er|\.|º)?(?: (?:de|of))?\s?\Z", text[max(0, match.start() - 8) : match.start()]
            )
            if near or re.match(r"\s?\d", text[match.end() : match.end() + 2]):
                yield _named(passage, match, months[name])
        elif (
            name in days
            and not _counts(text, match.start(), name)
            and not (name == "Fr" and (_are_francs(passage, match) or _is_woman(text, match)))
            and _beside_day_or_time(text, match, days, dates["weekdays"])
        ):
            yield _named(passage, match, days[name])


@lru_cache(maxsize=64)
def _months_apart(language: Language) -> re.Pattern[str]:
    """The dash between two days with their months: "30 Mar – 2 Apr", "24. Dezember–2. Januar"."""
    names = (*language.words("dates")["months"], *language.words("dates").get("short_months", ()))
    month = rf"(?i:{'|'.join(map(re.escape, names))})\b"
    day = r"(?<!\d)\d{1,2}(?:\.|st|nd|rd|th|er)?"
    return re.compile(
        rf"(?:{month}\.?\s\d{{1,2}}(?P<american>\s?[-–—]\s?)(?={month}\.?\s\d{{1,2}}(?!\d)))"
        rf"|{day}\s(?:de\s)?{month}\.?(?:\s(?:de\s)?\d{{4}})?(?P<dash>\s?[-–—]\s?)(?={day}\s(?:de\s)?{month})"
    )


def _spans_of_days(passage: Passage) -> Iterator[Claim]:
    """The dash in "Mon–Fri" or "March–May"; three days or more are days one by one: "Mon-Wed-Fri"."""
    if not any(dash in passage.text for dash in "-–—"):
        return
    dates = passage.language.words("dates")
    for match in _months_apart(passage.language).finditer(passage.text):
        yield Claim(*match.span(match.lastgroup or 0), f" {passage.language.word('to')} ")
    known = {*dates["weekdays"], *dates["months"], *dates["short_weekdays"], *dates["short_months"]}
    names = {*known, *(name.capitalize() for name in known)}
    spans = [match for match in _BETWEEN.finditer(passage.text) if match[1] in names and match[3] in names]
    starts, ends = {match.start() for match in spans}, {match.end() for match in spans}
    for match in spans:
        one_by_one = match.start() in ends or match.end() in starts
        yield Claim(match.start(2), match.end(2), ", " if one_by_one else passage.language.word("to"))


def _among_days(text: str, days: dict[str, str]) -> bool:
    """Whether days of the week stand in the text, among which the Spanish "mar" is Tuesday and no month."""
    return sum(match[1] in days for match in _short(tuple(days)).finditer(text)) > 2


def _named(passage: Passage, match: re.Match[str], words: str) -> Claim:
    """The dot of the abbreviation belongs to it, unless it also ends the sentence."""
    ends = match[2] and not passage.text[match.end() :].strip(" \u00a0\"'”’)»")
    return Claim(match.start(), match.end() - (1 if ends else 0), words)


def _counts(text: str, start: int, name: str) -> bool:
    """Whether it is a number of months: "6 Mo.", not "8 Mo.-Fr."."""
    end = start + len(name)
    number = re.search(r"(?:^|[^\d.,:–-])\d{1,2}\s\Z", text[max(0, start - 5) : start])
    return (
        name == "Mo"
        and number is not None
        and not re.match(r"\.?\s?(?:[-–—]\s?+(?!\d)|bis\s(?!\d)|und|,)", text[end : end + 5])
    )


def _are_francs(passage: Passage, short: re.Match[str]) -> bool:
    """Whether the German "Fr." is an amount of Swiss money: with a dash, or no hour of opening ("Fr. 12.50")."""
    text = passage.text
    if _FRANCS.match(text, short.end()):
        return True
    amount = _CENTIMES.match(text, short.end()) if passage.language.region == "CH" else None
    after_a_day = _AFTER_A_DAY.search(text, max(0, short.start() - 16), short.start())
    no_hour = amount is not None and (int(amount[1]) > 24 or amount[2] not in ("00", "15", "30", "45"))
    return amount is not None and after_a_day is None and (no_hour or _COSTS.search(text) is not None)


def _is_woman(text: str, short: re.Match[str]) -> bool:
    """Whether the German "Fr." is Ms. Danger: "Mo–Fr. Praxis 8–12" open from Monday to a woman."""
    follows = _AFTER_A_DAY.search(text, max(0, short.start() - 16), short.start())
    return follows is None and _WOMAN.match(text, short.end(1)) is not None


def _beside_day_or_time(text: str, match: re.Match[str], days: dict[str, str], names: list[str]) -> bool:
    after = re.match(
        r"\s?(?:[-–—,/&:]|to|and|or|a|y|et|au|bis|und)?\s?([^\W\d_]+|\d)", text[match.end() : match.end() + 20]
    )
    before = re.search(
        r"([^\W\d_]+|\d)\.?\s?(?:[-–—,/&]|to|and|or|a|y|et|au|bis|und)?\s?\Z",
        text[max(0, match.start() - 20) : match.start()],
    )
    for found in (after, before):
        if found and (found[1].isdigit() or found[1] in days or found[1] in names):
            return True
    return bool(match[2]) and bool(text[match.end() :].strip())


RULE = Rule("dates", "Says short months and weekdays in full, and dates in digits as day, month and year.", _find)
