"""The numbers that Word counts by itself: what stands before an item or a heading, though it is in no text.

ECMA-376, part 1, section 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from voicegen import symbol_fonts
from voicegen.converting.word_styles import Styles, is_on, value

_PLAIN = re.compile(r"[(\[]?%\d[.)\]:]?")
_LEVELS = 9
_MOST = 1_000_000
_SLIGHT = 100
"""Twentieths of a point: so little is no level of its own."""
_DECIMAL = {"decimal", "decimalZero", "ordinal", "cardinalText", "ordinalText", "arabicAbjad", ""}


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a paragraph."""

    level: int
    """0 for an item of the outer list."""
    number: int | None
    """Of an item in a list that counts 1, 2, 3; None for a bullet and for what `label` says."""
    label: str
    """Letters, Roman numbers, "1.2", "Step 3:", as Word shows them; empty for bullets and plain numbers."""
    list: str
    """Items of one list have this in common."""
    shown: str
    """The number as it is shown, for a heading: "2.", "1.2", "Step 3:"; empty for bullets."""
    indent: int
    """From the margin, in twentieths of a point: lists of different styles lie inside each other by that alone."""

    def is_inside(self, other: Mark) -> bool:
        """Whether it is an item of a list inside the other's."""
        if self.list == other.list:
            return self.level > other.level
        return self.indent > other.indent + _SLIGHT

    def is_beside(self, other: Mark) -> bool:
        """Whether it is an item on the other's level."""
        return not self.is_inside(other) and not other.is_inside(self)


class Numbers:
    """Counts as Word does, through a document once from its start to its end."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        if root is not None:
            self._abstract = {one.get("w-abstractNumId", ""): one for one in root.iter("w-abstractNum")}
            self._nums = {one.get("w-numId", ""): one for one in root.iter("w-num")}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def mark(self, paragraph: Element | None) -> Mark | None:
        """What stands before the paragraph with these properties; None where nothing does."""
        num, level = self._of(paragraph)
        abstract = self._abstract_of(num)
        if abstract is None or not num or num == "0":
            return None
        levels = self._levels(abstract, self._nums[num])
        if level not in levels:
            return None
        counts = self._counts.setdefault(abstract.get("w-abstractNumId", ""), {})
        self._count(num, level, levels, counts)
        indent = self._indent(paragraph, levels[level])
        kind = value(levels[level], "w-numFmt")
        text = value(levels[level], "w-lvlText")
        if kind == "bullet" or (kind == "none" and "%" not in text and not text.strip()):
            return Mark(level, None, _said(levels[level], text), num, "", indent)
        if is_on(levels[level], "w-isLgl"):
            levels = {at: _in_digits(one) for at, one in levels.items()}
        label = re.sub(r"%([1-9])", lambda found: _shown(int(found[1]) - 1, levels, counts), text).strip()
        if kind in _DECIMAL and _PLAIN.fullmatch(text.strip()) and f"%{level + 1}" in text:
            return Mark(level, counts[level], "", num, label, indent)
        return Mark(level, None, label, num, label, indent)

    def _of(self, paragraph: Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph, by itself and by its styles."""
        num, level = "", ""
        for found in self._styles.paragraph(paragraph):
            properties = found.find("w-numPr")
            if not num and (num := value(properties, "w-numId")) and found is not paragraph:
                level = level or self._level_of_style(paragraph, num)
            level = level or value(properties, "w-ilvl")
        return num, min(int(level), _LEVELS - 1) if level.isascii() and level.isdigit() else 0

    def _level_of_style(self, paragraph: Element | None, num: str) -> str:
        """The level that names the paragraph's style as its own (17.9.23); empty where none does."""
        abstract = self._abstract_of(num)
        levels = self._levels(abstract, self._nums[num]) if abstract is not None else {}
        named = {value(one, "w-pStyle"): str(at) for at, one in levels.items()}
        chain = self._styles.chain(value(paragraph, "w-pStyle"), "paragraph")
        return next((named[name] for style in chain if (name := style.get("w-styleId", "")) in named), "")

    def _indent(self, paragraph: Element | None, level: Element) -> int:
        """The paragraph's own indentation, else its list's, else its style's (17.9.23)."""
        by_style = list(self._styles.paragraph(paragraph))
        own = by_style[:1] if paragraph is not None else []
        for properties in (*own, level.find("w-pPr"), *by_style):
            for key in ("w-left", "w-start"):
                if indent := _integer(value(properties, "w-ind", key), 0):
                    return indent
        return 0

    def _abstract_of(self, num: str) -> Element | None:
        found = self._nums.get(num)
        abstract = self._abstract.get(value(found, "w-abstractNumId"))
        linked = value(abstract, "w-numStyleLink")
        if linked:
            abstract = next(
                (one for one in self._abstract.values() if value(one, "w-styleLink") == linked), abstract
            )
        return abstract

    def _levels(self, abstract: Element, num: Element) -> dict[int, Element]:
        levels = {_integer(one.get("w-ilvl", ""), 0): one for one in abstract.findall("w-lvl")}
        for override in num.findall("w-lvlOverride"):
            own = override.find("w-lvl")
            if own is not None:
                levels[_integer(override.get("w-ilvl", ""), 0)] = own
        return levels

    def _count(self, num: str, level: int, levels: dict[int, Element], counts: dict[int, int]) -> None:
        again = self._restart(num, level)
        start = _integer(value(levels[level], "w-start"), 1) if again is None else again
        if again is not None and (num, level) not in self._started:
            counts[level] = again
        elif level in counts:
            counts[level] = min(counts[level] + 1, _MOST)
        else:
            counts[level] = start
        self._started.add((num, level))
        for deeper in [deeper for deeper in counts if deeper > level]:
            if deeper in levels and level < _integer(value(levels[deeper], "w-lvlRestart"), deeper):
                del counts[deeper]
        for higher in range(level):
            if higher in levels:
                counts.setdefault(higher, _integer(value(levels[higher], "w-start"), 1))

    def _restart(self, num: str, level: int) -> int | None:
        for override in self._nums[num].findall("w-lvlOverride"):
            start = value(override, "w-startOverride")
            if _integer(override.get("w-ilvl", ""), 0) == level and start:
                return _integer(start, 1)
        return None


