"""phone: `phone/<page>.wav`, the recording at 8 kHz, 16 bit, mono, as telephone systems take it."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._verified import timeline_of
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.sound import phone

CODECS = ("phone",)


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    chapters = edition.codecs["phone"].chapters
    header = phone.wav_header(sum(chapter.samples for chapter in chapters))
    parts = (blob(header), *(chapter.body for chapter in chapters))
    yield PublishedFile(f"phone/{edition.page.id}.wav", parts, offer="phone")


def verify(folder: Path) -> Iterator[str]:
    """A recording of another length or kind than timeline.json and telephones ask for."""
    timeline = timeline_of(folder)
    name = f"phone/{timeline.page}.wav"
    with wave.open(str(folder / name)) as recording:
        kind = (recording.getframerate(), recording.getsampwidth(), recording.getnchannels())
        samples = recording.getnframes()
    if kind != (phone.RATE_HZ, 2, 1):
        yield f"{name}: it is not 8 kHz, 16 bit, mono"
    off_ms = abs(samples * 1000 // phone.RATE_HZ - timeline.samples * 1000 // timeline.rate_hz)
    if off_ms > len(timeline.marks):
        yield f"{name}: its length is {off_ms} ms off timeline.json"
