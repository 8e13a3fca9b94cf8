"""Signs that stand for list items where a page has no markup for them: bullets, and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from voicegen.speech.patterns import lazy

_BULLETS = "•●▪■▫□◦○‣⁃∙◾◽🔹🔸✦✧❖➢➤►▸▶◆◇★☆·‧・"
"""Signs that are bullets wherever they open a line. Ticks and crosses are none: they say do and do not."""
_DASHES = "*+\\-–—"
_BULLET = lazy(rf"(?:[{_BULLETS}]\ufe0f?[\s\u00a0]*|[{_DASHES}][\s\u00a0]+|[o§ü][\s\u00a0]{{1,8}}(?=\S))")
"""`o`, `§` and `ü` are what Word's bullets become when its symbol font is lost."""
_PURE_BULLET = re.compile(rf"[{_BULLETS}]\ufe0f?[\s\u00a0]*|[{_DASHES}][\s\u00a0]+")
_NUMBER = lazy(r"(?:\(?(\d{1,3})[.)](?!\d)[\s\u00a0]*|([①-⑳])[\s\u00a0]*)(?=\S)")


_DASHED_DOSE = re.compile(
    r"[-–—](?=\d[\d.,/½¼¾]{0,8}[ \u00a0]?(?:mg|mcg|[µμ]g|g|ml|IU|UI|IE|UE|tablets?|capsules?|puffs?|drops?"
    r"|sachets?|tabletten?|kapseln?|tropfen|hübe?|comprim\w+|gélules?|gouttes?|bouffées?|c[áa]psulas?|gotas?|compresse?|gocce"
    r"|мг|мл|мкг|таблет\w+)(?![^\W_]))",
    re.I,
)
"""A dash that touches a dose, which is never less than nothing. Degrees, dioptres and scores may be."""


class Sign(NamedTuple):
    """What opens a line that is a list item."""

    length: int
    """Characters up to the item's own text."""
    number: int | None
    """The number that it carries; None for a bullet."""
    mark: str
    """The sign itself, by which items of one list know each other."""


def sign_of(line: str) -> Sign | None:
    """The sign that opens `line`, or None. `line` has no leading space."""
    found = _BULLET.match(line)
    if found and found.end() < len(line):
        return Sign(found.end(), None, line[0])
    found = _NUMBER.match(line)
    if found:
        number = int(found[1]) if found[1] else ord(found[2]) - ord("①") + 1
        return Sign(found.end(), number, "1")
    return None


def dashed_doses(lines: Sequence[str]) -> set[int]:
    """The lines, of two or more in a row, that open with a dash that touches a dose: the dash is a bullet.

    Danger: "-5 mg in the morning" is heard as "minus 5 milligrams". A line alone may say by how much to change.
    """
    signed = signed_amounts(lines)
    found = [at not in signed and bool(_DASHED_DOSE.match(line.lstrip())) for at, line in enumerate(lines)]
    beside = [*found[1:], False]
    before = [False, *found[:-1]]
    return {at for at, own in enumerate(found) if own and (before[at] or beside[at])}


def signed_amounts(lines: Sequence[str]) -> set[int]:
    """The lines, of two or more in a row, that open with a plus or a minus before a number.

    Both are among them, or all are the sign of a minus itself, which no keyboard types for a bullet.

    Danger: as bullets, "+ 5 mg" and "- 5 mg" are heard as the same dose twice. A line that is set in below another
    may be an item of its list.
    """
    signs = [
        (len(line) - len(line.lstrip()), found[1] if (found := _SIGNED.match(line.lstrip())) else "")
        for line in lines
    ]
    signed: set[int] = set()
    begin = 0
    for (_, is_signed), group in groupby(signs, lambda one: (one[0], bool(one[1]))):
        run = [sign for _, sign in group]
        are_minuses = len(run) > 1 and set(run) == {"−"}  # the sign itself, which is no bullet
        if is_signed and (are_minuses or ("+" in run and set(run) != {"+"})):
            signed.update(range(begin, begin + len(run)))
        begin += len(run)
    return signed


def closed_up(line: str) -> str:
    """A line that opens with the sign of a number, without the space between the two."""
    return _SIGNED.sub(r"\1", line, count=1)


_SIGNED = re.compile(r"([-–−+])[ \u00a0]{0,4}(?=[.,]?\d)")


def bullet_length(text: str) -> int:
    """Length of the bullet that an author typed at the start of an item that is one already; 0 without one."""
    found = _PURE_BULLET.match(text)
    return found.end() if found and found.end() < len(text) else 0
