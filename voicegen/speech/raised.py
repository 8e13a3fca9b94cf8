"""What a raised run is: the mark of a note, or an exponent, an ordinal, a part of a formula.

Danger: a mark read as part of the text makes a false number ("take 2 tablets3") or hides a unit ("5 mg" and a
raised "a"); an exponent taken for a mark is lost. So a raised run is a mark only where the source says so,
links to a note, stands after a whole word, an amount or the end of a sentence, or begins the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicegen.model.document import Run
from voicegen.speech.patterns import lazy

LETTERS = lazy(r"[a-z](?:\s?,\s?[a-z])*")
NUMBERS = lazy(r"\[?\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*\]?")
AMOUNT = lazy(
    r"\d[ \u00a0\u202f]?(?:[^\W\d_]{1,5}/){0,2}(?!(?:[kcdmµμn]?m|ft|in|yd)\Z|(?<=m/)s\Z)[^\W\d_]{1,4}\Z"
    r"|\d\s?%\s{0,2}\Z|\d\s?°\s?[CF]\Z|(?<![^\W_])(?:[mnpµμ]?g|mcg|m?mol|m?I?U|m[lL])/(?:kg|[dm]?[lL]|day|min|hr?)\Z"
)
"""An amount whose unit is no length ("cm²" is a unit), or the unit of a column."""
_BASE = lazy(
    r"(?<![\d.,])(?<!\d[-–])(?<!\d\s[-–]\s)10\Z|[÷×=*^+]\s?\(?[\d.,]*\d\Z|(?<!\w)[x·]\s?[\d.,]*\d\Z"
    r"|/\s?\(?[12][.,]\d\d?\Z"
)
"""A number that may have a power: ten, and one of a sum. Danger: "at most 400²" heard as 400 to the power 2."""
_SUM = lazy(r"\s?(?:[=÷×*+^°º℃%]|(?:C|[cm]?m)(?![^\W_]))")
"""What follows a power, or the half of a degree ("38⁵ °C")."""
_TEN = lazy(r"(?<![\d.,×·*^÷=+])(?<![×·*^÷=+x]\s)10\Z")
_MORE = lazy(r"\s?(?:[-–—,=÷×*+^/]|to\s10)")
_BODY_HEAT = lazy(r"(?<![\d.,])(?:3[4-9]|4[0-3])\Z")
_COUNT = lazy(r"\d\+?\Z")
_OWN_NUMBERED = (
    r"(?<![^\W_])(?:O|[CHNPSV]O|(?:FI|PA|PV|SA|SP|SV)O|(?:CA|DL|ET|H|NAH|P|PA|PV)CO|(?:MG)?SO|NH|CD|IL|FT|PG[A-Z]|TXA|CHA"
    r"|CHADS|DS|FEV|HER|COX|GLP|SGLT|DPP)\Z"
)
OWN_NUMBERED = lazy(_OWN_NUMBERED)
"""A name in capitals that has a number of its own: "CO₂", "CHADS₂"."""
_NAME = lazy(
    rf"(?<![^\W_])(?!{_OWN_NUMBERED}|[KCDM]?M\Z)"
    r"(?!M*(?:CM|CD|D?C*)(?:XC|XL|L?X*)(?:IX|IV|V?I*)\Z)[A-ZÀ-ÖØ-Ý]{2,}\Z"
)
"""A name in capitals, such as "INR", but no Roman number, and no name that has its own number.

Danger: "INR²" heard as an INR of 2, the vaccine "MMR¹" as the first dose of it, and
"PARACETAMOL² 500 mg" as 2500.
"""
_NUMBERED_NAME = lazy(r"(?<![^\W_])[A-Z]{2,6}-?\d{1,2}\Z")
TOUCHING = lazy(
    r"(?!(?:He|Li|mcg|mg|ml|kg|IU|UI|IE|MG|ML|KG)(?![^\W_]))(?:\d|[^\W\d_]{3}|[A-ZÀ-Ý][A-Za-zà-ÿ](?![^\W_])|[AIYÀ]\s)"
)
"""The beginning of a note that its mark touches, as in "²Not in children", and no isotope ("³He") nor a unit."""
WORD_END = lazy(
    r"(?:[a-zà-ÿ]{4}|(?<![^\W\d_])(?!(?i:chi|eta|phi|rho|log|mol)\s*\Z)[^\W\d_][a-zà-ÿ]{2,3}"
    r"|[a-zà-ÿ]{2}[.,;:!?)\"”’])\s{0,3}\Z"
)
"""The end of a word of three letters or more, or of a sentence. Danger: "Day²" heard as day 2."""
LENGTH = lazy(
    r"(?<![^\W\d_])(?:kilo|centi|milli|mili|zenti|centí|milí)?"
    r"(?:m[eèé]t(?:re|er)|metro|inche?|foot|feet|yard|zoll|pouce|pulgada|pollice)s?\Z",
    re.I,
)
"""A length that is written out: with a raised 2 it is an area, as in "75 mg per metre²", and has no note.

