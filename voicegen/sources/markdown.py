"""Markdown files → Document: CommonMark with tables, definition lists, footnotes and front matter.

markdown-it makes HTML of it, and the HTML goes through the same walk as pages do, so that HTML inside Markdown is
read as well and nothing is lost. A file that holds no Markdown is read as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import Document, Paragraph, Reason, Table, Text, numbered, texts
from voicegen.sources.alerts import ALERT, mark_alerts
from voicegen.sources.blocks import Walk
from voicegen.sources.columns import UnclearColumnsError, tables_in
from voicegen.sources.decoding import check_spoken, decode
from voicegen.sources.direction import mark_overrides
from voicegen.sources.elements import visible_text
from voicegen.sources.flow import Page
from voicegen.sources.formulas import write_in_line
from voicegen.sources.frontmatter import front_matter
from voicegen.sources.furniture import Furniture
from voicegen.sources.grids import draw_tables
from voicegen.sources.inline import PLAIN, compose
from voicegen.sources.language import settled
from voicegen.sources.leavings import Leavings
from voicegen.sources.metadata import days_told
from voicegen.sources.phrases import DOSE, WARNING
from voicegen.sources.pieces import Heading, Placed, plain
from voicegen.sources.plaintext import document_of
from voicegen.sources.region import mark_outside
from voicegen.sources.sections import arranged
from voicegen.sources.signs import closed_up, dashed_doses, signed_amounts
from voicegen.sources.siterules import RulesAtWork
from voicegen.sources.stylesheets import StyledElements
from voicegen.sources.ticks import check_ticks
from voicegen.sources.titles import title_from
from voicegen.sources.tree import parse
from voicegen.sources.typed_signs import check_references, check_signs
from voicegen.sources.written_styles import write_styles

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

_NESTING = 100
"""markdown-it's own limit of nesting; what lies deeper it shows as text."""
_UNWRAPPED = 130
"""Characters: a longer line is a whole paragraph, so that a line break in the file ends one."""
_RUNNING_TEXT = 80

_HOLE = re.compile(r"(?<!_)_{2,8}[A-Z]{2,30}(?:_[A-Z]{1,30}){1,6}_{2,8}")
"""What a scraper leaves where it took something out, such as three underscores, LINK_REMOVED and three more."""
_TEMPLATE = re.compile(
    r"\{%(?:(?!%\}).){0,400}%\}|\{\{(?:(?!\}\}).){0,400}\}\}|\{:[^}\n]{0,200}\}"
    r"|^(?:import|export) [^\n]{1,200} from [^\n]+$",
    re.S | re.M,
)
"""Liquid, Jinja and kramdown marks, and the imports of MDX: program text that was never run."""
_UNFILLED = re.compile(
    r"\{\{[^{}\n]{0,100}\}\}[ \u00a0]?(?:mg|mcg|[µμ]g|g|kg|ml|IU|IE|UI|mmol|%|°|x|×|times|tablets?|capsules?"
    r"|drops?|hours?|days?|weeks?|Tabletten?|Kapseln?|Tropfen|Stunden?|Tagen?|Wochen?|comprim\w+|gouttes?|heures?|jours?"
    r"|gotas?|horas?|d[ií]as?|compresse|gocce|ore|giorni)(?![^\W_])|\{\{[ ]?[\d.,/–-]{1,20}[ ]?\}\}",
    re.I,
)
"""Danger: where a program should have written an amount, "Take {{ dose }} mg" without it is "Take mg"."""
_WIKI_IMAGE = re.compile(r"!\[\[[^\]\n]{0,200}\]\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]{0,200}\|)?([^\]|\n]{1,200})\]\]")
_HASHTAGS = re.compile(r"^[ \t]*(?:#[\w/-]+[ \t]*){1,12}$", re.M)
_TIGHT_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[^\W\d_a-z][\w-]{2,40}[ \t]*\n\s*[^#\s])", re.M)
"""A heading of one word without the space before it, as a capital and text below it tell; tags are in small
letters, or stand at the end."""
_DASH = re.compile(r"^(\s*)[-–—]")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.M)
_EMPTY_HEADING = re.compile(r"^(#{1,6})[ \t]*\n[ \t]*(?=[^\W_])([^\n]{1,60}[^\s.:;,!])[ \t]*$", re.M)
"""A heading whose text slipped to the next line, as scrapers leave it."""


