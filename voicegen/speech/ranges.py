"""A dash between two amounts is "to": "20–30%" is "20 to 30 per cent", "4-6 hours" is "4 to 6 hours".

Source: facts 5b; engines 6.2. Danger: the default engine drops an en dash, so that a dose range becomes one
wrong number ("twenty thirty"), and says "dash" for a hyphen. Names, codes, dates and phone numbers are no
ranges: other rules claim them first, and a chain of dashes is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from voicegen.speech.kinds import are_unlike, is_reading, kinds_in_words, kinds_of
from voicegen.speech.language import Language
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import Quantity
from voicegen.speech.signs import is_apart
from voicegen.speech.units import are_pieces, is_dose, is_piece

_DASH = lazy(
    r"(?:\.(?=[-–—])|\+|[CF](?=\W)|[ \u00a0]?m(?=\s?[-–—])|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)?"
    r"(\s?(?:[-‐‑‒–—−~∼]|\.\.)\s?|\.\.\.|…|\s(?:\.\.\.|…)\s)(?:[£€$¥<>≥≤~+]|[-−])?"
)
_WORDED = lazy(r"(?<=\d) ([^\W\d_]{1,12})\.?(\s?[-–—]\s?)(?=\d+(?:[.,]\d+)?[½¼¾]?[ \u00a0]([^\W\d_]{1,12}))")
_MONTHS = lazy(
    r"(?:(?<=\dm)|(?<=\d m))\s?[-–—]\s?(?=[<≤]?\s?\d{1,2}\s?(?:y|yrs?|years?|a|años?|ans?|j|Jahren?)(?![^\W_]))"
)
_SIGNS = {"+": "plus", "-": "minus", "−": "minus"}
_COUNTED = lazy(r"[\s-]?([^\W\d_]+|×)|(/)(?=[^\W\d_])")
_BEFORE_PART = lazy(
    r"(?<=\d)\s?(?:mg|mcg|[µμ]g|g|ml|mL|%|IU|UI|IE|h|Uhr)(?P<dash>\s?[-–—]\s?)(?=(?:1/[234]|2/3|3/4|[½⅓⅔¼¾])\s(?P<word>[^\W\d_]+))"
)
"""As in "500 mg – 1/2 tablet"."""
_COMPARED = lazy(r"[<>≤≥]=?\s?\Z")
_TAKEN = frozenset(("mass", "volume", "units"))
_GOES_ON = lazy(r"\s?[/x×]\s?\d|\s?[%°]")
"""After a number that is no whole one."""
_MARKER = lazy(r"(?<![^\W_])CA[ -]\Z")
_PAIRS = lazy(r"(?<=\d)\s?[-–—]\s?(?=(?P<low>\d{1,3})(?P<sign>[/:])\d)")
_PAIR_BEFORE = lazy(r"(?<![\w.,/:])(\d{1,3})([/:])\d[\d.,]*\Z")
_SCORES = lazy(r"(?<![\w.,/–-])(\d)(\s?[-–—]\s?)(\d)\s?/\s?(10|5)(?![\w/]|[.,]\d)")
"""As in "7–8/10"."""
_OF_FORTY = lazy(r"(?<![\w.,/–-])([1-3]\d)(\s?[-–—]\s?)([1-4]\d)\s?/\s?40(?![\w/]|[.,]\d)")
"""Weeks of a pregnancy: "24–28/40"."""
_OPENING = lazy(
    r"(?i)(?:day|daily|open|opening hours|hours|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|lun|vie|s[áa]b|dom|lunes"
    r"|viernes|ven|sam|dim"
    r"|vendredi|samedi|mo|di|mi|do|fr|sa|so|tag|täglich|freitag)[.:]{0,2}\s\Z"
)
"""What hours stand after: "Mon–Fri 8-8" is from 8 to 8."""
_LETTERS_MISSED = lazy(
    r"(?<![\w.,/])(?:6/(?:[4-9]|12|18|24|36|60)|20/\d{2,3})(?P<sign>\s?[-−–+])(?=[1-5](?![\d/]|[.,]\d|\s?[^\W\d_](?<!\s[RL](?!\w))(?<!\s[ORLB](?=[DSUE](?!\w)))))"
)
_VISION = lazy(r"(?i)\b(?:VA|vision|visual|acuity|eyes?|OD|OS|RE|LE|BCVA|UCVA|snellen|pinhole)\b")
"""Letters missed, or read beyond the line, in a test of sight: "VA 6/6-2"."""
_PART_BEFORE = lazy(r"(?<![\w.,/:–—-])(\d{1,3}/\d{1,3}(?:[.,]\d{3})*)\Z")
_PART_AFTER = lazy(r"(\d{1,3}/\d{1,3}(?:[.,]\d{3})*)(?![\w/–—-]|[.,]\d)")
_MASSES = frozenset(("mg", "mgs", "mcg", "mcgs", "µg", "μg", "ug", "g", "MG", "MCG"))
_NAME = r"(?:[^\W\d_]{3,}(?:ine?|one?|ole?|ide?|ate?|il|an|ene?|am|ic|ium|opa|i[rm])|hctz?)"
_TWO_NAMES = lazy(rf"(?i)(?<!\w)(?:{_NAME}\s?[-/+]\s?{_NAME}|co-[a-z]+)\s(?:[A-Z]{{2,3}}\s)?\Z")
"""A medicine of two, right before its strengths: "losartan-hydrochlorothiazide 50-12.5", "co-codamol 30-500"."""
_BRANDS_OF_TWO = lazy(
    r"(?i)(?<!\w)(?:sinemet|madopar|dhivy|percocet|norco|vicodin|lortab|endocet|roxicet|ultracet|janumet|jentadueto"
    r"|glucovance|vytorin|inegy|caduet|exforge|azor|lotrel|twynsta|tribenzor|hyzaar|seretide|advair|bactrim|septrin)"
    r"(?:\s(?:CR|ER|XR|IR|DS|LS|HCT|plus))?\s\Z"
)
_OPIOIDS = frozenset(("2.5", "5", "7.5", "10", "15", "37.5", "37,5"))
"""The strengths in milligrams that stand beside 325 of paracetamol; 75 and 325 are a range of aspirin."""
_PART = r"(?:[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[1-7]/[2-8])"
_PARTS_APART = lazy(
    rf"(?<![\w.,/:–—-])(?<!\d[ \u00a0])(?<![-–—][ \u00a0])(?P<low>{_PART})(?: (?P<word>[^\W\d_]+))?"
    rf"(?P<dash>\s[-–—]\s)(?=(?P<high>{_PART})(?![\w/]|[.,]\d|\s?[-–—]\s?[\d½¼¾]))"
)
"""As in "¼ – ½ tablet"."""
_CHAIN = lazy(r"[-‐‑‒–—−/]\d")


def _find(passage: Passage) -> Iterator[Claim]:
    to = passage.language.word("to")
    if not to:
        return
    if passage.language.code == "en" and _VISION.search(passage.text):
        for seen in _LETTERS_MISSED.finditer(passage.text):
            sign = "plus" if "+" in seen["sign"] else "minus"
            yield Claim(*seen.span("sign"), f" {passage.language.word(sign)} ")
    for first, second in pairwise(passage.quantities):
        match = _DASH.fullmatch(passage.text, first.end, second.start)
        if match is None or first.code or second.start - first.end > 5:
            continue
        strengths = _are_strengths(passage, first, second, match[0])
        if (
            strengths
            or _are_unlike(passage, first, second, match[1])
            or _is_limit(passage, first, second, match[1])
        ):
            yield Claim(*match.span(1), ", ")
        elif _is_range(passage, first, second, match[1]):
            same = passage.text[first.start : match.start(1)] == passage.text[second.start : second.end]
            same = same and match.end() == match.end(1) and passage.before(first.start) not in ("-", "−")
            hours = _OPENING.search(passage.text[max(0, first.start - 24) : first.start])
            words = "" if same and not _one(first) and not hours else to
            start = match.start() if passage.text[match.start()] == "." else match.start(1)  # "30 min.–2 hr."
            yield Claim(start, match.end(1), words or " ")
            if own := _SIGNS.get(passage.text[match.end(1) : match.end()]):
                yield Claim(match.end(1), match.end(), f" {passage.language.word(own)} ")
    for match in _BEFORE_PART.finditer(passage.text):
        if are_pieces(passage, match["word"].casefold()):
            yield Claim(*match.span("dash"), ", ")
    yield from _between_pairs(passage)
    for match in _PARTS_APART.finditer(passage.text):
        if (match["word"] is None or are_pieces(passage, match["word"].casefold())) and (
            _value(match["low"]) < _value(match["high"])
        ):
            yield Claim(*match.span("dash"), f" {to} ")
    for match in _MONTHS.finditer(passage.text):
        yield Claim(*match.span(), to)
    spans = passage.language.words("ranges").get("spans", ())
    ends = {one.end for one in passage.quantities if one.measure}
    for match in _WORDED.finditer(passage.text) if spans else ():
        if match[1].lower() in spans and match[3].lower() in spans:
            dotted = match.end(1) in ends and passage.after(match.end(1)) == "."  # "6 Mo. – 2 J."
            yield Claim(match.end(1) if dotted else match.start(2), match.end(2), to)  # "6 months–5 years"


def _value(part: str) -> float:
    low, _, high = part.partition("/")
    return int(low) / int(high) if high else unicodedata.numeric(part)


def _between_pairs(passage: Passage) -> Iterator[Claim]:
    """The dash between two ratios ("1:1000–1:10,000") or two blood pressures ("90/60–120/80")."""
    text = passage.text
    for match in _PAIRS.finditer(text):
        before = _PAIR_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        if before is None or before[2] != match["sign"]:
            continue
        ratios = match["sign"] == ":" and before[1] == match["low"] == "1"
        parts = match["sign"] == "/" and match[0].strip() == match[0] and _is_span_of_parts(text, match)
        centimetres = passage.language.code == "fr" and 7 < int(before[1]) < int(match["low"]) < 26
        if (
            ratios
            or parts
            or (match["sign"] == "/" and (centimetres or 60 <= int(before[1]) < int(match["low"]) <= 260))
        ):
            yield Claim(*match.span(), f" {passage.language.word('to')} ")
    for match in _SCORES.finditer(text):
        if int(match[1]) < int(match[3]) < int(match[4]):
            yield Claim(*match.span(2), f" {passage.language.word('to')} ")
    for match in _OF_FORTY.finditer(text) if passage.language.code == "en" else ():
        if int(match[1]) < int(match[3]) <= 42:
            yield Claim(*match.span(2), f" {passage.language.word('to')} ")


def _is_span_of_parts(text: str, dash: re.Match[str]) -> bool:
    """Whether it joins two parts, two dates or two scores, with no third: "1/10–1/100", "24/12-02/01"."""
    first = _PART_BEFORE.search(text[max(0, dash.start() - 14) : dash.start()])
    second = _PART_AFTER.match(text, dash.end())
    return first is not None and second is not None and first[1] != second[1]


def _in_words(passage: Passage) -> Iterator[Claim]:
    """The dash between two numbers in words, which no voice says: "one–two tablets"."""
    pattern = _worded(passage.language)
    for match in pattern.finditer(passage.text) if pattern else ():
        if _PART_OF_ONE.search(match[0]):
            continue
        yield Claim(*match.span(1), f" {passage.language.word('to')} ")
    apart = _worded_apart(passage.language)
    for match in apart.finditer(passage.text) if apart else ():
        words = passage.language.words("ranges")
        numbers, noun = words["numbers"], match["noun"].casefold()
        rises = numbers.index(match["low"].casefold()) < numbers.index(match["high"].casefold())
        if rises and (noun in words["spans"] or noun in words["often"] or are_pieces(passage, noun)):
            yield Claim(*match.span("dash"), f" {passage.language.word('to')} ")
    halves = _half_to(passage.language)
    for match in halves.finditer(passage.text) if halves else ():
        if are_pieces(passage, match["noun"].casefold()):
            yield Claim(*match.span("dash"), f" {passage.language.word('to')} ")


_PART_OF_ONE = lazy(r"(?i)[-–—‑](?:half|demie?|medi[oa]|halb\w*)\Z")
"""No number from one to another: "one-half tablet"."""


@lru_cache(maxsize=64)
def _worded(language: Language) -> re.Pattern[str] | None:
    words = _any_of(language, "numbers")
    signs = "–—" if language.code == "fr" else "–—‑-"  # "dix-sept"
    return re.compile(rf"(?<![\w-])(?:{words})([{signs}])(?:{words})(?![\w-])", re.IGNORECASE) if words else None


@lru_cache(maxsize=64)
def _half_to(language: Language) -> re.Pattern[str] | None:
    """As in "half – 1 tablet"; but "Cut it in half – one tablet now" has a pause."""
    halves, numbers = _any_of(language, "halves"), _any_of(language, "numbers")
    words = (
        rf"(?<![\w-])(?<!\bin )(?<!first )(?<!second )(?:{halves})(?P<dash>\s?[-–—]\s?)"
        rf"(?:[1-4]|{numbers})\s(?P<noun>[^\W\d_]+)"
    )
    return re.compile(words, re.IGNORECASE) if halves else None


@lru_cache(maxsize=64)
def _worded_apart(language: Language) -> re.Pattern[str] | None:
    """Such a dash between blanks, as in "Take one – two tablets"; but "Day one – two tablets" has a pause."""
    numbers, leads = _any_of(language, "numbers"), _any_of(language, "leads")
    words = (
        rf"(?:\A|[.,;:(]\s|(?<![\w-])(?!in half)(?:{leads})\s)(?P<low>{numbers})(?P<dash>\s[-–—]\s)"
        rf"(?P<high>{numbers})\s(?P<noun>[^\W\d_]+)"
    )
    return re.compile(words, re.IGNORECASE) if numbers and leads else None


def _any_of(language: Language, table: str) -> str:
    return "|".join(map(re.escape, language.words("ranges").get(table, ())))


def _one(quantity: Quantity) -> bool:
    return quantity.digits == "1"


def _is_range(passage: Passage, first: Quantity, second: Quantity, dash: str) -> bool:
    text = passage.text
    if first.measure is None and not passage.free(first.start, first.number_end):
        return False  # the end of a telephone number: "030 123456 – 24 hours"
    before = text[max(0, first.start - 2) : first.start]
    if len(first.digits) > 2 and first.digits[0] == "0" and first.digits.isdecimal():
        return False  # the end of a telephone number
    if before in ("1/", "2/", "3/") and first.digits in ("2", "3", "4") and dash.strip() in ("-", "–"):
        return second.value >= 1 and text[second.number_end : second.number_end + 1] == " "  # "1/2 - 1 tablet"
    if re.search(r"\d[-‐‑‒–—−]\Z", before) or (_CHAIN.match(text, second.end) and not second.measure):
        return False
    if len(first.digits) == 4 and re.fullmatch(r"0\d|1[0-2]", second.digits) and "-" in dash:
        return False  # a year and a month
    if re.fullmatch(r"0?[1-9]|1[0-2]", first.digits) and re.fullmatch(r"20\d\d", second.digits) and dash == "-":
        return second.measure is not None  # a month and a year
    if _MARKER.search(text[max(0, first.start - 5) : first.start]):
        return False  # "CA 19-9"
    if dash[0].isspace() and dash[-1] == "−":
        return False  # "5 −20 °C" ends with a minus
    if dash[0].isspace() and not dash[-1].isspace() and is_apart(text, second.start - 1):
        return False  # "-2.25 -0.75 x 180"
    if text[second.start - 2 : second.start] == "--":
        return False  # "1--2"
    if text[second.start - 1] in "-−" and not second.code and re.search(r"(?<!\w)[-−]\Z", before):
        return True  # "−2,5–−1"
    if text[second.start - 1] == "+" and re.search(r"(?<!\w)[-+−]\Z", before):
        return True  # "−2,0–+1,0"
    if not first.measure and not second.measure and not _grows(first, second):
        return False  # "2160-0" is a code
    if dash.strip() != dash and not first.measure and not second.measure:
        return first.value < second.value  # "3 – 5" is a range, "in 2020 – 5 people" is not
    return True


def _are_unlike(passage: Passage, first: Quantity, second: Quantity, dash: str) -> bool:
    """Whether a dash stands between an amount and what is no more of it: a pause, as in "500 mg – 3 times a day".

    The volume of an ampoule ("20 mg - 2 ml"), the number in a pack ("500 mg - 16 tablets", "500 mg - 28"), or how
    often. What is taken of a medicine has its unit behind the dash, too.
    """
    if first.measure is None or passage.before(second.start).isalpha():
        return False
    kinds = kinds_of(passage.text[first.measure.start : first.measure.end])
    if not kinds:
        return False
    if second.measure is not None:
        if passage.before(first.start) == "/":
            return False  # "5 mg/5 mL–10 mg/5 mL"
        others = kinds_of(passage.text[second.measure.start : second.measure.end])
        return are_unlike(kinds, others) or is_piece(passage, second.measure.unit.one)
    packed = bool(kinds & _TAKEN) and _GOES_ON.match(passage.text, second.number_end) is None
    after = _COUNTED.match(passage.text, second.number_end)
    if after is None:
        return packed
    if after[2]:
        return True  # "40 mg – 1/día"
    word = after[1].casefold()
    others = kinds_in_words(passage.language, after[1])
    if others:
        return kinds.isdisjoint(others)
    if word in ("x", "×") or word in passage.language.words("ranges").get("often", ()):
        return True
    falls = second.value < first.value and dash[0].isspace() and dash[-1].isspace()
    lasts = "time" not in kinds and (falls or after[1] in passage.language.words("after_slash"))
    return lasts or packed or are_pieces(passage, word)


def _is_limit(passage: Passage, first: Quantity, second: Quantity, dash: str) -> bool:
    """Whether a limit or a result stands before a dash and a dose, which is given then: "eGFR <30 – 5 mg"."""
    if first.measure is not None or not (dash[0].isspace() and dash[-1].isspace()):
        return False
    text = passage.text
    if is_reading(text, first.start):
        return is_dose(passage, second)
    return _COMPARED.search(text, max(0, first.start - 3), first.start) is not None and second.value < first.value


def _are_strengths(passage: Passage, first: Quantity, second: Quantity, dash: str) -> bool:
    """Whether a dash joins the two strengths of a medicine, which is a pause: "losartan-HCTZ 50-12.5 mg".

    No range falls, and none from 5 to 325 mg is taken; but "amoxicillin/clavulanate 250–500 mg" is one.
    """
    text = passage.text
    if dash not in ("-", "–", "‑", "‐") or re.match(r"[\w.,/–−+^:-]", passage.before(first.start)):
        return False
    if first.measure is None and second.measure is None:
        return _are_bare_strengths(passage, first, second, dash)
    if second.measure is None or text[second.measure.start : second.measure.end] not in _MASSES:
        return False
    if first.measure is not None and first.measure.unit != second.measure.unit:
        return False
    falls = first.value > second.value and second.value < 1000  # two numbers of thousands are rather a range
    if falls or (first.digits in _OPIOIDS and second.digits == "325"):
        return True
    if first.measure is not None or dash == "–" or second.value <= 2 * first.value:
        return False
    return _is_of_two(text, first.start)


def _are_bare_strengths(passage: Passage, first: Quantity, second: Quantity, dash: str) -> bool:
    """Whether two numbers without a unit are such: "Sinemet 25-100"; but "Percocet 1-2 tablets" is a range."""
    after = _COUNTED.match(passage.text, second.number_end)
    lasts = after is not None and (after[1] or "") in passage.language.words("after_slash")
    if dash != "-" or lasts or second.value < 20 or second.value <= 2 * first.value:
        return False
    return _is_of_two(passage.text, first.start)


def _is_of_two(text: str, start: int) -> bool:
    """Whether a medicine of two is named right before `start`."""
    return any(names.search(text, max(0, start - 80), start) for names in (_TWO_NAMES, _BRANDS_OF_TWO))


def _grows(first: Quantity, second: Quantity) -> bool:
    """Whether two bare numbers can be a range: "2-3" and "2021-22" can, "2160-0" and "662-0918" cannot."""
    if second.digits[0] == "0" and second.digits.isdecimal() and len(second.digits) > 1:
        return False
    years = len(first.digits) == 4 and len(second.digits) == 2
    return first.value <= second.value or years or (len(first.digits) <= 2 and second.digits != "0")


RULE = Rule("ranges", 'Says the dash between two amounts as "to".', _find, "digit")
WORDED = Rule("ranges", RULE.about, _in_words)
