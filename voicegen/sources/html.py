"""HTML pages as clinics publish them → Document.

Bytes are decoded by us, the tree is built in linear time, the content is found, and one walk puts every text
either into the Document or into its `left_out`.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import Document, Text, numbered, texts
from voicegen.sources.blocks import Walk
from voicegen.sources.decoding import check_spoken, decode
from voicegen.sources.elements import attribute, visible_text
from voicegen.sources.flow import Page
from voicegen.sources.furniture import Furniture
from voicegen.sources.language import contradicts, is_tag, language_of
from voicegen.sources.pieces import Placed
from voicegen.sources.region import around, content_of, headline_of, mark_outside
from voicegen.sources.sections import arranged
from voicegen.sources.siterules import apply_rules
from voicegen.sources.titles import title_from
from voicegen.sources.tree import parse

SUFFIXES = (".html", ".htm", ".xhtml")


def read(file: SourceFile) -> Document:
    """The page as a Document. Raises SourceError where it can't be decoded or is nested beyond reason."""
    source, notices = decode(file, labelled=True)
    soup = parse(source, file.name)
    furniture = Furniture(soup)
    kept = apply_rules(file, soup, furniture.reasons)
    content = content_of(soup, furniture)
    headline = headline_of(content, furniture)
    way = mark_outside(soup, content, [*kept, *around(headline, content)], furniture)
    lang, doubts = _language(file, soup, visible_text(content))
    page = Page(file.name, lang, furniture.reasons, way, id(headline) if headline else 0, furniture.labels())
    page.unspoken = frozenset(file.rules.drop_texts)
    page.notices.extend((*notices, *doubts))
    walk = Walk(page)
    title = walk.text(headline) if headline else Text(())
    pieces = walk.pieces(soup)
    title = title or _title(soup, pieces, page, file)
    blocks, sections = arranged(pieces, title, page.leavings)
    if not blocks and not sections:
        raise SourceError(file.name, "has no text to speak", "Check that the page's text is in its HTML.")
    document = Document(
        title, lang, blocks, sections, page.leavings.all(), tuple(page.notices), tuple(_metadata(soup).items())
    )
    check_spoken(file, source, (text.plain for text in texts((title, blocks, sections))))
    return numbered(document)


def _title(soup: BeautifulSoup, pieces: list[Placed], page: Page, file: SourceFile) -> Text:
    named = soup.find("title")
    title, notice = title_from(pieces, visible_text(named) if named else "", file.name)
    if notice:
        page.notices.append(notice)
    return title


def _language(file: SourceFile, soup: BeautifulSoup, text: str) -> tuple[str, list[str]]:
    """The page's language: its own word, unless its text says otherwise; then the settings', then the text's."""
    root = soup.find("html")
    declared = attribute(root, "lang") or attribute(root, "xml:lang") if isinstance(root, Tag) else ""
    declared = declared.replace("_", "-")
    for tag in (declared, file.lang):
        if tag and is_tag(tag):
            other = contradicts(tag, text)
            if not other:
                doubt = (
                    [f'"{declared}" is no language; the settings say "{tag}".']
                    if declared and tag != declared
                    else []
                )
                return tag, doubt
            return other, [f'The page says that its language is "{tag}", but its text is in "{other}".']
    found = language_of(text)
    said = f'"{declared}" is no language' if declared else "The page does not say its language"
    if found:
        return found, [f'{said}; "{found}" was told from its text.']
    return "en", [f"{said}, and its text is too short to tell it; English was assumed."]


_META_KEYS = {
    "author": "author",
    "article:author": "author",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "dc.publisher": "publisher",
    "last-reviewed": "reviewed",
    "date.reviewed": "reviewed",
    "dcterms.reviewed": "reviewed",
    "next-review": "next_review",
    "description": "description",
}


def _metadata(soup: BeautifulSoup) -> dict[str, str]:
    """What the page's `meta` elements say of it."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = (attribute(tag, "name") or attribute(tag, "property")).lower()
        key, value = _META_KEYS.get(name), attribute(tag, "content")
        if key and value:
            found.setdefault(key, value)
    return found
