"""What was read from a source, each piece with the place in the source's letters that it was found at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from voicegen.model.document import Document, LeftOut, Reason, Run
from voicegen.model.written import in_signs
from voicegen.steps.heard import Heard
from voicegen.steps.lines import clip
from voicegen.steps.spelling import Spelled, letters_of, spelled
from voicegen.steps.tracing import Piece, Trace
from voicegen.steps.visible_words import Edge, Kind, Visible

_LINE = re.compile(r"line (\d+)")
_CUT = "…"
"""What ends program code that a reader shortened."""


@dataclass(slots=True)
class Shown:
    """One Text of the transcript."""

    heard: Heard
    spelled: Spelled
    piece: Piece

    def signs(self, start: int, end: int) -> str:
        """Characters `start` to `end` of the Text in one line, raised digits as such."""
        return " ".join(in_signs(clip(self.heard.text.runs, start, end)).split())

    def in_source(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The letters of the source that the words from character `start` to `end` of the Text were found in."""
        starts = [*self.spelled.starts, len(self.spelled.letters)]
        first = bisect_right(self.spelled.ends, start)
        last = bisect_left(self.spelled.begins, max(end, start + 1))
        begin, stop, passed = starts[first], starts[max(first, last)], 0
        for from_, to in self.piece.ranges:
            left, right = max(begin - passed, 0), min(stop - passed, to - from_)
            if left < right:
                yield from_ + left, from_ + right
            passed += to - from_


class Found:
    """A source's words, and what was read of them."""

    def __init__(self, document: Document, heard: Sequence[Heard], visible: Visible) -> None:
        self.document, self.visible = document, visible
        self.shown = [_shown(one, visible.counts_anew) for one in heard]
        self.left = [
            Piece(letters_of(left.text), _line_of(left)) for left in document.left_out if not is_cut(left)
        ]
        number = document.title.number
        self._title = [one.piece for one in self.shown if one.heard.text.number == number]
        self._others = [one.piece for one in self.shown if one.heard.text.number != number] + self.left
        self.trace = self._find((self._others, self._title), Edge.BLOCK, Edge.PIECE)
        both = (self._others + self._title,)
        for order, edges in (  # where texts repeat each other, what is found first decides
            ((self._others, self._title), (Edge.PIECE,)),
            (both, (Edge.BLOCK, Edge.PIECE)),
            (both, (Edge.PIECE,)),
        ):
            if not self._is_missing():
                return
            self.trace = self._find(order, *edges)
        if self._is_missing():  # a cell "1" may have been found in the typed number of an item
            self.trace = self._find((self._others, self._title), Edge.BLOCK, Edge.PIECE, markers_last=True)
        if self._is_missing():
            self.trace = self._find((self._others, self._title), Edge.BLOCK, Edge.PIECE)
            self.trace.find_alike(self._others)

    def _find(self, order: Sequence[list[Piece]], *edges: Edge, markers_last: bool = False) -> Trace:
        """Finds every piece anew. The title may repeat what stands elsewhere: mostly it takes what is left.

        `markers_last`: the typed signs of items are for what is found nowhere else.
        """
        trace = Trace(self.visible)
        for pieces in order:
            for piece in pieces:
                piece.ranges.clear()
        with trace.without(self._of(Kind.UNSHOWN)):
            with trace.without(self._of(Kind.MARKER) if markers_last else ()):
                for edge in edges:
                    for pieces in order:
                        trace.find(pieces, edge)
            for edge in edges:
                for pieces in order:
                    trace.find(pieces, edge)
            with trace.without(self._of(Kind.MARKER)):  # the numbers of a list stand amid its items
                trace.find(self._others + self._title, Edge.PIECE)
        trace.find(self._others + self._title, Edge.PIECE)  # what is program code shows all its marks
        return trace

    def _of(self, kind: Kind) -> Iterator[tuple[int, int]]:
        """The letters of all words of a kind."""
        ends = chain(islice(self.visible.starts, 1, None), (len(self.visible.letters),))
        for start, end, own in zip(self.visible.starts, ends, self.visible.kinds, strict=False):
            if own == kind:
                yield start, end

    def _is_missing(self) -> bool:
        return any(self.visible.kinds[word] == Kind.WORD for word in self.free_words())

    def free_words(self) -> Iterator[int]:
        """The numbers of the source's words that have letters which were found in nothing that was read."""
        for start, end in self.trace.free():
            yield from self.visible.words_in(start, end)

    def line(self, one: Shown, start: int) -> int:
        """The line of the source that a character of a Text stands in; 0 where it is not in the source."""
        place = next(one.in_source(start, start + 1), None) or next(iter(one.piece.ranges), None)
        return self.visible.line(place[0]) if place else 0


def _shown(heard: Heard, counts_anew: bool) -> Shown:
    by_letters = spelled("".join(_as_written(run, counts_anew) for run in heard.text.runs))
    return Shown(heard, by_letters, Piece(by_letters.letters))


def _as_written(run: Run, counts_anew: bool) -> str:
    """A run's characters; blanks instead of the number that Markdown gives to a note."""
    made = counts_anew and run.position == "note" and run.href.startswith("#fn")
    return " " * len(run.text) if made else run.text


def is_cut(left: LeftOut) -> bool:
    """Whether a piece is program code of which its reader kept only the beginning."""
    return left.reason is Reason.CODE and left.text.endswith(_CUT)


def _line_of(left: LeftOut) -> int:
    found = _LINE.search(left.where)
    return int(found[1]) if found else 0
