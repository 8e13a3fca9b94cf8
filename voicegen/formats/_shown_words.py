"""What a published transcript shows, as a reader has it, compared word by word with timeline.json."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from voicegen.formats._links import Found
from voicegen.formats._verified import PublishedTimeline
from voicegen.formats.words import language_tag
from voicegen.model.document import Run
from voicegen.model.written import as_written

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
"""Elements that have no end (HTML, section 13.1.2)."""


class ShownWords(Found):
    """Besides, the words of each line, the language, the title and the contents of one page."""

    def __init__(self, contents: str = "chapters") -> None:
        """`contents` is the class of the element in which the links stand that are its contents."""
        super().__init__()
        self._contents = contents
        self.lang = ""
        self.title = ""
        self.words: dict[str, str] = {}
        """By the line's id: its words, raised and lowered ones as timeline.json has them."""
        self.contents: list[tuple[str, str]] = []
        """Address and words of each link in them."""
        self.tracks: set[str] = set()
        """The languages that its tracks say to be in."""
        self.said: list[list[str]] = []
        """The cells of each row of the table of what is said otherwise than it is written."""
        self._open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the element that what follows stands in."""
        super().handle_starttag(tag, attrs)
        facts = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = facts.get("lang", "")
        if tag == "track":
            self.tracks.add(facts.get("srclang", ""))
        if tag in VOID:
            return
        self._open.append((tag, facts))
        if facts.get("class") == "line":
            self.words.setdefault(facts.get("id", ""), "")
        if tag == "tr" and self._is_in("said"):
            self.said.append([])
        if tag == "td" and self.said:
            self.said[-1].append("")
        if tag == "a" and self._is_in(self._contents):
            self.contents.append((facts.get("href", ""), ""))

    def handle_endtag(self, tag: str) -> None:
        """Leaves the element, and those in it that nothing ended."""
        super().handle_endtag(tag)
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Takes words to the lines that they stand in, of which one may be inside another."""
        super().handle_data(data)
        words = data
        for tag, facts in self._open:
            if facts.get("class") == "note":
                words = as_written(Run(data, position="note"))
            elif tag in {"sup", "sub"} and facts.get("class") != "own":
                words = as_written(Run(data, position="sup" if tag == "sup" else "sub"))
            if tag == "title":
                self.title += data
        for _, facts in self._open:
            if facts.get("class") == "line":
                self.words[facts.get("id", "")] += words
        if any(tag == "td" for tag, _ in self._open) and self._is_in("said"):
            self.said[-1][-1] += words
        if self.contents and any(tag == "a" for tag, _ in self._open) and self._is_in(self._contents):
            href, before = self.contents[-1]
            self.contents[-1] = href, before + data

    def _is_in(self, name: str) -> bool:
        """Whether what is read stands in an element of that class."""
        return any(facts.get("class") == name for _, facts in self._open)


def differences(found: ShownWords, timeline: PublishedTimeline) -> Iterator[str]:
    """Where the text of an HTML file is not that of timeline.json, in words."""
    for line in timeline.lines:
        if line.shown and bare(found.words.get(line.id, line.shown)) != bare(line.shown):
            yield f"{line.shown[:60]!r} has other words: {found.words[line.id][:60]!r}"
    if found.lang != (lang := language_tag(timeline.lang) or "en"):
        yield f"its language is {found.lang!r}, not {lang!r}"
    if found.tracks - {lang}:
        yield f"its chapters are in {', '.join(sorted(found.tracks))}, not {lang!r}"
    yield from _said_otherwise(found.said, timeline)
    if bare(timeline.title) not in bare(found.title):  # a clinic's own template may put its name before it
        yield f"it is called {found.title[:60]!r}, not {timeline.title!r}"
    chapters = [(f"#{mark.id}", bare(mark.title)) for mark in timeline.marks]
    if found.contents and [(href, bare(words)) for href, words in found.contents] != chapters:
        yield "its contents are not the chapters of timeline.json"


def _said_otherwise(rows: Iterable[Sequence[str]], timeline: PublishedTimeline) -> Iterator[str]:
    """The first row of what is said otherwise than it is written that is so in no line, after those before it."""
    lines = iter(timeline.lines)
    line = next(lines, None)
    for shown, spoken in (row[:2] for row in rows if len(row) > 1):
        while line and not (_holds(line.shown, shown) and _holds(line.spoken, spoken)):
            line = next(lines, None)
        if not line:
            yield f"its list says that {shown[:60]!r} is spoken as {spoken[:60]!r}, which is so in no line"
            return


def _holds(line: str, words: str) -> bool:
    """Whether words stand in a line, whatever its blanks, and not as parts of others: 2.5 in 12.5, or in "for"."""
    sought = bare(words)
    if sought not in bare(line):
        return False
    before = r"(?<![\d.,٫])" if sought[:1].isdigit() else _NO_LETTER_BEFORE if sought[:1].isalpha() else ""
    behind = r"(?![.,٫]?\d)" if sought[-1:].isdigit() else _NO_LETTER_BEHIND if sought[-1:].isalpha() else ""
    inside = r"\s*".join(map(re.escape, sought))
    return re.search(before + inside + behind, unicodedata.normalize("NFC", line)) is not None


_NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"(?<![^\W\d_])", r"(?![^\W\d_])"


def bare(words: str) -> str:
    """The words without the blanks between them, which markup may add; every sign counts, as that of 0.5 does."""
    return "".join(unicodedata.normalize("NFC", words).split())
