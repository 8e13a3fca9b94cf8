"""Forms that the proof writes out before it reads a text: arrows, decimal commas, prescriptions, squares.

Like all of the proof it shares no code with the rules.
"""

from __future__ import annotations

import re
from functools import lru_cache

from voicegen.speech import proof_dates, proof_number_signs, proof_spellings
from voicegen.speech.patterns import lazy
from voicegen.speech.proof_words import proof_words

_ARROW = lazy(r"(?:[→⟶⇒⟹➔➜➝➞➡↔⇔⟷]\ufe0f?|[-–—]{1,3}>|={1,2}>)")
_BETWEEN = lazy(
    rf"(?P<number>\d)(?P<unit>[ \u00a0\u202f\u2009]*[^\W\d_]{{0,5}}[%°]?[CF]?(?:\s?/\s?[^\W\d_]{{1,8}}){{0,2}})"
    rf"\s*{_ARROW.pattern}\s*(?=[<>≤≥~£€$.]?\s?[\d½¼¾])"
)
_OTHER_ARROW = lazy(r"[→⟶⇒⟹➔➜➝➞➡]\ufe0f?|[-–—]{1,3}>")
_COMMA = lazy(r"(?<![\w.,/+£€$¥])(?:(\d{1,3}),(\d{1,2}|\d{4,6})|(0),(\d{3}))(?![\d]|[.,/]\d)")
_UNIT_FOLLOWS = lazy(r"\s?(?:(?:[-–—→]|to)\s?[\d.,]+\s?)?([^\W\d_]+|[%°])")
_FEVER = lazy(r"\b(?:T|[Tt]emp\.?|[Tt]emperature|[Ff]ever)(?:\s(?:of|is|was|above|over|below))?[\s:=<>≤≥]*\Z")
_SQUARE = lazy(r"(?<![\w])([^\W\d_])(?:²|³)(?!\w)")
_DOSE = lazy(
    r"(?<![^\W\d_])(?:\d\s?(?:mg|mgs|mcg|[µμu]g|gm?|m[lL]s?|units?|U|IU|iu|mmol)|milligrams?|micrograms?|millilitres?|units"
    r"|tab|tabs|tablets?|caps?|capsules?|pills?|puffs?|drops?|doses?|sachets?|patch|patches|sprays?|suppositor(?:y|ies)"
    r"|injections?|spoonfuls?)(?![\w])",
    re.IGNORECASE,
)
_WORD = lazy(r"[^\W\d_]+")
_JOINT = "\ue000"
"""Between words that are written out, which count as the one that stands for them."""
_OWN_WORD = lazy(rf"(?<![\w{_JOINT}])[^\W\d_]+")
_NOT_OF = (
    r"(?![\w/]|[.,]\d|\s(?:of|the|people|women|men|children)\b"
    r"|\s(?!is\b|as\b|was\b|has\b|unless\b|plus\b|this\b|less\b|always\b)[a-z]+s\b)"
)
_FROM_TO_OF = lazy(r"(?<![\w.,/–-])(\d{1,2})\s?[-–]\s?(\d{1,2})\s?/\s?(52|7|12)(?![\w/]|[.,]\d)")
_COURSE = lazy(rf"(?<=for )(\d{{1,2}})\s?/\s?(7|52|12){_NOT_OF}")
_CROSSED = lazy(rf"\b[xX×]\s?(\d{{1,2}})\s?/\s?(7|52|12){_NOT_OF}|×\s?(\d{{1,2}})\s?/\s?(7|52|12){_NOT_OF}")
_NOTED = lazy(
    r"(?<=\s)(\d{1,2})\s?/\s?(7|52|12)" + _NOT_OF,
)
_NOTE_BEFORE = lazy(
    r"(?:\b(?:review|follow[- ]?up|f/u|rv|tci|see|seen|repeat|re-?check|back|appointment|clinic|results?)\b"
    r".{0,50}?"
    r"\b(?:for|in|every|after|last|past|over|within|at)"
    r"|\b(?:history|hx|symptoms?|pain|cough|fever|vomiting|diarrhoea|bleeding|rash|headaches?|unwell|off work)\b"
    r".{0,50}?"
    r"\b(?:for|after|last|past|over)"
    r"|\b(?:take|taken|use|apply|give|given|continue|course|rest|avoid|prescribe|treat|wear|antibiotics?|abx|[btq]\.?d"
    r"|[tq]\.?d\.?s|[btq]\.?i\.?d)\b.{0,50}?\bfor)\s\Z",
    re.IGNORECASE,
)
_OF_A_DAY = lazy(
    r"(?<=every )(\d\d?)(?:\s?[-–]\s?(\d\d?))?\s?/\s?24" + _NOT_OF,
    re.IGNORECASE,
)
"""So many of the 24 hours of a day: "every 4-6/24"."""
_BEFORE_A_SPAN = lazy(r"\b(?:for|in|every|after|last|past|over|within|at)\s\Z")
_AFTER_OFTEN = lazy(
    r"(?<![\w/])((?:[botq]d|[tq]ds|[btq]id|daily|nocte|mane|prn|stat|om|on|every),?\s)(\d{1,2})\s?/\s?(7|52|12)"
    + _NOT_OF,
    re.IGNORECASE,
)
_AGED = lazy(
    r"(\bage[d]?(?: of)?:? )(\d{1,2}) ?/ ?(7|52|12)(?![\w/]|[.,]\d)"
    r"|(?<![\w./,])()(\d{1,2}) ?/ ?(7|52|12)(?= ?-?old\b)"
)
_EVERY = lazy(r"(?<![\w.-])q\.?\s?(\d{1,2})(?:\s?[-–]\s?(\d{1,2}))?\s?h(?:rs?|ourly)?(?![\w'’])", re.IGNORECASE)
_ROW_OF_SHORTS = lazy(r"(?<![\w./-])[A-Za-z]{2,3}(?:\s?/\s?[A-Za-z]{2,3})*(?![\w/.-])")
_OFTEN = {
    **dict.fromkeys(("bd", "bid"), "twice a day"),
    **dict.fromkeys(("tds", "tid"), "three times a day"),
    **dict.fromkeys(("qds", "qid"), "four times a day"),
    **dict.fromkeys(("qd", "od"), "once a day"),
}
_OFTEN_TO_OFTEN = lazy(
    r"(?<![\w./-])(od|bd|bid|tds|tid) ?[-–] ?(bd|bid|tds|tid|qds|qid)(?![\w/-]|\.\w)", re.IGNORECASE
)
_TAKEN_SO_OFTEN = lazy(
    r"(?<![\w/])(?:[btq]\.?d\.?|[tq]\.?d\.?s\.?|[btq]\.?i\.?d\.?|mane|nocte|daily|(?:twice|times) a day),? \Z",
    re.IGNORECASE,
)
_LETTERS_OF_OFTEN = lazy(r"(?<![\w'’])(?:[TQ] D S|[TQ] I D)(?! [A-Z](?!\w))(?!\w)")
"""How often, letter by letter, as it is shown: "Dressings T D S"."""
_SO_OFTEN_OR_CROSSED = lazy(
    r"(?:(?<![\w/])(?:[botq]\.?d\.?|[tq]\.?d\.?s\.?|[btq]\.?i\.?d\.?|mane|nocte|daily|prn|stat|om|on),? "
    r"|(?:\b[xX]|×) ?)\Z",
    re.IGNORECASE,
)
_BARE_HALF = lazy(r"(?<=\d) (?=half(?![^\W_]))")
"""One and a half is never "1 half"."""
_GRADE = lazy(
    r"(?<![\w.,/°–-])([1-3]) ?[°º](?= (?:heart|av|a-v|atrioventricular|block|burn|tear|frostbite|sunburn|perineal"
    r"|to (?!\S*\d|(?:the )?(?:left|right|side|vert|horiz))|care|prevention|infection|hyper|hypo|amenorrh"
    r"|dysmenorrh|syphilis|survivor|metasta|tumou?r|cancer|ha?emorrhage|immunodef|adrenal|biliary|progressive|outcome|endpoint)"
    r"|-burn)",
    re.IGNORECASE,
)
"""A degree sign that is none of a temperature or an angle: "2° heart block", "2° to CKD"."""
_GRADED = lazy(
    r"(?<!\w)(?:(first|primary)|(second|secondary)|tertiary|third)(?:(?<=y)|[ -]degree)(?!\w)", re.IGNORECASE
)
_ONE_HALF = lazy(r"(?<![\w-])one[-–‑]half(?!\w)", re.IGNORECASE)
"""Half of one, and not from one to a half."""
_POSITIVE = lazy(r"([A-Z])\s?(\d{1,3}) (?:plus|positive)(?=[\s.,;)]|\Z)(?!\s\d)")
"""As in "CD4 positive", which is what is said for "CD4+", and is written, too."""
_SPANS = {"7": "days", "52": "weeks", "12": "months"}
_FAR = 200
"""Characters: as far as any dose is looked for."""
_NUMERO = lazy(r"\bno\.?\s?(?=\d)", re.IGNORECASE)
_MULTIPLIES = lazy(r"(?<=\d)\s?[✕☓╳]\s?(?=\d)")
_SYSTOLIC = lazy(
    r"(?<=\bla )PAS\b|(?<=\bLa )PAS\b|\bPAS(?=\s*[<>≤≥=:]|\s*/\s*PAD|\s(?:cible|systol)"
    r"|\s(?:entre |à |de )?\d{2,3} ?(?:mm|/|et |à ))"
)
"""A French short form of a pressure."""
_FULL_HOUR = lazy(
    r"(?<=\d) o['’]clock(?=\s(?:to|until|till)\s\d)"
    r"| (?:(?<=\b1[3-9] )|(?<=\b2[0-4] )|(?<=\b0 ))hundred"
    r"(?=\s(?:to|until|till)\s\d\d?\s(?:hundred|o['’]clock|\d\d?\b))"
)
"""What English says after the hour with which a span begins: "14 hundred to 18 hundred"."""


