"""Formulas (MathML) as text in a line, where they can be written so without a doubt: powers, indices, fractions.

Danger: read element by element, a half is "12" and ten to the power nine is "109". What can't be written in a line
is left as it is, and refused where it would be spoken. Source: MathML Core, sections 3.2 to 3.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from voicegen.sources.elements import attribute
from voicegen.sources.wordsets import word_set

ANNOTATIONS = word_set("annotation annotation-xml")
"""What a program notes of a formula, in a language of its own; no browser shows it."""
_ROWS = word_set("math mrow mstyle mpadded")
_WORDS = word_set("mi mn mo mtext ms")
_SCRIPTS = {"msup": ("", "sup"), "msub": ("", "sub"), "msubsup": ("", "sub", "sup")}
_SIGNS = frozenset("∘°′″*†‡")
"""What is written raised and is no power."""
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
"""Function application, and the times, comma and plus that nobody sees (Unicode Standard, section 22.6)."""
_SPACES = " \t\n\r"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_UNIT = re.compile(r"[^\W\d_]{1,4}")
_BASE = re.compile(r"\d*[^\W\d_]{0,2}|[\d.,]+")
_STEPS = 4
"""How far above a formula its picture for the eye may stand (KaTeX: 2, MathJax: 3)."""
_NEAREST = 3
"""Elements on either side among which the picture is looked for: it stands next to what holds the formula."""


def write_in_line(page: BeautifulSoup) -> list[Tag]:
    """Writes every formula of the page in a line that can be; gives the pictures of formulas that stand beside.

    Those are made of text for the eye, and hidden from screen readers, which read the formula (KaTeX, MathJax).
    """
    pictures: list[Tag] = []
    for formula in page.find_all("math"):
        if formula.find_parent("math") is not None:
            continue
        pictures += _pictures(formula)
        if _fits(formula):
            _write(formula)
            formula.name = "mrow"
    return pictures


def _pictures(formula: Tag) -> Iterator[Tag]:
    letters, place = _letters(formula), formula
    for _ in range(_STEPS):
        around = (place.find_previous_siblings(limit=_NEAREST), place.find_next_siblings(limit=_NEAREST))
        for beside in chain(*around):
            if attribute(beside, "aria-hidden") == "true" and letters and _letters(beside) == letters:
                yield beside
        if place.parent is None:
            return
        place = place.parent


def _letters(tag: Tag) -> list[str]:
    """All letters and digits, in an order that does not depend on what stands over what."""
    return sorted(letter for part in _shown(tag) for letter in part if letter.isalnum())


def _shown(tag: Tag) -> Iterator[str]:
    for text in tag.find_all(string=True):
        if text.parent is None or text.parent.name not in ANNOTATIONS:
            yield str(text)


def _parts(tag: Tag) -> list[Tag]:
    return [part for part in tag.contents if isinstance(part, Tag) and part.name not in ANNOTATIONS]


def _fits(tag: Tag, raised: bool = False) -> bool:
    """Whether a part of a formula can be written in a line; `raised` where it stands above or below one."""
    parts = _parts(tag)
    if tag.name in _WORDS:
        return not parts
    if tag.name == "mspace":
        return not parts and not tag.get_text(strip=True)
    if any(type(text) is NavigableString and text.strip(_SPACES) for text in tag.contents):
        return False
    if tag.name in _SCRIPTS:
        places = _SCRIPTS[tag.name]
        whole = not raised and len(parts) == len(places) and _is_base(parts[0], tag.name)
        return whole and all(_fits(part, bool(place)) for place, part in zip(places, parts, strict=True))
    if tag.name == "mfrac":
        drawn = attribute(tag, "linethickness") not in ("0", "0px", "0pt", "0em")
        return drawn and not raised and len(parts) == 2 and all(map(_fits, parts)) and _is_plain(*parts)
    if tag.name == "semantics":
        return len(parts) == 1 and _fits(parts[0], raised)
    return (tag.name in _ROWS or tag.name == "mfenced") and all(_fits(part, raised) for part in parts)


def _is_base(tag: Tag, script: str) -> bool:
    """Whether a number over it can be taken for nothing but a power: over a word it could be a note's."""
    return script == "msub" or _BASE.fullmatch("".join(_shown(tag)).strip(_SPACES)) is not None


def _is_plain(over: Tag, under: Tag) -> bool:
    """Whether a slash says a fraction: between two numbers or two units; between words it says "or"."""
    if any(inner.name not in _ROWS | _WORDS for part in (over, under) for inner in (part, *part.find_all(True))):
        return False
    words = ["".join(_shown(part)).strip(_SPACES) for part in (over, under)]
    return any(all(map(kind.fullmatch, words)) for kind in (_NUMBER, _UNIT))


def _write(tag: Tag) -> None:
    parts = _parts(tag)
    for text in [text for text in tag.contents if type(text) is NavigableString]:
        words = text.translate(_INVISIBLE).strip(_SPACES)
        text.replace_with(NavigableString(words))
    for part in parts:
        _write(part)
    if tag.name == "mspace":
        tag.append(NavigableString(" "))
    elif tag.name in _SCRIPTS:
        for place, part in zip(_SCRIPTS[tag.name], parts, strict=True):
            if place and part.get_text() not in _SIGNS:
                part.wrap(Tag(name=place, sourceline=part.sourceline))
    elif tag.name == "mfrac":
        _write_fraction(tag, parts)
    elif tag.name == "mfenced":
        _write_brackets(tag, parts)


def _write_fraction(tag: Tag, parts: list[Tag]) -> None:
    """One half as 1/2, apart from its neighbours: "2 1/2" is no "21/2"."""
    parts[0].insert_after(NavigableString("/"))
    if _is_text(tag, "previous"):
        tag.insert(0, NavigableString(" "))
    if _is_text(tag, "next"):
        tag.append(NavigableString(" "))


def _is_text(tag: Tag, side: str) -> bool:
    """Whether a letter or digit touches the element on that side."""
    place: PageElement | None = tag
    while place is not None:
        beside = place.previous_sibling if side == "previous" else place.next_sibling
        words = beside.get_text() if beside is not None else ""
        if words.strip(_SPACES):
            edge = words[-1] if side == "previous" else words[0]
            return edge.isalnum() or edge in ")("
        if beside is None:
            place = place.parent
            if place is None or place.name not in _ROWS | {"mfenced", "semantics"}:
                return False
        else:
            place = beside
    return False


def _write_brackets(tag: Tag, parts: list[Tag]) -> None:
    marks = attribute(tag, "separators") or ","
    for at, part in enumerate(parts[:-1]):
        part.insert_after(NavigableString(f"{marks[min(at, len(marks) - 1)]} "))
    tag.insert(0, NavigableString(str(tag.get("open", "("))))
    tag.append(NavigableString(str(tag.get("close", ")"))))
