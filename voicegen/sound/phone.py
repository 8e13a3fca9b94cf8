"""Sound for telephones: the telephone's band, evened out, at one level, in the encodings that systems take.

A telephone carries 300 to 3,400 Hz (ITU-T G.712); what lies above would fold back as noise at 8 kHz, and what lies
below only uses up level. Speech is compressed a little, so that soft words stay above the noise of a line, and set
to one active level (ITU-T P.56). Figures and their sources: docs/why/phone-sound.md.
"""

from __future__ import annotations

import array
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from voicegen.sound.levels import FULL_SCALE, active_level_of

RATE_HZ, WIDE_HZ = 8_000, 16_000
PACKET = 160
"""Samples at 8 kHz in the 20 ms of a packet; a file of whole packets ends without a short one."""
LEVEL_DBOV = -22.0
"""Active speech level that is aimed at (RFC 7874, section 4: -19 dBm0, which is an RMS of 2,600)."""
PEAK_DBFS = -3.0
"""The loudest sample may be no louder, so that G.711 never clips."""
EVEN = ("acompressor", "threshold=-24dB:ratio=2.5:attack=5:release=150")
LOW_CUT = (("highpass", "f=200"), ("highpass", "f=200"))
NARROW = (*LOW_CUT, ("lowpass", "f=3400"), ("aresample", str(RATE_HZ)), EVEN)
WIDE = (*LOW_CUT, ("lowpass", "f=7000"), ("aresample", str(WIDE_HZ)), EVEN)
"""G.722 carries 50 to 7,000 Hz."""
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
    whole = b"".join(pieces)
    pcm = _level(_filtered(whole, rate_hz, NARROW, packets * PACKET), RATE_HZ, level_dbov)
    wide = _level(_filtered(whole, rate_hz, WIDE, 2 * packets * PACKET), WIDE_HZ, level_dbov)
    return PhoneSound(pcm, _g722(wide))


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


def _level(samples: array.array[int], rate_hz: int, level_dbov: float) -> bytes:
    """The samples with one gain, at the level that is wanted or as near as the peak allows; little-endian."""
    found = active_level_of(samples, rate_hz)
    peak = max(max(samples, default=0), -min(samples, default=0))
    if math.isfinite(found) and peak:
        most = FULL_SCALE * 10 ** (PEAK_DBFS / 20) / peak
        gain = min(10 ** ((level_dbov - found) / 20), most)
        louder = [int(sample * gain) for sample in range(peak + 1)]
        louder += [-sample for sample in reversed(louder[1:])]  # where negative numbers count from the end
        samples = array.array("h", map(louder.__getitem__, samples))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def _filtered(sound: bytes, rate_hz: int, filters: Iterable[tuple[str, str]], length: int) -> array.array[int]:
    """Exactly `length` samples of what comes out of the filters; what is missing is silence."""
    import av  # imported late: it is large, and most builds encode nothing new

    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="s16", layout="mono")
    last = source
    for name, options in (*filters, ("aformat", "sample_fmts=s16:channel_layouts=mono")):
        node = graph.add(name, options)
        last.link_to(node)
        last = node
    sink = graph.add("abuffersink")
    last.link_to(sink)
    graph.configure()
    made = b"".join(_pulled(graph, sound, rate_hz))[: 2 * length]
    return array.array("h", made.ljust(2 * length, b"\0"))


def _pulled(graph: object, sound: bytes, rate_hz: int) -> Iterator[bytes]:
    import av
    from av.error import BlockingIOError as NothingYet

    step = 1 << 16
    for at in chain(range(0, len(sound), step), (-1,)):
        if at < 0:
            graph.push(None)  # type: ignore[attr-defined]
        else:
            piece = sound[at : at + step]
            frame = av.AudioFrame("s16", "mono", len(piece) // 2)
            frame.planes[0].update(piece)
            frame.sample_rate, frame.pts = rate_hz, at // 2
            graph.push(frame)  # type: ignore[attr-defined]
        while True:
            try:
                made = graph.pull()  # type: ignore[attr-defined]
            except (NothingYet, EOFError):
                break
            yield bytes(made.planes[0])[: made.samples * 2]


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
