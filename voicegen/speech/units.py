"""Units of measure are said in full: "5mcg" is "5 micrograms", "mg/kg/day" is "milligrams per kilogram per day".

Source: facts 5b; NHS service manual (no space before the unit, ml and mL alike). Danger: mg and mcg are a
thousand apart, engines spell both; only a symbol that is in the language's list is said as a unit, and a
letter that could be anything else stays a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.kinds import kinds_in_words, kinds_of
from voicegen.speech.language import Unit
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.plurals import category
from voicegen.speech.quantities import FRACTIONS, Measure, Quantity, is_other_side, measure_after, symbol_at
from voicegen.speech.raised import RAISED

_LETTERS = r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+"
_WORD = lazy(_LETTERS)
_LONGEST_CHAIN = 4
"""Denominators: "mg/kg/day" has two."""
_SLASH = lazy(r"\s?/\s?|[·⋅](?=[A-Za-zµμ])")
_PLAIN_WORD = lazy(r"\s?([^\W\d_]+)")
_LAST_WORD = lazy(rf"({_LETTERS}[²³]?)\.?\Z")
_TWO_WORDS = lazy(rf"\d\s({_LETTERS}\s{_LETTERS})\Z")
_PRICED = lazy(r"[£€$¥]\s?[\d.,]*\Z")
_NUMBER = lazy(r"\d+(?:[.,·]\d+)?")
_CAPITAL_H = lazy(r"\s?H(?!\w)")
"""Hours in a text in capitals: "500 MG/8H"."""
_RANGE = lazy(r"(\d+(?:[.,]\d+)?)\s?[-–]\s?(\d+(?:[.,]\d+)?)")
_INVERSE = lazy(
    r"(?P<gap>[ \u00a0·⋅∙.]?)(?P<unit>[A-Za-zµμ]{1,5})(?:⁻(?P<raised>[¹²³])|[-−](?P<flat>[123]))(?![\d⁰¹²³⁴⁵⁶⁷⁸⁹])"
)
_SURE_BELOW = frozenset(("kg", "g", "l", "L", "dl", "dL", "ml", "mL", "min", "h", "hr", "s", "m"))
"""Symbols that have no number behind a hyphen but their power: "5 mg day-1" is rather that of day 1."""
_SYMBOL_BEFORE = lazy(r"\d\s?((?:fl\.? ?)?[A-Za-zµμ°º]{1,5}|[°º]\s?[CF])\s?/\s?\Z")
_BETWEEN_HYPHENS = lazy(r"(?<=\d)-%-?(?=\w)")
_JOINED = lazy(r"(?<=\d)\s?%-?(ig\w{0,2})(?!\w)")
_SCALE = lazy(
    r"\d\s?(?:Mio\.?|Mill\.?|Million(?:en)?|millions?|mill(?:ón|ones)|Tsd\.?|Tausend|thousand|mil(?:le)?)"
    r"\s(?:d['’]|de )?(?=(?:UI|IE|IU|I\.|U\.|U|E)(?![^\W_]))"
)
_NOUN = lazy(r"\d[ \u00a0]([^\W\d_]{3,})(?=\s?/\s?\d)")
_SUGAR = lazy(r"(?i)(?:gluco|dextro)[^\W\d_]*(?=\s?/\s?\d[\d.,]*[ \u00a0]?ml)")
"""What is taken for a low blood sugar, or else a drink: "5 Glucotabs/150 ml juice"."""
_OF_FOOD = lazy(r"100[ \u00a0]?g")
"""As in "salt 1.5 g/100 g"."""
_NAMED = lazy(r"[ \u00a0]([^\W\d_]{3,})")
_IN_A_VOLUME = lazy(r"\s?/\s?[^\W\d_]|\s?%|\s(?:per|pro|par|por)\s")
_INTERNATIONAL = frozenset(("IU", "UI", "IE", "I.E", "I.E.", "I.U.", "U.I."))
_SMALL_MASSES = frozenset(("mg", "mcg", "µg", "μg", "ug"))
_AMOUNT_OF = lazy(r"\d\s?(?:[^\W\d_]|[ \u00a0/%'’-]|\.(?=\w)){1,50}\Z")
"""An amount and what it is of, up to a slash: "2 g sodium", "15 mg/kg body weight"."""
_STRENGTH_OF = lazy(r"\d\s?(?:mg|mcg|[µμ]g|g|mmol|units?|IU|UI|IE)\s(?:[^\W\d_]|[ \u00a0'’-]){2,40}[^\W\d_]{2}\Z")
_UNDER_STRENGTH = lazy(r"\d+(?:[.,]\d+)?[ \u00a0]?(?:m[lL]|h|hours?|heures|Std|Stunden|horas)(?![^\W_])")
"""The two sides of "120 mg paracetamol/5 ml" and "4 g paracetamol/24 h"."""
_IMPERIAL = frozenset(("in", "ft", "lb", "lbs", "oz", "fl oz", "fl. oz", "floz", "st"))
_OXYGEN = lazy(r"\bO(?:2|₂)(?!\w)|ox[ií]geno|\bgafas\b|mascarilla|\bVMK\b|\bflujo\b", re.IGNORECASE)
_UNDER_AMOUNT = lazy(r"\d\s?[^\W\d_]{1,14}(?:\s?/\s?[^\W\d_]{1,14}){0,2}\s?/\s\Z")
_ALONE = lazy(r"(?<![\w.,%'’/-])(?:[A-Za-zµμ°]{1,4}(?: Hg|H2O)?[23²³]?|(?:milli|micro|nano|pico)mol)(?![\w'’⁻-])")


def _find(passage: Passage) -> Iterator[Claim]:
    yield from _alone(passage)
    if passage.has_digit:
        for match in _BETWEEN_HYPHENS.finditer(passage.text):  # "95-%-KI"
            yield Claim(*match.span(), f" {passage.language.units['%'].other}")
        joined = passage.language.word("percent_joined")
        for match in _JOINED.finditer(passage.text) if joined else ():
            yield Claim(match.start(), match.end(), f" {joined}{match[1]}")
        if "/" in passage.text:
            yield from _after_nouns(passage)
        yield from _scaled(passage)
        for quantity in passage.quantities:
            if quantity.measure is not None:
                yield _measured(passage, quantity, quantity.measure)
    if "/" in passage.text:
        yield from _after_words(passage)


def _measured(passage: Passage, quantity: Quantity, measure: Measure) -> Claim:
    text = passage.text
    unit = _flow(passage, quantity) or measure.unit
    dot = text[measure.end : measure.end + 2] == "./"  # "1 comp./8 h"
    end, rest = per(passage, measure.end + dot)
    if not passage.free(measure.end, end):
        end, rest = measure.end, ""
    elif not rest:
        end = measure.end
    describes = quantity.hyphen or (_before_form(passage, end) and not re.search(r"\d", rest))
    fraction = (
        quantity.digits in FRACTIONS or re.search(r"(?<!\d)1[/⁄]\Z", text[: quantity.start][-3:]) is not None
    )
    singular = fraction or category(quantity.value, passage.language.code) == "one" or describes
    if not rest:
        end = _past_dot(text, end)
    return Claim(quantity.number_end, end, (unit.one if singular else unit.other) + rest)


def _flow(passage: Passage, quantity: Quantity) -> Unit | None:
    """Litres a minute for the Spanish "lpm", which is heart beats otherwise; none beats 15 times a minute."""
    if quantity.measure is None or passage.text[quantity.measure.start : quantity.measure.end] != "lpm":
        return None
    flows = quantity.value <= 15 or (
        quantity.value <= 60 and _OXYGEN.search(passage.text, max(0, quantity.start - 40), quantity.start)
    )
    litres, minute = passage.language.units["l"], passage.language.units["min"]
    per_minute = f" {passage.language.word('per')} {minute.one}"
    return Unit(litres.one + per_minute, litres.other + per_minute, alone=False) if flows else None


def _before_form(passage: Passage, end: int) -> bool:
    """Whether the measure describes the noun after it: "500mg tablets"."""
    word = re.compile(r"[ \u00a0]([^\W\d_]+(?:-[^\W\d_]+)?)").match(passage.text, end)
    return word is not None and word[1].lower() in passage.language.words("forms").get("nouns", ())


def _past_dot(text: str, end: int) -> int:
    """The dot of "10 mL. of water" belongs to the unit; the dot of a sentence's end does not."""
    if text[end : end + 1] == "." and re.match(
        r"(?:Std|Min|Sek|Tbl|Tabl)\Z|.*[^\W\d_](?:Std|Min|Sek)\Z", text[:end].split(" ")[-1].lstrip("0123456789,")
    ):
        return end + 1 if text[end + 1 :].strip(" \"'”’)»") else end
    return (
        end + 1
        if re.match(r"\.[,;:)]", text[end : end + 2]) or re.match(r"\.\s+[a-zà-ÿ(]", text[end : end + 5])
        else end
    )


