"""Scripting: a Document becomes a Script, every sentence a line, every heading a place to jump to.

What is spoken around the author's words (the opening, "End of table") is in the page's language or not at all.
Rules S1 to S14 in `docs/why/what-is-spoken.md`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from voicegen.config import Rests
from voicegen.model.document import (
    Block,
    Callout,
    Cell,
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
from voicegen.model.script import Change, Chapter, Line, Role, Script, Target
from voicegen.speech import (
    NO_LEXICON,
    Frames,
    Lexicon,
    PageWords,
    first_time,
    frames,
    page_words,
    sentences,
    spoken,
)
from voicegen.steps import grid

LONGEST_CONTENTS = 12
"""More headings than this are counted in the opening, not read out."""
ASIDE_MS = 120
"""Silence between a frame word of ours and what it introduces."""
LONGEST_ID = 60


def write(
    document: Document,
    rests: Rests,
    depth: int,
    publisher: str,
    speaks: Callable[[str], bool],
    lexicon: Lexicon = NO_LEXICON,
) -> Script:
    """The script of a document.

    `depth` is the lowest heading level that starts a chapter. `speaks` tells whether a voice for a language
    is there; a passage that has none is left to the page's voice, with a notice. `lexicon` has the
    pronunciations that hold for the page.
    """
    writer = _Writer(document.lang, rests, speaks, frames(document.lang), page_words(document, lexicon))
    if not writer.frames:
        writer.notices.append(
            f"There are no speech rules for {document.lang!r} yet: numbers, units and signs are left to the voice."
            " Let somebody who speaks the language listen before you publish."
        )
    writer.opening(document, depth, publisher)
    for section in document.sections:
        writer.section(section, depth)
    writer.ending(document)
    return Script(document.lang, tuple(writer.chapters()), tuple(dict.fromkeys(writer.notices)))


@dataclass(slots=True)
class _Part:
    """A chapter while it is written."""

    id: str
    title: str
    level: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Writer:
    lang: str
    rests: Rests
    speaks: Callable[[str], bool]
    frames: Frames
    words: PageWords
    parts: list[_Part] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    line_ids: Counter[str] = field(default_factory=Counter)
    chapter_ids: Counter[str] = field(default_factory=Counter)
    explained: set[str] = field(default_factory=set)
    """Ordinary words whose explanation (`<abbr title>`) has been said."""

    def chapters(self) -> Iterator[Chapter]:
        for part in self.parts:
            yield Chapter(part.id, part.title, part.level, round(self.rests.chapter * 1000), tuple(part.lines))

    # the parts of a recording

    def opening(self, document: Document, depth: int, publisher: str) -> None:
        self._start(document.title, 1)
        self._text(document.title, "title")
        self._pause(self.rests.title)
        if publisher:
            self._frame(self.frames.from_publisher(publisher), "opening")
            self._pause(self.rests.paragraph)
        sections = [section for section in document.all_sections() if section.level <= depth]
        if sections:
            self._frame(self.frames.chapters(len(sections) + 1), "opening")  # this opening is one too
            if self.frames and len(sections) <= LONGEST_CONTENTS:
                for section in sections:
                    self._echo(section.heading, "opening")
                    self._pause(self.rests.item)
            self._pause(self.rests.paragraph)
        self._blocks(document.blocks)

    def section(self, section: Section, depth: int) -> None:
        """A section and those in it; recursion is as deep as headings have levels."""
        self._pause(self.rests.before_heading)
        if section.level <= depth:
            self._start(section.heading, section.level)
        self._text(section.heading, "heading")
        self._pause(self.rests.heading)
        self._blocks(section.blocks)
        for inner in section.sections:
            self.section(inner, depth)

    def ending(self, document: Document) -> None:
        self._pause(self.rests.before_heading)
        self._frame(self.frames.end_of(self._spoken(document.title)), "ending")
        self._pause(self.rests.paragraph)

    # blocks

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._block(block)
            self._pause(self.rests.paragraph)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text):
                self._text(text, "paragraph")
            case ItemList():
                self._list(block)
            case Table():
                self._table(block)
            case DefinitionList():
                self._definitions(block)
            case Image():
                self._image(block)
            case Callout():
                self._callout(block)
            case Quotation(blocks):
                self._frame(self.frames.quotation)
                self._blocks(blocks)
                self._frame(self.frames.end_of_quotation)
            case Disclosure(summary, blocks):
                self._text(summary, "term")
                self._pause(self.rests.heading)
                self._blocks(blocks)

    def _list(self, block: ItemList) -> None:
        for item in block.items:
            if item.number is not None:
                self._frame(self.frames.item(item.number) or f"{item.number}.")
            for at, inner in enumerate(item.blocks):
                if isinstance(inner, Paragraph):
                    self._text(inner.text, "item")
                    self._pause(self.rests.item if at + 1 == len(item.blocks) else self.rests.sentence)
                else:
                    self._block(inner)
            self._pause(self.rests.item)

    def _definitions(self, block: DefinitionList) -> None:
        for entry in block.entries:
            for term in entry.terms:
                self._text(term, "term")
                self._pause(self.rests.item)
            for description in entry.descriptions:
                self._blocks(description)

    def _image(self, block: Image) -> None:
        caption = block.caption.plain.strip() if block.caption else ""
        if block.alt and block.alt.plain.strip() != caption:
            self._frame(self.frames.image)
            self._text(block.alt, "image")
            self._pause(self.rests.item)
        if block.caption:
            self._text(block.caption, "caption")

    def _callout(self, block: Callout) -> None:
        if block.label:
            self._text(block.label, "callout")
        else:
            self._frame(self.frames.urgency(block.urgency))
        if block.heading:
            self._text(block.heading, "callout")
            self._pause(self.rests.heading)
        self._blocks(block.blocks)
        self._frame(self.frames.end_of_callout)

    def _table(self, block: Table) -> None:
        if block.caption:
            self._text(block.caption, "caption")
            self._pause(self.rests.item)
        body = [row for row in grid.rows(block) if not row.is_header]
        self._frame(self.frames.table(grid.width(block), len(body)))
        self._pause(self.rests.item)
        for row in body or list(grid.rows(block)):
            for place in row.places:
                self._cell(place)
            self._pause(self.rests.paragraph)
        self._frame(self.frames.end_of_table)

    def _cell(self, place: grid.Place) -> None:
        words = [text for text in texts(place.cell.blocks) if any(map(str.isalnum, self._spoken(text)))]
        if not words:
            if not place.cell.header and place.headers:
                self._empty_cell(place)
            return
        for header in place.headers:
            if header not in words:
                self._echo(header, "cell", ":")
        if place.first:
            self._content(place.cell)
        else:  # what spans several rows holds for each of them, so it is said in each: a strength, an age
            for text in words:
                self._echo(text, "cell")
        self._pause(self.rests.item)

    def _empty_cell(self, place: grid.Place) -> None:
        """A cell that is empty or holds a dash: left unsaid, the next cell would seem to be its content."""
        if self.frames.empty_cell:
            for header in place.headers:
                self._echo(header, "cell", ":")
            self._frame(self.frames.empty_cell, "cell")
            self._pause(self.rests.item)

    def _content(self, cell: Cell) -> None:
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                self._text(block.text, "cell")
            else:
                self._block(block)

    # lines

    def _start(self, heading: Text, level: int) -> None:
        title = " ".join(heading.plain.split())
        self.parts.append(_Part(self._chapter_id(title), title, level))

    def _text(self, text: Text, role: Role) -> None:
        """One line for each sentence, or for each part of one that is in one language."""
        runs = first_time(text.runs, self.explained)
        for start, end in sentences(text.plain, self.lang):
            for from_, to, lang in _languages(runs, start, end):
                voice = self._voice(lang)
                said = spoken(clip(runs, from_, to), voice, self.words)
                if any(map(str.isalnum, said.text)):  # a dash or a bullet alone is nothing to say
                    shown = text.plain[from_:to]
                    self._line(role, shown, said.text, voice, Target(text.number, from_, to), said.changes)
            self._pause(self.rests.sentence)

    def _echo(self, text: Text, role: Role, end: str = "") -> None:
        """The text's words said again, where a listener needs them and a reader does not."""
        said = self._spoken(text)
        if said:
            self._frame(said.rstrip(" .:") + end, role)

    def _spoken(self, text: Text) -> str:
        runs = first_time(text.runs, {run.text.strip().lower() for run in text.runs})
        return spoken(runs, self.lang, self.words).text.strip()

    def _frame(self, words: str, role: Role = "frame") -> None:
        if words:
            self._line(role, "", words, self.lang, None)
            self.parts[-1].lines[-1] = replace(self.parts[-1].lines[-1], rest_ms=ASIDE_MS)

    def _line(
        self,
        role: Role,
        shown: str,
        said: str,
        lang: str,
        target: Target | None,
        changes: tuple[Change, ...] = (),
    ) -> None:
        name = hashlib.sha256(f"{role}\n{shown or said}".encode()).hexdigest()[:10]
        phonemes = self.words.lexicon.phonemes(said, lang)
        for entry in self.words.lexicon.unheard(said, lang):
            self.notices.append(
                f"{entry.where}: “{entry.word}” has only phonemes, of another engine; they are not used."
            )
        line = Line(self._unique("l" + name, self.line_ids), role, shown, said, lang, 0, target, changes, phonemes)
        self.parts[-1].lines.append(line)

    def _pause(self, seconds: float) -> None:
        """At least so much silence after what was said last."""
        lines = self.parts[-1].lines if self.parts else []
        if lines and lines[-1].rest_ms < seconds * 1000:
            lines[-1] = replace(lines[-1], rest_ms=round(seconds * 1000))

    def _voice(self, lang: str) -> str:
        if not lang or self.speaks(lang):
            return lang or self.lang
        self.notices.append(f"No voice speaks {lang!r}; a passage in it is read by the page's own voice.")
        return self.lang

    def _chapter_id(self, title: str) -> str:
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_ID].strip("-")
        readable = sum(character.isalnum() for character in slug) * 2 >= sum(map(str.isalnum, title[:LONGEST_ID]))
        if not slug or slug[0].isdigit() or not readable:
            slug = "part-" + hashlib.sha256(title.encode()).hexdigest()[:8]
        return self._unique(slug, self.chapter_ids)

    @staticmethod
    def _unique(name: str, taken: Counter[str]) -> str:
        """The name, or with -2, -3 … where it is taken, also by a name that looks like that."""
        while True:
            taken[name] += 1
            if taken[name] == 1:
                return name
            numbered = f"{name}-{taken[name]}"
            if numbered not in taken:
                taken[numbered] += 1
                return numbered


def clip(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs' characters from `start` to `end`, in the joined text."""
    clipped, at = [], 0
    for run in runs:
        left, right = max(start - at, 0), min(end - at, len(run.text))
        if left < right:
            clipped.append(replace(run, text=run.text[left:right]))
        at += len(run.text)
    return tuple(clipped)


def _languages(runs: Sequence[Run], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The parts of a sentence, each in one language; a part without letters goes with what precedes it."""
    left = right = start
    lang = ""
    at = 0
    for run in runs:
        first, last = max(start, at), min(end, at + len(run.text))
        at += len(run.text)
        if first >= last:
            continue
        if left == right:
            left, lang = first, run.lang
        elif run.lang != lang and any(map(str.isalnum, run.text)):
            yield left, right, lang
            left, lang = first, run.lang
        right = last
    if left < right:
        yield left, right, lang
