"""Plain text as people copy it from pages: its lines → Document.

No markup says what a line is; its shape, its neighbours and the shape of the other lines do. What an attentive
reader would conclude is the measure: a sign opens an item, a short line above a paragraph is a heading, a caption
at the end of a list of treatments is none of them.
"""

from __future__ import annotations

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import Document, Paragraph, Reason, Text, numbered, texts
from voicegen.sources.columns import UnclearColumnsError
from voicegen.sources.decoding import check_spoken
from voicegen.sources.inline import PLAIN, compose
from voicegen.sources.language import settled
from voicegen.sources.leavings import Leavings
from voicegen.sources.lines import Unit, units_of
from voicegen.sources.menus import without_menus
from voicegen.sources.metadata import days_told
from voicegen.sources.phrases import reason_of_block
from voicegen.sources.pieces import Heading, Placed
from voicegen.sources.sections import arranged
from voicegen.sources.siterules import RulesAtWork
from voicegen.sources.textheadings import key_and_value, ranked_headings, title_of
from voicegen.sources.textlists import item_list, without_captions
from voicegen.sources.ticks import check_ticks


def document_of(file: SourceFile, source: str, notices: tuple[str, ...] = ()) -> Document:
    """The Document of decoded text, also for Markdown files that hold no Markdown.

    Raises SourceError where there is nothing to speak, or where the columns of a table can't be told apart.
    """
    leavings = Leavings()
    try:
        units, metadata = _without_header(units_of(source), leavings)
    except UnclearColumnsError as error:
        raise error.told(f"{file.name}, line {error.line + 1}") from None
    rules = RulesAtWork(file.rules)
    units = _without_furniture(without_menus(without_captions(units, leavings), leavings), rules, leavings)
    if not units:
        raise SourceError(file.name, "has no text to speak", rules.blame or "Write the page's text into the file.")
    named = metadata.pop("title", "")
    ranks = ranked_headings(units)
    title, used, notice = title_of(units, ranks, named, file.name)
    pieces = _pieces([unit for index, unit in enumerate(units) if index not in used], _shifted(ranks, used))
    blocks, sections = arranged(pieces, title, leavings)
    lang, doubts = settled(file, metadata.get("lang", ""), source)
    metadata, dateless = days_told(leavings.all(), metadata)
    document = Document(
        title,
        lang,
        blocks,
        sections,
        leavings.all(),
        (*notices, *([notice] if notice else []), *doubts, *dateless),
        tuple(metadata.items()),
        rules.report(),
    )
    check_ticks(file.name, document)
    check_spoken(file, source, (text.plain for text in texts((title, blocks, sections))), document.lang)
    return numbered(document)


def _shifted(ranks: dict[int, int], used: set[int]) -> dict[int, int]:
    """The ranks by the places of the units once those that were used for the title are gone."""
    return {index - sum(one < index for one in used): rank for index, rank in ranks.items() if index not in used}


def _pieces(units: list[Unit], ranks: dict[int, int]) -> list[Placed]:
    pieces: list[Placed] = []
    index = 0
    while index < len(units):
        unit = units[index]
        end = index + 1
        place = f"line {unit.line}"
        if unit.table:
            pieces.append(Placed(unit.table, place))
        elif index in ranks:
            pieces.append(Placed(Heading(_text(unit.text.rstrip(":： ")), ranks[index]), place))
        elif unit.sign is not None:
            while end < len(units) and units[end].sign is not None and end not in ranks:
                end += 1
            pieces.extend(Placed(block, place) for block in item_list(units[index:end]))
        else:
            pieces.append(Placed(Paragraph(_text(unit.text)), place))
        index = end
    return pieces


def _text(characters: str) -> Text:
    return compose([(characters, PLAIN)])


def _without_header(units: list[Unit], leavings: Leavings) -> tuple[list[Unit], dict[str, str]]:
    """The units without lines such as "Author: …" among the first ones, which are about the page."""
    metadata: dict[str, str] = {}
    kept = []
    for index, unit in enumerate(units):
        found = key_and_value(unit) if index < 12 else None
        if found is None:
            kept.append(unit)
            continue
        key, value = found
        if value:
            metadata.setdefault(key, value)
        if key == "title":
            label = unit.text[: unit.text.find(value)]
            leavings.add(label, Reason.METADATA, f"line {unit.line}")
        else:
            leavings.add(unit.text, Reason.METADATA, f"line {unit.line}")
    return kept, metadata


def _without_furniture(units: list[Unit], rules: RulesAtWork, leavings: Leavings) -> list[Unit]:
    kept = []
    for unit in units:
        reason = Reason.SITE_RULE if rules.drops(unit.text) else reason_of_block(unit.text)
        if reason:
            leavings.add(unit.text, reason, f"line {unit.line}")
        else:
            kept.append(unit)
    return kept
