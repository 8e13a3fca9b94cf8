"""Two amounts with a dash or slash between them that are no range and no rate, for the proof.

Two strengths of a medicine ("875-125 mg"), and an amount and what is no more of it ("20 mg - 2 ml"). Like all of
the proof it shares no code with the rules.
"""

from __future__ import annotations

import re
from functools import cache

from voicegen.speech.patterns import lazy
from voicegen.speech.proof_words import proof_words

_STRENGTH = r"\d+(?:[.,]\d{3})*(?:[.,]\d{1,3})?"
_TWO_STRENGTHS = lazy(
    rf"(?<![\w.,/–−+·∙⋅•٫^:-])({_STRENGTH})(\s?(?:mg|mcg|[µμ]g|g))?[-–‑‐]"
    rf"(?=({_STRENGTH})\s?(mg|mcg|[µμ]g|g)(?![^\W_]))",
    re.IGNORECASE,
)
_MEDICINE = r"(?:[^\W\d_]{3,}(?:[aeiou]n|[io]ne|ole?|ide?|ate?|il|ene|am|ic|ium|opa|i[mr]|cina)|hctz?)"
_OF_TWO = lazy(rf"(?<!\w)(?:{_MEDICINE} ?[-/+] ?{_MEDICINE}|co-[a-z]+) (?:[A-Z]{{2,3}} )?\Z", re.IGNORECASE)
"""The names of a medicine of two, which end as such names do."""
_TWO_BARE = lazy(
    rf"(?<![\w.,/–−+·∙⋅•٫^:-])({_STRENGTH})-(?=({_STRENGTH})(?![\w/%°–-]|[.,]\d|\s?(?:m?g|mcg|[µμ]g|m?l|units?|hours?"
    r"|days?|weeks?|months?|years?|minutes?|times|h|hrs?)(?!\w)))",
    re.IGNORECASE,
)
_BRAND = lazy(
    r"(?<!\w)(?:sinemet|madopar|dhivy|percocet|norco|vicodin|lortab|endocet|roxicet|ultracet|janumet|jentadueto"
    r"|glucovance|vytorin|inegy|caduet|exforge|azor|lotrel|twynsta|tribenzor|hyzaar|seretide|advair|bactrim|septrin)"
    r"(?: (?:[CEXI]R|[DL]S|HCT|plus))? \Z",
    re.IGNORECASE,
)
"""Medicines of two whose strengths often have no unit: "Sinemet 25-100"."""
_COMBINED = lazy(r"(\d\s?(mg|mcg|[µμ]g|g|ml|mL))\s?/\s?(?=[\d.,]+\s?(mg|mcg|[µμ]g|g|ml|mL|IU|UI|IE|I\.E\.)(?!\w))")
_TWO_PRICES = lazy(r"(?<=\d)\s?/\s?(?=[£€$]\s?\d)")
_AGE_AND_SEX = lazy(r"(?<=\d)(\s?(?:yrs?|years))\s?/\s?(?=[MF](?![\w/]))")
_TWO_CREAMS = lazy(
    r"(?<=\d%)\s?/\s?(?!week|month|year|hour|Woche|Monat|Stunde|semaine|mois|semana)(?=[^\W\d_]{4})"
)
"""As in "hydrocortisone 1%/clotrimazole 1%"."""
_MASS = r"(?:mg|mcg|[µμ]g|g|(?:[Mm]ill?i|[Mm]i[ck]ro)?[Gg]ram\w*)"
_NAMED_STRENGTHS = lazy(
    rf"(?<=\d)(\s?{_MASS})\s?/\s?(?!(?:week|dose|dosis|month|hour|Woche|Monat|Stunde|semaine|prise|jour"
    rf"|semana|hora|toma)\s)(?=(?:[^\W\d_]{{4,40}}|[A-Z]{{3}})\s\d+(?:[.,]\d+)?\s?{_MASS}(?!\w))"
)
"""Of a medicine of two: "paracetamol 500 mg/codeine 8 mg"."""
_PIECE = (
    r"(?:tab|tbl|cap|kaps|kps|comp|cáps|cpr?s?|g[ée]l|pill|sachet|sobre|beutel|teasp|tablesp|tsp|tbsp|[te]l|cda|cdta"
    r"|cuch|cuill|löffel)[^\W\d_]*"
)
_EITHER_PIECE = lazy(rf"(?<=[\d½¼¾])(\s?{_PIECE})\.?\s?/\s?(?={_PIECE})", re.IGNORECASE)
"""One or the other: "1 capsule/tablet"."""
_THING = (
    r"puff|bouff|hub|hüb|spray|spr[üu]h|amp|vial|flacon|flasche|frasco|stück|stk|drop|tropf|goutt"
    r"|gota|patch|parche|pflaster|pipette|supp|zäpf|bottle|tube|pen|stylo|pluma|dose|inhal|actuat|pulv|puls|blister"
    r"|lozenge|bag|box|pack|syringe|seringue|jeringa|spritze|boîte|caja|envase"
)
_COUNTED = (
    rf"(?:{_PIECE}|(?:{_THING}|times|mal|fois|veces|vez|hourly|daily"
    r"|nightly|weekly|tgl|täglich|stündlich)[^\W\d_]*|[x×])(?![^\W\d_])"
)
_COUNTED_NEXT = lazy(rf"\d[\d.,]*[\s-]?{_COUNTED}", re.IGNORECASE)
_ALL_UNITS = (
    ("mass", r"(?:m|mc|[µμ])gs?|ug|ng", ""),
    ("mass weight", r"gm?s?|gr", r"|gramm?e?s?|gramos?"),
    ("weight", r"kgs?", ""),
    ("volume", r"m?ls?|c[lc]|dl", ""),
    ("share", r"%", ""),
    ("units", r"I\.?U|U\.?I|I\.?E|U|E", r"|units?|einheit(?:en)?|unités?|unidad(?:es)?"),
    ("length", r"[cm]?m", ""),
    ("warmth", r"[°º]\s?[CF]|[℃℉]", ""),
    ("substance", r"[mnpµμ]?mol", ""),
    (
        "time",
        r"h|hrs?|std|mins?|s|sec",
        r"|hours?|minutes?|days?|weeks?|months?|years?|stunden?|minuten|tage?|wochen?|monate?|jahre?|heures?"
        r"|jours?|semaines?|mois|ans?|horas?|minutos?|días?|semanas?|mes|meses|años?",
    ),
)
"""What can be one amount and a higher one: in symbols, and what else it is called behind the dash."""
_ARROW = r"(?:[→⟶⇒⟹➔➜➝➞➡↔⇔⟷]\ufe0f?|[-–—]{1,3}>|={1,2}>)"
_ANY_ARROW = lazy(_ARROW)
_OF_RATE = lazy(r"/\s?[\d.,]*\Z")
_RATE_NEXT = lazy(r"[\d.,]+\s?[^\W\d_]{1,4}\s?/\s?\d")
_LIMIT_FALLING = lazy(
    r"(?P<sign>[<>≤≥]=?\s?)(?P<first>\d+(?:[.,]\d+)?)\s[-–—]\s(?=(?P<second>\d+(?:[.,]\d+)?)(?![\d.,]))"
)
"""A limit, and a lower number behind a dash: "eGFR <30 – 5 mg"."""
_FALLING = lazy(
    r"(?<![\d.,])(?P<first>\d+(?:[.,]\d+)?)(?P<unit>\s?(?:mgs?|mcgs?|[µμ]g|gm?|kg|m?ls?|%))\s[-–—]\s"
    r"(?=(?P<second>\d+(?:[.,]\d+)?)\s?(?P<word>[^\W\d_]+))",
    re.IGNORECASE,
)


