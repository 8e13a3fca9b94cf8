"""Every word of a source with its line, as one string of letters that pieces of text can be looked for in.

What is a word is told by nothing but letters and white space. The pass shares nothing with the readers.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from html import unescape
from itertools import accumulate
from sys import intern

from voicegen.steps.spelling import letters_of, spelled


class Edge(IntEnum):
    """How sharply two neighbouring letters are parted."""

    NONE = 0
    PIECE = 1
    """By markup inside a paragraph."""
    BLOCK = 2
    """By the end of a paragraph, cell or line."""


class Kind(IntEnum):
    """What a word is."""

    WORD = 0
    MARKER = 1
    """The sign of a typed list item that is a number or a letter."""
    NO_TEXT = 2
    """In a `template`; or what only a browser shows that can't show the film, frame or object around it; or the
    number of an empty item in Markdown."""
    UNSHOWN = 3
    """A mark of Markdown with letters, such as a link's address: shown only where it stands in program code."""


@dataclass(slots=True)
class Visible:
    """The words of a source, in its order."""

    letters: str = ""
    """The letters of all words (see `voicegen.steps.spelling`)."""
    words: list[str] = field(default_factory=list)
    """As they are written."""
    starts: array[int] = field(default_factory=partial(array, "L"))
    """Where each word begins in `letters`."""
    lines: array[int] = field(default_factory=partial(array, "L"))
    """The line of the source that each word stands in, from 1."""
    kinds: bytearray = field(default_factory=bytearray)
    """The Kind of each word."""
    edges: bytearray = field(default_factory=lambda: bytearray(1))
    """The Edge before each letter, and after the last one."""
    signs: dict[int, str] = field(default_factory=dict)
    """The signs that belong to a digit, by its place in `letters`, in that order."""
    signed: list[int] = field(default_factory=list)
    """The places of those digits, in order."""
    numbers_typed: bool = False
    """Whether every number of an item is typed in the source, as it is not in HTML."""
    counts_anew: bool = False
    """Whether typed numbers of items are only signs, which the items' own numbers need not repeat (Markdown)."""

    def word(self, at: int) -> int:
        """The number of the word that a letter belongs to."""
        return bisect_right(self.starts, at) - 1

    def words_in(self, start: int, end: int) -> range:
        """The numbers of the words that letters from `start` to `end` belong to."""
        return range(self.word(start), self.word(end - 1) + 1)

    def signs_in(self, start: int, end: int) -> list[int]:
        """The places from `start` to `end` of the digits that have signs."""
        return self.signed[bisect_left(self.signed, start) : bisect_left(self.signed, end)]

    def line(self, at: int) -> int:
        """The line that a letter stands in."""
        return self.lines[self.word(at)]


_MARKER = re.compile(r"\s*(?:\(?\d{1,3}[.)](?!\d|[-–—]\d)|[①-⑳]|[o§ü](?=\s))(?=\s*\S)")
"""What opens a line that its author means as an item: a number, or what Word's bullets become as plain text."""
_EMPTY_ITEM = re.compile(r"\s*\d{1,9}[.)]\s*\Z")
"""An item of a Markdown list that is empty."""
HIDDEN, SHOWN = "\ue000", "\ue001"
"""Put around what is not shown where it stands; private code points (Unicode, section 23.5)."""
_MOST_FALLBACK = 100
"""Words: in a film or frame that was never closed, half a page would be taken for a fallback."""


