"""Fields of Word: an instruction, which nobody sees, and what is shown instead.

ECMA-376, part 1, section 17.16.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from voicegen import symbol_fonts
from voicegen.converting.word_styles import is_on, value
from voicegen.converting.writing import LINKS

_LINK = re.compile(r'HYPERLINK "?([^"\s]+)', re.I)
_SIGN = re.compile(r"SYMBOL (0x[0-9a-f]{1,6}|\d{1,7})(?![^ \\])", re.I)
_FONT = re.compile(r'\\f ?"?([^"\\]+)', re.I)
_UNICODE = re.compile(r"\\u(?![a-z])", re.I)
_BUTTON = re.compile(r"(?:MACROBUTTON|GOTOBUTTON) \S+ (.+)", re.I)
_EQUATION = re.compile(r"EQ |EMBED Equation", re.I)
_NUMBER = re.compile(r"(?:AUTONUM(?:LGL|OUT)?|LISTNUM)(?![^\W_])", re.I)
_CONTENTS = {"TOC", "TOA", "INDEX"}
_LONGEST_INSTRUCTION = 5_000
"""Characters of an instruction that are kept: what tells a field stands at its beginning, and programs for
references put whole records of theirs after it."""


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, which is not shown, and then its result, which is."""

    instruction: str = ""
    """Its beginning, with single spaces once it is whole."""
    in_result: bool = False
    has_result: bool = False
    form: Element | None = None
    """What the field is where it is a form's (17.16.17): a box to tick, a choice from a list."""
    is_contents: bool = False
    """Whether its result repeats the headings."""
    href: str = ""
    """Where its result leads; empty where nowhere outside."""
    is_cut: bool = False
    """Whether the instruction is longer than is kept."""

    def add(self, words: str) -> None:
        """Adds words to the instruction."""
        room = _LONGEST_INSTRUCTION - len(self.instruction)
        self.is_cut = self.is_cut or len(words) > room
        self.instruction += words[:room]

    def begin_result(self) -> None:
        """Reads the instruction, which is whole; what comes next is the result."""
        self.instruction = " ".join(self.instruction.split())
        self.is_contents = self.instruction.partition(" ")[0].upper() in _CONTENTS
        found = _LINK.match(self.instruction)
        self.href = found[1] if found and found[1].lower().startswith(LINKS) else ""
        self.in_result = True

    @property
    def filled_in(self) -> str:
        """What a form's field shows: a list's chosen entry, a box with or without a tick (17.16.5, 17.16.9)."""
        box = self.form.find("w-checkBox") if self.form is not None else None
        choice = self.form.find("w-ddList") if self.form is not None else None
        if box is not None:
            ticked = is_on(box, "w-checked")
            return "☑" if (is_on(box, "w-default") if ticked is None else ticked) else "☐"
        if choice is None:
            return ""
        entries = [one.get("w-val", "") for one in choice.findall("w-listEntry")]
        at = value(choice, "w-result") or value(choice, "w-default") or "0"
        return entries[int(at)] if at.isascii() and at.isdigit() and int(at[:3]) < len(entries) else ""

    @property
    def button(self) -> str:
        """The words of a button, which stand in its instruction; empty where it is none."""
        found = _BUTTON.match(self.instruction)
        return found[1] if found else ""

    @property
    def is_equation(self) -> bool:
        """Whether it draws an equation."""
        return bool(_EQUATION.match(self.instruction))

    @property
    def is_number(self) -> bool:
        """Whether it shows a number that Word counts, and keeps nowhere (AUTONUM, LISTNUM; 17.16.5)."""
        return bool(_NUMBER.match(self.instruction))

    @property
    def is_sign(self) -> bool:
        """Whether it shows a sign by its number."""
        return self.instruction[:7].upper() == "SYMBOL "

    @property
    def font(self) -> str:
        """The font that it names for its sign; empty where it names none."""
        found = _FONT.search(self.instruction)
        return found[1].strip() if found else ""

    def sign(self, font: str) -> str:
        """The sign that it shows in a font, as a letter of that; empty where that can't be told.

        By its number in Windows' own code, in a font of signs, or in Unicode (17.16.5.60).
        """
        found = _SIGN.match(self.instruction)
        number = int(found[1], 0 if found[1][1:2].lower() == "x" else 10) if found else 0
        is_in_windows_code = font.lower() not in symbol_fonts.FONTS and not _UNICODE.search(self.instruction)
        if is_in_windows_code and 0 < number < 0x100:
            return bytes([number]).decode("cp1252", "ignore")
        return chr(number) if 0 < number < 0xFFFF else ""
