"""Short forms of prescriptions: "5 mg bd" is "5 milligrams twice a day", "for 5/7" is "for 5 days".

Source: BNF, Latin abbreviations; ISMP (error-prone abbreviations). Danger: many are ordinary words or names
("od", "bid", "stat", "BD"), so they count only soon after an amount or a form of medicine. "OD" after drops is
left alone: there it may be the right eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_COURSE = lazy(
    r"(?:(?P<cross>\b[xX]|×)\s?|\b(?P<word>for|in|every|after|last|past|over|within|at)\s"
    r"|(?<![\w/])(?P<often>(?i:[botq]d|[tq]ds|[btq]id|daily|nocte|mane|prn|stat|om|on),?\s))"
    r"(?P<number>\d{1,2}|(?P<low>\d{1,2})\s?[-–]\s?(?P<high>\d{1,2}))\s?/\s?(?P<span>7|52|12)"
    r"(?![\w/]|[.,]\d|\s(?:of|the|people|women|men|children)\b)"
)
_WEEKS = lazy(
    r"(?<![\w.,/–-])(?<![Pp]age )(?<![Pp]ages )(?P<low>\d{1,2})\s?[-–]\s?(?P<high>\d{1,2})\s?/\s?52"
    r"(?![\w/]|[.,]\d)"
)
"""Two numbers of weeks, which are never a part of anything."""
_HOURS_OF_A_DAY = lazy(
    r"(?<=every )(?P<low>\d{1,2})(?:\s?[-–]\s?(?P<high>\d{1,2}))?\s?/\s?24(?![\w/]|[.,]\d)", re.IGNORECASE
)
"""As in "every 4-6/24"; elsewhere it may be a test of sight ("OD 6/24")."""
_SOME = lazy(r"\s(?!(?:is|as|was|has|unless|plus|this|less|always)\b)[a-z]{2,}s\b")
"""A word for several things: "for 5/7 days", "in 3/12 joints"."""
_SEEN_AGAIN = lazy(
    r"\b(?:review|follow[- ]?up|f/u|rv|tci|see|seen|repeat|recheck|re-?check|back|appointment|clinic|results?)\b",
    re.IGNORECASE,
)
_FELT = lazy(
    r"\b(?:history|hx|symptoms?|pain|cough|fever|vomiting|diarrhoea|bleeding|rash|headaches?|unwell|off work)\b",
    re.IGNORECASE,
)
_TAKEN = lazy(
    r"\b(?:take|taken|use|apply|give|given|continue|course|rest|avoid|prescribe|treat|wear|antibiotics?|abx|[btq]\.?d"
    r"|[tq]\.?d\.?s|[btq]\.?i\.?d)\b",
    re.IGNORECASE,
)
"""Before "for 5/7"; not before "after 3/12", which may be a date."""
_OFTEN = lazy(r"(?<![\w/])(?:[btq]\.?d\.?|[tq]\.?d\.?s\.?|[btq]\.?i\.?d\.?|mane|nocte|daily),?\s\Z", re.IGNORECASE)
"""How often something is taken, right before how long; "OD 6/12" may be the sight of the right eye."""
_AGED = lazy(
    r"\b(?:aged?|age)(?:\sof)?:?\s(?P<months>\d{1,2})\s?/\s?(?P<span>7|52|12)(?![\w/]|[.,]\d)"
    r"|(?<![\w./,])(?P<old>\d{1,2})\s?/\s?(?P<of>7|52|12)(?=\s?-?old\b)"
)
_EVERY = lazy(r"(?<![\w.-])[qQ]\.?\s?(\d{1,2})(?:\s?[-–]\s?(\d{1,2}))?\s?[hH](?:rs?|ourly)?(?![\w'’])")
_YEARS_OLD = lazy(r"(?<=\d)(?:\s?|-)(?:y/o|yo|y\.\s?o)(?![\w'’])(?P<dot>\.?)", re.IGNORECASE)
_AT_TIMES = lazy(
    r"(?<![\w.'’/-])(?:ON|OM|am|pm)"
    r"(?=\s*(?:\Z|[,;.)(\[]|/(?!\s?(?i:off))|[-–—]\s|(?:for|x|×|and|prn|PRN)\s?(?![^\W\d_])|\d))"
)
"""As in "20 mg ON" and "20 units am": nothing after them that one could take a dose on, or that somebody is."""
_PARTED = lazy(r"\s*[-–—(\[]")
_SHOUTED = lazy(r"(?:(?![a-z]{3}).)*[A-Z]{4}(?:(?![a-z]{3}).)*", re.DOTALL)
"""What stands after "ON", and what a text has that is not all in capitals: "SWITCHED TO 5 MG ON - MONDAY"."""
_OFTEN_TO_OFTEN = lazy(
    r"(?<![\w./-])(?P<low>od|OD|bd|BD|bid|BID|tds|TDS|tid|TID)(?P<dash>\s?[-–]\s?)"
    r"(?P<high>bd|BD|bid|BID|tds|TDS|tid|TID|qds|QDS|qid|QID)(?![\w/-]|\.\w)"
)
"""As in "od–bd": the first is no eye there."""
_WORD = lazy(r"[^\W\d_]+")
_SEVERAL = lazy(r"(?<![\w./-])[A-Za-z]{2,3}(?:\s?/\s?[A-Za-z]{2,3})*(?![\w/.-])")
_BREAK = lazy(r"[.;:!?](?:\s|\Z)")
_FAR = 200
"""Characters: as far as any dose is looked for."""
_NEAR = 4
"""Words: how far a short form may stand from the amount or the form before it."""


def _find(passage: Passage) -> Iterator[Claim]:
    text, words = passage.text, passage.language.words("dosing")
    if "every" in words and passage.has_digit:
        for match in _EVERY.finditer(text):
            hours = f"{match[1]} {passage.language.word('to')} {match[2]}" if match[2] else match[1]
            pattern = str(words["every_hour" if hours == "1" else "every"])
            yield Claim(*match.span(), pattern.format(hours=hours))
    if "short" not in words:
        return
    if passage.has_digit:
        for match in _YEARS_OLD.finditer(text):
            article = re.search(r"\ban?\s\d+\Z", text[: match.start()])
            ends = match["dot"] and not text[match.end() :].strip(" \u00a0\"'”’)»")
            end = match.end() - bool(ends or (match["dot"] and "." not in match[0][:-1]))
            yield Claim(match.start(), end, f" {words['year_old' if article else 'years_old']}")
        yield from _courses(passage, words)
    yield from _alone(passage, words)
    for match in _OFTEN_TO_OFTEN.finditer(text) if words.get("alone") else ():
        often = {**words["alone"], **words["short"]}
        yield Claim(*match.span("low"), str(often[match["low"]]))
        yield Claim(*match.span("dash"), f" {passage.language.word('to')} ")
        yield Claim(*match.span("high"), str(often[match["high"]]))
    at_times = words.get("at_times", {})
    for match in _AT_TIMES.finditer(text) if at_times else ():
        shouted = match[0] == "ON" and _PARTED.match(text, match.end()) and _SHOUTED.fullmatch(text)
        if not shouted and _after_dose(passage, match.start(), words, near=1):
            yield Claim(*match.span(), str(at_times[match[0]]))
    for match in _short(tuple(words["short"])).finditer(text):
        dose = _after_dose(passage, match.start(), words)
        if dose and not (match[0].lower().replace(".", "") == "od" and dose in words["drops"]):
            ends = match[0].endswith(".") and not text[match.end() :].strip(" \u00a0\"'”’)»")
            yield Claim(match.start(), match.end() - ends, str(words["short"][match[0]]))


def _alone(passage: Passage, words: Mapping[str, Any]) -> Iterator[Claim]:
    """Short forms that fill a cell ("BD"), or several with a slash between ("TDS/QDS")."""
    often = words.get("alone", {})
    for match in _SEVERAL.finditer(passage.text):
        parts = _WORD.findall(match[0])
        whole = match[0] == passage.text.strip()
        if len(parts) > 1 and not {"am", "pm"}.isdisjoint(parts):
            continue  # both, and not the one or the other
        if all(part in often for part in parts) and (whole or len(parts) > 1):
            said = f" {passage.language.word('or')} ".join(str(often[part]) for part in parts)
            yield Claim(*match.span(), said)


@lru_cache(maxsize=8)
def _short(shorts: tuple[str, ...]) -> re.Pattern[str]:
    ordered = "|".join(map(re.escape, sorted(shorts, key=len, reverse=True)))
    return re.compile(rf"(?<![\w.'’@/-])(?:{ordered})(?![\w'’@/-]|\s(?:syringe|needle|pen)|\.\w)")


def _courses(passage: Passage, words: Mapping[str, Any]) -> Iterator[Claim]:
    """As in "for 5/7", "x 2/52" after a dose in the same sentence, "review in 3/52": days, weeks or months."""
    text = passage.text
    for match in _COURSE.finditer(text):
        if match["low"] and int(match["low"]) >= int(match["high"]):
            continue
        near, word = max(0, match.start() - 60), match["word"]
        bound = match["cross"] or match["often"] or word in ("for", "every")
        known = (
            (match["span"] == "52" and (match["cross"] or word))
            or (match["low"] and word in ("for", "every"))
            or (bound and _after_dose(passage, match.start(), words, near=12))
            or (bound and _OFTEN.search(match["often"] or text[near : match.start()]))
            or (word and _SEEN_AGAIN.search(text, near, match.start()))
            or (word in ("for", "after", "last", "past", "over") and _FELT.search(text, near, match.start()))
            or (word == "for" and _TAKEN.search(text, near, match.start()))
        )
        if known and not _SOME.match(text, match.end()):
            one, other = words["courses"][match["span"]]
            start = match.start() if match["cross"] else match.start("number")
            lead = "" if word else "for "
            number = match["number"]
            if match["low"]:
                number = f"{match['low']} {passage.language.word('to')} {match['high']}"
            yield Claim(start, match.end(), f"{lead}{number} {one if number == '1' else other}")
    for match in _WEEKS.finditer(text):
        if int(match["low"]) < int(match["high"]):
            number = f"{match['low']} {passage.language.word('to')} {match['high']}"
            yield Claim(*match.span(), f"{number} {words['courses']['52'][1]}")
    for match in _HOURS_OF_A_DAY.finditer(text):
        low, high = match["low"], match["high"]
        if int(low) < int(high or 24) <= 24 and not _SOME.match(text, match.end()):
            number = f"{low} {passage.language.word('to')} {high}" if high else low
            one, other = words["courses"]["24"]
            yield Claim(*match.span(), f"{number} {one if number == '1' else other}")
    for match in _AGED.finditer(text):
        number, span = match["months"] or match["old"], match["span"] or match["of"]
        start = match.start("months") if match["months"] else match.start("old")
        one, other = words["courses"][span]
        yield Claim(start, match.end(), f"{number} {one if number == '1' else other}")


def _after_dose(passage: Passage, position: int, words: Mapping[str, Any], near: int = _NEAR) -> str:
    """The unit or form of medicine that stands at most `near` words before a position; empty where none does."""
    text = passage.text
    for match in list(_WORD.finditer(text, max(0, position - _FAR), position))[: -near - 2 : -1]:
        measured = any(
            quantity.measure is not None
            and quantity.measure.start == match.start()
            and match[0] in words["amounts"]
            for quantity in passage.quantities
        )
        if (measured or match[0].lower() in words["forms"]) and not _BREAK.search(
            text, _past_dot(match), position
        ):
            return match[0].lower()
    return ""


def _past_dot(form: re.Match[str]) -> int:
    """Where a form ends, with the dot of its short form ("1 tab. OD")."""
    return form.end() + (form[0].lower() in ("tab", "tabs", "cap", "caps"))


RULE = Rule("dosing", 'Says "bd", "q4h", "for 5/7" and the like in full where a dose stands before them.', _find)
