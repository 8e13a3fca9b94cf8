"""Editions with sound: any Document, scripted as a build scripts it, spoken in tones, and encoded."""

from __future__ import annotations

import array
import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from tests.formats.editions import PUBLISHER
from voicegen.config import Rests
from voicegen.contracts import PublishedFile
from voicegen.formats import timeline
from voicegen.model.blob import blob
from voicegen.model.clip import Clip
from voicegen.model.document import Document, numbered
from voicegen.model.edition import Codec, Edition, Page
from voicegen.steps import encoding, scripting
from voicegen.steps.arranging import arrange
from voicegen.steps.blobs import chunks
from voicegen.stores import memory

RATE = 16_000
MS_A_LETTER = 15
"""Length of speech: a quarter of what people take, so that tests are quick."""


def spoken(
    document: Document, *, page_id: str = "asthma", depth: int = 3, publisher: str = PUBLISHER, address: str = ""
) -> Edition:
    """The Edition of a document."""
    document = numbered(document)
    script = scripting.write(document, Rests(), depth, publisher, lambda _: True)
    clips = {line.id: tone(len(line.spoken)) for line in script.lines}
    made = arrange(script, clips, RATE)
    encoder = encoding.mp3_encoder(RATE, 32)
    store = memory.Memory()
    chapters = tuple(
        encoding.encode(encoder, chapter, mark, clips, RATE, store)[1]
        for chapter, mark in zip(script.chapters, made.marks, strict=True)
    )
    codec = Codec("mp3", RATE, encoder.delay, encoder.kbits, chapters)
    page = Page(page_id, f"{page_id}.html", publisher, "espeak-ng, British English", address)
    return Edition(page, document, script, made, {"mp3": codec})


@lru_cache(maxsize=256)
def tone(letters: int) -> Clip:
    """A clip as long as so many letters take to say; each length has its own pitch."""
    samples = max(1, letters) * MS_A_LETTER * RATE // 1000
    pitch = (200 + 7 * letters) * 2 * math.pi / RATE
    sound = array.array("h", (int(9000 * math.sin(at * pitch)) for at in range(samples)))
    return Clip(f"{letters:064x}", RATE, blob(sound.tobytes()))


def published(folder: Path, edition: Edition, render: Callable[[Edition], Iterable[PublishedFile]]) -> Path:
    """The folder with the format's files and timeline.json in it, as a build leaves them."""
    for file in (*render(edition), *timeline.render(edition)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(piece for part in file.parts for piece in chunks(part)))
    return folder