def read(file: SourceFile) -> Document:
    """The file as a Document. Raises SourceError where it can't be decoded or is empty."""
    original, notices = decode(file)
    leavings = Leavings()
    metadata, matter, source = front_matter(original)
    if matter:
        leavings.add(matter, Reason.METADATA, "line 1")
    _check_filled(file.name, source)
    source, holes = _without_signs(source, leavings)
    if holes:
        notices = (*notices, f"The text has {holes} gaps where a program took out links or images.")
    tokens, environment = _parsed(source)
    if (
        not any(token.type in ("heading_open", "html_block", "table_open") for token in tokens)
        and not matter
        and not ALERT.search(source)
    ):
        return document_of(file, source, notices)
    check_signs(file.name, tokens, source)
    check_references(file.name, tokens, environment.get("references", {}))
    try:
        tokens = _with_drawn_tables(tokens)
    except UnclearColumnsError as error:
        raise error.told(f"{file.name}, line {error.line + 1}") from None
    soup = _tree(file, tokens, environment, source)
    mark_alerts(soup, leavings)
    mark_overrides(soup)
    elements = StyledElements(soup)
    styled = list(elements.meanings())
    write_styles(soup, styled)
    furniture, rules = Furniture(soup, write_in_line(soup)), RulesAtWork(file.rules)
    way = mark_outside(soup, soup, rules.apply(soup, furniture.reasons), furniture)
    page = Page(file.name, "", furniture.reasons, way, rules=rules, keep_links=True, leavings=leavings)
    page.lang, doubts = settled(file, metadata.get("lang", ""), visible_text(soup))
    page.notices.extend((*notices, *elements.notices, *doubts))
    draw_tables(soup, styled)
    pieces = Walk(page).pieces(soup)
    title, pieces = _title(pieces, metadata, page, file)
    blocks, sections = arranged(pieces, title, leavings)
    if not blocks and not sections:
        raise SourceError(file.name, "has no text to speak", rules.blame or "Write the page's text into the file.")
    metadata, dateless = days_told(leavings.all(), metadata)
    document = Document(
        title,
        page.lang,
        blocks,
        sections,
        leavings.all(),
        (*page.notices, *dateless),
        tuple(metadata.items()),
        rules.report(),
    )
    check_ticks(file.name, document)
    check_spoken(file, original, (part.plain for part in texts((title, blocks, sections))), document.lang)
    return numbered(document)


def _check_filled(name: str, source: str) -> None:
    """Raises SourceError where a program should have written an amount and did not."""
    if found := _UNFILLED.search(source):
        raise SourceError(
            f"{name}, line {source.count(chr(10), 0, found.start()) + 1}",
            f"an amount is missing here that a program should have written (“{found[0][:40]}”)",
            "Write the amount itself.",
        )


def _without_signs(source: str, leavings: Leavings) -> tuple[str, int]:
    """The source without the marks of other programs, and the number of gaps that a scraper left in it."""
    source, holes = _taken_out(source, _HOLE, Reason.DECORATION, leavings)
    source, _ = _taken_out(source, _TEMPLATE, Reason.CODE, leavings)
    source, _ = _taken_out(source, _WIKI_IMAGE, Reason.DECORATION, leavings)
    source = _TIGHT_HEADING.sub(r"\1 ", source)
    source, _ = _taken_out(source, _HASHTAGS, Reason.METADATA, leavings)
    lines = source.split("\n")
    for at in dashed_doses(lines):
        lines[at] = _DASH.sub(r"\1- ", lines[at], count=1)
    for at in signed_amounts(lines):
        lines[at] = f"{closed_up(lines[at].lstrip())}<br>"  # no bullet of a list, and a line of its own
    source = "\n".join(lines)
    source = _WIKI_LINK.sub(r"\1", source)
    return _EMPTY_HEADING.sub(r"\1 \2\n", source), holes


def _taken_out(source: str, signs: re.Pattern[str], reason: Reason, leavings: Leavings) -> tuple[str, int]:
    """The source without the signs, its lines as many as before, and how many there were."""
    kept: list[str] = []
    line, at, number = 1, 0, 0
    for found in signs.finditer(source):
        number += 1
        kept.append(source[at : found.start()])
        line += kept[-1].count("\n")
        leavings.add(found[0], reason, f"line {line}")
        kept.append("\n" * found[0].count("\n"))
        line, at = line + len(kept[-1]), found.end()
    return "".join((*kept, source[at:])), number


