"""The parts of HTML lists: the numbers of items, and which lists only arrange a page."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from bs4.element import NavigableString, PageElement, Tag

from voicegen import cascade
from voicegen.sources.elements import attribute
from voicegen.sources.hidden import is_undrawn

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MOST_DIGITS = 6


def has_content(node: PageElement) -> bool:
    """Whether a node is an element, or text that is more than space."""
    return isinstance(node, Tag) or (type(node) is NavigableString and bool(node.strip()))


def arranges_sections(tag: Tag) -> bool:
    """Whether a bullet list only arranges sections: most items hold a heading and go on with text."""
    items = [child for child in tag.children if isinstance(child, Tag) and child.name == "li"]
    with_heading = [item for item in items if item.find(HEADINGS) and len(item.get_text().strip()) > 80]
    return tag.name != "ol" and len(items) >= 2 and len(with_heading) * 2 > len(items)


def numbers_of(tag: Tag, left_out: Container[int]) -> dict[int, int]:
    """The number of each item of an ordered list, by `id(item)` (HTML 4.4.5 and 4.4.8: start, reversed, value).

    Items that are drawn nowhere are not counted (CSS Lists 3, section 4.4), if they are among those `left_out`.
    """
    if tag.name != "ol":
        return {}
    items = [child for child in tag.children if isinstance(child, Tag) and child.name == "li"]
    items = [item for item in items if not (id(item) in left_out and is_undrawn(item))]
    backwards = tag.get("reversed") is not None
    number = _integer(attribute(tag, "start"), len(items) if backwards else 1)
    numbers = {}
    for item in items:
        number = _integer(attribute(item, "value"), number)
        numbers[id(item)] = number
        number += -1 if backwards else 1
    return numbers


def is_lettered(tag: Tag) -> bool:
    """Whether the items of an ordered list carry letters on the page, which are spoken as numbers (HTML 4.4.5)."""
    if tag.name != "ol":
        return False
    return attribute(tag, "type") in ("a", "A") or cascade.meaning(attribute(tag, "style")).is_lettered


def mark_letters(styled: Iterable[tuple[Tag, cascade.Meaning, bool]]) -> None:
    """Gives a list of letters its style where a sheet says it, of the list or of its items."""
    lettered = [tag.parent if tag.name == "li" else tag for tag, said, _ in styled if said.is_lettered]
    for box in {id(box): box for box in lettered if box is not None and box.name == "ol"}.values():
        box["style"] = f"list-style-type:lower-alpha;{attribute(box, 'style')}"


def _integer(value: str, otherwise: int) -> int:
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else otherwise


def terms_and_descriptions(tag: Tag) -> Iterator[PageElement]:
    """The children of a definition list; its groups may stand in `div`s (HTML 4.4.9)."""
    for child in tag.children:
        if (
            isinstance(child, Tag)
            and child.name == "div"
            and child.find(("dt", "dd"), recursive=False) is not None
        ):
            yield from filter(has_content, child.children)
        elif has_content(child):
            yield child
