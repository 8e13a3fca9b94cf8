"""The elements of a page that its own style sheets speak of, found by class, id and name and not one by one.

Source: Selectors 4, sections 3 and 17; CSS Cascade 5, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

from voicegen import cascade
from voicegen.sources.elements import attribute

_LAST = re.compile(r"([^\s>+~()\[\]]*)((?:\[[^\]]*\]|:[\w-]+(?:\([^()]*\))?)*)$")
_SIMPLE = re.compile(r"(?:[.#]?[\w-]+)")
_KEY = re.compile(r"[.#]?[\w-]+")
_CLASSES = re.compile(r"\.[\w-]|\[|:(?!not|is|where)[a-z]")
_NAMES = re.compile(r"(?:^|[\s>+~(])[a-z]", re.I)
_Weight = tuple[int, int, int, int]


_MANY = 20
MOST_COMPARED = 50_000
"""Pairs of an element and a selector of several parts that are compared on one page (some 20 µs each)."""


class StyledElements:
    """The elements of a page by what selectors call them."""

    def __init__(self, page: BeautifulSoup) -> None:
        self._page = page
        self._all: list[Tag] = page.find_all(True)
        self._by_key: dict[str, list[Tag]] = {}
        self._left = MOST_COMPARED
        for tag in self._all:
            for key in {
                tag.name,
                *(f".{name}" for name in attribute(tag, "class").split()),
                f"#{attribute(tag, 'id')}",
            }:
                self._by_key.setdefault(key, []).append(tag)

    def meanings(self) -> Iterator[tuple[Tag, cascade.Meaning, bool]]:
        """What the page's styles say of each element they speak of, and whether a sheet says how it is shown."""
        sheets = (rule for sheet in self._page.find_all("style") if _on_screens(sheet) for rule in _rules(sheet))
        found: dict[int, list[tuple[_Weight, cascade.Meaning]]] = {}
        for order, (selector, said) in enumerate(_telling(list(islice(sheets, cascade.MOST_RULES)))):
            weight = (*_weight(selector), order)
            for tag in self._matched(selector):
                found.setdefault(id(tag), []).append((weight, said))
        for tag in self._all:
            by_sheet = cascade.Meaning()
            for _, said in sorted(found.get(id(tag), ()), key=lambda one: one[0]):
                by_sheet = said.over(by_sheet)
            own = cascade.meaning(attribute(tag, "style")) if "style" in tag.attrs else cascade.Meaning()
            if said := own.over(by_sheet):
                yield tag, said, said[2:4] == by_sheet[2:4]

    def _matched(self, selector: str) -> Sequence[Tag]:
        """The elements that a selector selects; none where a browser would take no notice of it either."""
        candidates = self._candidates(selector)
        if not candidates or _SIMPLE.fullmatch(selector):
            return candidates
        self._left -= len(candidates)
        if self._left < 0:
            return []
        try:
            compiled = soupsieve.compile(selector)
            return [tag for tag in candidates if compiled.match(tag)]
        except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError):
            return []

    def _candidates(self, selector: str) -> Sequence[Tag]:
        """The elements that have the last name in a selector, of those below the rarest of its other names."""
        last = _LAST.search(selector)
        keys = _KEY.findall(last[1]) if last else []
        found = min((self._by_key.get(_folded(key), []) for key in keys), key=len) if keys else self._all
        if len(found) < _MANY or "(" in selector or last is None:
            return found
        around = [self._by_key.get(_folded(key), []) for key in _KEY.findall(selector[: last.start()])]
        rarest = min(around, key=len, default=found)
        if len(rarest) >= len(found):
            return found
        own = {id(tag) for tag in found}
        beside = "+" in selector or "~" in selector
        tops = (tag.parent if beside and tag.parent is not None else tag for tag in rarest)
        below = {id(tag): tag for top in tops for tag in top.find_all(True) if id(tag) in own}
        return list(below.values())


def _folded(key: str) -> str:
    return key if key[0] in ".#" else key.lower()


def _telling(rules: list[tuple[str, cascade.Meaning]]) -> Iterator[tuple[str, cascade.Meaning]]:
    """The rules without those that undo what no rule does."""
    done = {name for _, said in rules for name in cascade.UNDOABLE if getattr(said, name)}
    return ((selector, said) for selector, said in rules if said._replace(undone=said.undone & done))


def _weight(selector: str) -> tuple[int, int, int]:
    """How strong a selector is (Selectors 4, section 17)."""
    return selector.count("#"), len(_CLASSES.findall(selector)), len(_NAMES.findall(selector))


def _rules(sheet: Tag) -> list[tuple[str, cascade.Meaning]]:
    rules = sheet.get_text()
    return list(cascade.rules(f"@media {attribute(sheet, 'media')} {{{rules}}}" if sheet.get("media") else rules))


def _on_screens(sheet: Tag) -> bool:
    media = attribute(sheet, "media").lower()
    return not media or "all" in media or "screen" in media