def written(text: str, code: str, region: str = "") -> str:
    """The shown text with arrows between amounts as "→", prescriptions in full, and commas told apart."""
    text = proof_dates.tuesdays(text) if code == "es" else text
    text = arrows(proof_spellings.shown(text, code, region), code)
    if code != "en":
        return text
    text = _ONE_HALF.sub("half", _BARE_HALF.sub(" , ", _POSITIVE.sub(r"\1\2+", text)))
    text = _GRADED.sub(_graded, _GRADE.sub(r" , \1 ordinal , ", text))
    text = re.sub(r"(?<=\d)(?:\s?|-)(?:y/o|yo|y\.\s?o\.?)(?![\w'’])", " years old", text, flags=re.IGNORECASE)
    text = _EVERY.sub(_every, text)
    text = _FROM_TO_OF.sub(_spans_of, _OF_A_DAY.sub(_hours_of, text))
    text = _AFTER_OFTEN.sub(
        lambda found: _lasting(found, f"{found[1]}{_one('', 'for', found[2], _SPANS[found[3]])}", found[1]), text
    )
    text = _AGED.sub(lambda found: f"{found[1] or ''}{found[2] or found[5]} {_SPANS[found[3] or found[6]]}", text)
    text = _NOTED.sub(_noted, text)
    text = _CROSSED.sub(_crossed, text)
    text = _COURSE.sub(lambda found: _lasting(found, _one(found[1], _SPANS[found[2]])), text)
    text = _OFTEN_TO_OFTEN.sub(lambda found: f"{_OFTEN[found[1].lower()]} to {_OFTEN[found[2].lower()]}", text)
    text = _LETTERS_OF_OFTEN.sub(lambda found: found[0].replace(" ", ""), _ROW_OF_SHORTS.sub(_often, text))
    for words, shorts in proof_words(code).dosing.items():
        text = _dosed(text, shorts, _one(*words.split()))
    text = text.replace(_JOINT, " ")
    return _COMMA.sub(lambda found: found[0] if _is_decimal(found, code) else found[0].replace(",", ", "), text)


