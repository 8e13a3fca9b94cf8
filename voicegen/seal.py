"""The seal of a draft: digests of all that it says and of all that is heard, which an approval is bound to.

What it says is also where its links lead, what a reader is told who points at an abbreviation, which words are
heard and not seen, and which doses of the page were left out of it. Neither depends on how the page looks, on bit
rates or on voicegen's version: approvals outlive an upgrade that changes no word and no sample, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voicegen.missed import missed
from voicegen.model.clip import Clip
from voicegen.model.document import Document, texts
from voicegen.model.edition import Telephone
from voicegen.model.script import Line, Script
from voicegen.model.timeline import Timeline
from voicegen.steps.blobs import chunks

TEXT, SOUND = "text", "sound"


def seal(
    facts: Mapping[str, Any],
    document: Document,
    script: Script,
    timeline: Timeline,
    clips: Mapping[str, Clip],
    telephones: Sequence[Telephone],
) -> dict[str, str]:
    """The digests "text" and "sound" of a page.

    `facts` is what it says of itself (publisher, author, dates). The sound is that of the samples as they were
    spoken or recorded, with the silences between them, in the recording and in the editions for telephones; of
    the latter the words and the order, and every sample of what is not the same sound as in the recording.
    """
    said = [
        [chapter.id, chapter.title, chapter.level, [_words(line) for line in chapter.lines]]
        for chapter in script.chapters
    ]
    phones = [
        [
            phone.name,
            [[chapter.title, [line.spoken for line in chapter.lines]] for chapter in phone.script.chapters],
        ]
        for phone in telephones
    ]
    heard = [
        [mark.id, mark.start, mark.end, [[cue.start, cue.end, _samples(clips[cue.line])] for cue in mark.cues]]
        for mark in timeline.marks
    ]
    otherwise = [
        [phone.name, [_samples(phone.clips[line.id]) for line in phone.script.lines if line.id in phone.clips]]
        for phone in telephones
        if phone.clips
    ]
    sound = [timeline.rate_hz, heard, *otherwise]
    text = [script.lang, dict(facts), said, phones]
    if behind := [*_behind(document)]:
        text.append(behind)
    return {TEXT: _digest(text), SOUND: _digest(sound)}


def leads(document: Document) -> list[tuple[str, str]]:
    """Where the links of a page lead outside it, in order, with their words; last the place that it came from."""
    from voicegen.formats._passages import safe_address  # imported late: it loads the templates

    runs = (run for piece in texts(document) for run in piece.runs if run.href)
    found = [(run.text, safe_address(run.href)) for run in runs]
    found.append(("", safe_address(document.about("url"))))
    return [(words, address) for words, address in found if address]


def _behind(document: Document) -> Iterator[list[str]]:
    """What the transcript holds besides the words of its lines, and what of the page could be missed in it."""
    yield from (["link", words, address] for words, address in leads(document))
    runs = [run for piece in texts(document) for run in piece.runs]
    yield from (["abbreviation", run.text, run.abbr] for run in runs if run.abbr)
    yield from (["unseen", run.text] for run in runs if run.hidden)
    yield from (["left out", part.reason.value, " ".join(part.text.split())] for part, _ in missed(document))


def _words(line: Line) -> list[str]:
    return [line.role, line.shown, line.spoken, line.lang]


def _samples(clip: Clip) -> str:
    digest = hashlib.sha256()
    for piece in chunks(clip.sound):
        digest.update(piece)
    return digest.hexdigest()


def _digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
