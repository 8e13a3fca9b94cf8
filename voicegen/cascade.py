"""The few rules of a style sheet that change what a text says: raised, struck out, parted, hidden, in Greek.

Danger: "10" and a raised "9" are 10⁹, but without their style "109"; a dose that is struck out is none; "5" and
"10 mg" in two columns are not "510 mg"; "m" in the font Symbol is "μ". Everything else in a sheet is how a page
looks. Source: CSS Syntax 3, sections 5 and 9; CSS 2.2, sections 10.8.1 and 16.3.1; CSS Display 3, section 2; CSS
Text 3, section 3; CSS Fonts 4, section 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from voicegen import symbol_fonts

MOST_RULES = 4000
"""Rules of a page that are looked at; each is looked up among the elements that have its class or name."""
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_BRACES = re.compile(r"[{};]")
_ALIGN = re.compile(r"(?<![-\w])vertical-align\s*:\s*(super|sub|-?[\d.]+(?:em|ex|rem|%|px|pt))", re.I)
_POSITION = re.compile(r"(?<![-\w])font-variant-position\s*:\s*(super|sub)\b", re.I)
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.I)
_LEAST = {"em": 0.2, "rem": 0.2, "ex": 0.4, "%": 20.0, "px": 3.0, "pt": 2.0}
"""How far a text is raised or lowered at least so that it is a power or an index, and not set straight."""
_NOT_ON_SCREENS = re.compile(r"\b(?:print|speech)\b", re.I)
_OTHER_STATE = re.compile(r":(?!not\b|is\b|where\b|first|last|nth|only|root)", re.I)
"""Selectors of a state (":hover") or of what is drawn around a text ("::before")."""

_DISPLAY = re.compile(r"(?<![-\w])display\s*:\s*([a-z-]+)\s*(!\s*important)?", re.I)
_BOXES = frozenset(("flex", "inline-flex", "grid", "inline-grid"))
_BOX = frozenset(("block", "table", "list-item", "flow-root", "table-row", "table-cell"))
_SPACES = re.compile(r"(?<![-\w])white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", re.I)
_FONT = re.compile(r"(?<![-\w])font(?:-family)?\s*:([^;,]*)", re.I)
_LINE = re.compile(r"(?<![-\w])text-decoration(?:-line)?\s*:", re.I)
_NORMAL = re.compile(
    r"(?<![-\w])(?:vertical-align\s*:\s*(?:baseline|initial|unset|0)|font-variant-position\s*:\s*normal)", re.I
)
_MOVED = re.compile(r"(?<![-\w])(?:top|bottom)\s*:", re.I)
"""Raised in another way, as many sheets do, so that lines stay as far apart as they were."""
_SOMETIMES = re.compile(r"@container|@supports\s+not\b|@media\b.*(?:\(|\bnot\b)", re.I)
"""Rules around others that hold on some screens only, or in some browsers."""
_UNTIL_A_SCRIPT = re.compile(r"cloak|fouc|\.(?:no-?)?js\b", re.I)
"""Selectors of what is hidden only while the page loads (`[x-cloak]`), or from browsers without scripts."""
_WORDS = ("vertical-align", "line-through", "font-variant-position", "display", "white-space", "font")

UNDOABLE = ("place", "struck", "shown")
Place = Literal["", "sup", "sub"]
Shown = Literal["", "block", "flex", "none"]


class Meaning(NamedTuple):
    """What declarations say of a text."""

    place: Place = ""
    struck: bool = False
    shown: Shown = ""
    """As a box of its own, with each of its parts as one, or not at all."""
    is_forced: bool = False
    """Whether that is so whatever a script or another rule says."""
    in_lines: bool = False
    """Whether the line breaks of its source are shown."""
    font: str = ""
    """A font of signs, in small letters."""
    undone: frozenset[str] = frozenset()
    """Those of the UNDOABLE fields that are as usual whatever a weaker rule says."""

    def __bool__(self) -> bool:
        return any(self[:3]) or self.in_lines or bool(self.font) or bool(self.undone)

    def over(self, weaker: Meaning) -> Meaning:
        """It where a weaker rule speaks of the same text. Danger: "not" that two rules strike out and do not."""
        made = self._replace(in_lines=self.in_lines or weaker.in_lines, font=self.font or weaker.font)
        if not self.place and "place" not in self.undone:
            made = made._replace(place=weaker.place)
        if not self.struck and "struck" not in self.undone:
            made = made._replace(struck=weaker.struck)
        is_weak = self.shown == "none" or not (self.shown or "shown" in self.undone)
        if not self.is_forced and (is_weak or weaker.is_forced) and (weaker.shown or "shown" in weaker.undone):
            made = made._replace(shown=weaker.shown, is_forced=weaker.is_forced)
        return made

    @property
    def style(self) -> str:
        """It as declarations."""
        return ";".join(
            (*(["vertical-align:" + {"sup": "super", "sub": "sub"}[self.place]] if self.place else []),)
            + (("text-decoration:line-through",) if self.struck else ())
            + ((f"display:{self.shown}{'!important' if self.is_forced else ''}",) if self.shown else ())
            + (("white-space:pre-line",) if self.in_lines else ())
            + ((f"font-family:{self.font}",) if self.font else ())
            + (("vertical-align:baseline",) if "place" in self.undone else ())
            + (("text-decoration:none",) if "struck" in self.undone else ())
            + ((f"display:inline{'!important' if self.is_forced else ''}",) if "shown" in self.undone else ())
        )


def meaning(declarations: str) -> Meaning:
    """What declarations, such as those of a `style` attribute, say of the text."""
    shown, is_forced = _shown(declarations)
    in_lines = bool(_SPACES.search(declarations))
    struck, place = bool(_LINE_THROUGH.search(declarations)), _place(declarations)
    undone = {
        "place": not place and _NORMAL.search(declarations) and not _MOVED.search(declarations),
        "struck": not struck and _LINE.search(declarations),
        "shown": not shown and _DISPLAY.search(declarations),
    }
    usual = frozenset(name for name, is_so in undone.items() if is_so)
    return Meaning(place, struck, shown, is_forced, in_lines, _font(declarations), usual)


def rules(sheet: str) -> Iterator[tuple[str, Meaning]]:
    """The selectors of a sheet whose text says something else by its style on screens, and what.

    How it is drawn on screens of some sizes only is passed over.
    """
    if not any(word in sheet for word in _WORDS):
        return
    text = _COMMENT.sub("", sheet)
    around: list[str] = []
    start = 0
    for found in _BRACES.finditer(text):
        words, start = text[start : found.start()].strip(), found.end()
        if found[0] == "{":
            around.append(words)
        elif found[0] == "}" and around:
            selector = around.pop()
            said = meaning(_declarations(text, found.start()))
            if any(map(_SOMETIMES.match, around)):
                said = said._replace(shown="", is_forced=False, undone=frozenset())
            if said and not selector.startswith("@") and not any(map(_is_elsewhere, around)):
                above = [rule for rule in around if not rule.startswith("@")]
                yield from ((one, _lasting(one, said)) for one in _selectors(selector, above))


def _declarations(text: str, end: int) -> str:
    return text[max(text.rfind("{", 0, end), text.rfind("}", 0, end)) + 1 : end]


def _lasting(selector: str, said: Meaning) -> Meaning:
    """It without what a script ends as soon as the page is there."""
    is_soon_shown = said.shown == "none" and _UNTIL_A_SCRIPT.search(selector)
    return said._replace(shown="", is_forced=False) if is_soon_shown else said


def _selectors(selector: str, above: Sequence[str]) -> Iterator[str]:
    """The selectors of a rule, within those of the rules that it is nested in (CSS Nesting 1, section 2)."""
    for one in selector.rpartition(";")[2].split(","):
        whole = one.strip()
        for outer in [rule.rpartition(";")[2].strip() for rule in reversed(above)] if whole else ():
            outer = f":is({outer})" if "," in outer else outer
            whole = whole.replace("&", outer) if "&" in whole else f"{outer} {whole}"
        if whole and not _OTHER_STATE.search(whole):
            yield " ".join(whole.split())


def _is_elsewhere(rule: str) -> bool:
    elsewhere = _NOT_ON_SCREENS.search(rule) is not None and "screen" not in rule.lower()
    return rule.startswith("@") and (elsewhere or rule.startswith("@font"))


def _shown(declarations: str) -> tuple[Shown, bool]:
    for kind, force in reversed(_DISPLAY.findall(declarations)):
        kind = kind.lower()
        shown: Shown = "none" if kind == "none" else "flex" if kind in _BOXES else "block" if kind in _BOX else ""
        return shown, bool(force)
    return "", False


def _font(declarations: str) -> str:
    """The first font of the last declaration, where it is one of signs."""
    found = _FONT.findall(declarations)
    words = found[-1].strip(" \"'").lower() if found else ""
    return next((name for name in symbol_fonts.FONTS if re.search(rf"(?:^|\s|[\"']){name}$", words)), "")


def _place(declarations: str) -> Place:
    place: Place = ""
    for pattern in (_ALIGN, _POSITION):
        for found in pattern.findall(declarations):
            place = _of(found.lower())
    return place


def _of(value: str) -> Place:
    if value in ("super", "sub"):
        return "sup" if value == "super" else "sub"
    number = re.match(r"-?[\d.]+", value)
    unit = value[number.end() :] if number else ""
    try:
        far = float(number[0]) if number else 0.0
    except ValueError:
        return ""
    return "" if abs(far) < _LEAST.get(unit, 1e9) else "sup" if far > 0 else "sub"