def heard(text: str, code: str) -> str:
    """The spoken text as it is heard: a comma parts two numbers in English, a short form says no number."""
    text = arrows(proof_spellings.either(text, code), code)
    if code == "es":
        text = proof_number_signs.heard_in_spanish(text)
    if code != "en":
        return text
    text = _GRADED.sub(_graded, _ONE_HALF.sub("half", text))
    text = _LETTERS_OF_OFTEN.sub(lambda found: found[0].replace(" ", ""), _BARE_HALF.sub(" , ", text))
    text = _POSITIVE.sub(r"\1\2+", text)
    text = _date_to_date().sub(r"\1 , ", text)
    for shorts in proof_words(code).dosing.values():
        text = _dosed(text, shorts, "unsaid")
    return _COMMA.sub(lambda found: found[0].replace(",", ", "), text)


@lru_cache(maxsize=1)
def _date_to_date() -> re.Pattern[str]:
    """Between two English dates, of which the last number of the one and the first of the other are no range."""
    month = f"(?i:{'|'.join(proof_words('en').months)})"
    slashes = r"\d\d? slash \d\d? slash"
    short = rf"(?:\d\d? slash \d\d?(?: slash (?:\d{{4}}|\d\d))?|{month} (?:\d\d?, )?\d\d)(?!\d)"
    return re.compile(
        rf"({short}(?= (?:to|until|till) (?:{slashes}|\d\d? {month} \d\d|{month} \d))"
        rf"|{month} (?:\d\d?, )?\d{{4}}(?= (?:to|until|till) {slashes})) (?:to|until|till) "
    )


