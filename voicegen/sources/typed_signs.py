"""Signs of amounts that Markdown takes for its own: "more than" for a quotation, "times" for emphasis.

Danger: ">38 °C: call us" at the beginning of a line becomes a quotation of "38 °C", and "3*2 mg and 2*5 mg" "32 mg
and 25 mg" with a slanted middle. Nobody can tell afterwards what was typed, so such a page is refused.
Source: CommonMark 0.31, sections 5.1 and 6.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from markdown_it.token import Token

from voicegen.errors import SourceError

_UNIT = r"(?:[°º%]|(?:[mkµμ]?g|mcg|m?[lL]|[mµμ]mol|mm|cm|IU|UI|units?|bpm)(?![^\W_]))"
_MORE_THAN = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?>(?:=|[.,]?\d|[ \t]{1,3}=[ \t]?\d"
    rf"|[ \t]{{1,3}}[.,]?\d[\d.,]*[ \t\u00a0]?{_UNIT})"
)
_EMPHASIS = ("em_open", "em_close", "strong_open", "strong_close")


def check_signs(name: str, tokens: Sequence[Token], source: str) -> None:
    """Raises SourceError, with the line, where a sign of an amount would be lost as markup."""
    lines = source.split("\n")
    for token in tokens:
        if token.type == "blockquote_open" and token.map and _is_amount(lines[slice(*token.map)]):
            raise SourceError(
                f"{name}, line {token.map[0] + 1}",
                f"“{lines[token.map[0]].strip()[:60]}” begins with “>”, of which Markdown makes a quotation, "
                "so that “more than” would be lost",
                "Write “more than” in words or “\\>”; before a quotation that begins with a number write a word.",
            )
        if token.type == "inline" and token.map and (lost := next(_multiplied(token.children or ()), "")):
            raise SourceError(
                f"{name}, line {token.map[0] + 1}",
                f"Markdown takes the “*” between the digits in “{lost}” for emphasis, so that it would be lost",
                "Write “×” or “\\*”, and no emphasis inside a number.",
            )


def _is_amount(lines: Sequence[str]) -> bool:
    """Whether each line of a quotation that has the sign begins with a number behind it."""
    signed = [line for line in lines if line.lstrip(" \t-*+").startswith(">")]
    return bool(signed) and all(_MORE_THAN.match(line) for line in signed)


def _multiplied(children: Sequence[Token]) -> Iterator[str]:
    for before, sign, after in _threes(children):
        if sign.type in _EMPHASIS and sign.markup == "*" and before[-1:].isdigit() and after[:1].isdigit():
            yield f"{before[-12:]}*{after[:12]}"


def _threes(children: Sequence[Token]) -> Iterator[tuple[str, Token, str]]:
    for (first, sign), (_, last) in pairwise(pairwise(children)):
        yield first.content, sign, last.content


_ADDRESS = re.compile(r"\Z|[a-z][a-z0-9+.-]*:|[/#.?<]|www\.|\S+\.[a-z]{2,5}(?:[/?#]|\Z)", re.I)


def check_references(name: str, tokens: Sequence[Token], references: Mapping[str, Mapping[str, str]]) -> None:
    """Raises SourceError where a line such as "[Dose]: 500mg" would be lost as the address of a link.

    CommonMark 0.31, section 4.7: such a line is shown nowhere. It is left alone where a link leads there, or where
    it is like an address.
    """
    if all(_ADDRESS.match(one.get("href", "")) for one in references.values()):
        return
    inner = [child for token in tokens for child in (token.children or ())]
    led = {child.attrGet("href") or child.attrGet("src") for child in inner}
    for label, one in references.items():
        if one.get("href") not in led and not _ADDRESS.match(one.get("href", "")):
            raise SourceError(
                name,
                f"Markdown takes “[{label.lower()}]: {one.get('href', '')[:40]}” for the address of a link, so"
                " that it would be lost",
                "Write it without the brackets, or put a backslash before them.",
            )
