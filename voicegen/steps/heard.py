"""What of a transcript the lines of a script speak, and how: as shown, by a rule, or not at all and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voicegen.model.document import Document, Image, Table, Text, texts
from voicegen.model.script import Change, Line, Script
from voicegen.speech import PageWords, first_time, said, spoken
from voicegen.steps import grid
from voicegen.steps.scripting import clip

NOTE = "the marker of a note, which the page shows"
SIGN = "a sign without words"
SAID_WITH_CELLS = "the header of a table's cells, said with each of them"
HEADS_NOTHING = "the header of cells that are empty"
SAID_BY_CAPTION = "the caption of the image says the same"
NOT_SAID = "would not be spoken"
NOT_BY_RULES = "would be spoken otherwise than the speech rules say"
NOT_SHOWN = "would be spoken where the page shows something else"


@dataclass(slots=True)
class Heard:
    """What is heard of one Text."""

    text: Text
    changes: Sequence[Change] = ()
    """The rules at work in it, with offsets in the Text."""
    silent: Sequence[tuple[int, int, str]] = ()
    """What has no line, and why that loses nothing."""
    lost: Sequence[tuple[int, int, str]] = ()
    """What has no line, or a wrong one."""


class Listener:
    """Compares the texts of a document with the lines of its script."""

    def __init__(self, document: Document, script: Script, words: PageWords, again: Collection[int] = ()) -> None:
        """Takes what is compared; `again` has the numbers of the texts whose words are said again elsewhere."""
        self._document, self._words, self._again = document, words, again
        self._lines: dict[int, list[Line]] = {}
        for line in script.lines:
            if line.target:
                self._lines.setdefault(line.target.text, []).append(line)
        self._captioned: set[int] = set()
        """Alt texts that say the same as their caption, by number."""
        self._headers: set[int] = set()
        """Texts of rows that hold nothing but headers of columns, by number."""
        for part in parts((document.blocks, document.sections)):
            if isinstance(part, Table):
                self._headers.update(_headers(part))
            elif isinstance(part, Image) and part.alt and part.caption and _same(part.alt, part.caption):
                self._captioned.add(part.alt.number)

    def heard(self) -> Iterator[Heard]:
        """Every Text of the document, in reading order."""
        for text in texts(self._document):
            yield self._text(text)

    def _text(self, text: Text) -> Heard:
        plain = text.plain
        changes: list[Change] = []
        silent: list[tuple[int, int, str]] = []
        lost: list[tuple[int, int, str]] = []
        ends = [0]
        for line in self._lines.get(text.number, ()):
            start, end = (line.target.start, line.target.end) if line.target else (0, 0)
            ends += [start, end]
            if plain[start:end] != line.shown or start < ends[-3]:
                lost.append((start, end, NOT_SHOWN))
            elif said(line.shown, line.changes) != line.spoken:
                lost.append((start, end, NOT_BY_RULES))
            changes.extend(_moved(line.changes, start))
        ends.append(len(plain))
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            if plain[start:end].strip():
                gap = self._gap(text, start, end)
                changes.extend(gap.changes)
                silent.extend(gap.silent)
                lost.extend(gap.lost)
        return Heard(text, tuple(changes), tuple(silent), tuple(lost))

    def _gap(self, text: Text, start: int, end: int) -> Heard:
        """Why no line speaks a part of a text."""
        runs = clip(text.runs, start, end)
        why = ""
        if not any(map(str.isalnum, text.plain[start:end])):
            if self._lines.get(text.number):
                return Heard(text)
            why = SIGN
        elif all(run.position == "note" or not any(map(str.isalnum, run.text)) for run in runs):
            why = NOTE
        elif text.number in self._captioned:
            why = SAID_BY_CAPTION
        elif text.number in self._headers:
            why = SAID_WITH_CELLS if text.number in self._again else HEADS_NOTHING
        if why:
            return Heard(text, silent=((start, end, why),))
        known = {run.text.strip().lower() for run in runs}
        words = spoken(first_time(runs, known), self._document.lang, self._words)
        if not any(map(str.isalnum, words.text)):
            return Heard(text, _moved(words.changes, start))
        return Heard(text, lost=((start, end, NOT_SAID),))


def _headers(table: Table) -> Iterator[int]:
    for row in grid.rows(table):
        for place in row.places if row.is_header else ():
            yield from (header.number for header in texts(place.cell.blocks))


def _moved(changes: tuple[Change, ...], by: int) -> tuple[Change, ...]:
    if not by:
        return changes
    return tuple(replace(change, start=change.start + by, end=change.end + by) for change in changes)


def _same(one: Text, other: Text) -> bool:
    return one.plain.strip() == other.plain.strip()


def parts(value: Any) -> Iterator[Any]:
    """Every section, block, item and cell inside a value, in no order that matters."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(part)
            continue
        yield part
        for name in ("blocks", "sections", "items", "entries", "descriptions", "rows"):
            waiting.extend(getattr(part, name, ()))
