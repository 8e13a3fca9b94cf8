"""The script for telephones, made from the recording's own script: the same lines, in chapters of half a minute.

Callers join and leave at any moment and can't look back, so each chapter says what it is about; urgent advice
comes first; phone numbers are said twice; web addresses, which nobody can write down, are left out with a word in
their place. Nothing else is changed, and in the full edition nothing else is left out: `left_out` proves it.
Rules P1 to P9 in `docs/why/phone.md`; what they stand on: facts measured on lines and systems, named there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from voicegen.model.document import Callout, Document, Run, Table, texts
from voicegen.model.script import Chapter, Line, Script
from voicegen.speech import NOTHING_DEFINED, frames, spoken
from voicegen.speech.telephone_words import TelephoneWords, telephone_words
from voicegen.steps import grid
from voicegen.steps.arranging import QUANTUM
from voicegen.steps.for_callers import ADDRESSES, for_callers, said_by_us
from voicegen.steps.groups import Boxes, Group, boxes, groups, leads_on, sentences

LONGEST_S = 30.0
"""How long a chapter may be; a sentence or a row of a table that is longer stands alone."""
ENDS_MS = 300
"""Silence at both ends of a chapter, so that a loop does not click or stumble."""
MOST_KEYS = 9
"""Topics beyond the ninth are reached by running on, or by the key for the next part."""
SHORT_SENTENCES = 2
"""How many sentences of a topic the short edition has."""
LONGEST_SLUG = 30
Length = Callable[[Line], int]
"""The length of a line's clip in samples; it is spoken if it was not."""


@dataclass(slots=True)
class Topic:
    """What a key leads to."""

    slug: str
    heading: tuple[Line, ...]
    """The lines that name it; empty for what stands under the title, and for the urgent advice."""
    words: str
    """Its name as the menu says it."""
    groups: list[Group]

    @property
    def lines(self) -> list[Line]:
        """All of its own lines."""
        return [line for group in self.groups for line in group.lines]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clinic wants."""

    short: bool = False
    notice: Line | None = None
    """A line of the clinic, "Thank you for holding.", as text or as its own recording."""
    longest_s: float = LONGEST_S


def write(
    document: Document, script: Script, length: Length, rate_hz: int, asked: Asked
) -> tuple[Script, tuple[str, ...]]:
    """The script for telephones and the key of each of its chapters; the menu comes first."""
    words = telephone_words(script.lang)
    title = _joined(line for line in script.lines if line.role == "title").rstrip(" .")
    where = boxes(document)
    urgent = _urgent(document, script, words, where)
    found = [*urgent, *_topics(script, words, where, [line for topic in urgent for line in topic.lines])]
    if asked.short:
        found = [replace(topic, groups=_first_sentences(topic)) for topic in found]
    found = [topic for topic in found if topic.groups]
    writer = _Writer(document, script.lang, length, rate_hz, asked.longest_s)
    writer.menu(title, found, document.about("reviewed"))
    for number, topic in enumerate(found, 1):
        writer.topic(title, topic, str(number) if number <= MOST_KEYS else "")
    if asked.notice:
        writer.chapter("thank-you", "", [asked.notice])
    return Script(script.lang, writer.chapters()), tuple(writer.keys)


def left_out(script: Script, phone: Script) -> tuple[Line, ...]:
    """The page's own lines that the full edition does not say, word for word; their sound is in no chapter.

    Lines that hold a web address are said with other words in its place and are not counted.
    """
    said = Counter(line.spoken for line in phone.lines)
    return tuple(line for line in said_alike(script) if not said[line.spoken])


def said_alike(script: Script) -> Iterator[Line]:
    """The lines that the full edition says as the recording does."""
    for line in script.lines:
        if line.target and line.role != "title" and not any(one.rule == ADDRESSES for one in line.changes):
            yield line


def _topics(script: Script, words: TelephoneWords, where: Boxes, urgent: Sequence[Line]) -> Iterator[Topic]:
    """What stands under the title, without advice that was just heard, and each main section with those inside."""
    first, *others = script.chapters
    heard, apart = {id(line) for line in urgent}, {"title", "opening", "ending"}
    own = [line for line in first.lines if line.role not in apart and id(line) not in heard]
    yield Topic("about", (), words.intro or first.title, groups(own, where))
    top = min((chapter.level for chapter in others), default=2)
    named: list[Line] = []
    slug, lines = "", list[Line]()
    for chapter in others:
        own = [line for line in chapter.lines if line.role != "ending"]
        if chapter.level == top or not slug:
            if slug:
                yield Topic(slug, tuple(named), _joined(named), groups(lines, where))
            named = [*_while_heading(own)]
            slug, lines = _slug(chapter.id), own[len(named) :]
        else:
            lines += own
    if slug:
        yield Topic(slug, tuple(named), _joined(named), groups(lines, where))


def _while_heading(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if line.role != "heading":
            return
        yield line


def _urgent(document: Document, script: Script, words: TelephoneWords, where: Boxes) -> list[Topic]:
    """The page's emergency and urgent advice, gathered; it also stays in its place."""
    ours = frames(script.lang)
    lines = script.lines
    gathered: list[Line] = []
    for callout in _callouts(document):
        inside = {text.number for text in texts(callout)}
        places = [at for at, line in enumerate(lines) if line.target and line.target.text in inside]
        if not places:
            continue
        start, end = places[0], places[-1] + 1
        if start and lines[start - 1].spoken == ours.urgency(callout.urgency):
            start -= 1
        while start and lines[start - 1].role == "heading":  # "Call 999 if:" above the box is what it is about
            start -= 1
        if end < len(lines) and lines[end].spoken == ours.end_of_callout:
            end += 1
        gathered += lines[start:end]
    return [Topic("urgent", (), words.urgent or gathered[0].spoken, groups(gathered, where))] if gathered else []


