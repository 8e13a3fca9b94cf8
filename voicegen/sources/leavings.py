"""The list of what a reader does not keep: every piece with its reason and its place."""

from __future__ import annotations

import re

from voicegen.model.document import LeftOut, Reason
from voicegen.sources.drawn import FRAMES
from voicegen.sources.phrases import DOSE
from voicegen.speech.patterns import lazy

_LINE = re.compile(r"line (\d+)")

_CODE_SHOWN = 80
"""Program code is no text of the page: so many characters of it are enough to recognise it by."""


class Leavings:
    """Gathers left-out pieces."""

    def __init__(self) -> None:
        self._pieces: list[LeftOut] = []

    def add(self, text: str, reason: Reason, where: str) -> None:
        """Notes `text` as left out; signs without a letter or digit are no words and are not noted."""
        words = " ".join(text.split())
        if not any(character.isalnum() for character in words):
            return
        if reason is Reason.CODE and len(words) > _CODE_SHOWN:
            words = words[:_CODE_SHOWN] + "…"
        self._pieces.append(LeftOut(words, reason, where))

    def all(self) -> tuple[LeftOut, ...]:
        """What was noted, by lines of the source."""
        return tuple(sorted(self._pieces, key=_line))


def _line(piece: LeftOut) -> int:
    found = _LINE.match(piece.where)
    return int(found[1]) if found else 0


def told_of(said: str, reason: Reason, name: str) -> str:
    """What staff are told of a text that is left out though whoever looks may see it; empty where nothing.

    `name` is that of the element which holds it.
    """
    words = " ".join(said.split())
    shown = f"“{words[:60]}{'…' if len(words) > 60 else ''}”"
    if reason is Reason.STRUCK and any(map(str.isdigit, words)):
        return f"{shown} is struck out and is not read: take it out of the page if it holds no more."
    if name == "svg" and reason is Reason.DECORATION and words.count(" ") >= _FEW_WORDS:
        return f"a drawing holds the words {shown}, which are not read: say beside it what it shows."
    if name in FRAMES and words.count(" ") >= _FEW_WORDS and (DOSE.search(words) or not _EXCUSE.search(words)):
        return f"<{name}> holds the words {shown}, which are not read: write them into the page's own text."
    return ""


_EXCUSE = lazy(
    r"brows|navi?gat|naveg|support|plug-?in|javascript|html ?5|flash player|download|herunterladen|télécharg"
    r"|descarg",
    re.I,
)
"""What such words are mostly: that the browser can't show it, or where to get it."""
_FEW_WORDS = 2
"""Spaces between words of a drawing that is more than an icon with its name."""
