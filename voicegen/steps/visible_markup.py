"""The words of HTML and Markdown, by one pass over the characters that shares nothing with the readers.

It knows no content, no furniture and no structure: it passes over tags, comments, scripts and style sheets and
keeps all the rest, hidden or not, with the alt texts of images. The tokens are those of WHATWG HTML, section
13.2.5; every step goes forward, so that the time is linear whatever the page is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from voicegen.steps.visible_words import Gathered, Visible

_INLINE = frozenset(
    re.findall(
        r"\S+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s"
        " samp small span strike strong sub sup time tt u var wbr",
    )
)
"""Elements that part no paragraph."""
_RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"))
_UNSEEN = frozenset(("script", "style"))
_FALLBACK = frozenset(
    ("applet", "audio", "canvas", "iframe", "map", "noembed", "noframes", "object", "template", "video")
)
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)((?>[^>=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=)*+)>")
_TAG_NAME = re.compile(r"</?[A-Za-z]")
_COMMENT_END = re.compile(r"--!?>")
_ALT = re.compile(r"""(?:^|[\s/"'])alt\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+))""", re.I)


_MARKDOWN = (
    (re.compile(r"\{%(?s:.){0,400}?%\}|\{\{(?s:.){0,400}?\}\}|\{:[^}\n]{0,200}\}"), ""),
    (re.compile(r"^([ \t>]*(?:`{3,}|~{3,}))[^\n`]*$", re.M), r"\1"),
    (re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M), ""),
    (re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+[^\n]*$", re.M), ""),
    (re.compile(r"\[\^[^\]\s]+\]:?"), ""),
    (
        re.compile(
            r"\]\(\s*+<?[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+>?"
            r"(?:\s++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?\s*+\)"
        ),
        "]",
    ),
    (re.compile(r"(?<=\])\[[^\]\n]*\]"), ""),
    (re.compile(r"\[\[(?:[^\]|\n]{0,200}\|)?"), "[["),
    (re.compile(r"<((?:https?://|mailto:)[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>"), r" \1 "),
)
"""Marks of Markdown that hold letters and are not shown, and what of each is shown: program text that was never
run, languages of code, quotation marks, definitions of links and notes, addresses, brackets of addresses."""


def html_words(source: str) -> Visible:
    """The words of an HTML page."""
    gathered = Gathered(source)
    _Scanner(source, gathered, gathered.text).scan()
    return gathered.visible()


def markdown_words(source: str) -> Visible:
    """The words of a Markdown file, as a reader sees it: without addresses of links and names of notes."""
    for pattern, kept in _MARKDOWN:
        source = pattern.sub(_keeping_lines(kept), source)
    gathered = Gathered(source, counts_anew=True)
    _Scanner(source, gathered, lambda text, at: gathered.in_lines(text, at, "*_~`[]():：", "\n|")).scan()
    return gathered.visible()


def _keeping_lines(kept: str) -> Callable[[re.Match[str]], str]:
    """Replaces a match by what is kept of it and its line breaks, so that the lines below keep their numbers."""
    return lambda found: found.expand(kept) + "\n" * found[0].count("\n")


class _Scanner:
    """Goes over the markup of a source; what is text is given to `text` with its place."""

    def __init__(self, source: str, gathered: Gathered, text: Callable[[str, int], None]) -> None:
        self._source, self._gathered, self._text = source, gathered, text
        self._absent: set[str] = set()
        """Closing signs that were looked for and do not come any more: they are not looked for again."""

    def scan(self) -> None:
        """Goes over the whole source."""
        source, at, end = self._source, 0, len(self._source)
        while at < end:
            opening = source.find("<", at)
            if opening < 0:
                opening = end
            self._text(source[at:opening], at)
            at = self._markup(opening) if opening < end else end
        self._gathered.flush()

    def _markup(self, at: int) -> int:
        """Passes over what begins with the `<` at `at`; gives the place behind it."""
        source, end = self._source, len(self._source)
        if source.startswith("<!--", at):
            if source.startswith((">", "->"), at + 4):
                return source.index(">", at) + 1
            closing = _COMMENT_END.search(source, at + 4)
            return closing.end() if closing else end
        for opening, ending in (("<?", "?>"), ("<%", "%>"), ("<!", ">"), ("<?", ">")):
            if source.startswith(opening, at) and (behind := self._behind(ending, at)):
                return behind
        tag = _TAG.match(source, at)
        if tag:
            return self._tag(tag)
        opened = source[at + 1 : at + 2] in ("!", "?") or _TAG_NAME.match(source, at)
        behind = end if opened else at + 1  # the source ends inside a tag, or the sign is text
        self._text(source[at:behind], at)
        return behind

    def _behind(self, ending: str, at: int) -> int:
        found = -1 if ending in self._absent else self._source.find(ending, at)
        if found < 0:
            self._absent.add(ending)
            return 0
        return found + len(ending)

    def _tag(self, tag: re.Match[str]) -> int:
        """Passes over a tag, and over the content of an element that holds no elements."""
        source, gathered = self._source, self._gathered
        name, at = tag[1].lower(), tag.end()
        if name not in _INLINE:
            gathered.flush()
        if source[tag.start() + 1] == "/":
            if name in _FALLBACK:
                gathered.leave(name)
            return at
        if name == "img" and (alt := _ALT.search(tag[2])):
            gathered.text(next((value for value in alt.groups() if value is not None), ""), tag.start())
            gathered.flush()
        if name in _FALLBACK:
            gathered.enter()
        if name not in _RAW:
            return at
        closing = re.compile(rf"</{name}(?=[\s/>])", re.I).search(source, at)
        behind = closing.start() if closing else len(source)
        if name not in _UNSEEN:
            gathered.text(source[at:behind], at)
        return behind
