"""Phone and emergency numbers are said digit by digit, in the groups in which they are printed.

Source: facts 5b (NHS: 01273 800 900, 020 7450 4000, +44 (0)20 7450 4000; 999, 111, 116 123; NHS number 3-3-4).
Danger: "call nine hundred and eleven", and a dash said as "to" between two groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicegen.speech.language import Language
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.times import LATER, MORNING

_WARM = lazy(r"\s?[°º]?[CF](?!\w)")
"""What makes "101 F" a temperature."""
_GAP = r"[ \u00a0\u202f.‑–-]"
_PHONE = lazy(
    rf"(?<![\w.,/£$€])(?:"
    rf"(?:\+|00)\d{{1,3}}{_GAP}?(?:\(0\)|\(\d{{1,4}}\))?(?:{_GAP}?\d{{1,4}}){{2,6}}"  # international
    rf"|\(\d{{2,5}}\){_GAP}?\d{{3,4}}(?:(?:{_GAP}?\d{{3,4}}){{1,2}}|[‑–-]\d\d?)?"  # (020) 7946 0000, (030) 450-0
    rf"|1{_GAP}[2-9]\d\d{_GAP}\d{{3}}{_GAP}\d{{4}}"  # 1-800-555-0100
    rf"|[2-9]\d\d[ \u00a0.‑-]\d{{3}}[ \u00a0.‑-]\d{{4}}"  # 555-010-0123, 485 777 3456
    rf"|0(?:\d{{2,4}}| \d\d(?: \d\d)?)\s?/\s?\d{{2,4}}(?: \d{{2,4}}){{1,3}}(?: ?- ?\d{{1,4}})?"  # 0 30/12 34 56
    rf"|0\d{{2,4}}(?:\s/\s\d{{4,9}}(?:-\d{{1,5}})?|\s?/\s?\d{{3}}-\d{{1,5}})"  # 030 / 123456, 0511/123-0
    r"|(?:\(0(?: \d{1,2}){1,3}\) ?|0(?: \d\d){1,2} ?/ ?)\d{1,3}(?: \d{2,3}){0,3}"
    r"(?: ?- ?\d{1,2}(?: \d\d){0,3})?"  # (0 30) 4 50-0
    r"|0 [89]\d\d(?: \d{3}){2}|0 [89]\d\d(?: \d\d){3}"  # 0 800 123 456
    r"|01\s?/\s?\d{3}(?: \d{2,3}){1,3}(?: ?- ?\d{1,4})?"  # 01/404 00-0, of Vienna
    rf"|0\d{{9,10}}"  # 01632960000
    rf"|0\d{{1,4}}(?:[ \u00a0\u202f‑-]\d{{1,8}}){{0,3}}[ \u00a0\u202f‑-]\d{{2,8}}(?:[‑–-]\d)?"  # 0711 2034-0
    rf"|0\d(?:\.\d{{2}}){{4}}"  # 01.23.45.67.89
    rf"|0\d{{2,4}}/\d{{4,9}}(?:-\d{{1,5}})?"  # 030/12345678, 089/4400-0
    rf"|[6-9]\d{{2}}(?: \d{{3}}){{2}}(?! \d)|[6-9]\d{{1,2}}(?: \d{{2,3}}){{3}}"  # 900 123 456, 91 123 45 67
    rf"|[2-9]\d\d-\d{{4}}"  # 555-0123
    rf"|[6-9]\d{{8}}(?!\d)|[2-9]\d{{9}}(?!\d)"  # 915620420, 9876543210
    rf")(?![\w/%°]|[.,]\d|-\d)"
)
_IN_LETTERS = lazy(r"(?<![\w.,-])1-(?:8\d\d|900)-(?=[A-Z]{2})")
"""What stands before a number in letters: "1-800-QUIT-NOW"."""
_ROUND = lazy(r"[2-9]\d0-[1-9]\d00")
"""Two round numbers, the second higher: "Ferritin 300-1000", but also "Pharmacy 320-4500" and "Lot 500-1000"."""
_IS_SPAN = lazy(r"[-–]")
_HOURS = lazy(rf"{MORNING}[‑–-]{LATER}")
"""From one hour to another: "0800-1700"."""
_DIGITS = lazy(r"\d+")
_SHORT = lazy(r"(?<![\w.,/£$€–-])(?<!\d )\d{3,6}(?:[ \u00a0-]\d{3,4}){0,2}(?![\w/%°]|[.,:]\d|[–-]\d)")
_HARMONISED = lazy(r"116[ \u00a0-]?(?:000|006|111|116|117|123)")
"""Numbers that are the same all over Europe (Commission Decision 2007/116/EC and its additions)."""
_NEXT_NUMBER = lazy(r"(,|\s?[–—-](?=\s))\s?\+?\(?\d")
_NUMBER_BEFORE = lazy(r"(?:\d|\d\)|\d\s?(?:[ap]\.?m\.?|h|hrs|Uhr))(\s?[,–—-]\s|(?<!(?<!\d)0)\s)\Z")
"""What stands between a number, such as that of a ward, or an hour, and the telephone number after it."""
_WORD = lazy(r"[^\W\d_]+")


def _find(passage: Passage) -> Iterator[Claim]:
    for span in passage.spans if len(passage.runs) > 1 or passage.runs[0].href else ():
        if span.run.href.lower().startswith(("tel:", "sms:", "callto:", "https://wa.me/")):
            for match in re.finditer(r"[+(]?\d[\d ()\u00a0\u202f.‑–-]*\d", span.run.text):
                yield _claim(span.start + match.start(), span.start + match.end(), passage)
    text = passage.text
    for match in _PHONE.finditer(text):
        certain = match[0][0] == "0" or (len(match[0]) == 10 and match[0][0] in "6789")  # no amount is as high
        if match[0].isdecimal() and not certain and not _is_called(passage, match):
            continue
        called = _follows_caller(passage, match)
        if _IS_SPAN.search(match[0]) and not called and _is_inside(passage, match.start()):
            continue  # "150 000–400 000", "4 500-11 000"
        if _HOURS.fullmatch(match[0]) and not called:
            continue
        if _ROUND.fullmatch(match[0]) and not (called or _is_named(passage, match)):
            continue
        if _digits(match[0]) >= 7 and not _is_amount(passage, match.end()):
            yield _claim(match.start(), match.end(), passage)
    for match in _IN_LETTERS.finditer(text):
        yield Claim(*match.span(), f"{in_groups(match[0], passage)}, ")
    emergency = passage.language.words("phones")
    if emergency:
        yield from _short_numbers(passage, emergency["emergency"], emergency["words"])


def _is_called(passage: Passage, match: re.Match[str]) -> bool:
    """Whether nine or ten digits in a row are a telephone number: alone, or after a word that says so."""
    shorts = passage.language.words("phones").get("before_long", ())
    near = [word.lower() for word in _WORD.findall(passage.text[max(0, match.start() - 40) : match.start()])][-2:]
    return (
        match[0] == passage.text.strip()
        or _follows_caller(passage, match)
        or _is_named(passage, match)
        or any(word in shorts for word in near)
    )


def _follows_caller(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word before a number says that one calls it."""
    callers = passage.language.words("phones").get("words", ())
    near = [word.lower() for word in _WORD.findall(passage.text[max(0, match.start() - 40) : match.start()])][-3:]
    return any(word in callers for word in near)


