"""Boxes with a tick beside boxes without: what is heard does not tell them apart.

Danger: "☐ 5 mg ☒ 10 mg ☐ 20 mg" is what somebody chose of three, and is heard as "5 milligrams, no, 10 milligrams,
20 milligrams"; of "[x] Aspirin" and "[ ] Statin" both sound as if they were to be taken. In a list of nothing but
empty boxes they are bullets, and ticks beside crosses say do and do not: those are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from voicegen.errors import SourceError
from voicegen.model.document import Document, ItemList, Paragraph, Table, Text, texts

_EMPTY = re.compile(r"[☐▢]|(?<![^\s(])\[ ?\](?=[\s\w])")
_TICKED = re.compile(r"[☑☒✅🗹🗷🗵]|(?<![^\s(])\[[xX]\](?=[\s\w])")
_SQUARES = re.compile(r"□.*■|■.*□", re.S)
"""Within one text only: elsewhere they are bullets."""
_LONGEST = 60


def check_ticks(name: str, document: Document) -> None:
    """Raises SourceError where some boxes of a text, list, table or section are ticked and others are not."""
    for group in _groups(document):
        words = [text.plain for text in group]
        ticked = next(filter(_TICKED.search, words), "")
        empty = next(filter(_EMPTY.search, words), "")
        both = (ticked if ticked and empty else "") or next(filter(_SQUARES.search, words), "")
        if both:
            raise SourceError(
                name,
                f"beside “{both.strip()[:_LONGEST]}” some boxes are ticked and others are not, which nobody hears",
                "Write in words what is chosen, or leave out what is not.",
            )


def _groups(document: Document) -> Iterator[list[Text]]:
    waiting: list[Any] = [document.blocks, *(section.blocks for section in document.all_sections())]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Table):
            own = list(texts(value))
            crossed = any("☒" in text.plain for text in own)  # ☐ alone in a cell is heard as empty, as it should
            yield [text for text in own if crossed or any(map(str.isalnum, text.plain))]
        elif isinstance(value, ItemList):
            inner = [item.blocks for item in value.items]
            yield [block.text for block in chain.from_iterable(inner) if isinstance(block, Paragraph)]
            waiting += inner
        elif isinstance(value, tuple):
            yield [block.text for block in value if isinstance(block, Paragraph)]
            waiting += [block for block in value if not isinstance(block, Paragraph)]
        else:
            waiting += [
                part for name in ("blocks", "entries", "descriptions") if (part := getattr(value, name, None))
            ]
