"""Opus (RFC 6716): chapters encoded once, joined without decoding and without adding up errors.

Opus counts time at 48 kHz, and a packet of speech has 20 ms there. A chapter, whole in samples at the voice's
rate, is no whole number of such packets. So a chapter is encoded as the packets that lie inside it for certain,
and the join fills the rest of its closing silence with packets of 2.5 ms of silence, as many as lead to the place
that is nearest to the next chapter's first sample, counted from the start of the recording. Every chapter thus
begins within 1.25 ms of its place, however many stand before it, and a change in one changes no bytes of another.

At least one such packet closes every chapter. It is of Opus's other kind (CELT), after which a decoder starts
afresh for speech (section 4.5.2), as the encoder of the next chapter did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice

from voicegen.sound.framing import frames
from voicegen.sound.sizes import table

RATE_HZ = 48_000
"""What Opus counts in, whatever went in and comes out (RFC 7845, section 4)."""
PACKET = 960
"""Samples of a packet of speech: 20 ms."""
GRID = 120
"""Samples of a packet of silence: 2.5 ms, the shortest that Opus has."""
SILENCE = bytes([28 << 3, 0xFF, 0xFE])
"""A packet of 2.5 ms: one frame of CELT in full band (RFC 6716, table 2, configuration 28), whose first bit, set,
says that it is silent (table 56)."""
DELAY = 312
"""Samples that encoder and decoder together put before the sound (libopus: 6.5 ms); a file calls it pre-skip."""
SPEECH_HZ = 24_000
"""What is encoded: all that voices have. At 48 kHz, bits would go to frequencies that are not there."""
MOST_BYTES = 1_275
"""Bytes of the longest packet of one frame (RFC 6716, section 3.2.1)."""
OPTIONS = {"application": "voip", "compression_level": "8", "frame_duration": "20", "vbr": "on"}
"""Speech; from 9 on, more search gives nothing more at these bit rates (docs/why/codecs.md)."""


def place(samples: int, rate_hz: int) -> int:
    """The place on the grid that is nearest to `samples` at `rate_hz`, in samples at 48 kHz."""
    return (2 * samples * RATE_HZ + GRID * rate_hz) // (2 * GRID * rate_hz) * GRID


def packets(samples: int, rate_hz: int) -> int:
    """How many packets of speech a chapter of so many samples has; the rest of it is packets of silence."""
    return max(0, samples * RATE_HZ // rate_hz - GRID) // PACKET


def encode(parts: Iterable[bytes], samples: int, rate_hz: int, kbits: int) -> Iterator[bytes]:
    """The packets of one chapter's sound (16 bit, mono), and after them the table of their sizes.

    `samples` is what `parts` hold.
    """
    import av  # imported late, as in `framing`

    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SPEECH_HZ, "mono", "flt"
    encoder.bit_rate, encoder.time_base = kbits * 1000, Fraction(1, SPEECH_HZ)
    encoder.options = OPTIONS
    sizes = []
    speech = frames(parts, rate_hz, SPEECH_HZ, PACKET * SPEECH_HZ // RATE_HZ, "flt")
    for frame in islice(speech, packets(samples, rate_hz)):
        for packet in encoder.encode(frame):
            sizes.append(packet.size)
            yield bytes(packet)
    yield table(sizes)
