"""The elements of a page that a style sheet's selector selects, in time that grows with the page and no faster.

Each compound of a selector gives a set of elements; one after the other the sets are narrowed to what stands below
or beside the one before. No selector goes back and forth, as "a a a a b" does in programs that match it from its
end: on a deep page that takes as good as for ever. Source: Selectors 4, sections 4, 6, 9, 13 and 14.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from bs4.element import Tag
from tinycss2.nth import parse_nth

from voicegen.cascade.selectors import AttributeTest, Complex, Compound, names_of
from voicegen.sources.elements import attribute

MOST_STEPS = 5_000_000
"""Elements that are looked at for all selectors of a page, each as often as a selector asks for it."""
_PLACES = {
    ":first-child": (":nth-child", "1"),
    ":last-child": (":nth-last-child", "1"),
    ":first-of-type": (":nth-of-type", "1"),
    ":last-of-type": (":nth-last-of-type", "1"),
}


_FOLDED = frozenset(("align", "dir", "lang", "media", "rel", "type", "valign"))
"""Attributes whose values are the same in capitals (HTML, section 4.17.2)."""


class TooManyStepsError(Exception):
    """A page's selectors ask for more than `MOST_STEPS`."""


class Elements:
    """The elements of a page in the order of the document, each known by its number there."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self.tags = tags
        self._left = MOST_STEPS
        self._names: list[frozenset[str]] = []
        self._by_key: dict[str, list[int]] = {}
        number = {id(tag): at for at, tag in enumerate(tags)}
        self._parent = [number.get(id(tag.parent), -1) for tag in tags]
        self._end = list(range(len(tags)))
        """The last element inside each; itself where there is none."""
        self._before: list[int] = []
        """The element beside each, before it; -1 where there is none."""
        last: dict[int, int] = {}
        for at, tag in enumerate(tags):
            names = names_of(tag.name, attribute(tag, "id"), attribute(tag, "class"), tag.attrs)
            self._names.append(names)
            for name in names:
                self._by_key.setdefault(name, []).append(at)
            self._before.append(last.get(self._parent[at], -1))
            last[self._parent[at]] = at
        for at in range(len(tags) - 1, -1, -1):
            if (parent := self._parent[at]) >= 0:
                self._end[parent] = max(self._end[parent], self._end[at])

    def selected(self, selector: Complex) -> list[int]:
        """The elements that it selects, in order. Raises TooManyStepsError where too much was asked for."""
        found = self._of(selector[0])
        for compound in selector[1:]:
            found = self._joined(found, compound.combinator, self._of(compound)) if found else found
        return found

    def _count(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooManyStepsError

    def _of(self, compound: Compound) -> list[int]:
        """The elements of which a compound is true."""
        lists = [self._by_key.get(key, []) for key in compound.keys]
        found: Sequence[int] = min(lists, key=len) if lists else range(len(self.tags))
        self._count(len(found) * (1 + len(compound.attributes) + len(compound.states)))
        wanted = frozenset(compound.keys)
        kept = [at for at in found if wanted <= self._names[at]]
        for test in compound.attributes:
            kept = [at for at in kept if _holds(test, attribute(self.tags[at], test.name))]
        for name, argument in compound.states:
            kept = self._in_state(kept, name, argument)
        for kind, inner in compound.nested:
            if not kept:
                break
            theirs = self._having(inner) if kind == ":has" else {at for one in inner for at in self.selected(one)}
            kept = [at for at in kept if (at in theirs) is (kind != ":not")]
        return kept

    def _joined(self, before: list[int], combinator: str, after: list[int]) -> list[int]:
        """Those of `after` that stand to one of `before` as the combinator says."""
        self._count(len(before) + len(after))
        if combinator == " ":
            return self._below(before, after)
        theirs = set(before)
        if combinator == ">":
            return [at for at in after if self._parent[at] in theirs]
        if combinator == "+":
            return [at for at in after if self._before[at] in theirs]
        first: dict[int, int] = {}
        for at in before:
            first.setdefault(self._parent[at], at)
        return [at for at in after if first.get(self._parent[at], at) < at]

    def _below(self, tops: list[int], found: list[int]) -> list[int]:
        kept, reach, next_top = [], -1, 0
        for at in found:
            while next_top < len(tops) and tops[next_top] < at:
                reach = max(reach, self._end[tops[next_top]])
                next_top += 1
            if at <= reach:
                kept.append(at)
        return kept

    def _having(self, inner: Iterable[Complex]) -> set[int]:
        """The elements that have one of these inside or behind them; of a longer way, none."""
        found: set[int] = set()
        for one in inner:
            if len(one) == 1:
                found |= self._towards(self._of(one[0]), one[0].combinator)
        return found

    def _towards(self, ends: list[int], combinator: str) -> set[int]:
        """The elements from which a combinator leads to one of `ends`."""
        links = self._before if combinator in ("+", "~") else self._parent
        found: set[int] = set()
        for end in ends:
            place = links[end]
            while place >= 0 and place not in found:
                self._count(1)
                found.add(place)
                place = links[place] if combinator in ("", "~") else -1
        return found

    def _in_state(self, found: list[int], name: str, argument: str) -> list[int]:
        """Those of which a pseudo-class holds when nobody has touched the page; none for all others."""
        name, argument = _PLACES.get(name, (name, argument))
        if name in (":only-child", ":only-of-type"):
            kind = name.removeprefix(":only")
            found = self._in_state(found, f":nth{kind}", "1")
            return self._in_state(found, f":nth-last{kind}", "1")
        if name in self._places:
            step, start = parse_nth(argument) or (0, 0)
            places = self._places[name]
            return [at for at in found if _is_nth(places[at], step, start)]
        if name in (":root", ":scope"):
            return [at for at in found if self._parent[at] < 0 and self.tags[at].name == "html"]
        if name in (":link", ":any-link"):
            return [at for at in found if {"a", "[href"} <= self._names[at]]
        if name == ":lang":
            wanted = [word.strip("\"' *-").lower() for word in argument.split(",")]
            return [at for at in found if any(f"{self._langs[at]}-".startswith(f"{one}-") for one in wanted)]
        return []

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The place of each element among those beside it, from either end, of all and of its name."""
        forward = range(len(self.tags))
        return {
            ":nth-child": self._counted(forward, by_name=False),
            ":nth-last-child": self._counted(reversed(forward), by_name=False),
            ":nth-of-type": self._counted(forward, by_name=True),
            ":nth-last-of-type": self._counted(reversed(forward), by_name=True),
        }

    def _counted(self, order: Iterable[int], *, by_name: bool) -> list[int]:
        counts: Counter[tuple[int, str]] = Counter()
        places = [0] * len(self.tags)
        for at in order:
            key = (self._parent[at], self.tags[at].name if by_name else "")
            counts[key] += 1
            places[at] = counts[key]
        return places

    @cached_property
    def _langs(self) -> list[str]:
        langs: list[str] = []
        for at, tag in enumerate(self.tags):
            own = attribute(tag, "lang") or attribute(tag, "xml:lang")
            langs.append(own.lower() or (langs[self._parent[at]] if self._parent[at] >= 0 else ""))
        return langs


def _holds(test: AttributeTest, value: str) -> bool:
    wanted = test.value
    if test.is_folded or test.name in _FOLDED:
        wanted, value = wanted.lower(), value.lower()
    if test.operator == "=":
        return value == wanted
    if test.operator == "|=":
        return value == wanted or value.startswith(f"{wanted}-")
    if not wanted:
        return False
    if test.operator == "~=":
        return wanted in value.split()
    if test.operator == "^=":
        return value.startswith(wanted)
    return value.endswith(wanted) if test.operator == "$=" else wanted in value


def _is_nth(place: int, step: int, start: int) -> bool:
    return place == start if step == 0 else (place - start) % step == 0 and (place - start) // step >= 0
