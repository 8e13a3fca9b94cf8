"""What the player reads: the times of chapters and sentences and our words, as JSON in the page itself.

A page opened from a file may fetch nothing, so the data stands in it as a data block (HTML, section 4.12.1), which
no browser runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from voicegen.formats._differences import line_forms
from voicegen.formats._schema_org import safe_json
from voicegen.formats._verified import PublishedTimeline
from voicegen.formats.words import Words
from voicegen.model.edition import Edition
from voicegen.steps.timecode import to_ms

ID = "page_data"
SAID = (
    *("play", "pause", "chapter", "first", "last", "end", "loading", "missing"),
    *("position_text", "said_as", "forgotten"),
)
"""The words that the player says; the others stand on its controls."""


def player_data(edition: Edition, words: Words) -> Markup:
    """The JSON for `<script type="application/json">`; times are in milliseconds from the start.

    `lines` are [start, id, forms]: without an id the line stands nowhere on the page; `forms` are pairs of words
    as they are written and as they are said.
    """
    timeline, rate = edition.timeline, edition.timeline.rate_hz
    lines = {line.id: line for line in edition.script.lines}
    told = []
    for cue, line in ((cue, lines[cue.line]) for cue in timeline.cues if cue.line in lines):
        entry: list[Any] = [to_ms(cue.start, rate), line.id if line.target else ""]
        if line.target and (forms := [[form.shown, form.spoken] for form in line_forms(line)]):
            entry.append(forms)
        told.append(entry)
    facts: Mapping[str, Any] = {
        "page": edition.page.id,
        "title": timeline.marks[0].title,
        "publisher": edition.page.publisher,
        "length": to_ms(timeline.samples, rate),
        "chapters": [[to_ms(mark.start, rate), mark.id] for mark in timeline.marks],
        "lines": told,
        "words_lang": words.lang,
        "words": {key: words.texts["player"][key] for key in SAID},
    }
    return safe_json(facts)


def data_troubles(page: str, timeline: PublishedTimeline) -> Iterator[str]:
    """Where the player's data in a published page says something else than timeline.json, in words."""
    found = _Block()
    found.feed(page)
    rate = timeline.rate_hz
    try:
        facts = json.loads(found.text)
        length, chapters = facts["length"], facts["chapters"]
        lines = [(start, name) for start, name, *_ in facts["lines"]]
    except (ValueError, KeyError, TypeError) as trouble:
        yield f"the player's data can't be read ({type(trouble).__name__}: {trouble})"
        return
    if length != to_ms(timeline.samples, rate):
        yield f"the player takes the recording to last {length} ms"
    if chapters != [[to_ms(mark.start, rate), mark.id] for mark in timeline.marks]:
        yield "the player has other chapters than timeline.json"
    planned = [(to_ms(line.start, rate), line.id if line.shown else "") for line in timeline.lines]
    if [start for start, _ in lines] != [start for start, _ in planned] or any(
        name and name != known for (_, name), (_, known) in zip(lines, planned, strict=True)
    ):
        yield "the player has other sentences than timeline.json"


class _Block(HTMLParser):
    """The text of the player's data block."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes where the block begins."""
        self._inside = tag == "script" and ("id", ID) in attrs

    def handle_endtag(self, tag: str) -> None:
        """Notes where it ends."""
        self._inside = False

    def handle_data(self, data: str) -> None:
        """Keeps its text."""
        if self._inside:
            self.text += data
