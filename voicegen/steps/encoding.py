"""Encoding: each chapter once for each codec. An encoded chapter is kept by what went into it, like a clip."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from voicegen.contracts import Store
from voicegen.errors import SettingsError, TemporaryError
from voicegen.model.blob import Blob, blob
from voicegen.model.clip import Clip
from voicegen.model.edition import EncodedChapter
from voicegen.model.script import Chapter
from voicegen.model.timeline import Mark
from voicegen.sound import mp3, phone
from voicegen.steps.arranging import sound
from voicegen.steps.blobs import read

SCHEMA = 1
"""Part of every key; raised when the meaning of an encoded chapter changes."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """One codec with its settings."""

    name: str
    kbits: int
    rate_hz: int
    """Of what comes out."""
    delay: int
    """Samples that come out before the first one that went in."""
    encode: Callable[[Iterable[bytes], int], Iterator[bytes]]
    """Sound in pieces and its length in samples → encoded bytes in pieces."""
    split: Callable[[Blob, int], EncodedChapter]
    """What `encode` gave, and the length of the sound in samples → body and tail."""


def mp3_encoder(rate_hz: int, kbits: int) -> Encoder:
    """The encoder for the codec "mp3"."""

    def split(encoded: Blob, samples: int) -> EncodedChapter:
        end = encoded.part(max(0, encoded.size - 4096), min(encoded.size, 4096))
        tail = mp3.tail_length(read(end), rate_hz, kbits)
        body = encoded.size - tail
        return EncodedChapter(encoded.part(0, body), encoded.part(body, tail), samples)

    return Encoder(
        "mp3",
        kbits,
        rate_hz,
        mp3.DELAY,
        lambda parts, samples: mp3.encode(parts, samples, rate_hz, kbits),
        split,
    )


def phone_encoder(rate_hz: int) -> Encoder:
    """The encoder for the codec "phone": plain samples at 8 kHz."""

    def split(encoded: Blob, samples: int) -> EncodedChapter:
        return EncodedChapter(encoded, blob(b""), phone.length(samples, rate_hz))

    return Encoder(
        "phone",
        phone.RATE_HZ * 16 // 1000,
        phone.RATE_HZ,
        0,
        lambda parts, samples: phone.encode(parts, samples, rate_hz),
        split,
    )


def encoder(name: str, rate_hz: int, kbits: int) -> Encoder:
    """The encoder for a codec that a format asks for, fed with sound at `rate_hz`.

    Raises SettingsError where there is none of that name, or it does not take that rate.
    """
    if name == "mp3" and rate_hz in mp3.RATES:
        most = kbits if rate_hz >= 16_000 else mp3.MOST_KBITS_BELOW_16_KHZ
        return mp3_encoder(rate_hz, min(kbits, most))
    if name == "phone":
        return phone_encoder(rate_hz)
    raise SettingsError("voicegen.toml, [publications]", f"nothing encodes {name!r} at {rate_hz} Hz")


def key(encoder: Encoder, chapter: Chapter, mark: Mark, clips: Mapping[str, Clip], rate_hz: int) -> str:
    """The key of the encoded chapter: the codec's settings, the clips and the silences around them."""
    pieces = [
        (clips[line.id].key, cue.start - mark.start) for line, cue in zip(chapter.lines, mark.cues, strict=True)
    ]
    parts = [SCHEMA, encoder.name, encoder.kbits, rate_hz, mark.end - mark.start, pieces]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _until(stopped: threading.Event | None, parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        if stopped and stopped.is_set():
            raise TemporaryError("the build", "it was stopped", "Run it again to go on.")
        yield part


def encode(
    encoder: Encoder,
    chapter: Chapter,
    mark: Mark,
    clips: Mapping[str, Clip],
    rate_hz: int,
    store: Store,
    stopped: threading.Event | None = None,
) -> tuple[str, EncodedChapter]:
    """The chapter in the encoder's codec, from the store or made now, with its key.

    Raises TemporaryError once `stopped` is set.
    """
    name = key(encoder, chapter, mark, clips, rate_hz)
    samples = mark.end - mark.start
    kept = store.get(name)
    if kept is None:
        kept = store.put(name, encoder.encode(_until(stopped, sound(chapter, mark, clips)), samples))
    return name, encoder.split(kept, samples)
