"""What a page would lose: words and signs of its source that were found nowhere, and cells in another's place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePosixPath

from voicegen.model.account import Unaccounted
from voicegen.model.document import Document, Item, ItemList, Paragraph, Table, Text, texts
from voicegen.model.written import name_of
from voicegen.steps.found import Found, Shown
from voicegen.steps.heard import parts
from voicegen.steps.spelling import INSIDE, letters_of
from voicegen.steps.visible_words import Kind

LOST = "would be missing from the recording, and no rule says why"
SIGN_LOST = "would lose a sign of its number, such as a minus or a decimal point"
MOVED = "would be read in the place of another cell of the table, or of another list item"
_UNDERLINED = str.maketrans("<>", "≤≥")
"""What these signs are with a line under them."""
MADE_UP = "would be spoken as the title, but stands nowhere on the page"


def losses(found: Found, name: str) -> list[Unaccounted]:
    """Everything that is unaccounted for, by lines. `name` is the source's path."""
    lost = [*_words(found), *_unheard(found), *_moved(found), *_made_up(found, name)]
    for one in found.shown:
        lost.extend(_signs(found, one))
    return sorted(lost, key=lambda one: one.line)


def _words(found: Found) -> Iterator[Unaccounted]:
    """Words of the source that were found in nothing that was read."""
    visible = found.visible
    signs = set(_signs_of_items(found))
    for start, end in found.trace.free():
        lost = [
            word
            for word in visible.words_in(start, end)
            if visible.kinds[word] in (Kind.WORD, Kind.MARKER) and word not in signs
        ]
        if lost:
            yield Unaccounted(" ".join(visible.words[word] for word in lost), visible.lines[lost[0]], LOST)


def _signs_of_items(found: Found) -> Iterator[int]:
    """The typed signs of items that were read, or left out, without them.

    Where texts stand several times, one may have been found in another's place; so in sources in which all
    numbers of items are typed, as many signs are taken for theirs as there are numbered items.
    """
    visible, items = found.visible, dict(_items(found.document))
    starts = {
        start: piece.letters
        for piece in (*found.left, *(one.piece for one in found.shown))
        for start, _ in piece.ranges
    }
    without = {piece.letters for piece in found.left}
    owners: dict[str, list[Item]] = {}
    for one in found.shown:
        if one.heard.text.number in items:
            owners.setdefault(one.piece.letters, []).append(items[one.heard.text.number])
    numbered = sum(item.number is not None for item in {id(item): item for item in items.values()}.values())
    unclear = []
    for word in found.free_words():
        if visible.kinds[word] != Kind.MARKER or word + 1 == len(visible.starts):
            continue
        sign, letters = letters_of(visible.words[word]), starts.get(visible.starts[word + 1], "")
        if any(_is_sign_of(sign, item, visible.counts_anew) for item in owners.get(letters, ())):
            numbered -= sign.isdigit()
            yield word
        elif letters in without:
            yield word
        elif sign.isdigit():
            unclear.append(word)
    if visible.numbers_typed:
        yield from unclear[: max(0, numbered)]


def _is_sign_of(sign: str, item: Item, counts_anew: bool) -> bool:
    """Whether a typed sign is the item's own: its number, which Markdown counts anew; or a letter for a bullet."""
    if not sign.isdigit():
        return item.number is None
    return item.number is not None and (counts_anew or item.number == int(sign))


def _items(document: Document) -> Iterator[tuple[int, Item]]:
    """Every item by the numbers of its own paragraphs, and of what it begins with."""
    for part in parts((document.blocks, document.sections)):
        if isinstance(part, Item):
            yield from ((text.number, part) for text in islice(texts(part.blocks[:1]), 1))
            yield from ((block.text.number, part) for block in part.blocks if isinstance(block, Paragraph))


def _unheard(found: Found) -> Iterator[Unaccounted]:
    """What is shown in the transcript and spoken by no line, or otherwise than its rules say."""
    for one in found.shown:
        for start, end, what in one.heard.lost:
            yield Unaccounted(one.signs(start, end), found.line(one, start), what)


def _signs(found: Found, one: Shown) -> Iterator[Unaccounted]:
    """Numbers that have a sign ("<", "%", a decimal point) in the source and not in the transcript."""
    visible, passed = found.visible, 0
    if sum(end - start for start, end in one.piece.ranges) != len(one.spelled.letters):
        return
    for start, end in one.piece.ranges:
        for at in visible.signs_in(start, end):
            here = one.spelled.signs.get(at - start + passed, "")
            signs = visible.signs[at]
            if at == start:  # what stands before this digit may have been left out, and the sign between them too
                signs = "".join(sign for sign in signs if sign not in INSIDE)
            if signs not in here and signs.translate(_UNDERLINED) not in here:
                yield Unaccounted(visible.words[visible.word(at)], visible.line(at), SIGN_LOST)
        passed += end - start


def _moved(found: Found) -> Iterator[Unaccounted]:
    """Cells of a table and items of a list that are not in the order of the source.

    Only texts that stand once on the page tell: their place is certain.
    """
    copies = Counter(piece.letters for piece in (*(one.piece for one in found.shown), *found.left))
    sure = {
        one.heard.text.number: one for one in found.shown if one.piece.ranges and copies[one.piece.letters] == 1
    }

    def first(inside: Iterable[Text]) -> Shown | None:
        ones = [sure[text.number] for text in inside if text.number in sure]
        return min(ones, key=lambda one: one.piece.ranges[0], default=None)

    for part in parts((found.document.blocks, found.document.sections)):
        for row in _in_order(part):
            furthest = -1
            for one in filter(None, map(first, row)):
                start = one.piece.ranges[0][0]
                if start < furthest:
                    yield Unaccounted(name_of(one.heard.text), found.visible.line(start), MOVED)
                furthest = max(furthest, start)


def _in_order(part: object) -> Iterator[Iterator[Iterator[Text]]]:
    """The texts of the cells or items of each part of a table or list that stands in the order of the source.

    A table's foot may be written above its rows, and is drawn below them (`tfoot` in HTML 4).
    """
    if isinstance(part, Table):
        body = len(part.rows) - part.foot
        for rows in (part.rows[:body], part.rows[body:]):
            yield (texts(cell.blocks) for cells in rows for cell in cells)
    elif isinstance(part, ItemList):
        yield (texts(item.blocks) for item in part.items)


def _made_up(found: Found, name: str) -> Iterator[Unaccounted]:
    """A title that is made of neither the source's words nor its file's name."""
    for one in found.shown:
        if one.heard.text.number != found.document.title.number or one.piece.ranges:
            continue
        others = [other.piece for other in found.shown if other is not one] + found.left
        known = [found.visible.letters, letters_of(PurePosixPath(name).stem), *(piece.letters for piece in others)]
        if not any(one.piece.letters in letters for letters in known):
            yield Unaccounted(name_of(one.heard.text), 0, MADE_UP)
