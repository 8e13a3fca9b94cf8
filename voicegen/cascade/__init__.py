"""The few rules of a style sheet that change what a text says: raised, struck out, parted, hidden, in Greek.

Danger: "10" and a raised "9" are 10⁹, but without their style "109"; a dose that is struck out is none; "5" and
"10 mg" in two columns, or with a margin between them, are not "510 mg"; "m" in the font Symbol is "μ". Everything
else in a sheet is how a page looks. Source: CSS Syntax 3, sections 5 and 9; CSS Nesting 1; CSS 2.2, sections 8.3,
8.4, 9.5, 10.8.1, 12.1 and 16.3.1; CSS Display 3, section 2; CSS Text 3, section 3; CSS Fonts 4, section 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Literal, NamedTuple, get_args

from voicegen import symbol_fonts
from voicegen.cascade import selectors
from voicegen.cascade.gaps import PARTING, SIDES, Side, gaps_of, written_by
from voicegen.cascade.sheet import Closed, Declaration, Opened, TooLongError, declarations, parts

__all__ = [
    "LONGEST_SELECTOR",
    "MOST_RULES",
    "UNDOABLE",
    "Meaning",
    "Rule",
    "TooLongError",
    "meaning",
    "rules",
    "values",
]
Place = Literal["", "sup", "sub"]
Shown = Literal["", "block", "flex", "none", "table", "table-row", "table-cell", "table-header-group"]

MOST_RULES = 20_000
"""Rules of a page that are looked at; each is looked up among the elements that have its class or name."""
LONGEST_SELECTOR = 500
"""Characters, with those of the rules around it: "& &" within "& &" doubles at each level."""
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(em|ex|rem|%|px|pt)")
_LEAST = {"em": 0.2, "rem": 0.2, "ex": 0.4, "%": 20.0, "px": 3.0, "pt": 2.0}
"""How far a text is raised or lowered at least so that it is a power or an index, and not set straight."""
_MOST = {"em": 1.0, "rem": 1.0, "ex": 2.0, "px": 16.0, "pt": 12.0}
"""How far at most where it is moved from its place (CSS Positioned Layout 3, section 3): further is a layout."""
_NOT_ON_SCREENS = re.compile(
    r"\b(?:print|speech|aural|braille|embossed|handheld|projection|tty|tv|amzn-[\w-]+)\b", re.I
)
"""Media that no browser is: those of Media Queries 4, section 2.3, and one seller's devices, which books name."""
_GROUPS = re.compile(r"@(?:media|supports|layer|container|scope|document|-moz-document)\b", re.I)
"""Rules around others; what stands in others, as in @keyframes, styles no element."""
_SCOPE = re.compile(r"@scope\s*\((.*?)\)\s*(?:to\b.*)?$", re.I)
_DECORATIONS = ("text-decoration", "text-decoration-line", "-webkit-text-decoration")
_BOXES = frozenset(("flex", "inline-flex", "grid", "inline-grid"))
_BOX = frozenset(("block", "list-item", "flow-root"))
_OF_TABLES: dict[str, Shown] = {
    "inline-table": "table",
    **{shown: shown for shown in get_args(Shown) if shown.startswith("table")},
}
_LETTERS = frozenset(("lower-alpha", "upper-alpha", "lower-latin", "upper-latin"))
"""Of the values of `list-style-type`, those that number with letters."""
_KEYWORDS = frozenset(("initial", "inherit", "unset", "revert", "revert-layer"))
_DISPLAYS = _BOXES | _BOX | _KEYWORDS | frozenset(_OF_TABLES)
_DISPLAYS |= {"none", "inline", "inline-block", "contents", "ruby", "ruby-text", "run-in", "math"}
_DISPLAYS |= {"table-caption", "table-column", "table-column-group", "-webkit-box", "-webkit-inline-box"}
_DISPLAYS |= {"table-row-group", "table-footer-group"}
_USUAL = frozenset(("baseline", "initial", "unset", "0"))
_ELSEHOW = frozenset(("top", "middle", "bottom", "text-top", "text-bottom", "inherit", "revert", "revert-layer"))
_LINES = frozenset(("pre", "pre-wrap", "pre-line", "break-spaces"))
_SOMETIMES = re.compile(r"@container|@supports\s+not\b|@media\b.*(?:\(|\bnot\b)", re.I)
"""Rules around others that hold on some screens only, or in some browsers."""
_MAY_CHANGE = re.compile(
    r"cloak|fouc|\.(?:no-?)?js\b|:not\(|\[\s*(?:aria-expanded|aria-selected|data-state|data-open)"
    r"|:(?:hover|focus|target|checked|active|open)",
    re.I,
)
"""Selectors of what is hidden only while the page loads (`[x-cloak]`), from browsers without scripts, or until a
click."""
_NAMES = (
    "text-decoration",
    "vertical-align",
    "font-variant-position",
    "display",
    "white-space",
    "font",
    "position",
    "list-style",
    "margin",
    "padding",
    "float",
    "content",
)

