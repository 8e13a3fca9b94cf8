"""Runs of text on their way from Word to HTML: neighbours of one look together, languages settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from voicegen.converting.word_styles import Styles

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_ENOUGH = 10
"""Letters of a passage that make its language believable although it holds a number: Word names a language by the
keyboard, and "500 mg" in Spanish, typed on an English one, must not be read in English."""

_UNDERLINED = ("<", ">", "+")
"""Signs that another is made of with a line under it; all other lines tell nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look, or an element that stands amid text."""

    text: str = ""
    lang: str = ""
    href: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    position: str = ""
    underlined: bool = False
    element: Element | None = None


def lang_of(text: str, said: Element | None, styles: Styles) -> tuple[str, bool]:
    """The language of the text, and whether its author says so of this very run. Word names three, by script."""
    key = "w-bidi" if _RIGHT_TO_LEFT.search(text) else "w-eastAsia" if _EAST_ASIAN.search(text) else "w-val"
    for names, own in ((said, True), (styles.lang, False)):
        tag = names.get(key, "") if names is not None else ""
        if _TAG.fullmatch(tag):
            return tag, own
    return "", False


def other_signs(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with lines under those signs alone that are others with one, as "<" is "≤".

    Danger: Word divides a text at will, and ">" amid an underlined heading is no "≥".
    """
    there = [piece for piece in pieces if piece.text or piece.element is not None]
    lines = [False, *(piece.underlined for piece in there), False]
    return [
        replace(piece, underlined=own and piece.text.strip() in _UNDERLINED and not (before or after))
        for piece, before, own, after in zip(there, lines, lines[1:], lines[2:], strict=False)
    ]


def plain(pieces: Iterable[Piece]) -> str:
    """The text of the pieces."""
    return "".join(piece.text for piece in pieces)


def settled(pieces: Iterable[Piece], main: str) -> Iterator[Piece]:
    """The pieces with a language only where it is another one than the page's, and to be believed."""
    for lang, group in groupby(pieces, key=lambda piece: piece.lang):
        passage = list(group)
        letters = sum(map(str.isalpha, plain(passage)))
        digits = sum(map(str.isdigit, plain(passage)))
        other = lang.partition("-")[0].lower() not in ("", main.partition("-")[0].lower())
        believed = other and letters > 0 and (not digits or letters >= _ENOUGH)
        yield from (replace(piece, lang=lang if believed else "") for piece in passage)


def put(pieces: Iterable[Piece], parent: Element, main: str, *, heading: bool = False) -> None:
    """Writes the pieces at the end of `parent`. In a heading, bold says nothing."""
    ready = (replace(piece, bold=False) if heading else piece for piece in settled(pieces, main))
    for (look, href), group in groupby(ready, key=lambda piece: (_look(piece), piece.href)):
        place = SubElement(parent, "a", href=href) if href else parent
        for name in look:
            place = (
                SubElement(place, "span", lang=name[5:]) if name.startswith("lang:") else SubElement(place, name)
            )
        for element, alike in groupby(group, key=lambda piece: piece.element):
            if element is not None:
                place.append(element)
            else:
                _add_text(place, plain(alike))


def _look(piece: Piece) -> tuple[str, ...]:
    """The elements around a piece, from the outside in."""
    if piece.element is not None and piece.element.tag != "br":
        return ()
    names = (
        (f"lang:{piece.lang}", piece.lang),
        ("s", piece.struck),
        ("strong", piece.bold),
        ("em", piece.italic),
        ("u", piece.underlined),
        (piece.position, piece.position),
    )
    return tuple(name for name, on in names if on)


def _add_text(place: Element, text: str) -> None:
    if len(place):
        place[-1].tail = (place[-1].tail or "") + text
    else:
        place.text = (place.text or "") + text
