"""Braille as it was published, read cell by cell, and compared with what the page shows.

The cells are read back into words by the table where it can do that, and every line's words must be among them in
order. Where a table is made for one direction only, or reads a word otherwise than it was written, the cells that
the word is written with must be there.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from voicegen.errors import MissingPartError
from voicegen.formats import _liblouis
from voicegen.formats._braille_files import Published, read_brf, read_pef
from voicegen.formats._braille_rows import BLANK, KEEP, is_divided, numeral
from voicegen.formats._braille_tables import READ_BACK, table
from voicegen.formats._braille_text import Writer
from voicegen.formats._liblouis import Liblouis
from voicegen.formats._verified import PublishedLine, PublishedTimeline, timeline_of

NEAR_WORDS, NEAR_CELLS = 3, 12
"""How far apart words of one line may stand, for signs that are read as words, or only depend on words around."""
_BEFORE = re.compile("(?:[⠘⠨⠸⠈][⠂⠆⠶]|[⠠⠘⠨⠸⠐⠰⠼])*")
_AFTER = re.compile("(?:[⠘⠨⠸⠈⠠]⠄)+\\Z")
"""Cells that tell of capitals, emphasis, letters and numbers; they depend on the words around, too."""
_MARKS = "".join(filter(lambda sign: unicodedata.category(sign)[0] == "M", map(chr, range(0x0300, 0x3100))))
"""Vowels and accents that are signs of their own, in every script up to Japanese."""
_WORD = re.compile(rf"\d+(?:[.,٫]\d+)*|[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")


def troubles(folder: Path) -> Iterator[str]:
    """What is wrong with the two files. Raises PublicationError where one can't be read at all."""
    timeline = timeline_of(folder)
    paths = [folder / f"{timeline.page}{ending}" for ending in (".brf", ".pef")]
    missing = [path for path in paths if not path.is_file()]
    if missing:
        if len(missing) == 1 or table(timeline.lang, 1, {}):
            yield f"{missing[0].name} is missing"
        return
    published, pages = read_pef(paths[1]), read_brf(paths[0])
    shape = [*_shape(paths[1].name, published)]
    yield from shape
    if [list(map(_bare, page)) for page in published.pages] != [list(map(_bare, page)) for page in pages]:
        yield f"{paths[0].name} and {paths[1].name} do not have the same cells"
    if not shape:
        yield from _words(paths[0].name, published, timeline)


def _bare(row: str) -> str:
    return row.rstrip(BLANK)


def _shape(name: str, published: Published) -> Iterator[str]:
    """Rows and pages that are not as the file says, and pages without their number."""
    if not published.tables:
        yield f"{name}: it does not name its table"
    for number, page in enumerate(published.pages, start=1):
        if len(page) != published.lines:
            yield f"{name}: page {number} has {len(page)} rows, not {published.lines}"
        elif not page[-1].endswith(BLANK + numeral(number)) or page[-1].strip(BLANK) != numeral(number):
            yield f"{name}: page {number} does not have its number in the last row"
        for row in page:
            if len(row) > published.cells:
                yield f"{name}: a row of page {number} has {len(row)} cells, more than {published.cells}"
            if not all(BLANK <= cell <= "\u283f" for cell in row):
                yield f"{name}: a row of page {number} has signs that are no cells of six dots"


def _words(name: str, published: Published, timeline: PublishedTimeline) -> Iterator[str]:
    """Lines whose words are not all there, in order; nothing where liblouis is not here to tell."""
    try:
        _liblouis.part()
    except MissingPartError:
        return
    with Liblouis(timeline.page) as louis:
        reader = _Reader(louis, published, timeline.lang)
        for line in timeline.lines:
            if line.shown and not reader.has(line):
                yield f"{name}: not all words of {line.shown[:80]!r} are in it"


