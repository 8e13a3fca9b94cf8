"""Words for what has no markup: raised and lowered digits keep their place, so that 10⁹ is never 109."""

from __future__ import annotations

import re

from voicegen.model.document import Run, Text

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_CUSTOM = re.compile(r"[^\W\d_]{2,5}|e")


def as_written(run: Run) -> str:
    """The run's characters; raised or lowered ones as such where Unicode has them, else marked by a sign.

    Letters that are raised only by custom, as in "2nd" and "Mme", stay as they are.
    """
    words = run.text.strip()
    if not run.position or not words or (run.position == "sup" and _CUSTOM.fullmatch(words)):
        return run.text
    table, sign = (_LOWERED, "_") if run.position == "sub" else (_RAISED, "^")
    if all(ord(mark) in table for mark in run.text.strip()):
        return run.text.translate(table)
    return f"{sign}{run.text}" if run.position != "note" else _apart(run)


def name_of(heading: Text) -> str:
    """What a chapter or a page is called: its heading in one line; a note's mark stands apart, as in 10⁹ [1]."""
    marked = (_apart(run) if run.position == "note" else as_written(run) for run in heading.runs)
    return " ".join("".join(marked).split())


def _apart(note: Run) -> str:
    """The mark of a note in brackets, in one pair of them."""
    return f" [{note.text.strip().strip('[]')}]"
