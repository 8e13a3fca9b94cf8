"""Equations as text, where they can be written in a line without a doubt: powers, indices, brackets, fractions.

Office Math: ECMA-376, part 1, section 22.1. MathML 3. What can't be written so gives None, and is refused by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

Raised = tuple[str, str]
"""Text, and "sup", "sub" or "" for where it stands."""

APART = "\x1f"
"""Stands before and after a fraction until its neighbours are known; no XML file holds such a character."""

_ROWS = {
    "m-oMath",
    "m-oMathPara",
    "m-e",
    "m-num",
    "m-den",
    "m-sup",
    "m-sub",
    "math-math",
    "math-mrow",
    "math-mstyle",
}
_WORDS = {"math-mi", "math-mn", "math-mo", "math-mtext", "math-ms"}
_IGNORED = {"m-rPr", "m-ctrlPr", "m-oMathParaPr", "m-fPr", "m-sSupPr", "m-sSubPr", "m-sSubSupPr", "m-dPr", "w-rPr"}
_IGNORED |= {"m-argPr", "math-annotation", "math-annotation-xml", "w-bookmarkStart", "w-bookmarkEnd", "w-proofErr"}
_SCRIPTS = {
    "m-sSup": ("", "sup"),
    "m-sSub": ("", "sub"),
    "m-sSubSup": ("", "sub", "sup"),
    "math-msup": ("", "sup"),
    "math-msub": ("", "sub"),
    "math-msubsup": ("", "sub", "sup"),
}


def in_a_line(equation: Element) -> list[Raised] | None:
    """The equation's pieces in order, or None where a line of text would not say what it says."""
    if equation.tag in _IGNORED:
        return []
    if equation.tag == "m-r":
        return [("".join(part.text or "" for part in equation if part.tag in ("m-t", "w-t")), "")]
    if equation.tag in _WORDS:
        return [("".join(equation.itertext()).strip(), "")] if not len(equation) else None
    if equation.tag == "math-semantics":
        return in_a_line(equation[0]) if len(equation) else []
    if equation.tag == "math-mspace":
        return [(" ", "")]
    if equation.tag in _SCRIPTS:
        return _scripts(equation)
    if equation.tag in ("m-f", "math-mfrac"):
        return _fraction(equation)
    if equation.tag in ("m-d", "math-mfenced"):
        return _brackets(equation)
    return _row(equation) if equation.tag in _ROWS else None


def parted(texts: Sequence[str]) -> list[str]:
    """Neighbouring texts with a space where a letter or digit would touch a fraction: "2 1/2" is no "21/2"."""
    whole, result, at = "".join(texts), [], 0
    for text in texts:
        pieces = []
        for sign in text:
            if sign != APART:
                pieces.append(sign)
            else:
                before, after = whole[:at].rstrip(APART)[-1:], whole[at:].lstrip(APART)[:1]
                touch = (before.isalnum() or before in _CLOSED) and (after.isalnum() or after in _OPEN)
                pieces.append(" " if before and after and touch and whole[at - 1 : at] != APART else "")
            at += 1
        result.append("".join(pieces))
    return result


_OPEN, _CLOSED = "([", ")]"


def _parts(equation: Element) -> list[Element]:
    return [part for part in equation if part.tag not in _IGNORED]


def _row(equation: Element) -> list[Raised] | None:
    pieces: list[Raised] = []
    for part in equation:
        inner = in_a_line(part)
        if inner is None:
            return None
        pieces += inner
    return pieces


def _scripts(equation: Element) -> list[Raised] | None:
    places, parts = _SCRIPTS[equation.tag], _parts(equation)
    if len(parts) != len(places):
        return None
    pieces: list[Raised] = []
    for place, part in zip(places, parts, strict=True):
        inner = in_a_line(part)
        if inner is None or (place and any(raised for _, raised in inner)):
            return None  # a power of a power
        pieces += [(text, place) for text, _ in inner] if place else inner
    return pieces


def _fraction(equation: Element) -> list[Raised] | None:
    parts = [in_a_line(part) for part in _parts(equation)]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    for properties in equation.iter("m-type"):
        if properties.get("m-val") == "noBar":
            return None  # two numbers above each other, not one divided by the other
    over, under = (_bracketed(part) for part in parts if part is not None)
    return [(APART, ""), *over, ("/", ""), *under, (APART, "")]


def _bracketed(pieces: list[Raised]) -> list[Raised]:
    plain = "".join(text for text, place in pieces if not place).strip()
    together = plain.replace(".", "").replace(",", "").isalnum() and APART not in plain
    return pieces if together else [("(", ""), *pieces, (")", "")]


def _brackets(equation: Element) -> list[Raised] | None:
    marks = {"m-begChr": "(", "m-endChr": ")"}
    for part in equation.iter():
        if part.tag in marks:
            marks[part.tag] = part.get("m-val", "")
    parts = _parts(equation)
    inner = in_a_line(parts[0]) if len(parts) == 1 else None
    return None if inner is None else [(marks["m-begChr"], ""), *inner, (marks["m-endChr"], "")]
