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

_STRING = r"(\"[^\"\n]{1,80}\"|'[^'\n]{1,80}')"
_WRITTEN = lazy(rf"(?<![-\w])(?:content|list-style(?:-type)?)\s*:\s*{_STRING}")
_BULLET = re.compile(rf"(?<![-\w])list-style(?:-type)?\s*:[^;\"']{{0,200}}{_STRING}")
_ESCAPE = lazy(r"\\(?:([0-9a-fA-F]{1,6})[ \n]?|(.))")
"""A sign by its code, or a sign as such (CSS Syntax 3, section 4.3.7)."""
_SAYING = frozenset("✓✔✗✘✕✖❌✅☒☑⛔🚫")
"""Signs that say do and do not."""
_DRAWN = {"\uf00d": "✕", "\uf057": "✕", "\uf05e": "🚫", "\ue014": "✕", "\ue083": "✕"}
"""Crosses of Font Awesome and Glyphicons; before items they say "do not", elsewhere they close something."""
_OF_ITEMS = lazy(r"(?<![-\w.#])li(?![-\w])[^{}]*\{[^{}]*\Z")
_FAR = 400
"""Characters before what a rule writes in which its selector stands."""
_MOST_WRITTEN = 5


def words_of_styles(soup: BeautifulSoup) -> Iterator[str]:
    """What staff are told of words that the page's own styles write before or after its text (CSS `content`).

    They are drawn like text and stand in none, so that they are not read.
    """
    found: dict[str, str] = {}
    for sheet in soup.find_all("style"):
        text = sheet.get_text()
        for written in _WRITTEN.finditer(text):
            words = _unescaped(written[1])
            drawn = _DRAWN.get(words.strip(), "")
            if drawn and _OF_ITEMS.search(text, max(0, written.start() - _FAR), written.start()):
                words = drawn
            _note(found, words, sheet)
    for tag in soup.find_all(style=_BULLET):
        for written in _BULLET.findall(attribute(tag, "style")):
            _note(found, _unescaped(written), tag)
    for words, place in list(found.items())[:_MOST_WRITTEN]:
        yield f"{place}: a style writes “{words}” beside text, which is not read: see that what is said is right."


def _unescaped(written: str) -> str:
    """What a string of a style says, with the signs that it gives by their codes."""

    def sign(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else 0
        return found[2] or (chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "")

    return _ESCAPE.sub(sign, written)[1:-1]


def _note(found: dict[str, str], words: str, tag: Tag) -> None:
    says = any(map(str.isdigit, words)) or any(map(_SAYING.__contains__, words))
    if says or sum(map(str.isalpha, words)) > 1:
        found.setdefault(words, where(tag))


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
