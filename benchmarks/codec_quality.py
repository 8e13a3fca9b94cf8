#!/usr/bin/env python3
"""How far each codec's sound is from the voice's own, how large it is, and what it costs.

    python benchmarks/codec_quality.py [--json FILE]

Speaks the text of one of our pages with the default voice, encodes it as a build does, decodes it with FFmpeg,
and compares spectra: the root mean square of the differences in dB, over frames of 23 ms that are louder than
-50 dB of the loudest, up to 8 kHz ("log-spectral distance"; less is nearer), over all frames and over the worst
twentieth of them. Each codec is tried at several rates, and at its own rate with its faster and slower settings;
each encoding is timed three times, of which the least counts. The settings marked as used are read from the code.
"""

from __future__ import annotations

import argparse
import array
import io
import json
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import av
import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from measuring import circumstances  # noqa: E402 - the path comes first

from voicegen.config.sections import M4b, Mp3, Opus  # noqa: E402
from voicegen.engines import espeak  # noqa: E402
from voicegen.model.script import Line  # noqa: E402
from voicegen.sound import aac, mp3, opus  # noqa: E402
from voicegen.steps.blobs import read  # noqa: E402
from voicegen.steps.speaking import Speaker  # noqa: E402
from voicegen.stores.memory import Memory  # noqa: E402

SIZE, STEP = 512, 256
MOST_HZ = 8_000
FLOOR_DB = -50.0
USED = {"MP3": Mp3().kbits, "AAC": M4b().kbits, "Opus": Opus().kbits}
"""kbit/s of a build that is not told otherwise."""
TIMES = 3
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


def distance(source: Sound, found: Sound, rate_hz: int) -> tuple[float, float]:
    """Log-spectral distance in dB: of all frames, and of the twentieth of them that are farthest away."""
    length = min(len(source), len(found))
    one, other = spectra(source[:length], rate_hz), spectra(found[:length], rate_hz)
    loud = one.max(axis=1) > one.max() + FLOOR_DB
    squares = np.sort(((one - other)[loud] ** 2).mean(axis=1))
    return float(np.sqrt(squares.mean())), float(np.sqrt(squares[-max(1, len(squares) // 20) :].mean()))


def settings() -> Iterator[tuple[str, int, str, dict[str, str] | int | None]]:
    """What is tried: codec, kbit/s, the setting in words, and what it changes (None: as a build encodes)."""
    for codec, rates in {
        "MP3": (32, 48, 64, 96),
        "AAC": (24, 32, 48, 52, 56, 64),
        "Opus": (12, 16, 24, 32, 48),
    }.items():
        for kbits in rates:
            yield codec, kbits, f"{kbits} kbit/s", None
    for quality in (2, 3, 7, 9):
        yield "MP3", USED["MP3"], f"{USED['MP3']} kbit/s, LAME's quality {quality}", quality
    for change in ({"aac_coder": "twoloop"}, {"aac_pns": "1"}):
        for kbits in (48, USED["AAC"]):
            yield "AAC", kbits, f"{kbits} kbit/s, {' '.join(next(iter(change.items())))}", change
    for complexity in ("0", "5", "10"):
        changed = {"compression_level": complexity}
        yield "Opus", USED["Opus"], f"{USED['Opus']} kbit/s, complexity {complexity}", changed


def encoded(
    codec: str, kbits: int, change: dict[str, str] | int | None, data: bytes, rate: int
) -> tuple[bytes, float]:
    """The sound encoded, and the CPU seconds that it took."""
    encode = {"MP3": mp3.encode, "AAC": aac.encode, "Opus": opus.encode}[codec]
    options = {"AAC": aac.OPTIONS, "Opus": opus.OPTIONS}.get(codec, {})
    quality = change if isinstance(change, int) else mp3.QUALITY
    with patch.dict(options, change if isinstance(change, dict) else {}), patch.object(mp3, "QUALITY", quality):
        times = []
        for _ in range(TIMES):
            start = time.process_time()
            made = b"".join(encode([data], len(data) // 2, rate, kbits))
            times.append(time.process_time() - start)
    return made, min(times)


def main() -> None:
    """Prints the table; as JSON too, for the report."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    facts = circumstances()
    data, rate = voice()
    samples = len(data) // 2
    source = np.frombuffer(data, "<i2").astype(np.float64) / 32768
    print(f"{samples / rate:.0f} s of sound at {rate} Hz")
    rows = []
    for codec, kbits, words, change in settings():
        made, cpu = encoded(codec, kbits, change, data, rate)
        whole, worst = distance(source, heard(codec.lower(), made, samples, rate), rate)
        row = {
            "codec": codec,
            "setting": words,
            "used": change is None and kbits == USED[codec],
            "kB a minute": round(len(made) / 1000 * 60 * rate / samples, 1),
            "distance, dB": round(whole, 2),
            "worst twentieth, dB": round(worst, 2),
            "CPU s": round(cpu, 3),
        }
        rows.append(row)
        print(*row.values(), sep="  ", flush=True)
    if options.json:
        found = {**facts, "sound, s": round(samples / rate), "rows": rows}
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
