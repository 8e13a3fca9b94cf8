"""Points and commas inside numbers, for the proof: of thousands, or a decimal sign, by what voices make of them.

Measured: most voices take a point or comma before three digits for one of thousands, even after a nought, and all
drop a decimal sign that has none before it. Like all of the proof it shares no code with the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.patterns import lazy

_LEAST_TABLET = lazy(r"(?<![\w.,'’/:])3[.,]125(?=[\s-]?(?:mg(?!\w)|mil?ligr))", re.IGNORECASE)
"""Carvedilol's, which no country writes as thousands; Spanish, which has both signs, is told by one digit more."""
_BOTH_SIGNS = lazy(r"(?<![\w.,'’/:])[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+)(?![\d]|[.,/:]\d)")
_COMMA_GROUPS = lazy(r"(?<![\w.,'’/:])[1-9]\d{0,2}(?:,\d{3})+,000(?!\d|[.,/:]\d)")
"""Numbers that no two countries read otherwise: "1,234.56" and "10,000,000"."""
_PARTING = {**dict.fromkeys(("bs", "hbs", "hr", "sh", "sr"), "."), "ms": ","}
"""What parts thousands, too, in writing of which a voice would make a decimal number."""
_OF_THOUSANDS = {
    ".": " an az be bg ca da el eo es et eu fi gl hy ia id io is it kl lt ltg lv mk ms nb nl nn no pap pl pt qdb"
    " ro ru sl smj sq sv th tr tt uk vi ",
    ",": " af am ar as ba bn bpy cmn cy fa ga gd gn gu haw he hi ht hyw ja jbo ka kk kn ko kok ku ky lb ml mr mt"
    " ne nog om or pa sd shn si sw ta te ti tk tn ug ur yue zh ",
}
"""Signs before three digits, and the languages whose voices take them there for those of thousands."""
_OF_DECIMALS = {".": " ms ", ",": " af ba hyw ka kk ky lb tk "}
"""Languages among those that write decimals with that sign."""
_BEFORE_THREE = lazy(
    r"(?<![\w.,/:'’٫])(\d{1,3})([.,])(\d{3})(?![\d'’]|[.,/:]\d)"
    r"([ \u00a0\u202f-]?(?:(?:mg|мг|ملغ|ملجم)(?!\w)|mill?igr))?",
    re.IGNORECASE,
)
_DOSE = (
    r"(?=\s?(?:(?:m?g|mcg|[µμ]g|kg|m?[lL]|[cm]m|mmol|IU|UI|IE|мк?г|г|кг|мл|ملغ|ملجم|مل|מ[\"״]ג|มก|毫[克升]|मिग्रा)(?![^\W_])"
    r"|mill?[iy]|[%°]))"
)
_NAKED = lazy(rf"(?<![\w.,…)])([.,])(?=\d{{1,4}}(?![\d.,]){_DOSE})")
"""A decimal sign without its nought, which every voice drops: ".5 mg"."""
_COMMA_OF_DOSE = lazy(rf"(?<![\w.,:/])\d{{1,3}},\d{{1,2}}(?![\d.,]){_DOSE}")
_STRENGTHS = lazy(rf"(?<![\w.,:/])([1-9]\d{{0,2}}),([1-9]0)(?![\d.,]){_DOSE}")
"""Two strengths, which an author who writes decimals with points parts with a comma: "10,20 mg"."""
_SWISS = lazy(r"(?<![\w.,])[1-9]\d{0,2}(?:['’]\d{3})+(?!\d)")


_SPACED_SPAN = lazy(
    r"(?<![\w.,+/–-])(?<!\d )(?!11[26] )([1-9]\d{0,2}(?=[ \u00a0\u202f]\d{3})|[1-9]\d\d)"
    r"(?:[ \u00a0\u202f](\d{3}))?(\s?[-–]\s?|\sà\s|\sa\s)"
    r"([1-9]\d{0,2})[ \u00a0\u202f](\d{3})(?!\w|[.,-]\d|[ \u00a0\u202f]\d)"
)
_CLOSED_SPAN = lazy(r"(?<![\w.,])([1-9]\d{0,2})(\d{3})(\s(?:à|a|bis)\s)([1-9]\d\d)(\d{3})(?!\w|[.,]\d)")


