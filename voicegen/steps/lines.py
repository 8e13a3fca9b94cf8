"""The lines of a script as they are written: sentences in their languages, ids, silences, chapters."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from voicegen.config import Rests
from voicegen.model.document import Run, Text
from voicegen.model.script import Change, Chapter, Line, Role, Target
from voicegen.model.written import name_of
from voicegen.speech import PageWords, at_first_use, first_time, sentences, spoken

ASIDE_MS = 120
"""Silence between a frame word of ours and what it introduces."""
LONGEST_ID = 60
NAMING: tuple[Role, ...] = ("paragraph", "item", "cell", "caption", "image")
"""Lines in which an abbreviation that the page explains is said by its name where a chapter has it first; after
a heading comes text that can do so."""


@dataclass(slots=True)
class _Part:
    """A chapter while it is written."""

    id: str
    title: str
    level: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Lines:
    """A script while it is written, from its first line to its last."""

    lang: str
    rests: Rests
    speaks: Callable[[str], bool]
    """Whether a voice for a language is there."""
    words: PageWords
    parts: list[_Part] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    line_ids: Counter[str] = field(default_factory=Counter)
    chapter_ids: Counter[str] = field(default_factory=Counter)
    explained: set[str] = field(default_factory=set)
    """Ordinary words whose explanation (`<abbr title>`) has been said."""
    named: set[str] = field(default_factory=set)
    """Abbreviations whose full names have been said in this chapter."""
    units: int = 0
    unit: int = 0
    """The row or item that is being written; 0 for none."""
    whole: bool = False

    def chapters(self) -> Iterator[Chapter]:
        """What was written so far."""
        for part in self.parts:
            yield Chapter(part.id, part.title, part.level, round(self.rests.chapter * 1000), tuple(part.lines))

    def start(self, heading: Text, level: int) -> None:
        """Begins a chapter."""
        title = name_of(heading)
        self.named = set()
        self.parts.append(_Part(self._chapter_id(title), title, level))

    def text(self, text: Text, role: Role) -> None:
        """One line for each sentence, or for each part of one that is in one language."""
        runs = at_first_use(text.runs, self.words, self.named) if role in NAMING else text.runs
        runs = first_time(runs, self.explained, self.named)
        for start, end in sentences(text.plain, self.lang):
            for from_, to, lang in _languages(runs, start, end):
                voice = self._voice(lang)
                said = spoken(clip(runs, from_, to), voice, self.words)
                if any(map(str.isalnum, said.text)):  # a dash or a bullet alone is nothing to say
                    shown = text.plain[from_:to]
                    self._line(role, shown, said.text, voice, Target(text.number, from_, to), said.changes)
            self.pause(self.rests.sentence)

    def echo(self, text: Text, role: Role, end: str = "") -> None:
        """The text's words said again, where a listener needs them and a reader does not.

        In their own language and by its rules: "1.500 mg" in German is no one and a half.
        """
        said = self.again(text)
        if said:
            self.frame(said.rstrip(" .:") + end, role, text.lang)

    def again(self, text: Text) -> str:
        """The text's words without explanations that were given with it."""
        runs = first_time(text.runs, {run.text.strip().lower() for run in text.runs})
        return spoken(runs, self._voice(text.lang), self.words).text.strip()

    def frame(self, words: str, role: Role = "frame", lang: str = "") -> None:
        """Words that are not the page's own, or not here; in the page's language unless another is named."""
        if words:
            self._line(role, "", words, self._voice(lang), None)
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
        id_ = self._unique("l" + name, self.line_ids)
        said = shown if said == shown else said  # most lines are said as they are shown: one string for both
        line = Line(id_, role, shown, said, lang, 0, target, changes, phonemes, self.unit)
        self.parts[-1].lines.append(line)

    @contextmanager
    def together(self, whole: bool = False) -> Iterator[None]:
        """What is written inside belongs together, but for inner units; with `whole` there are none inside."""
        outer, self.whole = (self.unit, self.whole), self.whole or whole
        if not outer[1]:
            self.units += 1
            self.unit = self.units
        try:
            yield
        finally:
            self.unit, self.whole = outer

    def pause(self, seconds: float) -> None:
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
    """The parts of a sentence, each in one language.

    A part without letters goes with what precedes it, the first one with what follows: a minus is its number's.
    """
    left = right = start
    lang, has_words = "", False
    at = 0
    for run in runs:
        first, last = max(start, at), min(end, at + len(run.text))
        words = any(map(str.isalnum, run.text[first - at : last - at])) if first < last else False
        at += len(run.text)
        if first >= last:
            continue
        if left == right:
            left, lang, has_words = first, run.lang, words
        elif run.lang != lang and words:
            if has_words:
                yield left, right, lang
                left = first
            lang = run.lang
        has_words = has_words or words
        right = last
    if left < right:
        yield left, right, lang