Danger: a dose by the body's surface would be one by its length.
"""
SQUARED_REACH = 60
_SQUARED = lazy(
    r"(?:[/÷:=×]|\bby\b|durch|\bpar\b|\bpor\b|\bentre\b|\bper\b|\bdoor\b|\bprzez\b)[^.;]*(?<![^\W\d_])(?:heights?"
    r"|(?:körper)?größe|(?:körper)?länge|taille|altura|estatura|talla|altezza|statura|lengte|wzrost)"
    r"[ \u00a0]?(?:[(\[][^()\[\]]{1,24}[)\]])?[)\]]?\Z"
    r"|[/÷:×][ \u00a0]?[(\[][^()\[\]]{1,40}[)\]]\Z",
    re.I,
)
"""What something is divided by, as the weight is by the square of the height: a raised 2 behind it is no note."""
INVERSE = lazy(r"[-−–][123]")
UNIT_END = lazy(r"(?<![^\W\d_])[A-Za-zµμ]{1,5}\Z")
RAISED = str.maketrans("123", "¹²³")
_STROKES = ("/", "⁄", "∕")
"""Behind the upper number of a fraction."""
REACH = 16
"""Characters before a raised run that these patterns need."""


def is_marker(run: Run, before: str, after: str) -> bool:
    """Whether a raised run is the mark of a note; `before` and `after` are the text around it."""
    words = run.text.strip()
    if run.position == "note" or (words and all(letter in "*†‡§¶#" for letter in words)):
        return True
    if run.href.startswith("#") and (NUMBERS.fullmatch(words) or len(words) <= 3):
        return True
    return is_mark(words, before, after)


def is_mark(words: str, before: str, after: str) -> bool:
    """Whether raised `words` are the mark of a note by the text `before` and `after` them alone."""
    number, letters = NUMBERS.fullmatch(words), LETTERS.fullmatch(words)
    if not (number or letters):
        return False
    near = before[-REACH:]
    if not near.strip():  # nothing that it could be raised over: a note begins with it
        return after[:1].isspace() or (len(words) == 1 and TOUCHING.match(after) is not None)
    if after[:1].isalnum() or after.lstrip()[:1] in _STROKES:
        return False
    if words in ("2", "3") and (LENGTH.search(near) or is_squared(before)):
        return False
    if number and _COUNT.search(near):
        of_fever = words == "5" and _BODY_HEAT.search(near)
        if words == "1" and _TEN.search(near) and not _MORE.match(after):
            return True  # nobody writes ten as a power of itself
        may_be_power = words.isdecimal() and (
            _BASE.search(near) or _SUM.match(after) or of_fever or len(words) > 1
        )
        return not may_be_power
    if letters and _NUMBERED_NAME.search(near):
        return True
    return any(pattern.search(near) for pattern in (WORD_END, AMOUNT, _NAME))


def is_squared(before: str) -> bool:
    """Whether what stands before a raised 2 is a height, or a sum in brackets, that something is divided by.

    Danger: a body mass index by the height, and not by its square.
    """
    return _SQUARED.search(before[-SQUARED_REACH:]) is not None


def inverse_units(runs: Sequence[Run], text: str) -> str:
    """The text of the runs, with "kg" and a raised "-1" as "kg⁻¹"; as many characters as before."""
    if len(runs) < 2:
        return text
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        if run.position == "sup" and INVERSE.fullmatch(run.text) and UNIT_END.search(text, 0, start):
            text = f"{text[:start]}⁻{run.text[1:].translate(RAISED)}{text[end:]}"
    return text
