"""Times of day: "5.30pm" is "5 30 p m", not "five point three"; "9-5pm" is "9 to 5 p m".

Source: facts 5b (NHS house style writes the time with a dot), gTTS #135. Danger: a time read as a decimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from voicegen.speech.colons import meaning
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.raised_minutes import are_minutes

_CLOCK = r"(?:[01]?\d|2[0-4])"
_HALF_DAY = r"(?:[ \u00a0]?(?:[ap]\.?[ ]?m\b\.?|[AP]\.?[ ]?M\b\.?))"
_OWN_HALF_DAY = lazy(rf"{_HALF_DAY}(?!\w)")
_SHARED = lazy(r"\d:\d\d(?:\s?[-–—]\s?|\sa\s)\Z")
"""Before the second of two times that share their half of the day: "1:30 – 5:30 pm"."""
_H = "(?:h|hrs?|hours)"
_TIME = lazy(
    rf"(?:(?<![\w.,:/£$€%])|(?<=[APap][Mm]/))({_CLOCK})(?:([:.])([0-5]\d))?({_HALF_DAY})"  # 5pm, 10:15 a.m.
    rf"|(?<![\w.,:/£$€%])({_CLOCK}):([0-5]\d)"  # 08:30
    rf"(?:\s?{_H}(?=\s?(?:[-–—]|to|until|till)\s?{_CLOCK}(?::[0-5]\d|\s?{_H}\b))"  # 08:30 h - 17:00 h
    rf"|(?={_H}\b)|(?![\w:/%]|[.,]\d|[ \u00a0\u2009\u202f]000(?!\d)))"
)
_FROM = lazy(
    rf"(?<![\w.,:/£$€%–-])({_CLOCK})(?:([:.])([0-5]\d))?(?=\s?[-–—]\s?{_CLOCK}(?:[:.][0-5]\d)?{_HALF_DAY})"
)
_HOURS = lazy(rf"(?<![\w.,:/]){_CLOCK}\s?[-–—]\s?{_CLOCK}\s?(h)(?!\w)")
_AFTER_CLOCK = lazy(rf"(?<![\w.,:/]){_CLOCK}:[0-5]\d(?:\s?h)?\s?(?:[-–—]|bis)\s?{_CLOCK}\s?(h)(?!\w)")
_AT_HOURS = lazy(rf"\bum\s{_CLOCK}\s?h(?:(?:,\s?|\s?/\s?|\s(?:und|u\.)\s){_CLOCK}\s?h)*(?!\w)")
"""The German "um 8 h", "um 8 h und 20 h", which are no lengths of time."""
_H_ALONE = lazy(r"(?<=\d)\s?h")
_DOTTED = lazy(
    rf"\b(?i:at|from|until|till|by|since)\s(?P<hour>{_CLOCK})(?P<dot>\.)(?P<minute>[0-5]\d)(?=\s?(?:hrs?|hours)\b)"
)
"""As in "at 14.30 hrs", which is no length of time."""
_OPENED = lazy(
    rf"(?:\b(?i:open|opening\s(?:hours|times)|hours|clinic|surgery|reception|lines|lunch|closed)\b:?\s|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*:?\s)"
    rf"{_CLOCK}\.[0-5]\d(?P<dash>\s?[-–—]\s?)(?={_CLOCK}(?:\.[0-5]\d)?(?![\w%/:]|\.\d|\s?(?:mg|mcg|g|ml|mL|mmol|kg)\b))"
)
"""The dash of opening hours whose second number is lower: "Open 8.30-5"."""
_WITH_H = lazy(
    r"(?<![\w.,:/£$€%])(?<!over )(?<!for )(?<!after )(?<!within )(?<!every )"
    r"(?P<hour>[01]\d|2[0-4]|\d(?=[hH]\d\d\s?[-–—]\s?\d\d?[hH]\d\d)|(?:(?<=[hH]\d\d[-–—])|(?<=[hH]\d\d\s[-–—]\s))\d)"
    r"[hH](?P<minute>[0-5]\d)(?![\w%/]|[.,:]\d)"
)
"""As South Africa writes times of day: with two digits ("08h00"), or from one to another ("8h00-17h00").

