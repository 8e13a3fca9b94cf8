"""Words for what has no markup: raised and lowered digits keep their place, so that 10⁹ is never 109."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from voicegen.model.document import Run, Text

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_CUSTOM = re.compile(r"[^\W\d_]{2,5}|e")


def as_written(run: Run) -> str:
    """The run's characters; raised or lowered ones as such where Unicode has them, else marked by a sign.

    Letters that are raised only by custom, as in "2nd" and "Mme", stay as they are. The mark of a note stands
    apart, in brackets: "10 m" with a note 2 is not 10 m², nor is 10⁹ with a note 1 10⁹¹.
    """
    words = run.text.strip()
    if not run.position or not words or (run.position == "sup" and _CUSTOM.fullmatch(words)):
        return run.text
    if run.position == "note":
        return f" [{words.strip('[]')}]"
    table, sign = (_LOWERED, "_") if run.position == "sub" else (_RAISED, "^")
    return run.text.translate(table) if all(ord(mark) in table for mark in words) else f"{sign}{run.text}"


def in_signs(runs: Iterable[Run]) -> str:
    """The characters of runs that follow each other; neighbours of one style are one, as they are in markup."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text=run.text, hidden=run.hidden) == run:
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return "".join(map(as_written, joined))


def name_of(heading: Text) -> str:
    """What a chapter, a page or a column is called: its heading in one line."""
    return " ".join(in_signs(heading.runs).split())
