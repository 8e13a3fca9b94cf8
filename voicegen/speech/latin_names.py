"""Shortened Latin names and initials lose the dot that an engine would pause at: "C. difficile", "J. Smith".

Source: facts 5b; engines 1.4 and 6.2 (the dot makes a break in the clause).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from voicegen.speech.language import shared_words
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_LATIN = lazy(r"(?<![\w.])([A-Z])\.[ \u00a0]?([a-z]{4,})")
_INITIALS = lazy(r"(?<![\w.])(?<![A-Z] )([A-Z])\.(?=[ \u00a0]?(?:[A-Z]\.[ \u00a0]?)*[A-Z][a-zà-ÿ]+)")
_LETTERS = lazy(r"(?<![\w.])(?:[A-Z]\.){2,}")


@lru_cache(maxsize=1)
def _species() -> frozenset[str]:
    """Second words of names of living things, for a first word cut to its initial."""
    return frozenset(shared_words("latin")["species"])


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if "." not in text:
        return
    for match in _LATIN.finditer(text):
        if match[2] in _species() or _is_italic(passage, match.start(2)):
            yield Claim(match.start(), match.start(2), match[1])
    for match in _LETTERS.finditer(text):
        ends = not text[match.end() :].strip(" \"'”’)»")
        yield Claim(match.start(), match.end() - ends, " ".join(match[0].replace(".", "")))
    for match in _INITIALS.finditer(text):
        yield Claim(match.start(), match.end(), match[1])


def _is_italic(passage: Passage, position: int) -> bool:
    return any(span.run.em for span in passage.spans if span.start <= position < span.end)


RULE = Rule("Latin names", "Says a shortened Latin name or an initial without a break at its dot.", _find)
