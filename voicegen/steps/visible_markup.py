"""The words of HTML and Markdown, by one pass over the characters that shares nothing with the readers.

It knows no content, no furniture and no structure: it passes over tags, comments, scripts and style sheets and
keeps all the rest, hidden or not, with the alt texts of images. The tokens are those of WHATWG HTML, section
13.2.5; every step goes forward, so that the time is linear whatever the page is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.entities import html5

from voicegen.speech.patterns import lazy
from voicegen.steps.visible_words import HIDDEN, SHOWN, Gathered, Visible

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
_ALT = lazy(r"""(?:^|[\s/"'])alt\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+))""", re.I)


_MARKDOWN = (
    (lazy(r"\{%(?s:.){0,400}?%\}|\{\{(?s:.){0,400}?\}\}|\{:[^}\n]{0,200}\}"), ""),
    (lazy(r"^([ \t>]*(?:`{3,}|~{3,}))[^\n`]*$", re.M), r"\1"),
    (lazy(r"^[ \t]*(?:>[ \t]?)+", re.M), ""),
    (lazy(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+[^\n]*$", re.M), ""),
    (re.compile(r"\[\^[^\]\s]+\]:?"), ""),
    (
        lazy(
            r"\]\(\s*+<?[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+>?"
            r"(?:\s++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?\s*+\)"
        ),
        "]",
    ),
    (re.compile(r"(?<=\])\[[^\]\n]*\]"), ""),
    (re.compile(r"\[\[(?:[^\]|\n]{0,200}\|)?"), "[["),
)
"""Marks of Markdown that hold letters and are not shown, and how each begins that is shown: program text that was
never run, languages of code, quotation marks, definitions of links and notes, addresses."""
_PARTS = re.compile(r"([*_~`\[\]():：]+)")
"""What parts the pieces of a line of Markdown."""
_FENCED = lazy(r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?s:.)*?(?:^[ \t>]*(?P=fence)|\Z)", re.M)
_INDENTED = lazy(r"(?<=\n\n)(?:(?: {4}|\t)[^\n]*\n(?:[ \t]*\n)*)++", re.M)
_SPAN = lazy(r"(?<!`)(?P<ticks>`{1,2})(?!`)(?:[^`\n]|\n(?!\s*\n)|`(?!(?P=ticks)))*?[^`](?P=ticks)(?!`)")
"""Program code, which shows its marks as they are."""
_LITERAL = str.maketrans({"&": "&amp;", "<": "&lt;", "[": "&#91;", "]": "&#93;", "{": "&#123;"})
_REFERENCE = lazy(r"&(?:(#(?:\d{1,7}|[xX][\da-fA-F]{1,6}))|[A-Za-z][A-Za-z\d]*);")
_AUTOLINK = lazy(r"<((?:https?://|mailto:)[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
"""An address in brackets, which is shown."""


def html_words(source: str) -> Visible:
    """The words of an HTML page."""
    gathered = Gathered(source)
    _Scanner(source, gathered, gathered.text).scan()
    return gathered.visible()


def markdown_words(source: str, *, indented: bool = False) -> Visible:
    """The words of a Markdown file, as a reader sees it: without addresses of links and names of notes.

    `indented`: paragraphs that are set in by four spaces are program code, which shows its marks. Only a parser of
    lists can tell, so that both ways are tried.
    """
    source = source.replace(HIDDEN, " ").replace(SHOWN, " ")
    for code in (_FENCED, _INDENTED, _SPAN) if indented else (_FENCED, _SPAN):
        source = code.sub(lambda found: found[0].translate(_LITERAL), source)
    for pattern, kept in _MARKDOWN:
        source = pattern.sub(_unshown(kept), source)
    source = _AUTOLINK.sub(r" \1 ", source)
    gathered = Gathered(source, counts_anew=True, plain=_referred)
    _Scanner(source, gathered, lambda text, at: gathered.in_lines(text, at, _PARTS, "\n|")).scan()
    return gathered.visible()


def _referred(text: str) -> str:
    """The text with the signs of its references, which end with a semicolon (CommonMark 0.31.2, section 2.5)."""
    return _REFERENCE.sub(
        lambda found: unescape(found[0]) if found[1] or found[0][1:] in html5 else found[0], text
    )


def _unshown(kept: str) -> Callable[[re.Match[str]], str]:
    """Puts the signs around a mark that is not shown, behind what is kept of it; its line breaks stay."""

    def mark(found: re.Match[str]) -> str:
        begins = found.expand(kept)
        rest = found[0].removeprefix(begins).replace(HIDDEN, "").replace(SHOWN, "")
        return (
            f"{begins} {HIDDEN}{rest}{SHOWN} " if any(map(str.isalnum, rest)) else begins + "\n" * rest.count("\n")
        )

    return mark


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