def _callouts(document: Document) -> Iterator[Callout]:
    """Every callout of urgency, in reading order, emergencies first."""
    found = [block for block in _blocks(document) if isinstance(block, Callout)]
    for urgency in ("emergency", "urgent"):
        yield from (callout for callout in found if callout.urgency == urgency)


def _sizes(document: Document, lang: str) -> Iterator[str]:
    """What is said of the size of each table, "Table, 4 columns, 8 rows."."""
    for table in (block for block in _blocks(document) if isinstance(block, Table)):
        rows = sum(not row.is_header for row in grid.rows(table))
        yield frames(lang).table(grid.width(table), rows)


def _blocks(document: Document) -> Iterator[object]:
    """Everything that the document's sections hold, in reading order, what is inside a block after it."""
    waiting: list[object] = [
        *document.blocks,
        *(block for part in document.all_sections() for block in part.blocks),
    ]
    while waiting:
        value = waiting.pop(0)
        yield value
        if isinstance(value, tuple):
            waiting = [*value, *waiting]
        elif not isinstance(value, (str, int)) and hasattr(value, "__dataclass_fields__"):
            waiting = [*(getattr(value, name) for name in value.__dataclass_fields__), *waiting]


def _first_sentences(topic: Topic) -> list[Group]:
    """The topic's first sentences; a list comes whole with the sentence that leads into it, or not at all."""
    if topic.slug == "urgent":
        return topic.groups
    taken: list[Group] = []
    for group in topic.groups:
        listed = bool(group.leads) and all(lead in one.lines for lead in group.leads for one in taken[:1])
        if taken and not listed:
            said = sum(line.role == "paragraph" for one in taken for line in one.lines)
            apart = group.leads or group.lines[-1].role != "paragraph" or leads_on(group.lines[-1])
            if said >= SHORT_SENTENCES or apart:
                break
        taken.append(group)
    return taken


