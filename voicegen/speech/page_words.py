"""The abbreviations that a page itself explains: "body mass index (BMI)", `<abbr title="…">`.

Source: NHS digital service manual, abbreviations and acronyms (explained in full at first use).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from voicegen.model.document import Document, texts
from voicegen.speech.lexicon_entries import NO_LEXICON, Lexicon
from voicegen.speech.patterns import lazy

_IN_BRACKETS = lazy(r"\(([A-Z][A-Za-z0-9]{1,7}s?)\)")

_VOWEL = lazy(r"[aeiouyà-öø-ÿ]")
LONGEST_SHORT_FORM = 12
"""Characters of the longest abbreviation."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says of its own abbreviations: short form to full name."""

    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lexicon: Lexicon = NO_LEXICON
    """The list of pronunciations, as far as it holds for the page."""


NOTHING_DEFINED = PageWords()


def page_words(document: Document, lexicon: Lexicon = NO_LEXICON) -> PageWords:
    """Every abbreviation that the page explains, by markup or by "full name (ABBR)", with its pronunciations."""
    names: dict[str, str] = {}
    for text in texts(document):
        for run in text.runs:
            if run.abbr and run.text.strip() and is_short_form(run.text.strip(), run.abbr):
                names.setdefault(run.text.strip(), run.abbr.strip())
        plain = text.plain
        if "(" in plain:
            for match in _IN_BRACKETS.finditer(plain):
                name = _name_before(plain[max(0, match.start() - 160) : match.start()], match[1])
                if name:
                    names.setdefault(match[1], name)
    return PageWords(MappingProxyType(names), lexicon)


def is_short_form(words: str, name: str) -> bool:
    """Whether words look like an abbreviation, which `name` can stand in for, and not like an ordinary word.

    It is short, and has a capital that does not just begin it, a dot or a digit ("CRP", "t.i.d.", "T3"), or no
    vowel ("mcg"), or is made of the name's first letters ("temp", "bpm").
    """
    if len(words) > LONGEST_SHORT_FORM or len(words.split()) > 2:
        return False
    small, full = words.lower(), " ".join(name.lower().split())
    initials = "".join(word[0] for word in full.split())
    marked = any(mark.isupper() or mark.isdigit() or mark == "." for mark in words[1:])
    return marked or not _VOWEL.search(small) or small == initials or full.startswith(small)


def _name_before(text: str, short: str) -> str:
    """The words at the end of `text` whose initials spell `short`, or an empty string.

    Read backwards, as in Schwartz and Hearst (2003): each letter of the short form stands in the words in
    order, and the first one starts a word.
    """
    letters = [letter.lower() for letter in short if letter.isalpha()]
    if len(letters) > 2 and short[-1] == "s" and short[:-1].isupper():
        letters.pop()
    place = len(text.rstrip())
    for letter in reversed(letters[1:]):
        place = text.lower().rfind(letter, 0, place)
        if place < 0:
            return ""
    while place > 0:
        place = text.lower().rfind(letters[0], 0, place)
        if place < 0:
            return ""
        if place == 0 or not text[place - 1].isalnum():
            name = text[place:].strip()
            within = len(name.split()) <= 2 * len(letters) + 1
            return name if within and not re.search(r"[.;:!?]\s", name) and len(name) > len(short) else ""
    return ""
