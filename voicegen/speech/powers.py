"""Powers, subscripts and the charges of ions: "10⁹/L" is "10 to the power 9 per litre", "H₂O" is "H 2 O".

Source: facts 5b; engines 6.2. Danger: the default engine says "10⁹" as "ten", four of five converters made
it "109": a cell count wrong by seven powers of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule, Span
from voicegen.speech.patterns import lazy
from voicegen.speech.raised import LENGTH, REACH, is_squared

_UP = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-0123456789+-")
_RAISED = lazy(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_LOWERED = lazy(r"[₀₁₂₃₄₅₆₇₈₉₊₋]+")
_CARET = lazy(r"(?<=[\d)])(?:\^|\*\*|\*(?=\d+/))([-−–]?\d+)")
_ORDINAL = lazy(r"(?:st|nd|rd|th|er|re|e|ère|ème|o|a|º|ª|er\.)\Z", re.IGNORECASE)
_SQUARE_OF = lazy(r"(?:^|[\s\d/])(?:k|c|m|d|µ|μ)?m\Z")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    for span in passage.positioned("sup"):
        words = span.run.text.strip()
        is_part = is_upper(passage, span) or raised_part(passage, span)
        if words and span not in passage.marks and not _ORDINAL.match(words) and not is_part:
            yield from _raised(passage, span.start, span.end, words)
    for span in passage.positioned("sub"):
        words = span.run.text.strip()
        if words and passage.before(span.start) not in ("/", "⁄"):
            yield from _lowered(passage, span.start, span.end, words)
    if not text.isascii():
        for match in _RAISED.finditer(text):
            yield from _raised(passage, *match.span(), match[0].translate(_UP))
        for match in _LOWERED.finditer(text):
            yield from _lowered(passage, *match.span(), match[0].translate(_UP))
    if "^" in text or "*" in text:
        for match in _CARET.finditer(text):
            yield from _raised(passage, *match.span(), match[1].translate(str.maketrans("−–", "--")))


def raised_part(passage: Passage, span: Span) -> str:
    """The part of one that is raised whole after a number, as in "1" and a raised "1/2"; else empty."""
    raised = span.run.text.strip()
    is_part = re.fullmatch(r"[1-9][/⁄][2-9]|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]", raised) is not None
    return raised if is_part and passage.before(span.start).isdigit() else ""


def is_upper(passage: Passage, span: Span) -> bool:
    """Whether a raised run is the upper number of a fraction whose lower number is lowered."""
    lower = any(sub.start == span.end + 1 and sub.run.text.strip().isdigit() for sub in passage.positioned("sub"))
    return lower and passage.after(span.end) in ("/", "⁄") and span.run.text.strip().isdigit()


def _raised(passage: Passage, start: int, end: int, words: str) -> Iterator[Claim]:
    say = passage.language.word
    before = passage.before(start)
    number = words.replace("−", "-").replace("–", "-")
    if number in ("-1", "-2", "-3") and re.search(
        r"[\s·⋅∙./¹²³][A-Za-zµμ]{1,5}\Z", passage.text[max(0, start - 6) : start]
    ):
        return  # "min⁻¹" is said by the rule for units
    if words in ("2", "3") and _SQUARE_OF.search(passage.text, max(0, start - 3), start):
        return  # "m²" is a unit's symbol, which the rule for units says
    if words in ("2", "3") and LENGTH.search(passage.text[max(0, start - REACH) : start]):
        yield Claim(start, end, f" {say('squared' if words == '2' else 'cubed')}")
        return
    variable = before.isalpha() and not passage.before(start - 1).isalnum()
    if number in ("2", "3") and variable and passage.free(start - 1, start) and not passage.after(end).isalnum():
        yield Claim(start - 1, end, f"{before} {say('squared' if number == '2' else 'cubed')}")
    elif re.fullmatch(r"-?\d+", number) and (
        before.isdigit() or before in (")", "]") or is_squared(passage.text[:start])
    ):
        minus = say("minus") + " " if number[0] == "-" else ""
        yield Claim(start, end, f"{say('power')} {minus}{number.lstrip('-')}")
    elif re.fullmatch(r"\d*[+-]", number) and (before.isalpha() or before in "₂₃₄" or _is_lowered(passage, start)):
        sign = say("plus") if number[-1] == "+" else say("minus")
        pause = (
            "," if number[-1] == "-" and re.match(r"\s\d", passage.text[end : end + 2]) else ""
        )  # "Cl⁻ 101" is no minus 101
        yield Claim(start, end, f"{number[:-1]} {sign}{pause}".strip())
    elif before.isalnum() or passage.after(end).isalnum():
        yield Claim(start, end, _apart(passage, end, words))


def _is_lowered(passage: Passage, end: int) -> bool:
    """Whether a lowered number ends there, as that of "HCO3" before its charge."""
    return any(span.end == end for span in passage.positioned("sub"))


def _lowered(passage: Passage, start: int, end: int, words: str) -> Iterator[Claim]:
    """A subscript stands apart, and the letters of a formula before and after it are said one by one."""
    text = passage.text
    words = re.sub(r"(?<=\d)\s?[-–]\s?(?=\d)", f" {passage.language.word('to')} ", words)
    if re.search(r"cm[ \u00a0\u202f]?H\Z", text[max(0, start - 4) : start]) and passage.after(end) == "O":
        return  # centimetres of water are a unit
    first = start
    while first and text[first - 1].isupper() and passage.free(first - 1, first):
        first -= 1
    if first < start and start - first <= 3 and not text[max(0, first - 1) : first].isalnum():
        pause = "," if words.isdigit() and re.match(r"\s\d", text[end : end + 2]) else ""  # "T₄ 9 pmol/L"
        yield Claim(first, end, " ".join(text[first:start]) + " " + words + pause)
    elif passage.before(start).isalnum() or passage.after(end).isalnum():
        yield Claim(start, end, _apart(passage, end, words))


def _apart(passage: Passage, end: int, words: str) -> str:
    return f" {words} " if passage.after(end).isalnum() else f" {words}"


RULE = Rule("powers", "Says raised numbers as powers, and lowered ones apart from the letters beside them.", _find)
