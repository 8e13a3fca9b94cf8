"""Letters that a page shows in a font of signs: what they are to the eye.

Danger: Word saves "5 μg" as "5 " and an "m" in the font Symbol: by its letters "5 mg", a thousandfold of the dose.
Newer browsers show the letter, older ones and Word the sign, so that such a page is refused where the sign is a
letter or stands for an amount. Bullets, ticks and crosses are read as what they are.
Source: CSS Fonts 4, section 2.1; the tables of `voicegen.symbol_fonts`; Word's own styles ("mso-list: Ignore").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from voicegen import cascade, symbol_fonts
from voicegen.sources.boxes import DOUBT
from voicegen.sources.elements import attribute

_SAYING = frozenset("✓✔✗✘✕✖☑☒☎→←↑↓⇨☞")
_FONT = re.compile(r"(?<![-\w])font(?:-family)?\s*:", re.I)
_LIST_SIGN = re.compile(r"mso-list\s*:\s*ignore", re.I)
_LETTER_BULLETS = frozenset("oqvnlwuØü§à·")
"""What Word's bullets are by their letters, in its fonts of signs and in Courier."""


def read_fonts(page: BeautifulSoup, styled: Iterable[tuple[Tag, cascade.Meaning, bool]]) -> None:
    """Puts signs in the place of their letters; a mark of doubt before those that can't be told."""
    fonts = {id(tag): said.font for tag, said, _ in styled if said.font}
    for tag in page.find_all("font", face=True):
        if font := cascade.meaning(f"font-family:{attribute(tag, 'face')}").font:
            fonts[id(tag)] = font
    for tag in page.find_all(True) if fonts else ():
        if id(tag) in fonts:
            for text in list(_own_texts(tag, fonts)):
                _read(text, tag, fonts[id(tag)])
    for tag in page.find_all(style=_LIST_SIGN):
        first = next((text for text in tag.find_all(string=True) if text.strip()), None)
        if type(first) is NavigableString and first.strip() in _LETTER_BULLETS:
            _replace(first, "•")


def _own_texts(tag: Tag, fonts: dict[int, str]) -> Iterator[NavigableString]:
    """The texts below an element that no element between gives another font."""
    for text in tag.find_all(string=True):
        if type(text) is not NavigableString or not text.strip():
            continue
        nearest = next((one for one in text.parents if one is tag or _says_font(one) or id(one) in fonts), tag)
        if nearest is tag:
            yield text


def _says_font(tag: Tag) -> bool:
    return (tag.name == "font" and tag.get("face") is not None) or bool(_FONT.search(attribute(tag, "style")))


def _read(text: NavigableString, tag: Tag, font: str) -> None:
    words = text.strip()
    in_list = any(_LIST_SIGN.search(attribute(one, "style")) for one in (*text.parents, tag))
    shown, strange = symbol_fonts.shown(words, font)
    is_picture = bool(shown) and not shown.isalnum() and not font.startswith("symbol")
    if shown == words:
        return
    if len(words) == 1 and (in_list or is_picture or shown in _SAYING):
        _replace(text, shown if shown in _SAYING else "•")
    elif any(map(str.isalnum, words)) or not strange:
        what = f"“{words[:20]}” in the font “{font}”, in which it is " + (f"“{shown[:20]}”" if shown else "a sign")
        text.insert_before(Tag(name=DOUBT, attrs={"data-font": what}, sourceline=tag.sourceline))


def _replace(text: NavigableString, sign: str) -> None:
    """Puts the sign there; the letter, of which the account of the page's words knows, is hidden beside it."""
    letter = Tag(name="span", attrs={"hidden": ""})
    letter.append(NavigableString(text.strip()))
    text.insert_before(letter)
    text.replace_with(NavigableString(f"{sign} "))
