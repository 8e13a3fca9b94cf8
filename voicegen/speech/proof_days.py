"""A day and the amount after it, for the proof: "Jour 1 250 mg" has no 1250 mg.

Like all of the proof it shares no code with the rules, and has a list of words of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from voicegen.speech.patterns import lazy
from voicegen.speech.proof_apart import HALF_TAKEN

_NAMES = (
    r"(?:days?|weeks?|cycles?|step|tag(?:en?)?|wochen?|zyklus|stufe|jours?|semaines?|cures?|[eé]tape|palier|d[ií]as?|semanas?"
    r"|ciclos?|paso|giorn[oi]|settiman[ae]|cicli|dag(?:en|ar|e|er)?|vecka|uge|uke|weken|cyclus|kuur|dzie[nń]|dni|tydzie[nń]|den"
    r"|dny|de[nň]|dana?|týden|týždeň|gün|hafta|kür|день|дни|неделя|цикл|тиждень|ден|zi|ziua|nap|hét|päivä|viikko|päev"
    r"|diena|hari|minggu|ngày|tuần|ημέρα)"
)
_NUMBERED = (
    rf"(?:{_NAMES}|aged?|months?|phase|stage|visit|session|monat|sitzung|alter|mois|âge|séance|mes|fase|etapa|edad"
    r"|sesión|mese|età|maand|fas|faza|месяц|этап|мес|wks?|mths?|sem\.?|wo|group|option|line|línea|ligne|bag|poche|regimen"
    r"|[ck]oh?ort[eh]?|gra(?:de?|do)|gr(?:ou?|u|oe)pp?[aeo]?|ryhmä|csoport|stap|kro[kк]|etap|steg|trinn?|vaihe|lépés|adım|passo|шаг|крок"
    r"|skupina|группа|beutel|bolsa|sacca|arm|bras|brazo|braccio|visite)"
)
_AFTER = (
    r"(?:\A|[^\w\s]\s?|(?<!\w)(?:on|from|to|then|and|an?|am|ab|vom|dann|und|l[ea]|du|au|dès|puis|et|d?el|desde|luego|[yeiwис]"
    r"|il|dal|poi|n?o|do|depois|op|vanaf|dan|en|på|från|fra|og|och|od|din|și)\s)"
)
_SPACE = r"[ \u00a0\u2009\u202f]"
_WORD = r"\s(?:to|and|bis|und|à|au|et|al?|[yeiи]|tot|en|till?|og|och|do|až|až do|ila|до|la|și|ve)\s"
_BETWEEN = rf"(?:\s?[-–—]\s?|{_WORD}(?:(?:e?l|le|la|il|o|the)\s)?)"
_COUNTED = lazy(
    rf"(?i:(?:{_AFTER}(?<!\w){_NUMBERED}\s\d\d?|(?<!\w){_NUMBERED}\s\d\d?{_BETWEEN}(?:{_NUMBERED}\s)?\d\d?))"
    rf"{_SPACE}(?=[1-9](?:\d\d|\d{{0,2}}{_SPACE}\d{{3}})(?!\d))"
    rf"|(?<![\w.,/+–-])[A-WYZ]\d\d?(?:(?i:{_BETWEEN})[A-WYZ]?\d\d?)?{_SPACE}(?=[1-9](?:\d\d|\d{{0,2}}{_SPACE}\d{{3}})(?!\d))"
)
_END_OF_RANGE = lazy(rf"(\d\d?){_SPACE}[1-9]\d\d(?!\d)")
_FALLING_DAYS = lazy(rf"\s(\d\d?)\s?[-–—]\s?(\d\d?){_SPACE}\Z")
_OPENING = (
    r"(?:\A|[.,;:!?(\[•|]\s?|\s[–—-]\s"
    r"|(?<!\w)(?i:on|at|in|during|an|then|ab|vom|dann|dès|puis|desde|luego|dal|poi|vanaf|från|fra)\s)"
)
_DOSES = r"(?:dos(?:e|is|i|ering)|dawka|dávka|doza?|доза|level|tablet|comprimé)"
_DASH = r"\s?(?:[-–—](?![-–—>])|(?:[-–—]{1,2}|=)>|[→⟶⇒⟹➔➜➝➞➡]\ufe0f?)\s?"
_DOSE = (
    r"[<>≤≥~]?\s?(?:1/[234]|[23]/[34]|[\d½¼¾](?:\d{0,2}[ \u00a0\u2009\u202f]\d{3}(?!\d)|[\d.,]*[½¼¾]?))"
    r"(?:\s?[-–]\s?[\d.,]+)?[ \u00a0]?"
    r"(?:(?:m?gs?|mcgs?|[µμ]g|kg|m?[lL]|I[UE]|UI|U|u|unità|мк?г|мл|ЕД|МЕ|[Tt]bl|[ck]ap|cpr?s?|Tropfen)(?![^\W\d_])"
    r"|unit|Einheit|unidad|[Mm]i[lck]\w+(?:gram|lit)|[Tt]ab|[CcKk]aps|Beutel|[ET]L(?!\w)|puff|drop|[Cc]omp|g[ée]l|got|goutt|Hüb|таб)"
)
_LABELLED = lazy(
    rf"({_OPENING}(?:(?i:{_NUMBERED})\s(?P<day>\d\d?)(?P<to>(?:[-–—]|\s?&\s?|{_WORD})\d\d?(?=\s))?"
    rf"|(?i:{_DOSES})\s\d\d?(?=:)))(?::(?!\s)|{_DASH})(?={_DOSE})"
)
"""The number of a day, or what else is numbered, with a dash before a dose: "Week 1 – 40 mg"."""
_MORE_THAN_ONE = (
    r"(?i:days|weeks|cycles|months|tagen?|wochen|jours|semaines|cures|d[ií]as|semanas|ciclos|giorni|settimane|cicli|dagen"
    r"|weken|dagar|dag?er|dage|dni|dny|дни)"
)
_AND = r"\s(?:and|und|et|[yeiиa]|en|og|och|&)\s\d\d?"
_LIST = lazy(
    rf"(?<!\w)(?<!\d )(?:{_MORE_THAN_ONE} (?P<two>\d\d?,\d\d?)(?=(?i:{_AND})(?![\d.,])|\s?(?:[:;)\]]|\Z))"
    rf"|(?i:{_NAMES}) (?P<more>\d\d?(?:,\d\d?){{2,}})(?![\d.,]))"
)
"""Numbers of several days, which no commas make decimal fractions: "Tage 1,8 und 15"."""
_SURELY_MORE = rf"(?= \d\d?(?:(?:,\s?\d\d?){{2}}|(?:,\s?\d\d?)?(?i:{_AND})))"
_LIST_DOSED = lazy(
    rf"((?:{_OPENING}{_MORE_THAN_ONE}|(?<!\w)(?<!\d ){_MORE_THAN_ONE}{_SURELY_MORE}) )"
    rf"(?P<list>\d\d?(?:,\s?\d\d?)*)((?i:{_AND})?)(?:\s{_DASH}|:\s?)(?={_DOSE})"
)
_HALF_AFTER = lazy(rf"({_OPENING}(?i:{_NUMBERED})\s\d\d?(?:\s?[-–]\s?\d\d?)?)(?i:{HALF_TAKEN})")
"""The number of a day and a part of a tablet: "Day 1 ½ tab"."""
_MONTH_DAY = lazy(
    rf"({_OPENING}(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    rf"|diciembre)\.? \d\d?) [-–—] (?={_DOSE})"
)
"""A date with the month in front, before a dose: "Jan 5 – 10 mg"."""
_ITEM = lazy(rf"((?:\A|[.,;:(]\s?)[1-9])\s?[°º] (?={_DOSE})")
"""As in "1° 5 mg": the sign behind the number of an item."""
_DOSE_NUMBER = lazy(rf"(?<!\w)((?i:{_DOSES}) (\d\d?)) [-–—] (?={_DOSE})(?=(\d+(?:[.,]\d+)?))")
_MOST_DOSES = 4
"""Doses that a page may number line by line; above, a range is likelier: "Dose 5 – 10 mg"."""


_NAMES_WITH_NUMBERS = lazy(
    r"(?<![\w-])(?:(?<=[^\W\d_]{3} )(?<!tis )(?<!ite )(?:[BВ] (?:12|[1-35-9])|[DД] 3|[KК] [12])"
    r"|(?i:[oô]m[eé]gas?)[ -]?[369]|Q[ -]10"
    r"|CA[ -](?:125|15-3|19-9|72-4)|(?i:typ[eu]?|tipo|тип|stad(?:e|ium|io)|estadio|CKD|NYHA|COX)[ -][1-5]"
    r"|(?<!\d )[A-ZÀ-ÝА-Я][^\W\d_]\w*-\d\d?|(?i:fa[ck]t(?:or|eur)|fattore) \d\d?"
    r"|(?:PCV|PPV|PPSV|VPC|HPV|VPH)[ -]\d\d?|(?i:covid)[ -]19|(?i:prevenar|gardasil) \d\d?)"
    rf"{_SPACE}(?=[1-9](?:\d\d|\d{{0,2}}{_SPACE}\d{{3}})(?!\d))"
)
"""A name that ends in a number, before an amount: "Vitamin D 3 800 IE"."""


def parted(text: str) -> str:
    """The text with a comma between the number of each such day and the amount, and between those of a list."""
    text = _LIST_DOSED.sub(_list_dosed, text)
    text = _LIST.sub(lambda found: found[0].replace(",", ", "), text)
    if "°" in text or "º" in text:
        text = _ITEM.sub(r"\1 , ", text)
    text = _HALF_AFTER.sub(r"\1 ,", text)
    text = _MONTH_DAY.sub(r"\1 , ", _LABELLED.sub(_labelled, text))
    if counted := _doses_in_turn(text):
        text = _DOSE_NUMBER.sub(lambda found: f"{found[1]} , " if found.start() in counted else found[0], text)
    elif (dose := _DOSE_NUMBER.match(text)) and int(dose[2]) <= _MOST_DOSES:
        text = re.sub(" [-–—] ", "- ", text, count=1)  # either way: other lines may tell that it is a number
    return _COUNTED.sub(_counted, _NAMES_WITH_NUMBERS.sub(_with_comma, text))


def _with_comma(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}, "


def _labelled(found: re.Match[str]) -> str:
    """With a pause, but where the dash begins a range that an amount stands behind: "Days 2-5 250 mg"."""
    goes_on = found["day"] and not found["to"] and _goes_on(found["day"], found)
    return found[0] if goes_on else f"{found[1]} , "


def _list_dosed(found: re.Match[str]) -> str:
    goes_on = found["list"].isdecimal() and not found[3] and _goes_on(found["list"], found)
    return found[0] if goes_on else f"{found[1]}{_spaced(found['list'])}{found[3]} , "


def _goes_on(day: str, found: re.Match[str]) -> bool:
    last = _END_OF_RANGE.match(found.string, found.end())
    return last is not None and found[0].rstrip()[-1] in "-–—" and int(day) < int(last[1])


def _counted(found: re.Match[str]) -> str:
    """With a comma behind the number, but where a dash stands before a dose of thousands: "Day 1 – 1 250 mg"."""
    falls = _FALLING_DAYS.search(found[0])
    return found[0] if falls and int(falls[1]) >= int(falls[2]) else found[0][:-1] + ", "


def _spaced(numbers: str) -> str:
    return ", ".join(number.strip() for number in numbers.split(","))


def _doses_in_turn(text: str) -> set[int]:
    """Where doses begin whose numbers are none of a range: in turn from the first on, or above the amount."""
    found = list(_DOSE_NUMBER.finditer(text))
    falling = {dose.start() for dose in found if int(dose[2]) > float(dose[3].replace(",", "."))}
    row = [dose for dose in found if dose.start() not in falling]
    in_turn = [dose[2] for dose in row] == [str(number) for number in range(1, len(row) + 1)]
    chained = any(first[3] == second[2] for first, second in pairwise(row))
    return falling | ({dose.start() for dose in row} if len(row) > 1 and in_turn and not chained else set())