def per(passage: Passage, position: int) -> tuple[int, str]:
    """The end and the words of every "/unit" that follows `position`: " per kilogram per day"."""
    text, words = passage.text, ""
    say = passage.language.word("per")
    for _ in range(_LONGEST_CHAIN if say else 0):
        slash = _SLASH.match(text, position)
        if slash and is_other_side(text, position, slash.end()):
            break
        inverse = _INVERSE.match(text, position)
        under = _under(passage, inverse, bool(words)) if inverse else ""
        if inverse and under:
            words += f" {say} {under}"
            position = inverse.end()
            continue
        found = _denominator(passage, slash.end()) if slash else None
        if found is None:
            break
        end, rate = found
        piece = rate.removeprefix(f"{say} ")
        if not is_piece(passage, piece) or _is_priced_or_measured(passage, position):
            words += f" {rate}"
        elif is_piece(passage, _last_word(text, position)):
            words += f", {piece}"
        else:
            break
        position = end
    return position, words


def _under(passage: Passage, inverse: re.Match[str], goes_on: bool) -> str:
    """The name of the unit of "kg⁻¹", "m⁻²" or ".min-1"; empty for what is none."""
    symbol, flat = inverse["unit"], inverse["flat"]
    if flat and inverse["gap"] in ("", " ", "\u00a0") and not goes_on and symbol not in _SURE_BELOW:
        return ""
    symbol += (inverse["raised"] or flat).translate(RAISED).strip("¹")
    unit = passage.language.units.get(symbol)
    return unit.one if unit else str(passage.language.words("after_slash").get(symbol, ""))


