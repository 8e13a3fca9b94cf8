"""Where a style draws a text apart from the one that it touches: a margin, a float, a sign between them.

Danger: `<li>Week 1<span class="dose">5 mg</span></li>` shows "Week 1" and, with a margin or at the other end of
the line, "5 mg"; by its letters it is "Week 15 mg".
Source: CSS 2.2, sections 8.3 and 8.4 (margins, padding), 9.5 (floats), 9.6 (absolute positions), 12.1 (`content`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from voicegen.cascade.sheet import Declaration

Side = Literal["before", "after"]
SIDES: dict[Side, str] = {"before": "margin-left", "after": "margin-right"}
"""The ends of a text, and what parts it there."""
_BOTH: frozenset[Side] = frozenset(SIDES)
_ENDS: dict[str, tuple[Side, ...]] = {
    **dict.fromkeys(("left", "inline-start"), ("before",)),
    **dict.fromkeys(("right", "inline-end"), ("after",)),
    "inline": ("before", "after"),
}
_SPACES = ("margin", "padding")
_WIDTHS = ("width", "min-width")
PARTING = frozenset(
    (
        "float",
        "content",
        *_WIDTHS,
        *_SPACES,
        *(f"{space}-{end}" for space in _SPACES for end in _ENDS),
    )
)
"""Properties that part texts, besides `display` and `position`."""
_LENGTH = re.compile(r"\+?(\d+\.?\d*|\.\d+)([a-z]+|%)")
_LEAST = {"em": 0.3, "ex": 0.6, "ch": 0.6, "rem": 0.2, "px": 3.0, "pt": 2.0}
"""Gaps that are seen. Danger: 0.25em stands between the thousands of one number ("10" and "000")."""
_VALUES = re.compile(r"[^\s(]+(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?")
_ALONGSIDE = frozenset(("inline-block", "inline-flex", "inline-grid", "inline-table"))
_PSEUDO = re.compile(r"::?(before|after)\Z", re.I)
_NOTHING = frozenset(("", "none", "normal", "initial", "unset", "\u200b", "\ufeff"))


class Written(NamedTuple):
    """What a style writes beside a text."""

    selector: str
    """Of the elements beside whose text it stands."""
    side: Side


def gaps_of(said: Iterable[tuple[str, str]]) -> frozenset[Side]:
    """The ends at which what is declared, in order and each as name and value, draws a text apart."""
    wide: dict[tuple[str, Side], bool] = {}
    others: dict[str, str] = {}
    for name, value in said:
        space, _, end = name.partition("-")
        if space not in _SPACES:
            others[name] = value
        elif end in _ENDS:
            wide.update({(space, side): _is_wide(value) for side in _ENDS[end]})
        elif not end and (values := _VALUES.findall(value)):
            right = values[min(1, len(values) - 1)]
            wide[space, "after"] = _is_wide(right)
            wide[space, "before"] = _is_wide(values[3] if len(values) > 3 else right)
    if others.get("float") in ("left", "right") or others.get("position") in ("absolute", "fixed"):
        return _BOTH
    if others.get("display") in _ALONGSIDE and any(_is_wide(others.get(name, "")) for name in _WIDTHS):
        return _BOTH
    return frozenset(side for (_, side), is_wide in wide.items() if is_wide)


def _is_wide(value: str) -> bool:
    """Whether a length parts what it stands between, as one that is reckoned ("calc(…)") mostly does."""
    length = _LENGTH.fullmatch(value)
    if length is None:
        return "(" in value
    return float(length[1]) >= _LEAST.get(length[2], 0.1)


def written_by(selector: str, said: Sequence[Declaration], gaps: frozenset[Side]) -> Written | None:
    """What a rule writes beside a text, be it a gap alone: `gaps` are those of what it says."""
    found = _PSEUDO.search(selector)
    if found is None:
        return None
    words = next((one.value for one in reversed(said) if one.name == "content"), "none")
    if words.strip("\"'") in _NOTHING and (words in _NOTHING or not gaps):
        return None
    return Written(selector[: found.start()] or "*", "before" if found[1].lower() == "before" else "after")
