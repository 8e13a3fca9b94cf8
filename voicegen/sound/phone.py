"""Sound for telephones: the telephone's band, evened out, at one level, in the encodings that systems take.

A telephone carries 300 to 3,400 Hz (ITU-T G.712); what lies above would fold back as noise at 8 kHz, and what lies
below only uses up level. Speech is compressed a little, so that soft words stay above the noise of a line, and set
to one active level (ITU-T P.56). Figures and their sources: docs/why/phone-sound.md.
"""

from __future__ import annotations

import array
import math
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from voicegen.sound.bands import NARROW_HZ, WIDE_HZ, bands
from voicegen.sound.levels import FULL_SCALE, active_level

RATE_HZ = NARROW_HZ
PACKET = 160
"""Samples at 8 kHz in the 20 ms of a packet; a file of whole packets ends without a short one."""
LEVEL_DBOV = -22.0
"""Active speech level that is aimed at (RFC 7874, section 4: -19 dBm0, which is an RMS of 2,600)."""
PEAK_DBFS = -3.0
"""The loudest sample may be no louder, so that G.711 never clips."""
WAV_PCM, WAV_MU_LAW = 1, 7
"""Format tags (RFC 2361)."""


@dataclass(frozen=True, slots=True)
class PhoneSound:
    """One chapter for telephones, a whole number of packets. G.711 is made of `pcm` by `g711`, always the same."""

    pcm: bytes
    """16 bit, little-endian, 8 kHz."""
    g722: bytes
    """G.722 at 64 kbit/s: half a byte for each sample at 16 kHz."""

    def joined(self) -> bytes:
        """All of it; `parts` tells where what lies."""
        return self.pcm + self.g722


def parts(size: int) -> dict[str, tuple[int, int]]:
    """Where in `joined` sound of `size` bytes each encoding lies: start and length, by the field's name."""
    samples = size // 3
    return {"pcm": (0, 2 * samples), "g722": (2 * samples, samples)}


def encode(pieces: Iterable[bytes], samples: int, rate_hz: int, level_dbov: float = LEVEL_DBOV) -> PhoneSound:
    """A chapter's sound, 16 bit little-endian mono at `rate_hz`, for telephones.

    It may be a few minutes at most: it is held in memory.
    """
    packets = -(-samples * RATE_HZ // rate_hz // PACKET)
    narrow, wide = bands(b"".join(pieces), rate_hz, packets)
    found = active_level(narrow, RATE_HZ)
    # Somebody speaks for the same time in both, so that their levels differ by their energy.
    further = _energy_db(wide) - _energy_db(narrow) if math.isfinite(found) else 0.0
    pcm = _louder(narrow, level_dbov - found)
    if sys.byteorder == "big":
        pcm = _audioop().byteswap(pcm, 2)
    return PhoneSound(pcm, _g722(_louder(wide, level_dbov - found - further)))


def wav_header(samples: int, rate_hz: int = RATE_HZ, kind: int = WAV_PCM) -> bytes:
    """What begins a mono WAV file of `samples`: 44 bytes for PCM of 16 bits, 58 for mu-law (RIFF/WAVE, 1991)."""
    width = 2 if kind == WAV_PCM else 1
    size = samples * width
    form = kind.to_bytes(2, "little") + (1).to_bytes(2, "little") + rate_hz.to_bytes(4, "little")
    form += (
        (rate_hz * width).to_bytes(4, "little") + width.to_bytes(2, "little") + (8 * width).to_bytes(2, "little")
    )
    if kind != WAV_PCM:  # other kinds have the length of an extension, and a chunk that counts samples
        form += bytes(2)
        fact = b"fact" + (4).to_bytes(4, "little") + samples.to_bytes(4, "little")
    else:
        fact = b""
    body = b"WAVE" + b"fmt " + len(form).to_bytes(4, "little") + form + fact
    body += b"data" + size.to_bytes(4, "little")
    return b"RIFF" + (len(body) + size + size % 2).to_bytes(4, "little") + body


def _louder(samples: bytes, gain_db: float) -> bytes:
    """The samples with one gain: what is asked for, or as much as the peak allows. Silence stays as it is."""
    peak = _audioop().max(samples, 2)
    if not peak or not math.isfinite(gain_db):
        return samples
    most = FULL_SCALE * 10 ** (PEAK_DBFS / 20) / peak
    louder: bytes = _audioop().mul(samples, 2, min(10 ** (gain_db / 20), most))
    return louder


def _energy_db(samples: bytes) -> float:
    """The mean energy of native samples in decibels of an arbitrary zero; of silence, 0."""
    return 20 * math.log10(max(1, _audioop().rms(samples, 2)))


def levels(pcm: bytes, rate_hz: int) -> list[int]:
    """The loudness (root mean square) of 16-bit native samples, 20 ms by 20 ms, of whole pieces.

    A syllable is longer, and G.722's delay of 1.4 ms is nothing beside it.
    """
    piece = rate_hz // 50 * 2
    return [_audioop().rms(pcm[at : at + piece], 2) for at in range(0, len(pcm) - piece + 1, piece)]


@cache
def _audioop() -> Any:  # without types up to Python 3.12
    with warnings.catch_warnings():
        # deprecated in the standard library of 3.11 and 3.12; later audioop-lts brings it
        warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
        import audioop
    return audioop


def _g722(wide: bytes) -> bytes:
    """16 kHz samples as G.722 at 64 kbit/s (ITU-T G.722, 09/2012, mode 1), by FFmpeg's encoder."""
    import av

    encoder = av.CodecContext.create("g722", "w")
    encoder.sample_rate = WIDE_HZ
    encoder.layout, encoder.format = "mono", "s16"
    frame = av.AudioFrame("s16", "mono", len(wide) // 2)
    frame.planes[0].update(wide)
    frame.sample_rate, frame.pts = WIDE_HZ, 0
    packets = [*encoder.encode(frame), *encoder.encode(None)]
    return b"".join(map(bytes, packets))


def from_g722(data: bytes) -> bytes:
    """G.722 as 16-bit little-endian samples at 16 kHz, for systems that take WAV files of that rate."""
    import av

    decoder = av.CodecContext.create("g722", "r")
    frames = [frame for packet in (av.Packet(data), None) for frame in decoder.decode(packet)]
    made = b"".join(bytes(frame.planes[0])[: frame.samples * 2] for frame in frames)
    if sys.byteorder == "big":
        swapped = array.array("h", made)
        swapped.byteswap()
        return swapped.tobytes()
    return made
