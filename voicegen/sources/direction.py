"""Text that a page shows from the other end, whatever its letters are: `bdo`, and the style `unicode-bidi`.

Danger: `<bdo dir="rtl">gm 81</bdo>` shows "18 mg". What is shown so is marked by the sign that Unicode has for it,
and the proof refuses it where it turns letters or digits around. Source: HTML, section 4.5.25; Unicode Standard
Annex 9, section 2.2.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from voicegen.sources.elements import attribute
from voicegen.speech.patterns import lazy

_OVERRIDDEN = re.compile(r"unicode-bidi\s*:\s*(?:bidi|isolate)-override", re.I)
_TO_THE_LEFT = lazy(r"(?<![-\w])direction\s*:\s*rtl", re.I)
FROM_THE_RIGHT, FROM_THE_LEFT, UNTIL_HERE = "\u202e", "\u202d", "\u202c"


def mark_overrides(page: BeautifulSoup) -> None:
    """Puts the signs around the text of every element whose direction is not left to its letters."""
    for tag in page.find_all(_is_overridden):
        is_left = attribute(tag, "dir").lower() != "rtl" and not _TO_THE_LEFT.search(attribute(tag, "style"))
        tag.insert(0, NavigableString(FROM_THE_LEFT if is_left else FROM_THE_RIGHT))
        tag.append(NavigableString(UNTIL_HERE))


def _is_overridden(tag: Tag) -> bool:
    is_bdo = tag.name == "bdo" and attribute(tag, "dir").lower() in ("rtl", "ltr")
    return is_bdo or _OVERRIDDEN.search(attribute(tag, "style")) is not None
