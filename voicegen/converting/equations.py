"""Equations as text, where they can be written in a line without a doubt: powers, indices, brackets, fractions.

Office Math: ECMA-376, part 1, section 22.1. MathML 3. What can't be written so gives None, and is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from xml.etree.ElementTree import Element

from voicegen import symbol_fonts
from voicegen.converting.word_texts import TAKEN_AWAY

Raised = tuple[str, str]
"""Text, and "sup", "sub" or "" for where it stands."""

APART = "\x1f"
"""Stands before and after a fraction until its neighbours are known; no XML file holds such a character."""
LINE = ("\n", "")
"""The end of a line within an equation, as a piece of its own."""
_APARTS = re.compile(f"{APART}+")
_UNSEEN_SIGNS = {0x2061: None, 0x2062: APART, 0x2063: APART, 0x2064: APART}
"""Signs that programs write between a function and what it is of, and for "times", "and" and "plus" that nobody
draws: 2 and a half is "2", the last of them, and a fraction."""

_ROWS = {
    "m-oMath",
    "w-ins",
    "w-moveTo",
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
_SIGNS = {"w-tab": ("\t", ""), "w-noBreakHyphen": ("\N{NON-BREAKING HYPHEN}", ""), "w-br": LINE, "w-cr": LINE}
_CHANGING = {"w-strike", "w-dstrike", "w-vanish", "w-vertAlign", "w-position"}
"""Looks that change what letters say."""
_OFF = {"0", "false", "off", "baseline"}
_NO_PLACE = {"w-softHyphen", "w-lastRenderedPageBreak", "w-ins"}
"""What is in a run of letters and is none."""
_OPEN, _CLOSED = {"(", "["}, {")", "]"}


def in_a_line(equation: Element) -> list[Raised] | None:
    """The equation's pieces in order, or None where a line of text would not say what it says."""
    tag = equation.tag
    if tag in _IGNORED or tag in TAKEN_AWAY:
        return []
    if tag == "m-oMathPara":
        return _lines(part for part in equation if part.tag not in _IGNORED)
    if tag == "m-r":
        return _run(equation)
    if tag in _WORDS:
        return [(_word(equation), "")] if not len(equation) else None
    if tag == "math-semantics":
        return in_a_line(equation[0]) if len(equation) else []
    if tag == "math-mspace":
        return [(" ", "")]
    if tag in _SCRIPTS:
        return _scripts(equation)
    if tag in ("m-f", "math-mfrac"):
        return _fraction(equation)
    if tag in ("m-d", "math-mfenced"):
        return _brackets(equation)
    return _row(equation) if tag in _ROWS else None


def is_half_deleted(equation: Element) -> bool:
    """Whether a tracked change takes away what holds it together, as the line of a fraction (17.13.5.14)."""
    return any(part.find(name) is not None for part in equation.iter("m-ctrlPr") for name in TAKEN_AWAY)


def parted(texts: Sequence[str]) -> list[str]:
    """Neighbouring texts with a space where a letter or digit would touch a fraction: "2 1/2" is no "21/2"."""
    spaced = _APARTS.sub(_spaced, "".join(texts))
    ends = accumulate(map(len, texts))
    return [spaced[end - len(text) : end].replace(APART, "") for text, end in zip(texts, ends, strict=True)]


def _spaced(found: re.Match[str]) -> str:
    """The signs with a space instead of the first where their neighbours would touch; as long as they were."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    touch = (before.isalnum() or before in _CLOSED) and (after.isalnum() or after in _OPEN)
    return (" " if touch else APART) + found[0][1:]


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


def _lines(equations: Iterable[Element]) -> list[Raised] | None:
    """Equations below each other."""
    pieces: list[Raised] = []
    for one in equations:
        inner = in_a_line(one)
        if inner is None:
            return None
        pieces += [LINE, *inner] if pieces and inner and LINE not in (pieces[-1], inner[0]) else inner
    return pieces


def _run(run: Element) -> list[Raised] | None:
    """A run of Word's letters, or None where its look says something else than they do."""
    pieces: list[Raised] = []
    font = ""
    for part in run:
        if part.tag in ("m-t", "w-t"):
            text = part.text or ""
            if symbol_fonts.shown(text, font) != (text, ""):
                return None
            pieces.append((text.translate(_UNSEEN_SIGNS), ""))
        elif part.tag in _SIGNS:
            pieces.append(_SIGNS[part.tag])
        elif part.tag == "w-rPr":
            if any(one.tag in _CHANGING and one.get("w-val", "") not in _OFF for one in part):
                return None
            font = next((one.get("w-ascii", "") for one in part if one.tag == "w-rFonts"), "")
        elif part.tag not in _IGNORED | _NO_PLACE:
            return None
    return pieces


def _word(element: Element) -> str:
    """The text of a token; a space at the ends of words counts, and a no-break space anywhere."""
    words = re.sub(r"[ \t\r\n]+", " ", "".join(element.itertext()))
    return (words if element.tag == "math-mtext" else words.strip(" ")).translate(_UNSEEN_SIGNS)


def _scripts(equation: Element) -> list[Raised] | None:
    places, parts = _SCRIPTS[equation.tag], _parts(equation)
    if len(parts) != len(places):
        return None
    pieces: list[Raised] = []
    for place, part in zip(places, parts, strict=True):
        inner = in_a_line(part)
        if inner is None or any(raised and (place or raised in places) for _, raised in inner):
            return None  # a power of a power
        pieces += [(text, place) for text, _ in inner] if place else _as_base(inner)
    return pieces


def _as_base(pieces: list[Raised]) -> list[Raised]:
    """What is raised to a power: a fraction in brackets, lest only its lower half is."""
    return [("(", ""), *pieces, (")", "")] if (APART, "") in pieces else pieces


def _fraction(equation: Element) -> list[Raised] | None:
    parts = [in_a_line(part) for part in _parts(equation)]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    has_no_bar = re.match(r"\s*0*\.?0*\s*(?:[a-z%]+\s*)?$", equation.get("linethickness", "1"))
    if has_no_bar or any(one.get("m-val") == "noBar" for one in equation.iter("m-type")):
        return None  # two numbers above each other, not one divided by the other
    over, under = (_bracketed(part) for part in parts if part is not None)
    return [(APART, ""), *over, ("/", ""), *under, (APART, "")]


def _bracketed(pieces: list[Raised]) -> list[Raised]:
    plain = "".join(text for text, place in pieces if not place).strip()
    together = plain.replace(".", "").replace(",", "").isalnum() and APART not in plain
    return pieces if together else [("(", ""), *pieces, (")", "")]


def _brackets(equation: Element) -> list[Raised] | None:
    first, last = equation.get("open", "(").strip(), equation.get("close", ")").strip()
    for one in equation.findall("m-dPr/*"):
        if one.tag == "m-begChr":
            first = one.get("m-val", "")
        elif one.tag == "m-endChr":
            last = one.get("m-val", "")
    parts = _parts(equation)
    inner = in_a_line(parts[0]) if len(parts) == 1 else None
    return None if inner is None else [(first, ""), *inner, (last, "")]
