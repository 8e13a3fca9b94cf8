"""Tabs: which of them heads which panel, and how high its heading stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from bs4.element import NavigableString, PageElement, Tag

from voicegen.model.document import Reason
from voicegen.sources.elements import attribute, visible_text
from voicegen.sources.hidden import is_tab
from voicegen.sources.lists import HEADINGS
from voicegen.sources.pieces import letters_of
from voicegen.speech.patterns import lazy

_LOW_RANK = 6
"""The rank of tabs whose panels hold no headings: they lie in a section that has one."""


class Label(NamedTuple):
    """The tab that opens a panel: its words head the panel, which has no heading of its own."""

    tag: Tag
    rank: int
    """As `Heading.rank`; the same for all tabs of a row, above the headings in their panels."""


class Labels:
    """The labels of a page's panels that do not open with a heading, and what has become of them."""

    def __init__(self, tags: Sequence[Tag] = ()) -> None:
        self._of = _labels(tags)
        self._panel = {id(label.tag): panel for panel, label in self._of.items()}
        """The panel of each tab, both by `id`."""
        self._left: dict[int, tuple[Label, Reason]] = {}
        """Labels that stand in what was left out, by the tab's id."""
        self._used: set[int] = set()

    def use(self, panel: Tag) -> Label | None:
        """The label that heads the panel; None where none does."""
        label = self._of.get(id(panel))
        if label is not None:
            self._used.add(id(label.tag))
        return label

    def forget(self, panel: Tag) -> None:
        """Lets the panel have no label: it is read together with its tab."""
        self._of.pop(id(panel), None)

    def words_left(self, tag: Tag, reason: Reason) -> str:
        """The words of an element that is left out, without those of labels: they are still to be used."""
        panels = (self._panel.get(id(one), 0) for one in (tag, *tag.find_all(True)))
        inside = [self._of[panel] for panel in panels if panel in self._of]
        self._left.update((id(label.tag), (label, reason)) for label in inside)
        return visible_text(tag, without={id(label.tag) for label in inside})

    def unused(self) -> Iterator[tuple[Label, Reason]]:
        """The labels whose panels turned out to hold nothing, with the reason that they were left out for."""
        yield from (left for key, left in self._left.items() if key not in self._used)


def _labels(tags: Sequence[Tag]) -> dict[int, Label]:
    """The labels by `id(panel)`."""
    panels = {attribute(tag, "id"): tag for tag in tags if tag.get("id")}
    rows: dict[int, list[tuple[Tag, Tag]]] = {}
    for tag in filter(is_tab, tags):
        names = (attribute(tag, name).lstrip("#") for name in ("aria-controls", "data-bs-target", "href"))
        panel = next((panels[name] for name in names if name in panels), None)
        if panel is not None:
            rows.setdefault(id(_row_of(tag)), []).append((tag, panel))
    found: dict[int, Label] = {}
    for row in (*rows.values(), *plain_rows(tags)):
        rank = _rank_above([panel for _, panel in row])
        for tag, panel in row:
            if visible_text(tag) and not _opens_with_heading(panel):
                found.setdefault(id(panel), Label(tag, rank))
    return found


def plain_rows(tags: Sequence[Tag]) -> list[list[tuple[Tag, Tag]]]:
    """The tabs with their panels, row by row, that a script makes of plain elements, which say no role.

    They are all that stands in a list or a box, and each leads to a box of its own without a heading at its
    beginning. These stand in one box, with the row or beside it: so do the tabs of jQuery and of Foundation, and
    those with `onclick` or `data-tab`. A row before every heading leads past what a site begins with, and one to
    boxes without a word to the headings behind them.

    Danger: "Take 10 mg" and "Take 2 mg" without "Adults" and "Children".
    """
    panels = {attribute(tag, "id"): tag for tag in tags if tag.get("id") and tag.name in _BOXES}
    rows: dict[int, tuple[Tag, list[tuple[Tag, Tag]]]] = {}
    words = _Words()
    for tag in tags if panels else ():
        panel = panels.get(_target(tag, panels)) if tag.name in _TABS else None
        row = words.row_of(tag) if panel is not None and not is_tab(tag) else None
        if panel is not None and row is not None:
            rows.setdefault(id(row), (row, []))[1].append((tag, panel))
    found: list[list[tuple[Tag, Tag]]] = []
    headed: set[int] = set()
    for row, pairs in rows.values():
        its = {id(panel) for _, panel in pairs}
        if headed.isdisjoint(its) and _is_row(row, pairs, words):  # a second row may say something else
            headed |= its
            found.append(pairs)
    return [*found, *_radio_rows(tags)]


