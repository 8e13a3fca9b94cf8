"""A style sheet taken apart in one pass: blocks within blocks, and what is declared in each.

Strings, comments, escapes and addresses are read as such: a brace inside of one ends no rule. What browsers do
with broken sheets is done here too: an open comment or bracket swallows the rest, and the end closes all.
Source: CSS Syntax 3, sections 4 and 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_STRING = r"\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?"
_ADDRESS = r"(?<![-\w])url\(\s*(?![\"'\s])(?:[^)\\]|\\.)*\)?"
_TOKEN = re.compile(rf"/\*|\\.|{_STRING}|{_ADDRESS}|[{{}};()\[\]]|<!--|-->", re.S | re.I)
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_DECLARATION = re.compile(r"\s*(-{0,2}[a-z][\w-]*)\s*:", re.I)
_IMPORTANT = re.compile(r"!\s*important\s*$", re.I)


class Part(NamedTuple):
    """A block's beginning with what stands before it, a declaration or statement, or a block's end."""

    kind: Literal["open", "text", "close"]
    words: str
    """Without comments, each white space as one."""


class Declaration(NamedTuple):
    """One property and its value, in small letters."""

    name: str
    value: str
    is_important: bool


def parts(sheet: str) -> Iterator[Part]:
    """The sheet's parts in order; for every "open" there is a "close"."""
    words: list[str] = []
    awaited: list[str] = []
    depth = at = 0
    while found := _TOKEN.search(sheet, at):
        if before := sheet[at : found.start()].lstrip() if not words else sheet[at : found.start()]:
            words.append(before)
        sign, at = found[0], found.end()
        if sign == "/*":
            end = sheet.find("*/", at)
            at = end + 2 if end >= 0 else len(sheet)
        elif awaited:
            words.append(sign)
            if sign == awaited[-1]:
                awaited.pop()
            elif sign in _CLOSED_BY:
                awaited.append(_CLOSED_BY[sign])
        elif sign in ("(", "["):
            words.append(sign)
            awaited.append(_CLOSED_BY[sign])
        elif sign == "{":
            depth += 1
            yield Part("open", _taken(words))
        elif sign == "}" and depth:
            depth -= 1
            yield Part("text", _taken(words))
            yield Part("close", "")
        elif sign == ";" and (depth or (words and words[0].startswith("@"))):
            yield Part("text", _taken(words))
        elif depth or sign not in ("<!--", "-->"):
            words.append(sign)
    words.append(sheet[at:])
    if depth:
        yield Part("text", _taken(words))
    for _ in range(depth):
        yield Part("close", "")


def _taken(words: list[str]) -> str:
    said = " ".join("".join(words).split())
    words.clear()
    return said


def declared(text: str) -> Declaration | None:
    """The declaration that a text is; nothing where a browser would pass it over."""
    found = _DECLARATION.match(text)
    if found is None:
        return None
    value = text[found.end() :].strip()
    bare = _IMPORTANT.sub("", value) if "!" in value else value
    return Declaration(found[1].lower(), bare.strip().lower(), bare != value)


def declarations(style: str) -> Iterator[Declaration]:
    """What a `style` attribute declares, in order."""
    for part in parts(f"{{{style}}}"):
        if part.kind == "text" and (found := declared(part.words)):
            yield found
