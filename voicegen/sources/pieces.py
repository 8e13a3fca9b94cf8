"""Pieces: what every reader hands over, a flat run of headings, boxes and blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from voicegen.model.document import Block, Callout, Paragraph, Run, Text, Urgency, texts, words
from voicegen.sources.inline import joined


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the source has it. `rank` is 1 for h1; only which of two is higher counts."""

    text: Text
    rank: int


@dataclass(frozen=True, slots=True)
class Box:
    """A box set apart (care card, warning), before it is known whether its heading opens a section."""

    urgency: Urgency
    pieces: tuple[Placed, ...]
    heading: Heading | None = None
    label: Text | None = None

    def callout(self) -> Callout:
        """The box as a block."""
        return Callout(
            self.urgency, blocks_only(self.pieces), self.label, self.heading.text if self.heading else None
        )


Piece = Heading | Box | Block


class Placed(NamedTuple):
    """A piece and the place in the source that staff can find it at."""

    piece: Piece
    where: str


def plain(piece: Piece) -> str:
    """All words of a piece, parted by single spaces."""
    if isinstance(piece, Box):
        outer = [text.plain for text in (piece.label, piece.heading.text if piece.heading else None) if text]
        return " ".join([*outer, *(plain(placed.piece) for placed in piece.pieces)])
    if isinstance(piece, Heading):
        return piece.text.plain
    said = piece.text.plain if isinstance(piece, Paragraph) else words((piece,))
    return " ".join(said.split())


def runs_of(piece: Piece) -> list[Run]:
    """Every run of text in a piece."""
    parts = (
        (piece.text,) if isinstance(piece, Heading) else (piece.callout() if isinstance(piece, Box) else piece,)
    )
    return [run for text in texts(parts) for run in text.runs]


def link_share(piece: Piece) -> float:
    """Share of the characters that stand in links."""
    runs = runs_of(piece)
    total = sum(len(run.text) for run in runs)
    return sum(len(run.text) for run in runs if run.href) / total if total else 0.0


def blocks_only(pieces: Iterable[Placed]) -> tuple[Block, ...]:
    """Pieces for a place that can hold no sections (an item, a cell): headings become bold paragraphs."""
    result: list[Block] = []
    for piece, _ in pieces:
        if isinstance(piece, Heading):
            result.append(Paragraph(Text(tuple(replace(run, strong=True) for run in piece.text.runs))))
        else:
            result.append(piece.callout() if isinstance(piece, Box) else piece)
    return tuple(result)


def text_of(pieces: Iterable[Placed]) -> Text:
    """All texts of the pieces as one, for a heading or caption that holds more than plain text."""
    found: list[Text] = []
    for piece, _ in pieces:
        found.extend([piece.text] if isinstance(piece, Heading) else texts(blocks_only([Placed(piece, "")])))
    return joined(found)


def outranks(piece: Piece, heading: Heading) -> bool:
    """Whether `piece` is a heading that ends the section which `heading` opens."""
    return isinstance(piece, Heading) and piece.rank <= heading.rank


def letters_of(text: str) -> str:
    """The letters and digits of a text alone: enough to know a title again, not to tell two sentences apart."""
    return "".join(character for character in text.casefold() if character.isalnum())