class _Reader:
    """Looks for lines in the text of a page, one after the other."""

    def __init__(self, louis: Liblouis, published: Published, lang: str) -> None:
        self._louis, self._lang, self._tables = louis, lang, published.tables
        own = published.tables[0]
        self._writer = Writer(louis, lang, own, {})
        self._cells = ""
        self._words: list[str] = []
        self._words_before: list[int] = []
        self._cells_before: list[int] = []
        """For each row: how many words, and cells, stand before it."""
        text = [row for page in published.pages[published.text :] for row in page[:-1]]
        for row in _joined(text, published.cells):
            self._words_before.append(len(self._words))
            self._cells_before.append(len(self._cells))
            self._cells += row.replace(BLANK, "")
            self._words += _plain_words(louis.back(own, row)) if own in READ_BACK else []
        self._word = self._cell = 0

    def has(self, line: PublishedLine) -> bool:
        """Whether the line comes next: its words, read back, or the cells that it is written with."""
        end = self._reads(line.shown)
        if end >= 0:
            self._word = end
            row = bisect_left(self._words_before, end) - 1  # what is passed here is passed among the cells, too
            self._cell = max(self._cell, self._cells_before[row])
            return True
        end = self._holds(line)
        if end >= 0:
            self._cell = end
            row = bisect_left(self._cells_before, end) - 1
            self._word = max(self._word, self._words_before[row])
        return end >= 0

    def _reads(self, shown: str) -> int:
        """Where the words end that come next among those read back; -1 where they don't come."""
        first, *others = _plain_words(shown) or [""]
        for start in self._places(first):
            end = start
            for word in others:
                near = self._words[end : end + NEAR_WORDS]
                if word not in near:
                    break
                end += near.index(word) + 1
            else:
                return end
        return -1

    def _places(self, word: str) -> Iterator[int]:
        """Where the word ends, each time that it comes."""
        at = self._word
        with contextlib.suppress(ValueError):  # no more of it
            while True:
                at = self._words.index(word, at) + 1
                yield at

    def _holds(self, line: PublishedLine) -> int:
        """Where the cells end that the line is written with; -1 where they don't come.

        Signs that depend on the words around are left out of it: the words are looked for as the whole line writes
        them, then each by itself, then each without the signs around it.
        """
        written = self._writer.words(line.shown, line.lang).replace(KEEP, BLANK)
        whole = ([cells] for cells in written.split(BLANK))
        single = (self._ways(word, line.lang) for word in line.shown.split())
        bare = (self._ways(word, line.lang) for word in _WORD.findall(line.shown))
        found = (self._found(list(ways), self._cell) for ways in (whole, single, bare))
        return next((end for end in found if end >= 0), -1)

    def _found(self, words: Sequence[Sequence[str]], at: int) -> int:
        """Where the last of the words ends, each written in one of several ways; -1 where they are not there."""
        first, *others = [[_core(cells.replace(BLANK, "")) for cells in ways] for ways in words] or [[]]
        for cells in first:
            start = self._cells.find(cells, at)
            while start >= 0:
                end = start + len(cells)
                for ways in others:
                    ends = (self._end_near(way, end) for way in ways)
                    end = min((place for place in ends if place >= 0), default=-1)
                    if end < 0:
                        break
                else:
                    return end
                start = self._cells.find(cells, start + 1)
        return -1

    def _end_near(self, cells: str, at: int) -> int:
        start = self._cells.find(cells, at, at + len(cells) + NEAR_CELLS)
        return start + len(cells) if start >= 0 else -1

    def _ways(self, word: str, lang: str) -> list[str]:
        """The cells of one word, in its own language and by every table of the file."""
        others = (Writer(self._louis, self._lang, name, {}).words(word) for name in self._tables)
        found = dict.fromkeys([self._writer.words(word, lang), *others])
        return [cells.replace(KEEP, BLANK) for cells in found]


def _core(cells: str) -> str:
    before = _BEFORE.match(cells)
    inner = _AFTER.sub("", cells[before.end() if before else 0 :])
    return inner or cells


def _joined(rows: Sequence[str], width: int) -> Iterator[str]:
    """The rows; what was divided at the end of a row is whole again, lines around boxes are left out."""
    begun = ""
    for row in map(_bare, rows):
        inner = row.strip(BLANK)
        if len(set(inner)) == 1 and len(row) == width:
            continue
        begun += inner
        if is_divided(row, width):
            begun = begun[:-1]
        elif begun:
            yield begun
            begun = ""
    if begun:
        yield begun


def _plain_words(text: str) -> list[str]:
    """The words and numbers of a text, without what braille codes leave open, such as kinds of quotation marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)
    return _WORD.findall(digits)
