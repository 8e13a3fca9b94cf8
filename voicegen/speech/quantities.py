"""Reads the numbers in a text, each with the unit that follows it. It changes nothing; several rules use it.

How numbers are written differs: English "1,000" and "0.5", German "1.000" and "0,5", French "1 000" and
"0,5"; Spanish pages write both "0,5" and "0.5". The language's data file says what its marks mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from voicegen.speech import counted_first, spaced_groups
from voicegen.speech.language import SQUARE_SYMBOLS
from voicegen.speech.number_signs import LAKHS, ONE_WAY, ROUND
from voicegen.speech.patterns import lazy

if TYPE_CHECKING:
    from voicegen.speech.language import Language, Unit

SPACES = " \u00a0\u2009\u202f"
"""The spaces that people put between a number and its unit: plain, no-break, thin, narrow no-break."""

_RAISED_POINTS = "·∙⋅•٫"
RAISED_POINT = lazy(f"[{_RAISED_POINTS}]")
"""What stands for a decimal point between two digits: "0·5", as British journals print it, and what becomes of it
in copies; the last is that of Arabic."""

FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

_SYMBOL = lazy(
    r"mm[ \u00a0\u202f]?Hg|[Ii]\.[ \u00a0]?E(?:\.(?=\S))?|U\.[ \u00a0]?I(?:\.(?=\S))?"
    r"|M[ \u00a0]UI|M\.[ \u00a0]?U\.[ \u00a0]?I(?:\.(?=\S))?"
    r"|kg[ \u00a0]KGW?|cm[ \u00a0\u202f]?H(?:2|₂)O|fl\.? ?oz"
    rf"|[°º˚][ \u00a0\u202f]?[CF](?![A-Za-z])|[A-Za-zµμΩáéíℓ]+(?:[23²³](?!\d))?|[%‰°℃℉{SQUARE_SYMBOLS}]"
)
_CONDITIONS = {
    "st": (r"\d\s?\Z", r"\s?\d+\s?lb"),  # "10 st 4 lb", never "1st"
    "y": (r"\d\s?\Z", r"(?!\s?[=+\-–/])"),  # "≥ 18 y", never "2 y-shaped"
    "in": (r"(?:ft|feet|foot)\s?\d+\s?\Z", r"\.|,|\)|\s|$"),  # "5 ft 10 in", never "2 in 3"
}
"""Symbols that are units only between certain neighbours: what comes before, what follows."""

_COMMA = lazy(r"(?<![\w.,/+£€$¥])(?:\d{1,3},(?:\d{1,2}|\d{4,6})|0,\d{3})(?!\d|[.,/]\d)")
_HIGH = lazy(r"\s?(?:[-–=]{1,2}>|[-–—→⟶⇒]|to)\s?\d+(?:[.,]\d+)?")
_FEVER = lazy(r"\b(?:T|[Tt]emp\.?|[Tt]emperature|[Ff]ever)(?:\s(?:of|is|was|above|over|below))?[\s:=<>≤≥]*\Z")
_PARTED = lazy(r"[ .]{1,2}[gGlL](?![^\W_])|\s(?:units?|IU|people|patients|cases|deaths|doses)(?!\w)")
"""What follows an "m" that is no metre: "5 m.g.", "1m people"."""
_SMALL = lazy(
    r"(?:(?P<limit>[<>≤≥]|\b(?:[Uu]nder|[Bb]elow|[Ff]rom)\s|(?<![\d.,])\d{1,2}(?:\s?[-–]|,?\s(?:and|&|und|et|y|e)\s|,)|\d\s?(?:h|hrs?|y|yrs?|a|w|wks?|weeks?)[,;&]?\s)\s?)?(?<![\d.,])(\d{1,2})\Z"
)
_MONTHS_ALONE = lazy(
    r"\s*[<>≤≥]?\s?(?:[0-2]?\d|3[0-6])(?:\s?m)?(?:\s?(?:[-–—]|to|a|à|bis)\s?(?:[0-2]?\d|3[0-6]))?\s?m\s?(?::.*|=.*)?"
)
"""A cell or a label that has nothing but a few "m": an age in months at least as likely as a length."""
_FEW = lazy(r"(?<![\d.,])(?:\d|10|\d[.,]5|[½¼¾])\s?\Z")
_DOTTED = lazy(r"\.\s*\Z")
_ABBREVIATED = lazy(r"\.\s?(?:[a-zà-ÿ(]|[-–,;])|\s?-?old(?!\w)")
_YEARS = lazy(
    r"\.?\s?(?:[-–—]|(?:to|a|à|bis|up to)\s)\s?[<≤]?\s?\d{1,2}\s?"
    r"(?:y|yrs?|years?|a|años?|ans?|j|Jahren?)(?![^\W_])"
    r"|\s?(?:[,;&]|and\s)\s?\d{1,2}\s?(?:y|yrs?|years?)(?![^\W_])"
)
_FORM = lazy(r"[ \u00a0]([^\W\d_]+)")
_NEXT = r"(?:\s?[,;&]\s?|\s)(?:(?:and|or|und|oder|et|ou|y|e|o)\s)?"
_MONTHS_AFTER = lazy(rf"{_NEXT}\d{{1,2}}\s?m(?![\w²³/])")
_MONTHS_BEFORE = lazy(rf"(?<![\d.,])\d{{1,2}}\s?m{_NEXT}\d{{1,2}}\Z")
"""Another few "m" beside, as in a plan of vaccinations: "2 m, 4 m and 12 m"."""

_AT_MONTHS = lazy(r"(?i)\b(?:los|desde|hasta)\s\d{1,2}\Z")
"""Before the Spanish "m" of an age: "a los 12 m"."""

_MOLES = {
    "mMol": "mmol",
    "MMol": "mmol",
    "µMol": "µmol",
    "μMol": "μmol",
    "nMol": "nmol",
    "pMol": "pmol",
    "Mol": "mol",
}

_SIDE = lazy(
    r"\s(?:legs?|arms?|hands?|foot|feet|knees?|hips?|ankles?|wrists?|elbows?|shoulders?|eyes?|ears?|breasts?|kidneys?|lungs?"
    r"|ovar(?:y|ies)|side|sided|lower|upper|lobe|ventric\w+|atri\w+|kidney|lung|calf|thigh|groin|loin|flank|hemi\w+)\b"
)
_OTHER_SIDE = lazy(r"(?<![\w.&'’-])R(?![\w&'’-]|\.\w)")
_LEFT = lazy(r"L[.:]?\s?[-−–+]?\s?\d")
_RIGHT = lazy(r"(?<!\w)R[.:]?\s[-−–+]?\s?[\d.,/]*\d\Z")
_SCORE = lazy(r"(?<![\d/])(?!1/[234]\Z|[23]/[34]\Z)\d{1,2}\s?/\s?\d{1,3}\Z")
_PART = lazy(r"[.,·]\d+\Z")

_POSTCODE = lazy(r"\.?:?\s\d{5}(?![\w.,])|\.?:?\s\d{5}[.,](?!\d)")
_OF_PREGNANCY = lazy(r"(?i)\b(?:embaraz|gesta|prenatal|fetal|feto|parto|amenorrea|fur\b|eg\b)")
_DOT_INSIDE = lazy(r"\.(?:\s[a-zà-ÿ(]|[,;)])")

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Measure(NamedTuple):
    """A unit in the text: its characters, the dot of an abbreviation not counted, and its names."""

    start: int
    end: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text and the unit that follows it, if one does."""

    start: int
    number_end: int
    digits: str
    """The number as written, a raised decimal point ("0·5") as a plain one."""
    code: bool
    """Whether a letter stands directly before it, as in "L4" or "COVID-19": a name, not an amount."""
    measure: Measure | None
    hyphen: bool
    """Whether a hyphen joins the unit to the number ("a 5-mg dose")."""

    @property
    def end(self) -> int:
        """Where the number with its unit ends."""
        return self.measure.end if self.measure else self.number_end

    @property
    def value(self) -> float:
        """Its amount, as far as grammar needs it: separators of thousands and decimals are told by eye."""
        digits = self.digits.rstrip(FRACTIONS)
        if digits != self.digits:
            return float(digits or 0) + 0.5 if digits.isdigit() or not digits else 2.0
        grouped = re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:[.,'’{SPACES}][0-9]{{3}})+", digits)
        if grouped or LAKHS.fullmatch(digits):
            return float(re.sub(r"\D", "", digits))
        plain = re.sub(rf"[{SPACES}]", "", digits).replace(",", ".")
        return float(plain) if plain.count(".") <= 1 and plain.replace(".", "").isdecimal() else 1000.0


@lru_cache(maxsize=16)
def _number(decimal: str, thousands: str, spaced: str = "") -> re.Pattern[str]:
    group = f"[{re.escape(thousands)}]"
    product = r"(?!10[\^⁰¹²³⁴⁵⁶⁷⁸⁹])"  # "2·10⁹" and "2.10⁹"
    mark = rf"[{_RAISED_POINTS}{re.escape(decimal)}]{product}"
    bare = rf"[·{re.escape(decimal)}]{product}"  # of the other points one may be a bullet: "A •5 mg"
    money = r"(?<=\$)[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{2}(?![0-9])|" if decimal == ",." else ""  # "$1,500.00"
    lakhs = LAKHS.pattern if decimal == "." else "(?!)"
    groups = rf"{money}{lakhs}|{ONE_WAY}|{ROUND}|{spaced or '(?!)'}"
    return re.compile(
        rf"{groups}|(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?![0-9])|[0-9]+)(?:{mark}[0-9]+)?[{FRACTIONS}]?"
        rf"|(?<![\w.,]){bare}[0-9]+|[{FRACTIONS}]"
    )


def quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Every number in `text`, in order, with its unit."""
    numbers = language.words("numbers")
    if language.region in numbers.get("point_regions", ()):
        pattern = _number(".", ",", spaced_groups.source(language))
    else:
        pattern = _number(str(numbers["decimal"]), str(numbers["thousands"]), spaced_groups.source(language))
    return tuple(_read(counted_first.apart(text), pattern, language))


def _numbers(text: str, pattern: re.Pattern[str], language: Language) -> Iterator[re.Match[str]]:
    """The numbers, with "1,5 mg" as one in a language whose comma parts thousands."""
    decimals = {}
    if language.code == "en" and "," in text:
        decimals = {match.start(): match for match in _COMMA.finditer(text) if _is_decimal(text, match, language)}
    place = 0
    while match := pattern.search(text, place):
        match = decimals.get(match.start(), match)
        yield match
        place = match.end()


def _is_decimal(text: str, match: re.Match[str], language: Language) -> bool:
    """Whether a comma that cannot part thousands is a decimal one: a unit follows, or it is a temperature."""
    end = match.end()
    whole, _, part = match[0].partition(",")
    if part.endswith("0") and len(part) == 2 and int(whole) % 5 == 0 and int(whole) < int(part) <= 4 * int(whole):
        return False  # rather two strengths: "5,10 mg"
    high = _HIGH.match(text, end)
    if any(measure_after(text, after, language)[0] for after in (end, high.end() if high else end)):
        return True
    form = _FORM.match(text, end)
    if form and form[1].lower() in language.words("forms").get("nouns", ()):
        return match[0].endswith((",5", ",25", ",75"))
    fever = re.fullmatch(r"(?:3\d|4[0-5]),\d", match[0])
    return fever is not None and _FEVER.search(text[: match.start()]) is not None


def _read(text: str, pattern: re.Pattern[str], language: Language) -> Iterator[Quantity]:
    decimal = language.decimal[0]
    for match in _numbers(text, pattern, language):
        start, end = match.span()
        before = text[start - 1 : start]
        crossed = before in ("x", "X") and text[start - 2 : start - 1].isdigit()  # "2x500mg"
        letter = before.isalpha() and not crossed
        code = letter or (before == "-" and text[start - 2 : start - 1].isalpha())
        measure, hyphen = None, False
        alone = before in ("x", "X") and not text[max(0, start - 2) : start - 1].isalnum()  # "T2DM x10y"
        if not letter or alone:
            measure, hyphen = measure_after(text, end, language)
        yield Quantity(start, end, RAISED_POINT.sub(decimal, match[0]), code, measure, hyphen)


def measure_after(text: str, position: int, language: Language) -> tuple[Measure | None, bool]:
    """The unit that follows a number ending at `position`, and whether a hyphen joins them."""
    start = position
    hyphen = text[start : start + 1] == "-" and text[start + 1 : start + 2].isalpha()
    if hyphen:
        start += 1
    else:
        while start < len(text) and start < position + 2 and text[start] in SPACES:
            start += 1
    found = symbol_at(text, start, language)
    if found is None:
        return None, False
    symbol = text[found.start : found.end]
    spaced = start > position
    if symbol == "CP" and _POSTCODE.match(text, found.end):
        return None, False  # of an address: "Calle Mayor 1 CP 28013"
    if symbol == "ML" and language.code == "de" and _FEW.search(text[max(0, position - 4) : position]):
        return None, False  # "2 ML" may be measuring spoons
    if (
        len(symbol) == 1
        and symbol in _LETTERS
        and not _single_letter_stands(text, position, found, spaced, language)
    ):
        return None, False
    return found, hyphen


def symbol_at(text: str, start: int, language: Language) -> Measure | None:
    """The unit whose symbol begins at `start`, or None."""
    match = _SYMBOL.match(text, start)
    if match is None:
        return None
    unit = language.units.get(match[0]) or language.units.get(_MOLES.get(match[0], ""))
    end = match.end()
    if unit is None and match[0][-1] in "23":
        return None
    if unit is None and match[0][-1] in "²³":
        end -= 1  # the mark of a note: "10 mg²"
        unit = language.units.get(match[0][:-1])
    if unit is None and re.search("[ .\u00a0]", match[0]):
        plain = re.sub("[ .\u00a0]", "", match[0])
        unit = language.units.get(plain) or language.units.get(plain.upper())
    if symbol_needs := _CONDITIONS.get(match[0]):
        before, after = symbol_needs
        if not (re.search(before, text[max(0, start - 20) : start]) and re.match(after, text[end : end + 8])):
            return None
    if unit is None or re.match(r"[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|['’]\w", text[end : end + 2]):
        return None
    return Measure(start, end, unit)


def _single_letter_stands(text: str, number_end: int, found: Measure, spaced: bool, language: Language) -> bool:
    """Whether one letter after a number is a unit: "2 g" is, "1990s" and "type 2 m" are not.

    A letter that could be something else is left as a letter: saying it is never wrong.
    """
    symbol = text[found.start : found.end]
    if symbol == "s" and (not spaced or (language.code == "es" and _may_be_weeks(text, found.end))):
        return False
    if symbol == "L" and is_other_side(text, number_end, found.start):
        return False
    if symbol == "L" and spaced and language.code == "en" and _is_left(text, number_end, found.end):
        return False
    following = text[found.end : found.end + 2]
    if following[:1] in "-–&" and following[1:].isalpha():
        return False
    if symbol == "m" and _MONTHS_ALONE.fullmatch(text):
        return False
    if symbol == "m" and _PARTED.match(text, found.end):
        return False
    if symbol == "m" and language.code == "es" and _AT_MONTHS.search(text[max(0, number_end - 10) : number_end]):
        return False
    if symbol == "m" and _may_be_months(text, number_end, found.end):
        return False
    if symbol == "m":
        before = text[max(0, number_end - 30) : number_end].lower()
        return not re.search(
            r"\bage|\bedad|\bbab|\bbeb|\binfant|\bnourriss|\blactant|\bmenor|\bmayor|\bniñ|\benfant|\bchild|\bdos[ei]s?\b|\bvac+in|\bvacun|[£$€]"
            r"|\b(?:mmr|men[abcw]|pcv|dtap|[io]pv|hib|hep|rota|bcg|booster|jab|imms|immuni[sz]|review|follow|f/?u\b)",
            before,
        )
    return True


def _may_be_weeks(text: str, end: int) -> bool:
    """Whether a Spanish "s" may be weeks: on a pregnancy, with a dot inside a sentence, or all that is there."""
    alone = text[end : end + 1] == "." and not re.search(r"[^\W\d_]{2}", text)
    return alone or _DOT_INSIDE.match(text, end) is not None or _OF_PREGNANCY.search(text) is not None


def is_other_side(text: str, end: int, start: int) -> bool:
    """Whether "L" at `start` is a side, after the value of the other that ends at `end`: "R 1.0 / L 0.8"."""
    return _LEFT.match(text, start) is not None and _RIGHT.search(text[max(0, end - 16) : end]) is not None


def _is_left(text: str, number_end: int, end: int) -> bool:
    """Whether "L" after a number is the left side: a part of the body stands beside it, a score, or an "R"."""
    scored = _SCORE.search(text[max(0, number_end - 8) : number_end]) is not None
    whole = _PART.search(text[max(0, number_end - 8) : number_end]) is None  # "1.5 L from the R chest"
    return scored or _SIDE.match(text, end) is not None or (whole and _OTHER_SIDE.search(text) is not None)


def _may_be_months(text: str, number_end: int, end: int) -> bool:
    """Whether "m" may be months: up to 36, in a row or a range with years, after a limit, or with a dot."""
    number = _SMALL.search(text[max(0, number_end - 12) : number_end])
    if number is None or int(number[2]) > 36:
        return False
    if _MONTHS_AFTER.match(text, end) or _MONTHS_BEFORE.search(text, max(0, number_end - 16), number_end):
        return True
    alone = _DOTTED.match(text, end) is not None and not text[: number_end - len(number[2])].strip()
    dotted = alone or _ABBREVIATED.match(text, end) is not None
    return dotted or number["limit"] is not None or _YEARS.match(text, end) is not None