def _parsed(source: str) -> tuple[Sequence[Token], EnvType]:
    """The tokens, and what the parser knows of notes. A note that nothing refers to is read where it stands."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(footnote_plugin)
    environment: EnvType = {}
    tokens = parser.parse(source, environment)
    notes: dict[str, int] = environment.get("footnotes", {}).get("refs", {})
    unused = {label[1:] for label, number in notes.items() if number < 0}
    if not unused:
        return tokens, environment
    environment = {}
    source = _NOTE.sub(lambda found: "" if found[1] in unused else found[0], source)
    return parser.parse(source, environment), environment


def _tree(file: SourceFile, tokens: Sequence[Token], environment: EnvType, source: str) -> BeautifulSoup:
    """The tree of the HTML that the tokens make, its elements with the line numbers of the Markdown."""
    parser = MarkdownIt("commonmark").use(deflist_plugin).use(footnote_plugin)
    parser.add_render_rule("footnote_anchor", _no_way_back)
    if any(len(line) > _UNWRAPPED for line in source.split("\n")):
        parser.add_render_rule("softbreak", _as_paragraph)
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type != "html_block":
            token.attrSet(_LINE, str(token.map[0] + 1))
    markup = parser.renderer.render(tokens, parser.options, environment)
    soup = parse(markup, file.name)
    for tag in soup.find_all(True):
        own = tag.attrs.pop(_LINE, None)
        above = tag.parent.sourceline if tag.parent is not None else None
        tag.sourceline = int(own) if isinstance(own, str) and own.isdigit() else above or 1
    return soup


def _with_drawn_tables(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with paragraphs whose lines draw a table without Markdown's signs as tables.

    Raises UnclearColumnsError.
    """
    made: list[Token] = []
    for token in tokens:
        made.append(token)
        if token.type == "inline" and made[-2].type == "paragraph_open" and "\n" in token.content:
            lines = token.content.split("\n")
            try:
                drawn = next(tables_in(lines), None)
            except UnclearColumnsError as error:
                raise UnclearColumnsError((token.map[0] if token.map else 0) + error.line) from None
            if drawn and (drawn.begin, drawn.end) == (0, len(lines)):
                made[-1] = Token("html_block", "", 0, content=_markup_of(drawn.table), map=token.map)
    return made


def _markup_of(table: Table) -> str:
    """A drawn table as HTML, its fields with Markdown in them."""
    parser = MarkdownIt("commonmark").enable("strikethrough")
    rows = (
        "".join(
            f'<{"th" if cell.header else "td"} colspan="{cell.colspan}" rowspan="{cell.rowspan}">'
            + parser.renderInline(" ".join(text.plain for text in texts(cell.blocks)))
            for cell in row
        )
        for row in table.rows
    )
    return f"<table><tr>{'<tr>'.join(rows)}</table>"


_LINE = "data-voicegen-line"


def _no_way_back(
    _renderer: RendererHTML, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _environment: EnvType
) -> str:
    """Nothing in place of the arrow that the parser adds to a footnote: it is not the author's."""
    return ""


def _as_paragraph(
    _renderer: RendererHTML, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _environment: EnvType
) -> str:
    """A line break as two, which part paragraphs: for files whose lines are whole paragraphs."""
    return "<br><br>\n"


def _title(
    pieces: list[Placed], metadata: dict[str, str], page: Page, file: SourceFile
) -> tuple[Text, list[Placed]]:
    """The first h1, or the front matter's title; and the pieces without it and without a menu before it."""
    for index, (piece, _) in enumerate(pieces):
        if isinstance(piece, Heading) and piece.rank == 1:
            before = pieces[:index]
            if any(_is_text(placed) for placed in before):
                break
            for placed in before:
                page.leavings.add(plain(placed.piece), Reason.OUTSIDE, placed.where)
            return piece.text, pieces[index + 1 :]
    named = metadata.get("title", "")
    if named:
        return compose([(named, PLAIN)]), pieces
    title, notice = title_from(pieces, "", file.name)
    if notice:
        page.notices.append(notice)
    return title, pieces


def _is_text(placed: Placed) -> bool:
    """Whether a piece before the title is more than a menu: running text, or a warning."""
    said = plain(placed.piece)
    is_sentence = said.endswith((".", "!", "?", "。", "।", "؟")) and " " in said
    is_long = len(said) > _RUNNING_TEXT or is_sentence
    return bool(WARNING.search(said) or DOSE.search(said)) or (isinstance(placed.piece, Paragraph) and is_long)
