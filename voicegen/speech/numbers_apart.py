"""A pause between a number and the amount after it: "day 1 5 mg" is "day 1, 5 milligrams".

Source: facts 5b (NHS avoids two numerals side by side). Danger: "1 in 10,000 10 ml" is heard as one number, ten
thousand and ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from voicegen.speech import counted_first, schedules, spaced_groups, spaced_minus, typed_numbers
from voicegen.speech.language import Language
from voicegen.speech.page_words import PageWords
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import Quantity
from voicegen.speech.units import are_pieces

_BLANK = lazy(r"[ \u00a0\u202f]")
_THOUSANDS = lazy(r"\d{1,3}")
_AMOUNT = lazy(r"\s?/\s?[^\W\d_]|\s?[-–]\s?\d")
"""What makes an amount of a number without a unit: "350/µl", "94–98 %"."""
_DOT = lazy(r"(?:(?<=\d(?:mg|ml|mL|IU))|(?<=\d\s(?:mg|ml|mL|IU|UI|IE))|(?<=[^\W\d_]{4}))\.(?=\d)")
"""The end of a sentence without a space behind it: of ".10 mg" a voice makes a tenth."""
_COUNTED = lazy(
    r"(?:(?P<joint>\s?[-–]\s?|[ \u00a0](?:to|or)[ \u00a0])\d{1,2}[½¼¾]?|[½¼¾]|[ \u00a0](?:1/[24]|3/4))?"
    r"[ \u00a0](?P<word>[^\W\d_]{3,})"
)
"""What is counted by a number, or by a range that begins with it: "1–2 puffs"."""
_FEW = lazy(
    r"(?<![^\s])[1-4][½¼¾]?(?:(?:\s?[-–]\s?|[ \u00a0](?:to|or)[ \u00a0])[1-4][½¼¾]?)?"
    r"[ \u00a0](?P<often>[^\W\d_]+(?!\w)|q\d)"
)
_AFTER_NUMBER = lazy(r"\d[ \u00a0]\Z")
_GROUP = lazy(r"[ \u00a0\u202f]\d{3}(?!\d)")


def _find(passage: Passage) -> Iterator[Claim]:
    yield from (Claim(end, end + 1, ", ") for end in counted_first.ends(passage.text))
    yield from (Claim(*blank, ", ") for blank in spaced_groups.how_many(passage.text, passage.language))
    placed = [*passage.positioned("sub", "sup")]  # the rule for powers makes their pauses
    for dot in _DOT.finditer(passage.text):
        yield Claim(*dot.span(), ". ")
    for start in schedules.starts(passage.text):
        if _AFTER_NUMBER.search(passage.text, max(0, start - 2), start):
            yield Claim(start - 1, start, "; ")  # "Glycomet 500 1-0-1"
    for first, second in pairwise(passage.quantities):
        if passage.text[first.end : second.start] == "," and second.measure and not first.measure:
            yield Claim(first.end, second.start, ", ")  # "5,10 mg"
        if any(span.start <= first.start < span.end for span in placed):
            continue
        counted = (first.code and _AMOUNT.match(passage.text, second.number_end)) or _counts(passage, second)
        if first.measure is not None or (second.measure is None and not counted):
            continue
        if not _BLANK.fullmatch(passage.text, first.end, second.start):
            continue
        grouped = re.match(r"\d{3}(?!\d)", second.digits) and _THOUSANDS.fullmatch(first.digits) and not first.code
        if not grouped and not _GROUP.match(passage.text, second.number_end):
            yield Claim(first.end, second.start, ", ")


def _counts(passage: Passage, number: Quantity) -> bool:
    """Whether a number counts what is taken: by the piece, a unit in full, or how often.

    As in "Seretide 250 2 puffs" and "Pan 40 1 od".
    """
    few = _FEW.match(passage.text, number.start)
    if few and few["often"].rstrip("0123456789") in passage.language.words("dosing").get("often", ()):
        return True
    counted = _COUNTED.match(passage.text, number.number_end)
    if counted is None:
        return False
    named = counted["joint"] is None and counted["word"] in _unit_names(passage.language)
    return named or are_pieces(passage, counted["word"])


@lru_cache(maxsize=64)
def _unit_names(language: Language) -> frozenset[str]:
    return frozenset(name for unit in language.units.values() for name in (unit.one, unit.other))


def before_amounts(text: str, page: PageWords) -> Iterator[Claim]:
    """The signs between a number, a label or a name and its amount, also in languages that have no rules."""
    yield from (Claim(*dash) for dash in counted_first.dashes(text, page.numbered_doses))
    yield from (Claim(*comma, ", ") for comma in counted_first.commas(text))
    yield from (Claim(*mark, ", ") for mark in typed_numbers.pauses(text, page.typed_numbers))
    yield from (Claim(*dash) for dash in spaced_minus.before_doses(text))


def _find_typed(passage: Passage) -> Iterator[Claim]:
    return before_amounts(passage.text, passage.page)


RULE = Rule("numbers apart", "Makes a pause between a number and the amount after it.", _find, "digit")
TYPED = Rule(RULE.name, RULE.about, _find_typed, "digit")
