"""What a raised text is: a power or an ordinal, or the marker of a note."""

from __future__ import annotations

import re
from itertools import chain, islice, takewhile

from bs4.element import NavigableString, Tag

from voicegen.sources.boxes import OF_TEXT
from voicegen.sources.elements import attribute, tokens
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy
from voicegen.speech.raised import LENGTH, OWN_NUMBERED, REACH, is_squared

_CLASSES = word_set("footnote footnotes reference references citation cite fn noteref endnote ref")
_SIGNS = "*†‡§¶["
_POWERS = ("2", "3")
_WORD = 4
"""Letters: after so long a word a raised number is a note ("pain¹"); after a shorter one it is a power ("cm²")."""

_ELEMENT = lazy(r"[A-Z][a-z]?(?![a-z])")
"""The symbol of an element, of which a raised number names an isotope: "¹⁷⁷Lu"."""


def is_note_marker(tag: Tag, before: str) -> bool:
    """Whether a raised text points to a note or a source. `before` is the text of its paragraph so far."""
    mark = tag.get_text().strip()
    if tag.name != "sup" or not mark:
        return False
    if _text_behind(tag).startswith(("/", "\u2044")):
        return False  # the upper number of a fraction
    link = tag.find("a", href=True) or tag.find_parent("a")
    if isinstance(link, Tag) and attribute(link, "href").startswith("#"):
        return True
    if tokens(tag) & _CLASSES or mark[0] in _SIGNS:
        return True
    if not mark[0].isdigit() or not all(character.isdigit() or character in ",–-  " for character in mark):
        return False  # "litre-1" is "per litre"
    if mark in _POWERS and (LENGTH.search(before[-REACH:]) or is_squared(before)):
        return False
    if before[-1:].isspace() and _ELEMENT.match(_text_behind(tag)):
        return False
    last = before.rstrip()[-1:]
    word = "".join(takewhile(str.isalpha, reversed(before)))
    named = len(word) >= _WORD and OWN_NUMBERED.search(before) is None
    return named or (last != "" and last in '.,;:!?)”"')


def is_set_off(tag: Tag, before: str) -> bool:
    """Whether only a space that slipped in parts a raised text from what it is raised over: "10 <sup>9</sup>/L".

    Danger: said as a number of its own, it makes "75 mg per metre 2" and "10 to 6" of powers, and of the mark in
    "500 <sup>1</sup> mg" a dose. A raised text that begins something stays apart: a fraction ("1 <sup>1</sup>/2"),
    an isotope, and minutes or cents, which have two digits.
    """
    base = before.rstrip(_SPACES)
    if base == before and not tag.get_text()[:1].isspace():
        return False
    raised = _OF_TEN if _TEN.search(base) else _OF_ANY
    return bool(
        _BASE.search(base) and raised.fullmatch(tag.get_text().strip()) and not _BEGINS.match(_signs_behind(tag))
    )


_SPACES = " \t\n\r\f\u00a0\u2009\u202f"
_BASE = re.compile(r"[a-zA-Zµμ\d%)\]]\Z")
_TEN = re.compile(r"(?<![\d.,])10\Z")
_OF_ANY = lazy(r"[-−–+]?\d|\d(?:\s?[,–-]\s?\d)+|st|nd|rd|th")
_OF_TEN = lazy(rf"[-−–+]\d\d|1\d|{_OF_ANY.pattern}")
_BEGINS = lazy(r"[^\W_]|\s?[/\u2044\u2215]\s?\d")
_FEW = 4
"""Signs, and elements that they may be in."""


def _signs_behind(tag: Tag) -> str:
    """The first signs of what stands behind an element in its line of text, whatever elements they are in."""
    if tag.get_text()[-1:].isspace():
        return ""
    node: Tag = tag
    while node.next_sibling is None and node.parent is not None and node.parent.name in OF_TEXT:
        node = node.parent
    behind = islice(node.next_siblings, _FEW)
    near = chain.from_iterable(
        (one, *islice(one.descendants, _FEW)) if isinstance(one, Tag) else (one,) for one in behind
    )
    return "".join(one[:_FEW] for one in near if type(one) is NavigableString)[:_FEW]


def is_note_link(tag: Tag, before: str) -> bool:
    """Whether a link to a place on the page is the number of a note that touches the word before it.

    Danger: "5<a href="#fn1">1</a> mg" is "51 mg" where its style, which raises it, is not on the page.
    """
    mark = tag.get_text().strip()
    to_note = attribute(tag, "href").startswith("#") and len(attribute(tag, "href")) > 1
    is_number = mark.isdecimal() and len(mark) <= _LONGEST_NUMBER and mark[0] != "0"
    return to_note and is_number and bool(_TOUCHED.search(before))


_LONGEST_NUMBER = 3
_TOUCHED = re.compile(
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]\Z"
)
"""A letter or digit, but none of a script whose words touch numbers: the "2" of "每次2片" is a number."""


def _text_behind(tag: Tag) -> str:
    behind = tag.next_sibling
    return behind.lstrip() if isinstance(behind, NavigableString) else ""
