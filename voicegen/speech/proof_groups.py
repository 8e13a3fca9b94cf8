"""A number and three digits behind a blank, before a unit, for the proof: one number or two.

Like all of the proof it shares no code with the rules. What is one number by the country is closed up. What can be
two ("1 200 mg" on a British page), or the strength in a medicine's name and a dose, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.patterns import lazy

_UNITS = (
    r"(?:m?g|kg|ml|mL|l|L|kcal|kJ|mmol|(?:[Mm]illi|[Kk]ilo)?[Gg]ram(?:m|ms|s)?|[Mm]illiliter|millilit(?:re|er)s?)"
)
_COUNTED = (
    r"(?:tab|tbl|caps?(?![^\W\d_])|capsul|kaps|dragee|pill|suppos|zäpf|beutel|sachet|amp(?![^\W\d_])|ampoul|ampul|vial"
    r"|pens?(?![^\W\d_])|spritz|syring|injec|patch|pflaster|strip|puff|hub|hüb|stück|stk|dosen?(?![^\W\d_])|becher|gl[aä]s"
    r"|flasche|pack|tube|tasse|schale|portion|riegel|tüte|bottle|tin(?![^\W\d_])|carton)"
)
_JOINING = r"(?:im|in|als|je|pro|per|auf|aus|mit|oder|und|an|and|as|by|from|or|with)"
_FORM_NEXT = rf"(?:[ -](?!{_JOINING}(?![^\W\d_]))[^\W\d_]+){{0,2}}[ -][^\W\d_]*(?i:{_COUNTED})"
_NOT_COUNTED = rf"(?![^\W\d_])(?!{_FORM_NEXT})"
NO_NUMBER_BEFORE = r"(?:(?<!\d )|(?<=[A-Z]\d )|(?<=[A-Z]\d\d ))"
"""No number stands before, but for that of a name: "B12 1 000 µg"."""
_ALONE = rf"(?<!\d:)(?:(?<![\w.,+/-])|(?<=\d-)){NO_NUMBER_BEFORE}"
_ONWARDS = r" (\d{3})(?=(?: ?[-–] ?[1-9][\d ]{0,5})?[ \u00a0]?"
_ONE = rf"{_ALONE}([1-9]\d?){_ONWARDS}"
_FEW = rf"{_ALONE}([1-9]|1\d|2[0-4]){_ONWARDS}(?:IE|I\.E\.)"
_LEAST = rf"{_ALONE}([1-9]){_ONWARDS}(?:[µμ]g|mcg)"
_IN_GERMAN = tuple(lazy(f"{number}{_NOT_COUNTED})") for number in (f"{_ONE}{_UNITS}", _FEW, _LEAST))
_ABROAD = lazy(rf"{_ONE}(?:kcal|kJ)(?![^\W\d_]))")
_ANY = lazy(r"\d \d{3}(?!\d)")
_HOW_MANY = lazy(
    rf"({_ALONE}[1-9]\d{{0,2}}) ((?!000)\d{{3}}[ \u00a0-]?(?:{_UNITS}|IE|[µμ]g|mcg)(?![^\W\d_]){_FORM_NEXT})"
)
_WORDS = (
    rf"{_ALONE}[1-9]\d{{0,2}} (?!000)\d{{3}} (?:(?:micro|milli|kilo|mikro)?gramm?s?"
    r"|milli(?:lit(?:re|er)s?|moles?)|kilocalories|(?:international |internationale )?(?:units|einheiten))"
)
_BEFORE_NO_NOUN = lazy(
    rf"{_WORDS}(?=\s*(?:\Z|[.,;:!?)]|(?:of|daily|once|twice|every|per|an?|each|in|by|to|for|at|as|on|with|and|or|then|three"
    r"|four|times|is|are|if|when|before|after|until|orally|through|over|maximum)(?![^\W\d_])))",
    re.IGNORECASE,
)
_ANYWHERE = lazy(rf"{_WORDS}(?![^\W\d_])", re.IGNORECASE)
"""In words, in English before what is no noun that could be counted; a German voice takes all for thousands."""
_BEHIND_A_NAME = lazy(
    r"(?<![^\W\d_])[A-ZÀ-ÝА-Я][^\W\d_]{3,}(?: [^\W\d_]{1,9})? "
    r"(?:(?:25|30|50|70|100|200|300) [1-9]\d\d"
    r"(?= ?(?:U|E|ЕД|j|jm|I\.?E\.?|U\.?I\.?|IU|NE|units?|unités|unidades|Einheiten|unità|eenheden)(?!\w))"
    r"|(?:[2-9]\d|[1-9]\d\d) \d{3}(?= ?(?:[µμ]g|mcg|мкг|micro|mikro))"
    r"|(?:[2-9]\d|[1-9]\d\d) (?!000)\d{3}(?= ?(?:mg|мг)(?!\w)))"
)
"""The strength of a medicine in its name, and a dose: "NovoMix 30 100 IU", "Seretide 250 500 µg"."""
_BEHIND_A_LABEL = lazy(
    r"(?<![\w.,])[1-9]\d? (?!000)\d{3}(?= ?mg (?:comprim|tablet|c[aá]psul|g[ée]lul)[^\W\d_]*s(?!\w))"
    r"|(?<![^\W\d_])(?:dos(?:e|is|i)|tablet(?:t?e|a)?|comprim(?:é|ido)|compressa|station|saal|zimmer|chambre|habitación"
    r"|camera|niveau|nivel|nível|livello|poziom|tabelle|tableau|tabla|tabella|abbildung|figur[ae]?)"
    r" [1-9]\d? (?!000)\d{3}"
    r"(?= ?(?:m?g|[µμ]g|mcg|m[lL]|UI|IE|IU|Milli|milli|mili)(?![^\W\d_]))",
    re.IGNORECASE,
)
"""As in "Dosis 1 250 mg" and "2 500 mg comprimés": the number of what is counted, or a dose of 1250 mg."""


def closed_up(text: str, code: str, region: str) -> str:
    """The shown text with such numbers as one in German; energy, in English of South Africa and Canada."""
    if code == "de":
        for number in _IN_GERMAN:
            text = number.sub(r"\1\2", text)
        return _HOW_MANY.sub(r"\1 , \2", text)
    return _ABROAD.sub(r"\1\2", text) if code == "en" and region in ("ZA", "CA") else text


def one_or_two(shown: str, said: str, lang: str) -> Iterator[str]:
    """What can be one number or two, in words for staff."""
    if not _ANY.search(shown):
        return
    closed = (name[0] for names in (_BEHIND_A_NAME, _BEHIND_A_LABEL) for name in names.finditer(shown))
    german = lang.lower().startswith("de")
    found = [number[0] for number in (_ANYWHERE if german else _BEFORE_NO_NOUN).finditer(said)]
    found += [name for name in closed if "".join(name.split(" ")[-2:]) in said]
    yield from (f"“{text}” can be one number or two" for text in found)
