"""The marks of notes, as the proof tells them from powers: by what stands before a raised number or letter.

Tables of its own: what the rules take for a mark says `raised`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voicegen.model.document import Run
from voicegen.speech.patterns import lazy

REACH = 80
"""Characters before a raised number that are looked at."""
AHEAD = 8
"""Characters behind it."""
_NUMBERS = lazy(r"\s*\[?\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*\]?\s*")
_LETTERS = lazy(r"\s*[a-z](?:\s?,\s?[a-z])*\s*")
_RAISED = lazy(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?![⁺⁻])")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = lazy(r"\d|[^\W\d_]{3}|[A-ZÀ-Ý][^\W\d_](?![^\W_])|[AIYÀ]\s")
_NO_NOTE = lazy(r"(?:h[e]|li|mc?g|ml|kg|iu|ui|ie)(?![^\W_])", re.IGNORECASE)
"""Isotopes and units."""
_WORD = lazy(
    r"(?:[a-zà-ÿ]{4}|(?<![^\W\d_])(?!(?i:chi|eta|phi|rho|log|mol)(?![a-z]))[^\W\d_][a-zà-ÿ]{2,3}"
    r"|[a-zà-ÿ]{2}[.,;:!?)\"”’])\s{0,3}\Z"
)
_AMOUNT = lazy(r"\d\s?((?:[^\W\d_]{1,5}/){0,2}[^\W\d_]{1,4})\Z|\d\s?%\s{0,2}\Z|\d\s?°\s?[CF]\Z")
_RATE = lazy(r"(?<![^\W_])(?:[mnpµμ]?g|mcg|m?mol|m?I?U|m[lL])/(?:kg|[dm]?[lL]|day|min|hr?)\Z")
_LENGTHS = frozenset(("m", "cm", "mm", "dm", "km", "µm", "μm", "nm", "ft", "in", "yd"))
_CAPITALS = lazy(r"(?<![^\W_])([A-ZÀ-ÖØ-Ý]{2,})\Z")
_NUMBERED = lazy(r"(?<![^\W_])[A-Z]{2,6}-?\d{1,2}\Z")
_ROMAN = lazy(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_OWN_NUMBER = lazy(
    r"[HNS]O|(?:FI|[PS][AV]|SP|P|V)O|(?:CA|DL|ET|(?:NA)?H|P[AV]?)?CO|MGSO|NH|CD|IL|FT|TXA|PG[A-Z]|CHA|CHADS|DS|FEV|HER|COX"
    r"|GLP|SGLT|DPP|[KCDM]M"
)
"""Names that have a number of their own ("CO2", "CHADS2"), and lengths."""
_METRE = lazy(
    r"(?<![^\W\d_])(?:kilo|centi|milli|mili|zenti|centí|milí)?(?:m[eèé]t(?:re|er)|metro|inche?|foot|feet|yard|zoll|pouce"
    r"|pulgada|pollice)s?\Z",
    re.IGNORECASE,
)
_DIVIDED = lazy(r"[/÷:=×]|(?<!\w)(?:by|durch|par|por|entre|per|door|przez)(?!\w)")
_HEIGHT = lazy(
    r"(?<![^\W\d_])(?:heights?|(?:körper)?größe|(?:körper)?länge|taille|altura|estatura|talla|altezza|statura|lengte|wzrost)"
    r"(?:\s?[(\[][^()\[\]]{1,24}[)\]])?[)\]]?\Z",
    re.IGNORECASE,
)
_QUOTIENT = lazy(r"[/÷:×]\s?[(\[][^()\[\]]{1,40}[)\]]\Z")
_IN_A_SUM = lazy(
    r"(?<![\d.,])10\Z(?<!\d[-–]10)(?<!\d\s[-–]\s10)|(?:[÷×=*^+]|(?<![^\W_])[x·]|/(?=\s?\(?[12][.,]))\s?\(?[\d.,]*\d\Z"
)
"""A number that may have a power of its own."""
_NO_END = lazy(r"\s*(?:[=÷×*+^°º℃%]|(?:C|m|cm|mm)(?!\w))")
"""What goes on with the number, and so with what is raised: "38⁵ °C"."""
_UP = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_ONE = r"[⁰¹²³⁴⁵⁶⁷⁸⁹](?![⁰¹²³⁴⁵⁶⁷⁸⁹])"
_TENTH = lazy(
    rf"(?<![\d.,])(?:3[4-9]|4[0-2]){_RAISED_ONE}(?=\s?[°º℃])"
    r"|(?<![^\W\d_])(?:T[°º]?|pH|(?i:temp[^\W\d_]{0,9}|fieber|fi[èe]vre|fiebre|febbre|fever)\.?)"
    rf"(?:\s[^\W\d_]{{2,8}})?[\s:=<>≥≤]{{1,3}}(?:3[4-9]|4[0-2]|[67]){_RAISED_ONE}"
    rf"|\d[.,][⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}(?=\s?(?:[%°º℃€]|(?:m?g|mcg|[µμ]g|m[lL]|мк?г|г|мл|Euro)(?!\w)))"
    r"|(?<![\d.,])(?!10⁵)\d{1,2}⁵(?=\s?(?:m?g|mcg|[µμ]g|m[lL]|мк?г|г|мл)(?!\w))"
)
"""What may be a tenth or the mark of a note: "38⁵ °C", "2⁵ mg"."""


def tenths(runs: Sequence[Run]) -> list[str]:
    """Numbers with a raised digit that may be a tenth, which no rule may leave out nor take for a power."""
    text = "".join(run.text.translate(_UP) if run.position in ("sup", "note") else run.text for run in runs)
    return [f"shown but not said: {found[0]}, a tenth or the mark of a note" for found in _TENTH.finditer(text)]


def kept(runs: Sequence[Run], around: tuple[str, str] = ("", "")) -> Iterator[Run]:
    """The runs that are no marks of notes; `around` is the text before and after them."""
    before, behind = around[0][-REACH:], "".join(run.text for run in runs) + around[1][:AHEAD]
    for at, run in enumerate(runs):
        behind = behind[len(run.text) :]
        upper = at + 1 < len(runs) and runs[at + 1].position == "sub"  # of a fraction
        raised = run.position == "sup" and not upper and is_marker(run, before[-REACH:], behind[:AHEAD])
        if run.position != "note" and not raised:
            yield run
        before += run.text


def is_marker(run: Run, before: str, after: str) -> bool:
    """Whether a raised run is the mark of a note; `before` and `after` are the text around it."""
    linked = run.href.startswith("#") and len(run.text.strip()) <= 3
    return linked or set(run.text.strip()) <= set("*†‡§¶#") or is_mark(run.text, before, after)


def is_mark(mark: str, before: str, after: str) -> bool:
    """Whether a raised number or letter is the mark of a note, by the text `before` and `after` it."""
    number, letter = _NUMBERS.fullmatch(mark), _LETTERS.fullmatch(mark)
    if not (number or letter):
        return False
    if not before.strip():
        return after[:1].isspace() or (
            len(mark.strip()) == 1 and _NOTE.match(after) is not None and not _NO_NOTE.match(after)
        )
    if after[:1].isalnum() or after.lstrip()[:1] in ("/", "⁄", "∕"):
        return False
    if mark.strip() in ("2", "3") and (_METRE.search(before) or is_power(before)):
        return False
    if _is_amount(before) or _is_name(before) or _WORD.search(before) is not None:
        return True
    if letter:
        return _NUMBERED.search(before) is not None
    counted = before[-1:].isdigit() or re.search(r"\d\+\Z", before) is not None
    if not mark.strip().isdecimal():
        return counted  # several notes
    if mark.strip() == "1" and re.search(r"(?<![\d.,×·*^÷=+x])(?<![×·*^÷=+x]\s)10\Z", before):
        return re.match(r"\s?(?:[-–—,=÷×*+^/]|to\s10)", after) is None
    summed = _IN_A_SUM.search(before) is not None or _NO_END.match(after) is not None
    half = mark.strip() == "5" and re.search(r"(?<![\d.,])(?:3[4-9]|4[0-3])\Z", before) is not None  # of a degree
    return counted and len(mark.strip()) == 1 and not summed and not half


def is_power(before: str) -> bool:
    """Whether something is divided by what stands before a raised 2, which is a height or a sum in brackets."""
    if _QUOTIENT.search(before):
        return True
    height = _HEIGHT.search(before[-REACH:])
    return (
        height is not None
        and _DIVIDED.search(before[-REACH:], 0, len(before[-REACH:]) - len(height[0])) is not None
    )


def without_marks(text: str) -> str:
    """The text without raised digits that are marks of notes."""
    return _RAISED.sub(lambda found: "" if _is_mark(text, *found.span()) else found[0], text)


def _is_mark(text: str, start: int, end: int) -> bool:
    return is_mark(text[start:end].translate(_PLAIN), text[max(0, start - REACH) : start], text[end : end + AHEAD])


def _is_amount(before: str) -> bool:
    amount = _AMOUNT.search(before)
    if amount is None:
        return _RATE.search(before) is not None
    unit = (amount[1] or "").rsplit("/", 1)
    return unit[-1] not in _LENGTHS and unit != ["m", "s"]


def _is_name(before: str) -> bool:
    """Whether it is a name in capitals, no Roman number, and none that has a number of its own."""
    name = _CAPITALS.search(before)
    if name is None or _ROMAN.fullmatch(name[1]):
        return False
    return _OWN_NUMBER.fullmatch(name[1]) is None