def _denominator(passage: Passage, start: int) -> tuple[int, str] | None:
    """The end and the words of what stands after a slash: "per kilogram", in Spanish also "cada 8 horas"."""
    text, say = passage.text, passage.language.word("per")
    names = passage.language.words("after_slash")
    span = _RANGE.match(text, start)
    if span:  # "400 mg/6-8 h"
        measure, _ = measure_after(text, span.end(), passage.language)
        one_of = measure.unit.one if measure else _named_after(passage, span.end())
        if not one_of:
            return None
        each = passage.language.words("each").get(one_of, say)
        both = f"{each} {span[1]} {passage.language.word('to')} {span[2]}"
        return (measure.end, f"{both} {measure.unit.other}") if measure else (span.end(), both)
    number = _NUMBER.match(text, start)
    if number:
        one = category(float(number[0].replace(",", ".")), passage.language.code) == "one"
        measure, _ = measure_after(text, number.end(), passage.language)
        if measure and _is_no_rate(passage, start, measure):
            return None
        if measure:
            each = passage.language.words("each").get("" if one else measure.unit.one, say)
            return measure.end, f"{each} {number[0]} {measure.unit.one if one else measure.unit.other}"
        if capital := _CAPITAL_H.match(text, number.end()):
            hour = passage.language.units["h"]
            each = passage.language.words("each").get("" if one else hour.one, say)
            return capital.end(), f"{each} {number[0]} {hour.one if one else hour.other}"
        one_of = _named_after(passage, number.end())
        each = passage.language.words("each").get("" if one else one_of, say)
        return (number.end(), f"{each} {number[0]}") if one_of else None
    measure = symbol_at(text, start, passage.language)
    if measure:
        return measure.end, f"{say} {measure.unit.one}"
    word = _WORD.match(text, start)
    name = word[0] if word else ""
    if name not in names and name.isupper() and len(name) > 1:
        name = name.lower()
    if word and name in names:
        return word.end(), f"{say} {names[name]}"
    if word and is_piece(passage, name):
        return word.end(), f"{say} {name}"
    return None


def _named_after(passage: Passage, position: int) -> str:
    """One of what a word after the number under a slash names: "hora" of "horas"; empty for a lone letter."""
    word = _PLAIN_WORD.match(passage.text, position)
    names = passage.language.words("after_slash")
    return str(names.get(word[1], "")) if word and len(word[1]) > 1 else ""


def is_piece(passage: Passage, word: str) -> bool:
    """Whether a word in the singular or a symbol is counted by the piece, as a tablet and a puff are."""
    unit = passage.language.units.get(word)
    names = {word.casefold(), unit.one.casefold() if unit else ""}
    return not names.isdisjoint(passage.language.words("forms").get("pieces", ()))


def are_pieces(passage: Passage, word: str) -> bool:
    """Whether a word is such a one, or has up to two letters of a plural behind it: "puffs", "Tabletten"."""
    return any(is_piece(passage, one) for one in (word, word[:-1], word[:-2]))