class _Writer:
    """The chapters for telephones while they are written."""

    def __init__(self, document: Document, lang: str, length: Length, rate_hz: int, longest_s: float) -> None:
        self.lang, self.words, self.length = lang, telephone_words(lang), length
        self.rate_hz, self.longest_s = rate_hz, longest_s
        self.sizes = frozenset(_sizes(document, lang))
        self.written: list[tuple[str, Sequence[Line]]] = []
        """Of each chapter its name and its lines."""
        self.keys: list[str] = []

    def say(self, words: str) -> Line:
        """A line of ours."""
        return said_by_us(words, self.lang)

    def menu(self, title: str, topics: Sequence[Topic], reviewed: str) -> None:
        """What this is about, what it is worth, and the keys."""
        ours = self.words
        lines = [ours.about(title), ours.notice]
        if reviewed:
            lines.append(ours.reviewed(spoken((Run(reviewed),), self.lang, NOTHING_DEFINED).text))
        if len(topics) > 1:
            lines += [ours.key(topic.words, number) for number, topic in enumerate(topics[:MOST_KEYS], 1)]
            lines += [ours.next, ours.again]
        said = [self.say(line) for line in lines if line] or [self.say(title)]
        single = [Group((line,)) for line in said]
        for number, piece in enumerate(self._pieces(single, 0.0, 0.0)):
            self.chapter("menu" if not number else f"menu-{number + 1}", "*", piece)

    def topic(self, title: str, topic: Topic, key: str) -> None:
        """A topic, in as many chapters as it takes."""
        callers = [
            Group(for_callers(group.lines, self.words), for_callers(group.leads, self.words))
            for group in topic.groups
        ]
        whole, least = self._openings(title, topic)
        pieces, parts = list[list[Line]](), MOST_KEYS
        while len(pieces) > parts or not pieces:  # "part 12 of 13" takes longer to say than "part 2 of 3"
            parts = max(parts, len(pieces))
            last = self.say(self.words.part(parts, parts))
            pieces = list(self._pieces(callers, self._seconds([*whole, last]), self._seconds([*least, last])))
        for number, piece in enumerate(pieces, 1):
            part = [self.say(self.words.part(number, len(pieces)))] if len(pieces) > 1 and self.words else []
            slug = topic.slug if len(pieces) == 1 else f"{topic.slug}-{number}"
            lines = [*whole, *part, *piece]
            if self._seconds(lines) > self.longest_s:
                lines = [*least, *part, *self._needed(piece)]
            self.chapter(slug, key if number == 1 else "", lines)

    def _openings(self, title: str, topic: Topic) -> tuple[list[Line], list[Line]]:
        """What each chapter of a topic begins with, and the least of it, for one that would be too long."""
        head = list(topic.heading)
        if topic.slug == "urgent" and self.words:
            head.append(self.say(f"{self.words.urgent}."))
        about = self.say(self.words.about(title) or title)
        return [about, *head], [self.say(f"{title}."), *head]

    def _needed(self, lines: Sequence[Line]) -> list[Line]:
        """The lines without the size of a table: who only listens finds no way by it."""
        return [line for line in lines if line.target or line.spoken not in self.sizes]

    def chapter(self, slug: str, key: str, lines: Sequence[Line]) -> None:
        """One file."""
        self.written.append((slug, lines))
        self.keys.append(key)

    def chapters(self) -> tuple[Chapter, ...]:
        """All of them. Systems play files in the order of their names, so all numbers have as many digits."""
        digits = max(2, len(str(len(self.written) - 1)))
        return tuple(_chapter(f"{at:0{digits}}", *written) for at, written in enumerate(self.written))

    def _pieces(self, found: Sequence[Group], lead_s: float, least_s: float) -> Iterator[list[Line]]:
        """The groups' lines in pieces that are short enough after an opening of `lead_s`, or at least `least_s`.

        A group that is too long even so is parted where its sentences end.
        """
        piece: list[Line] = []
        for group in chain.from_iterable(self._fitting(group, least_s) for group in found):
            if piece and lead_s + self._seconds([*piece, *group.lines]) > self.longest_s:
                yield piece
                piece = []
            piece += [*group.leads, *group.lines] if not piece else group.lines
        if piece:
            yield piece

    def _fitting(self, group: Group, least_s: float) -> list[Group]:
        needed = self._needed([*group.leads, *group.lines])
        return [group] if least_s + self._seconds(needed) <= self.longest_s else sentences(group)

    def _seconds(self, lines: Sequence[Line]) -> float:
        """How long a chapter of these lines would be, at most."""
        samples = sum(self.length(line) + line.rest_ms * self.rate_hz // 1000 for line in lines if line.spoken)
        return (samples + QUANTUM) / self.rate_hz + 2 * ENDS_MS / 1000


def _chapter(number: str, slug: str, lines: Sequence[Line]) -> Chapter:
    name = f"{number}-{slug}"
    numbered = [replace(line, id=f"{name}-{at}") for at, line in enumerate(lines)]
    numbered[-1] = replace(numbered[-1], rest_ms=max(numbered[-1].rest_ms, ENDS_MS))
    return Chapter(name, slug, 1, ENDS_MS, tuple(numbered))


def _joined(lines: Iterator[Line] | Sequence[Line]) -> str:
    return " ".join(line.spoken for line in lines).rstrip(" .:")


def _slug(name: str) -> str:
    """A name for files and configurations, `[a-z0-9-]`; chapter ids are such already."""
    return re.sub(r"[^a-z0-9]+", "-", name)[:LONGEST_SLUG].strip("-") or "part"
