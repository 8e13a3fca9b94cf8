"""The few rules of a style sheet that change what a text says: raised, lowered and struck out.

Danger: "10" and a raised "9" are 10⁹, but without their style "109"; a dose that is struck out is none. Everything
else in a sheet is how a page looks. Source: CSS Syntax 3, sections 5 and 9; CSS 2.2, sections 10.8.1 and 16.3.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MOST_RULES = 400
"""Rules of a page that are looked at; they are few among many, and each is looked up in the whole page."""
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_BRACES = re.compile(r"[{};]")
_ALIGN = re.compile(r"(?<![-\w])vertical-align\s*:\s*(super|sub|-?[\d.]+(?:em|ex|rem|%|px|pt))", re.I)
_POSITION = re.compile(r"(?<![-\w])font-variant-position\s*:\s*(super|sub)\b", re.I)
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.I)
_LEAST = {"em": 0.2, "rem": 0.2, "ex": 0.4, "%": 20.0, "px": 3.0, "pt": 2.0}
"""How far a text is raised or lowered at least so that it is a power or an index, and not set straight."""
_NOT_ON_SCREENS = re.compile(r"\b(?:print|speech)\b", re.I)
_OTHER_STATE = re.compile(r":(?!not\b|is\b|where\b|first|last|nth|only|root)", re.I)
"""Selectors of a state (":hover") or of what is drawn around a text ("::before")."""

Place = Literal["", "sup", "sub"]


class Meaning(NamedTuple):
    """What declarations say of a text."""

    place: Place
    struck: bool

    def __bool__(self) -> bool:
        return bool(self.place) or self.struck

    @property
    def style(self) -> str:
        """It as declarations."""
        return ";".join(
            (*(["vertical-align:" + {"sup": "super", "sub": "sub"}[self.place]] if self.place else []),)
            + (("text-decoration:line-through",) if self.struck else ())
        )


def meaning(declarations: str) -> Meaning:
    """What declarations, such as those of a `style` attribute, say of the text."""
    return Meaning(_place(declarations), bool(_LINE_THROUGH.search(declarations)))


def rules(sheet: str) -> Iterator[tuple[str, Meaning]]:
    """The selectors of a sheet whose text is raised, lowered or struck out on screens, and which of that."""
    if "vertical-align" not in sheet and "line-through" not in sheet and "font-variant-position" not in sheet:
        return
    text = _COMMENT.sub("", sheet)
    around: list[str] = []
    start = 0
    for found in _BRACES.finditer(text):
        words, start = text[start : found.start()].strip(), found.end()
        if found[0] == "{":
            around.append(words)
        elif found[0] == "}" and around:
            selector = around.pop()
            said = meaning(_declarations(text, found.start()))
            if said and not selector.startswith("@") and not any(map(_is_elsewhere, around)):
                yield from ((one, said) for one in _selectors(selector))


def _declarations(text: str, end: int) -> str:
    return text[max(text.rfind("{", 0, end), text.rfind("}", 0, end)) + 1 : end]


def _selectors(selector: str) -> Iterator[str]:
    for one in selector.split(","):
        if one.strip() and not _OTHER_STATE.search(one):
            yield " ".join(one.split())


def _is_elsewhere(rule: str) -> bool:
    return rule.startswith("@") and (_NOT_ON_SCREENS.search(rule) is not None or rule.startswith("@font"))


def _place(declarations: str) -> Place:
    place: Place = ""
    for pattern in (_ALIGN, _POSITION):
        for found in pattern.findall(declarations):
            place = _of(found.lower())
    return place


def _of(value: str) -> Place:
    if value in ("super", "sub"):
        return "sup" if value == "super" else "sub"
    number = re.match(r"-?[\d.]+", value)
    unit = value[number.end() :] if number else ""
    try:
        far = float(number[0]) if number else 0.0
    except ValueError:
        return ""
    return "" if abs(far) < _LEAST.get(unit, 1e9) else "sup" if far > 0 else "sub"
