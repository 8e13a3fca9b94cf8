"""Items by sign → lists, and the captions of logos that a copy glues to the last of them."""

from __future__ import annotations

import re

from voicegen.model.document import Block, Item, ItemList, Paragraph, Reason, Text
from voicegen.sources.inline import PLAIN, compose
from voicegen.sources.leavings import Leavings
from voicegen.sources.lines import Unit, runs_of_items

_LABELLED = re.compile(r"[^.:：!?]{2,60}[:：]\s")
_LOGO = re.compile(r"\blogos?\b|\blogotipos?\b|\blogotypes?\b|ロゴ|شعار", re.I)
_ORGANISATION = re.compile(
    r"\b(?:society|academy|university|association|college|board|institutes?|hospitals?|foundation|ministry|federation"
    r"|council|alliance|league|union|clinic|cent(?:er|re)|surgeons|physicians|organi[sz]ation|sociedad|academia"
    r"|universidade?|asociación|colegio|fundación|société|académie|université|collège|fondation|gesellschaft|akademie"
    r"|universität|verband|stiftung|bundesverband|società|accademia|università|associazione|vereniging|universiteit)\b",
    re.I,
)
_DEEPEST = 8
"""Levels of indentation that are read as nesting; deeper ones join the deepest."""


def without_captions(units: list[Unit], leavings: Leavings) -> list[Unit]:
    """The units without the captions of logos at the end of the text.

    A run of names at the end of the last list is taken for captions where the items before them have another form
    (a label with a sentence, or sentences) and the names are those of organisations or say "logo".
    """
    gone: set[int] = set()
    last_text = max(
        (index for index, unit in enumerate(units) if unit.sign is None and _is_text(unit)), default=-1
    )
    for begin, end in runs_of_items(units):
        if end > last_text:
            gone.update(_captions(units, begin, end))
    for index, unit in enumerate(units):
        if _LOGO.search(unit.text) and len(unit.text) <= 80 and not unit.is_sentence and ":" not in unit.text:
            gone.add(index)
    for index in sorted(gone):
        leavings.add(units[index].text, Reason.LOGO, f"line {units[index].line}")
    return [unit for index, unit in enumerate(units) if index not in gone]


def _is_text(unit: Unit) -> bool:
    return len(unit.text) > 120 or unit.is_sentence


def _captions(units: list[Unit], begin: int, end: int) -> range:
    first = end
    while first > begin and _is_name(units[first - 1]):
        first -= 1
    names, items = units[first:end], units[begin:first]
    formed = sum(unit.is_sentence or bool(_LABELLED.match(unit.text)) for unit in items)
    logos = any(_LOGO.search(unit.text) for unit in names)
    organisations = sum(bool(_ORGANISATION.search(unit.text) or _LOGO.search(unit.text)) for unit in names)
    differs = bool(items) and formed == len(items)
    if names and organisations == len(names) and (differs or logos):
        return range(first, end)
    return range(0)


def _is_name(unit: Unit) -> bool:
    return (
        len(unit.text) <= 90
        and not unit.is_sentence
        and not _LABELLED.match(unit.text)
        and not unit.text[0].islower()
    )


def item_list(units: list[Unit]) -> list[Block]:
    """The lists that a run of items makes: nested by indentation, apart where bullets change to numbers."""
    levels = _levels(units)
    blocks: list[Block] = []
    index = 0
    while index < len(units):
        block, index = _list_at(units, levels, index)
        blocks.append(block)
    return blocks


def _list_at(units: list[Unit], levels: list[int], index: int) -> tuple[ItemList, int]:
    level, ordered = levels[index], _is_ordered(units[index])
    items: list[Item] = []
    while index < len(units) and levels[index] >= level:
        if levels[index] > level and items:
            inner, index = _list_at(units, levels, index)
            items[-1] = Item((*items[-1].blocks, inner), items[-1].number)
            continue
        if _is_ordered(units[index]) != ordered:
            break
        sign = units[index].sign
        items.append(Item((Paragraph(_text(units[index].text)),), sign.number if sign else None))
        index += 1
    return ItemList(tuple(items), ordered), index


def _is_ordered(unit: Unit) -> bool:
    return unit.sign is not None and unit.sign.number is not None


def _text(characters: str) -> Text:
    return compose([(characters, PLAIN)])


def _levels(units: list[Unit]) -> list[int]:
    """The depth of every item, from its indentation and sign."""
    levels: list[int] = []
    path: list[Unit] = []
    slipped = _has_slipped(units)
    for unit in units:
        while path and unit.indent <= path[-1].indent:
            path.pop()
        if path and unit.indent > path[-1].indent and slipped:
            path.pop()
        levels.append(min(len(path), _DEEPEST))
        if len(path) < _DEEPEST:
            path.append(unit)
    return levels


def _has_slipped(units: list[Unit]) -> bool:
    """Whether all items but the first are indented by mistake.

    They are where the first is a complete statement of the same form as the others ("Label: sentence."), announces
    nothing, carries the same sign, and none of the others ever goes back to its indentation.
    """
    first, others = units[0], units[1:]
    if not others or any(unit.indent != others[0].indent for unit in others) or others[0].indent <= first.indent:
        return False
    same_sign = all(unit.sign and first.sign and unit.sign.mark == first.sign.mark for unit in others)
    same_form = all(bool(_LABELLED.match(unit.text)) == bool(_LABELLED.match(first.text)) for unit in others)
    return same_sign and same_form and first.is_sentence
