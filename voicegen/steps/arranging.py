"""Arranging: clips and rests become one Timeline, and each chapter a stream of samples.

A chapter is the unit of encoding, so its length is a whole number of frames; its closing silence takes up the
rounding, and the length of one chapter never changes another's sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from voicegen.model.clip import Clip
from voicegen.model.script import Chapter, Script
from voicegen.model.timeline import Cue, Mark, Timeline
from voicegen.steps.blobs import chunks

QUANTUM = 9_216
"""A chapter's length is a multiple of this many samples: whole frames of MP3 (576, 1,152) and AAC (1,024)."""
LEAST_CLOSING_MS = 120
"""Silence that must close a chapter: codecs push up to 1,105 samples of it into the tail (see sound/mp3)."""


def to_samples(ms: int, rate_hz: int) -> int:
    """Milliseconds as samples."""
    return ms * rate_hz // 1000


def arrange(script: Script, clips: Mapping[str, Clip], rate_hz: int) -> Timeline:
    """When everything is heard. `clips` holds the clip of every line, by the line's id."""
    marks = []
    start = 0
    for chapter in script.chapters:
        at = start + to_samples(chapter.lead_ms, rate_hz)
        cues = []
        for line in chapter.lines:
            end = at + clips[line.id].samples
            cues.append(Cue(line.id, at, end))
            at = end + to_samples(line.rest_ms, rate_hz)
        at = max(at, cues[-1].end + to_samples(LEAST_CLOSING_MS, rate_hz)) if cues else at
        length = -(-(at - start) // QUANTUM) * QUANTUM
        marks.append(Mark(chapter.id, chapter.title, chapter.level, start, start + length, tuple(cues)))
        start += length
    return Timeline(rate_hz, tuple(marks))


def sound(chapter: Chapter, mark: Mark, clips: Mapping[str, Clip]) -> Iterator[bytes]:
    """The chapter's samples (16 bit, little-endian, mono), clip by clip.

    Raises TemporaryError where a clip can no longer be read.
    """
    at = mark.start
    for line, cue in zip(chapter.lines, mark.cues, strict=True):
        yield bytes(2 * (cue.start - at))
        yield from chunks(clips[line.id].sound)
        at = cue.end
    yield bytes(2 * (mark.end - at))
