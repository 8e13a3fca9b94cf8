"""The list of very many pages in parts: by language, then by the first letter, then so many pages at a time.

It is how health libraries are read that are too long for one page: an "A to Z" with a page for each letter. What
stands in a part depends on the pages alone, and a page whose text changes changes the part that it stands in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from voicegen.model.library import Card, Entry

IN_ONE = 500
"""Pages up to which the list is one file: some 250 kB, which can be searched as a whole."""
IN_A_PART = 200
"""Pages in one part."""
LETTERS = 100
"""Letters from which they are no alphabet, as in Chinese: then titles are named in their place."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of one language that follow each other by their titles."""

    path: str
    lang: str
    """The language, as a page of it names it."""
    letter: str
    """With which their titles begin; empty where letters are no help."""
    pages: tuple[int, ...]
    """By their numbers in the library."""
    first: str
    """The title of the first page."""
    last: str
    number: int
    """Which part of its letter it is, from 1."""
    of: int
    """Into how many parts the letter is cut."""


def parts_of(cards: Sequence[Card], lang: str) -> tuple[tuple[Part, ...], ...]:
    """The parts of each language, that of the library (`lang`) first."""
    numbers = sorted(range(len(cards)), key=lambda number: order(cards[number]))
    languages: dict[str, list[int]] = {}
    for number in numbers:
        languages.setdefault(primary(cards[number].lang) or primary(lang), []).append(number)
    own = sorted(languages, key=lambda code: (code != primary(lang), code))
    return tuple(tuple(_parts(cards, code, languages[code])) for code in own)


def _parts(cards: Sequence[Card], code: str, numbers: Sequence[int]) -> Iterator[Part]:
    letters = {number: letter(cards[number].title) for number in numbers}
    if len(set(letters.values())) > LETTERS:
        letters = dict.fromkeys(letters, "")
    by_letter = sorted(numbers, key=lambda number: _rank(letters[number]))  # the order by title is kept in each
    for found, group in groupby(by_letter, key=letters.__getitem__):
        pages = tuple(group)
        cuts = range(0, len(pages), IN_A_PART)
        for at, cut in enumerate(cuts, start=1):
            chosen = pages[cut : cut + IN_A_PART]
            first, last = cards[chosen[0]], cards[chosen[-1]]
            yield Part(
                f"list-{'-'.join(filter(None, (_plain(code), _plain(found), str(at) if at > 1 else '')))}.html",
                first.lang or code,
                found,
                chosen,
                first.title,
                last.title,
                at,
                len(cuts),
            )


def letter(title: str) -> str:
    """The letter that a title is looked for under: without accents, "0–9" for digits, "#" where it has neither."""
    for character in bare(title).upper():
        if character.isalpha():
            return character
        if character.isdigit():
            return "0–9"
    return "#"


def order(page: Card | Entry) -> tuple[str, str]:
    """By title as a reader would look for it: without case and accents; then by folder, to be always the same."""
    return bare(page.title).casefold(), page.id


def bare(title: str) -> str:
    """A title without accents."""
    if title.isascii():
        return title  # as most are, and of thousands each is asked for several times
    return "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))


def primary(lang: str) -> str:
    """The language of a BCP 47 tag without its region and script."""
    return lang.replace("_", "-").split("-")[0].lower()


def _rank(found: str) -> tuple[int, str]:
    """Digits and signs come after the letters, as at the end of an index."""
    return len(found) > 1 or found == "#", found


def _plain(found: str) -> str:
    """A language or a letter as part of a file's name."""
    named = {"0–9": "0", "#": "other"}.get(found, found.lower())
    if re.fullmatch(r"[a-z0-9]*", named):
        return named
    return "".join(c if re.fullmatch("[a-z0-9]", c) else f"u{ord(c):x}" for c in named)
