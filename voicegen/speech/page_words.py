"""The abbreviations that a page itself explains: "body mass index (BMI)", `<abbr title="…">`.

Source: NHS digital service manual, abbreviations and acronyms (explained in full at first use).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from voicegen.model.document import Document, texts
from voicegen.speech.counted_first import numbered_doses
from voicegen.speech.language import language
from voicegen.speech.lexicon_entries import NO_LEXICON, Lexicon
from voicegen.speech.patterns import lazy
from voicegen.speech.typed_numbers import marks_of

_IN_BRACKETS = lazy(r"\(([A-Z][A-Za-z0-9]{1,7}s?)\)")
_BEFORE_NAME = lazy(r"(?<![\w.@/&-])([A-Z][A-Za-z0-9]{1,7})\s\(([^\W\d_][^()\d.;:!?]{3,80})\)")

_VOWEL = lazy(r"[aeiouyà-öø-ÿ]")
_AMOUNT = lazy(r"[\d½¼¾][\d.,/½¼¾-]*[ \u00a0]?(?:[^\W\d_A-ZÀ-Þ]|[%°µμ]|mL)")
"""A number with a unit or what is counted: not "5-FU", "5HT" or "2D"."""
LONGEST_SHORT_FORM = 12
"""Characters of the longest abbreviation."""
SHORTEST_WORD = 10
"""Characters of a single word that can be the name of an abbreviation: "tuberculosis (TB)", not "chest (CT)"."""
SMALL_WORD = 3
"""Characters of a word that need not stand in the abbreviation: "of", "and", "de"."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says of its own abbreviations: short form to full name."""

    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    spoken_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Those that are certain enough to be said instead of the short form, which is not known to everybody."""
    typed_numbers: frozenset[str] = frozenset()
    """The signs behind the numbers that its author typed before lines (`typed_numbers`)."""
    numbered_doses: frozenset[str] = frozenset()
    """The words of doses that it numbers line by line (`counted_first`)."""
    lexicon: Lexicon = NO_LEXICON
    """The list of pronunciations, as far as it holds for the page."""


NOTHING_DEFINED = PageWords()


def page_words(document: Document, lexicon: Lexicon = NO_LEXICON) -> PageWords:
    """Every abbreviation that the page explains, by markup or by "full name (ABBR)", with its pronunciations."""
    names: dict[str, str] = {}
    certain: dict[str, str] = {}
    for short, name, sure in _explanations(document):
        names.setdefault(short, name)
        if sure and _form(certain.setdefault(short, name)) != _form(name):
            certain[short] = ""  # the page uses it for two things
    spoken = {short: name for short, name in certain.items() if name and short not in _well_known(document.lang)}
    lines = [text.plain for text in texts(document)]
    return PageWords(
        MappingProxyType(names), MappingProxyType(spoken), marks_of(lines), numbered_doses(lines), lexicon
    )


def _explanations(document: Document) -> Iterator[tuple[str, str, bool]]:
    """Short form, full name, and whether it is certain that the one can stand for the other."""
    for text in texts(document):
        for run in text.runs:
            short, name = run.text.strip(), " ".join(run.abbr.split())
            if name and short and is_short_form(short, name):
                yield short, name, is_initialism(short)
        plain = text.plain
        if "(" in plain:
            for match in _IN_BRACKETS.finditer(plain):
                name = _name_before(plain[max(0, match.start() - 160) : match.start()], match[1])
                if name:
                    yield match[1], name, _is_spelled_out(name, match[1])
            for match in _BEFORE_NAME.finditer(plain):
                if _is_spelled_out(match[2], match[1]):
                    yield match[1], " ".join(match[2].split()), is_initialism(match[1])


def _well_known(lang: str) -> frozenset[str]:
    """Short forms that are said by no name of the page's: everybody knows them, or they say how a dose is taken.

    Danger: on a page about bipolar disorder (BD), "400 mg BD" is twice a day.
    """
    words = language(lang)
    if words is None:
        return frozenset()
    dosing = words.words("dosing")
    taken = (*dosing.get("short", ()), *dosing.get("alone", ()), *dosing.get("at_times", ()))
    return frozenset((*words.words("capitals").get("well_known", ()), *taken, *words.words("abbreviations")))


def _form(name: str) -> str:
    """A name without what makes no difference: capitals, accents and the plural."""
    return _folded(name).removesuffix("s")


def is_initialism(words: str) -> bool:
    """Whether an abbreviation is made of capitals, or of one and a number, and is said letter by letter."""
    capitals = sum(mark.isupper() for mark in words)
    return "." not in words and (capitals > 1 or (capitals == 1 and any(map(str.isdigit, words))))


def _is_spelled_out(name: str, short: str) -> bool:
    """Whether every word of a name but small ones gives the short form a letter, so that nothing else is in it.

    It is a stricter test than `_name_before`, because the name will be said: "heart disease and stroke (HDS)"
    passes, "hear about the latest (HAL) scan" must not turn every "HAL" into those words.
    """
    letters = _letters(short)
    words = [word for word in re.split(r"[\W_]+", _folded(name)) if word]
    if not words or any(map(str.isdigit, name)) or (len(words) == 1 and len(words[0]) < SHORTEST_WORD):
        return False
    reached = {0}
    for word in words:
        onward = set(reached) if len(word) <= SMALL_WORD else set()
        for at in reached:
            place = 0
            while at < len(letters) and (place or word[0] == letters[at]):
                place = word.find(letters[at], place) + 1
                if not place:
                    break
                at += 1
                onward.add(at)
        reached = onward
    return len(letters) in reached


def _letters(short: str) -> list[str]:
    """The letters of a short form, without the "s" of its plural."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    if len(letters) > 2 and short[-1] == "s" and short[:-1].isupper():
        letters.pop()
    return letters


