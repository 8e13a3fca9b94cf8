"""The seal of a draft: digests of all that it says and of all that is heard, which an approval is bound to.

Neither depends on how the page looks, on bit rates or on voicegen's version: approvals outlive an upgrade that
changes no word and no sample, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from voicegen.model.clip import Clip
from voicegen.model.edition import Telephone
from voicegen.model.script import Line, Script
from voicegen.model.timeline import Timeline
from voicegen.steps.blobs import chunks

TEXT, SOUND = "text", "sound"


def seal(
    facts: Mapping[str, Any],
    script: Script,
    timeline: Timeline,
    clips: Mapping[str, Clip],
    telephones: Sequence[Telephone],
) -> dict[str, str]:
    """The digests "text" and "sound" of a page.

    `facts` is what it says of itself (publisher, author, dates). The sound is that of the samples as they were
    spoken or recorded, with the silences between them, in the recording and in the editions for telephones; of
    the latter the words and the order where the same voice speaks them, else every sample too.
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
        [phone.name, [_samples(phone.clips[line.id]) for line in phone.script.lines]]
        for phone in telephones
        if phone.clips
    ]
    sound = [timeline.rate_hz, heard, *otherwise]
    return {TEXT: _digest([script.lang, dict(facts), said, phones]), SOUND: _digest(sound)}


def _words(line: Line) -> list[str]:
    return [line.role, line.shown, line.spoken, line.lang]


def _samples(clip: Clip) -> str:
    digest = hashlib.sha256()
    for piece in chunks(clip.sound):
        digest.update(piece)
    return digest.hexdigest()


def _digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
