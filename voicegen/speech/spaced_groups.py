"""Three digits behind a blank, before a unit, where they may be one number or two: "1 200 mg", "2 500 mg tablets".

Source: ISO 80000-1, 7.3.1, DIN 5008 and the style of South Africa and Canada part thousands by a blank; British
and American pages do not. Danger: "one, two hundred milligrams". In German they are one number unless what follows
is counted ("2 500 mg Tabletten"). In English of those countries only energy is: of "2 500 mg paracetamol" or
"Omega 3 500 mg" one number would be a dose many times as high. A medicine may have its strength in its name
("Actraphane 30 100 IE", "Seretide 250 500 µg"): such numbers are not closed up. What stays open is refused by the
proof (`proof_groups`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voicegen.speech.number_signs import BEHIND_NO_NUMBER
from voicegen.speech.patterns import lazy

if TYPE_CHECKING:
    from voicegen.speech.language import Language

_BEGIN = rf"(?<!\d:)(?:(?<![\w.,+/-])|(?<=\d-)){BEHIND_NO_NUMBER}"
_FORM = (
    r"(?i:tab|tbl|cap(?:s|\b)|kaps|drag|pill|supp(?:os|\b)|zäpf|beutel|sachet|amp(?:oul|ul|\b)|vial|pens?\b|spritz"
    r"|syring|injec|patch|pflaster|strip|puff|hub|hüb|stück|stk"
    r"|dosen?\b|becher|gl[aä]s|flasche|pack|tube|tasse|schale|portion|riegel|tüte|bottle|tin\b|carton)"
)
_NO_NAME = r"(?:in|im|als|pro|je|per|mit|aus|auf|und|oder|an|and|or|as|by|from|with)(?![^\W\d_])"
"""Words behind which no form is counted any more: "2 400 mg in Tablettenform", "1 200 mg pro Kapsel"."""
_COUNTED = rf"(?:[ -](?!{_NO_NAME})[^\W\d_]+){{0,2}}?[ -][^\W\d_]{{0,16}}?{_FORM}"
_MASS = r"(?:m?g|kg|m[lL]|[lL]|kcal|kJ|mmol|Milligramm|Gramm|Milliliter|milligrams?|grams?|millilit(?:re|er)s?)"
_END = rf"(?![^\W\d_])(?!{_COUNTED})"
_SPAN = r"(?:\s?[-–]\s?[1-9][0-9 ]{0,5})?"
_GERMAN = (
    rf"{_BEGIN}(?:[1-9][0-9]? [0-9]{{3}}(?={_SPAN}[ \u00a0]?{_MASS}{_END})"
    rf"|(?:1?[1-9]|10|2[0-4]) [0-9]{{3}}(?={_SPAN}[ \u00a0]?(?:IE|I\.E\.){_END})"
    rf"|[1-9] [0-9]{{3}}(?={_SPAN}[ \u00a0]?(?:[µμ]g|mcg){_END}))"
)
_ENGLISH = rf"{_BEGIN}[1-9][0-9]? [0-9]{{3}}(?={_SPAN}[ \u00a0]?(?:kcal|kJ)(?![^\W\d_]))"
_SPANISH = rf"{_BEGIN}[1-9][0-9]{{0,2}} [0-9]{{3}}(?={_SPAN}[ \u00a0]?(?:{_MASS}|mcg|[µμ]g|UI)(?![^\W\d_]))"
_REGIONS = ("ZA", "CA")
_HOW_MANY = lazy(
    rf"{_BEGIN}(?:(?P<one>1)|[1-9][0-9]{{0,2}})(?P<blank> )(?!000)[0-9]{{3}}"
    rf"(?=[ \u00a0-]?(?:{_MASS}|IE|[µμ]g|mcg)(?![^\W\d_])(?P<form>{_COUNTED}[^\W\d_]*))"
)


def source(language: Language) -> str:
    """The source of a pattern for such a number in a language; empty where it has none."""
    if language.code == "de":
        return _GERMAN
    if language.code == "es":
        return _SPANISH
    return _ENGLISH if language.code == "en" and language.region in _REGIONS else ""


def how_many(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """The blank behind the number of what is counted, which a German voice takes for one of thousands.

    One is of no plural: "1 200 mg Filmtabletten" may have 1200 mg each, and is left to be refused.
    """
    for found in _HOW_MANY.finditer(text) if language.code == "de" and " " in text else ():
        if found["one"] is None or found["form"][-1] not in "ns":
            yield found.span("blank")
