"""Framing: what must be heard around the author's words, and the order of it all, drawn up from the Document.

Scripting writes the lines; this says a second time, by the rules S1 to S8 of `docs/why/what-is-spoken.md`, which
they must be: a header, a number, an urgency or the end of a box that was forgotten, doubled, changed or moved is
noticed. Whoever changes those rules changes both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from voicegen.model.document import (
    Block,
    Callout,
    DefinitionList,
    Disclosure,
    Document,
    Image,
    ItemList,
    Paragraph,
    Quotation,
    Run,
    Section,
    Table,
    Text,
    texts,
)
from voicegen.model.script import Change, Script
from voicegen.model.written import name_of
from voicegen.speech import PageWords, Spoken, first_time, frames, spoken
from voicegen.steps import grid
from voicegen.steps.notes import Notes
from voicegen.steps.scripting import LONGEST_CONTENTS

MISSING = "would have to be said here, and is not"
NOT_ASKED = "would be said here, where the page does not have it"
_AHEAD = 60
"""Steps that are looked through for the place where both go on alike."""


class Step(NamedTuple):
    """Something that is heard at its place: the lines of a Text, words of ours, or a Text's words said again."""

    words: str = ""
    """What is said; empty where it is a Text's own lines, which `heard` compares with what is shown."""
    own: int = -1
    """The number of the Text whose own lines these are."""
    level: int = 0
    """Where a chapter begins: its level; `words` is its title."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Words that are missing from the script, or that it has and should not have."""

    words: str
    """Empty where they are a Text's own."""
    near: int
    """The number of the Text that they are of, or that stands next; -1 where none does."""
    what: str


class Again(NamedTuple):
    """A Text whose words are said again."""

    text: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Framing:
    """What came of the comparison."""

    misplaced: tuple[Misplaced, ...]
    again: Mapping[str, Again]
    """The Text whose words a line says again, by the line's id."""


def framing(
    document: Document, script: Script, publisher: str, words: PageWords, publisher_lang: str = ""
) -> Framing:
    """Compares what must be heard with the lines that there are."""
    spoken_texts = {line.target.text for line in script.lines if line.target}
    depth = max((chapter.level for chapter in script.chapters[1:]), default=0)
    voices = {line.lang for line in script.lines}
    wanted = _Wanted(document, words, voices, depth, publisher, publisher_lang)
    steps = [found for found in wanted.all() if found[0].own < 0 or found[0].own in spoken_texts]
    written, ids = _written(script)
    misplaced, met = _compared([step for step, _ in steps], written)
    again = {
        ids[at]: Again(number, wanted.spoken(number).changes)
        for at, index in met.items()
        if (number := steps[index][1]) >= 0 and at in ids
    }
    return Framing(tuple(misplaced), again)


def _written(script: Script) -> tuple[list[Step], dict[int, str]]:
    """The script by its steps, and the ids of the lines that are no Text's own, by the step."""
    steps: list[Step] = []
    ids: dict[int, str] = {}
    for chapter in script.chapters:
        steps.append(Step(chapter.title, level=chapter.level))
        for line in chapter.lines:
            if line.target is None:
                ids[len(steps)] = line.id
                steps.append(Step(line.spoken))
            elif steps[-1].own != line.target.text:
                steps.append(Step(own=line.target.text))
    return steps, ids


def _compared(wanted: Sequence[Step], written: Sequence[Step]) -> tuple[list[Misplaced], dict[int, int]]:
    """What is missing and what is too much; and for each step of the script the one that asked for it."""
    found: list[Misplaced] = []
    met: dict[int, int] = {}
    want = have = 0
    while want < len(wanted) or have < len(written):
        if want < len(wanted) and have < len(written) and wanted[want] == written[have]:
            met[have] = want
            want, have = want + 1, have + 1
        elif _is_too_much(wanted[want : want + _AHEAD], written[have : have + _AHEAD]):
            found.append(Misplaced(written[have].words, _near(written, have), NOT_ASKED))
            have += 1
        else:
            found.append(Misplaced(wanted[want].words, _near(wanted, want), MISSING))
            want += 1
    return found, met