_TELEPHONE = (
    r"(?:\(0\d{2,4}\)[ \u00a0]?\d{3,4}[ \u00a0]?\d{3,4}"
    r"|(?=(?:\d[ \u00a0-]?){7})0(?!00[ \u00a0])\d{2,4}[ \u00a0]\d{3,8}(?:[ \u00a0]\d{3,4})?(?:-\d{1,4})?"
    r"|(?:1-)?(?:\(\d{3}\)[ \u00a0]?|\d{3}-)\d{3}-\d{4}|0\d(?:[ .]\d\d){4}|[6-9]\d\d(?: \d{3}){2}"
    r"|9\d \d{3} \d\d \d\d|0(?!00-)\d{2,4}(?: / |/|-)\d{3,9}(?:-\d{1,4})?|\+\d\d(?: \(0\))?(?: \d{2,8}){2,5})"
    r"(?![\w/]|[-.,]\d)"
)
_SPACED_OUT = lazy(
    r"(?<![\w.,/])(?:0 [89]\d\d(?: \d{3}){2}|0 [89]\d\d(?: \d\d){3}"
    r"|(?:\(0(?: \d{1,2}){1,3}\) ?|0(?: \d\d){1,2} ?/ ?)\d{1,3}(?: \d{2,3}){0,3}"
    r"(?: ?- ?\d{1,2}(?: \d\d){0,3})?)(?![\w/%°]|[.,]\d|-\d)"
)
"""As Germans wrote them, in pairs from the right: "(0 30) 4 50-5 00 00"; and French ones that are free."""
_ABROAD = "".join(
    rf"(?<!{sign}{country}{end}\s)"
    for sign in (r"\+", "00")
    for country in (r"\d", r"\d\d", r"\d{3}")
    for end in ("", r"\)")
)
"""No number of another country, such as +34, stands before."""
_IN_LETTERS = lazy(r"(?<![\w.,-])1-(8\d\d|900)-(?=[A-Z]{2})")
"""The digits of "1-800-QUIT-NOW", which are no range."""
_BEFORE_TELEPHONE = lazy(rf"(?<=[\dm.)hr])(?:\s?[-,–—]\s|\s){_ABROAD}(?={_TELEPHONE})")
_AFTER_TELEPHONE = lazy(rf"(?<![\w.,/-])({_TELEPHONE})\s?[-–—]\s(?=\d)")