class _Words:
    """The letters and digits of elements: reckoned once, for a box may hold thousands of links."""

    def __init__(self) -> None:
        self._of: dict[int, str] = {}

    def of(self, tag: Tag) -> str:
        if id(tag) not in self._of:
            self._of[id(tag)] = letters_of(visible_text(tag))
        return self._of[id(tag)]

    def row_of(self, tab: Tag) -> Tag | None:
        """The innermost element that holds more words than the tab."""
        return next((parent for parent in tab.parents if self.of(parent) != self.of(tab)), None)


def _radio_rows(tags: Sequence[Tag]) -> Iterator[list[tuple[Tag, Tag]]]:
    """The labels of radio buttons with as many boxes behind them, which a style sheet shows one at a time.

    Those of a form ask something, and are none.
    """
    radios = {
        attribute(tag, "id"): tag for tag in tags if tag.name == "input" and attribute(tag, "type") == "radio"
    }
    groups: dict[str, list[Tag]] = {}
    for label in tags if radios else ():
        radio = radios.get(attribute(label, "for")) if label.name == "label" else None
        if radio is not None and radio.find_parent(("form", "fieldset")) is None:
            groups.setdefault(attribute(radio, "name"), []).append(label)
    for labels in groups.values():
        panels = _boxes_behind(labels) if len(labels) > 1 else []
        if panels and not any(map(_opens_with_heading, panels)):
            yield list(zip(labels, panels, strict=True))


def _boxes_behind(labels: Sequence[Tag]) -> list[Tag]:
    """As many boxes as there are labels, right behind them or in the box behind them; none where it is not so."""
    words = letters_of("".join(label.get_text() for label in labels))
    row: Tag | None = labels[-1]
    if any(isinstance(one, Tag) and one.name in _BOXES for one in _between(labels[0], labels[-1])):
        return []
    while row is not None:
        boxes = [box for box in row.find_next_siblings(_BOXES) if visible_text(box)]
        inside = boxes[0].find_all(_BOXES, recursive=False) if len(boxes) == 1 else []
        for panels in (boxes, inside):
            if len(panels) == len(labels):
                return list(panels)
        row = row.parent
        if row is None or boxes or letters_of(row.get_text()) != words:
            return []
    return []


def _between(first: Tag, last: Tag) -> Iterator[PageElement]:
    return takewhile(lambda one: one is not last, first.next_elements)


_BOXES = ("div", "section", "article")
_TABS = ("a", "button", "li", "span")
_TO_PANEL = ("data-tab", "data-target", "data-bs-target")
_QUOTED = lazy(r"[\"']#?([\w-]{1,60})[\"']")


def _target(tag: Tag, panels: Mapping[str, Tag]) -> str:
    """The id of the box that an element opens."""
    named = [attribute(tag, name).removeprefix("#") for name in _TO_PANEL]
    if tag.name == "a" and attribute(tag, "href").startswith("#"):
        named.append(attribute(tag, "href")[1:])
    named += _QUOTED.findall(attribute(tag, "onclick")[:_LONGEST_SCRIPT])
    return next((name for name in named if name in panels), "")


_LONGEST_SCRIPT = 200


def _is_row(row: Tag, pairs: list[tuple[Tag, Tag]], words: _Words) -> bool:
    panels = [panel for _, panel in pairs]
    box = panels[0].parent
    around = [] if box is None else [box, box.parent]
    return (
        len({id(panel) for panel in panels}) == len(pairs) > 1
        and all(panel.parent is box and words.of(panel) and not _opens_with_heading(panel) for panel in panels)
        and any(parent is one for parent in row.parents for one in around)
        and not row.find_parent(("nav", "header", "footer"))
        and words.of(row) == "".join(words.of(tab) for tab, _ in pairs)
        and row.find_previous(HEADINGS) is not None
    )


def _row_of(tab: Tag) -> Tag | None:
    row = next((parent for parent in tab.parents if attribute(parent, "role") == "tablist"), None)
    return row or tab.find_parent(("ul", "ol", "nav")) or tab.parent


def _rank_above(panels: Iterable[Tag]) -> int:
    """A rank above the highest heading in the panels, but never that of the page's title."""
    ranks = [int(heading.name[1]) for panel in panels for heading in panel.find_all(HEADINGS)]
    return max(2, min(ranks) - 1) if ranks else _LOW_RANK


def _opens_with_heading(panel: Tag) -> bool:
    """Whether the first words of the panel are a heading."""
    for node in panel.descendants:
        if type(node) is NavigableString and node.strip():
            heading = node.find_parent(HEADINGS)
            return heading is not None and any(parent is panel for parent in heading.parents)
    return False
