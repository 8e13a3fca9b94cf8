"""The text below an element of a Word file: of what is not on the page, and to compare two forms of the same."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from voicegen.converting import word_drawings

SPACES = {"w-tab": "\t", "w-ptab": "\t", "w-noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
TAKEN_AWAY = ("w-del", "w-moveFrom")
"""Tracked changes whose text is no longer shown (17.13.5.14, 17.13.5.22)."""
_BETWEEN = {**SPACES, "w-p": " ", "w-br": " "}


def shown_text(element: Element) -> str:
    """All text below an element that a reader of the paper sees, without second forms of the same."""
    return _text(element, ("w-t", "m-t"), TAKEN_AWAY)


def all_text(element: Element) -> str:
    """The same with what tracked changes took away."""
    return _text(element, ("w-t", "m-t", "w-delText"), ())


def _text(element: Element, letters: tuple[str, ...], passed: tuple[str, ...]) -> str:
    parts: list[str] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag in letters:
            parts.append(one.text or "")
        elif one.tag in _BETWEEN:
            parts.append(_BETWEEN[one.tag])
        if one.tag == "mc-AlternateContent":
            first = word_drawings.chosen(one)
            waiting += [first] if first is not None else []
        elif one.tag not in passed:
            waiting += reversed(list(one))
    return "".join(parts)