def _is_too_much(wanted: Sequence[Step], written: Sequence[Step]) -> bool:
    """Whether nothing asks for the next step of the script; else one is missing before it."""
    if not wanted or not written:
        return not wanted
    return written[0] not in wanted and wanted[0] in written


def _near(steps: Sequence[Step], at: int) -> int:
    """The Text that a step belongs to or comes before, else the one that it comes after."""
    around = (*steps[at : at + _AHEAD], *reversed(steps[max(0, at - _AHEAD) : at]))
    return next((step.own for step in around if step.own >= 0), -1)


class _Wanted:
    """The steps that a document asks for, each with the number of the Text whose words it says again, or -1."""

    def __init__(
        self,
        document: Document,
        words: PageWords,
        voices: Collection[str],
        depth: int,
        publisher: str,
        publisher_lang: str,
    ) -> None:
        """`voices` are the languages that are spoken: a text in another one is said again by the page's voice."""
        self._document, self._words, self._voices, self._depth = document, words, voices, depth
        self._publisher, self._publisher_lang = publisher, publisher_lang
        self._notes = Notes(document, words)
        self._frames = frames(document.lang)
        self._said: dict[int, Spoken] = {}

    def all(self) -> Iterator[tuple[Step, int]]:
        """Every step in order."""
        document, ours = self._document, self._frames
        yield from self._chapter(document.title, 1)
        if self._publisher:
            name = spoken((Run(self._publisher),), self._publisher_lang or document.lang, self._words).text
            for words, _ in ours.publisher_lines(name, self._publisher_lang):
                yield from self._ours(words)
        chapters = [one.heading for one in document.all_sections() if one.level <= self._depth]
        if chapters:
            yield from self._ours(ours.chapters(len(chapters) + 1))
            for heading in chapters if ours and len(chapters) <= LONGEST_CONTENTS else ():
                yield from self._again(heading)
        yield from self._blocks(document.blocks)
        for section in document.sections:
            yield from self._section(section)
        yield from self._ours(ours.end_of(self._spoken(document.title)))

    def _section(self, section: Section) -> Iterator[tuple[Step, int]]:
        if section.level <= self._depth:
            yield from self._chapter(section.heading, section.level)
        else:
            yield _own(section.heading)
        yield from self._blocks(section.blocks)
        for inner in section.sections:
            yield from self._section(inner)

    def _chapter(self, heading: Text, level: int) -> Iterator[tuple[Step, int]]:
        yield Step(name_of(heading), level=level), -1
        yield _own(heading)

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[tuple[Step, int]]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[tuple[Step, int]]:
        match block:
            case Paragraph(text):
                mark = self._notes.own_mark(text)
                yield from self._ours(self._frames.note(mark) if mark else "")
                yield _own(text)
            case ItemList():
                yield from self._list(block)
            case DefinitionList(entries):
                for entry in entries:
                    yield from map(_own, entry.terms)
                    for description in entry.descriptions:
                        yield from self._blocks(description)
            case Disclosure(summary, blocks):
                yield _own(summary)
                yield from self._blocks(blocks)
            case Quotation(blocks):
                yield from self._ours(self._frames.quotation)
                yield from self._blocks(blocks)
                yield from self._ours(self._frames.end_of_quotation)
            case Callout():
                yield from self._callout(block)
            case Image():
                yield from self._image(block)
            case Table():
                yield from self._table(block)

    def _list(self, block: ItemList) -> Iterator[tuple[Step, int]]:
        """Its items with their numbers; a list in an item is announced, and closed where the outer one goes on."""
        for item, following in zip(block.items, (*block.items[1:], None), strict=True):
            if item.number is not None:
                note = self._frames.note(str(item.number)) if self._notes.holds(block) else ""
                yield from self._ours(note or self._frames.item(item.number) or f"{item.number}.")
            for at, inner in enumerate(item.blocks):
                before = item.blocks[at - 1] if at and isinstance(inner, ItemList) else None
                if before and isinstance(inner, ItemList):
                    colon = isinstance(before, Paragraph) and re.search(r"[:：][\s”»\"]*\Z", before.text.plain)
                    yield from self._ours("" if colon else self._frames.inner_list(len(inner.items)))
                yield from self._block(inner)
                if before and isinstance(inner, ItemList):
                    unclear = following is not None and (following.number is None or inner.ordered)
                    more = unclear or inner is not item.blocks[-1]
                    yield from self._ours(self._frames.end_of_inner_list if more else "")

    def _callout(self, box: Callout) -> Iterator[tuple[Step, int]]:
        """Its urgency comes first: in its own words, or in ours."""
        if box.label:
            yield _own(box.label)
        else:
            yield from self._ours(self._frames.urgency(box.urgency))
        if box.heading:
            yield _own(box.heading)
        yield from self._blocks(box.blocks)
        yield from self._ours(self._frames.end_of_callout)

    def _image(self, image: Image) -> Iterator[tuple[Step, int]]:
        """Announced where its alternative says more than its caption."""
        caption = image.caption.plain.strip() if image.caption else ""
        if image.alt and image.alt.plain.strip() != caption:
            yield from self._ours(self._frames.image)
            yield _own(image.alt)
        if image.caption:
            yield _own(image.caption)

    def _table(self, table: Table) -> Iterator[tuple[Step, int]]:
        """Its size; and every cell after the headers of its columns, whatever it spans."""
        if table.caption:
            yield _own(table.caption)
            yield from self._see_notes(table.caption)
        rows = list(grid.rows(table))
        body = [row for row in rows if not row.is_header]
        yield from self._ours(self._frames.table(grid.width(table), len(body)))
        noted: set[int] = set()
        for row in body or rows:
            for place in row.places:
                yield from self._cell(place, noted)
        yield from self._ours(self._frames.end_of_table)

    def _see_notes(self, text: Text) -> Iterator[tuple[Step, int]]:
        for mark in self._notes.marks_in(text):
            yield from self._ours(self._frames.see_note(mark))

    def _cell(self, place: grid.Place, noted: set[int]) -> Iterator[tuple[Step, int]]:
        cell = place.cell
        said = [text for text in texts(cell.blocks) if any(map(str.isalnum, self._spoken(text)))]
        empty = self._frames.empty_cell if place.is_told and not said else ""
        if empty or (said and not self._notes.own_mark(said[0])):
            for header in place.headers:
                if header not in said:
                    yield from self._again(header, ":")
                    yield from self._see_notes(header) if header.number not in noted else ()
                    noted.add(header.number)
        yield from self._ours(empty)
        if said and place.first:
            for block in cell.blocks:
                yield from self._block(block)
                yield from self._see_notes(block.text) if isinstance(block, Paragraph) else ()
        elif said:
            for text in said:
                yield from self._again(text)
                yield from self._see_notes(text)

    def _ours(self, words: str) -> Iterator[tuple[Step, int]]:
        if words:
            yield Step(words), -1

    def _again(self, text: Text, end: str = "") -> Iterator[tuple[Step, int]]:
        said = self._spoken(text)
        if said:
            yield Step(said.rstrip(" .:") + end), text.number

    def _spoken(self, text: Text) -> str:
        """A Text's words, its explanations of ordinary words left out, as they are said again."""
        if text.number not in self._said:
            runs = first_time(text.runs, {run.text.strip().lower() for run in text.runs})
            lang = text.lang if text.lang in self._voices else self._document.lang
            self._said[text.number] = spoken(runs, lang, self._words)
        return self._said[text.number].text.strip()

    def spoken(self, number: int) -> Spoken:
        """What is said of a Text that was asked for."""
        return self._said[number]


def _own(text: Text) -> tuple[Step, int]:
    return Step(own=text.number), -1
