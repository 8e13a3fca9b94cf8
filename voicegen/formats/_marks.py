"""The marks of a recording as every player of it is told them, and whether it was told the right ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.formats._verified import PublishedMark, PublishedTimeline
from voicegen.model.timeline import Mark
from voicegen.recordings.opening import Recording
from voicegen.sound.chapters import at_most, one_line
from voicegen.steps.checking import MOST_MS_OFF, QUIET, peak
from voicegen.steps.timecode import to_ms

SOON_MS = 1_000
"""How soon after its planned start something of a chapter's first line must be heard."""
SOFT = QUIET / 10
"""Of full scale: what even a soft voice reaches, and what is left of silence never does."""


def shortlist(marks: Sequence[Mark], most: int) -> list[Mark]:
    """The marks that a table with room for `most` tells of; all, where they fit."""
    return [marks[at] for at in at_most([mark.level for mark in marks], most)]


def differences(
    what: str, found: Sequence[tuple[int, str]], marks: Sequence[PublishedMark], rate_hz: int, most: int
) -> Iterator[str]:
    """What is wrong with the start (in milliseconds) and title of each chapter found, beside the published marks.

    `most` is how many the table has room for. A title that was cut ends in a sign of it.
    """
    planned = [marks[at] for at in at_most([mark.level for mark in marks], most)]
    if len(found) != len(planned):
        yield f"{what}: there are {len(found)} chapters, not {len(planned)}"
    for (start, title), mark in zip(found, planned, strict=False):
        place, words = to_ms(mark.start, rate_hz), one_line(mark.title)
        if abs(start - place) > MOST_MS_OFF:
            yield f"{what}: {mark.title!r} is said to begin at {start} ms, not at {place}"
        if title != words and not (title.endswith("…") and words.startswith(title[:-1])):
            yield f"{what}: a chapter is called {title!r}, not {mark.title!r}"


def unheard(recording: Recording, timeline: PublishedTimeline) -> Iterator[str]:
    """The marks after which the decoded sound is not as timeline.json tells: silence, then the first line.

    What is said there can't be told from the folder alone; a build compares it with what was spoken.
    """

    def at(samples: int) -> int:
        return samples * recording.rate_hz // timeline.rate_hz

    for mark in timeline.marks:
        if mark.lines:
            first = mark.lines[0]
            begin, place = at(mark.start), at(first.start)
            end = min(at(first.end), place + recording.rate_hz * SOON_MS // 1000)
            sound = recording.decode(begin, end)
            before = sound[: max(0, place - begin - recording.spread)]
            if peak(before) > QUIET:
                yield f"{recording.name}: {mark.title!r} does not begin in silence"
            if not any(value > SOFT or value < -SOFT for value in sound[place - begin :]):
                yield f"{recording.name}: nothing is heard where {mark.title!r} begins"
