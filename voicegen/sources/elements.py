"""Facts about single elements of a page: the words of their class, how much they hold, where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bs4.element import NavigableString, PageElement, Tag

from voicegen.sources.wordsets import word_set

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"[A-Za-z]+")
_MONEY = re.compile(r"[€$£¥₹₺]\s?\d|\d\s?(?:€|EUR|USD|CHF|円|元|руб)")
_HOURS = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\.?)?\s?(?:-|–|—|to|a|à|bis|~)\s?\d{1,2}[:.h]\d{2}|〒\s?\d{3}"
)

CODE = word_set(
    "script style template link meta base iframe object embed canvas audio video source track param map",
    "area frame frameset noframes noembed applet",
)
"""Elements without words of the page's text; what some hold is for browsers that can't show them."""

SENTENCE = 40
"""Unlinked text of so many characters in one piece is running text, not a label…"""
SENTENCE_CJK = 15
"""…and of so many in scripts that write a word with one or two signs."""


def words_of(name: str) -> list[str]:
    """The words of a class name, in small letters, cut at case changes, hyphens and digits."""
    return _TOKEN.findall(_CAMEL.sub("-", name).lower())


def tokens(tag: Tag) -> frozenset[str]:
    """All words of the element's class and id."""
    return frozenset(word for name in class_names(tag, folded=False) for word in words_of(name))


def _classes(tag: Tag) -> list[str]:
    found = tag.get("class")
    return list(found) if isinstance(found, list) else [found] if found else []


def class_names(tag: Tag, *, folded: bool = True) -> frozenset[str]:
    """The element's classes and id, whole; in small letters where `folded`."""
    names = (*_classes(tag), str(tag.get("id") or ""))
    return frozenset(name.lower() if folded else name for name in names if name)


def attribute(tag: Tag, name: str) -> str:
    """The attribute's value as text, trimmed; empty where it is missing."""
    value = tag.get(name)
    return (" ".join(value) if isinstance(value, list) else str(value or "")).strip()


def where(tag: Tag) -> str:
    """The element's place for staff: its line in the source and its name."""
    name = "".join([tag.name, *(f".{word}" for word in _classes(tag)[:2])])
    return f"line {tag.sourceline or 1}, <{name}>"


@dataclass(slots=True)
class Measure:
    """What an element holds, itself and below."""

    chars: int = 0
    linked: int = 0
    """Characters that stand in links."""
    prose: int = 0
    """Characters of running text outside of links."""
    links: int = 0
    images: int = 0
    controls: int = 0
    """Fields and buttons."""
    headings: int = 0
    contacts: int = 0
    """Telephone and mail links, maps, opening hours, post codes."""
    prices: int = 0
    header_cells: int = 0
    top_headings: int = 0
    """h1 elements."""

    @property
    def unlinked(self) -> int:
        """Characters outside of links."""
        return self.chars - self.linked

    @property
    def link_share(self) -> float:
        """Share of the characters that stand in links; 0 where there is no text."""
        return self.linked / self.chars if self.chars else 0.0


_CONTROLS = word_set("input select textarea button")


def measured(root: Tag) -> tuple[list[Tag], dict[int, Measure]]:
    """Every element in document order, and its measure by `id(element)`, in one pass."""
    tags: list[Tag] = [root]
    measures = {id(root): Measure()}
    in_link: set[int] = set()
    for node in root.descendants:
        parent = node.parent
        if parent is None:
            continue
        if isinstance(node, Tag):
            tags.append(node)
            measures[id(node)] = _own(node)
            if id(parent) in in_link or (node.name == "a" and node.get("href") is not None):
                in_link.add(id(node))
        elif type(node) is NavigableString and parent.name not in CODE:
            _count(measures[id(parent)], node.strip(), id(parent) in in_link)
    for tag in reversed(tags[1:]):
        if tag.parent is not None and tag.name not in CODE:
            _add(measures[id(tag.parent)], measures[id(tag)])
    return tags, measures


def _own(tag: Tag) -> Measure:
    measure = Measure()
    name = tag.name
    if name == "a" and tag.get("href") is not None:
        measure.links = 1
        measure.contacts = int(attribute(tag, "href").startswith(("tel:", "mailto:")))
    elif name in ("img", "svg"):
        measure.images = 1
    elif name in _CONTROLS:
        measure.controls = int(attribute(tag, "type") != "hidden")
    elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        measure.headings = 1
        measure.top_headings = int(name == "h1")
    elif name == "th":
        measure.header_cells = 1
    return measure


def _count(measure: Measure, text: str, linked: bool) -> None:
    size = len(text)
    if not size:
        return
    measure.chars += size
    if linked:
        measure.linked += size
    elif size >= SENTENCE or (size >= SENTENCE_CJK and text[size // 2] > "\u2e80"):
        measure.prose += size
    if size < 200:
        measure.prices += len(_MONEY.findall(text))
        measure.contacts += len(_HOURS.findall(text))


def _add(total: Measure, part: Measure) -> None:
    for name in Measure.__slots__:
        value = getattr(part, name)
        if value:
            setattr(total, name, getattr(total, name) + value)


def visible_text(tag: Tag, without: Collection[int] = ()) -> str:
    """The words of an element and below, with spaces between its pieces and the alt texts of its images.

    `without` are the ids of elements inside it whose words are not wanted.
    """
    pieces: list[str] = []
    for node in _nodes(tag):
        if without and any(id(parent) in without for parent in (node, *node.parents)):
            continue
        if isinstance(node, Tag):
            if node.name == "img":
                pieces.append(attribute(node, "alt"))
        elif type(node) is NavigableString and node.parent is not None and node.parent.name not in CODE:
            pieces.append(str(node))
        else:
            continue
    return " ".join(" ".join(pieces).split())


def _nodes(tag: Tag) -> Iterable[PageElement]:
    yield tag
    yield from tag.descendants
