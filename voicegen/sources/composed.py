"""Signs that a page makes of others: "≤" of a "<" with a line under it, "°" of a raised "o" or "0".

Danger: "age <u>&gt;</u> 65" is 65 and more to the eye, and by its letters more than 65; "8<sup>0</sup>C" is 8 °C,
and by its letters a power. Who has no such sign on the keyboard writes so, in Word above all.
Source: HTML, sections 4.5.19 (sub and sup) and 4.5.22 (u); CSS Text Decoration 3, section 2.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from voicegen import cascade
from voicegen.sources.boxes import OF_TEXT
from voicegen.sources.elements import attribute
from voicegen.speech.patterns import lazy

_UNDERLINED = {"<": "≤", ">": "≥", "+": "±"}
"""Signs, and what each is with a line under it."""
_NUMBER = lazy(r"\s*(?:[-\u2212\u2013]\s?)?(?:[£$€]\s?)?(?:[.,]?\d|[¼½¾⅓⅔⅛])")
_RINGS = frozenset("o0O")
_SCALE = r"[ \u00a0]?[CF](?![^\W_])"
_AFTER_RING = lazy(rf"{_SCALE}|\s?(?:[-–—−]|[a-zà]{{1,4}})\s?\d[\d.,]*[ \u00a0]?[o0O]?°{_SCALE}")
"""A scale, or as in "2° – 8 °C" another temperature with one."""
_FAR = 16
"""Characters behind a raised sign that tell what it is, and nodes before a sign in which its neighbour stands."""


def compose_signs(page: BeautifulSoup, styled: Iterable[tuple[Tag, cascade.Meaning, bool]]) -> None:
    """Puts the sign that is seen in the place of those that it is made of."""
    by_style = [tag for tag, said, _ in styled if said.is_underlined]
    underlined = [*filter(_is_underlined, page.find_all("u")), *by_style]
    ids = frozenset(map(id, underlined))
    for tag in underlined:
        sign = _UNDERLINED.get(tag.get_text().strip(), "")
        if sign and _NUMBER.match(_text_after(tag)) and tag.find_parent("a") is None and not _goes_on(tag, ids):
            text = next(text for text in tag.find_all(string=True) if text.strip())
            text.replace_with(NavigableString(text.replace(text.strip(), sign)))
    for tag in reversed(page.find_all("sup")):
        ring = tag.get_text().strip()
        if ring in _RINGS and _text_before(tag)[-1:].isdigit() and _AFTER_RING.match(_text_after(tag)):
            _put_ring(tag, ring)


def _is_underlined(tag: Tag) -> bool:
    said = cascade.values(attribute(tag, "style"))
    return "none" not in (said.get("text-decoration"), said.get("text-decoration-line"))


def _goes_on(tag: Tag, underlined: frozenset[int]) -> bool:
    """Whether the line goes on under the text beside the element, and so makes no sign another.

    Danger: programs divide a text at will, and the heading "<u>Age </u><u>&gt;</u><u> 65</u>" is no "Age ≥ 65".
    """
    beside = (_text_of_line(tag.previous_elements), _text_of_line(_last_of(tag).next_elements))
    return any(not underlined.isdisjoint(map(id, text.parents)) for text in beside if text is not None)


def _text_of_line(nodes: Iterable[PageElement]) -> NavigableString | None:
    """The first text among the nodes; nothing where another line or block begins or ends before."""
    for node in islice(nodes, _FAR):
        if type(node) is NavigableString and node:
            return node
        if isinstance(node, Tag) and node.name not in OF_TEXT:
            return None
    return None


def _last_of(tag: Tag) -> PageElement:
    last: PageElement = tag
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    return last


def _text_after(tag: Tag) -> str:
    found = ""
    for text in islice(_last_of(tag).next_elements, _FAR):
        found += text if type(text) is NavigableString else ""
        if len(found) > _FAR:
            break
    return found


def _text_before(tag: Tag) -> str:
    before = tag.find_previous(string=True)
    return before.rstrip(" \u00a0") if isinstance(before, NavigableString) else ""


def _put_ring(tag: Tag, ring: str) -> None:
    """Puts "°" there; the letter, of which the account of the page's words knows, is hidden beside it."""
    letter = Tag(name="span", attrs={"hidden": ""}, sourceline=tag.sourceline)
    letter.append(NavigableString(ring))
    tag.insert_before(letter)
    tag.replace_with(NavigableString("°"))
