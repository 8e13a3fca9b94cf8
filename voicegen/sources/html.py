"""HTML pages as clinics publish them → Document.

Bytes are decoded by us, the tree is built in linear time, the content is found, and one walk puts every text
either into the Document or into its `left_out`.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, TemplateString

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import Document, Text, numbered, texts
from voicegen.sources.blocks import Walk
from voicegen.sources.decoding import check_spoken, decode
from voicegen.sources.direction import mark_overrides
from voicegen.sources.elements import attribute, visible_text, where
from voicegen.sources.flow import Page
from voicegen.sources.formulas import write_in_line
from voicegen.sources.furniture import Furniture
from voicegen.sources.grids import draw_tables
from voicegen.sources.icons import read_icons
from voicegen.sources.language import settled
from voicegen.sources.metadata import days_told, metadata_of
from voicegen.sources.pieces import Placed
from voicegen.sources.region import FRAME, around, content_of, headline_of, is_named_content, mark_outside
from voicegen.sources.sections import arranged
from voicegen.sources.siterules import RulesAtWork
from voicegen.sources.sitesections import Authors
from voicegen.sources.styles import words_of_styles
from voicegen.sources.stylesheets import StyledElements
from voicegen.sources.tabs import Labels
from voicegen.sources.ticks import check_ticks
from voicegen.sources.titles import title_from
from voicegen.sources.tree import parse
from voicegen.sources.written_styles import write_styles

SUFFIXES = (".html", ".htm", ".xhtml")


def read(file: SourceFile) -> Document:
    """The page as a Document. Raises SourceError where it can't be decoded or is nested beyond reason."""
    source, notices = decode(file, labelled=True)
    soup = parse(source, file.name)
    _open_shadows(soup)
    mark_overrides(soup)
    elements = StyledElements(soup)
    styled = list(elements.meanings())
    write_styles(soup, styled)
    icons = read_icons(soup)
    furniture = Furniture(soup, write_in_line(soup))
    rules = RulesAtWork(file.rules)
    kept = rules.apply(soup, furniture.reasons)
    content = content_of(soup, furniture)
    headline = headline_of(content, furniture)
    way = mark_outside(soup, content, [*kept, *around(headline, content)], furniture)
    root = soup.find("html")
    declared = attribute(root, "lang") or attribute(root, "xml:lang") if isinstance(root, Tag) else ""
    lang, doubts = settled(file, declared, visible_text(content))
    page = Page(
        file.name,
        lang,
        furniture.reasons,
        way,
        id(headline) if headline else 0,
        Labels(furniture.tags),
        rules,
        notices=[*notices, *elements.notices, *doubts, *words_of_styles(soup), *icons],
    )
    draw_tables(soup, styled, way)
    walk = Walk(page)
    title = walk.text(headline) if headline else Text(())
    pieces = walk.pieces(soup)
    for label, reason in page.labels.unused():
        page.leavings.add(visible_text(label.tag), reason, where(label.tag))
    title = title or _title(soup, pieces, page, file)
    authors = Authors.LIKELY if is_named_content(content) or soup.find(FRAME) is None else Authors.UNKNOWN
    blocks, sections = arranged(pieces, title, page.leavings, authors)
    if not blocks and not sections:
        raise _empty(file, soup, rules)
    metadata, dateless = days_told(page.leavings.all(), metadata_of(soup))
    document = Document(
        title,
        lang,
        blocks,
        sections,
        page.leavings.all(),
        (*page.notices, *dateless),
        tuple(metadata.items()),
        rules.report(),
    )
    check_ticks(file.name, document)
    check_spoken(file, source, (text.plain for text in texts((title, blocks, sections))), document.lang)
    return numbered(document)


def _open_shadows(soup: BeautifulSoup) -> None:
    """Makes plain content of the templates that browsers show in an element's place (HTML, section 4.12.3)."""
    for shadow in soup.find_all("template", shadowrootmode=["open", "closed"]):
        shadow.name = "div"
        for text in [text for text in shadow.descendants if isinstance(text, TemplateString)]:
            text.replace_with(NavigableString(text))


def _title(soup: BeautifulSoup, pieces: list[Placed], page: Page, file: SourceFile) -> Text:
    named = soup.find("title")
    title, notice = title_from(pieces, visible_text(named) if named else "", file.name)
    if notice:
        page.notices.append(notice)
    return title


def _empty(file: SourceFile, soup: BeautifulSoup, rules: RulesAtWork) -> SourceError:
    """Why a page has nothing to say, as far as it can be told."""
    if rules.blame:
        return SourceError(file.name, "has no text to speak", rules.blame)
    if soup.find("script") is not None and len(visible_text(soup.find("body") or soup)) < _HARDLY_ANY:
        what = "has no text to speak: it is drawn by a program in the browser"
        remedy = 'Open it in a browser, choose "Save page as", complete, and put that file here.'
        return SourceError(file.name, what, remedy)
    return SourceError(file.name, "has no text to speak", "Check that its text is in its HTML.")


_HARDLY_ANY = 400
"""Characters that a page may hold, in a banner or a request to allow scripts, and still be drawn by a program."""
