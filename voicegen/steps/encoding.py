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
from voicegen.sound import aac, mp3, opus, phone
from voicegen.sound.sizes import WIDTH, entries
from voicegen.steps.arranging import sound
from voicegen.steps.blobs import gathered, read

SCHEMA = 2
"""Part of every key; raised when the meaning of an encoded chapter changes."""

AT_ONCE = 1 << 19
"""Bytes of sound that an encoder is given at once, at least: it works without Python's lock, which other threads
may hold for as long when it asks for it again."""


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


def aac_encoder(rate_hz: int, kbits: int) -> Encoder:
    """The encoder for the codec "aac"."""

    def split(encoded: Blob, samples: int) -> EncodedChapter:
        packets, sizes = _with_sizes(encoded, aac.packets(samples))
        (tail,) = entries(read(sizes.part(sizes.size - WIDTH, WIDTH)))
        body = packets.size - tail
        return EncodedChapter(
            packets.part(0, body), packets.part(body, tail), samples, sizes.part(0, sizes.size - WIDTH)
        )

    return Encoder(
        "aac", kbits, rate_hz, aac.DELAY, lambda parts, samples: aac.encode(parts, samples, rate_hz, kbits), split
    )


def opus_encoder(rate_hz: int, kbits: int) -> Encoder:
    """The encoder for the codec "opus", whose chapters are closed where they are joined (see `sound/opus`)."""

    def split(encoded: Blob, samples: int) -> EncodedChapter:
        count = opus.packets(samples, rate_hz)
        packets, sizes = _with_sizes(encoded, count)
        return EncodedChapter(packets, blob(b""), count * opus.PACKET, sizes)

    return Encoder(
        "opus",
        kbits,
        opus.RATE_HZ,
        opus.DELAY,
        lambda parts, samples: opus.encode(parts, samples, rate_hz, kbits),
        split,
    )


def _with_sizes(encoded: Blob, count: int) -> tuple[Blob, Blob]:
    """The packets of an encoded chapter, and the table of their sizes that stands behind them."""
    at = encoded.size - count * WIDTH
    return encoded.part(0, at), encoded.part(at, count * WIDTH)


def phone_encoder(rate_hz: int, level_dbov: float) -> Encoder:
    """The encoder for the codec "phone": everything that telephone systems take, at a level in dBov."""

    def split(encoded: Blob, samples: int) -> EncodedChapter:
        return EncodedChapter(encoded, blob(b""), phone.parts(encoded.size)["g722"][1])

    def encoded(parts: Iterable[bytes], samples: int) -> Iterator[bytes]:
        yield phone.encode(parts, samples, rate_hz, level_dbov).joined()

    return Encoder("phone", round(10 * level_dbov), phone.RATE_HZ, 0, encoded, split)


def encoder(name: str, rate_hz: int, kbits: int) -> Encoder:
    """The encoder for a codec that a format asks for, fed with sound at `rate_hz`.

    Raises SettingsError where there is none of that name, or it does not take that rate.
    """
    if name == "mp3" and rate_hz in mp3.RATES:
        most = kbits if rate_hz >= 16_000 else mp3.MOST_KBITS_BELOW_16_KHZ
        return mp3_encoder(rate_hz, min(kbits, most))
    if name == "aac" and rate_hz in aac.VOICE_RATES:
        return aac_encoder(rate_hz, min(kbits, aac.most_kbits(rate_hz)))
    if name == "opus":
        return opus_encoder(rate_hz, kbits)
    if name == "phone":
        return phone_encoder(rate_hz, phone.LEVEL_DBOV)
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
    kept = store.get_many([name]).get(name)
    if kept is None:
        parts = gathered(_until(stopped, sound(chapter, mark, clips)), AT_ONCE)
        kept = store.put_if_absent(name, encoder.encode(parts, samples))
    return name, encoder.split(kept, samples)
