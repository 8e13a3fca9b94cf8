#!/usr/bin/env python3
"""How far each codec's sound is from the voice's own, how large it is, and what it costs.

    python benchmarks/codec_quality.py

Speaks the text of one of our pages with the default voice, encodes it as a build does, decodes it with FFmpeg,
and compares spectra: the root mean square of the differences in dB, over frames of 23 ms that are louder than
-50 dB of the loudest, up to 8 kHz ("log-spectral distance"; less is nearer).
"""

from __future__ import annotations

import array
import io
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import av
import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from voicegen.engines import espeak  # noqa: E402 - the path comes first
from voicegen.model.script import Line  # noqa: E402
from voicegen.sound import aac, mp3, opus  # noqa: E402
from voicegen.steps.blobs import read  # noqa: E402
from voicegen.steps.speaking import Speaker  # noqa: E402
from voicegen.stores.memory import Memory  # noqa: E402

SIZE, STEP = 512, 256
MOST_HZ = 8_000
FLOOR_DB = -50.0
Sound = np.ndarray[Any, Any]


def voice() -> tuple[bytes, int]:
    """The samples of our page on nosebleeds three times over, whole frames of every codec, and their rate."""
    text = (ROOT / "content" / "nosebleed.md").read_text("utf-8")
    words = [line for line in text.splitlines() if len(line) > 20 and ":" not in line]
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    clips = [speaker.clip(Line(str(at), "paragraph", line, line, "en", 0))[0] for at, line in enumerate(words)]
    speaker.close()
    data = b"".join(read(clip.sound) + bytes(8_820) for clip in clips) * 3
    return data[: len(data) // 18_432 * 18_432], clips[0].rate_hz


def heard(codec: str, encoded: bytes, samples: int, rate_hz: int) -> Sound:
    """What FFmpeg hears, at the voice's rate, its delay cut off."""
    if codec == "mp3":
        file: Any = av.open(io.BytesIO(encoded))
        packets = [packet for packet in file.demux(audio=0) if packet.size]
        decoder: Any = file.streams.audio[0].codec_context
        delay = mp3.DELAY
    else:
        count = aac.packets(samples) if codec == "aac" else opus.packets(samples, rate_hz)
        sizes = array.array("I", encoded[-4 * count :])
        sizes.byteswap()
        places = np.cumsum([0, *sizes])
        packets = [av.Packet(encoded[a:b]) for a, b in pairwise(places)]
        decoder = av.CodecContext.create("aac" if codec == "aac" else "libopus", "r")
        delay = aac.DELAY if codec == "aac" else opus.DELAY
        if codec == "aac":
            decoder.extradata = (2 << 11 | aac.RATES.index(rate_hz) << 7 | 1 << 3).to_bytes(2, "big")
            decoder.sample_rate, decoder.layout = rate_hz, "mono"
        else:
            decoder.layout = "mono"
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
    parts = []
    for packet in packets:
        for frame in decoder.decode(packet):
            frame.pts = None
            parts += [made.to_ndarray().reshape(-1) for made in resampler.resample(frame)]
    sound: Sound = np.concatenate(parts)
    return sound[delay * rate_hz // (opus.RATE_HZ if codec == "opus" else rate_hz) :]


def spectra(sound: Sound, rate_hz: int) -> Sound:
    """Levels in dB, frame by frame."""
    count = (len(sound) - SIZE) // STEP
    frames = np.stack([sound[at * STEP : at * STEP + SIZE] for at in range(count)]) * np.hanning(SIZE)
    power = abs(np.fft.rfft(frames))[:, : MOST_HZ * SIZE // rate_hz]
    levels: Sound = 20 * np.log10(power + 1e-4)
    return levels


def distance(source: Sound, found: Sound, rate_hz: int) -> float:
    """Log-spectral distance in dB."""
    length = min(len(source), len(found))
    one, other = spectra(source[:length], rate_hz), spectra(found[:length], rate_hz)
    loud = one.max(axis=1) > one.max() + FLOOR_DB
    return float(np.sqrt(((one - other)[loud] ** 2).mean()))


def main() -> None:
    """Prints the table."""
    data, rate = voice()
    samples = len(data) // 2
    source = np.frombuffer(data, "<i2").astype(np.float64) / 32768
    encoders: dict[str, Callable[[int], Iterator[bytes]]] = {
        "mp3": lambda kbits: mp3.encode([data], samples, rate, kbits),
        "aac": lambda kbits: aac.encode([data], samples, rate, kbits),
        "opus": lambda kbits: opus.encode([data], samples, rate, kbits),
    }

    def row(codec: str, kbits: int, note: str = "") -> None:
        start = time.process_time()
        encoded = b"".join(encoders[codec](kbits))
        cpu = time.process_time() - start
        kilobytes = len(encoded) / 1000 * 60 * rate / samples
        off = distance(source, heard(codec, encoded, samples, rate), rate)
        print(
            f"{codec:5} {kbits:4} kbit/s {note:22} {kilobytes:5.0f} kB a minute, {off:5.2f} dB, {cpu:5.2f} s",
            flush=True,
        )

    print(f"{samples / rate:.0f} s of sound at {rate} Hz")
    for codec, rates in (("mp3", (32, 48, 64, 96)), ("aac", (24, 32, 48, 64)), ("opus", (12, 16, 24, 32, 48))):
        for kbits in rates:
            row(codec, kbits)
    with patch.dict(aac.OPTIONS, {"aac_coder": "twoloop"}):
        row("aac", 48, "slow search")
    for level in ("5", "10"):
        with patch.dict(opus.OPTIONS, {"compression_level": level}):
            row("opus", 24, f"complexity {level}")


if __name__ == "__main__":
    main()
