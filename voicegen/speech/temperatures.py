"""Temperatures without the degree sign: "38C" is "38 degrees Celsius", "100.4F" in Fahrenheit likewise.

Source: facts 5b (NHS writes 38C). Danger: "thirty-eight see". Only temperatures of bodies, rooms and ovens
count, so that a name such as "type 5 C" and a catheter of 16F stay as they are; with a degree sign the rule for
units says them.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_TENTH = lazy(r"(?<=\d{2})[°º](?=\d(?!\d))")
_BOTH = lazy(r"\d\s?[CF](\s?/\s?)(?=\d+(?:[.,]\d+)?\s?°?[CF](?!\w))")
"""The slash between a temperature and the same one on the other scale."""
_MAN = lazy(r"(?<![\w.,/-])\d{2}M(?![\w'’-])")
_ARTICLE = lazy(r"\b[Aa]n?\s\Z")
_TUBE = lazy(
    r"(?i)\b(?:cath[eé]ters?|cat[eé]ter(?:es)?|\w*kathetern?|foley|sheaths?|tubes?|cannulae?|drains?|stents?|sond[ea]s?|pigtails?)\b"
)
"""What is measured in French gauge: "16F Foley"."""
_SCALE = lazy(r"([ \u00a0]?)([CF])(?![\w'’&-]|\.\w)")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    degrees = passage.language.units["°"].other
    for match in _TENTH.finditer(text):  # "38°5"
        yield Claim(*match.span(), f" {degrees}")
    if "º" in text:
        for quantity in passage.quantities:
            end = quantity.number_end
            if text[end : end + 1] == "º" and not text[end + 1 : end + 2].isalnum() and quantity.value > 31:
                yield Claim(end, end + 1, degrees)  # no ordinal is as high: "38,5º"
    if "C" not in text and "F" not in text:
        return
    yield from (Claim(*match.span(1), ", ") for match in _BOTH.finditer(text))
    say = passage.language.word
    for quantity in passage.quantities:
        scale = _SCALE.match(text, quantity.number_end)
        if scale is None or quantity.code or quantity.measure is not None or not say("celsius_other"):
            continue
        low, high = (30, 45) if scale[2] == "C" else (86, 115)
        if scale[1] and not low <= quantity.value <= high:
            continue
        if not scale[1] and not -90 <= quantity.value <= 500:
            continue
        if scale[2] == "F" and passage.language.code == "en" and _is_woman(text, quantity.start, quantity.value):
            continue
        if scale[2] == "F" and quantity.value < 50 and _TUBE.search(text):
            continue
        name = "celsius" if scale[2] == "C" else "fahrenheit"
        yield Claim(
            quantity.number_end, scale.end(), say(f"{name}_{'one' if quantity.digits == '1' else 'other'}")
        )


def _is_woman(text: str, start: int, value: float) -> bool:
    """Whether "32F" is a patient: after an article, or beside a "74M"; not where it can be a fever."""
    return value < 95 and (
        _ARTICLE.search(text[max(0, start - 4) : start]) is not None or _MAN.search(text) is not None
    )


RULE = Rule("temperatures", 'Says "38C" as degrees Celsius and "100F" as degrees Fahrenheit.', _find, "digit")