def without_lookalikes(text: str, code: str) -> str:
    """The text without what looks like a denial and is none: "no. 5", "2 ✕ 5 mg", the French pressure "PAS"."""
    if code == "fr":
        text = _SYSTOLIC.sub("P A S", text)
    return _MULTIPLIES.sub(" ", _NUMERO.sub("", text))


def full_hours(text: str) -> str:
    """The text with only the number of each full hour that a span begins with, so that it is read as a range."""
    return _FULL_HOUR.sub("", text)


def _graded(found: re.Match[str]) -> str:
    return f" , {1 if found[1] else 2 if found[2] else 3} ordinal , "


def squares(text: str) -> str:
    """The text with "x²" as words: the square of a letter is no amount, unlike that of a metre."""
    return _SQUARE.sub(lambda found: found[0] if found[1] in "mM" else f"{found[1]} squared", text)


def arrows(text: str, code: str) -> str:
    """The text with every arrow between two amounts as "→", and every other arrow as a comma."""
    text = _BETWEEN.sub(lambda found: _between(found, code), text)
    return _OTHER_ARROW.sub(lambda found: found[0] if found[0] == "→" else " , ", text)


def _between(found: re.Match[str], code: str) -> str:
    unit = found["unit"].split("/")[0].strip()
    known = not unit or proof_words(code).meanings.get(unit.lower(), ("", ""))[0] == "unit"
    return f"{found['number']}{found['unit']} → " if known else found[0]


def _spans_of(found: re.Match[str]) -> str:
    """As in "2-3/52": two numbers of weeks; of days and months only where a date would not stand ("in 7–10/7")."""
    low, high = int(found[1]), int(found[2])
    before = found.string[max(0, found.start() - 80) : found.start()]
    words = f"{low} to {high} {_SPANS[found[3]]}"
    if low >= high or before.lower().endswith(("page ", "pages ")):
        return found[0]
    if found[3] != "52" and _SO_OFTEN_OR_CROSSED.search(before):
        often = _TAKEN_SO_OFTEN.search(before)
        return f"for {words}" if often else _when_dosed(found, f"for {words}", 12)
    sure = found[3] == "52" or before.endswith(("for ", "every ")) or _NOTE_BEFORE.search(before)
    return words if sure else found[0]


