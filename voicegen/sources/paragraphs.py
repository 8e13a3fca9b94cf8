"""Gathered text → paragraphs, and the lists that authors type with signs and line breaks instead of markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from voicegen.model.document import Block, Item, ItemList, Paragraph, Text
from voicegen.sources.inline import BREAK, Part, compose, joined, lines_of, without_start
from voicegen.sources.phrases import ends_with_amount
from voicegen.sources.signs import Sign, bullet_length, dashed_doses, sign_of, signed_amounts
from voicegen.speech.patterns import lazy

_SHORT_LINE = 60
"""Characters: lines of an address or a list of names are shorter."""
_NUMBER_BEGINS = lazy(r"[-–−+<>≤≥~±]?\s?[.,]?[\d½¼¾]")
_ENDS_SENTENCE = ".!?;,:…。！？、，；：؟،।)"


def paragraphs_of(parts: Sequence[Part]) -> list[Block]:
    """The paragraphs and lists in text that was gathered between two block elements.

    Two line breaks part paragraphs. Lines that open with bullets or numbers are a list. Three or more short lines
    without sentence ends (an address) are paragraphs of their own. Other line breaks only fold the text.
    """
    if not any(BREAK in characters for characters, _ in parts):
        text = compose(parts)
        return [Paragraph(text)] if text else []
    blocks: list[Block] = []
    for group in _groups(parts):
        blocks.extend(_group(group))
    return blocks


def _groups(parts: Sequence[Part]) -> list[list[list[Part]]]:
    groups: list[list[list[Part]]] = [[]]
    for line in lines_of(parts):
        if compose(line):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _group(lines: list[list[Part]]) -> list[Block]:
    texts = [compose(line) for line in lines]
    if signed := signed_amounts([text.plain for text in texts]):
        return _with_signs(lines, texts, signed)
    dashed = dashed_doses([text.plain for text in texts])
    signs = [Sign(1, None, "-") if at in dashed else sign_of(text.plain) for at, text in enumerate(texts)]
    if sum(sign is not None for sign in signs) >= 2:
        return _with_lists(lines, texts, signs)
    if len(texts) >= 3 and all(_is_bare_line(text.plain) for text in texts):
        return [Paragraph(text) for text in texts]
    return [Paragraph(compose(_folded(part))) for part in _parted(lines, texts)]


def _with_signs(lines: list[list[Part]], texts: list[Text], signed: set[int]) -> list[Block]:
    """Each line that opens with the sign of a number as a paragraph, and what stands around them."""
    blocks: list[Block] = []
    for is_signed, group in groupby(range(len(lines)), signed.__contains__):
        places = list(group)
        if is_signed:
            blocks.extend(Paragraph(_closed_up(texts[at])) for at in places)
        else:
            blocks.extend(_group([lines[at] for at in places]))
    return blocks


def _closed_up(text: Text) -> Text:
    first, rest = text.plain[:1], without_start(text, 1)
    return joined([Text((replace(text.runs[0], text=first),)), rest], "")


def _parted(lines: list[list[Part]], texts: list[Text]) -> Iterator[list[list[Part]]]:
    """The lines, parted where a number would run into the one that begins the next: "5" and "10 mg".

    So are whole amounts: "1 mg" and "2 mg" in two lines are of two.
    """
    part: list[list[Part]] = []
    for line, before, text in zip(lines, [None, *texts], texts, strict=False):
        ends = before is not None and (before.plain[-1].isdigit() or ends_with_amount(before.plain))
        if part and ends and _NUMBER_BEGINS.match(text.plain):
            yield part
            part = []
        part.append(line)
    yield part


def _is_bare_line(line: str) -> bool:
    return (
        len(line) <= _SHORT_LINE and line[-1] not in _ENDS_SENTENCE and line[0].isascii() and not line[0].islower()
    )


def _folded(lines: list[list[Part]]) -> list[Part]:
    folded = list(lines[0])
    for line in lines[1:]:
        folded.append((BREAK, folded[-1][1]))
        folded.extend(line)
    return folded


def _with_lists(lines: list[list[Part]], texts: list[Text], signs: list[Sign | None]) -> list[Block]:
    blocks: list[Block] = []
    items: list[Item] = []
    plain: list[list[Part]] = []
    for line, text, sign in zip(lines, texts, signs, strict=True):
        if sign is None:
            _close(blocks, items)
            plain.append(line)
            continue
        if plain:
            blocks.append(Paragraph(compose(_folded(plain))))
            plain = []
        items.append(Item((Paragraph(without_start(text, sign.length)),), sign.number))
    _close(blocks, items)
    if plain:
        blocks.append(Paragraph(compose(_folded(plain))))
    return blocks


def _close(blocks: list[Block], items: list[Item]) -> None:
    if items:
        ordered = all(item.number is not None for item in items)
        kept = items if ordered else [Item(item.blocks) for item in items]
        blocks.append(ItemList(tuple(kept), ordered))
        items.clear()


def without_bullets(items: list[Item]) -> list[Item]:
    """The items without the bullets that their author typed into them; the sign of a number is none."""
    signed = signed_amounts([_opening(item) for item in items])
    return [
        _with_sign(item) if at in signed else replace(item, blocks=_without_bullet(item.blocks))
        for at, item in enumerate(items)
    ]


def _with_sign(item: Item) -> Item:
    first = item.blocks[0]
    return (
        replace(item, blocks=(Paragraph(_closed_up(first.text)), *item.blocks[1:]))
        if isinstance(first, Paragraph)
        else item
    )


def _without_bullet(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    if blocks and isinstance(blocks[0], Paragraph) and (length := bullet_length(blocks[0].text.plain)):
        return (Paragraph(without_start(blocks[0].text, length)), *blocks[1:])
    return blocks


def without_dashes(items: list[Item]) -> list[Item]:
    """The items without a dash that touches the dose which each of them begins with."""
    opening = [_opening(item) for item in items]
    dashed = dashed_doses(opening)
    if len(dashed) < len(items):
        return items
    return [replace(item, blocks=_shortened(item.blocks)) for item in items]


def _opening(item: Item) -> str:
    first = item.blocks[0] if item.blocks else None
    return first.text.plain if isinstance(first, Paragraph) else ""


def _shortened(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    first = blocks[0]
    return (Paragraph(without_start(first.text, 1)), *blocks[1:]) if isinstance(first, Paragraph) else blocks
