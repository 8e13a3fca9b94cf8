"""Texts as braille cells: each passage by the table of its language, with signs for emphasis where there are any.

Cells are characters of Unicode's braille patterns; the blank one (U+2800) stands between words, and KEEP between
those that belong in one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from unicodedata import combining

from voicegen.formats._braille_alike import Alike
from voicegen.formats._braille_numbers import WITH_NUMBER, WRITTEN_APART, Numbers
from voicegen.formats._braille_rows import KEEP
from voicegen.formats._braille_signs import plain, substitute, written_otherwise
from voicegen.formats._braille_tables import GREEK, LATIN, OTHER_SCRIPTS, table, table_of_script
from voicegen.formats._liblouis import Liblouis, UnwritableError
from voicegen.formats.words import words_for
from voicegen.model.document import Run, Text
from voicegen.model.written import as_written

BLANK = "\u2800"
HYPHEN = "-"
"""It has the same cell in every code (dots 36), also where a table forgets it (Italian in liblouis 3.24)."""
_LETTERS_OR_ONE = re.compile(r"[^\W\d_]+|.", re.DOTALL)
"""Words, and every other sign by itself."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS = re.compile(" +|[^ ]+")
_PIECES = re.compile(rf"{_NUMBER.pattern}|[^\W\d_]+| +|.", re.DOTALL)
"""Numbers, words, blanks, and every other sign by itself."""
_ENDS_IN_NUMBER = re.compile("[\\d½¼¾⅐-⅞⁰¹²³⁴-⁹%‰°][’'′″]?\\Z")
_OPENS = re.compile(r"[(\[{\"“„«‘‚]")
_SIGNS = re.compile(r"[^\w\s.,;:!?()\[\]{}\"'’“”]+")
_WORD = re.compile(r"\S+")
_BLANKS = re.compile(f"[{BLANK}{KEEP}]+")
_DIGIT = re.compile(r"\d")
LONGEST = 2_000
"""Characters that a table is given at once: the time that English's and German's take with 100,000 points, or
French's with as many letters, grows with the square of their number."""
MOST_WHOLE = 5
"""Texts that may be refused, each after seconds of the processor, before words are given one by one at once."""
MOST_REFUSED = 25
"""Texts of one page that may be refused at all."""
FAR_FROM_NUMBERS = 10
"""Signs after a number after which no code reads a letter as one more digit."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in one table."""

    text: str
    table: str
    bold: bool = False
    italic: bool = False


Sign = tuple[str, bool, bool]
"""A character, whether it is bold, whether it is italic."""


