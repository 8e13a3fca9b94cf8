"""What a page's styles draw apart though its markup does not part it: columns, lines, boxes.

Danger: `<div style="display:flex"><span>5</span><span>10 mg</span></div>` shows two columns, and read on it is
"510 mg". Where the style is not on the page, nobody can tell; two numbers that touch so are refused in a box of a
layout, and joined in a paragraph, whose parts browsers join and whose programs (Word) split numbers at will.
Source: CSS Display 3, section 2.7 (parts of a flex or grid box are boxes); CSS Text 3, section 3 (white-space).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from voicegen import cascade
from voicegen.sources.drawn import gaps_of
from voicegen.sources.elements import attribute, class_names
from voicegen.sources.inline import BREAK
from voicegen.sources.phrases import ends_with_amount
from voicegen.sources.preformatted import keep_lines
from voicegen.sources.wordsets import word_set

DOUBT = "voicegen-doubt"
"""The name of an element that stands where nobody can tell what the page says."""
OF_TEXT = word_set("span a font b strong i em u small big abbr mark ins label code tt time data var cite bdi")
"""Elements that stand in a line of text as they are."""
_LAYOUT = word_set("div section article header footer aside figure a button label summary main")
"""Elements whose parts a style often draws side by side."""
_FLEX = re.compile(r"(?:d-)?(?:inline-)?(?:flex|grid)|row")
_TELLS_NOTHING = word_set("html body head")


def part_boxes(page: BeautifulSoup, styled: Iterable[tuple[Tag, cascade.Meaning, bool]]) -> None:
    """Puts a line break where boxes part text, and a mark of doubt where two numbers touch that may be in two."""
    flexible: set[int] = set()
    for tag, said, by_sheet in styled:
        if tag.name in _TELLS_NOTHING:
            continue
        if said.in_lines and tag.name != "pre":
            keep_lines(tag)
        if said.shown == "flex":
            flexible.add(id(tag))
        if said.is_forced and by_sheet:
            tag["style"] = f"display:{said.shown or 'inline'}!important;{attribute(tag, 'style')}"
        if said.gaps and tag.name in OF_TEXT:
            tag["style"] = f"{cascade.Meaning(gaps=said.gaps).style};{attribute(tag, 'style')}"
        if said.shown not in ("", "flex", "none") and by_sheet and tag.name in OF_TEXT:
            tag.insert_before(NavigableString(BREAK))
            tag.insert_after(NavigableString(BREAK))
    for tag in page.find_all(True):
        if id(tag) in flexible or any(map(_FLEX.fullmatch, class_names(tag))):
            _part(tag)
        elif len(tag.contents) > 1:
            if tag.name in _LAYOUT:
                _doubt(tag)
            if tag.name in _LAYOUT or tag.name in _TEXTS:
                _part_amounts(tag)


def _part(box: Tag) -> None:
    """Parts what stands in a flex or grid box: each element and each piece of text is a box there."""
    for before, after in pairwise([node for node in box.contents if _is_drawn(node)]):
        if _is_of_text(before) or _is_of_text(after):
            after.insert_before(NavigableString(BREAK))


def _doubt(box: Tag) -> None:
    """Looks at elements of text that touch each other in a box that holds nothing else."""
    for before, after in pairwise(list(box.contents)):
        if not (isinstance(before, Tag) and isinstance(after, Tag) and _is_of_text(before) and _is_of_text(after)):
            continue
        if "after" in gaps_of(before) or "before" in gaps_of(after):
            continue  # the walk parts them
        left, right = before.get_text(), after.get_text()
        last, first = left[-1:], right[:1]
        if last.isdigit() and first.isdigit():
            if right[1:2].isdigit() and first == "0":
                continue  # no column begins with "00 mg"
            if _is_pasted(before, after) or _is_in_text(box, before, after):
                continue
            shown = f"{left[-12:].strip()}|{right[:12].strip()}"
            after.insert_before(Tag(name=DOUBT, attrs={"data-shown": shown}, sourceline=before.sourceline))
        elif (last.isalnum() and first.isalnum()) and (
            last.isdigit() or first.isdigit() or _is_new_word(last, first)
        ):
            after.insert_before(NavigableString(" "))


def _part_amounts(box: Tag) -> None:
    """Parts an amount from what touches it in another element, as in "800 mg" and "5 times", or "twice a day".

    Danger: of "5 mgtwice" and "Adults500 mg" a voice says no unit. No program splits a word behind such a unit
    ("m" and "mol" it does), nor a word from its number.
    """
    for before, after in pairwise(list(box.contents)):
        if not (_touches(before) and _touches(after)) or (type(before) is type(after) is NavigableString):
            continue
        left, right = before.get_text(), after.get_text()
        if isinstance(before, Tag) and isinstance(after, Tag) and right[:1].isdigit():
            is_parted = ends_with_amount(left) or _WORD_ENDS.search(left) is not None
        else:
            is_parted = _WORD_BEGINS.match(right) is not None and _UNIT_ENDS.search(left[-_REACH:]) is not None
        if is_parted:
            after.insert_before(NavigableString(" "))


def _touches(node: PageElement) -> bool:
    return type(node) is NavigableString or (isinstance(node, Tag) and node.name in OF_TEXT)


_UNIT_ENDS = re.compile(r"\d[ \u00a0]?(?:mc?g|[µμ]g|kg|ml|IU|IE|UI)\Z", re.I)
_WORD_BEGINS = re.compile(r"[^\W\d_]{2}")
_WORD_ENDS = re.compile(r"[^\W\d_]{3}[a-zß-öø-ÿ]\Z")
_REACH = 16
"""Characters of a number's last digit and its unit."""
_TEXTS = word_set("p li td th dd dt")


def _is_pasted(before: Tag, after: Tag) -> bool:
    """Whether a program split a text by its looks: only the parts' own styles say how they look, and not where."""
    if any(class_names(tag) for tag in (before, after)):
        return False
    own = [attribute(tag, "style") for tag in (before, after)]
    return any(map(_LOOKS.search, own)) and not any(map(_PLACES.search, own))


_LOOKS = re.compile(r"(?:^|;)\s*(?:font|color|background|mso-|letter-spacing|line-height)", re.I)
_PLACES = re.compile(r"display|float|position|width|margin|padding|flex|grid|border", re.I)


def _is_in_text(box: Tag, before: Tag, after: Tag) -> bool:
    """Whether the two stand in running text: bare words on both sides, and no class that a style could place."""
    if any(class_names(tag) or attribute(tag, "style") for tag in (box, before, after)):
        return False
    sides = (before.previous_sibling, after.next_sibling)
    return all(type(side) is NavigableString and any(map(str.isalpha, side)) for side in sides)


def _is_new_word(last: str, first: str) -> bool:
    return last.islower() and first.isupper()


def _is_of_text(node: PageElement) -> bool:
    return isinstance(node, NavigableString) or (isinstance(node, Tag) and node.name in OF_TEXT)


def _is_drawn(node: PageElement) -> bool:
    return isinstance(node, Tag) or (type(node) is NavigableString and bool(node.strip()))
