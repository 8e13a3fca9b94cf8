"""phone: `phone/<page>.wav`, the recording at 8 kHz, 16 bit, mono, as telephone systems take it."""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.contracts import PublishedFile
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.sound import phone

CODECS = ("phone",)


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    chapters = edition.codecs["phone"].chapters
    header = phone.wav_header(sum(chapter.samples for chapter in chapters))
    yield PublishedFile(f"phone/{edition.page.id}.wav", (blob(header), *(chapter.body for chapter in chapters)))
