"""What browsers draw amid text that is no text itself: pictures, fields, boxes, words that were struck out.

Danger: without it, what stands before and after runs together, and "Take 1 [picture] 2 tablets" is "12 tablets".
"""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from voicegen import cascade
from voicegen.model.document import Reason
from voicegen.sources.elements import attribute
from voicegen.sources.wordsets import word_set

CONTROLS = word_set("button select input textarea label progress meter output")
FRAMES = word_set("iframe object embed canvas audio video applet")
"""Of the elements without words of the page's text, those that show something, or else what they hold."""
_UNDRAWN = word_set("rt rp annotation annotation-xml")
"""Left out, and drawn above the text or not at all."""
_BLOCKS = word_set("block flex grid table list-item flow-root table-row table-cell table-caption")
_BESIDE = word_set("inline-block inline-flex inline-grid inline-table")


def is_seen(tag: Tag, reason: Reason) -> bool:
    """Whether an element that is left out is drawn where it stands."""
    if reason is Reason.CODE:
        return tag.name in FRAMES
    return reason is not Reason.HIDDEN and tag.name not in _UNDRAWN


def display_of(tag: Tag) -> str:
    """How an element's own style has it drawn: "block", "inline-block", or empty where it says nothing of it."""
    style = attribute(tag, "style")
    if not style:
        return ""
    said = cascade.values(style)
    kind = said.get("display", "")
    is_lifted = said.get("float") in ("left", "right") or said.get("position") in ("absolute", "fixed")
    if kind in _BLOCKS or (is_lifted and not _is_large_letter(tag)):
        return "block"
    return "inline-block" if kind in _BESIDE else ""


def _is_large_letter(tag: Tag) -> bool:
    """Whether a floating element is the first letter of the word behind it: "N" of "Not more than 8"."""
    after, letter = tag.next_sibling, tag.get_text().strip()
    return isinstance(after, NavigableString) and len(letter) == 1 and letter.isalpha() and after[:1].isalpha()
