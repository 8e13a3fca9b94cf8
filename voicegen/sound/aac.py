"""AAC (ISO/IEC 14496-3, Low Complexity): chapters encoded once, joined without decoding.

How a recording is joined from chapters that were encoded apart. A packet holds the transform of 2,048 samples,
its own 1,024 and those before them, and needs no other packet to be unpacked; a decoder overlaps neighbours and
gives one frame of 1,024 samples for each. A chapter of K whole frames of sound therefore becomes K + 1 packets,
the first of which begins in the silence before the chapter. The last one (the tail) only completes the last
frame, which is silent by the rest that closes each chapter; the next chapter's first packet, silent in its first
half, does that as well. So the whole recording is all bodies of K packets and the last tail, delayed once, by the
1,024 samples of its very first packet. The edit list of the file says so (`formats/_mp4`), and players are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from voicegen.errors import PublicationError
from voicegen.sound.framing import frames
from voicegen.sound.sizes import table

FRAME = 1_024
"""Samples in a frame (ISO/IEC 14496-3, section 4.5.1.1)."""
DELAY = 1_024
"""Samples that encoder and decoder together put before the sound."""
RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000)
"""Sample rates; a stream names its own by the place in this list (table 1.18)."""
VOICE_RATES = tuple(rate for rate in RATES if rate <= 48_000)
"""Those of voices; an MP4 file can tell no rate above 65,535 Hz (ISO/IEC 14496-12, section 12.2.3)."""
MOST_BYTES = 768
"""Bytes of the longest packet of one channel: 6,144 bits (section 4.5.3.1)."""
OPTIONS = {"aac_coder": "fast", "aac_pns": "0", "flags": "+bitexact"}
"""The quick search: at one rate the slow one is up to a third of a decibel nearer to the source, for five times
the time; 4 kbit/s more are worth twice that (docs/why/codecs.md). Without perceptual noise substitution, a decoder
gives the same samples wherever it starts; without "bitexact", FFmpeg writes its version into every chapter."""


def most_kbits(rate_hz: int) -> int:
    """The highest bit rate in kbit/s that packets at this sample rate can hold."""
    return MOST_BYTES * 8 * rate_hz // FRAME // 1000


def config(rate_hz: int) -> bytes:
    """What a decoder is told of the stream: Low Complexity, this rate, one channel (section 1.6.2.1).

    It ends by saying that there is no spectral band replication (section 1.6.6.2): below 24 kHz, some decoders
    otherwise expect it, and double the rate.
    """
    bits = 2 << 11 | RATES.index(rate_hz) << 7 | 1 << 3
    return (bits << 24 | 0x2B7 << 13 | 5 << 8).to_bytes(5, "big")


def encode(parts: Iterable[bytes], samples: int, rate_hz: int, kbits: int) -> Iterator[bytes]:
    """The packets of one chapter's sound (16 bit, mono), and after them the table of their sizes.

    `samples` is what `parts` hold. Raises PublicationError where it is no whole number of frames.
    """
    if samples % FRAME:
        raise PublicationError("AAC encoder", f"{samples} samples are no whole number of frames")
    import av  # imported late, as in `framing`

    encoder = av.AudioCodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = rate_hz, "mono", "fltp"
    encoder.bit_rate, encoder.time_base = kbits * 1000, Fraction(1, rate_hz)
    encoder.options = OPTIONS
    sizes = []
    for frame in (*frames(parts, rate_hz, rate_hz, FRAME, "fltp"), None):
        for packet in encoder.encode(frame):
            sizes.append(packet.size)
            yield bytes(packet)
    if len(sizes) != packets(samples):
        raise PublicationError("AAC encoder", f"{len(sizes)} packets came of {samples // FRAME} frames")
    yield table(sizes)


def packets(samples: int) -> int:
    """How many packets hold a chapter of so many samples, its tail included."""
    return samples // FRAME + 1
