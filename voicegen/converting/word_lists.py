"""Blocks one after the other, with Word's numbered paragraphs as lists inside each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from voicegen.converting.word_numbers import Mark

_DEEPEST = 20
"""Lists inside each other: Word counts nine levels."""


@dataclass(slots=True)
class _Open:
    element: Element
    mark: Mark
    next: int


@dataclass(slots=True)
class Blocks:
    """Gathers the blocks of a body, a cell, a note or a box in `root`."""

    root: Element
    _lists: list[_Open] = field(default_factory=list)

    def add(self, block: Element) -> None:
        """Puts a block after the others; open lists end."""
        self._lists.clear()
        self.root.append(block)

    def item(self, mark: Mark, content: Element) -> None:
        """Puts a paragraph that has a bullet or a number."""
        while self._lists and (self._lists[-1].mark.is_inside(mark) or len(self._lists) >= _DEEPEST):
            self._lists.pop()
        here = self._lists[-1] if self._lists else None
        if here and here.mark.is_beside(mark) and not _goes_on(here, mark):
            self._lists.pop()
            here = None
        if here is None or mark.is_inside(here.mark):
            here = self._opened(mark)
        item = SubElement(here.element, "li")
        if mark.number is not None:
            if mark.number != here.next and len(here.element) > 1:
                item.set("value", str(mark.number))
            here.next = mark.number + 1
        item.append(content)

    def _opened(self, mark: Mark) -> _Open:
        outer = self._lists[-1].element if self._lists else None
        place = outer[-1] if outer is not None and len(outer) else self.root
        element = SubElement(place, "ul" if mark.number is None else "ol")
        if mark.number not in (None, 1):
            element.set("start", str(mark.number))
        self._lists.append(_Open(element, mark, mark.number or 1))
        return self._lists[-1]


def _goes_on(here: _Open, mark: Mark) -> bool:
    same_kind = (here.mark.number is None) == (mark.number is None) and bool(here.mark.label) == bool(mark.label)
    return same_kind and (here.mark.list == mark.list or mark.number == here.next)
