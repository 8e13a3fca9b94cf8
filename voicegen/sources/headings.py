"""Headings that the markup does not name, and headings that it names wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from voicegen.model.document import Item, ItemList, Paragraph, Reason, Text
from voicegen.sources.leavings import Leavings
from voicegen.sources.pieces import Heading, Piece, Placed, letters_of, outranks, plain

BOLD_RANK = 7
"""The rank of a bold line that serves as a heading: below h6."""

_LONGEST_BOLD = 80
_FEWEST = 3
"""Headings in a row with nothing under them that make a list."""


def headings_with_words(pieces: Sequence[Placed]) -> list[Placed]:
    """The pieces, with "headings" of digits and signs only (a figure set large) as paragraphs."""
    return [
        Placed(Paragraph(piece.text), where)
        if isinstance(piece, Heading) and not any(character.isalpha() for character in piece.text.plain)
        else Placed(piece, where)
        for piece, where in pieces
    ]


def without_title(pieces: list[Placed], title: Text, leavings: Leavings) -> list[Placed]:
    """Without what only says the title again before anything else is said."""
    letters = letters_of(title.plain)
    kept: list[Placed] = []
    for index, placed in enumerate(pieces):
        piece = placed.piece
        if letters and isinstance(piece, Heading | Paragraph) and letters_of(piece.text.plain) == letters:
            leavings.add(piece.text.plain, Reason.REPEATED, placed.where)
            continue
        kept.append(placed)
        if isinstance(piece, Heading):
            return kept + pieces[index + 1 :]
    return kept


def bold_headings(pieces: list[Placed]) -> list[Placed]:
    """Bold lines as headings, where the page uses at least two in that way.

    A line that ends with a colon is the caption of the list below it and stays a paragraph.
    """
    found = {
        index
        for index, (placed, following) in enumerate(pairwise(pieces))
        if _is_bold_line(placed.piece)
        and not isinstance(following.piece, Heading)
        and not _is_bold_line(following.piece)
    }
    if len(found) < 2:
        return pieces
    return [
        Placed(Heading(piece.text, BOLD_RANK), where)
        if index in found and isinstance(piece, Paragraph)
        else Placed(piece, where)
        for index, (piece, where) in enumerate(pieces)
    ]


def _is_bold_line(piece: Piece) -> bool:
    if not isinstance(piece, Paragraph):
        return False
    line = piece.text.plain.strip()
    bold = all(run.strong or not run.text.strip() for run in piece.text.runs)
    worded = any(character.isalpha() for character in line)
    return bold and worded and 2 < len(line) <= _LONGEST_BOLD and line[-1] not in ".:;,。：،।…"


def lists_from_headings(pieces: list[Placed]) -> list[Placed]:
    """Three or more headings of one rank in a row with nothing under any of them are a list in disguise."""
    result: list[Placed] = []
    index = 0
    while index < len(pieces):
        end = _end_of_row(pieces, index)
        heads = [piece for piece, _ in pieces[index:end] if isinstance(piece, Heading)]
        if index and len(heads) >= _FEWEST and (end == len(pieces) or outranks(pieces[end].piece, heads[0])):
            items = tuple(Item((Paragraph(heading.text),)) for heading in heads)
            result.append(Placed(ItemList(items), pieces[index].where))
        else:
            result.extend(pieces[index:end])
        index = end
    return result


def _end_of_row(pieces: list[Placed], index: int) -> int:
    """The end of the row of headings of one rank that begins at `index`; at least one piece further."""
    first, end = pieces[index].piece, index + 1
    while isinstance(first, Heading) and end < len(pieces):
        piece = pieces[end].piece
        if not isinstance(piece, Heading) or piece.rank != first.rank:
            break
        end += 1
    return end


def with_kickers_below(pieces: list[Placed], kickers: set[int]) -> list[Placed]:
    """The pieces, with each small line that is set above a heading moved under it, into its section."""
    result = list(pieces)
    for index in sorted(kickers):
        if index + 1 < len(result) and isinstance(result[index + 1].piece, Heading) and plain(result[index].piece):
            result[index], result[index + 1] = result[index + 1], result[index]
    return result
