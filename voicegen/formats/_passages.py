"""Text of a Document as HTML: the author's inline markup kept, every spoken line in an element of its own.

Offsets of a line may cut through runs; the markup of a run that is cut is repeated on both sides.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from voicegen.errors import PublicationError
from voicegen.formats.words import direction, language_tag
from voicegen.model.document import Run, Text
from voicegen.model.script import Line, Script

_SAFE_ADDRESS = re.compile(r"(?:https?://[^/\s]|mailto:[^\s]|tel:[^\s])[^\x00-\x20\x7f]*\Z", re.IGNORECASE)

_RAISED = re.compile("(?<=[0-9])(?:([\u2070\u00b9\u00b2\u00b3\u2074-\u207b]+)|([\u00bc-\u00be\u2150-\u215e]))")
"""What follows digits and would run together with them: Speech Dispatcher gives a screen reader's voice the
compatibility forms of Unicode (NFKC), in which 10\u2079 is 109 and 2\u00bd is 21/2."""
_PARTS = re.compile(r'<(strong|em|span class="line")(?=[ >])')


class Passages:
    """Gives each Text of one page as HTML and makes sure that every line finds its place."""

    def __init__(self, page: str, lang: str, script: Script, anchors: Iterable[str]) -> None:
        self._page = page
        self._lang = lang
        self._anchors = frozenset(anchors)
        self._lines: dict[int, list[Line]] = {}
        self._placed: dict[str, None] = {}
        for line in script.lines:
            if line.target:
                self._lines.setdefault(line.target.text, []).append(line)

    def html(self, text: Text, *, drawn: bool = False) -> Markup:
        """The text as phrasing content (HTML, section 3.2.5.2.5).

        `drawn` shows also what the source kept for screen readers only, such as a care card's prefix.
        Raises PublicationError where a line stands outside the text, or the text has been given before.
        """
        lines = sorted(self._lines.get(text.number, ()), key=_reading_order)
        length = len(text.plain)
        for line in lines:
            if line.target and not 0 <= line.target.start < line.target.end <= length:
                raise PublicationError(self._page, f"line {line.id} lies outside its text", _REPORT)
            if line.id in self._placed:
                raise PublicationError(self._page, f"line {line.id} stands twice on the page", _REPORT)
            self._placed[line.id] = None
        runs = (replace(run, hidden=False) for run in text.runs) if drawn else text.runs
        return self._spoken(deque(runs), 0, length, deque(lines))

    @property
    def placed(self) -> Sequence[str]:
        """The ids of the lines that have been given, in the order of the page."""
        return tuple(self._placed)

    def as_one(self, text: Text, *, drawn: bool = False) -> Markup:
        """The same, for texts that screen readers take as one: terms, captions, headings of callouts.

        Browsers tell them of each element with an id or emphasis; Orca then skips a term, leaves a table without
        its name, and says "heading level 3" for every part of one (docs/why/page.md).
        """
        return Markup(_PARTS.sub(r'<\1 role="none"', str(self.html(text, drawn=drawn))))  # noqa: S704  our own tags

    def quoted(self, text: Text, start: int, end: int) -> Markup:
        """Characters `start` to `end` once more, in their markup, without lines and links."""
        runs = deque(replace(run, href="", hidden=False) for run in text.runs)
        _taken(runs, start)
        return self._inline(_taken(runs, end - start))

    def check_complete(self, remedy: str = "") -> None:
        """Raises PublicationError where a line belongs to a text that has not been given."""
        lost = {line.id for lines in self._lines.values() for line in lines} - self._placed.keys()
        if lost:
            raise PublicationError(self._page, f"line {min(lost)} stands nowhere on the page", remedy or _REPORT)

    def _spoken(self, runs: deque[Run], place: int, end: int, lines: deque[Line]) -> Markup:
        """Characters `place` to `end`, taken from the left of `runs`, with the lines that begin among them.

        A line that begins inside another one also ends inside it.
        """
        parts: list[Markup] = []
        while lines and lines[0].target and lines[0].target.start < end:
            target = lines[0].target
            line = lines.popleft()
            last = min(target.end, end)
            parts.append(self._inline(_taken(runs, target.start - place)))
            words = self._spoken(runs, target.start, last, lines)
            parts.append(Markup('<span class="line" id="{}">{}</span>').format(line.id, words))
            place = last
        parts.append(self._inline(_taken(runs, end - place)))
        return Markup("").join(parts)

    def _inline(self, runs: Sequence[Run], depth: int = 0) -> Markup:
        """Runs as nested elements; neighbours that share a link or a style share its element."""
        if depth == len(self._styles) or all(run == Run(run.text) for run in runs):
            return apart("".join(run.text for run in runs))
        key, element = self._styles[depth]
        parts = (element(value, self._inline(tuple(group), depth + 1)) for value, group in groupby(runs, key))
        return Markup("").join(parts)

    @cached_property
    def _styles(self) -> tuple[tuple[Callable[[Run], Any], Callable[[Any, Markup], Markup]], ...]:
        """What a run can be, from the outermost element to the innermost."""
        return (
            (lambda run: run.href, self._link),
            (lambda run: (run.lang, _is_number(run)), self._language),
            (lambda run: run.abbr, _abbreviation),
            (lambda run: "strong" if run.strong else "", _named),
            (lambda run: "em" if run.em else "", _named),
            (lambda run: run.position, _positioned),
            (lambda run: "unseen" if run.hidden else "", _unseen),
        )

    def _link(self, href: str, words: Markup) -> Markup:
        address = safe_address(href, self._anchors)
        if not address:
            return words
        return Markup('<a href="{}">{}</a>').format(address, words)

    def _language(self, style: tuple[str, bool], words: Markup) -> Markup:
        lang, is_number = style
        attributes = _language_attributes(lang, self._lang, "ltr" if is_number else "")
        if is_number and not attributes and direction(self._lang) == "rtl":
            attributes = Markup(' dir="ltr"')
        return Markup("<span{}>{}</span>").format(attributes, words) if attributes else words


_REPORT = "This is a fault of voicegen: please report it with the page."


def safe_address(href: str, anchors: Iterable[str] = ()) -> str:
    """`href` where a link may lead: the web, mail, telephone, an anchor of ours; otherwise an empty string.

    Schemes that run code are among those dropped; relative addresses are too, because the transcript does not
    stand where the source page stood; and addresses that are none, such as `https://[`.
    """
    address = href.strip()
    if address.startswith("#"):
        return address if address[1:] in anchors else ""
    try:
        urlsplit(address)
    except ValueError:
        return ""
    return address if _SAFE_ADDRESS.match(address) else ""


def _reading_order(line: Line) -> tuple[int, int]:
    return (line.target.start, -line.target.end) if line.target else (0, 0)


def _taken(runs: deque[Run], length: int) -> list[Run]:
    """The first `length` characters of the runs, taken away from them; a run that is cut leaves its rest."""
    parts: list[Run] = []
    while length > 0:
        run = runs.popleft()
        if len(run.text) > length:
            runs.appendleft(replace(run, text=run.text[length:]))
            run = replace(run, text=run.text[:length])
        parts.append(run)
        length -= len(run.text)
    return parts


def _is_number(run: Run) -> bool:
    """Whether a run is a phone number that can be called: from right to left its groups stand in the wrong order.

    Unicode Standard Annex 9, rule W2.
    """
    return run.href.strip().lower().startswith("tel:") and not any(map(str.isalpha, run.text))


def _language_attributes(lang: str, around: str, written: str = "") -> Markup:
    """For words in another language than those around; `written` is their direction where it is not its own."""
    tag = language_tag(lang)
    if not tag or tag.lower() == around.lower():
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(tag, written or direction(tag))


def apart(text: str) -> Markup:
    """The text, with raised digits and fractions told from the digits before them."""

    def marked(found: re.Match[str]) -> str:
        kind = "sup" if found[1] else "span"
        return f'<{kind} class="own">{found[0]}</{kind}>'

    return Markup(_RAISED.sub(marked, str(escape(text))))  # noqa: S704  escaped, and our own tags


def _named(name: str, words: Markup) -> Markup:
    """An element with a name of ours."""
    return Markup("<{0}>{1}</{0}>").format(name, words) if name else words


def _abbreviation(expansion: str, words: Markup) -> Markup:
    return Markup('<abbr title="{}">{}</abbr>').format(expansion, words) if expansion else words


def _positioned(position: str, words: Markup) -> Markup:
    if position == "note":
        return Markup('<sup class="note">{}</sup>').format(words)
    return _named(position, words)


def _unseen(hidden: str, words: Markup) -> Markup:
    return Markup('<span class="unseen">{}</span>').format(words) if hidden else words
