"""Editions with sound that is like speech, encoded for real, at any rate: each chapter's samples are known."""

from __future__ import annotations

import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from voicegen import extensions
from voicegen.model.blob import blob
from voicegen.model.clip import Clip
from voicegen.model.document import Document, numbered, text
from voicegen.model.edition import Codec, Edition, Page
from voicegen.model.script import Chapter, Line, Script, Target
from voicegen.steps import encoding
from voicegen.steps.arranging import arrange, sound
from voicegen.steps.blobs import chunks
from voicegen.stores.memory import Memory

KBITS = {"mp3": 64, "aac": 48, "opus": 24}
ENDINGS = {"mp3": "mp3", "aac": "m4b", "opus": "opus"}
FORMATS = {"mp3": "mp3", "aac": "m4b", "opus": "opus"}


@cache
def syllables(number: int, rate_hz: int, seconds: float = 0.9) -> bytes:
    """Sound that begins at once, at full level, with a gliding pitch, and swells and fades like syllables.

    Another for each number. The pitch glides so that no stretch fits well in any place but its own.
    """
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    pitch, beat = 110 + 17 * (number % 7), 3.1 + 0.37 * (number % 5)
    turns = pitch * (time + 0.4 * time * time)
    voice = sum(np.sin(2 * np.pi * n * turns) / n for n in range(1, 12) if 2 * pitch * n < rate_hz / 2)
    swell = abs(np.cos(np.pi * beat * time)) * (1 - time / seconds) ** 0.5
    return np.round(6_000 * voice * swell).astype("<i2").tobytes()


@dataclass(frozen=True)
class Spoken:
    """An Edition, and the samples that it was encoded from."""

    edition: Edition
    clips: dict[str, Clip]

    @property
    def samples(self) -> array.array[int]:
        """The whole recording before it was encoded."""
        marks = zip(self.edition.script.chapters, self.edition.timeline.marks, strict=True)
        return array.array(
            "h", b"".join(part for chapter, mark in marks for part in sound(chapter, mark, self.clips))
        )

    def write(self, folder: Path, names: Sequence[str] = ("timeline", "mp3", "m4b", "opus")) -> None:
        """Puts the publications into a folder, as a build would."""
        for name in names:
            for file in extensions.format_(name).render(self.edition):
                path = folder / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"".join(piece for part in file.parts for piece in chunks(part)))


def spoken(
    titles: Sequence[str],
    rate_hz: int = 22_050,
    *,
    levels: Sequence[int] = (),
    lead_ms: int = 300,
    different: int = 7,
    first: int = 0,
    codecs: Sequence[str] = ("mp3", "aac", "opus"),
    metadata: Sequence[tuple[str, str]] = (),
) -> Spoken:
    """A recording with a chapter of one line for each title; after `different` chapters the sounds come again.

    `first` tells which sound it begins with.
    """
    chapters, clips = [], {}
    for number, title in enumerate(titles):
        line = Line(f"l{number}", "heading", title, title, "en", 700, Target(0, 0, 1))
        level = levels[number] if levels else 2 if number else 1
        chapters.append(Chapter(f"c{number}", title, level, lead_ms, (line,)))
        kind = (first + number) % different
        data = syllables(kind, rate_hz)
        clips[line.id] = Clip(f"{kind:064x}", rate_hz, blob(data))
    script = Script("en", tuple(chapters))
    timeline = arrange(script, clips, rate_hz)
    store = Memory()
    made = {}
    for name in codecs:
        encoder = encoding.encoder(name, rate_hz, KBITS[name])
        encoded = tuple(
            encoding.encode(encoder, chapter, mark, clips, rate_hz, store)[1]
            for chapter, mark in zip(chapters, timeline.marks, strict=True)
        )
        made[name] = Codec(name, encoder.rate_hz, encoder.delay, encoder.kbits, encoded)
    document = numbered(Document(text(titles[0]), "en", (), (), metadata=tuple(metadata)))
    page = Page("page", "page.txt", "Riverside Spine and Health Centre", "tone, a voice of tests")
    return Spoken(Edition(page, document, script, timeline, made), clips)
