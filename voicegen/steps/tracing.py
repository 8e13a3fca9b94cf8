"""Where each piece that was read stands among the words of its source; what is left over was lost.

Every letter of the source can be claimed once. Whole paragraphs are found first, the longest first; then, in what
is left, pieces between any marks (a deletion inside a sentence parts the sentence in two, which meet again when
the deletion has been claimed); at last, letter by letter in order, what differs. So a word that was dropped,
doubled or moved inside its sentence leaves its own letters in the source unclaimed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate

from voicegen.steps.visible_words import Edge, Visible

_FREE = re.compile(b"\0+")
_HEADS = (16, 4, 1)
"""Lengths of the beginnings by which places for a piece are looked up."""
_MOST_TRIED = 64
"""Places that are tried for one piece: more of them begin alike only on a page that is made to take time."""
_MOST_ROUNDS = 4
_MOST_COMPARED = 2_000_000
"""Pairs of letters that are compared where pieces differ from their source: beyond it the page is refused."""
_LIKE = 0.6
"""Share of a piece's letters that must be found in order for the piece to be taken for that text."""


@dataclass(slots=True)
class Piece:
    """Something that was read, by its letters."""

    letters: str
    line: int = 0
    """The line of the source that its reader names; 0 where it names none."""
    ranges: list[tuple[int, int]] = field(default_factory=list)
    """The places in the source's letters that it was found at, in order; empty where it was not found."""


class Trace:
    """The source's letters and the pieces that claimed them."""

    def __init__(self, visible: Visible) -> None:
        self.visible = visible
        self._taken = bytearray(len(visible.letters))

    def free(self) -> list[tuple[int, int]]:
        """The stretches of letters that no piece has claimed, in order."""
        return [found.span() for found in _FREE.finditer(self._taken)]

    @contextmanager
    def without(self, ranges: Iterable[tuple[int, int]]) -> Iterator[None]:
        """Passes over the letters of `ranges` that are free, as long as it lasts."""
        hidden = [(start, end) for start, end in ranges if not self._taken[start]]
        for start, end in hidden:
            self._taken[start:end] = b"\1" * (end - start)
        yield
        for start, end in hidden:
            self._taken[start:end] = bytes(end - start)

    def find(self, pieces: Sequence[Piece], least: Edge) -> None:
        """Finds the places, between such edges at least, of pieces that have none, in letters that are free.

        What is found may bring together what it stood amid, so that is looked for again.
        """
        waiting = [piece for piece in pieces if not piece.ranges]
        for _ in range(_MOST_ROUNDS):
            left = self._fit(waiting, least)
            if len(left) == len(waiting):
                break
            waiting = left

    def find_alike(self, pieces: Sequence[Piece]) -> None:
        """Finds, in order, the letters of pieces that stand nowhere as they are: what is lost stays free."""
        budget = _MOST_COMPARED
        rest = _Rest(self.visible, self.free())
        matcher = SequenceMatcher(None, "", rest.letters, autojunk=False)
        for piece in pieces:
            budget -= len(piece.letters) * len(rest.letters)
            if piece.ranges or not rest.letters or budget < 0:
                continue
            matcher.set_seq1(piece.letters)
            blocks = [block for block in matcher.get_matching_blocks() if block.size]
            if sum(block.size for block in blocks) >= _LIKE * len(piece.letters):
                for block in blocks:
                    self._claim(rest.ranges(block.b, block.b + block.size), piece)
                rest = _Rest(self.visible, self.free())
                matcher.set_seq2(rest.letters)

    def _fit(self, pieces: Sequence[Piece], least: Edge) -> list[Piece]:
        """Claims places that begin and end at such an edge at least; gives the pieces that found none."""
        rest = _Rest(self.visible, self.free())
        left = []
        for piece in sorted(pieces, key=lambda piece: -len(piece.letters)) if rest.letters else pieces:
            at = rest.place_for(piece, least)
            if at < 0:
                left.append(piece)
            else:
                self._claim(rest.ranges(at, at + len(piece.letters)), piece)
        return left

    def _claim(self, ranges: Iterable[tuple[int, int]], piece: Piece) -> None:
        for start, end in ranges:
            self._taken[start:end] = b"\1" * (end - start)
            piece.ranges.append((start, end))


class _Rest:
    """The free letters of a source, closed up."""

    def __init__(self, visible: Visible, free: Sequence[tuple[int, int]]) -> None:
        self._visible = visible
        self._free = free
        self._begins = list(accumulate((end - start for start, end in free), initial=0))
        """Where each free stretch begins among the letters here."""
        self.letters = "".join(visible.letters[start:end] for start, end in free)
        self._edges = bytearray()
        sharpest = Edge.BLOCK
        for start, end in free:
            self._edges += visible.edges[start:end]
            self._edges[start - end] = max(sharpest, visible.edges[start], Edge.PIECE)
            sharpest = Edge(visible.edges[end])
        self._edges.append(Edge.BLOCK)
        self._taken = bytearray(len(self.letters))
        self._heads: dict[tuple[Edge, int], dict[str, list[int]]] = {}

    def ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The places in the source of the letters from `start` to `end`."""
        at = bisect_right(self._begins, start) - 1
        while start < end:
            stop = min(end, self._begins[at + 1])
            shift = self._free[at][0] - self._begins[at]
            yield start + shift, stop + shift
            start, at = stop, at + 1

    def place_for(self, piece: Piece, least: Edge) -> int:
        """The place among the letters here that suits the piece best, then taken; -1 where there is none."""
        size = next((size for size in _HEADS if size <= len(piece.letters)), 0)
        places = self._places(least, size).get(piece.letters[:size], []) if size else []
        best, worth, gone, tried = -1, (0, 0), 0, 0
        for at in places:
            end = at + len(piece.letters)
            if self._taken[at]:
                gone += 1
                continue
            tried += 1
            suits = self.letters.startswith(piece.letters, at) and self._edges[end] >= least
            if suits and self._taken.find(1, at, end) < 0:
                parted = max(self._edges[at + 1 : end], default=0)  # "1/2" is none of two cells "1" and "2"
                here = (parted, abs(self._line(at) - piece.line) if piece.line else 0)
                if best < 0 or here < worth:
                    best, worth = at, here
                if worth == (0, 0):
                    break
            if tried == _MOST_TRIED:
                break
        if gone > _MOST_TRIED:
            places[:] = [at for at in places if not self._taken[at]]
        if best >= 0:
            self._taken[best : best + len(piece.letters)] = b"\1" * len(piece.letters)
        return best

    def _line(self, at: int) -> int:
        (start, _), *_ = self.ranges(at, at + 1)
        return self._visible.line(start)

    def _places(self, least: Edge, size: int) -> dict[str, list[int]]:
        """The places behind such an edge, by the `size` letters that they begin with."""
        if (least, size) not in self._heads:
            found: dict[str, list[int]] = {}
            for at, edge in enumerate(self._edges[:-1]):
                if edge >= least:
                    found.setdefault(self.letters[at : at + size], []).append(at)
            self._heads[least, size] = found
        return self._heads[least, size]