UNDOABLE = ("place", "struck", "shown")


class Meaning(NamedTuple):
    """What declarations say of a text."""

    place: Place = ""
    struck: bool = False
    shown: Shown = ""
    """As a box of its own, with each of its parts as one, not at all, or as a table or a part of one."""
    is_forced: bool = False
    """Whether that is so whatever a script or another rule says."""
    in_lines: bool = False
    """Whether the line breaks of its source are shown."""
    font: str = ""
    """A font of signs, in small letters."""
    undone: frozenset[str] = frozenset()
    """Those of the UNDOABLE fields that are as usual whatever a weaker rule says."""
    is_lettered: bool = False
    """Whether it numbers the items of a list with letters."""
    gaps: frozenset[Side] = frozenset()
    """At which of its ends it is drawn apart from the text that it touches."""
    is_underlined: bool = False

    def __bool__(self) -> bool:
        return any(self[:3]) or any(self[4:])  # `is_forced` says nothing by itself

    def over(self, weaker: Meaning) -> Meaning:
        """It where a weaker rule speaks of the same text. Danger: "not" that two rules strike out and do not."""
        made = self._replace(in_lines=self.in_lines or weaker.in_lines, font=self.font or weaker.font)
        made = made._replace(is_lettered=self.is_lettered or weaker.is_lettered, gaps=self.gaps | weaker.gaps)
        made = made._replace(is_underlined=self.is_underlined or weaker.is_underlined)
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
        return self.declared()

    def declared(self, *, is_important: bool = False) -> str:
        """It as declarations, each of which is important or as it is."""
        display = self.shown or ("inline" if "shown" in self.undone else "")
        align = {"sup": "super", "sub": "sub"}.get(self.place, "baseline" if "place" in self.undone else "")
        drawn = "underline " * self.is_underlined + "line-through" * self.struck
        line = drawn.rstrip() or ("none" if "struck" in self.undone else "")
        said = {
            "vertical-align": align,
            "text-decoration": line,
            "display": display,
            "white-space": "pre-line" if self.in_lines else "",
            "font-family": self.font,
            "list-style-type": "lower-alpha" if self.is_lettered else "",
            **{name: "1em" for side, name in SIDES.items() if side in self.gaps},
        }
        forced = {name for name in said if is_important} | ({"display"} if self.is_forced else set())
        return ";".join(
            f"{name}:{value}{'!important' * (name in forced)}" for name, value in said.items() if value
        )


def meaning(style: str) -> Meaning:
    """What declarations, such as those of a `style` attribute, say of the text."""
    return _meaning(declarations(style))


def values(style: str) -> dict[str, str]:
    """The values that a `style` attribute gives, by name: of each the last, or the last important one.

    A value of `display` that no browser knows counts for nothing.
    """
    said = sorted(declarations(style), key=lambda one: one.is_important)
    return {one.name: one.value for one in said if one.name != "display" or _shown(one.value) is not None}