_CLOCK_THEN = lazy(
    r"(\d(?:\s?h\s?[0-5]\d|[.:][0-5]\d\s?(?:h|hrs)|:[0-5]\d|\s?Uhr))\s?[-–—]\s"
    r"(?=[\d.,/½¼¾]+(?:[-–]\d+)?\s?(?:m?g|[µμ]g|mcg|m[lL]|UI|IE|IU|units?|(?i:tropfen|hübe?|"
    rf"{_PIECE}))(?![^\W\d_]))"
)


_RAISED_MINUTES = lazy(
    r"(?<![\w.,/:^])(?P<hour>(?:0?[6-9]|1[1-9]|2[0-3])(?=\^?[0-5⁰¹²³⁴⁵][05⁰⁵])|10(?=\^?(?:[30³⁰][0⁰]|[4⁴][5⁵]))"
    r"|(?:0?[1-5]|24)(?=\^?[0⁰]{2}))(?:\^(?P<flat>\d\d)|(?P<raised>[⁰¹²³⁴⁵]{2}))(?![\d⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻])"
)
_FLAT = str.maketrans("⁰¹²³⁴⁵", "012345")
_HALF = r"(?:½|¼|¾|1/2|1/4|3/4)"
HALF_TAKEN = (
    rf"(?= {_HALF}(?: ?[-–] ?\d\d?[½¼¾]?| (?:to|or) \d\d?)? (?:an? )?"
    r"(?:tab|tbl|cap|comp|cp(?!\w)|cpr|pill|patch|sachet|(?:nocte|mane|midday|daily|nightly|od|bd|[tq]ds|[btq]id|prn)(?!\w))"
    rf"| {_HALF}(?:[-–](?:{_HALF}|\d)){{2}}(?![\w/–-]))"
)
"""Before a part of a tablet, or the doses of a day that begin with one; letters in any case."""
_ANY_HALF = lazy(_HALF)
_BEFORE_HALF = lazy(
    rf"((?<![\w.,/–-])(?:\d+(?:[.,]\d+)?(?:/\d+(?:[.,]\d+)?){{1,2}}|\d+(?:[.,]\d+)?-(?:\d{{3}}|\d+[.,]\d+)|\d+[.,]\d+"
    r"|[2-9](?= (?:½|1/2)[-–]1(?![\d½¼¾.,/])))"
    r"|(?<=[^\W\d_]{3} )(?<!\btake )(?<!\btotal )(?<!\bgive )(?<!\bdose )(?:15|[2-9]0|[2-9]5|[1-9]\d\d))"
    rf"{HALF_TAKEN}",
    re.IGNORECASE,
)
"""The strength before a part of a tablet, which nobody takes so many of: "Lasix 40 ½ tab"."""


def halves(text: str) -> str:
    """The text with a pause between a strength and the part of a tablet behind it, which are no mixed number."""
    return _BEFORE_HALF.sub(r"\1 , ", text.replace("\u00a0", " ")) if _ANY_HALF.search(text) else text


def clocks(text: str) -> str:
    """The text with raised minutes behind a colon, and a pause between a time and its dose: "8h30 – 5 mg"."""
    return _CLOCK_THEN.sub(r"\1 , ", _RAISED_MINUTES.sub(_with_colon, text))


def _with_colon(time: re.Match[str]) -> str:
    return f"{time['hour']}:{time['flat'] or time['raised'].translate(_FLAT)}"


