"""The style that an element gives to the text inside it."""

from __future__ import annotations

from bs4.element import Tag

from voicegen.language_tags import as_tag, is_tag
from voicegen.sources.elements import attribute
from voicegen.sources.hidden import is_for_listeners
from voicegen.sources.inline import Style


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