def _meaning(said: Iterable[Declaration]) -> Meaning:
    """What the declarations of one block say: of each kind the last, or the last important one, counts."""
    ordered = sorted(said, key=lambda one: one.is_important)
    place: Place = ""
    straight = struck = plain = in_lines = is_forced = is_lettered = is_underlined = False
    shown: Shown | None = None
    font = ""
    offsets: dict[str, str] = {}
    for name, value, is_important in ordered:
        if name == "vertical-align" and (raised := _place(value)) is not None:
            place, straight = raised, value in _USUAL
        elif name == "font-variant-position" and value in ("super", "sub", "normal"):
            place, straight = _place(value) or "", value == "normal"
        elif name in _DECORATIONS:
            struck, is_underlined = "line-through" in value.split(), "underline" in value.split()
            plain = not struck
        elif name == "display" and (kind := _shown(value)) is not None:
            shown, is_forced = kind, is_important
        elif name == "white-space":
            in_lines = not _LINES.isdisjoint(value.split())
        elif name in ("font", "font-family"):
            font = _font(value)
        elif name in ("list-style", "list-style-type"):
            is_lettered = not _LETTERS.isdisjoint(value.split())
        if name in ("position", "top", "bottom"):
            offsets[name] = value
    moved = "top" in offsets or "bottom" in offsets  # raised so in many sheets, lest lines move apart
    place = place or _moved(offsets)
    usual = {"place": straight and not place and not moved, "struck": plain, "shown": shown == ""}
    undone = frozenset(name for name, is_so in usual.items() if is_so)
    gaps = gaps_of((name, value) for name, value, _ in ordered)
    return Meaning(place, struck, shown or "", is_forced, in_lines, font, undone, is_lettered, gaps, is_underlined)


class Rule(NamedTuple):
    """What a sheet says of the elements that a selector selects."""

    selector: str
    said: Meaning
    is_important: bool = False
    """Whether it is stronger than all that is not."""


class _Block(NamedTuple):
    """A rule that is open, or one that groups others."""

    selectors: tuple[str, ...] = ()
    """With those of the rules around it; none where what stands in it is of no element."""
    around: str | None = ""
    """What selectors inside of it stand within; None where they select nothing, or would be too long."""
    is_sometimes: bool = False
    said: list[Declaration] = []  # noqa: RUF012  (each block gets one of its own)


_TELLING = {*_DECORATIONS, "vertical-align", "font-variant-position", "display", "white-space"}
_TELLING |= {"font", "font-family", "position", "top", "bottom", "list-style", "list-style-type"}
_TELLING |= PARTING


def rules(sheet: str, media: str = "") -> Iterator[Rule]:
    """The rules of a sheet for `media` that change what a text says, in the order of their ends.

    How it is drawn on screens of some sizes only is passed over. Raises TooLongError.
    """
    folded = sheet.lower()
    if "\\" not in folded and not any(name in folded for name in _NAMES):
        return
    blocks = [_grouping(f"@media {media}", _Block()) if media else _Block()]
    for part in parts(sheet):
        if isinstance(part, Opened):
            blocks.append(_opened(part.words, blocks[-1]))
        elif isinstance(part, Closed):
            yield from _told(blocks.pop())
        elif isinstance(part, Declaration) and blocks[-1].selectors and part.name in _TELLING:
            blocks[-1].said.append(part)


def _opened(words: str, outer: _Block) -> _Block:
    """The block that begins with these words inside another."""
    if words.startswith("@"):
        return _grouping(words, outer)
    own = tuple(islice(_nested(words, outer.around), MOST_RULES))
    return _Block(own, _as_one(own), outer.is_sometimes, [])


