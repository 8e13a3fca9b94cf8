"""Puts a sentence and its claims together: the words for the engine and the changes that made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicegen.model.script import Change

_OPENING = frozenset("([{\"'“‘«¿¡/-–—_$£€#&~")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The exact words for the engine, and every place where they differ from the text shown."""

    text: str
    changes: tuple[Change, ...]


def said(shown: str, changes: Sequence[Change]) -> str:
    """The words for the engine: `shown` with every change made, words kept apart, white space made single.

    This is the whole of what a change means: the same call on a Line's own `shown` and `changes` gives its
    `spoken`, so that whoever doubts a word can find the rule and the characters that it came from.
    `changes` are in the order of the text and do not overlap.
    """
    if not changes:
        return " ".join(shown.split())
    parts: list[str] = []
    end = 0
    last = " "
    for change in changes:
        if change.start > end:
            parts.append(shown[end : change.start])
            last = shown[change.start - 1]
        end = change.end
        words = change.spoken
        if not words:
            continue
        if words[0].isalnum() and not last.isspace() and last not in _OPENING:
            parts.append(" ")
        parts.append(words)
        last = words[-1]
        if shown[end : end + 1].isalnum():
            parts.append(" ")
            last = " "
    parts.append(shown[end:])
    return " ".join("".join(parts).split())