def _hours_of(found: re.Match[str]) -> str:
    low, high = int(found[1]), int(found[2] or 24)
    hours = f"{low} to {high}" if found[2] else str(low)
    return f"{hours} hours" if low < high <= 24 else found[0]


def _noted(found: re.Match[str]) -> str:
    """As in "review in 3/52": days, weeks or months."""
    before = found.string[max(0, found.start() - 80) : found.start()]
    weeks = found[2] == "52" and _BEFORE_A_SPAN.search(before)
    return _one(found[1], _SPANS[found[2]]) if weeks or _NOTE_BEFORE.search(before) else found[0]


def _often(found: re.Match[str]) -> str:
    """A cell that has nothing but how often, or several with a slash between: "BD", "TDS/QDS"."""
    shorts = [short.lower() for short in _WORD.findall(found[0])]
    names = ["" if short == "od" else _OFTEN.get(short, "") for short in shorts]
    whole = found[0] == found.string.strip()
    return " or ".join(names) if all(names) and (whole or len(names) > 1) else found[0]


def _every(found: re.Match[str]) -> str:
    if found[1] == "1" and not found[2]:
        return "every hour"
    return f"every {found[1]}{' to ' + found[2] if found[2] else ''} hours"


def _one(*words: str) -> str:
    return _JOINT.join(words)


def _dosed(text: str, shorts: tuple[str, ...], words: str) -> str:
    return _short(shorts).sub(lambda found: _when_dosed(found, words, 4), text)


@lru_cache(maxsize=64)
def _short(shorts: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, shorts))
    return re.compile(rf"(?<![\w.'’@/-])(?:{names})(?![\w'’@/-]|\s(?:syringe|needle|pen)|\.\w)")


def _lasting(found: re.Match[str], words: str, often: str = "") -> str:
    """The words for how long something is taken: always in weeks, else after how often or near what is taken."""
    before = often or found.string[max(0, found.start() - _FAR) : found.start()]
    sure = found[0].endswith("52") or _TAKEN_SO_OFTEN.search(before)
    return words if sure else _when_dosed(found, words, 12)


def _crossed(found: re.Match[str]) -> str:
    """As in "x 5/7", of which a letter counts as a word, and "× 5/7"."""
    if found[1]:
        return _lasting(found, _one("for", found[1], _SPANS[found[2]]))
    return _lasting(found, _one("", "for", found[3], _SPANS[found[4]]))


def _when_dosed(found: re.Match[str], words: str, near: int) -> str:
    """The words, where an amount or form of medicine stands at most `near` words before; else what is there."""
    before = found.string[max(0, found.start() - _FAR) : found.start()]
    doses = list(_DOSE.finditer(before))
    if not doses or len(_OWN_WORD.findall(before, doses[-1].end())) > near:
        return found[0]
    dose = doses[-1]
    dotted = dose[0].lower() in ("tab", "tabs", "cap", "caps")
    if re.search(r"[.;:!?](?:\s|\Z)", before[dose.end() + dotted :]):
        return found[0]
    right_eye = found[0].lower().replace(".", "") == "od" and dose[0].lower().startswith("drop")
    return found[0] if right_eye else words


def _is_decimal(found: re.Match[str], code: str) -> bool:
    text = found.string
    part = found[2] or ""
    if re.fullmatch(r"[1-9]0", part) and found[1][-1] in "05" and 1 < int(part) / (int(found[1]) or 1) <= 4:
        return False  # two strengths: "5,10 mg"
    if _FEVER.search(text[: found.start()]) and re.fullmatch(r"(?:3\d|4[0-5]),\d", found[0]):
        return True
    unit = _UNIT_FOLLOWS.match(text, found.end())
    if unit is None:
        return False
    known = proof_words(code).meanings.get(unit[1].lower(), ("", ""))[0] == "unit"
    halves = (found[2] or "") in ("5", "25", "75") and _DOSE.fullmatch(unit[1]) is not None
    return known or halves