def is_dose(passage: Passage, amount: Quantity) -> bool:
    """Whether an amount is of a medicine: by the piece, in units, or a mass that is in no volume ("180 mg/dL")."""
    text, measure = passage.text, amount.measure
    if measure is not None:
        kinds, end = kinds_of(text[measure.start : measure.end]), measure.end
        piece = is_piece(passage, measure.unit.one)
    else:
        word = _NAMED.match(text, amount.number_end)
        if word is None:
            return False
        kinds, end, piece = kinds_in_words(passage.language, word[1]), word.end(), are_pieces(passage, word[1])
    return piece or "units" in kinds or ("mass" in kinds and _IN_A_VOLUME.match(text, end) is None)


def _is_priced_or_measured(passage: Passage, position: int) -> bool:
    """Whether an amount or a price stands before a slash, which a piece can have: "100 mcg/puff", "£9/visit".

    Beside another piece it is one to choose: "1 capsule/tablet".
    """
    if _PRICED.search(passage.text, max(0, position - 16), position):
        return True
    lead = _last_word(passage.text, position)
    if not lead or is_piece(passage, lead):
        return False
    units = passage.language.units
    return lead in units or any(lead in f"{unit.one} {unit.other}".split() for unit in units.values())


def _last_word(text: str, position: int) -> str:
    """The word or the symbol that ends at `position`, a dot not counted; empty where none does."""
    found = _LAST_WORD.search(text, max(0, position - 40), position)
    return found[1] if found else ""


def _after_nouns(passage: Passage) -> Iterator[Claim]:
    """As in "8 tablets/24 h"."""
    for match in _NOUN.finditer(passage.text):
        if match[1] not in passage.language.units and not _SUGAR.match(passage.text, match.start(1)):
            end, words = per(passage, match.end(1))
            if words:
                yield Claim(match.end(1), end, words)


def _is_no_rate(passage: Passage, start: int, measure: Measure) -> bool:
    """Whether the amount after a slash is no rate.

    It may be the same one on another scale ("37.8°C/100°F", "250 ml/9 fl oz"), or the second strength of a
    medicine ("500 mg/125 mg tablets").
    """
    below = passage.text[measure.start : measure.end]
    above = _SYMBOL_BEFORE.search(passage.text, max(0, start - 12), start)
    if above is None:
        return False
    if below == above[1] == "g" and _OF_FOOD.match(passage.text, start):
        return False
    if "°" in below + above[1] or "º" in below + above[1] or below == above[1]:
        return True
    if below in _SMALL_MASSES and above[1] in (*_SMALL_MASSES, "g"):
        return True  # two strengths of one medicine
    if below in _INTERNATIONAL and above[1] in (*_SMALL_MASSES, "g"):
        return True  # of calcium and vitamin D
    return (below in _IMPERIAL) != (above[1] in _IMPERIAL)


def _after_words(passage: Passage) -> Iterator[Claim]:
    """As in "/L" after a power or a bare number, "/day" after a noun: "10⁹/L", "2 puffs/day"."""
    text = passage.text
    for match in _SLASH.finditer(text):
        before = passage.before(match.start())
        if (
            not before
            or not (before.isalnum() or before in "⁰¹²³⁴⁵⁶⁷⁸⁹)×%€$£.")
            or not passage.free(*match.span())
        ):
            continue
        lead = text[: match.start() - 1] if before == "." else text[: match.start()]  # "400 Tsd./µl"
        noun = re.search(rf"{_LETTERS}\Z", lead[-20:])
        after_number = noun is None and before != "."
        following = _WORD.match(text, match.end())
        plain = (
            following is not None
            and following[0] in passage.language.words("after_slash")
            and (len(following[0]) > 2 or (noun is not None and len(noun[0]) != 2))
        )
        plain = plain or _is_sure(passage, match.end())
        plain = plain or (following is not None and is_piece(passage, following[0]))
        counted = noun is not None and noun[0].lower() in passage.language.words("fractions").get("counts", ())
        one_noun = re.search(rf"\d\s?(?:{_LETTERS}\s(?:d['’]|de |of ))?{_LETTERS}\Z", lead[-40:])
        if one_noun is not None or _ends_with_unit(passage, lead):
            symbol = symbol_at(text, match.end(), passage.language)
            counted = True
            plain = plain or (
                symbol is not None and _may_stand_under(passage, lead, text[symbol.start : symbol.end])
            )
        counted = counted or (noun is not None and len(noun[0]) > 2 and _is_sure(passage, match.end()))
        if noun is not None and _STRENGTH_OF.search(lead[-60:]) and _UNDER_STRENGTH.match(text, match.end()):
            yield Claim(*match.span(), f" {passage.language.word('per')} ")
            continue
        if noun is not None and _is_of_an_amount(passage, lead, noun[0], following):
            counted = plain = True
        if not after_number and not (plain and counted):
            continue
        if after_number and following is None:
            continue
        end, words = per(passage, match.start())
        if words:
            yield Claim(match.start(), end, words.strip())