def telephones(text: str) -> str:
    """The text with a pause between a telephone number and a number beside it: "Ward 12 – 01234 567890"."""
    text = _IN_LETTERS.sub(r"1\1 , ", text)
    text = _SPACED_OUT.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    return _AFTER_TELEPHONE.sub(r"\1 ; ", _BEFORE_TELEPHONE.sub(" ; ", text))


def strengths(text: str, code: str) -> str:
    """A shown text with a pause between the strengths of two creams, and those of a medicine that a dash joins."""
    text = _TWO_BARE.sub(lambda found: _both_bare(found, code), _TWO_CREAMS.sub(" , ", text))
    return _TWO_STRENGTHS.sub(lambda found: _both_strengths(found, code), text)


_OF_A_RESULT = lazy(
    r"((?<![^\W_])(?:INR|BGL|BSL|CBG|eGFR|GFR|DFG|FG|CrCl|ClCr|Quick|BZ) ?[:=]? ?\d+(?:[.,]\d+)?)"
    rf"(?:\s?{_ARROW}\s?|\s[-–—]\s)(?=[\d½¼¾][\d.,]*[½¼¾]?\s?(?:(?:IU|UI|IE|U|E|units?|Einheiten|unités|unidades|(?i:{_PIECE}))(?!\w)"
    r"|(?:m?g|mcg|[µμ]g|(?:[Mm]illi|[Mm]i[ck]ro|mili)?[Gg]ram(?:s|m|mes?|os?)?)(?!\w|\s?[/%]|\s(?:per|pro|par|por)\s)))"
)
"""The result of a test, and the dose that is given then: "INR 1.5 → 5 mg"."""


def unlike(text: str, code: str) -> str:
    """A shown text with a pause between an amount and what is no more of it, and between two kinds of piece."""
    text = _OF_A_RESULT.sub(r"\1 , ", _EITHER_PIECE.sub(r"\1 , ", text))
    for pattern in _unlike():
        text = pattern.sub(_parted, text)
    text = _LIMIT_FALLING.sub(lambda found: _fallen_below(found, code), turned(text))
    return _FALLING.sub(lambda found: _fallen(found, code), text)


def turned(text: str) -> str:
    """A text with a pause for the arrow from an amount to what is no more of it: "10 kg → 100 mg"."""
    for pattern in _turned() if _ANY_ARROW.search(text) else ():
        text = pattern.sub(_turned_apart, text)
    return text


def combined(text: str) -> str:
    """A shown text with a pause for the slash between the strengths of a medicine, or an age and a sex."""
    text = _TWO_PRICES.sub(" , ", _AGE_AND_SEX.sub(r"\1, ", text))
    return _COMBINED.sub(_combined, _NAMED_STRENGTHS.sub(r"\1, ", text))


def _both_strengths(found: re.Match[str], code: str) -> str:
    """With a pause where two numbers fall, or are of the medicine of two that stands before them: "875-125 mg"."""
    low, unit, high, other = found.groups()
    if unit and unit.strip().lower() != other.lower():
        return found[0]
    first, second = (float(_value(number, code)) for number in (low, high))
    opioid = second == 325 and first in (2.5, 5, 7.5, 10, 15, 37.5)
    apart = not unit and found[0][-1] != "–" and second > 2 * first
    named = apart and _is_of_two(found)
    falls = first > second and second < 1000  # two numbers of thousands are rather a range
    return f"{low}{unit or ''} , " if falls or opioid or named else found[0]


def _both_bare(found: re.Match[str], code: str) -> str:
    first, second = (float(_value(number, code)) for number in found.groups())
    return f"{found[1]} , " if second >= 20 and second > 2 * first and _is_of_two(found) else found[0]


def _is_of_two(found: re.Match[str]) -> bool:
    far = max(0, found.start() - 80)
    return any(names.search(found.string, far, found.start()) for names in (_OF_TWO, _BRAND))


def _value(number: str, code: str) -> str:
    """A number in digits, without its signs of thousands and with a point for the decimal sign."""
    sign = "," if code == "en" else "."
    whole = number if number.startswith("0") else re.sub(rf"[{sign}](?=\d{{3}}(?!\d))", "", number)
    return whole.replace(",", ".") if whole.count(".") + whole.count(",") < 2 else re.sub("[.,]", "", whole)


def _combined(found: re.Match[str]) -> str:
    """Two strengths of one medicine ("1 g/125 mg", "500 mg/400 IU") are no rate, nor are mg over micrograms."""
    small = (found[2][-1] == "g" and found[3][0] in "IU") or (found[2] == "g" and found[3] in ("mg", "mcg"))
    small = small or all(unit.startswith(("mg", "mcg", "µg", "μg", "ug")) for unit in found.group(2, 3))
    of_food = found[2] == "g" and re.match(r"100\s?g", found.string[found.end() :]) is not None
    return f"{found[1]} , " if (found[2] == found[3] and not of_food) or small else found[0]


