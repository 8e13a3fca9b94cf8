"""Texts as braille cells: each passage by the table of its language, with signs for emphasis where there are any.

Cells are characters of Unicode's braille patterns; the blank one (U+2800) stands between words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voicegen.formats._braille_numbers import WITH_NUMBER, WRITTEN_APART, Numbers
from voicegen.formats._braille_signs import plain, substitute, written_otherwise
from voicegen.formats._braille_tables import LATIN, OTHER_SCRIPTS, table, table_of_script
from voicegen.formats._liblouis import Liblouis
from voicegen.formats._written import as_written
from voicegen.formats.words import words_for
from voicegen.model.document import Run, Text

BLANK = "\u2800"
HYPHEN = "-"
"""It has the same cell in every code (dots 36), also where a table forgets it (Italian in liblouis 3.24)."""
_LETTERS_OR_ONE = re.compile(r"[^\W\d_]+|.", re.DOTALL)
"""Words, and every other sign by itself."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BLANKS = re.compile(f"{BLANK}+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in one table."""

    text: str
    table: str
    bold: bool = False
    italic: bool = False


class Writer:
    """Writes the texts of one page."""

    def __init__(self, louis: Liblouis, lang: str, own: str, chosen: Mapping[str, str]) -> None:
        """`own` is the table of the page's language, `chosen` the user's own tables by language."""
        self._louis, self._lang, self._own, self._chosen = louis, lang, own, chosen
        self._is_other_script = lang.split("-")[0].lower() in OTHER_SCRIPTS
        words = words_for(lang)
        self._signs: Mapping[str, str] = {} if words.foreign else words.texts.get("braille_signs", {})
        self._numbers = Numbers(louis)
        self.tables: dict[str, None] = {own: None}
        """All that were used, in order."""

    def text(self, text: Text) -> str:
        """A text of the page."""
        passages = (self._passage(run) for run in text.runs)
        return self._cells([part for passage in passages for part in self._known(passage)])

    def words(self, words: str, lang: str = "") -> str:
        """Words without markup, of the page's language if not told otherwise."""
        return self.text(Text((Run(words, lang=lang),)))

    def passages(self, words: str, lang: str) -> list[Passage]:
        """Words in a language, in parts that their tables know whole."""
        return list(self._known(self._passage(Run(words, lang=lang))))

    def _passage(self, run: Run) -> Passage:
        """A run; in another language than the page's, without contractions, which its readers may not know."""
        other = run.lang and run.lang.split("-")[0].lower() != self._lang.split("-")[0].lower()
        name = (table(run.lang, 1, self._chosen) if other else "") or self._own
        return Passage(plain(as_written(run)), name, run.strong, run.em)

    def _known(self, passage: Passage) -> Iterator[Passage]:
        """The passage in parts that their tables have cells for."""
        own = passage.table
        text = written_otherwise(passage.text, lambda signs: bool(self._louis.unknown(own, signs)))
        if own == self._own:
            text = "".join(f" {self._signs[sign]} " if sign in self._signs else sign for sign in text)
        unknown = self._louis.unknown(own, text)
        parts = _LETTERS_OR_ONE.findall(text)
        for name, group in groupby(parts, lambda part: self._by_script(part, own, unknown)):
            for known in self._other(replace(passage, text="".join(group)), name):
                yield from _numbers_apart(known)

    def _by_script(self, part: str, own: str, unknown: frozenset[str]) -> str:
        """The table for a word or sign: `own`, or that of its script; none where it must be written otherwise."""
        if not unknown.intersection(part):
            return own
        name = table_of_script(part[0])
        if name == LATIN and not self._is_other_script:
            return ""  # a Spanish page has one Latin code: ç becomes c
        return name if name not in {"", own} and not self._louis.unknown(name, part) else ""

    def _other(self, passage: Passage, name: str) -> Iterator[Passage]:
        """The passage by the table `name`; where it has none, its unknown signs are written otherwise."""
        if name:
            yield replace(passage, table=name)
            return
        for sign in passage.text:
            if not self._louis.unknown(passage.table, sign):
                yield replace(passage, text=sign)
                continue
            other = HYPHEN if sign == HYPHEN else substitute(sign)
            found = next((each for each in (passage.table, LATIN) if not self._louis.unknown(each, other)), "")
            if found:
                yield replace(passage, text=other, table=found)
            else:  # its own signs are written otherwise in turn; names, at the end, are plain letters
                yield from self._other(replace(passage, text=other), "")

    def _cells(self, passages: Sequence[Passage]) -> str:
        """The passages as cells; neighbours by one table are translated together."""
        parts: list[str] = []
        before = ""
        for name, group in groupby(passages, lambda passage: passage.table):
            signs = [(sign, part.bold, part.italic) for part in group for sign in part.text]
            text = "".join(sign for sign, _, _ in signs)
            for number in _NUMBER.finditer(text):  # emphasis on a part of it would break it in two
                inside = signs[number.start() : number.end()]
                emphasis = any(sign[1] for sign in inside), any(sign[2] for sign in inside)
                signs[number.start() : number.end()] = [(sign[0], *emphasis) for sign in inside]
            for gap in sorted(self._numbers.gaps(name, text), reverse=True):
                signs.insert(gap, (" ", *signs[gap - 1][1:]))
            if before[-1:].isdigit() and text[:1].isalpha():
                parts.append(BLANK)  # by two tables, nothing would end the number
            before = text
            if not text.strip():
                parts.append(BLANK if text else "")
                continue
            self.tables[name] = None
            text, bold, italic = "".join(sign[0] for sign in signs), [s[1] for s in signs], [s[2] for s in signs]
            parts.append(self._louis.translate(name, text, bold, italic))
        return _BLANKS.sub(BLANK, "".join(parts)).strip(BLANK)


def _numbers_apart(passage: Passage) -> Iterator[Passage]:
    """The passage in parts, if its table leaves numbers to another."""
    other = WRITTEN_APART.get(passage.table)
    if not other:
        yield passage
        return
    end = 0
    for found in WITH_NUMBER.finditer(passage.text):
        yield replace(passage, text=passage.text[end : found.start()])
        yield replace(passage, text=found[0], table=other)
        end = found.end()
    yield replace(passage, text=passage.text[end:])