def _is_named(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the word right before says who answers a number, or what it marks."""
    before = _named(passage.language).search(passage.text, max(0, match.start() - 40), match.start())
    return before is not None


@lru_cache(maxsize=16)
def _named(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, language.words("phones").get("named", ()))) or "(?!)"
    return re.compile(rf"(?i)(?<!\w)(?:{words})(?:\.|\s(?:no|nr|number|n[º°o]))?\.?\s?:?\s\Z")


def _is_inside(passage: Passage, place: int) -> bool:
    """Whether a number that began before `place` goes on there."""
    return any(number.start < place < number.number_end for number in passage.quantities)


def _is_amount(passage: Passage, end: int) -> bool:
    return end in passage.measured


def _short_numbers(passage: Passage, emergency: list[str], callers: list[str]) -> Iterator[Claim]:
    """Numbers that are for calling only because the words beside them say so."""
    text = passage.text
    articles = passage.language.words("phones").get("articles", ())
    called = False
    for match in _SHORT.finditer(text):
        before = [word.lower() for word in _WORD.findall(text[max(0, match.start() - 60) : match.start()])]
        near = before[-4:]
        number = match[0]
        known = number in emergency and len(number) == 3
        year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
        article = bool(near) and known and near[-1] in articles
        asked = (
            article
            or any(word in callers for word in (near[-1:] if year else near[-3:]))
            or (called and bool(near) and near[-1] in ("or", "o", "ou", "oder", "and"))
        )
        following = text[match.end() : match.end() + 12].lower().lstrip()
        warm = _WARM.match(text, match.end()) is not None
        counted = warm or _is_amount(passage, match.end()) or _counts(following)
        named = known and following.startswith(("call", "service", "operator", "online", "number", "emergency"))
        if (asked and not counted and (known or len(number) <= 14)) or named:
            called = True
            yield _claim(match.start(), match.end(), passage)
        elif not counted and (
            (_HARMONISED.fullmatch(number) and not following[:1].isalpha())
            or (known and not near and not text[: match.start()].strip())
        ):
            yield _claim(match.start(), match.end(), passage)


def _counts(following: str) -> bool:
    """Whether the word after a number shows that it counts something ("call 100 people")."""
    word = _WORD.match(following)
    return (
        word is not None
        and (word[0].endswith("s") or word[0] in ("people", "million", "thousand"))
        and word[0]
        not in (
            "is",
            "as",
            "this",
            "services",
            "immediately",
            "los",
            "las",
            "sans",
        )
    )


def _claim(start: int, end: int, passage: Passage) -> Claim:
    """The number in its groups; a longer pause where a comma alone would join it to a number beside it."""
    words = in_groups(passage.text[start:end], passage)
    before = _NUMBER_BEFORE.search(passage.text, max(0, start - 12), start)
    if before and passage.free(before.start(1), start) and _digits(passage.text[start:end]) >= 7:
        start, words = before.start(1), f"; {words}"
    after = _NEXT_NUMBER.match(passage.text, end)
    return Claim(start, after.end(1), f"{words};") if after else Claim(start, end, words)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def in_groups(number: str, passage: Passage) -> str:
    """The digits one by one, a comma between the printed groups, "plus" for the sign."""
    brackets = " " + passage.language.word("in_brackets")
    groups = [
        " ".join(match[0])
        + (brackets if match[0] == "0" and number[match.start() - 1 : match.end() + 1] == "(0)" else "")
        for match in _DIGITS.finditer(number)
    ]
    plus = passage.language.word("plus") + " " if number.lstrip().startswith("+") else ""
    return plus + ", ".join(groups)


RULE = Rule(
    "phone numbers", "Says phone and emergency numbers digit by digit in their printed groups.", _find, "digit"
)
