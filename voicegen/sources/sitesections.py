"""Sections and lists that a site adds to its pages: related links, comments, contact, tables of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum

from voicegen.model.document import ItemList, Paragraph, Reason
from voicegen.sources.asides import announces_links
from voicegen.sources.calling import has_contact, is_sentence, tells_to_call
from voicegen.sources.leavings import Leavings
from voicegen.sources.phrases import DOSE, WARNING, reason_of_block, reason_of_section
from voicegen.sources.pieces import Heading, Piece, Placed, link_share, outranks, plain, runs_of

_FEW = 200
_SHORT_TEXT = 60
_RUNNING_TEXT = 120
_MANY = 600
"""Characters under a suspicious heading: so few need no further proof, so many are no furniture."""


class Authors(IntEnum):
    """How likely it is that a section of contacts is its author's and not the site's."""

    UNKNOWN = 0
    """The page does not say where its content ends."""
    LIKELY = 1
    """It stands in what the page calls its content."""
    SURE = 2
    """No site has added anything: Markdown, plain text."""


def without_site_sections(
    pieces: list[Placed], leavings: Leavings, authors: Authors = Authors.UNKNOWN
) -> list[Placed]:
    """The pieces without such sections and lists."""
    kept: list[Placed] = []
    index = 0
    while index < len(pieces):
        piece, where = pieces[index]
        end, reason = index + 1, None
        if isinstance(piece, Heading) and (suspected := reason_of_section(piece.text.plain)):
            while end < len(pieces) and not _ends(suspected, pieces[end].piece, piece):
                end += 1
            body = [part.piece for part in pieces[index + 1 : end]]
            # A heading whose first paragraph is too long for furniture stays with its text.
            bare = not body and end < len(pieces) and not outranks(pieces[end].piece, piece)
            reason = suspected if not bare and _agrees(suspected, body, authors) else None
        elif isinstance(piece, ItemList) and _is_contents(piece):
            reason = Reason.NAVIGATION
        elif isinstance(piece, Paragraph) and plain(piece).endswith((":", "：")):
            reason = _reason_of_announcement(piece)
            if reason and end < len(pieces) and _is_links(pieces[end].piece):
                reason, end = Reason.RELATED, end + 1
        if reason:
            for part in pieces[index:end]:
                leavings.add(plain(part.piece), reason, part.where)
            index = end
        else:
            kept.append(Placed(piece, where))
            index += 1
    return kept


def _ends(reason: Reason, piece: Piece, heading: Heading) -> bool:
    """Whether a suspicious section ends before `piece`: at the next heading, or where text goes on below a box."""
    longest = _SHORT_TEXT if reason is Reason.NAVIGATION else _RUNNING_TEXT
    is_text = isinstance(piece, Paragraph) and len(plain(piece)) > longest and link_share(piece) == 0
    return outranks(piece, heading) or (is_text and reason in (Reason.CONTACT, Reason.FORM, Reason.NAVIGATION))


def _reason_of_announcement(piece: Paragraph) -> Reason | None:
    """Why a line that announces something ("Read more:") is furniture, or None."""
    said = plain(piece)
    section = reason_of_section(said)
    if section is Reason.RELATED or announces_links(said):
        return Reason.RELATED
    return reason_of_block(said)


def _is_links(piece: Piece) -> bool:
    return isinstance(piece, ItemList) and link_share(piece) >= 0.9


def _agrees(reason: Reason, body: Sequence[Piece], authors: Authors) -> bool:
    """Whether what stands under a suspicious heading agrees with it. Warnings, doses, long text never do."""
    said = " ".join(plain(piece) for piece in body)
    if reason is Reason.COMMENTS:
        return True
    if WARNING.search(said) or DOSE.search(said):
        return False
    if any(_says_whom_to_call(plain(part), reason, authors) for part in _parts(body)):
        return False
    if reason in (Reason.RELATED, Reason.NAVIGATION):
        linked = sum(link_share(piece) * len(plain(piece)) for piece in body)
        return len(said) < _FEW or linked >= 0.5 * len(said)
    return len(said) < _MANY


def _says_whom_to_call(said: str, reason: Reason, authors: Authors) -> bool:
    """Whether a piece is what a patient needs to get help, which no heading makes furniture of.

    A site's own box of contacts holds labels and numbers; its author's words are sentences.
    """
    if authors is Authors.SURE or (authors is Authors.LIKELY and reason is Reason.CONTACT):
        sentence = authors is Authors.SURE and reason is Reason.CONTACT and is_sentence(said)
        return sentence or has_contact(said) or tells_to_call(said)
    return tells_to_call(said, number=True)


def _parts(body: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, and the blocks of each item of a list."""
    for piece in body:
        if isinstance(piece, ItemList):
            for item in piece.items:
                yield from item.blocks
        else:
            yield piece


def _is_contents(piece: ItemList) -> bool:
    """Whether a list only leads to places on the same page: a table of contents."""
    runs = [run for run in runs_of(piece) if run.text.strip()]
    return len(piece.items) >= 3 and all(run.href.startswith("#") and len(run.href) > 1 for run in runs)
