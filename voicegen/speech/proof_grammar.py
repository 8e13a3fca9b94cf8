"""The grammar of the proof: numbers with their signs, units, ranges and comparators in a stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from voicegen.speech.proof_words import Entry, ProofWords, proof_words

_MONEY = ("pound", "dollar", "euro", "yen")
_PARTS_OF_ALL = ("10", "100", "1000", "10000", "100000")
_TAKEN = (" mg", " mcg", " ng", " g", " ml", " l", " cl", " dl", " cc", " iu", " u")
"""Units of what is taken of a medicine."""
_LETTER_UNITS = {"C": "celsius", "F": "fahrenheit"}
"""Capital letters that are a scale of temperature after a number."""
_LASTING = frozenset(("every", "each", "for", "over", "after", "in", "within", "last", "past", "x", "-", "–"))
"""What hours stand after: "EVERY 4 HR"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one stretch of text says, and other ways in which it may be read."""

    facts: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()


class Token(NamedTuple):
    """A piece of text with what it means for amounts."""

    kind: str
    value: str
    gap: bool
    """Whether white space stands before it."""
    digits: bool = False
    """Whether it is a number in digits."""


@lru_cache(maxsize=8)
def _pieces(code: str) -> re.Pattern[str]:
    decimal, thousands = (r"\.", "," + "\u2009\u202f\u00a0") if code == "en" else (",", ".\u2009\u202f\u00a0 ")
    number = r"\d{1,3}(?:,\d{3})+\.\d+|" if code == "es" else ""  # "$1,500.00"
    number += rf"\d{{1,3}}(?:[{thousands}]\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+(?:[.,]\d+)?|(?<![\w.,])[.,]\d+"
    return re.compile(rf"(?P<number>{number})|<=|>=|=<|=>|\+/[-−–]|[^\W\d_]+[²³23]?(?!\d)(?:['’][^\W\d_]+)?|\S")


def _tokens(text: str, code: str) -> list[Token]:
    vocabulary = proof_words(code)
    tokens: list[Token] = []
    matches = list(_pieces(code).finditer(text))
    index = 0
    while index < len(matches):
        match = matches[index]
        gap = match.start() == 0 or text[match.start() - 1].isspace()
        if match["number"]:
            tokens.append(Token("number", _value(match[0], code), gap, True))
            index += 1
            continue
        length, entry = _meaning(matches, index, vocabulary, code)
        after = matches[index + 1] if index + 1 < len(matches) else None
        if (
            len(match[0]) == 1
            and match[0].isupper()
            and after
            and after["number"]
            and after.start() == match.end()
        ):
            entry = ("letter", match[0])  # "M54.5"
        kind, value = entry
        if code == "de" and match[0] == "." and tokens and tokens[-1].digits and not gap:
            kind = "skip"  # "am 2. Tag"
        if kind != "skip":
            tokens.append(Token(kind, value, gap))
        index += length
    return tokens


def _meaning(matches: list[re.Match[str]], index: int, vocabulary: ProofWords, code: str) -> tuple[int, Entry]:
    """How many pieces the longest known phrase has, and what it means."""
    first = matches[index][0]
    if first == "MCL":
        return 1, ("word", first)  # a ligament of the knee: "grade 2 MCL"
    if first == "MU":
        return 1, ("unit", "mega")  # a thousand million times "mU"
    if first == "ML" and code == "de" and index and re.fullmatch(r"\d|10|\d[.,]5|[½¼¾]", matches[index - 1][0]):
        return 1, ("word", first)  # measuring spoons, or millilitres: only the letters are certain
    lower = first.lower().replace("’", "'")
    if first in ("°", "º", "˚") and index + 1 < len(matches) and matches[index + 1][0] in "CF":
        return 2, ("unit", "celsius" if matches[index + 1][0] == "C" else "fahrenheit")
    following = matches[index + 1][0] if index + 1 < len(matches) else ""
    over = index > 0 and matches[index - 1][0] == "/"
    saline = first == "L" and [piece[0] for piece in matches[index + 1 : index + 3]] == ["N", "/"]  # "1L N/S"
    if (
        len(first) == 1
        and first.isupper()
        and not over
        and not saline
        and re.fullmatch(r"[A-Z](?:['’]s)?|p", following)
    ):
        return 1, ("letter", first)  # a letter of "M R I" or "S p O 2", no unit
    lasting = {found[0].lower() for found in matches[max(0, index - 4) : max(0, index - 1)]} & _LASTING
    if first == "HR" and not over and not lasting:
        return 1, ("word", first)  # the heart rate of "BP 120/80 HR 60"
    for length in range(vocabulary.longest.get(lower, 1), 0, -1):
        words = " ".join(match[0].lower() for match in matches[index : index + length])
        known = words in vocabulary.meanings and (length == 1 or len(matches) >= index + length)
        if known and not _compares_later(matches, index, length, vocabulary):
            return length, vocabulary.meanings[words]
    if len(lower) >= 3 and (first.istitle() or code in ("es", "fr")):
        for number, month in enumerate(vocabulary.months, 1):
            if lower == month or (len(lower) <= 5 and month.startswith(lower) and not first.isupper()):
                return 1, ("month", month_name(str(number)))
    return 1, ("word", first)


def _compares_later(matches: list[re.Match[str]], index: int, length: int, vocabulary: ProofWords) -> bool:
    """Whether the last word of a phrase for "+" begins a comparator instead: "o más de 300" is "o > 300"."""
    phrase = " ".join(match[0].lower() for match in matches[index : index + length])
    if length == 1 or vocabulary.meanings[phrase][0] != "plus" or len(matches) < index + length + 2:
        return False
    last, following, number = matches[index + length - 1 : index + length + 2]
    compared = vocabulary.meanings.get(f"{last[0]} {following[0]}".lower())
    return compared is not None and compared[0] == "compare" and bool(number["number"])


def _value(number: str, code: str) -> str:
    """A number in one form: no separators of thousands, a dot for the decimals, a zero before a bare one."""
    thousands, decimal = (",", ".") if code == "en" else (".", ",")
    number = re.sub(r"\s", "", number)
    if code == "es" and re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", number):
        return number.replace(",", "")
    if code == "es" and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", number):
        return number.replace(",", "").replace(".", "")  # a thousand in one country, a decimal in another
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", number):
        number = number.replace(thousands, "")
    number = number.replace(",", ".")
    return "0" + number if number.startswith(".") else number


def amounts(text: str, code: str, pressure: bool = False, joined: bool = False) -> list[Reading]:
    """Everything that a stretch of text says in numbers, in order.

    `pressure`: the text is about blood pressure. `joined`: something stands right before it, so that a dash at its
    beginning is no minus.
    """
    tokens = _tokens(text, code)
    if joined and tokens and tokens[0].kind == "dash":
        tokens = tokens[1:]
    found: list[Reading] = []
    index = 0
    while index < len(tokens):
        reading, index = _amount(_At(tokens, index, code, pressure), index)
        if reading is not None:
            found.append(reading)
    return found


class _At:
    """A place in the tokens, moved on as they are read."""

    def __init__(self, tokens: list[Token], index: int, code: str, pressure: bool) -> None:
        self.tokens, self.index, self.code, self.pressure = tokens, index, code, pressure

    def see(self, offset: int = 0) -> Token:
        place = self.index + offset
        return self.tokens[place] if 0 <= place < len(self.tokens) else Token("end", "", True)

    def take(self, *kinds: str) -> Token | None:
        token = self.see()
        if token.kind not in kinds:
            return None
        self.index += 1
        return token


def _amount(at: _At, index: int) -> tuple[Reading | None, int]:
    """The reading that begins at a token, and where the next one begins."""
    tokens, token = at.tokens, at.see()
    if token.kind == "month":
        return Reading((token.value,)), index + 1
    if token.kind in ("per", "slash"):
        at.index += 1
        after = at.take("unit")
        if after is None and at.see().value in ("d", "die"):
            after, at.index = Token("unit", "d", False), at.index + 1
        if after is None:
            return None, index + 1
        fact = (f"per {_over(after)}",)
        certain = token.kind == "per" or after.value in ("ml", "mcl", "mm3", "dl", "kg", "m2")  # "cells/mm³"
        return (Reading(fact), at.index) if certain else (Reading((), (fact,)), index + 1)
    compare = at.take("compare")
    measured = index > 1 and tokens[index - 1].kind == "unit" and tokens[index - 2].kind in ("number", "part")
    low = _number(at, index > 0 and (tokens[index - 1].kind == "number" or measured))
    if low is None:
        return None, index + 1
    sign = compare.value if compare else ""
    dash = at.see()
    label = dash.kind == "ratio" and at.see(1).gap  # "Week 3: 5 mg" is no ratio
    amount = bool(low[1]) or at.see(2).kind in ("unit", "slash")  # nor, in French, "5 mg : 1 cp"
    label = label and dash.value == ":" and (not dash.gap or amount)
    if _is_second_minus(at, low[0]):
        second, end = _amount(_At(tokens, at.index + 1, at.code, at.pressure), at.index + 1)
        facts = second.facts if second else ("",)
        return Reading((f"{sign}{low[0]}{low[1]}", f"-{facts[0]}", *facts[1:])), end
    if dash.kind in ("to", "dash", "ratio") and not label:
        before = at.index
        at.index += 1
        spaced = at.see().gap
        between = at.take("compare")
        at.take("plus")  # "-5 – +5"
        high = _number(at, False)
        if high is not None and dash.kind == "dash" and low[1] in _TAKEN and high[1][:1] != " ":
            return Reading((f"{sign}{low[0]}{low[1]}",)), before + 1  # "500 mg - 28" is a pack
        if high is not None:
            if low[1].strip() in _MONEY and not high[1]:
                low, high = (low[0], ""), (high[0], low[1])  # "£10–15"
            text = f"{sign}{_joined(low, (between.value if between else '') + high[0], high[1])}{_going_on(at)}"
            others: list[tuple[str, ...]] = (
                [(low[0], high[0])] if dash.kind == "dash" and low[0] == high[0] else []
            )
            if dash.kind == "dash" and not dash.gap and spaced and not low[1]:
                others.append(
                    (f"{sign}{low[0]}", f"{between.value if between else ''}{high[0]}{high[1]}")
                )  # "1- 5 mg"
            if dash.kind == "ratio":
                others.append((f"over {low[0]} {high[0]}",))
            return Reading((text,), tuple(others)), at.index
        at.index = before
    if dash.kind in ("slash", "pair", "or"):
        return _pair(at, sign, low)
    return Reading((f"{sign}{low[0]}{low[1]}",)), at.index


def _going_on(at: _At) -> str:
    """The amount with its unit that a range goes on to: "10 to 12 to 4 units" is none of 10 to 12, and 4 units."""
    words = ""
    while at.see().kind == "to":
        place = at.index
        at.index += 1
        compare = at.take("compare")
        more = _number(at, False)
        if more is None or not more[1]:  # as in "1 to 1000 to 1 to 10000"
            at.index = place
            break
        words += f"~{compare.value if compare else ''}{more[0]}{more[1]}"
    return words


def _is_second_minus(at: _At, low: str) -> bool:
    """Whether a dash between two numbers is the minus of the second: the strengths of a lens.

    It touches the second number and stands apart from the first, which has a sign of its own, or both have the
    quarters of a dioptre and an axis follows: "-2.25 -0.75 x 180", "1.50 -0.75 x 90".
    """
    dash, high, cross, axis = (at.see(offset) for offset in range(4))
    if dash.kind != "dash" or not dash.gap or high.gap or not high.digits:
        return False
    quarters = all(re.fullmatch(r"\d+\.(?:00|25|50|75)", number) for number in (low, high.value))
    named = cross.value.lower() in ("x", "×", "@", "ax", "a", "à") or cross.kind == "times"
    return low[:1] in ("-", "+") or (quarters and named and axis.digits and axis.value.isdigit())


def _joined(low: tuple[str, str], high: str, unit: str) -> str:
    first = low[0] if low[1] in ("", unit) else low[0] + low[1]
    return f"{first}~{high}{unit}"


def _pair(at: _At, sign: str, low: tuple[str, str]) -> tuple[Reading, int]:
    """Two numbers with a slash, "over", "out of" or "or" between: "140/90", "7/10", "1/2"."""
    start, slash = at.index, at.see()
    alone = Reading((f"{sign}{low[0]}{low[1]}",))
    at.index += 1
    typed = not slash.gap and at.see().gap  # "1/ 5 mg"
    high = _number(at, False) if not low[1] else None
    if high is None or (slash.kind == "or" and "/" in low[0] + high[0]):
        return alone, start
    both = f"{low[0]} {high[0]}{high[1]}"
    if slash.kind == "pair":
        return Reading((f"{sign}{slash.value} {both}",)), at.index
    if slash.kind == "or":
        return Reading((f"{sign}or {both}",), ((f"{sign}{low[0]}{low[1]}", f"{high[0]}{high[1]}"),)), at.index
    reading = _slashed(at, sign, low[0], high)
    if typed:
        reading = Reading(reading.facts, (*reading.others, (f"{sign}{low[0]}", f"{high[0]}{high[1]}")))
    return reading, at.index


_EMERGENCIES = frozenset(
    ("061", "062", "091", "110", "111", "112", "113", "115", "116", "117", "118", "911", "999")
)


def _slashed(at: _At, sign: str, low: str, high: tuple[str, str]) -> Reading:
    """What a slash between two numbers may mean here: over, out of, a part of one, or nothing but a slash."""
    both = f"{low} {high[0]}{high[1]}"
    if at.pressure and _can_be_pressure(low, high[0], at.code):
        return Reading((f"{sign}over {both}",))
    if high[1] == " mmhg":
        return Reading((f"{sign}over {both}",), ((f"{sign}slash {both}",),))
    if (low, high[0] + high[1]) == ("24", "7"):
        return Reading((f"slash {both}",), (("24", "7"),))
    if at.see().kind == "word" and at.see().value.lower() in ("times", "veces", "fois", "mal"):
        return Reading((f"{sign}or {both}",), ((f"{sign}slash {both}",),))
    ways: list[tuple[str, ...]] = [(f"{sign}{low.replace(' ', '+')}/{high[0]}{high[1]}",)]
    if high[0] in ("5", "10", "100"):
        ways.append((f"{sign}{'over' if at.code == 'fr' else 'of'} {both}",))
    if low == "1" and (high[0] in _PARTS_OF_ALL or high[0].endswith("000")):  # "1 in 100"
        ways.append((f"{sign}{'over' if at.code == 'fr' else 'of'} {both}",))
    if high[0].startswith("-") or {low, high[0]} <= _EMERGENCIES:
        ways.append((sign + low, high[0] + high[1]))
    if _can_be_pressure(low, high[0], at.code):
        ways.append((f"{sign}over {both}",))  # a reading, though the text does not say of what
    return Reading((f"{sign}slash {both}",), tuple(ways))


def _can_be_pressure(low: str, high: str, code: str) -> bool:
    """Whether two numbers can be a blood pressure, in French also in centimetres of mercury."""
    upper, lower = (re.findall(r"\d+", number) or [""] for number in (low, high))
    if not upper[-1] or not lower[0] or "." in low + high:
        return False
    above, below = int(upper[-1]), int(lower[0])
    in_centimetres = code == "fr" and 8 <= above <= 25 and 4 <= below <= 15
    return below < above and (in_centimetres or (60 <= above <= 260 and 30 <= below <= 160))


def _number(at: _At, after_amount: bool) -> tuple[str, str] | None:
    """A number with its sign, power and unit: value and unit; None where none begins here."""
    start = at.index
    signed = at.see().value in _MONEY and at.see(1).kind == "number"
    money = at.take("unit") if signed else None
    sign = _sign(at, start == 0, after_amount)
    number = at.take("number", "part")
    if number is None:
        at.index = start
        return None
    if number.kind == "part":
        at.take("article")  # "half a milligram"
    value = _power(at, _mixed(at, number))
    scale = at.take("scale")
    large = at.see().value.lower() if at.see().kind in ("unit", "word") else ""
    if money and large in ("m", "bn", "k") and not at.see().gap:
        scale = Token("scale", large, False)
        at.index += 1
    value += scale.value if scale else ""
    if at.see().kind == "plus" and at.see(1).kind != "number":
        at.index, value = at.index + 1, value + "+"
    unit = _unit(at) or (_rates(at, True) if money else "")  # "£40/session"
    if money and unit[:1] in ("", "/"):
        unit = f" {money.value}{unit}"
    whole = _completed(at, value, unit)
    if whole.startswith(value) and whole != value:  # "9 pounds 90 per item", "1 comprimé et demi par jour"
        unit += _rates(at, bool(unit))
    return sign + whole, unit


def _sign(at: _At, first: bool, after_amount: bool) -> str:
    """A minus before a number; a dash counts where it touches the number and stands apart from what is before."""
    lead = at.see()
    apart = (
        lead.gap or first or at.see(-1).kind in ("compare", "slash") or at.see(-1).value in ("(", "[", ":")
    )  # "≤−2.5"
    apart = apart or (at.see(-1).kind == "dash" and at.see(-3).kind in ("dash", "minus"))  # "−2.5–−1"
    dash = lead.kind == "dash" and not at.see(1).gap and apart and not after_amount
    if lead.kind == "minus" or dash:
        at.index += 1
        return "-"
    return ""


def _mixed(at: _At, number: Token) -> str:
    """The number with the fraction or the spelled-out decimals that follow: "1½", "2 1/2", "1 coma 500"."""
    value = number.value.lstrip("+")
    if at.see().kind == "mark" and at.see(1).kind == "number" and len(at.see(1).value) == 3:
        value += at.see(1).value
        at.index += 2
    more = at.see()
    if more.kind == "part" and number.kind == "number":
        at.index += 1
        return f"{value}+{more.value.lstrip('+')}"
    slash = more.digits and more.gap and at.see(1).kind == "slash" and at.see(2).kind == "number"
    if number.digits and slash and len(more.value) == 1:
        at.index += 1
        return f"{value} {more.value}"
    return value


def _power(at: _At, value: str) -> str:
    if at.take("power") is None:
        return value
    minus = "-" if at.take("minus", "dash") else ""
    power = at.take("number")
    return f"{value}^{minus}{power.value if power else ''}"


def _completed(at: _At, value: str, unit: str) -> str:
    """The value with what is said after its unit: the half of "1 hora y media", the pence of "5 pounds 50"."""
    after = 1 if at.see().kind == "word" else 0
    half = at.see(after)
    if value.isdigit() and half.kind == "part" and half.value[0] == "+":
        at.index += after + 1
        return value + half.value
    if unit.strip() in _MONEY:
        value = value.removesuffix(".00")
        pence = at.see()
        follows = pence.kind == "number" and re.fullmatch(r"\d\d", pence.value) and at.see(1).kind != "unit"
        if follows and value.isdigit():
            at.index += 1
            return f"{value}.{pence.value}"
    return value


def _unit(at: _At) -> str:
    """The unit after a number with all that follows "per" or a slash; empty where there is none."""
    start = at.index
    if at.see().kind == "dash" and not at.see().gap and at.see(1).kind == "unit" and not at.see(1).gap:
        at.index += 1
    if at.see().value in _MONEY and at.see(1).kind == "number" and not at.see(1).gap:
        at.index = start
        return ""  # "£5-£10": the sign belongs to the number after it
    unit = at.take("unit")
    if unit is None:
        letter = at.see()
        if letter.kind == "word" and letter.value in _LETTER_UNITS:
            at.index, unit = at.index + 1, Token("unit", _LETTER_UNITS[letter.value], letter.gap)
        else:
            at.index = start
    return (f" {unit.value}" if unit else "") + _rates(at, unit is not None)


def _rates(at: _At, unit: bool) -> str:
    """All that follows "per" or a slash here; `unit`: a unit stands before it."""
    words = ""
    while at.see().kind in ("per", "slash"):
        place = at.index
        at.index += 1
        number = at.take("number")
        span = at.see().kind in ("dash", "to") and at.see(1).kind == "number" and at.see(2).kind == "unit"
        if unit and number and span:  # "400 mg/6-8 h"
            high, each = at.see(1), at.see(2)
            at.index += 3
            words += f"/{number.value}~{high.value} {each.value}"
            continue
        after = at.take("unit", "word") if number is None or at.see().kind == "unit" else None
        if not unit and number is not None:
            after = None
        named = after is not None and (after.kind == "unit" or after.value in ("d", "die"))
        if after is None or (at.see(-2).kind == "slash" and not unit and not named and not number):
            at.index = place
            break
        words += f"/{number.value + ' ' if number else ''}{_over(after)}"
    return words


def _over(token: Token) -> str:
    """What stands after "per", in one form."""
    value = token.value.lower()
    if token.kind == "unit":
        return value
    return {"act": "actuation", "d": "d", "die": "d", "ed": "einzeldosi", "y": "year", "c": "celsius"}.get(
        value, value.removesuffix("s")
    )


def month_name(number: str) -> str:
    """A month in the form in which the proof compares months: "month 5"."""
    return f"month {int(number)}"