def _folded(text: str) -> str:
    """The text in small letters without accents, each character at its place."""
    return "".join(unicodedata.normalize("NFD", mark)[0].lower()[:1] for mark in text)


def is_short_form(words: str, name: str) -> bool:
    """Whether words look like an abbreviation, which `name` can stand in for, and not like an ordinary word.

    It is short, and has a capital that does not just begin it, a dot or a digit ("CRP", "t.i.d.", "T3"), or no
    vowel ("mcg"), or is made of the name's first letters ("temp", "bpm"). An amount is never one, and nothing is
    short for words that begin with it: "10 ml" whose title is "40 ml a day at most", "Do" whose title is "Do not".
    """
    if len(words) > LONGEST_SHORT_FORM or len(words.split()) > 2 or _AMOUNT.match(words):
        return False
    small, full = words.lower(), " ".join(name.lower().split())
    initials = "".join(word[0] for word in full.split())
    if full.startswith(f"{small} "):
        return False
    marked = any(mark.isupper() or mark.isdigit() or mark == "." for mark in words[1:])
    return marked or not _VOWEL.search(small) or small == initials or full.startswith(small)


def _name_before(text: str, short: str) -> str:
    """The words at the end of `text` whose initials spell `short`, or an empty string.

    Read backwards, as in Schwartz and Hearst (2003): each letter of the short form stands in the words in
    order, and the first one starts a word.
    """
    letters = _letters(short)
    folded = _folded(text)
    place = len(text.rstrip())
    for letter in reversed(letters[1:]):
        place = folded.rfind(letter, 0, place)
        if place < 0:
            return ""
    while place > 0:
        place = folded.rfind(letters[0], 0, place)
        if place < 0:
            return ""
        if place == 0 or not text[place - 1].isalnum():
            name = " ".join(text[place:].split())
            within = len(name.split()) <= 2 * len(letters) + 1
            return name if within and not re.search(r"[.;:!?]\s", name) and len(name) > len(short) else ""
    return ""
