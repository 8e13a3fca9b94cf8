"""A Document as a flat outline for `voicegen inspect --json`: what was understood, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeGuard

from voicegen.model.document import (
    Block,
    Callout,
    Cell,
    DefinitionList,
    Disclosure,
    Document,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quotation,
    Section,
    Table,
    texts,
)
from voicegen.model.written import in_signs, name_of

_COUNTED = {
    "n_list_items": Item,
    "n_tables": Table,
    "n_images": Image,
    "n_definition_lists": DefinitionList,
    "n_callouts": Callout,
    "n_quotations": Quotation,
    "n_disclosures": Disclosure,
}


def outline(document: Document) -> dict[str, Any]:
    """The outline as plain values: the title, the sections in reading order with their level, words and counts.

    The first section is the title with what stands before the first heading. Disclosures, questions of definition
    lists, and callouts that have a heading are entries of their own, one level below the section they stand in.
    """
    title = name_of(document.title)
    sections = list(_entries(title, 1, document.blocks))
    for section in document.all_sections():
        sections.extend(_section(section))
    return {
        "title": title,
        "lang": document.lang,
        "sections": sections,
        "left_out": [
            {"text": left.text, "reason": str(left.reason), "where": left.where} for left in document.left_out
        ],
        "notices": list(document.notices),
        "metadata": dict(document.metadata),
        "site_rules": [{"key": rule.key, "rule": rule.rule, "times": rule.times} for rule in document.rules],
    }


def _section(section: Section) -> Iterator[dict[str, Any]]:
    yield from _entries(name_of(section.heading), section.level, section.blocks)


def _entries(heading: str, level: int, blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    own = [block for block in blocks if not _has_heading(block)]
    parts = [*_all(own), *filter(_has_heading, blocks)]
    yield {
        "level": level,
        "heading": heading,
        "text": "\n".join(in_signs(text.runs) for text in texts(tuple(own))),
        "n_paragraphs": sum(isinstance(block, Paragraph) for block in _all(own, inside_items=False)),
        **{key: sum(isinstance(part, kind) for part in parts) for key, kind in _COUNTED.items()},
    }
    for block in blocks:
        if isinstance(block, Disclosure):
            yield from _entries(name_of(block.summary), level + 1, block.blocks)
        elif isinstance(block, Callout) and block.heading:
            label = f"{name_of(block.label)} " if block.label else ""
            yield from _entries(label + name_of(block.heading), level + 1, block.blocks)
        elif _is_questions(block):
            for entry in block.entries:
                question = " ".join(map(name_of, entry.terms))
                yield from _entries(question, level + 1, tuple(chain.from_iterable(entry.descriptions)))


def _has_heading(block: Block) -> bool:
    return (
        isinstance(block, Disclosure)
        or (isinstance(block, Callout) and bool(block.heading))
        or _is_questions(block)
    )


def _is_questions(block: Block) -> TypeGuard[DefinitionList]:
    """Whether a definition list holds questions with their answers, as pages of frequent questions do."""
    if not isinstance(block, DefinitionList) or len(block.entries) < 2:
        return False
    terms = [term.plain.rstrip() for entry in block.entries for term in entry.terms]
    return bool(terms) and all(term.endswith(("?", "؟", "？")) for term in terms)


def _all(parts: Iterable[Any], *, inside_items: bool = True) -> Iterator[Any]:
    """Blocks, items and cells, and those inside them."""
    for part in parts:
        yield part
        if isinstance(part, ItemList):
            yield from _all(part.items, inside_items=inside_items)
        elif isinstance(part, Table):
            if inside_items:
                yield from (inner for row in part.rows for inner in _all(row))
        elif isinstance(part, DefinitionList):
            if inside_items:
                for entry in part.entries:
                    for description in entry.descriptions:
                        yield from _all(description)
        elif isinstance(part, Item | Cell):
            if inside_items:
                yield from _all(part.blocks)
        elif hasattr(part, "blocks"):
            yield from _all(part.blocks, inside_items=inside_items)