def _grouping(words: str, outer: _Block) -> _Block:
    is_media = words[:6].lower() == "@media"
    elsewhere = is_media and _NOT_ON_SCREENS.search(words) is not None and "screen" not in words.lower()
    if elsewhere or not _GROUPS.match(words):
        return _Block(around=None)
    is_sometimes = outer.is_sometimes or _SOMETIMES.match(words) is not None
    if scope := _SCOPE.match(words):
        return _Block((), _as_one(tuple(_nested(scope[1], outer.around))), is_sometimes)
    return _Block(outer.selectors, outer.around, is_sometimes, [])


def _as_one(own: tuple[str, ...]) -> str | None:
    one = own[0] if len(own) == 1 else f":is({', '.join(own)})" if own else None
    return None if one is None or len(one) > LONGEST_SELECTOR else one


def _nested(words: str, around: str | None) -> Iterator[str]:
    """The selectors of a rule, within those of the rules that it is nested in (CSS Nesting 1, section 3)."""
    if around is None or words.startswith("--"):
        return
    for one in selectors.split(words):
        if not one or len(one) + max(1, one.count("&")) * len(around) > LONGEST_SELECTOR:
            continue
        if not around:
            yield one
        else:
            yield one.replace("&", around) if "&" in one else f"{around} {one}"


def _told(block: _Block) -> Iterator[Rule]:
    if not block.said:
        return
    said = _meaning(block.said)
    forced = _meaning(one for one in block.said if one.is_important and one.name != "display")
    forced = forced._replace(undone=forced.undone & said.undone)
    if block.is_sometimes:
        said, forced = (one._replace(shown="", is_forced=False, undone=frozenset()) for one in (said, forced))
    for selector in block.selectors:
        if written := written_by(selector, block.said, said.gaps):
            yield Rule(written.selector, Meaning(gaps=frozenset((written.side,))))
        is_soon_shown = said.shown == "none" and _MAY_CHANGE.search(selector)
        if lasting := said._replace(shown="", is_forced=False) if is_soon_shown else said:
            yield Rule(selector, lasting)
        if forced:
            yield Rule(selector, forced, is_important=True)


def _place(value: str) -> Place | None:
    """Raised, lowered or ("") neither; nothing for what no browser knows."""
    if value in ("super", "sub"):
        return "sup" if value == "super" else "sub"
    if value in _USUAL or value in _ELSEHOW or value == "normal":
        return ""
    length = _LENGTH.fullmatch(value)
    if length is None:
        return None
    far = float(length[1])
    return "" if abs(far) < _LEAST[length[2]] else "sup" if far > 0 else "sub"


def _moved(offsets: Mapping[str, str]) -> Place:
    """Raised or lowered where a text is moved from its place, as word processors do ("top:-6pt")."""
    if offsets.get("position") != "relative":
        return ""
    far = _LENGTH.fullmatch(offsets.get("top", "auto")) or _LENGTH.fullmatch(offsets.get("bottom", "auto"))
    if far is None or far[2] not in _MOST or not _LEAST[far[2]] <= abs(float(far[1])) <= _MOST[far[2]]:
        return ""
    upwards = (float(far[1]) < 0) is (far.string == offsets.get("top"))
    return "sup" if upwards else "sub"


def _shown(value: str) -> Shown | None:
    """How a value of `display` shows text; nothing for what no browser knows."""
    words = frozenset(value.split())
    if not words or not (words <= _DISPLAYS | {"flow"}):
        return None
    if "none" in words:
        return "none"
    if of_tables := next((_OF_TABLES[word] for word in value.split() if word in _OF_TABLES), None):
        return of_tables
    return "flex" if words & _BOXES else "block" if words & _BOX else ""


def _font(value: str) -> str:
    """The first font, where it is one of signs."""
    words = value.partition(",")[0].strip(" \"'")
    return next((name for name in symbol_fonts.FONTS if re.search(rf"(?:^|\s|[\"']){name}$", words)), "")
