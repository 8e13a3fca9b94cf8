"""What a raised text is: a power or an ordinal, or the marker of a note."""

from __future__ import annotations

from itertools import takewhile

from bs4.element import Tag

from voicegen.sources.elements import attribute, tokens
from voicegen.sources.wordsets import word_set

_CLASSES = word_set("footnote footnotes reference references citation cite fn noteref endnote ref")
_SIGNS = "*†‡§¶["
_WORD = 4
"""Letters: after so long a word a raised number is a note ("pain¹"); after a shorter one it is a power ("cm²")."""


def is_note_marker(tag: Tag, before: str) -> bool:
    """Whether a raised text points to a note or a source. `before` is the text of its paragraph so far."""
    mark = tag.get_text().strip()
    if tag.name != "sup" or not mark:
        return False
    link = tag.find("a", href=True) or tag.find_parent("a")
    if isinstance(link, Tag) and attribute(link, "href").startswith("#"):
        return True
    if tokens(tag) & _CLASSES or mark[0] in _SIGNS:
        return True
    if not all(character.isdigit() or character in ",–-  " for character in mark):
        return False
    last = before.rstrip()[-1:]
    letters = sum(1 for _ in takewhile(str.isalpha, reversed(before)))
    return letters >= _WORD or (last != "" and last in '.,;:!?)”"')
