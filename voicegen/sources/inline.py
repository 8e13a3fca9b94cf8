"""Runs of text: gathered piece by piece, with spaces as a browser would show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from voicegen.model.document import Run, Text
from voicegen.speech.patterns import lazy

BREAK = "\x1e"
"""Stands for `<br>` while text is gathered; decoding lets no such character in from a page."""

_PLAIN_SPACES = " \t\n\r\f"
_SPACE_SIGNS = (
    _PLAIN_SPACES
    + "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    + BREAK
)
_SPACES_OR_WORDS = re.compile(f"[{_SPACE_SIGNS}]+|[^{_SPACE_SIGNS}]+")
_INVISIBLE = re.compile("[\u00ad\ufeff\u2060]|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")
"""Soft hyphens, byte order marks, word joiners, and spaces of no width outside the scripts that part words by
them: they would split a word or a number in speech, and nobody sees them."""
_CJK = lazy("[\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Style(NamedTuple):
    """What a run carries besides its characters; see `Run`."""

    lang: str = ""
    strong: bool = False
    em: bool = False
    position: Literal["", "sub", "sup", "note"] = ""
    abbr: str = ""
    href: str = ""
    hidden: bool = False


PLAIN = Style()

Part = tuple[str, Style]


def compose(parts: Iterable[Part]) -> Text:
    """The parts as one Text: white space collapsed and trimmed, neighbours of one style joined.

    A line break becomes a space, or nothing between Chinese or Japanese characters, which know no spaces.
    """
    gathered: list[tuple[list[str], Style]] = []
    last, gap, gap_style = "", "", PLAIN  # the last sign that is no space, and the space that waits to follow it
    for characters, style in parts:
        for piece in _SPACES_OR_WORDS.findall(_INVISIBLE.sub("", characters)):
            if piece[0] in _SPACE_SIGNS:
                gap, gap_style = _wider(gap, piece), style
                continue
            space = _space(gap, last, piece[0]) if last else ""
            last, gap = piece[-1], ""
            if gathered and gathered[-1][1] == style:
                gathered[-1][0].append(space + piece)
            elif gathered and _belongs_before(gap_style, gathered[-1][1], style):
                gathered[-1][0].append(space)
                gathered.append(([piece], style))
            else:
                gathered.append(([space + piece], style))
    return Text(tuple(Run("".join(pieces), **style._asdict()) for pieces, style in gathered))


def _belongs_before(gap: Style, before: Style, after: Style) -> bool:
    """Whether a space between two runs goes to the one before it.

    It stays in the style that it was written in, but never with a raised text, which may not be spoken.
    """
    if before.position or after.position:
        return not before.position
    return gap == before


def _wider(gap: str, piece: str) -> str:
    """What stands for two neighbouring gaps: a line break above all, a special space only where it is alone."""
    if BREAK in gap or BREAK in piece:
        return BREAK
    return " " if gap or len(piece) > 1 or piece in _PLAIN_SPACES else piece


def _space(gap: str, before: str, after: str) -> str:
    if gap == BREAK:
        return "" if _CJK.match(before) and _CJK.match(after) else " "
    return gap


def lines_of(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts divided at line breaks."""
    lines: list[list[Part]] = [[]]
    for characters, style in parts:
        first, *others = characters.split(BREAK)
        if first:
            lines[-1].append((first, style))
        for other in others:
            lines.append([(other, style)] if other else [])
    return lines


def parts_of(text: Text) -> list[Part]:
    """The runs of a text as parts, to be composed anew."""
    return [
        (run.text, Style(run.lang, run.strong, run.em, run.position, run.abbr, run.href, run.hidden))
        for run in text.runs
    ]


def joined(texts: Iterable[Text], between: str = " ") -> Text:
    """Several texts as one."""
    parts: list[Part] = []
    for text in texts:
        if parts:
            parts.append((between, PLAIN))
        parts.extend(parts_of(text))
    return compose(parts)


def without_empty_end(text: Text) -> Text:
    """The text without what ends it for listeners only and holds no words, such as a comma before a control."""
    runs = list(text.runs)
    while runs and runs[-1].hidden and not any(character.isalnum() for character in runs[-1].text):
        runs.pop()
    return compose(parts_of(Text(tuple(runs))))


def without_start(text: Text, length: int) -> Text:
    """The text without its first `length` characters."""
    parts = []
    for characters, style in parts_of(text):
        if length >= len(characters):
            length -= len(characters)
        else:
            parts.append((characters[length:], style))
            length = 0
    return compose(parts)
