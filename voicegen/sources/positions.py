"""Text that a page's own styles raise, lower or strike out, made what the elements for it are.

Danger: `10<span style="vertical-align: super">9</span>/L` is 10⁹ to the eye, and "109" by its letters.
Source: HTML, section 4.5.19 (sub and sup) and 4.5.5 (s).
"""

from __future__ import annotations

from collections.abc import Iterable

from bs4.element import Tag

from voicegen import cascade
from voicegen.sources.elements import attribute
from voicegen.sources.wordsets import word_set

_OF_TEXT = word_set("span a font b strong i em u small big abbr mark ins label code tt time data var cite q")
"""Elements whose vertical alignment is a power's or an index's; a cell's and a picture's say how they stand."""
_LONGEST = 12
"""Characters of a power, an index or a note's mark."""


def mark_positions(styled: Iterable[tuple[Tag, cascade.Meaning, bool]]) -> None:
    """Puts what a style raises or lowers into `sup` or `sub`; what a class strikes out gets a style of its own."""
    for tag, said, _ in styled:
        if said.struck:
            tag["style"] = f"text-decoration:line-through!important;{attribute(tag, 'style')}"
        if said.place:
            _put(tag, said.place)


def _put(tag: Tag, place: str) -> None:
    if (
        tag.name not in _OF_TEXT
        or tag.find_parent(("sup", "sub")) is not None
        or tag.find(("sup", "sub")) is not None
    ):
        return
    words = tag.get_text().strip()
    if not words or len(words) > _LONGEST:
        return
    inner = Tag(name=place, sourceline=tag.sourceline)
    for child in list(tag.contents):
        inner.append(child.extract())
    tag.append(inner)