@cache
def _unlike() -> tuple[re.Pattern[str], ...]:
    """An amount and, behind a dash, what is no more of it: "20 mg - 2 ml", "500 mg – 3 times a day"."""
    number = r"(?:\d[\d.,]*(?:/\d\d?)?|[½⅓⅔¼¾])(?:\s?[-–]\s?\d[\d.,]*)?"
    patterns = []
    for kinds, units, _ in _ALL_UNITS:
        others = "|".join(
            f"{one}{names}" for other, one, names in _ALL_UNITS if not {*kinds.split()} & {*other.split()}
        )
        counted = rf"[\s-]?(?:{_COUNTED}|(?:{others})(?![^\W\d_]|[²³]))"
        amount = rf"(?<=\d)(\s?(?:{units})\.?)\s?[-–—]\s?(?={number}(?:/[^\W\d_]|{counted}))"
        patterns.append(re.compile(amount, re.IGNORECASE))
    return tuple(patterns)


@cache
def _turned() -> tuple[re.Pattern[str], ...]:
    dose = "|".join(
        units for kinds, units, _ in _ALL_UNITS if kinds in ("mass", "mass weight", "volume", "units", "substance")
    )
    thing = rf"\s?(?:{_PIECE}|(?:{_THING})[^\W\d_]*)(?![^\W\d_])"
    limit = rf"((?:[<>≤≥]=?|\d\s?[-–—])\s?\d[\d.,]*)\s*{_ARROW}\s*"
    dose += r"|units?|einheit(?:en)?|unités?|unidad(?:es)?"
    given = rf"(?=[<>≤≥~]?\s?\d[\d.,]*(?:\s?(?:{dose})(?![^\W\d_])|{thing}))"
    patterns = [re.compile(limit + given, re.IGNORECASE)]
    patterns.append(
        re.compile(
            rf"(?<=\d)(\s?(?:{dose})\s?/\s?kg(?:\s?/\s?[^\W\d_]{{1,8}})?)\s*{_ARROW}\s*"
            rf"(?=\d[\d.,]*\s?(?:{dose})(?![^\W\d_]|\s?/\s?[^\W\d_]))",
            re.IGNORECASE,
        )
    )  # a dose by weight, and what comes of it: "2 mg/kg → 100 mg"
    for kinds, units, names in _ALL_UNITS:
        others = "|".join(one + more for other, one, more in _ALL_UNITS if not {*kinds.split()} & {*other.split()})
        amount = rf"(?<=\d)(\s?(?:{units}{names})(?:\s?/\s?[^\W\d_]{{1,8}})?)\s*{_ARROW}\s*"
        other_kind = rf"(?=[<>≤≥~]?\s?(?:\d[\d.,]*[½¼¾]?|[½¼¾])(?:\s?(?:{others})(?![^\W\d_]|[²³])|{thing}))"
        patterns.append(re.compile(amount + other_kind, re.IGNORECASE))
    return tuple(patterns)


def _parted(found: re.Match[str]) -> str:
    """With a pause for the dash; of two concentrations it is a range: "5 mg/5 mL–10 mg/5 mL"."""
    of_rate = _OF_RATE.search(found.string, max(0, found.start() - 10), found.start())
    return found[0] if of_rate and not _COUNTED_NEXT.match(found.string, found.end()) else f"{found[1]} , "


def _turned_apart(found: re.Match[str]) -> str:
    """With a pause for the arrow; of two concentrations it is a change: "125 mg/5 ml → 250 mg/5 ml"."""
    of_rate = _OF_RATE.search(found.string, max(0, found.start() - 10), found.start())
    return found[0] if of_rate and _RATE_NEXT.match(found.string, found.end()) else f"{found[1]} , "


def _fallen_below(found: re.Match[str], code: str) -> str:
    first, second = (float(_value(found[name], code)) for name in ("first", "second"))
    return f"{found['sign']}{found['first']} , " if second < first else found[0]


def _fallen(found: re.Match[str], code: str) -> str:
    """An amount and a lower number of something else, which are no range: "5 mg – 1 od"."""
    first, second = (float(found[name].replace(",", ".")) for name in ("first", "second"))
    unit = proof_words(code).meanings.get(found["word"].lower(), ("", ""))[0] == "unit"
    return found[0] if unit or second >= first else f"{found['first']}{found['unit']} , "
