"""Proving, before anything is spoken, that what will be said says what the page shows.

Amounts, units, comparators, ranges and negations of every line are compared by a parser that knows nothing of the
speech rules (`voicegen.speech.proof`), all other words that a rule changes by tables that are not the rules'
(`proof_wording`), and the urgency that a box says with the urgency that its markup has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voicegen.errors import ProofError
from voicegen.model.account import Account, Origin
from voicegen.model.document import Callout, Document, Run, Text, texts
from voicegen.model.script import Line, Script
from voicegen.model.written import name_of
from voicegen.speech import explained, frames, page_words
from voicegen.speech.proof_groups import one_or_two
from voicegen.speech.proof_letters import unreadable
from voicegen.steps.disagreement import Sentence, disagreements
from voicegen.steps.lines import clip

URGENCIES = ("emergency", "urgent", "non-urgent")
"""Those that a label can contradict; a warning or a note makes no claim of this kind."""
_MARKED = {"emergency": "an emergency", "urgent": "urgent", "non-urgent": "not urgent"}
LONGEST_NAMED = 160
MOST_NAMED = 20
"""Places of a page that are named: whoever mends them builds again."""
_POINT = {
    *("bn", "cy", "en", "ga", "gu", "he", "hi", "ja", "kn", "ko", "ml", "mr", "ms"),
    *("mt", "ne", "pa", "si", "sw", "ta", "te", "th", "tl", "ur", "zh"),
}
"""Languages whose decimal mark is a point, and whose comma parts thousands (Unicode CLDR 45, number symbols)."""
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}[.,]\d{3}(?!\d)")
"""What is thousands in one language and a decimal fraction in another."""
UNCHANGED = "Nothing of this page was published, and what was published before stays as it is."


def prove(document: Document, script: Script, source: str, account: Account | None = None) -> list[ProofError]:
    """What is wrong, one error for each place; empty where all is well. `source` names the page.

    `account` tells the lines of the source, and which lines say a text again.
    """
    origins = account.origins if account else {}
    found = {str(error): error for error in _softened(document, script, source, origins)}
    shown = {text.number: text for text in texts(document)}
    names = dict(page_words(document).spoken_names)
    named: dict[int, tuple[Run, ...]] = {}
    for line in script.lines:
        origin = origins.get(line.id) or _own(line)
        if origin and len(found) < MOST_NAMED:
            if origin.text not in named:
                named[origin.text] = explained(shown[origin.text].runs, names, once=False)
            runs = named[origin.text]
            if line.target:
                runs = clip(runs, line.target.start, line.target.end)
            sentence = Sentence(runs, line.spoken, origin.changes, line.lang)
            for error in (*_unlike(sentence, source, origin.line), *_foreign(runs, line, source, origin.line)):
                found.setdefault(str(error), error)
    return list(found.values())


def _own(line: Line) -> Origin | None:
    return Origin(line.target.text, 0, line.changes) if line.target else None


def _foreign(runs: Sequence[Run], line: Line, source: str, at: int) -> Iterator[ProofError]:
    """An error where a voice says a number of another language that is another number in its own: "1.500"."""
    for run in runs:
        lang = run.lang or line.lang
        number = _THOUSANDS.search(run.text)
        if number and _has_point(lang) != _has_point(line.lang):
            yield ProofError(
                _where(source, at),
                f"“{number[0]}” is in {lang!r} and would be said in {line.lang!r}, where it is another number",
                f"{UNCHANGED} Write the number without a sign in it, such as {re.sub('[.,]', '', number[0])}.",
            )


def _has_point(lang: str) -> bool:
    return lang.split("-")[0].lower() in _POINT


def _unlike(sentence: Sentence, source: str, line: int) -> Iterator[ProofError]:
    """An error for each place of a sentence in which other words would be said than are shown."""
    for place in disagreements(sentence):
        said = f"would say “{_short(place.said)}”" if place.said else "would leave it out"
        remedy = (
            "Write it in another way on the page, such as a unit in full, and please report it with this message."
        )
        if "pronunciations" in place.rules:
            remedy = "It is the list of pronunciations that says so: correct it there."
        what = f"the page shows “{_short(place.shown)}” but the recording {said}"
        if place.shown == place.said:
            what = f"the page shows “{_short(place.shown)}”, and a voice would not say it as it is meant"
        if why := unreadable(place.shown, place.said):
            what, remedy = f"the page shows “{_short(place.shown)}”, and {why[0]}", "Type these words anew."
        elif any(one_or_two(place.shown, place.said, sentence.lang)):
            what = f"the page shows “{_short(place.shown)}”, which can be one number or two"
            remedy = "Close the number up, or part the two by a word, a comma or a colon."
        yield ProofError(_where(source, line), what, f"{UNCHANGED} {remedy}")


def _where(source: str, line: int) -> str:
    return f"{source}, line {line}" if line else source


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_NAMED else words[: LONGEST_NAMED - 1] + "…"


def _softened(
    document: Document, script: Script, source: str, origins: Mapping[str, Origin]
) -> Iterator[ProofError]:
    """An error for each box that is labelled, or said, to be of another urgency than its markup has."""
    over = {
        id(section.blocks[0]): section.heading
        for section in document.all_sections()
        if section.blocks and isinstance(section.blocks[0], Callout)
    }
    for box in _callouts((document.blocks, document.sections)):
        if box.urgency not in URGENCIES:
            continue
        if box.label is None:
            heading = box.heading or over.get(id(box))
            if heading:
                yield from _contradicted(box, heading, script, source, origins, document.lang)
            continue
        number = box.label.number
        lines = [line for line in script.lines if line.target and line.target.text == number]
        where = _where(source, next((origins[line.id].line for line in lines if line.id in origins), 0))
        label, marked = name_of(box.label), _MARKED[box.urgency]
        claimed = _claimed(label, document.lang)
        if claimed and claimed != box.urgency:
            yield ProofError(
                where,
                f"the page marks a box as {marked}, but its label says “{_short(label)}”",
                f"{UNCHANGED} Correct the label, or the box's class in the HTML: a listener hears only the label.",
            )
        elif claimed != _claimed(" ".join(line.spoken for line in lines), document.lang):
            yield ProofError(
                where,
                f"the label “{_short(label)}” of a box that is marked as {marked} would be said otherwise",
                f"{UNCHANGED} Look for the label in the list of pronunciations.",
            )


def _contradicted(
    box: Callout, heading: Text, script: Script, source: str, origins: Mapping[str, Origin], lang: str
) -> Iterator[ProofError]:
    """An error where the heading of a box without a label begins with another urgency than its markup has."""
    claimed = _claimed(" ".join(heading.plain.split()), lang)
    if claimed and claimed != box.urgency:
        lines = (line.id for line in script.lines if line.target and line.target.text == heading.number)
        yield ProofError(
            _where(source, next((origins[one].line for one in lines if one in origins), 0)),
            f"the page marks a box as {_MARKED[box.urgency]}, but its heading says “{_short(name_of(heading))}”",
            f"{UNCHANGED} Correct the heading, or the box's class in the HTML: a listener would hear both.",
        )


def _claimed(label: str, lang: str) -> str:
    """The urgency that a label begins with, in the page's language or in English; empty where it names none."""
    letters = _letters(label)
    for words in (frames(lang), frames("en")):
        for urgency in URGENCIES:
            name = _letters(words.urgency(urgency))  # type: ignore[arg-type]
            if name and letters.startswith(name):
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
