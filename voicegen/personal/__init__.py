"""Finds what looks like the data of one person: so that it is not sent to a voice on somebody else's machine.

It looks for what letters and records carry and pages about conditions do not: numbers that states and health
services give to one person (`numbers.py`), a date of birth, the number of a record, a greeting or a field with a
name. It is a net, not a proof: a name in a sentence or an address passes through it. It looks for the words of all
languages of `words.toml` on every page.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from voicegen.personal.numbers import NUMBERS

_BEFORE = 40
"""Characters before a number in which a word for telephones makes it one of those."""
_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = (
    r"(?:\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d\d)"  # 12/03/1961
    r"|\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}"  # 1961-03-12
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|°|\.)? (?:of |de |d[’'])?{_MONTH},? (?:de |del )?\d{{4}}"  # 12 March 1961
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}} ?年 ?\d{{1,2}} ?月 ?\d{{1,2}})"  # March 12, 1961
)
_EARLIEST = 1900
"""People born before are dead, and written about."""
_GAP = r"[\s:=#.\-–—]*(?:\b(?:is|was|ist|es|est|è|é|lautet)\b[\s:]*)?"
_RECORD = r"(?:[A-Z]{1,4}[-/ ]?)?\d(?:[ /.-]?[0-9A-Z]){3,13}(?!\w)"
_LEAST_DIGITS = 5
"""A record's number with fewer could be a year or a dose."""
_NAMES = r"[^\W\d_][\w'’.-]*(?:[ ][^\W\d_][\w'’.-]*){0,3}?"
_SCRIPTS_WITHOUT_SPACES = "\u2e80"
"""From here on (CJK radicals), words of Unicode stand side by side."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that looks like one person's."""

    kind: str
    """What it is, with its article: "an NHS number". Never its words."""
    line: int
    """Which of the lines it is in, from 0."""


def signs(lines: Sequence[str]) -> Iterator[Sign]:
    """What looks like one person's data in lines that follow each other, each kind once a line, in order."""
    plain = [_plain(line) for line in lines]
    starts = [0, *accumulate(len(line) + 1 for line in plain)]
    found = {(bisect_right(starts, at) - 1, kind) for kind, at in _found("\n".join(plain))}
    for line, kind in sorted(found):
        yield Sign(kind, line)


def _plain(line: str) -> str:
    """The line in compatible characters, with plain spaces, hyphens and digits, and nothing that is not seen."""
    kept = (sign for sign in unicodedata.normalize("NFKC", line) if unicodedata.category(sign) != "Cf")
    digits = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in kept)
    return " ".join("".join("-" if sign in "‐‑‒" else sign for sign in digits).split())


def _found(text: str) -> Iterator[tuple[str, int]]:
    for number in NUMBERS:
        for match in number.pattern.finditer(text):
            signs = re.sub(r"[ .-]", "", match[0]).upper()
            if number.holds(signs) and not (number.may_be_a_telephone and _is_called(text, match.start())):
                yield number.kind, match.start()
    if any(sign.isdigit() for sign in text):
        for match in _pattern("born").finditer(text):
            if _is_recent(match["date"]) and not (match[0].lower().startswith("born") and _is_range(text, match)):
                yield "a date of birth", match.start()
        for match in _pattern("record").finditer(text):
            digits = sum(map(str.isdigit, match["value"]))
            if digits >= _LEAST_DIGITS and not _is_called(text, match.start("value")):
                yield "the number of a record", match.start("value")
    for name, kind in (("name", "a person's name"), ("greeting", "a greeting"), ("first_name", "a greeting")):
        for match in _pattern(name).finditer(text):
            if _is_name(match["names"]):
                yield kind, match.start()


def _is_called(text: str, at: int) -> bool:
    """Whether a word for telephones stands shortly before a number, or a sign of one."""
    before = text[max(0, at - _BEFORE) : at].rstrip()
    return re.search(r"(?:[☎☏📞]|\+\d{1,3})\Z", before) is not None or bool(_pattern("telephone").search(before))


def _is_recent(date: str) -> bool:
    years = [int(year) for year in re.findall(r"\d{4}", date)]
    return not years or max(years) >= _EARLIEST


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether it says who is meant, as in "born on 1 September 2006 or later", and not when somebody was born."""
    return (
        re.match(r",? *(?:or|and|to|until|onwards?|[-–])(?!\w)", text[match.end() : match.end() + 12]) is not None
    )


def _is_name(words: str) -> bool:
    """Whether words are a name: each with a capital, where the script has them, and none for everybody."""
    parts = words.split()
    cased = all(part[0].isupper() or not (part[0].islower() or part[0].istitle()) for part in parts)
    return cased and not {part.strip(".").lower() for part in parts} & _anybody()


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def _anybody() -> frozenset[str]:
    return frozenset(_flat(_words()["anybody"].values()))


def _flat(lists: Iterable[Iterable[str]]) -> list[str]:
    return [word for words in lists for word in words]


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, as words of their own where the script parts words."""
    known = sorted({_plain(word) for word in words}, key=lambda word: (-len(word), word))
    apart = [word for word in known if max(word) < _SCRIPTS_WITHOUT_SPACES]
    joined = [re.escape(word) for word in known if word not in apart]
    choices = ["[ -]?".join(map(re.escape, word.split())) for word in apart]
    return "|".join([rf"(?:(?<!\w)(?:{'|'.join(choices)})(?!\w)", *joined]) + ")"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The pattern of a section of words.toml."""
    words = _words()[name]
    label = _any(words if isinstance(words, list) else _flat(words.values()))
    match name:
        case "born":
            return re.compile(rf"{label}{_GAP}(?P<date>{_DATE})", re.I)
        case "record":
            return re.compile(rf"{label}{_GAP}(?P<value>{_RECORD})", re.I)
        case "name":
            return re.compile(rf"{label} ?:\s*(?P<names>{_NAMES})(?=[ ,;.]|$)", re.I | re.M)
        case "greeting":  # one word, such as "Madame", also begins sentences about somebody
            known = _flat(words.values())
            several = _any(word for word in known if " " in word)
            alone = _any(word for word in known if " " not in word)
            return re.compile(rf"(?:{several}|^{alone})\.? (?P<names>{_NAMES})(?=[ ]?[,:!]|$)", re.I | re.M)
        case "first_name":  # only English letters commonly leave the comma out
            start = rf"^(?:(?P<dear>dear)|{label})"
            return re.compile(rf"{start} (?P<names>{_NAMES})(?=[ ]?[,!]|(?(dear)$|(?!)))", re.I | re.M)
    return re.compile(label, re.I)