class Gathered:
    """Words while they are gathered, paragraph by paragraph."""

    def __init__(self, source: str, *, counts_anew: bool = False, plain: Callable[[str], str] = unescape) -> None:
        """Takes the whole source, and what makes signs of its character references ("&amp;")."""
        self._source, self._plain = source, plain
        self.counts_anew = counts_anew
        self._line, self._counted = 1, 0
        self._nodes: list[tuple[str, int, Kind]] = []
        """The pieces of the paragraph, the line that each begins in, and what their words are."""
        self._letters: list[str] = []
        self._length = 0
        self._found = Visible(counts_anew=counts_anew, numbers_typed=counts_anew)
        self._boundaries: list[int] = []
        """Where the second and later pieces begin in it, in characters."""
        self._fallbacks, self._fallback_start = 0, 0

    def visible(self) -> Visible:
        """All that was gathered."""
        self._found.letters = "".join(self._letters)
        self._found.signed = sorted(self._found.signs)
        return self._found

    def text(self, characters: str, at: int, kind: Kind = Kind.WORD) -> None:
        """Adds text that stands at `at` of the source to the paragraph."""
        if characters:
            self._line += self._source.count("\n", self._counted, at)
            self._counted = at
            self._nodes.append((self._plain(characters) if "&" in characters else characters, self._line, kind))

    def in_lines(self, characters: str, at: int, signs: re.Pattern[str], cells: str = "\n") -> None:
        """Adds text whose lines are paragraphs, and whose `signs` (one group) part pieces of them."""
        hidden = False
        for block in re.split(f"([{re.escape(cells)}{HIDDEN}{SHOWN}])", characters):
            if block in (HIDDEN, SHOWN):
                hidden = block == HIDDEN
            elif block and block in cells and not hidden:
                self.flush()
            for piece in signs.split(block):
                self.text(piece, at, Kind.UNSHOWN if hidden else Kind.WORD)
                at += len(piece)

    def flush(self) -> None:
        """Ends the paragraph."""
        joined = "".join(text for text, _, _ in self._nodes)
        if not joined or joined.isspace():
            self._nodes = []
            return
        self._boundaries = list(accumulate(len(text) for text, _, _ in self._nodes))[:-1]
        opening = _MARKER.match(joined)
        if self.counts_anew and _EMPTY_ITEM.match(joined):
            self._add(joined, 0, len(joined), Kind.NO_TEXT)
            self._nodes = []
            return
        if opening:
            self._add(joined, 0, opening.end(), Kind.MARKER)
        self._add(joined, opening.end() if opening else 0, len(joined), Kind.WORD)
        self._nodes = []

    def enter(self) -> None:
        """Goes into an element whose text is a fallback."""
        self.flush()
        if not self._fallbacks:
            self._fallback_start = len(self._found.words)
        self._fallbacks += 1

    def leave(self, name: str) -> None:
        """Leaves it: only now, with its end tag seen, are its words known for what they are."""
        self.flush()
        self._fallbacks = max(0, self._fallbacks - 1)
        count = len(self._found.words) - self._fallback_start
        if not self._fallbacks and (name == "template" or count <= _MOST_FALLBACK):
            self._found.kinds[self._fallback_start :] = bytes((Kind.NO_TEXT,)) * count

    def _add(self, joined: str, begin: int, end: int, kind: Kind) -> None:
        """Adds the characters of the paragraph from `begin` to `end`, with sharp edges around them."""
        part, found, base = spelled(joined[begin:end]), self._found, self._length
        if not part.letters:
            return
        self._letters.append(part.letters)
        self._length += len(part.letters)
        found.edges[base] = Edge.BLOCK
        found.edges.extend(bytes(len(part.letters) - 1) + bytes((Edge.BLOCK,)))
        found.signs.update((base + at, sign) for at, sign in part.signs.items())
        found.starts.extend(base + start for start in part.starts)
        places = [(start + begin, stop + begin) for start, stop in zip(part.begins, part.ends, strict=True)]
        found.words.extend(intern(joined[start:stop]) for start, stop in places)
        for line, own in self._told_of(joined, places):
            found.lines.append(line)
            found.kinds.append(own if own is Kind.UNSHOWN else kind)
        for boundary in self._boundaries:
            word = bisect_right(places, (boundary, 0)) - 1
            if word >= 0 and boundary < end:
                start, stop = places[word]
                at = base + part.starts[word] + len(letters_of(joined[start : min(boundary, stop)]))
                found.edges[at] = max(found.edges[at], Edge.PIECE)

    def _told_of(self, joined: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, Kind]]:
        """The line of each word of the paragraph, and what its piece is."""
        node, counted = 0, 0
        _, line, kind = self._nodes[0]
        for start, _ in places:
            while node < len(self._boundaries) and self._boundaries[node] <= start:
                counted, node = self._boundaries[node], node + 1
                _, line, kind = self._nodes[node]
            line += joined.count("\n", counted, start)
            counted = start
            yield line, kind


_PARTS = re.compile(r"((?:[:：\t|│┃¦]|[ \u00a0]{2})+)")
"""What parts the pieces of a line of plain text: its columns, too."""


def text_words(source: str) -> Visible:
    """The words of a plain text."""
    gathered = Gathered(source, plain=str)
    gathered.in_lines(source, 0, _PARTS)
    gathered.flush()
    found = gathered.visible()
    found.numbers_typed = True
    return found
