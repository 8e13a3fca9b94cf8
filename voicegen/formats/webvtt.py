"""webvtt: `chapters.vtt` and `captions.vtt` (W3C WebVTT: The Web Video Text Tracks Format)."""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.contracts import PublishedFile
from voicegen.formats._written import written
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.steps.timecode import webvtt

CODECS: tuple[str, ...] = ()


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The chapters by their titles, and the captions line by line as the page shows them."""
    yield PublishedFile("chapters.vtt", (blob(_track(_chapters(edition))),))
    yield PublishedFile("captions.vtt", (blob(_track(_captions(edition))),))


def _chapters(edition: Edition) -> Iterator[str]:
    for mark in edition.timeline.marks:
        yield _cue(mark.id, mark.start, mark.end, mark.title, edition)


def _captions(edition: Edition) -> Iterator[str]:
    words = written(edition)
    for cue in edition.timeline.cues:
        yield _cue(cue.line, cue.start, cue.end, words[cue.line], edition)


def _cue(name: str, start: int, end: int, words: str, edition: Edition) -> str:
    rate = edition.timeline.rate_hz
    return f"{name}\n{webvtt(start, rate)} --> {webvtt(end, rate)}\n{_escaped(words)}\n"


def _escaped(words: str) -> str:
    """Cue text on one line (section 4.2.2: `&`, `<` and `>` are markup, a blank line would end the cue)."""
    clean = " ".join("".join(mark if mark.isprintable() else " " for mark in words).split())
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _track(cues: Iterator[str]) -> bytes:
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()
