"""Numbers in words as digits, so that "five hundred milligrams" and "500 milligrams" can be compared.

Written for the judge alone: neither the rules nor the proof share code or data with it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "words"
LETTER = r"[^\W\d_⁰¹²³⁴-⁹₀-₉½¼¾⅐-⅞]"
"""A letter; Python also counts raised numbers and fractions as such."""
_PIECE = re.compile(rf"{LETTER}+|\d+(?:[.,]\d+)*")
_TOGETHER = re.compile(r"[ \u00a0\u00ad-]?\Z")
"""What may stand between two words of one number."""
_MARK = re.compile(r"(?<=\d)\s?([/^–—-])\s?(?=\d)|(?<=[−<>≤≥])\s(?=\d)|(?<=\d)\s(?=[⁰¹²³⁴-⁹⁻])")
"""Marks that belong to a number, with the spaces that a preparation may put around them."""
_CENTURIES = range(11, 21)
_HUNDREDS = range(1, 100)
_MOST_DIGITS = 15
_MOST_LETTERS = 80


@dataclass(frozen=True)
class NumberWords:
    """The number words of one language."""

    code: str
    small: Mapping[str, int]
    """Words that stand for one number by themselves."""
    hundreds: frozenset[str]
    scales: Mapping[str, int]
    links: frozenset[str]
    """The words for "and" inside a number."""
    points: frozenset[str]
    """The words between a number and its decimals."""
    ordinals: Mapping[str, str]
    wordings: tuple[tuple[re.Pattern[str], str], ...]
    """Patterns of other words for the same and of signs said by name, with what they become."""
    parts: re.Pattern[str]
    """A word that is several number words written as one."""
    phrases: re.Pattern[str]
    """Number words that are no numbers: "per cent"."""

    @property
    def mark(self) -> str:
        """The decimal mark."""
        return "." if self.code == "en" else ","


class _Word(NamedTuple):
    text: str
    start: int
    end: int


@lru_cache(maxsize=8)
def number_words(code: str) -> NumberWords | None:
    """The number words of a language, or None where we have none."""
    file = _FOLDER / f"{code}.toml"
    if not code.isalpha() or not file.is_file():
        return None
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    words = [*data["small"], *data["hundreds"], *data["scales"], *data["links"]]
    one = "|".join(sorted(words, key=len, reverse=True))
    return NumberWords(
        code,
        data["small"],
        frozenset(data["hundreds"]),
        data["scales"],
        frozenset(data["links"]),
        frozenset(data["points"]),
        {stem + end: sign for stem, sign in data["ordinals"].items() for end in data.get("endings", [""])},
        tuple((re.compile(old, re.IGNORECASE), new) for old, new in data["wordings"]),
        re.compile(rf"({one})(?=(?:{one})*\Z)"),
        re.compile("|".join(rf"\b{phrase}\b" for phrase in data["phrases"]) or r"(?!)", re.IGNORECASE),
    )


def folded(text: str, code: str, years: bool = False) -> str:
    """The text with its number words as digits and its wordings as one; as it is in other languages.

    With `years`, two numbers in a row that can be a year ("twenty twenty-six") are one number.
    """
    known = number_words(code)
    if known is None:
        return text
    pieces, end = [], 0
    for start, stop, digits in _numbers(text, known, years):
        between = text[end:start]
        pieces += [", " if between == "," else between, digits]  # "one,five" is two numbers
        end = stop
    text = _MARK.sub(r"\1", "".join([*pieces, text[end:]]))
    for pattern, words in known.wordings:
        text = pattern.sub(words, text)
    return text


def _numbers(text: str, known: NumberWords, years: bool) -> Iterator[tuple[int, int, str]]:
    """Where numbers in words stand, and their digits."""
    words = list(_words(text, known))
    at = 0
    while at < len(words):
        end, digits = _number(text, words, at, known, years)
        if digits:
            yield words[at].start, words[end - 1].end, digits
        at = max(end, at + 1)


def _words(text: str, known: NumberWords) -> Iterator[_Word]:
    """The words of a text that may be of numbers, those that are several number words in one taken apart."""
    text = known.phrases.sub(lambda found: " , ".ljust(len(found[0])), text)
    for match in _PIECE.finditer(text):
        word = match[0].lower()
        compound = known.code == "de" and word not in known.ordinals and len(word) <= _MOST_LETTERS
        parts = known.parts.findall(word) if compound else []
        if len(parts) > 1 and "".join(parts) == word:
            place = match.start()
            for part in parts:
                yield _Word(part, place, place + len(part))
                place += len(part)
        else:
            yield _Word(word, match.start(), match.end())


def _number(text: str, words: Sequence[_Word], at: int, known: NumberWords, years: bool) -> tuple[int, str]:
    """Where the number ends that begins at a word, and its digits; empty digits where none begins."""
    if words[at].text in known.points and _goes_on(text, words, at):
        end, decimals = _decimals(text, words, at + 1, known)
        return (end, f"0{known.mark}{decimals}") if decimals else (at, "")
    if words[at].text in known.scales and at and _follows(text, words, at):
        before = words[at - 1].text
        if before in known.small or before[-1].isdigit():
            return at, ""  # "2.5 million"
    end, value = _value(text, words, at, known)
    if value is None:
        ordinal = known.ordinals.get(words[at].text, "")
        return at + bool(ordinal), ordinal
    if _is_digits(words[at]) and end == at + 1:
        return at, ""
    if _goes_on(text, words, end - 1):
        stop, ordinal = _ordinal(words, end, value, known)
        if ordinal:
            return stop, ordinal
        if words[end].text in known.points and _goes_on(text, words, end):
            stop, decimals = _decimals(text, words, end + 1, known)
            if decimals:
                return stop, f"{value}{known.mark}{decimals}"
        if years and value in _CENTURIES and text[words[end].start - 1].isspace():
            stop, rest = _value(text, words, end, known)
            if rest is not None and 10 <= rest < 100:
                return stop, f"{value}{rest}"
    return end, _written(value, known.code)


def _ordinal(words: Sequence[_Word], at: int, value: int, known: NumberWords) -> tuple[int, str]:
    """The ordinal that a number and the word after it make ("twenty first"), and where it ends; or nothing."""
    linked = known.code == "de" and words[at].text in known.links and at + 1 < len(words)
    sign = known.ordinals.get(words[at + linked].text, "")
    last, tens = int(re.sub(r"\D", "", sign) or 0), value % 100
    if linked:
        fits = 0 < tens < 10 and last in (20, 30)
    else:
        fits = 0 < last < 100 if tens == 0 and value else tens >= 20 and tens % 10 == 0 and 0 < last < 10
    return (at + linked + 1, f"{value + last}{sign.lstrip('0123456789')}") if fits else (at, "")


def _written(value: int, code: str) -> str:
    """A whole number in digits, those of a long one in groups, so that it is not taken for a phone number."""
    if value < 100_000:
        return str(value)
    return f"{value:,}".replace(",", {"en": ",", "fr": "\u202f"}.get(code, "."))


def _decimals(text: str, words: Sequence[_Word], at: int, known: NumberWords) -> tuple[int, str]:
    """The decimals that begin at a word: single digits, or a whole number, with zeros before it."""
    found = ""
    while at < len(words) and (not found or text[words[at - 1].end : words[at].start] == " "):
        end, value = _value(text, words, at, known)
        if value is not None and value >= 1000:  # "two point five million": the scale is not of the decimals
            end, value = at + 1, known.small.get(words[at].text)
        if value is None or _is_digits(words[at]) or (value >= 10 and found.strip("0")):
            break
        found, at = found + str(value), end
        if value >= 10:
            break
    return at, found


def _value(text: str, words: Sequence[_Word], at: int, known: NumberWords) -> tuple[int, int | None]:
    """The longest whole number that begins at a word, and where it ends; None where none begins."""
    total, part, linked, end = 0, None, False, at
    for index in range(at, len(words)):
        word = words[index].text
        if index > at and not _follows(text, words, index):
            break
        if word in known.links and index > at and not linked:
            linked = True
            continue
        if index == at and _is_digits(words[at]):
            part = int(word)
        elif word in known.small:
            dashed = known.code == "en" and index > at and text[words[index].start - 1] == "-"
            if dashed and not (part and part % 100 >= 20 and part % 10 == 0):
                break  # "eight hundred-five five" is two numbers, "twenty-five" is one
            more = _together(part, known.small[word], linked, known.code, bool(total))
            if more is None:
                break
            part = more
        elif word in known.hundreds and not linked and (part is None or part in _HUNDREDS):
            part = (1 if part is None else part) * 100
        elif word in known.scales and not linked and (not total or known.scales[word] < total):
            total, part = total + (1 if part is None else part) * known.scales[word], None
        else:
            break
        linked, end = False, index + 1
    return end, total + (part or 0) if end > at else None


def _together(part: int | None, value: int, linked: bool, code: str, after_scale: bool) -> int | None:
    """What two number words in a row make, such as "twenty" and "three"; None where they are two numbers."""
    if part is None:
        return value if not linked or (after_scale and code == "en") else None
    tens, ones = part % 100, part % 10
    if linked and code != "en":
        fits = {
            "es": tens >= 30 and ones == 0 and 0 < value < 10,
            "fr": tens >= 20 and ones == 0 and value in (1, 11),
            "de": 0 < tens < 10 and value in range(20, 100, 10),
        }
        return part + value if fits[code] else None
    if part and tens == 0 and 0 < value < 100:
        return part + value
    if code == "fr" and tens == 4 and value == 20:
        return part + 76
    french = code == "fr" and ((tens in (60, 80) and 10 <= value < 20) or (tens == 10 and 7 <= value < 10))
    plain = not linked and code != "de" and tens >= 20 and ones == 0 and 0 < value < 10
    return part + value if french or plain else None


def _is_digits(word: _Word) -> bool:
    """Whether it is a whole number in digits, of a length that people say."""
    return word.text.isdecimal() and len(word.text) <= _MOST_DIGITS


def _goes_on(text: str, words: Sequence[_Word], at: int) -> bool:
    """Whether another word follows that can belong to the same number."""
    return at + 1 < len(words) and _follows(text, words, at + 1)


def _follows(text: str, words: Sequence[_Word], index: int) -> bool:
    return _TOGETHER.match(text[words[index - 1].end : words[index].start]) is not None
