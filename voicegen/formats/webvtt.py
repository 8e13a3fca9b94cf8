"""webvtt: `chapters.vtt` and `captions.vtt` (W3C WebVTT: The Web Video Text Tracks Format)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._spoken_by import credit
from voicegen.formats._verified import timeline_of
from voicegen.formats._written import written
from voicegen.model.blob import blob
from voicegen.model.characters import is_seen
from voicegen.model.edition import Edition
from voicegen.sound.chapters import one_line
from voicegen.steps.timecode import webvtt

CODECS: tuple[str, ...] = ()


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The chapters by their titles, and the captions line by line as the page shows them."""
    note = _note(credit(edition))
    yield PublishedFile("chapters.vtt", (blob(_track(note, _chapters(edition))),), offer="marks")
    yield PublishedFile("captions.vtt", (blob(_track(note, _captions(edition))),), offer="captions")


NOTE = "NOTE Spoken by: "
CUE = re.compile(r"(\S+)\n((?:\d\d+:\d\d:\d\d\.\d{3}(?: --> )?){2})\n([^\n]+)")
"""A block of a file: identifier, times and one line of text (section 4.1), as ours are written."""


def verify(folder: Path) -> Iterator[str]:
    """Cues that are not the chapters or lines of timeline.json, one for one."""
    timeline = timeline_of(folder)
    rate = timeline.rate_hz
    marks = [(mark.id, mark.start, mark.end, mark.title) for mark in timeline.marks]
    lines = [(line.id, line.start, line.end, line.shown or line.spoken) for line in timeline.lines]
    for name, planned in (("chapters.vtt", marks), ("captions.vtt", lines)):
        head, *blocks = (folder / name).read_text("utf-8").rstrip("\n").split("\n\n")
        if head != "WEBVTT":
            yield f"{name}: it does not begin as WebVTT does"
        if blocks and blocks[0].startswith(NOTE):
            del blocks[0]
        if len(blocks) != len(planned):
            yield f"{name}: it has {len(blocks)} cues, not {len(planned)}"
        for block, (cue, start, end, words) in zip(blocks, planned, strict=False):
            match = CUE.fullmatch(block)
            if not match:
                yield f"{name}: a cue can't be read: {block[:60]!r}"
                continue
            if (match[1], match[2]) != (cue, f"{webvtt(start, rate)} --> {webvtt(end, rate)}"):
                yield f"{name}: {match[1]!r} at {match[2]} is not {cue!r} of timeline.json"
            if html.unescape(match[3]) != _one_line(words):
                yield f"{name}: {match[1]!r} has other words than timeline.json"


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
    return _one_line(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _one_line(words: str) -> str:
    """The words on one line; signs that join letters or part syllables stay, or words and doses would split."""
    if words.isprintable():
        return " ".join(words.split())
    kept = (mark if is_seen(mark) or unicodedata.category(mark) == "Cf" else " " for mark in one_line(words))
    return " ".join("".join(kept).split())


def _note(words: str) -> str:
    """Who speaks, as a comment, which no player shows and none may take for a cue (section 4.1)."""
    return f"{NOTE}{_one_line(words).replace('-->', '->')}\n"


def _track(note: str, cues: Iterator[str]) -> bytes:
    return ("WEBVTT\n\n" + "\n".join((note, *cues))).encode()
