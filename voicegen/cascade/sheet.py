"""A style sheet taken apart as browsers do it: blocks within blocks, and what is declared in each.

Source: CSS Syntax 3, sections 5.4 and 9, by tinycss2; what it leaves to others is that blocks lie in blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from tinycss2 import parse_blocks_contents, parse_component_value_list, parse_stylesheet, serialize

LONGEST = 2_000_000
"""Characters without pictures and fonts: to take them apart needs some 50 bytes and a microsecond for each."""
DEEPEST = 32
"""Brackets within brackets of a selector or a value; what has more means nothing here."""
_UNREAD = re.compile(r"(?<=data:)[-+./;=,%\w]{100,}|(?<=\d{50})\d+", re.A)
"""Pictures and fonts, and the ends of numbers that are so long that Python makes none of them."""
Token = Any
"""A component value: one of the classes of `tinycss2.ast`, which come without types."""


class TooLongError(Exception):
    """A sheet of more than `LONGEST` characters."""


class Opened(NamedTuple):
    """A block's beginning."""

    words: str
    """What stands before it, without comments, each white space as one."""


class Statement(NamedTuple):
    """A rule without a block, as `@import`."""

    words: str
    """Without comments, each white space as one."""


class Declaration(NamedTuple):
    """One property and its value, in small letters."""

    name: str
    value: str
    is_important: bool


class Closed(NamedTuple):
    """A block's end."""


def parts(sheet: str) -> Iterator[Opened | Statement | Declaration | Closed]:
    """The sheet's parts in order; for every block's beginning there is an end. Raises TooLongError."""
    bare = _UNREAD.sub("", sheet)
    if len(bare) > LONGEST:
        raise TooLongError
    open_blocks = [iter(parse_stylesheet(_tokens(bare), skip_whitespace=True))]
    while open_blocks:
        node = next(open_blocks[-1], None)
        if node is None:
            open_blocks.pop()
            if open_blocks:
                yield Closed()
        elif node.type == "declaration":
            yield _declaration(node)
        elif node.type == "at-rule" and node.content is None:
            yield Statement(_before(node))
        elif node.type in ("at-rule", "qualified-rule"):
            yield Opened(_before(node))
            open_blocks.append(iter(parse_blocks_contents(node.content, skip_whitespace=True)))


@lru_cache(maxsize=512)
def declarations(style: str) -> tuple[Declaration, ...]:
    """What a `style` attribute declares, in order."""
    found = parse_blocks_contents(tokens(style), skip_whitespace=True)
    return tuple(_declaration(node) for node in found if node.type == "declaration")


def tokens(words: str) -> list[Token]:
    """The words as tokens, without comments."""
    return _tokens(_UNREAD.sub("", words))


def written(said: Iterable[Token]) -> str:
    """Tokens as text, each white space as one; nothing where brackets lie too deep in brackets."""
    said = inner = list(said)
    for _ in range(DEEPEST):
        inner = [one for token in inner for one in inside(token)]
        if not inner:
            whole = serialize(said).encode("utf-8", "replace").decode()  # an escape can be half a character
            return " ".join(whole.split())
    return ""


def _tokens(bare: str) -> list[Token]:
    found: list[Token] = parse_component_value_list(bare, skip_comments=True)
    return found


def inside(token: Token) -> list[Token]:
    """What stands in the token's brackets."""
    found: list[Token] = getattr(token, "content", None) or getattr(token, "arguments", None) or []
    return found


def _before(node: Token) -> str:
    words = written(node.prelude)
    if node.type != "at-rule":
        return words
    return f"@{node.lower_at_keyword} {words}".rstrip() if words or not node.prelude else "@"


def _declaration(node: Token) -> Declaration:
    return Declaration(node.lower_name, written(node.value).lower(), node.important)
