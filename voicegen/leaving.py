"""What leaves the house: how much of which pages an engine on another machine would get, and what it must not.

An engine names the host that gets its text (`contracts.Worker.host`). Before the first line is sent, staff are
told who gets how much; and a page that seems to hold one person's data is refused as a whole, with the place.
"""

from __future__ import annotations

from dataclasses import dataclass

from voicegen.errors import SourceError
from voicegen.model.script import Script
from voicegen.personal import signs
from voicegen.steps.speaking import Speaker

MOST_SIGNS = 5
"""Places that a message names; more are counted."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Text on its way out of the house."""

    host: str
    characters: int
    lines: int
    """How many lines of the script these are; what is in the store already is not sent again."""
    pages: int = 0
    """How many pages they are of; 0 where it is a text and no page."""

    def __str__(self) -> str:
        """In words for staff."""
        of = f" of {self.pages} page{'s' * (self.pages != 1)}" if self.pages else ""
        sizes = f"{self.characters:,} character{'s' * (self.characters != 1)}"
        lines = f"{self.lines:,} line{'s' * (self.lines != 1)}"
        return f"To {self.host} goes the text{of}: {sizes} in {lines}."


def amount(script: Script, speaker: Speaker, pages: int = 0) -> Leaving:
    """What would be sent to speak the script now. Raises MissingPartError where a voice is not there."""
    new = {speaker.key(line): len(speaker.prepared(line)) for line in script.lines if not speaker.knows(line)}
    return Leaving(speaker.host(script.lang), sum(new.values()), len(new), pages)


def check(script: Script, where: str, host: str) -> None:
    """Raises SourceError where the script seems to hold one person's data. Names places and kinds, never words."""
    numbered = [
        (chapter, number, line)
        for chapter, part in enumerate(script.chapters, 1)
        for number, line in enumerate(part.lines, 1)
    ]
    shown = list(signs([line.shown or line.spoken for _, _, line in numbered]))
    spoken = list(signs([line.spoken for _, _, line in numbered]))
    found = sorted({(sign.line, sign.kind) for sign in (*shown, *spoken)})
    if not found:
        return
    places = [f"{kind} (chapter {numbered[at][0]}, line {numbered[at][1]})" for at, kind in found[:MOST_SIGNS]]
    more = f" and {len(found) - MOST_SIGNS} more" if len(found) > MOST_SIGNS else ""
    raise SourceError(
        where,
        f"it seems to hold one person's data, so that nothing of it was sent to {host}: {', '.join(places)}{more}",
        "Take it out of the page, or use an engine that speaks on this machine (docs/why/privacy.md).",
    )
