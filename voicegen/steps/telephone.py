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

from voicegen.model.document import Callout, Document, Run, texts
from voicegen.model.script import Chapter, Line, Phonemes, Script
from voicegen.speech import NOTHING_DEFINED, frames, spoken
from voicegen.speech.telephone_words import TelephoneWords, telephone_words
from voicegen.steps.arranging import QUANTUM
from voicegen.steps.groups import Boxes, Group, boxes, groups, leads_on

LONGEST_S = 30.0
"""How long a chapter may be; one sentence that is longer stands alone."""
ENDS_MS = 300
"""Silence at both ends of a chapter, so that a loop does not click or stumble."""
MOST_KEYS = 9
"""Topics beyond the ninth are reached by running on, or by the key for the next part."""
SHORT_SENTENCES = 2
"""How many sentences of a topic the short edition has."""
LEAST_DIGITS = 6
"""A number with fewer, such as 999, is heard the first time."""
LONGEST_SLUG = 30
NUMBERS, ADDRESSES = "phone numbers", "web addresses"
"""Names of the rules that the telephone adds to."""
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
    writer = _Writer(script.lang, words, length, rate_hz, asked.longest_s)
    writer.menu(title, found, document.about("reviewed"))
    for number, topic in enumerate(found, 1):
        writer.topic(title, topic, str(number) if number <= MOST_KEYS else "")
    if asked.notice:
        writer.chapter("thank-you", "", [asked.notice])
    return Script(script.lang, tuple(writer.chapters)), tuple(writer.keys)


def left_out(script: Script, phone: Script) -> tuple[Line, ...]:
    """The page's own lines that the full edition does not say, word for word; their sound is in no chapter.

    Lines that hold a web address are said with other words in its place and are not counted.
    """
    said = Counter(line.spoken for line in phone.lines)
    return tuple(
        line
        for line in script.lines
        if line.target
        and line.role != "title"
        and not said[line.spoken]
        and not any(change.rule == ADDRESSES for change in line.changes)
    )


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
    waiting: list[object] = [
        *document.blocks,
        *(block for part in document.all_sections() for block in part.blocks),
    ]
    found: list[Callout] = []
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, Callout):
            found.append(value)
        elif isinstance(value, tuple):
            waiting = [*value, *waiting]
        elif not isinstance(value, (str, int)) and hasattr(value, "__dataclass_fields__"):
            waiting = [*(getattr(value, name) for name in value.__dataclass_fields__), *waiting]
    for urgency in ("emergency", "urgent"):
        yield from (callout for callout in found if callout.urgency == urgency)


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

    def __init__(self, lang: str, words: TelephoneWords, length: Length, rate_hz: int, longest_s: float) -> None:
        self.lang, self.words, self.length = lang, words, length
        self.rate_hz, self.longest_s = rate_hz, longest_s
        self.chapters: list[Chapter] = []
        self.keys: list[str] = []

    def say(self, words: str, rest_ms: int = 500) -> Line:
        """A line of ours."""
        return Line("", "frame", "", words, self.lang, rest_ms)

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
        for number, piece in enumerate(self._pieces(single, 0.0)):
            self.chapter("menu" if not number else f"menu-{number + 1}", "*", piece)

    def topic(self, title: str, topic: Topic, key: str) -> None:
        """A topic, in as many chapters as it takes."""
        callers = [Group(self._for_callers(group.lines), self._for_callers(group.leads)) for group in topic.groups]
        about = [self.say(self.words.about(title))] if self.words else [self.say(title)]
        head = [*about, *topic.heading]
        if topic.slug == "urgent" and self.words:
            head.append(self.say(f"{self.words.urgent}."))
        lead_s = self._seconds([*head, self.say(self.words.part(9, 9))])
        pieces = list(self._pieces(callers, lead_s))
        for number, piece in enumerate(pieces, 1):
            part = [self.say(self.words.part(number, len(pieces)))] if len(pieces) > 1 and self.words else []
            slug = topic.slug if len(pieces) == 1 else f"{topic.slug}-{number}"
            self.chapter(slug, key if number == 1 else "", [*head, *part, *piece])

    def chapter(self, slug: str, key: str, lines: Sequence[Line]) -> None:
        """One file."""
        name = f"{len(self.chapters):02}-{slug}"
        numbered = [replace(line, id=f"{name}-{number}") for number, line in enumerate(lines)]
        numbered[-1] = replace(numbered[-1], rest_ms=max(numbered[-1].rest_ms, ENDS_MS))
        self.chapters.append(Chapter(name, slug, 1, ENDS_MS, tuple(numbered)))
        self.keys.append(key)

    def _for_callers(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """The lines without web addresses, and after each the phone numbers that it holds once more."""
        found: list[Line] = []
        for line in lines:
            said = _without_addresses(line, self.words.address)
            if any(map(str.isalnum, said.spoken)):
                found.append(said)
            for change in line.changes:
                digits = sum(map(str.isdigit, line.shown[change.start : change.end]))
                if change.rule == NUMBERS and digits >= LEAST_DIGITS and self.words:
                    again = self.words.number_again(change.spoken.strip(" .,;:"))
                    found.append(replace(self.say(again), lang=line.lang))
        return tuple(found)

    def _pieces(self, found: Sequence[Group], lead_s: float) -> Iterator[list[Line]]:
        """The groups' lines in pieces that are short enough."""
        piece: list[Line] = []
        for group in found:
            if piece and lead_s + self._seconds([*piece, *group.lines]) > self.longest_s:
                yield piece
                piece = []
            piece += [*group.leads, *group.lines] if not piece else group.lines
        if piece:
            yield piece

    def _seconds(self, lines: Sequence[Line]) -> float:
        """How long a chapter of these lines would be, at most."""
        samples = sum(self.length(line) + line.rest_ms * self.rate_hz // 1000 for line in lines if line.spoken)
        return (samples + QUANTUM) / self.rate_hz + 2 * ENDS_MS / 1000


def _without_addresses(line: Line, instead: str) -> Line:
    """The line with other words in the place of web and e-mail addresses."""
    at = 0
    said, sounds = line.spoken, line.phonemes
    for change in line.changes:
        place = said.find(change.spoken, at) if change.spoken else -1
        if place < 0:
            continue
        at = place + len(change.spoken)
        if change.rule == ADDRESSES:
            said = said[:place] + instead + said[at:]
            longer = len(instead) - len(change.spoken)
            sounds = tuple(
                _moved(sound, at, longer) for sound in sounds if sound.end <= place or sound.start >= at
            )
            at += longer
    return replace(line, spoken=" ".join(said.split()) if said != line.spoken else said, phonemes=sounds)


def _moved(sound: Phonemes, at: int, by: int) -> Phonemes:
    return replace(sound, start=sound.start + by, end=sound.end + by) if sound.start >= at else sound


def _joined(lines: Iterator[Line] | Sequence[Line]) -> str:
    return " ".join(line.spoken for line in lines).rstrip(" .:")


def _slug(name: str) -> str:
    """A name for files and configurations, `[a-z0-9-]`; chapter ids are such already."""
    return re.sub(r"[^a-z0-9]+", "-", name)[:LONGEST_SLUG].strip("-") or "part"
