"""Lines that a listener must hear together, and what must be said again where a chapter begins among them.

"Do not take it if:" may never be parted from what it forbids, nor an age from its dose. The telephone's chapters
end between groups, never inside one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import count, takewhile, zip_longest
from typing import Any, get_args

from voicegen.model.document import Callout, Document, Urgency, texts
from voicegen.model.script import Line
from voicegen.speech import frames

SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")


@dataclass(frozen=True, slots=True)
class Group:
    """A sentence, an item, a row of a table; with the heading or the words of ours that introduce it."""

    lines: tuple[Line, ...]
    leads: tuple[Line, ...] = ()
    """What it depends on and does not hold: the urgency of its box, the sentence that leads into its list."""


Boxes = Mapping[int, tuple[int, bool]]
"""Of every text that stands in a callout, by its number: the callout, and whether the text says its urgency."""


def boxes(document: Document) -> Boxes:
    """The texts that stand in callouts."""
    waiting: list[Any] = [document.blocks, *(section.blocks for section in document.all_sections())]
    found: dict[int, tuple[int, bool]] = {}
    numbers = count(1)
    while waiting:
        value = waiting.pop()
        if isinstance(value, Callout):
            number = next(numbers)
            found |= {text.number: (number, text is value.label) for text in texts(value)}
        if isinstance(value, tuple):
            waiting += value
        elif is_dataclass(value):
            waiting += [getattr(value, field.name) for field in fields(value)]
    return found


def groups(lines: Sequence[Line], where: Boxes) -> list[Group]:
    """The lines as groups, in order, none left out."""
    found: list[Group] = []
    waiting: list[Line] = []
    labels: dict[int, tuple[Line, ...]] = {}
    lead: tuple[Line, ...] = ()
    for line, following in zip_longest(lines, lines[1:]):
        box, is_label = _box(line, where)
        if _closes(line) and found and not waiting:  # what closes something belongs to it
            found[-1] = replace(found[-1], lines=(*found[-1].lines, line))
            continue
        waiting.append(line)
        if box and box not in labels:
            labels[box] = tuple(one for one in waiting if _box(one, where)[1] or _is_urgency(one))
        if line.target and leads_on(line) and not is_label:
            lead = (line,)
        elif line.target and line.role != "item":
            lead = ()
        if not _goes_on(line, following):
            leads = (*labels.get(box, ()), *(lead if line.role == "item" else ()))
            found.append(Group(tuple(waiting), tuple(one for one in leads if one not in waiting)))
            waiting = []
    if waiting and found:
        found[-1] = replace(found[-1], lines=(*found[-1].lines, *waiting))
    elif waiting:
        found.append(Group(tuple(waiting)))
    return found


def _box(line: Line, where: Boxes) -> tuple[int, bool]:
    return where.get(line.target.text, (0, False)) if line.target else (0, False)


def sentences(group: Group) -> list[Group]:
    """The group parted where its sentences end, for one that is too long for a chapter; a row stays whole.

    The heading, term or sentence that leads into it is a lead of each further part.
    """
    if any(line.role == "cell" for line in group.lines):
        return [group]
    opening = tuple(takewhile(_introduces, group.lines))
    found: list[Group] = []
    waiting: list[Line] = []
    leads, lead = group.leads, tuple[Line, ...]()
    for line, following in zip_longest(group.lines, group.lines[1:]):
        waiting.append(line)
        lead = (line,) if line.target and leads_on(line) else lead
        if not following or not (_introduces(line) or _closes(following) or _same_sentence(line, following)):
            found.append(Group(tuple(waiting), tuple(one for one in leads if one not in waiting)))
            waiting, leads = [], tuple(dict.fromkeys((*group.leads, *opening, *lead)))
    return found


def _goes_on(line: Line, following: Line | None) -> bool:
    """Whether a line is nothing without the next one: parts of a row or item, words of ours, headings."""
    if following and ((line.unit and following.unit == line.unit) or _same_sentence(line, following)):
        return True
    return line.role != "cell" and _introduces(line)


def _introduces(line: Line) -> bool:
    """Whether a line only says what comes: a heading, words of ours, a sentence that leads into a list."""
    return not line.target or line.role in {"heading", "term", "caption", "callout"} or leads_on(line)


def _same_sentence(line: Line, following: Line) -> bool:
    """Whether two lines are one sentence that changes its language."""
    together = line.target and following.target and line.target.text == following.target.text
    ended = line.shown.rstrip(" \n\"'”’»)").endswith(SENTENCE_ENDS)
    return bool(together and line.lang != following.lang and not ended)


def leads_on(line: Line) -> bool:
    """Whether a line leads into what follows it."""
    return line.spoken.rstrip().endswith((":", "："))


def _closes(line: Line) -> bool:
    ours = frames(line.lang)
    ends = {ours.end_of_callout, ours.end_of_table, ours.end_of_quotation, ours.end_of_image}
    return not line.target and line.spoken in ends


def _is_urgency(line: Line) -> bool:
    """Whether a line is our word for a box of advice, "Urgent advice"."""
    ours = {frames(line.lang).urgency(name).rstrip(":") for name in get_args(Urgency)}
    return not line.target and line.spoken.rstrip(":") in ours
