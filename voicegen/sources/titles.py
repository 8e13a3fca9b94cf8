"""The title of a page that has no h1: its one highest heading, or what `<title>` says besides the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from voicegen.model.document import Paragraph, Text
from voicegen.sources.inline import PLAIN, compose
from voicegen.sources.pieces import Heading, Placed, plain
from voicegen.speech.patterns import lazy

_PARTS = lazy(r"\s+[-–—|·•:»«~/]+\s+|\s*[|｜»«]+\s*")
_NO_TITLE = lazy(r"(?:untitled(?: document)?|new page|document|home(?: ?page)?|index|page|welcome)?\d*", re.I)


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def title_from(pieces: Sequence[Placed], named: str, file_name: str) -> tuple[Text, str]:
    """The title of a page without an h1, and a notice where it had to be made up. `named` is its `<title>`."""
    headings = [placed.piece for placed in pieces if isinstance(placed.piece, Heading)]
    first = headings[0] if headings else None
    if first is not None and _stands_first(pieces) and _is_alone_at_top(first, headings):
        return first.text, ""
    from_name = _from_name(named, [heading.text.plain for heading in headings])
    if from_name:
        return compose([(from_name, PLAIN)]), ""
    if first is not None:
        return first.text, "The page has no h1 and no title; its first heading was taken."
    stem = PurePosixPath(file_name).stem.replace("-", " ").replace("_", " ").strip()
    return compose([(stem or file_name or "page", PLAIN)]), "The page has no title; its file's name was taken."


def _stands_first(pieces: Sequence[Placed]) -> bool:
    """Whether hardly anything is said before the first heading."""
    before = 0
    for piece, _ in pieces:
        if isinstance(piece, Heading):
            return True
        before += len(plain(piece)) if isinstance(piece, Paragraph) else 40
        if before > 160:
            return False
    return False


def _is_alone_at_top(first: Heading, headings: Sequence[Heading]) -> bool:
    """Whether no other heading ranks as high as the first, unless it says the same."""
    key = _key(first.text.plain)
    return all(heading.rank > first.rank or _key(heading.text.plain) == key for heading in headings)


def _from_name(named: str, headings: Sequence[str]) -> str:
    """The part of `<title>` that is about the page: the one that its headings speak of, or else the first."""
    parts = [part.strip() for part in _PARTS.split(named) if part and part.strip()]
    parts = [part for part in parts if not _NO_TITLE.fullmatch(part)]
    if not parts:
        return ""
    said = " ".join(headings).casefold()

    def overlap(part: str) -> int:
        return sum(word in said for word in part.casefold().split() if len(word) > 2)

    return max(parts, key=overlap) if any(map(overlap, parts)) else parts[0]
