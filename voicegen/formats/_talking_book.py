"""What talking books say of themselves: who made them, when, in which language, and how long everything lasts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from voicegen import __version__
from voicegen.formats._spoken_by import narrator, voice_licence
from voicegen.formats._xml import legible
from voicegen.formats.words import direction, language_tag, words_for
from voicegen.model.edition import Edition
from voicegen.steps.timecode import to_ms

GENERATOR = f"voicegen {__version__}"
NO_DATE = "1980-01-01"
"""Stands where a format demands a day and the page names none; the day that packages give their files too."""


@dataclass(frozen=True, slots=True)
class About:
    """A publication's own facts; none is empty, but for the author and the licence."""

    identifier: str
    """A UUID (RFC 9562, version 5) that stays as long as the page's address, or its name and publisher, do."""
    title: str
    author: str
    publisher: str
    date: str
    """ISO 8601: when the page was last published, updated or reviewed, as it says itself."""
    dated: bool
    """Whether the page names that day."""
    lang: str
    dir: str
    narrator: str
    licence: str
    """Of the computer's voice; empty where nobody says."""

    @property
    def credit(self) -> str:
        """Who speaks, and under which licence, for formats that have one place for both."""
        return f"{self.narrator} ({self.licence})" if self.licence else self.narrator


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of sound, in milliseconds."""

    begin: int
    end: int


def about(edition: Edition, kind: str) -> About:
    """The facts of the page's publication in the format `kind`."""
    page, document = edition.page, edition.document
    lang = language_tag(document.lang) or "en"
    stable = page.address or f"{page.publisher}/{page.id}"
    days = [day for key in ("updated", "reviewed", "published") if (day := _day(document.about(key)))]
    return About(
        identifier=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{stable}#{kind}")),
        title=one_line(edition.timeline.marks[0].title) or page.id,
        author=one_line(document.about("author")),
        publisher=one_line(page.publisher) or words_for(lang).plain("unknown_publisher"),
        date=max(days, default=NO_DATE),
        dated=bool(days),
        lang=lang,
        dir=direction(lang),
        narrator=one_line(narrator(edition)) or GENERATOR,
        licence=one_line(voice_licence(edition)),
    )


def chapters(edition: Edition) -> list[Span]:
    """Each chapter's stretch of the whole recording; together they are all of it."""
    rate = edition.timeline.rate_hz
    return [Span(to_ms(mark.start, rate), to_ms(mark.end, rate)) for mark in edition.timeline.marks]


def spans(edition: Edition) -> dict[str, Span]:
    """By line: its stretch of its chapter's file.

    Each ends where the next begins: silence goes with the line before it, a chapter's first with its first line.
    """
    found: dict[str, Span] = {}
    rate = edition.timeline.rate_hz
    for mark, chapter in zip(edition.timeline.marks, chapters(edition), strict=True):
        begins = [0, *(to_ms(cue.start, rate) - chapter.begin for cue in mark.cues[1:])]
        ends = [*begins[1:], chapter.end - chapter.begin]
        found |= {cue.line: Span(*times) for cue, *times in zip(mark.cues, begins, ends, strict=False)}
    return found


def labels(edition: Edition) -> dict[str, Span]:
    """By line: its speech alone in its chapter's file, without the silence around it."""
    rate = edition.timeline.rate_hz
    return {
        cue.line: Span(to_ms(cue.start, rate) - chapter.begin, to_ms(cue.end, rate) - chapter.begin)
        for mark, chapter in zip(edition.timeline.marks, chapters(edition), strict=True)
        for cue in mark.cues
    }


def clock(ms: int) -> str:
    """A SMIL clock value with milliseconds, such as 0:01:02.345 (SMIL 1.0, section 4.2.1)."""
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def whole_clock(ms: int) -> str:
    """The nearest whole second as a clock value, such as 00:01:02."""
    seconds = (ms + 500) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def seconds(ms: int) -> str:
    """Seconds with three decimals, such as 62.345."""
    return f"{ms // 1000}.{ms % 1000:03}"


def _day(written: str) -> str:
    try:
        return date.fromisoformat(written.strip()).isoformat()
    except ValueError:
        return ""


def one_line(words: str) -> str:
    """The words on one line, as XML can hold them."""
    return " ".join(legible(words).split())
