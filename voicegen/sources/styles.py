"""The style that an element gives to the text inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from voicegen.language_tags import as_tag, is_tag
from voicegen.sources.elements import attribute, where
from voicegen.sources.hidden import is_for_listeners
from voicegen.sources.inline import Style
from voicegen.speech.patterns import lazy

_WRITTEN = lazy(r"(?<![-\w])(?:content|list-style(?:-type)?)\s*:\s*(\"[^\"\\\n]{1,80}\"|'[^'\\\n]{1,80}')")
_BULLET = re.compile(r"(?<![-\w])list-style(?:-type)?\s*:[^;\"']{0,200}(\"[^\"\\\n]{1,80}\"|'[^'\\\n]{1,80}')")
_SAYING = frozenset("✓✔✗✘✕✖❌✅☒☑⛔🚫")
"""Signs that say do and do not."""
_MOST_WRITTEN = 5


def words_of_styles(soup: BeautifulSoup) -> Iterator[str]:
    """What staff are told of words that the page's own styles write before or after its text (CSS `content`).

    They are drawn like text and stand in none, so that they are not read.
    """
    found: dict[str, str] = {}
    for sheet in soup.find_all("style"):
        for written in _WRITTEN.findall(sheet.get_text()):
            _note(found, written, sheet)
    for tag in soup.find_all(style=_BULLET):
        for written in _BULLET.findall(attribute(tag, "style")):
            _note(found, written, tag)
    for words, place in list(found.items())[:_MOST_WRITTEN]:
        yield f"{place}: a style writes “{words}” beside text, which is not read: see that what is said is right."


def _note(found: dict[str, str], written: str, tag: Tag) -> None:
    says = any(map(str.isdigit, written)) or any(map(_SAYING.__contains__, written))
    if says or sum(map(str.isalpha, written)) > 1:
        found.setdefault(written[1:-1], where(tag))


def styled(tag: Tag, style: Style, page_lang: str) -> Style:
    """`style` as it is inside `tag`, on a page in the language `page_lang`."""
    name, attributes = tag.name, tag.attrs
    if name in ("strong", "b"):
        style = style._replace(strong=True)
    elif name in ("em", "i"):
        style = style._replace(em=True)
    elif name == "a" and attributes.get("href"):
        style = style._replace(href=attribute(tag, "href"))
    elif name in ("abbr", "acronym") and attributes.get("title"):
        style = style._replace(abbr=attribute(tag, "title"))
    if "lang" in attributes or "xml:lang" in attributes:
        lang = as_tag(attribute(tag, "lang") or attribute(tag, "xml:lang"))
        if is_tag(lang):
            same = lang.split("-")[0].lower() == page_lang.split("-")[0].lower()
            style = style._replace(lang="" if same else lang)
    if "class" in attributes and is_for_listeners(tag):
        style = style._replace(hidden=True)
    return style
