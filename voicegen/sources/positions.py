"""Text that a page's own styles raise, lower or strike out, made what the elements for it are.

Danger: `10<span style="vertical-align: super">9</span>/L` is 10⁹ to the eye, and "109" by its letters.
Source: HTML, section 4.5.19 (sub and sup) and 4.5.5 (s).
"""

from __future__ import annotations

from itertools import islice

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

from voicegen import cascade
from voicegen.sources.elements import attribute
from voicegen.sources.wordsets import word_set

_OF_TEXT = word_set("span a font b strong i em u small big abbr mark ins label code tt time data var cite q")
"""Elements whose vertical alignment is a power's or an index's; a cell's and a picture's say how they stand."""
_LONGEST = 12
"""Characters of a power, an index or a note's mark."""


def mark_positions(page: BeautifulSoup) -> None:
    """Puts what a style raises or lowers into `sup` or `sub`; what a class strikes out gets a style of its own."""
    found: list[tuple[Tag, cascade.Meaning]] = []
    sheets = (rule for sheet in page.find_all("style") if _on_screens(sheet) for rule in _rules(sheet))
    for selector, said in islice(sheets, cascade.MOST_RULES):
        try:
            found += [(tag, said) for tag in page.select(selector)]
        except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError):
            continue  # a browser takes no notice of it either, or it is of a kind that no text is styled by
    found += [
        (tag, said) for tag in page.find_all(style=True) if (said := cascade.meaning(attribute(tag, "style")))
    ]
    for tag, said in found:
        if said.struck:
            tag["style"] = f"{attribute(tag, 'style')};text-decoration:line-through"
        if said.place:
            _put(tag, said.place)


def _rules(sheet: Tag) -> list[tuple[str, cascade.Meaning]]:
    return list(cascade.rules(sheet.get_text()))


def _on_screens(sheet: Tag) -> bool:
    media = attribute(sheet, "media").lower()
    return not media or "all" in media or "screen" in media


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
