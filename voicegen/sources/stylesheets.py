"""The elements of a page that its own style sheets speak of, found by class, id and name and not one by one.

Source: Selectors 4, sections 3 and 17. Which of two rules wins is not weighed: what is looked for here is hardly
ever undone by another rule.
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
        """What the page's sheets, and then the elements' own styles, say; and whether a sheet says it."""
        sheets = (rule for sheet in self._page.find_all("style") if _on_screens(sheet) for rule in _rules(sheet))
        for selector, said in islice(sheets, cascade.MOST_RULES):
            for tag in self._matched(selector):
                yield tag, said, True
        for tag in self._all:
            if "style" in tag.attrs and (said := cascade.meaning(attribute(tag, "style"))):
                yield tag, said, False

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


def _rules(sheet: Tag) -> list[tuple[str, cascade.Meaning]]:
    return list(cascade.rules(sheet.get_text()))


def _on_screens(sheet: Tag) -> bool:
    media = attribute(sheet, "media").lower()
    return not media or "all" in media or "screen" in media
