"""Proving, before anything is spoken, that what will be said says what the page shows.

Amounts, units, comparators, ranges and negations of every line are compared by a parser that knows nothing of the
speech rules (`voicegen.speech.proof`), and the urgency that a box says with the urgency that its markup has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voicegen.errors import ProofError
from voicegen.model.document import Callout, Document, texts
from voicegen.model.script import Script
from voicegen.speech import frames
from voicegen.speech.proof import check
from voicegen.steps.scripting import clip

URGENCIES = ("emergency", "urgent", "non-urgent")
"""Those that a label can contradict; a warning or a note makes no claim of this kind."""


def prove(document: Document, script: Script, source: str) -> list[ProofError]:
    """What is wrong, one error for each line or box; empty where all is well. `source` names the page."""
    shown = {text.number: text for text in texts(document)}
    errors = []
    for line in script.lines:
        if line.target:
            runs = clip(shown[line.target.text].runs, line.target.start, line.target.end)
            for difference in check(runs, line.spoken, line.lang):
                errors.append(
                    ProofError(
                        source,
                        f"“{line.shown}” would be said “{line.spoken}”: {difference}",
                        "Reword the sentence, and please report the rule that misreads it.",
                    )
                )
    for box in _callouts((document.blocks, document.sections)):
        claimed = _claimed(box, document.lang)
        if claimed and claimed != box.urgency:
            label = box.label.plain.strip() if box.label else ""
            errors.append(
                ProofError(
                    source,
                    f"a box marked as {box.urgency} says “{label}”",
                    "Correct the box's class or its label: a listener hears only the label.",
                )
            )
    return errors


def _claimed(box: Callout, lang: str) -> str:
    """The urgency that the box's label names in the page's language or in English; empty where it names none."""
    if box.label is None or box.urgency not in URGENCIES:
        return ""
    label = _letters(box.label.plain)
    for words in (frames(lang), frames("en")):
        for urgency in URGENCIES:
            if label and label == _letters(words.urgency(urgency)):  # type: ignore[arg-type]
                return urgency
    return ""


def _letters(words: str) -> str:
    return "".join(mark for mark in words.casefold() if mark.isalpha())


def _callouts(value: Any) -> Iterator[Callout]:
    """Every box, wherever it stands."""
    if isinstance(value, tuple):
        for part in value:
            yield from _callouts(part)
    else:
        if isinstance(value, Callout):
            yield value
        for name in ("blocks", "sections", "items", "entries", "descriptions", "rows"):
            yield from _callouts(getattr(value, name, ()))