def thousands_to(text: str, code: str) -> str:
    """A text with ranges of thousands as those of numbers with dots: "4 000-10 000", "150000 à 400000"."""
    text = _SPACED_SPAN.sub(_with_dots, text) if code in ("fr", "es") else text
    return _CLOSED_SPAN.sub(r"\1.\2\3\4.\5", text) if code != "en" else text


def _with_dots(found: re.Match[str]) -> str:
    low, rest, dash, high, end = found.groups()
    if int(low + (rest or "")) >= int(high + end):
        return found[0]
    return f"{low}.{rest}{dash}{high}.{end}" if rest else f"{low}{dash}{high}.{end}"


def written(text: str, code: str) -> str:
    """A shown text, in a language that the proof reads, with its numbers as that language writes them."""
    if code != "en":
        text = _without_commas(text)
    text = _without_groups(text, "." if code == "en" else ",")
    return _LEAST_TABLET.sub({"en": "3.125", "es": "3,1250"}.get(code, "3,125"), text)


def heard_in_spanish(text: str) -> str:
    """A spoken text as Spanish voices say it, those of Mexico too."""
    text = re.sub(r"(?<![\d.,])([1-9]\d{0,2}(?:,\d{3})+)\.(?=\d)", r"\1 , ", text)
    return re.sub(r"(?<![\w.,])3(?:,| coma | punto )125(?= milig)", "3,1250", text)


def with_noughts(text: str) -> str:
    """A shown text, in a language that the proof can't read, with a nought before each bare decimal sign."""
    return _NAKED.sub(r"0\g<0>", text)


def joined(text: str, code: str) -> Iterator[str]:
    """Such a text with its numbers closed up where a sign can only part thousands."""
    yield _without_groups(_without_commas(text), ".")
    if code in _PARTING:
        yield re.sub(rf"(?<=\d)[{_PARTING[code]}](?=\d{{3}}(?!\d))", "", text)


def left(plain: str, said: str, code: str) -> list[str]:
    """Decimal signs that are left to a voice which takes them for others, and numbers of which it makes two."""
    found = [f"shown but not said: {number} as one number" for number in _SWISS.findall(said)]
    found += [f"shown but not said: {sign} of a number without its nought" for sign in _NAKED.findall(said)]
    for pattern in (_BOTH_SIGNS, _COMMA_GROUPS):
        found += [f"shown but not said: {number} as one number" for number in pattern.findall(said)]
    if f" {code} " in _OF_THOUSANDS[","]:
        found += [f"shown but not said: the comma of {number}" for number in _COMMA_OF_DOSE.findall(said)]
        found += [
            f"said but not shown: {one}.{other}"
            for one, other in _STRENGTHS.findall(plain)
            if f" {code} " not in _OF_DECIMALS[","] + "ar fa " and re.search(rf"(?<!\d){one}\.{other}(?!\d)", said)
        ]
    for whole, sign, part, milligrams in _BEFORE_THREE.findall(said):
        sure = whole == "0" or (milligrams and f"{whole}{part}" == "3125")  # carvedilol's
        written = f" {code} " in _OF_DECIMALS[sign] and not (sign == "." and part.endswith("00"))
        if f" {code} " in _OF_THOUSANDS[sign] and (sure or written):
            found.append(f"shown but not said: the decimal sign of {whole}{sign}{part}")
        if code == "ms" and sign == "," and not sure and f"{whole},{part}" in plain:
            found.append(f"shown but not said: {whole}{sign}{part} as one number")
    return found


def _without_commas(text: str) -> str:
    return _COMMA_GROUPS.sub(lambda found: found[0].replace(",", ""), text)


def _without_groups(text: str, decimal: str) -> str:
    def in_one_form(found: re.Match[str]) -> str:
        *whole, part = re.split("[.,]", found[0])
        return "".join(whole) + decimal + part

    return _BOTH_SIGNS.sub(in_one_form, text)
