"""Pieces in reading order → sections within sections, each thing said once. All readers end here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from voicegen.model.document import Block, Callout, Section, Text
from voicegen.sources.headings import bold_headings, headings_with_words, lists_from_headings, without_title
from voicegen.sources.leavings import Leavings
from voicegen.sources.pieces import Box, Heading, Piece, Placed, blocks_only, outranks
from voicegen.sources.repeats import chunks, without_repeats
from voicegen.sources.sitesections import Authors, without_site_sections

Arranged = tuple[tuple[Block, ...], tuple[Section, ...]]


def arranged(
    pieces: Sequence[Placed], title: Text, leavings: Leavings, authors: Authors = Authors.SURE
) -> Arranged:
    """The blocks before the first heading, and the sections. What is not kept goes to `leavings`."""
    flat = headings_with_words(pieces)
    flat = without_title(flat, title, leavings)
    flat = bold_headings(flat)
    flat = without_site_sections(flat, leavings, authors)
    flat = without_repeats(flat, leavings)
    flat = lists_from_headings(flat)
    return _nested(_opened(flat))


def _opened(pieces: list[Placed]) -> Iterator[Heading | Block]:
    """Boxes as callouts, or, where a box with a heading closes a section, as a section of its own.

    What follows a heading belongs to it, so a box in the middle of a section must stay a block there.
    """
    for index, (piece, _) in enumerate(pieces):
        if not isinstance(piece, Box):
            yield piece
        elif piece.heading and not piece.label and _closes(pieces[index + 1 :], piece.heading):
            yield piece.heading
            yield from _by_headings(piece)
        else:
            yield piece.callout()


def _closes(following: Sequence[Placed], heading: Heading) -> bool:
    """Whether nothing more of the section comes after a box with this heading."""
    if not following:
        return True
    piece: Piece = following[0].piece
    if isinstance(piece, Box):
        return piece.heading is not None and not piece.label and piece.heading.rank <= heading.rank
    return outranks(piece, heading)


def _by_headings(box: Box) -> Iterator[Heading | Block]:
    for chunk in chunks(box.pieces):
        first = chunk[0].piece
        if isinstance(first, Heading):
            yield first
        rest = chunk[1:] if isinstance(first, Heading) else chunk
        if rest:
            yield Callout(box.urgency, blocks_only(rest))


@dataclass(slots=True)
class _Node:
    heading: Text
    rank: int
    blocks: list[Block] = field(default_factory=list)
    sections: list[_Node] = field(default_factory=list)


def _nested(pieces: Iterable[Heading | Block]) -> Arranged:
    """Sections by rank: a heading opens a section inside the nearest one before it that has a higher rank.

    The numbers of HTML's headings lie too often (h1 then h5) to be taken as levels.
    """
    root = _Node(Text(()), 0)
    path = [root]
    for piece in pieces:
        if isinstance(piece, Heading):
            while len(path) > 1 and path[-1].rank >= piece.rank:
                path.pop()
            node = _Node(piece.text, piece.rank)
            path[-1].sections.append(node)
            path.append(node)
        else:
            path[-1].blocks.append(piece)
    return tuple(root.blocks), tuple(_section(node, 2) for node in root.sections)


def _section(node: _Node, level: int) -> Section:
    inner = tuple(_section(child, level + 1) for child in node.sections)
    return Section(node.heading, level, tuple(node.blocks), inner)
