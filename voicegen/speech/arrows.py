"""Arrows: "5→10 mg" is "5 to 10 milligrams", "↑ to 300 mg" is "increase to 300 milligrams".

Danger: an arrow that is left out makes two doses of one change ("five, ten milligrams"), and "up" before "to"
would make a rise into a limit ("up to 300 milligrams"). An arrow between words is the next step; behind a weight,
an age or a concentration it says what is given then ("10 kg → 100 mg").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from voicegen.speech.kinds import are_unlike, is_reading, kinds_in_words, kinds_of
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import Quantity
from voicegen.speech.units import are_pieces, is_dose, is_piece

_RIGHT = r"(?:[→⟶⇒⟹➔➜➝➞➡]\ufe0f?|[-–—]{1,3}>)"
_BETWEEN = lazy(rf"((?:\s?/\s?[^\W\d_]{{1,8}}){{0,2}})\s*(?:{_RIGHT}|={{1,2}}>|[↔⇔⟷])\s*")
_STEP = lazy(rf"(?<!\s)\s*{_RIGHT}\s*")
_CHANGE = lazy(r"([↑⇧⬆⇑↓⇩⬇⇓])\ufe0f?(?:\s?\1\ufe0f?)*")
_BACK = lazy(r"(?<!\s)\s*[↩↪⤴⤵↵⏎↺↻]\ufe0f?")
_ANY = lazy(r"[←-⇿⟰-⟿➔-➿⤴⤵⬀-⬯⏎>]")
_WORD = lazy(r"[ \u00a0]([^\W\d_]{3,})")
_LIMIT = lazy(r"(?:[<>≤≥]=?|\d\s?[-–—])\s?\Z")
_RATE = lazy(r"\s?/\s?\d")
_BY_WEIGHT = lazy(r"\s?/\s?kg(?![^\W\d_]).*")
_PER = lazy(r"\s?/\s?[^\W\d_]")
_MEASURED = lazy(r"\s?\d[\d.,]*\s?(?:(?:[^\W\d_]{1,5}|%)?/\s?(?:[dcmµμ]?[lL]|mm[³3])(?!\w)|mm\s?Hg|[×x]\s?10)")
"""What is measured in blood, and is no dose to change: "K ↑ 5.8 mmol/L"."""
_UP = "↑⇧⬆⇑"


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if not _ANY.search(text) or not passage.language.word("to"):
        return
    if passage.has_digit:
        yield from _between_amounts(passage)
    for match in _STEP.finditer(text):
        first, last = not text[: match.start()].strip(), not text[match.end() :].strip(" .!?")
        yield Claim(*match.span(), "" if first or last else f", {passage.language.word('then')} ")
    for match in _CHANGE.finditer(text):
        yield Claim(*match.span(), _apart(text, match, _changed(passage, match)))
    for match in _BACK.finditer(text):
        yield Claim(*match.span(), "")


def _between_amounts(passage: Passage) -> Iterator[Claim]:
    for first, second in pairwise(passage.quantities):
        match = _BETWEEN.fullmatch(passage.text, first.end, second.start)
        if match is not None and not first.code:
            unlike = _are_unlike(passage, first, second) or _is_whole_dose(passage, match[1], second)
            yield Claim(match.end(1), match.end(), ", " if unlike else f" {passage.language.word('to')} ")


def _are_unlike(passage: Passage, first: Quantity, second: Quantity) -> bool:
    """Whether the second amount is no more or less of the first: another kind of unit, or pieces of a medicine."""
    text = passage.text
    if first.measure is None:
        if is_reading(text, first.start):
            return is_dose(passage, second)
        return _is_limit(passage, first) and _is_given(passage, second)
    if is_piece(passage, first.measure.unit.one):
        return False
    one, measure = kinds_of(text[first.measure.start : first.measure.end]), second.measure
    if measure is not None:
        if text[: first.start].rstrip()[-1:] == "/" and _RATE.match(text, measure.end):
            return False  # "125 mg/5 ml → 250 mg/5 ml"
        return are_unlike(one, kinds_of(text[measure.start : measure.end])) or is_piece(passage, measure.unit.one)
    word = _WORD.match(text, second.number_end)
    return word is not None and (
        are_unlike(one, kinds_in_words(passage.language, word[1])) or are_pieces(passage, word[1])
    )


def _is_whole_dose(passage: Passage, rate: str, second: Quantity) -> bool:
    """Whether the second amount is the dose that comes of one by weight: "2 mg/kg → 100 mg"."""
    whole = second.measure is not None and _PER.match(passage.text, second.end) is None
    return whole and _BY_WEIGHT.fullmatch(rate) is not None


def _is_limit(passage: Passage, number: Quantity) -> bool:
    """Whether a number without a unit is a limit, or the end of a range: "<30 → 5 mg", "10-12 → 4 units"."""
    return _LIMIT.search(passage.text, max(0, number.start - 12), number.start) is not None


def _is_given(passage: Passage, amount: Quantity) -> bool:
    word = _WORD.match(passage.text, amount.number_end)
    return amount.measure is not None or (
        word is not None and bool(kinds_in_words(passage.language, word[1]) or are_pieces(passage, word[1]))
    )


def _changed(passage: Passage, match: re.Match[str]) -> str:
    """As in "increase" before "to", "by" or a number, "increased" elsewhere; a capital begins the sentence."""
    kind = "increase" if match[1] in _UP else "decrease"
    before, rest = passage.text[: match.start()], passage.text[match.end() :].lstrip()
    word = re.match(r"[^\W\d_]+", rest)
    result = bool(before.strip()) and _MEASURED.match(rest) is not None
    step = (rest[:1].isdigit() and not result) or (
        word is not None and word[0] in passage.language.words("arrows")["before"]
    )
    words = passage.language.words("arrows")
    said = str(words[kind if step else f"{kind}d" if word else f"{kind}d_last"])
    said = " ".join([said] * match[0].count(match[1]))
    return said if before.strip() else said[0].upper() + said[1:]


def _apart(text: str, match: re.Match[str], words: str) -> str:
    before, after = text[: match.start()], text[match.end() :]
    return f"{' ' if before[-1:].isalnum() else ''}{words}{' ' if after[:1].isalnum() else ''}"


RULE = Rule("arrows", 'Says an arrow as "to" between amounts, else as the next step, a rise or a fall.', _find)
