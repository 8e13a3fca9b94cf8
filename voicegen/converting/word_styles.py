"""Word's styles: what a paragraph or a run is by its own properties and by those of its styles.

ECMA-376, part 1, sections 17.7 (styles) and 17.7.3 (toggle properties).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_OFF = {"0", "false", "off", "none"}
_HEADING = re.compile(r"heading ([1-9])")
BODY_TEXT = 9
"""The outline level of what is no heading."""
_LONGEST_CHAIN = 20


def value(properties: Element | None, name: str, key: str = "w-val") -> str:
    """The value of a property; empty where it is not there."""
    found = properties.find(name) if properties is not None else None
    return found.get(key, "") if found is not None else ""


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property is on, or None where nothing is said of it."""
    found = properties.find(name) if properties is not None else None
    return None if found is None else found.get("w-val", "true").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown, as far as it matters to a reader."""

    bold: bool
    italic: bool
    struck: bool
    hidden: bool
    position: str
    """"sup", "sub" or ""."""
    underlined: bool
    font: str
    """Of ASCII letters (17.3.2.26); empty where it is none that the file names, as a theme's."""
    far_font: str
    """Of most other signs."""
    lang: Element | None
    """What the run or its character style says of its language; None where only the document does."""


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self._defaults: Element | None = None
        for style in root.iter("w-style") if root is not None else ():
            self._styles.setdefault(style.get("w-styleId", ""), style)
            if style.get("w-default", "0") in ("1", "true", "on"):
                self._default[style.get("w-type", "")] = style.get("w-styleId", "")
        if root is not None:
            self._defaults = root.find("w-docDefaults/w-rPrDefault/w-rPr")

    @property
    def lang(self) -> Element | None:
        """The document's default languages."""
        return self._defaults.find("w-lang") if self._defaults is not None else None

    def chain(self, style: str, kind: str) -> Iterator[Element]:
        """The style and those that it is based on, the nearest first; the default one where none is named."""
        name = style if style in self._styles else self._default.get(kind, "")
        for _ in range(_LONGEST_CHAIN):
            if name not in self._styles:
                return
            yield self._styles[name]
            name = value(self._styles[name], "w-basedOn")

    def paragraph(self, properties: Element | None) -> Iterator[Element]:
        """The paragraph's own properties, then those of its styles."""
        if properties is not None:
            yield properties
        for style in self.chain(value(properties, "w-pStyle"), "paragraph"):
            found = style.find("w-pPr")
            if found is not None:
                yield found

    def level(self, properties: Element | None) -> int:
        """The paragraph's rank: 0 for a title, 1 to 9 for a heading, BODY_TEXT + 1 for text."""
        for style in self.chain(value(properties, "w-pStyle"), "paragraph"):
            name = value(style, "w-name").lower()
            if name == "title":
                return 0
            if heading := _HEADING.fullmatch(name):
                return int(heading[1])
        for found in self.paragraph(properties):
            level = value(found, "w-outlineLvl")
            if level.isascii() and level.isdigit():
                return min(int(level), BODY_TEXT) + 1
        return BODY_TEXT + 1

    def look(self, run: Element | None, paragraph: Element | None) -> Look:
        """How a run with the properties `run` is shown in a paragraph with the properties `paragraph`."""
        own = [run] if run is not None else []
        named = value(run, "w-rStyle")
        by_character = [
            found
            for style in (self.chain(named, "character") if named else ())
            if (found := style.find("w-rPr")) is not None
        ]
        by_paragraph = [
            found
            for style in self.chain(value(paragraph, "w-pStyle"), "paragraph")
            if (found := style.find("w-rPr")) is not None
        ]
        near = [*own, *by_character]

        def toggled(name: str) -> bool:
            direct = is_on(run, name)
            if direct is not None:
                return direct
            return _first_on(by_character, name) ^ _first_on(by_paragraph, name)

        def nearest(name: str) -> str:
            return next(filter(None, (value(one, name) for one in (*near, *by_paragraph))), "")

        raised = nearest("w-vertAlign")
        fonts = [one for part in (*near, *by_paragraph) if (one := part.find("w-rFonts")) is not None]
        langs = [one for part in near if (one := part.find("w-lang")) is not None]
        return Look(
            bold=toggled("w-b"),
            italic=toggled("w-i"),
            struck=toggled("w-strike") or toggled("w-dstrike"),
            hidden=toggled("w-vanish"),
            position=_PLACES.get(raised, "") if raised else _moved(near),
            underlined=nearest("w-u") not in ("", "none"),
            font=_font(fonts, "w-ascii"),
            far_font=_font(fonts, "w-hAnsi"),
            lang=next(iter(langs), None),
        )

    def is_headed(self, properties: Element | None, part: str) -> bool:
        """Whether a table's style sets its first row ("firstRow") or first column ("firstCol") apart."""
        return any(
            special.get("w-type") == part
            for style in self.chain(value(properties, "w-tblStyle"), "table")
            for special in style.iter("w-tblStylePr")
        )


_PLACES = {"superscript": "sup", "subscript": "sub"}
_CLEARLY = 4
"""Half points: what is moved less is set straight."""


def _moved(properties: list[Element]) -> str:
    """Where text stands that was raised or lowered by hand (17.3.2.24), as old documents write 10⁹."""
    far = next(filter(None, (value(one, "w-position") for one in properties)), "0")
    number = int(far) if re.fullmatch(r"-?[0-9]{1,4}", far) else 0
    return "" if abs(number) < _CLEARLY else "sup" if number > 0 else "sub"


def _font(fonts: list[Element], script: str) -> str:
    """The nearest font that is named for a script; a theme's goes before one by name (17.3.2.26)."""
    found = next((one for one in fonts if one.get(script) or one.get(f"{script}Theme")), None)
    return "" if found is None or found.get(f"{script}Theme") else found.get(script, "")


def _first_on(properties: list[Element], name: str) -> bool:
    return next((found for one in properties if (found := is_on(one, name)) is not None), False)
