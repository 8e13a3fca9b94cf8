"""Text that stands twice in the markup (a shortened copy, a copy for small screens) is said once.

Copies are compared sign by sign apart from white space: "<5 mm" and ">5 mm" are no copies of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voicegen.model.document import Image, Paragraph, Quotation, Reason
from voicegen.sources.leavings import Leavings
from voicegen.sources.pieces import Heading, Piece, Placed, plain

_SECTION = 40
_BLOCK = 20
"""Characters: shorter sections and blocks may well say the same twice and mean it…"""
_STEP = 80
"""…and so may paragraphs of fewer, unless one right after the other."""
_LABEL = 60
"""Characters of a line without a sentence's end that says what the next block is about."""


def without_repeats(pieces: list[Placed], leavings: Leavings) -> list[Placed]:
    """Without copies: of a block in its section, of its shortened form, of a section, and in pulled quotations.

    Danger: what "Adults" says under one medicine is no copy of what it says under another, however alike.
    """
    pieces = _without_pull_quotes(pieces, leavings)
    kept: list[Placed] = []
    seen: set[tuple[str, ...]] = set()
    around: list[Heading] = []
    for chunk in chunks(pieces):
        first = chunk[0].piece
        head = plain(first) if isinstance(first, Heading) else ""
        if isinstance(first, Heading):
            around = [*(one for one in around if one.rank < first.rank), first]
        words = "\n".join(plain(placed.piece) for placed in chunk)
        said = (*map(plain, around), words)
        if len(words) - len(head) >= _SECTION and said in seen:
            for placed in chunk:
                leavings.add(plain(placed.piece), Reason.REPEATED, placed.where)
            continue
        seen.add(said)
        kept.extend(_without_copies(chunk, kept[-1].piece if kept else None, leavings))
    return kept


def _without_pull_quotes(pieces: list[Placed], leavings: Leavings) -> list[Placed]:
    """Without quotations of the page's own text, which are set large to catch the eye."""
    if not any(isinstance(placed.piece, Quotation) for placed in pieces):
        return pieces
    text = "\n".join(plain(placed.piece) for placed in pieces if not isinstance(placed.piece, Quotation))
    kept = []
    for placed in pieces:
        words = plain(placed.piece).strip("“”„«»\"' ")
        if isinstance(placed.piece, Quotation) and len(words) >= _BLOCK and words in text:
            leavings.add(words, Reason.REPEATED, placed.where)
        else:
            kept.append(placed)
    return kept


def chunks(pieces: Iterable[Placed]) -> Iterator[list[Placed]]:
    """The pieces divided before each heading."""
    chunk: list[Placed] = []
    for placed in pieces:
        if isinstance(placed.piece, Heading) and chunk:
            yield chunk
            chunk = []
        chunk.append(placed)
    if chunk:
        yield chunk


def _without_copies(chunk: list[Placed], before: Piece | None, leavings: Leavings) -> list[Placed]:
    kept: list[Placed] = []
    said: dict[str, str] = {}
    """What was said in the section, and what stood before it."""
    for placed in chunk:
        words = plain(placed.piece)
        last = kept[-1].piece if kept else before
        above = plain(last) if last is not None else ""
        if isinstance(placed.piece, Heading):
            is_copy = isinstance(last, Heading) and last.text.plain == words
        else:
            # An image has few words, and the same alt may stand on two.
            is_copy = words in said and _is_copy(placed.piece, words, last)
            is_copy = is_copy and not (_leads_in(last) and above not in (words, said[words]))
        if is_copy:
            if len(kept) > 1 and _leads_in(last) and above == said[words] and above != words:
                leavings.add(above, Reason.REPEATED, kept.pop().where)  # else it would lead into what follows
            leavings.add(words, Reason.REPEATED, placed.where)
            continue
        if kept and _is_shortened(kept[-1].piece, words):
            leavings.add(plain(kept[-1].piece), Reason.REPEATED, kept.pop().where)
        said.setdefault(words, above)
        kept.append(placed)
    return kept


def _is_copy(piece: Piece, words: str, last: Piece | None) -> bool:
    """Whether what was said before in the section is a copy: a short sentence that comes again later is a step.

    "Wait 30 seconds", "Shake it", "Wait 30 seconds".
    """
    if len(words) < _BLOCK or isinstance(piece, Image):
        return False
    is_step = isinstance(piece, Paragraph) and len(words) < _STEP
    return not is_step or (last is not None and plain(last) == words)


def _leads_in(piece: Piece | None) -> bool:
    """Whether a block only says for whom, or when, the next one holds: "Over 65:", or a line in bold.

    Danger: of "Adults: …" and "Over 65: …" with the same list the second was left without its list, and what came
    after it seemed to be theirs.
    """
    if not isinstance(piece, Paragraph):
        return False
    words = plain(piece)
    return words.endswith((":", "：")) or (len(words) <= _LABEL and words[-1:] not in ".!?。！？…")


def _is_shortened(piece: Piece, full: str) -> bool:
    """Whether `piece` is the beginning of `full`, cut off with an ellipsis, as previews are."""
    line = plain(piece).rstrip()
    if not isinstance(piece, Paragraph) or not line.endswith(("…", "...")):
        return False
    start = line.rstrip(".… ")
    return len(start) >= _BLOCK and len(full) > len(line) and full.startswith(start)