After "over" and the like it is rather a length of time.
"""
_SLASH = lazy(rf"(?<=\d[APap][Mm])/(?={_CLOCK}(?:[:.][0-5]\d)?{_HALF_DAY})")
"""Between two times of day: "8am/2pm"."""
_NOON = lazy(
    r"(?:(?<=noon)|(?<=midday)|(?<=midnight))\s?(?P<dash>[-–—])\s?(?=\d)"
    r"|(?<=[\dm])\s?(?P<other>[-–—])\s?(?=(?:12\s?)?(?:noon|midday|midnight)\b)"
)
MORNING, LATER = r"0\d(?:00|15|30|45)", r"(?:1\d|2[0-4])(?:00|15|30|45)"
"""Times of day without a colon: before ten, and from ten on."""
_FOUR_DIGITS = lazy(
    rf"(?<![\w.,:/+–-]){MORNING}(?P<dash>\s?[-–—‑]\s?)(?={LATER}(?:\s?(?:h|hrs?|hours?)\b|(?![\w/–-]|[.,]\d)))"
)
"""As in "0800-1700"."""
_DASH = lazy(r"\s?[-–—]\s?(?=\d{1,2})")
_HOUR_BEFORE = lazy(r"\d{1,2}\Z")
_RAISED = lazy(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}(?![⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻])")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER_NEXT = lazy(r"[ \u00a0\u2009\u202f]\d")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    ends: set[int] = set()
    if "clock" in passage.language.words("times"):
        for claim in _in_words(passage):
            yield claim
            ends.add(claim.end)
        yield from _opening_hours(passage)
    for claim in _with_raised_minutes(passage):
        yield claim
        ends.add(claim.end)
    to = passage.language.word("to")
    for match in _DOTTED.finditer(text) if passage.language.code == "en" else ():
        clock = _clock(passage, match["hour"], match["minute"])
        yield Claim(match.start("hour"), match.end("minute"), clock)
    for match in _WITH_H.finditer(text) if passage.language.code == "en" else ():
        yield Claim(*match.span(), _clock(passage, match["hour"], match["minute"]))
        ends.add(match.end())
    for match in _OPENED.finditer(text) if passage.language.code == "en" else ():
        yield Claim(*match.span("dash"), f" {to} ")
    for match in _FROM.finditer(text):
        yield Claim(match.start(), match.end(), _clock(passage, match[1], match[3] or "", "half"))
        ends.add(match.end())
    for match in _TIME.finditer(text):
        if match[5] and meaning(passage, match.start(), match.end()) == "ratio":
            continue
        hour, minute = match[1] or match[5], match[3] or match[6] or ""
        end = match.end()
        if not int(hour) and text[end : end + 1] == "h":
            continue  # "over 0:30h" is no 30 hours
        half = _half_day(passage, match[4])
        if match[4] and text[end - 1] == "." and _ends_sentence(text, end):
            end -= 1
        yield Claim(match.start(), end, f"{_clock(passage, hour, minute, half)} {half}".strip())
        ends.add(end)
    for match in _FOUR_DIGITS.finditer(text) if to else ():
        yield Claim(*match.span("dash"), f" {to} ")
    for match in _SLASH.finditer(text):
        yield Claim(*match.span(), ", ")
    for match in _NOON.finditer(text) if to else ():
        yield Claim(*match.span("dash" if match["dash"] else "other"), to)
    for match in _DASH.finditer(text) if to else ():
        if match.start() in ends:
            yield Claim(match.start(), match.end(), to)


@lru_cache(maxsize=8)
def _worded(after: str, letter: str) -> re.Pattern[str]:
    between = rf"[:.]|\s?{letter}\s?" if letter else "[:.]"
    behind = rf"(?P<after>{after})|(?P<range>(?=(?:\s?[-–—]\s?|\s(?:a|à|bis)\s){_CLOCK}(?:[:.][0-5]\d)?{after}))"
    return re.compile(
        rf"(?<![\w.,:/])({_CLOCK})(?:({between})([0-5]\d))"
        rf"(?:(?={after})|(?![\w:/%]|[.,]\d|[ \u00a0\u2009\u202f]000(?!\d)))(?:{behind})?"
    )


def _in_words(passage: Passage) -> Iterator[Claim]:
    """As in "14.30 Uhr", "14h30" and "8.30–12 Uhr": a dot counts only where the word for the hour follows."""
    words = passage.language.words("times")
    for match in _worded(str(words["after"]), str(words.get("letter", ""))).finditer(passage.text):
        hour, mark, minute = match[1], match[2].strip(), match[3]
        spoken = match["after"] or match["range"] is not None
        if mark == "." and not spoken:
            continue
        if passage.language.code == "es" and _has_half_day(passage.text, match.start(), match.end()):
            continue  # "8:00 a.m." is said with it
        kind = meaning(passage, match.start(), match.end()) if mark == ":" and not spoken else "time"
        if kind == "ratio":
            continue
        pattern = words["full" if minute == "00" else "clock"] if kind else "{hour} {minute}"
        said = str(pattern).format(hour=int(hour), minute=minute)
        if match["after"] and said[-1].isdigit() and _NUMBER_NEXT.match(passage.text, match.end()):
            said += ","  # "12:30 Uhr 250 mg" is no 30250 mg
        yield Claim(match.start(), match.end(), said)


def _with_raised_minutes(passage: Passage) -> Iterator[Claim]:
    """As in "8³⁰", with the word for the hour that follows."""
    text, words = passage.text, passage.language.words("times")
    found = [(*match.span(), match[0].translate(_PLAIN)) for match in _RAISED.finditer(text)]
    spans = (span for span in passage.positioned("sup") if span not in passage.marks)
    for start, end, minute in (*found, *((span.start, span.end, span.run.text.strip()) for span in spans)):
        hour = _HOUR_BEFORE.search(text, max(0, start - 2), start)
        if hour is None or not are_minutes(text[:start], minute):
            continue
        if "clock" in words:
            follows = re.compile(str(words["after"])).match(text, end)
            said = str(words["full" if minute == "00" else "clock"]).format(hour=int(hour[0]), minute=minute)
        else:
            follows = _OWN_HALF_DAY.match(text, end)
            half = _half_day(passage, follows and follows[0])
            said = f"{_clock(passage, hour[0], minute, half)} {half}".strip()
        yield Claim(hour.start(), follows.end() if follows else end, said)


def _has_half_day(text: str, start: int, end: int) -> bool:
    return _OWN_HALF_DAY.match(text, end) is not None and not _SHARED.search(text, max(0, start - 12), start)


def _opening_hours(passage: Passage) -> Iterator[Claim]:
    """As in "geöffnet 8–12 h" and "8:30–14 h", where the sign of the unit means a time of day."""
    words = passage.language.words("times")
    if "opening" not in words:
        return
    opening = re.search(str(words["opening"]), passage.text, re.IGNORECASE)
    for match in chain(_AFTER_CLOCK.finditer(passage.text), _HOURS.finditer(passage.text) if opening else ()):
        yield Claim(match.start(1), match.end(1), str(words["oclock"]))
    for row in _AT_HOURS.finditer(passage.text) if passage.language.code == "de" else ():
        for hour in _H_ALONE.finditer(passage.text, *row.span()):
            yield Claim(*hour.span(), f" {words['oclock']}")


def _clock(passage: Passage, hour: str, minute: str, half_day: str = "") -> str:
    """Hours and minutes; a full hour without "a m" or "p m" is "9 o'clock" or "17 hundred"."""
    if not minute or (minute == "00" and half_day):
        return hour
    if minute == "00":
        words = passage.language.words("times")
        full = words["oclock"] if 1 <= int(hour) <= 12 else words["hundred"]
        return f"{int(hour)} {full}".strip()
    hour = str(int(hour))
    return f"{hour} {minute}" if minute[0] != "0" else f"{hour} 0 {minute[1]}"


def _half_day(passage: Passage, written: str | None) -> str:
    if not written:
        return ""
    return str(passage.language.words("times")["am" if "a" in written.lower() else "pm"])


def _ends_sentence(text: str, end: int) -> bool:
    rest = text[end:].lstrip(" \u00a0\"'”’)")
    return not rest


RULE = Rule("times", "Says times of day as hours and minutes.", _find, "digit")
