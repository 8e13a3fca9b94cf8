"""Images and drawings by what their authors say of them."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from voicegen.model.document import Image, Reason, Text
from voicegen.sources.elements import attribute, tokens, visible_text, where
from voicegen.sources.flow import Page
from voicegen.sources.inline import PLAIN, compose
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy

_BLOCKS = ("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "div")
_BREAKS = ("br", "hr", "img", "svg", "figure", "table", "ul", "ol")
_ENDS = ".!?:;…"
_LONGEST_WORD = 40
"""Characters of an alternative that can be part of a sentence: a picture of a number, an icon for a word."""
_INLINE = word_set("emoji smiley latex math equation")
_FILE_NAME = lazy(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)|(?:img|dsc|image|screenshot)[-_ ]?\d+", re.I)
_LOGO = lazy(r"\blogos?\b|\blogotipo\b|ロゴ|شعار", re.I)


def alternative_of(tag: Tag) -> str:
    """What the author gives instead of the image, in words; empty where it is nothing."""
    alt = attribute(tag, "alt") or attribute(tag, "aria-label")
    if tag.name == "svg" and not alt:
        title, *more = [visible_text(part) for part in tag.find_all(("title", "desc"), recursive=False)] or [""]
        stop = "" if title.endswith((".", "!", "?", "。")) or not title or not any(more) else "."
        return " ".join(filter(None, (title + stop, *more)))
    return alt


def words_inside(tag: Tag) -> list[str]:
    """The words in an image that its alternative does not say: labels of a drawing, what shows where it can't."""
    said = alternative_of(tag)
    found = [str(text) for text in tag.find_all(string=True) if type(text) is NavigableString]
    found += [attribute(image, "alt") for image in tag.find_all("img")]
    return [words for words in found if words.strip() and words.strip() not in said]


def is_inline(tag: Tag) -> bool:
    """Whether the image stands for a character or a formula amid text."""
    width = attribute(tag, "width").removesuffix("px")
    return bool(tokens(tag) & _INLINE) or (width.isascii() and width.isdigit() and int(width[:6]) <= 24)


def is_amid_sentence(tag: Tag) -> bool:
    """Whether text of one sentence stands before and after the image, so that its words belong between."""
    block = tag.find_parent(_BLOCKS)
    if block is None or len(alternative_of(tag)) > _LONGEST_WORD:
        return False
    before, after = _beside(tag, block, True), _beside(tag, block, False)
    return (
        bool(before) and bool(after) and before[-1] not in _ENDS and (before[-1].isalnum() or before[-1] in ",-(")
    )


def _beside(tag: Tag, block: Tag, back: bool) -> str:
    """The text of the block right before the image, or right after it, up to a break or another image."""
    inside = {id(node) for node in tag.descendants}
    for node in tag.previous_elements if back else tag.next_elements:
        if node is block or (isinstance(node, Tag) and (node.name in _BREAKS or node.name in _BLOCKS)):
            return ""
        if not back and not any(parent is block for parent in node.parents):
            return ""
        if type(node) is NavigableString and id(node) not in inside and (words := node.strip()):
            return words
    return ""


def image_of(tag: Tag, page: Page) -> Image | None:
    """The image, or None where it is decoration or a logo. A missing alternative is noted for staff."""
    alt, place = alternative_of(tag), where(tag)
    if _LOGO.search(alt) or "logo" in tokens(tag):
        page.leavings.add(alt or "logo", Reason.LOGO, place)
        return None
    if alt and _FILE_NAME.fullmatch(alt):
        page.leavings.add(alt, Reason.METADATA, place)
        alt = ""
    elif not alt and (tag.name == "svg" or tag.get("alt") is not None):
        return None  # its author says that it is decoration
    if not alt and attribute(tag, "role") in ("presentation", "none"):
        return None
    source = attribute(tag, "src") or attribute(tag, "data-src")
    source = "" if source.startswith("data:") else source
    if not alt:
        name = source.rsplit("/", 1)[-1][:60] or "without a file name"
        page.notices.append(f"{place}: the image {name} has no text alternative (alt).")
    return Image(_text(alt) if alt else None, None, source)


def _text(characters: str) -> Text:
    return compose([(characters, PLAIN)])
