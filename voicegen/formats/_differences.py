"""Where the recording says something else than the page shows, so that a reader can inspect it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from voicegen.model.document import Document, texts
from voicegen.model.script import Change, Line, Script, Target
from voicegen.speech.assembly import said

_EDGES = " .,;:!?()[]{}«»“”„\"'‘’"
"""Punctuation around a form that does not belong to it."""


@dataclass(frozen=True, slots=True)
class SpokenForm:
    """Words that are said otherwise than they are written."""

    shown: str
    spoken: str
    rules: str
    """The names of the rules in words; empty where the line as a whole is said otherwise."""
    lang: str
    place: Target | None = field(compare=False, default=None)
    """Where they first stand on the page, with their markup (the raised 9 of 10⁹)."""


def spoken_forms(script: Script) -> list[SpokenForm]:
    """What is said otherwise than it is written, in whole words ("5–10 mg"): each once, in reading order."""
    forms: dict[SpokenForm, None] = {}
    for line in script.lines:
        forms |= dict.fromkeys(line_forms(line))
    return list(forms)


def line_forms(line: Line) -> list[SpokenForm]:
    """What is said in one line otherwise than it is written, in whole words and in order."""
    if line.changes:
        found = [_form(line, start, end, changes) for start, end, changes in _places(line)]
    else:
        found = [SpokenForm(line.shown, line.spoken.strip(), "", line.lang, line.target)] if line.shown else []
    return [form for form in found if form.spoken and not _same(form.shown, form.spoken)]


def added_words(document: Document, script: Script) -> list[str]:
    """What the recording says besides the page's words, each once, apart from numbers and repeated texts."""
    written = {_letters(text.plain) for text in texts(document)}
    added: dict[str, None] = {}
    for line in script.lines:
        letters = _letters(line.spoken)
        if line.target is None and letters and letters not in written:
            added[line.spoken.strip()] = None
    return list(added)


def _places(line: Line) -> Iterator[tuple[int, int, list[Change]]]:
    """Changes that share a word, and the whole words that they stand in. What is left unspoken has no place."""
    words = [word.span() for word in re.finditer(r"\S+", line.shown)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    start, end, changes = 0, 0, list[Change]()
    for change in sorted(line.changes, key=lambda change: change.start):
        near = words[bisect_left(ends, change.start) : bisect_right(starts, change.end)]
        touched = [word for word in near if _meets(line.shown, change, *word)]
        if not change.spoken.strip() or not touched:
            continue
        if changes and touched[0][0] >= end:
            yield start, end, changes
            changes = []
        start = start if changes else touched[0][0]
        end = max(end, touched[-1][1])
        changes.append(change)
    if changes:
        yield start, end, changes


def _meets(shown: str, change: Change, start: int, end: int) -> bool:
    """Whether a word shares characters with a change, or is joined to it by a blank inside the change."""
    if change.start == change.end:
        return start <= change.start <= end
    before = end == change.start and shown[change.start].isspace()
    behind = start == change.end and shown[change.end - 1].isspace()
    return before or behind or (start < change.end and end > change.start)


def _form(line: Line, start: int, end: int, changes: list[Change]) -> SpokenForm:
    """The words from `start` to `end`, without punctuation around them, and the same with the changes made."""
    while start < changes[0].start and line.shown[start] in _EDGES:
        start += 1
    last = max(change.end for change in changes)
    while end > last and line.shown[end - 1] in _EDGES:
        end -= 1
    inside = [change for change in line.changes if start <= change.start and change.end <= end]
    moved = [replace(change, start=change.start - start, end=change.end - start) for change in inside]
    rules = dict.fromkeys(change.rule.replace("_", " ") for change in changes)
    words = said(line.shown[start:end], moved)
    return SpokenForm(line.shown[start:end], words, ", ".join(rules), line.lang, _place(line, start, end))


def _place(line: Line, start: int, end: int) -> Target | None:
    """Where characters `start` to `end` of a line stand on the page."""
    if not line.target:
        return None
    return Target(line.target.text, line.target.start + start, line.target.start + end)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _letters(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalpha())
