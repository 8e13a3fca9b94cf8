"""Tabs: which of them heads which panel, and how high its heading stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bs4.element import NavigableString, Tag

from voicegen.model.document import Reason
from voicegen.sources.elements import attribute, visible_text
from voicegen.sources.hidden import is_tab
from voicegen.sources.lists import HEADINGS

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
        inside = [
            label
            for label in self._of.values()
            if label.tag is tag or any(parent is tag for parent in label.tag.parents)
        ]
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
    found = {}
    for row in rows.values():
        rank = _rank_above([panel for _, panel in row])
        for tag, panel in row:
            if visible_text(tag) and not _opens_with_heading(panel):
                found[id(panel)] = Label(tag, rank)
    return found


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
