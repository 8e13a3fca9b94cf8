"""What the player reads: the times of chapters and sentences and our words, as JSON in the page itself.

A page opened from a file may fetch nothing, so the data stands in it as a data block (HTML, section 4.12.1), which
no browser runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from voicegen.formats._differences import line_forms, spoken_forms
from voicegen.formats._links import Found
from voicegen.formats._schema_org import safe_json
from voicegen.formats._verified import PublishedTimeline
from voicegen.formats.words import Words
from voicegen.model.edition import Edition
from voicegen.steps.timecode import to_ms

ID = "page_data"
SAID = (
    *("play", "pause", "chapter", "first", "last", "end", "loading", "missing"),
    *("position_text", "said_as", "keeping", "kept", "not_kept", "forgotten"),
)
"""The words that the player says; the others stand on its controls."""


def player_data(edition: Edition, words: Words, order: Iterable[str]) -> Markup:
    """The JSON for `<script type="application/json">`; times are in milliseconds from the start.

    `lines` are starts, or [start, forms, id] where there is more to tell: `forms` are rows of the page's
    table of spoken forms, from 0; the id is that of the next sentence in the `order` of the page where none is
    given. A line that stands nowhere on the page has -1 - start. `said` stands for all that is said: another
    dose need not take another time, and the page asks by this data whether it is still the one that is published.
    """
    timeline, rate = edition.timeline, edition.timeline.rate_hz
    lines = {line.id: line for line in edition.script.lines}
    places = _Places(order)
    rows = {form: row for row, form in enumerate(spoken_forms(edition.script))}
    told: list[Any] = []
    for cue, line in ((cue, lines[cue.line]) for cue in timeline.cues if cue.line in lines):
        start = to_ms(cue.start, rate)
        if not line.target:
            told.append(-1 - start)
            continue
        name = places.name(line.id)
        forms = [rows[form] for form in line_forms(line)]
        told.append([start, forms, *name] if forms or name else start)
    facts: Mapping[str, Any] = {
        "page": edition.page.id,
        "title": timeline.marks[0].title,
        "publisher": edition.page.publisher,
        "length": to_ms(timeline.samples, rate),
        "chapters": [to_ms(mark.start, rate) for mark in timeline.marks],
        "lines": told,
        "said": _digest(
            (line, lines[line].spoken) for line in (cue.line for cue in timeline.cues) if line in lines
        ),
        "words_lang": words.lang,
        "words": {key: words.texts["player"][key] for key in SAID},
    }
    return safe_json(facts)


def _digest(said: Iterable[tuple[str, str]]) -> str:
    """What stands for the ids and spoken words of lines."""
    return hashlib.sha256(json.dumps([*said]).encode()).hexdigest()[:16]


class _Places:
    """Goes through the sentences of a page in its order, as the player does."""

    def __init__(self, order: Iterable[str]) -> None:
        self._order = list(order)
        self._places = {name: at for at, name in enumerate(self._order)}
        self._next = 0

    def name(self, line: str) -> tuple[str, ...]:
        """What must be told to find a line: nothing, or its id. Raises KeyError where the page has none such."""
        expected = self._order[self._next] if self._next < len(self._order) else ""
        self._next = self._places[line] + 1
        return () if line == expected else (line,)

    def found(self, name: str = "") -> str:
        """The id of the next line, or of the one that is named. Raises KeyError or IndexError for none."""
        at = self._places[name] if name else self._next
        self._next = at + 1
        return self._order[at]


def data_troubles(found: Found, timeline: PublishedTimeline) -> Iterator[str]:
    """Where the player's data in a published page says something else than timeline.json, in words."""
    rate = timeline.rate_hz
    try:
        facts = json.loads("".join(text for facts, text in found.scripts if facts.get("id") == ID))
        length, chapters, said = facts["length"], facts["chapters"], facts["said"]
        lines = list(_lines(facts["lines"], found.lines))
    except (ValueError, LookupError, TypeError) as trouble:
        yield f"the player's data can't be read ({type(trouble).__name__}: {trouble})"
        return
    if length != to_ms(timeline.samples, rate):
        yield f"the player takes the recording to last {length} ms"
    if chapters != [to_ms(mark.start, rate) for mark in timeline.marks]:
        yield "the player has other chapters than timeline.json"
    if said != _digest((line.id, line.spoken) for line in timeline.lines):
        yield "the player's data is of other words than timeline.json"
    planned = [(to_ms(line.start, rate), line.id if line.shown else "") for line in timeline.lines]
    if [start for start, _ in lines] != [start for start, _ in planned] or any(
        name and name != known for (_, name), (_, known) in zip(lines, planned, strict=True)
    ):
        yield "the player has other sentences than timeline.json"


def _lines(told: Iterable[Any], order: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Start and id of every line, as the player makes them out."""
    places = _Places(order)
    for entry in told:
        start, _, *name = entry if isinstance(entry, list) else (entry, [])
        yield (start, places.found(*name)) if start >= 0 else (-1 - start, "")
