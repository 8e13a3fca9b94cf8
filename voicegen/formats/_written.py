"""A line's words for files without markup, and those of a book as these: 10⁹ is never 109."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal
from xml.etree.ElementTree import Element

from voicegen.formats._xml import pieces
from voicegen.model.document import Document, Run, texts
from voicegen.model.edition import Edition
from voicegen.model.script import Script
from voicegen.model.written import as_written, in_signs
from voicegen.steps.scripting import clip

_NO_MARKS = dict.fromkeys(map(ord, "^_"))


def written(edition: Edition) -> dict[str, str]:
    """By line id: the words that the transcript shows, or those spoken where it shows none."""
    return written_of(edition.document, edition.script)


def written_of(document: Document, script: Script) -> dict[str, str]:
    """Likewise, of a page that is not made yet."""
    shown = {text.number: text for text in texts(document)}
    lines = {}
    for line in script.lines:
        lines[line.id] = line.spoken
        if line.target:
            runs = clip(shown[line.target.text].runs, line.target.start, line.target.end)
            lines[line.id] = in_signs(runs)
    return lines


def signs(words: str) -> str:
    """The signs of some words that are seen; every one counts: 0.5 is not 05, and 10⁹ is not 109.

    What XML can't hold, and what stands in its place (`legible`), is left out.
    """
    plain = unicodedata.normalize("NFC", words).replace("\ufffd", "")
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "CZ")


def seen(made: Element) -> str:
    """The words of an element of a book, as `written` has those of a line."""
    return "".join(words for words, _ in seen_pieces(made))


def is_named(heading: Element, words: str) -> bool:
    """Whether some words are the name of a heading.

    Marks of raised words are left out of that: in the heading each sentence has its own, in the name all have one.
    Digits need none, and the heading's lines are compared with their marks.
    """
    named, shown = (signs(one).translate(_NO_MARKS) for one in (words, seen(heading)))
    return named == shown


def seen_pieces(made: Element) -> Iterator[tuple[str, bool]]:
    """Every piece of them, and whether it is raised."""
    placed = ((_position(around), words) for words, around in pieces(made))
    for (_, place), group in groupby(placed, lambda one: one[0]):
        yield as_written(Run("".join(words for _, words in group), position=place)), place in {"sup", "note"}


def _position(around: Sequence[Element]) -> tuple[int, Literal["", "sub", "sup", "note"]]:
    """Where a piece of text stands that is in these elements, the outermost first; and which of them says so."""
    for one in around:
        name, kind = one.tag.rpartition("}")[2], one.get("class")
        if name == "sup" and kind != "own":  # that is a sign of Unicode, which is raised by itself
            return id(one), "note" if kind == "note" else "sup"
        if name == "sub":
            return id(one), "sub"
    return 0, ""