class Writer:
    """Writes the texts of one page."""

    def __init__(self, louis: Liblouis, lang: str, own: str, chosen: Mapping[str, str]) -> None:
        """`own` is the table of the page's language, `chosen` the user's own tables by language."""
        self._louis, self._lang, self._own, self._chosen = louis, lang, own, chosen
        self._is_other_script = lang.split("-")[0].lower() in OTHER_SCRIPTS
        words = words_for(lang)
        self._signs: Mapping[str, str] = {} if words.foreign else words.texts.get("braille_signs", {})
        self._numbers, self._alike = Numbers(louis), Alike(louis)
        self._refused = 0
        """Texts that a table did not come to an end with."""
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
        text = written_otherwise(passage.text, lambda signs: bool(self._unknown(own, signs)))
        if own == self._own:
            text = "".join(f" {self._signs[sign]} " if sign in self._signs else sign for sign in text)
        unknown = self._unknown(own, text)
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
        if name == GREEK and (len(part) == 1 or not all(table_of_script(sign) == GREEK for sign in part)):
            return ""  # "β-blockers" are not b-blockers, and βHCG is no Greek word
        return name if name not in {"", own} and not self._louis.unknown(name, part) else ""

    def _unknown(self, table: str, signs: str) -> frozenset[str]:
        """Those of the signs that the table has no cells for, or only those of another sign."""
        unknown = self._louis.unknown(table, signs)
        known = "".join(sign for sign in signs if sign not in unknown)
        return unknown | self._alike.among(table, known)

    def _other(self, passage: Passage, name: str) -> Iterator[Passage]:
        """The passage by the table `name`; where it has none, its unknown signs are written otherwise."""
        if name:
            yield replace(passage, table=name)
            return
        for sign in passage.text:
            if not self._unknown(passage.table, sign):
                yield replace(passage, text=sign)
                continue
            other = HYPHEN if sign == HYPHEN else substitute(sign)
            found = next((each for each in (passage.table, LATIN) if not self._unknown(each, other)), "")
            if found:
                yield replace(passage, text=other, table=found)
            else:  # its own signs are written otherwise in turn; names, at the end, are plain letters
                yield from self._other(replace(passage, text=other), "")

    def _cells(self, passages: Sequence[Passage]) -> str:
        """The passages as cells; neighbours by one table are translated together."""
        groups = self._groups(passages)
        kept = _kept("".join(sign for _, signs in groups for sign, _, _ in signs))
        parts: list[str] = []
        start = 0
        for name, signs in groups:
            text, bold, italic = "".join(sign[0] for sign in signs), [s[1] for s in signs], [s[2] for s in signs]
            inside = [place - start for place in kept if start <= place < start + len(text)]
            start += len(text)
            if text.strip():
                self.tables[name] = None
                parts.append(self._translated(name, text, bold, italic, inside))
            else:
                parts.append(_blank(bool(inside)) if text else "")
        return _BLANKS.sub(lambda found: _blank(KEEP in found[0]), "".join(parts)).strip(BLANK + KEEP)

    def _groups(self, passages: Sequence[Passage]) -> list[tuple[str, list[Sign]]]:
        """The signs of neighbours by one table, with blanks where letters would be read as digits."""
        made: list[tuple[str, list[Sign]]] = []
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
                signs.insert(0, (" ", False, False))  # by two tables, nothing would end the number
            before = text
            made.append((name, signs))
        return made

    def _translated(
        self, table: str, text: str, bold: Sequence[bool], italic: Sequence[bool], kept: Sequence[int]
    ) -> str:
        """The cells of a text; in smaller pieces where it is long, or the table fails at signs beside each other.

        German's does so at 5..10 and at "6 -@". Raises UnwritableError for a table of eight dots, for what is
        refused and has no smaller pieces, and where too much is refused.
        """
        pieces = [text]
        if len(text) > LONGEST or (" " in text.strip() and self._refused >= MOST_WHOLE):
            pieces = _shorter(text)
        if len(pieces) < 2:
            try:
                return self._louis.translate(table, text, bold, italic, kept)
            except UnwritableError:
                self._refused += 1
                pieces = _shorter(text)
                if len(pieces) < 2 or self._refused > MOST_REFUSED:
                    raise
        parts, start = [], 0
        for piece in pieces:
            end = start + len(piece)
            inside = [place - start for place in kept if start <= place < end]
            if piece.strip():
                parts.append(self._translated(table, piece, bold[start:end], italic[start:end], inside))
            else:
                parts.append(_blank(bool(inside)))
            start = end
        return "".join(parts)


def _shorter(text: str) -> list[str]:
    """A text in pieces: of a long one, as many words as may be given at once; else words, parts of a word, halves.

    No piece ends in or just after a number: a letter that is given alone would be read as one more digit.
    """
    if len(text) > LONGEST:
        return list(_long(text))
    if " " in text.strip():
        return _WORDS.findall(text)
    pieces = [found[0] for found in _PIECES.finditer(text)]
    if len(pieces) < 2 and (cut := _cut(text, len(text) // 2)):
        return [text[:cut], text[cut:]]
    return pieces


def _long(text: str) -> Iterator[str]:
    """A long text in pieces of at most LONGEST, and the blanks between them; more where it can't be cut."""
    start = 0
    while len(text) - start > LONGEST:
        end = text.rfind(" ", start + 1, start + LONGEST)
        if end < 0:
            end = start + _cut(text[start : start + LONGEST + 1], LONGEST)
        if end == start:
            break
        yield text[start:end]
        start = end
        while text[end : end + 1] == " ":
            end += 1
        if end > start:
            yield text[start:end]
        start = end
    yield text[start:]


def _cut(text: str, at: int) -> int:
    """The last place up to `at` where a text without blanks may be cut; 0 where there is none."""
    while at > 0 and (_DIGIT.search(text, max(0, at - FAR_FROM_NUMBERS), at + 1) or combining(text[at])):
        at -= 1
    return at


def _blank(is_kept: bool) -> str:
    return KEEP if is_kept else BLANK


def _kept(text: str) -> list[int]:
    """Where a text has blanks at which no row may end."""
    words = list(_WORD.finditer(text))
    pairs = ((word, after) for word, after in pairwise(words) if _belongs(word[0], after[0]))
    return [place for word, after in pairs for place in range(word.end(), after.start())]


def _belongs(word: str, after: str) -> bool:
    """Whether a row may not end between two words: "0.5 mg", "2 tablets", "10 000", "≤ 5", "3 ½"."""
    if _ENDS_IN_NUMBER.search(word):
        return not _OPENS.match(after)
    return bool(_SIGNS.fullmatch(word) and after[:1].isdigit())


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
