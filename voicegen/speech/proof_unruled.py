"""What the proof can hold in a language that it can't read: every digit, and that no sign is left to the voice.

Measured: espeak-ng 1.51 says nothing for "<", the dash in "5–10" and the raised digit in "10⁹", whatever the
language, and nothing for "×", "÷", "·", "√", "‰", "✗", the hyphens in "-5" and "5-10", or the colon in "1:1000",
in most; in some nothing for the decimal sign ("2.5" in Japanese and Polish) or for a slash ("1/2" in Portuguese
and Turkish). It says nothing for full-width digits and signs, "℃", "⅛", "⑩" or the "⁻¹" of "kg⁻¹" in any, for
"→" or "¾" in most.
Like all of the proof it shares no code with the rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech import (
    proof_apart,
    proof_days,
    proof_marks,
    proof_minus,
    proof_number_signs,
    proof_spellings,
    proof_spine,
)
from voicegen.speech.patterns import lazy
from voicegen.speech.proof_words import LANGUAGES

_UNSAID = lazy(
    r"[<>](?:\s?/\s?|\s?[^\W\d_]{1,5}\s|\s)?=|<(?=[^\W\d_])(?![^<>]*(?<!\s)>)|(?:(?<=[\s(])|^)>(?=[^\W\d_])"
    r"|[≤⩽≦≥⩾≧±≠≈≃≅∼]|[<>~](?=\s?[£€$¥%٪]?\s?(?:[-−–+]\s?)?[.,]?\d)|(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻^]+|(?<!\w)[−–](?=[.,]?\d)"
    r"|(?<=\d)\s?[‒–—−·×÷∕⁄]\s?(?=[-−]?\d)|(?<=\d)\s?(?:[^\W\d_]{1,4}|[%°]C?)[–—](?=\d)"
    r"|[-+−]\d+(?:[.,]\d+)?\s?(?:[°º]C?|%)?\s?(?:[-–—‐‑]\s?(?=\+\d)|(?:\.\.\.?|…)\s?(?=[-+−–]\d))|(?<=\.\.)-(?=\d)"
    r"|(?<=\d)\s?(?:mg|g|мг|г)\s[-–—]\s(?=\d+(?:[.,]\d+)?\s?(?:mg|g|мг|г)(?![\w/]))"
    r"|(?<=\d)\s?(?:m[lL]|l|мл|л)\s[-–—]\s(?=\d+(?:[.,]\d+)?\s?(?:m[lL]|l|мл|л)(?![\w/]))"
    r"|(?<=\d)٬(?=\d)|[√‰✗✘☒✓✔]|(?<=\d)(?:''|’’|″)(?!\w)|(?<![\w.,)\]/:-])(?<!\d )-(?=[.,]?\d)"
    r"|(?<=[\d°C%]/)-(?=\d)|(?<=[^\W\d_]:)-(?=\d)"
    r"|(?<=\d)[°º%'’′](?:C\b)?\s?[-–—−]\s?(?=\d+(?:[.,]\d+)?\s?[°º%'’′])"
    r"|(?<![\w:.,/-])\d{1,2}:\d\d\s?[-–—]\s?(?=\d{1,2}:\d\d(?![\d:]))|(?<![\w/.-])\d{2,3}-(?=1\d\d/\d{2,3}(?!\d))"
    r"|[\uff01-\uff0b\uff0d\uff0f-\uff19\uff1b-\uff1e\uff20-\uff5e](?=\d)|[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    r"|(?<=\d)[\uff01-\uff5e](?=\d)|(?<=\d)\s?\uff05"
    r"|[\u3380-\u33df℃℉¾⅐-⅒⅕-⅞①-⒛㉑-㊿]|(?<=[A-Za-zµμ])⁻[¹²³]"
    r"|(?<=[\d%°])\s?(?:\w{1,3}\s?)?(?:[→⟶⇒⟹➔➜➝➞➡]|…|\.\.\.?)\ufe0f?\s?(?=\d)"
)
_SPAN = lazy(
    r"(?<![\w.,/-])(\d{1,3}(?:[.,]\d{3})+|\d{1,3}(?:[.,]\d{1,2})?)\s?-\s?(\d{1,3}(?:[.,]\d{3})+|\d{1,3}(?:[.,]\d{1,2})?)"
    r"(?![\d-]|/\d|[.,]\d)"
)
_LARGE_SPAN = lazy(
    r"(?<![\w.,/–-])([1-9]\d{0,5})\s?-\s?([1-9]\d{3,5})(?![\d-]|/\d|[.,]\d)"
    r"(?=(\s?(?:m?g|mcg|µg|ml|mL|UI|IU|IE|j\.\s?m|ME|мг|мкг|мл|МЕ|ЕД|k?cal|ккал|ملغ|مجم|מ[\"״]ג|มก|毫克)(?!\w))?)"
)
"""Two numbers whose second has four digits or more, with their unit; without one, alone in a cell below it."""
_DECIMAL = lazy(
    r"(?<![\d.,٫/:-])(?<!godz\. )(?<!godz )(?<!godzinie )(?!0\d\.)(\d+)([.,٫])(\d+)"
    r"(?![\d]|[.,٫/:-]\d|\.\s*[^\s\"”’»)]"
    r"|(?<=\.(?:00|15|30|45))\s(?:[-–]|[^\W\d_]{1,5}(?: la)?)\s\d{1,2}\s?(?:uur|u|h)(?![^\W_])"
    r"|(?:\s?(?:[-–]|tot|à)\s?\d{1,2}[.:]\d\d)?\s?(?:uur|u|h)(?![^\W_]))"
)
_HOURS_DOTTED = lazy(
    r"(?<![\w.,:/-])(\d\d?\.(?:00|15|30|45))(?: ?[-–—‐‑] ?| (?:tot|do|às|a) )(\d\d?\.(?:00|15|30|45))"
    r"(?![\d/]|[.,-]\d| ?[%°€$£]| ?(?:g|[mnpfµμk]g|mcg|[mdcfµμ]?[lL]|[mnpµμ]?mol|[mkµμ]?(?:UI|U\.I|I?[UE])"
    r"|mEq|mval|[cm]?m|kPa|mmHg|[x×])(?!\w))"
)
"""Two times of day in quarters of an hour, of which a voice that drops the dot says hours and minutes."""
_HALF_MORE = lazy(
    r"(?<![\w.,/-])(?:\d{1,2}[½⅓⅔¼¾]?|[½⅓⅔¼¾])\s?-\s?\d{1,2}(?:[½⅓⅔¼¾]|\s1/[234](?!\d))"
    r"|(?<![\w.,/+−–-])\d{1,2}\s?(?:[-–—]|\.\.\.?|…)\s?\+\d{1,2}(?:[.,]\d)?\s?[°ºC%℃]"
)
"""A range whose second number has a fraction or a sign of its own: "1-1½", "0…+5 °C"."""
_SPACES = " \u00a0\u2009\u202f"
_PARTED = lazy(
    r"(?<![\w.,+/:-])(?<!\d )(?!116 |112 )[1-9]\d{0,2}(?:(?: \d{3})* 000(?![\w.:/-]| \d)"
    r"|(?: \d{3}){1}\s?(?:mg|g|kg|ml|IU|UI|IE|мг|МЕ"
    r"|kcal|µg|мкг)(?![^\W\d_]))"
)
"""A number of thousands with a space inside, of which many voices make two."""
_THREE_MORE = lazy(rf"(?<=\d)[{_SPACES}٬'’](?=\d{{3}}(?!\d))")
_MONEY = lazy(r"[€£$](?=\s?\d)|(?<=\d)\s?[€£$]")
_MUTE_MONEY = {
    "€": " pl nb no nn id ms sl cy vi ja zh ko hi ru uk he th fa bg ",
    "£": " sv nb no nn tr zh ja ko hi ru uk hu el ro he th vi hr sr sl bg lt fa cy ",
    "$": " zh ja ko th cy ",
}
"""Signs of money, and languages whose voices say nothing for them, as far as we have words."""
_NEGATIVE_END = lazy(r"\d\s?[-‒–—]\s?[-−]\d")
"""The dash of a range whose second number is negative: "−2,5–−1"."""
_DOSES = lazy(
    r"(?<![\w.,/–—+-])(?<![–—-] )\d(?:(?:[-–—]\d){2,3}|(?:\s[-–—]\s\d){2,3})(?![\w/½¼¾–—-]|[.,]\d|\s[-–—]\s?\d)"
)
"""The doses of a day, "1-0-1", which are no range."""
_DAYS = lazy(
    r"(?<![\w.,/+–-])(?:([JGD])\d+\s?[–—-]\s?\1\d+|[jgd]\d+[–—-][jgd]?\d+|[JG]\d+[–—-]\d+)(?![\w%/–-]|[.,]\d)"
)
_WEEKDAYS = lazy(
    r"[^\W\d_][^\W\d_A-Z]\.?\s?–\s?[^\W\d_][^\W\d_A-Z]{1,11}\.?[:,]?\s\d{1,2}(?:[:.h]\d\d|\s?[-–]\s?\d)"
)
_AGES = lazy(
    r"(?i)(?<![\w.,])\d{1,3}[ \u00a0]"
    r"(?:mes[ie]?|m[êe]s|meses|mesos|giorn[io]|settiman[ae]|dias?|semanas?|maand(?:en)?|mnd|we?ken?|wk"
    r"|dag(?:en|ar|er|e)?|mån(?:ad|ader|ed|eder)?|vecko?[ra]?|uke[rn]?|uge[rn]?|mies(?:iące|ięcy|iąc)?|tygodni\w?"
    r"|měsíc\w?|týdn\w|mesiac\w*|ay|hafta|gün|мес(?:яц\w*)?|недел\w|дн\w+|месец\w?|місяц\w*|mjesec\w?|mesec\w?|lun[iă]"
    r"|săptămân\w|zile?|hónap(?:os)?|kuukau\w+|bulan|tháng|μήν\w+|μηνών)\.?\s?[-–—]\s?\d{1,3}[ \u00a0]"
    r"(?:ann[io]|anos?|anys?|jaar|jr|år|lata?|roku|let|rok\w*|ya[şs]|yıl|лет|год\w*|рок\w+|рік|godin\w|ani?|éves|év|vuotta"
    r"|tahun|tuổi|năm|ετών|έτη|mesi|meses|maanden|månader|måneder)(?!\w)"
)
"""From an age in days, weeks or months to another, with a dash that is only a pause to the ear."""
_PARTS = lazy(r"(?<![\w.,/–—-])(\d{1,3}/\d{1,3})[-–—](?!\1(?!\d))\d{1,3}/\d{1,3}(?![\w/–—-]|[.,]\d)")
_LENS = lazy(r"(?:\A|[\s(:])[-−–+‐‑]\d+(?:[.,]\d+)?( [-−–‐‑]\d+)")
_HALF_SAID = lazy(r"(?:(?<![^\s(])[-−–]\d+(?:[.,]\d+)?|(?<![^\s(])\d/\d)-\d+(?![\d/-])")
_DAY_BEFORE = lazy(r"(?<![\w.,/+–-])[JDG][-–−](?=\d+(?![\w%/–-]))")
_DAY_AFTER = lazy(r"(?<![\w-])[JDG]\+\d")
_INVERSE = lazy(r"(?<=[A-Za-zµμ])\^-1(?!\d)|(?<=[A-Za-zµμ])⁻¹(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
"""What makes "per kilogram" of a kilogram; that it does not stay, `_UNSAID` sees to."""
_SLASHED = lazy(
    r"\d\s?[^\W\d_]{1,6}[²³]?/\d|\d\s?/[^\W\d_]{1,3}[²³23]?(?!\w)|\d\s?[x×]/[^\W\d_]|\d\s?/\s?\d"
    r"|\d\s?(?:[mkµμn]?[gl]|m?mol|UI|IU)/(?:kg|[dm]?l|h|min|di|d|m)\w{0,5}",
    re.IGNORECASE,
)
_RATIO = lazy(r"(?<![\w:.,/-])(?!(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:]|[.,]\d))(\d+):(\d+)(?![\d:])")
"""Two numbers with a colon between them that are no time of day: of it voices make a pause, if anything."""
_LABELLED = lazy(r"(?<![\w:.,/-])(\d{1,3})(?: ?: | , )(\d[\d.,]*) ?[^\W\d_]")
"""The number of a label with a colon, and the dose behind it: "Week 1: 40 mg"."""
_TURNED = lazy(r"(?<![\w.,])(\d[\d.,]* ?[^\W\d_]{1,4}) , (\d[\d.,]*)")
"""An amount with a pause behind it, for an arrow."""
_SAYS_COLON = " bs en fa hr hyw ky lt ltg lv mk sd sr ur "
_MUTE = {
    ".": " an az be bpy chr cv hak haw ia ja kl ko la mi my nci nl nog pap pl pt py qu quc ro shn sq th tt uk uz"
    " yue ",
    ",": " af ar ba be chr cv fa hak haw ht hyw ia ja ka kk kl ko ku ky la lb mi my nci nog py qu quc shn tk uk uz"
    " yue ",
    "٫": " ar ur ",
    "/": " chr eu kl pt sk tr vi ",
}
"""Signs inside a number, and the languages whose voices say nothing for them, as measured of the library that
voicegen comes with; a comma only where it is a decimal one in writing."""
_DECIMAL_EVEN = {".": " ja ko mi my qu quc th yue ", ",": " be uk uz ", "٫": " ar ur "}
"""Languages among those in which the sign is a decimal one before three digits, too."""
_MILLIMOLES = lazy(r"(?<![^\W\d_])m[mM]ol(?![^\W\d_])")
_MUTE_MILLI = " af da lb lt lv nl pt ro sv "
"""Languages whose voices say "mmol" as "mol"."""
_MUTE_PERCENT = " mt "
"""Languages whose voices say nothing for "%", of those that we have no word for it in."""

_DIGITS = {
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    **dict.fromkeys(("bn", "as"), "BENGALI"),
    **{"pa": "GURMUKHI", "gu": "GUJARATI", "or": "ORIYA", "ta": "TAMIL", "te": "TELUGU", "kn": "KANNADA"},
    **{"ml": "MALAYALAM", "th": "THAI", "my": "MYANMAR", "ar": "ARABIC-INDIC", "fa": "EXTENDED ARABIC-INDIC"},
}
"""The script of the digits that the voices of a language say besides those from 0 to 9."""


def check_unruled(shown: Sequence[Run], said: str, changes: Sequence[Change], lang: str) -> list[str]:
    """The digits that differ, and the signs that no word says; empty in languages that `proof` reads.

    Where an entry of the list of pronunciations is at work, staff answer for the digits that it says.
    """
    if lang.replace("_", "-").split("-")[0].lower() in LANGUAGES:
        return []
    code = lang.replace("_", "-").split("-")[0].lower()
    found = [f"shown but not said: {sign.strip()}" for sign in _UNSAID.findall(said)]
    found += [f"shown but not said: {digit}" for digit in said if not digit.isascii() and _is_unsaid(digit, code)]
    plain = "".join(run.text for run in shown)
    for change in changes:
        sign = plain[change.start : change.end].strip()
        between = sign == "~" and plain[: change.start].rstrip()[-1:].isdigit()  # a range, as the dash
        if _is_compared(sign) and not between and not any(map(str.isalpha, change.spoken)):
            found.append(f"shown but not said: {sign}")
    found += _unsaid_in_numbers(plain, said, code)
    found += [f"shown but not said: {number} as one number" for number in _PARTED.findall(said)]
    found += [
        f"shown but not said: {sign}" for sign in _MONEY.findall(said) if f" {code} " in _MUTE_MONEY[sign.strip()]
    ]
    found += [f"shown but not said: - in {span}" for span in re.findall(r"\d{2,}000-\d{2,}000(?!\d)", said)]
    found += [
        f"shown but not said: - in {low}-{high}"
        for low, high, unit in _LARGE_SPAN.findall(said)
        if int(low) < int(high) and (unit or (high.endswith("00") and f"{low}-{high}" == said.strip(" .")))
    ]
    found += [f"shown but not said: the dash of {days[0]}" for days in _DAYS.finditer(said)]
    found += [f"shown but not said: the dash of {ages[0]}" for ages in _AGES.finditer(said)]
    found += [f"shown but not said: the dash of {parts[0]}" for parts in _PARTS.finditer(said)]
    found += proof_spine.left(said)
    if _WEEKDAYS.search(said):
        found.append("shown but not said: – between two days")
    found += proof_minus.lost(plain, said) + proof_minus.invented(plain, changes)
    found += [f"shown but not said: the minus of{number}" for number in _LENS.findall(plain) if number in said]
    for span in _HALF_SAID.findall(plain):
        if re.split(r"[/−–-]", span, maxsplit=1)[1] in said:
            found.append(f"shown but not said: the last - in {span}")
    if _DAY_AFTER.search(said):
        found += [f"shown but not said: the minus of {day}" for day in _DAY_BEFORE.findall(said)]
    if re.search(r"\d′(?![\w′])", said):
        found.append("shown but not said: ′")
    found += [f"shown but not said: {doses}" for doses in _DOSES.findall(plain) if not _one_by_one(doses, said)]
    if _NEGATIVE_END.search(plain) and re.search(r"\d\s?[-‒–—]\s?[^\W\d_]", said):
        found.append("shown but not said: the dash of a range")
    if f" {code} " in _MUTE_PERCENT and re.search(r"\d\s?%", said):
        found.append("shown but not said: %")
    if f" {code} " in _MUTE_MILLI and _MILLIMOLES.search(said):
        found.append("shown but not said: the first m of mmol")
    own = any(change.rule == "pronunciations" for change in changes)
    found += [] if own else _run_together(shown, said, code)
    written = proof_spellings.steps("".join(map(_written, proof_marks.kept(shown))))
    digits = _digits(proof_number_signs.with_noughts(_INVERSE.sub("", written)))
    if not own and digits != _digits(said):
        found.append(f"the digits {digits} are shown, and others are said: {_digits(said)}")
    return found


def _unsaid_in_numbers(plain: str, said: str, code: str) -> list[str]:
    """Decimal signs, slashes, colons of ratios and the hyphens of ranges that a voice would drop."""
    found = []
    hours = {
        time for span in _HOURS_DOTTED.finditer(plain) if _are_hours(*span.groups()) for time in span.groups()
    }
    for whole, sign, part in _DECIMAL.findall(said):
        if f"{whole}{sign}{part}" in hours:
            continue  # "8.30-12.30"
        decimal = len(part) != 3 or whole == "0" or f" {code} " in _DECIMAL_EVEN[sign]
        if f" {code} " in _MUTE[sign] and decimal:
            found.append(f"shown but not said: {sign} in {whole}{sign}{part}")
    found += proof_number_signs.left(plain, said, code)
    if f" {code} " in _MUTE["/"]:
        found += [f"shown but not said: / in {pair}" for pair in _SLASHED.findall(said)]
    for one, other in _LABELLED.findall(proof_days.parted(plain)):
        if re.search(rf"(?<!\d){one} [^\W\d_]+ {re.escape(other)}(?!\d)", said):
            found.append(f"said but not shown: a word for the colon of {one}: {other}")
    for one, other in dict.fromkeys(_TURNED.findall(proof_apart.turned(plain))):
        if re.search(rf"(?<!\d){re.escape(one)} [^\W\d_]+ {re.escape(other)}(?!\d)", said):
            found.append(f"said but not shown: a word for the arrow between {one} and {other}")
    if f" {code} " not in _SAYS_COLON:
        found += [f"shown but not said: : in {one}:{other}" for one, other in _RATIO.findall(said)]
    found += [f"shown but not said: - in {span}" for span in _HALF_MORE.findall(said)]
    for low, high in _SPAN.findall(said):
        clock = re.fullmatch(r"0\d\.[0-5]\d", low)
        if (low[0] != "0" or low[1:2] in (".", ",") or clock) and _amount(low) < _amount(high):
            found.append(f"shown but not said: - in {low}-{high}")
    return found


def _are_hours(first: str, last: str) -> bool:
    return 6 <= float(first) < int(float(last)) <= 24


def _one_by_one(doses: str, said: str) -> bool:
    return re.search(r"[\s,-]+".join(re.findall(r"\d", doses)), said) is not None


def _run_together(shown: Sequence[Run], said: str, code: str) -> list[str]:
    """Numbers that are said as one and stand as several: digits may be joined only in groups of three."""
    text = proof_spellings.steps("".join(run.text for run in proof_marks.kept(shown)))
    text = proof_number_signs.with_noughts(proof_days.parted(unicodedata.normalize("NFKC", text)))
    forms = (text, _THREE_MORE.sub("", text), *proof_number_signs.joined(text, code))
    whole = [number for form in forms for number in re.findall(r"\d+", form)]
    return [
        f"said but not shown: {number}"
        for number in re.findall(r"\d+", said)
        if not any(_same_digits(number) in _same_digits(one) for one in whole)
    ]


def _same_digits(number: str) -> str:
    return "".join(str(int(digit)) for digit in number)


def _written(run: Run) -> str:
    return re.sub(r"[-−–]1", "⁻¹", run.text) if run.position == "sup" else run.text


def _amount(number: str) -> float:
    whole = number.replace(".", "").replace(",", "") if number[-4:-3] in (".", ",") else number
    return float(whole.replace(",", "."))


def _is_unsaid(sign: str, code: str) -> bool:
    """Whether a sign is a digit of a script that the voices of a language are not known to say."""
    if not sign.isdecimal():
        return False
    return _DIGITS.get(code, "") != unicodedata.name(sign).rpartition(" DIGIT ")[0]


def _is_compared(sign: str) -> bool:
    return sign[:1] in {"<", ">"} or sign == "~" or (len(sign) == 1 and sign in "≤⩽≦≥⩾≧±≠≈≃≅∼")


def _digits(text: str) -> str:
    """All digits in a row, whatever their script and form and wherever they stand."""
    return "".join(str(int(sign)) for sign in unicodedata.normalize("NFKC", text) if sign.isdecimal())
