"""Amounts of money: "£5.50" is "5 pounds 50", "$20" is "20 dollars".

Danger: engines say "pound five point five zero", or drop the sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_BEFORE = lazy(r"([£€$¥])[ \u00a0]?(?=[\d.])")
_NO_CENTS = lazy(r"(?<=\d)[.,][-–—]{1,2}(?=\s?(?:€|Euro|EUR|Fr|CHF|SFr)|[\s.;)]|$)")
_BARE = lazy(r"[.,][-–—]{1,2}(?=\s?(?:Euro|EUR|Fr|CHF|SFr)|\s(?:bis|[-–])\s\d+[.,][-–—])")
_POINTED = lazy(r"\d{1,3}(?:,\d{3})+\.\d\d")
_TO_MORE = lazy(r"\s?[-–—]\s?(?=\d+(?:[.,]\d+)?[ \u00a0\u202f]?[£€$¥])")
_LARGE = lazy(r"[ \u00a0]?(million|billion|thousand|bn|k|m)\b(?!\w)")


def _find(passage: Passage) -> Iterator[Claim]:
    names = {
        **passage.language.words("money"),
        **passage.language.words("money_regions").get(passage.language.region, {}),
    }
    yield from _without_cents(passage)
    if not names or not any(sign in passage.text for sign in names):
        return
    text = passage.text
    points = passage.language.region in passage.language.words("numbers").get("point_regions", ())
    numbers = {quantity.start: quantity for quantity in passage.quantities}
    for match in _BEFORE.finditer(text):
        number = numbers.get(match.end())
        if number is None:
            continue
        start, end, amount = match.start(), number.number_end, number.digits
        large = _LARGE.match(text, end)
        if large and not large[0].isspace():
            amount, end = f"{amount} {passage.language.words('large')[large[1]]}", large.end()
        dash = re.match(r"\s?[-–—]\s?[£€$¥]?(?=\d)", text[end : end + 4])
        second = numbers.get(end + dash.end()) if dash else None
        if dash and second is not None:
            amount = f"{amount} {passage.language.word('to')} {second.digits}"
            end, number = second.number_end, second
        no_cents = _NO_CENTS.match(text, end)  # "€ 10,-"
        end = no_cents.end() if no_cents else end
        value = 2 if " " in amount else number.value
        amount = (
            amount.replace(",", "")
            if points or (passage.language.code != "en" and _POINTED.fullmatch(amount))
            else amount
        )
        yield Claim(start, end, _amount(amount, names[match[1]], value))
    yield from _after(passage, names)


def _without_cents(passage: Passage) -> Iterator[Claim]:
    """As in "10,– Euro": the dash stands for no cents."""
    for number in passage.quantities:
        if match := _BARE.match(passage.text, number.number_end):
            yield Claim(*match.span(), "")


def _after(passage: Passage, names: Mapping[str, list[str]]) -> Iterator[Claim]:
    for number in passage.quantities:
        match = re.match(
            r"(?:[.,][-–—]{1,2})?[ \u00a0\u202f]?([£€$¥])(?!\d)",
            passage.text[number.number_end : number.number_end + 5],
        )
        if match and match[1] in names:
            end = number.number_end + match.end()
            yield Claim(number.number_end, end, names[match[1]][0 if number.value == 1 else 1])
            if dash := _TO_MORE.match(passage.text, end):
                yield Claim(*dash.span(), f" {passage.language.word('to')} ")


def _amount(amount: str, names: list[str], value: float) -> str:
    whole, mark, hundredths = amount.rpartition(".")
    if mark and len(hundredths) == 2 and whole.replace(",", "").isdigit():
        return f"{whole} {names[0 if whole == '1' else 1]}" + ("" if hundredths == "00" else f" {hundredths}")
    return f"{amount} {names[0 if value == 1 else 1]}"


RULE = Rule("money", "Says amounts of money with the name of the currency after the number.", _find)
