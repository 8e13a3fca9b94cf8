"""What browsers draw amid text that is no text itself: pictures, fields, boxes, words that were struck out.

Danger: without it, what stands before and after runs together, and "Take 1 [picture] 2 tablets" is "12 tablets".
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from voicegen import cascade
from voicegen.cascade.gaps import SIDES, Side
from voicegen.model.document import Reason
from voicegen.sources.elements import attribute, class_names, tokens
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy

CONTROLS = word_set("button select input textarea label progress meter output")
FRAMES = word_set("iframe object embed canvas audio video applet")
"""Of the elements without words of the page's text, those that show something, or else what they hold."""
_UNDRAWN = word_set("rt rp annotation annotation-xml")
"""Left out, and drawn above the text or not at all."""
_BLOCKS = word_set("block flex grid table list-item flow-root table-row table-cell table-caption")
_BESIDE = word_set("inline-block inline-flex inline-grid inline-table")
_APART = lazy(
    r"(?:float|pull|align)-(?:[a-z]{2,3}-)?(?:left|right|start|end)"
    r"|(?:[a-z0-9]{2,3}:)?[mp][lrsex]?-(?:[a-z]{2,3}-)?[1-9][\d.]*|d-(?:[a-z]{2,3}-)?(?:block|table|flex|grid)|badge"
)
"""Classes of sheets that many sites share, by which a text stands apart: Bootstrap's, Tailwind's, WordPress's."""
_PARTS = word_set("num nr step counter bullet dose dosage amount qty quantity time date day week right left")
"""Words of classes of what stands beside a number and is no part of it, as a step's own number."""
_FEW_DIGITS = lazy(r"\d|0\d{1,2}")
_BEGUN = lazy(r"(?:\A|(?P<word>[^\W\d_]+)[ \u00a0])(?P<digits>(?:\d[\d.,]*)?)\Z")
_LONGEST_BEGUN = 30
"""Characters of a word and the digits behind it."""
_OF_AMOUNT = word_set(
    "take takes taken taking give gives given use uses used swallow inject of to than at by with is about or only",
    "max maximum nehmen geben bis von mit auf oder maximal tome tomar dar de a hasta con o máximo prenez prendre",
    "donner à avec ou",
)
"""Words before an amount, after which a number is no step's or week's."""
_LARGE_LETTER = lazy(r"[\"'“„‘«¡¿(]?[^\W\d_]")
_LOOKS = word_set("b strong i em span a font mark u")
"""Elements in which a sentence goes on behind its first letter, and a number behind a digit."""


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


def gaps_of(tag: Tag) -> frozenset[Side]:
    """At which ends an element of a text is drawn apart from what it touches: by its style, or by its class.

    The style is its own, and what `boxes.part_boxes` adds to it of the page's sheets.
    """
    gaps: frozenset[Side] = frozenset()
    if any(map(_APART.fullmatch, class_names(tag))):
        gaps = frozenset(SIDES)
    elif style := attribute(tag, "style"):
        gaps = cascade.meaning(style).gaps
    if gaps and (_is_large_letter(tag) or _is_in_number(tag)):
        return frozenset()
    return gaps | frozenset(_from_numbers(tag)) if tokens(tag) & _PARTS else gaps


def _from_numbers(tag: Tag) -> Iterator[Side]:
    """The ends at which a number in an element touches another beside it."""
    words, before = tag.get_text(), tag.find_previous(string=True)
    if words[:1].isdigit() and type(before) is NavigableString and before[-1:].isdigit():
        yield "before"
    if words[-1:].isdigit() and tag.next_sibling and tag.next_sibling.get_text()[:1].isdigit():
        yield "after"


def _is_in_number(tag: Tag) -> bool:
    """Whether an element holds a digit of the number that goes on in the bare text beside it: "Take 1[0] mg".

    What stands before must make it an amount, as no style tells it from "Step 1" and, in a box, "5 mg". Zeros go
    on a number that nothing else stands before, too.
    """
    text, before, after = tag.get_text(), tag.previous_sibling, tag.next_sibling
    if not _FEW_DIGITS.fullmatch(text) or tag.name not in _LOOKS or type(before) is not NavigableString:
        return False
    begun = _BEGUN.search(before[-_LONGEST_BEGUN:])
    if begun is None or not (begun["digits"] or (type(after) is NavigableString and after[:1].isdigit())):
        return False
    return (begun["word"] or "").lower() in _OF_AMOUNT or (not begun["word"] and text[0] == "0")


def _is_large_letter(tag: Tag) -> bool:
    """Whether a floating element is the first letter of the word behind it: "N" of "Not more than 8".

    In an element of its own that word goes on in small letters, or in large ones alone: "A" beside "Take it" is
    the letter of an answer.
    """
    after, letter = tag.next_sibling, tag.get_text().strip()
    if after is None or not _LARGE_LETTER.fullmatch(letter):
        return False
    rest = after.get_text()
    if isinstance(after, NavigableString):
        return rest[:1].isalpha()
    is_capital = isinstance(after, Tag) and after.name in _LOOKS and letter[-1].isupper()
    return is_capital and (rest[:1].islower() or (rest[:1].isalpha() and rest[:2].isupper()))
