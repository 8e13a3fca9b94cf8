"""A line's words for files without markup: raised and lowered digits keep their place, 10⁹ is never 109."""

from __future__ import annotations

import re
import unicodedata

from voicegen.model.document import Run, texts
from voicegen.model.edition import Edition
from voicegen.steps.scripting import clip

RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")


_CUSTOM = re.compile(r"[^\W\d_]{2,5}|e")


def written(edition: Edition) -> dict[str, str]:
    """By line id: the words that the transcript shows, or those spoken where it shows none."""
    shown = {text.number: text for text in texts(edition.document)}
    lines = {}
    for line in edition.script.lines:
        lines[line.id] = line.spoken
        if line.target:
            runs = clip(shown[line.target.text].runs, line.target.start, line.target.end)
            lines[line.id] = "".join(map(as_written, runs))
    return lines


def as_written(run: Run) -> str:
    """The run's characters; raised or lowered ones as such where Unicode has them, else marked by a sign.

    Letters that are raised only by custom, as in "2nd" and "Mme", stay as they are.
    """
    words = run.text.strip()
    if not run.position or not words or (run.position == "sup" and _CUSTOM.fullmatch(words)):
        return run.text
    table, sign = (LOWERED, "_") if run.position == "sub" else (RAISED, "^")
    if all(ord(mark) in table for mark in run.text.strip()):
        return run.text.translate(table)
    return f"{sign}{run.text}" if run.position != "note" else f" [{run.text.strip()}]"


def signs(words: str) -> str:
    """The signs of some words that are seen, for books in which markup raises: 10⁹ is 10 and a raised 9.

    What marks raised words in a file without markup is left out; every other sign counts: 0.5 is not 05.
    """
    plain = unicodedata.normalize("NFKC", words).casefold().translate(_PLAIN)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "CZ")


_PLAIN = dict.fromkeys(map(ord, "^_[]\ufffd")) | {ord("−"): "-"}