def _ends_with_unit(passage: Passage, lead: str) -> bool:
    """Whether a number and a unit whose name is two words end here: "500 International Units"."""
    found = _TWO_WORDS.search(lead, max(0, len(lead) - 60))
    name = found[1].casefold() if found else ""
    units = passage.language.units.values() if name else ()
    return any(name in (unit.one.casefold(), unit.other.casefold()) for unit in units)


def _is_of_an_amount(passage: Passage, lead: str, noun: str, following: re.Match[str] | None) -> bool:
    """Whether a length of time stands under what an amount is of: "2 g sodium/day", and not "1 morning/night"."""
    names = passage.language.words("after_slash")
    span = following is not None and following[0] in passage.language.words("forms").get("spans", ())
    whole = len(noun) > 1 or passage.text.startswith(".", len(lead))  # "b.w./day", and no "L/day"
    return span and whole and noun not in names and _AMOUNT_OF.search(lead[-60:]) is not None


def _may_stand_under(passage: Passage, lead: str, symbol: str) -> bool:
    """Whether a symbol is one after a word and a slash: "5 puffs/min", and one letter after a unit's name.

    So "12.5 micrograms/h" is a rate, "3 eyes/L" is none. An "m" may be metres, minutes or months.
    """
    return len(symbol) > 1 or (symbol != "m" and _is_priced_or_measured(passage, len(lead)))


def _is_sure(passage: Passage, start: int) -> bool:
    """Whether a symbol of a unit begins here that can be nothing else: "cells/mm³", "copies/mL"."""
    measure = symbol_at(passage.text, start, passage.language)
    return measure is not None and measure.unit.alone and measure.end - measure.start > 1


def _scaled(passage: Passage) -> Iterator[Claim]:
    """The symbol after a number with a word for thousands or millions: "1 Mio. IE", "1 million d'UI"."""
    for scale in _SCALE.finditer(passage.text):
        measure = symbol_at(passage.text, scale.end(), passage.language)
        if measure is not None and measure.unit.one in passage.language.words("units"):
            end, rest = per(passage, measure.end)
            yield Claim(
                measure.start, end if rest else _past_dot(passage.text, measure.end), measure.unit.other + rest
            )


def _follows_power(passage: Passage, start: int) -> bool:
    """Whether a power of ten stands before `start`, raised by its characters or by markup."""
    text = passage.text
    ends = start - text[start - 1 : start].isspace()
    raised = any(span.end == ends and span not in passage.marks for span in passage.positioned("sup"))
    return ends > 0 and (text[ends - 1] in "⁰¹²³⁴⁵⁶⁷⁸⁹" or raised)


def _alone(passage: Passage) -> Iterator[Claim]:
    """A plain symbol without a number ("dose in mg/kg")."""
    text = passage.text
    units = passage.language.units
    found = [one.measure for one in passage.quantities if one.measure is not None] if passage.has_digit else []
    inner = {at for measure in found for at in range(measure.start + 1, measure.end)}
    for match in _ALONE.finditer(text):
        if match.start() in inner or match[0] == "s":
            continue  # "s/l" is under the tongue, and no rate has seconds above
        if _UNDER_AMOUNT.search(text, max(0, match.start() - 60), match.start()):
            continue  # "5 mg / kg"
        unit = units.get("mmol" if match[0] == "mMol" else match[0])
        powered = len(match[0]) > 1 and _follows_power(passage, match.start())  # "10⁶ IU"
        if unit is None or (not powered and re.search(r"[\d½¼¾]\s?\Z", text[: match.start()][-3:])):
            continue
        after_per = re.search(rf"\b{re.escape(passage.language.word('per'))}\s\Z", text[: match.start()][-8:])
        end, rest = per(passage, match.end())
        if match[0] == "Mg" and not rest:
            continue  # magnesium
        named = (unit.alone or match[0][-1] in "²³23") and not match[0].isupper()
        if not rest and not named and not powered:
            continue
        yield Claim(
            match.start(),
            _past_dot(text, end) if not rest else end,
            (unit.one if after_per else unit.other) + rest,
        )


RULE = Rule("units", "Says units of measure in full, and never takes one for another.", _find)