def _said(level: Element, text: str) -> str:
    """The bullet where it says something, as a tick or a cross before "drive a car" does; else empty."""
    properties = level.find("w-rPr")
    font = value(properties, "w-rFonts", "w-ascii") or value(properties, "w-rFonts", "w-hAnsi")
    sign = symbol_fonts.shown(text.strip(), font)[0].strip()
    is_word = sum(map(str.isalnum, sign)) > 1
    return sign if is_word or any(map(_SAYING.__contains__, sign)) else ""


_SAYING = frozenset("✓✔✗✘✕✖☑☒✅❌❎⚠⛔🚫❗‼!☎→⇒➔➜↑↓")
"""Bullets that tell a reader what to do, or not to do."""


def _in_digits(level: Element) -> Element:
    """A level that is written 1, 2, 3 whatever it is by itself (17.9.4, isLgl)."""
    made = Element(level.tag, level.attrib)
    made.extend([one for one in level if one.tag != "w-numFmt"])
    SubElement(made, "w-numFmt", {"w-val": "decimal"})
    return made


def _shown(level: int, levels: dict[int, Element], counts: dict[int, int]) -> str:
    if level not in counts or level not in levels:
        return ""
    return written(counts[level], value(levels[level], "w-numFmt"))


def written(number: int, kind: str) -> str:
    """A number as Word writes it in one of its ways of counting; in digits where ours are not known to it."""
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = "".join(_roman(number))
        return roman.lower() if kind == "lowerRoman" else roman
    return f"{number:02}" if kind == "decimalZero" else "" if kind == "none" else str(number)


def _roman(number: int) -> Iterator[str]:
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    for worth, sign in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), signs, strict=True):
        yield sign * (number // worth)
        number %= worth


def _integer(text: str, otherwise: int) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
