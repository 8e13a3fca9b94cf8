"""The telephone band: 8 kHz, 16 bit, mono samples, filtered before they are thinned out.

A telephone carries 300 to 3,400 Hz (ITU-T G.712); what lies above would fold back as noise at 8 kHz, and what
lies below only uses up level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

RATE_HZ = 8_000
FILTERS = (("highpass", "f=200"), ("lowpass", "f=3400"), ("aresample", "8000"))


def encode(parts: Iterable[bytes], samples: int, rate_hz: int) -> Iterator[bytes]:
    """The samples at 8 kHz of sound at `rate_hz`; exactly as many as `length` says."""
    import av  # imported late: it is large, and most builds encode nothing new

    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="s16", layout="mono")
    last = source
    for name, options in (*FILTERS, ("aformat", "sample_fmts=s16:channel_layouts=mono")):
        node = graph.add(name, options)
        last.link_to(node)
        last = node
    sink = graph.add("abuffersink")
    last.link_to(sink)
    graph.configure()

    left = 2 * length(samples, rate_hz)
    for data in _pulled(graph, parts, rate_hz):
        yield data[:left]
        left -= min(left, len(data))
    yield bytes(left)  # what the filters still held is the end of the closing silence


def _pulled(graph: object, parts: Iterable[bytes], rate_hz: int) -> Iterator[bytes]:
    import av
    from av.error import BlockingIOError as NothingYet

    position = 0
    for part in chain(_pieces(parts), (None,)):
        if part is None:
            graph.push(None)  # type: ignore[attr-defined]
        else:
            frame = av.AudioFrame("s16", "mono", len(part) // 2)
            frame.planes[0].update(part)
            frame.sample_rate, frame.pts = rate_hz, position
            position += frame.samples
            graph.push(frame)  # type: ignore[attr-defined]
        while True:
            try:
                made = graph.pull()  # type: ignore[attr-defined]
            except (NothingYet, EOFError):
                break
            yield bytes(made.planes[0])[: made.samples * 2]


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of at most 64 KiB, none of them empty."""
    for part in parts:
        for at in range(0, len(part), 1 << 16):
            yield part[at : at + (1 << 16)]


def length(samples: int, rate_hz: int) -> int:
    """How many samples at 8 kHz stand for `samples` at `rate_hz`, rounded to the nearest."""
    return (2 * samples * RATE_HZ + rate_hz) // (2 * rate_hz)


def wav_header(samples: int) -> bytes:
    """The 44 bytes that begin a WAV file of `samples` (RIFF/WAVE, PCM, 16 bit, mono, 8 kHz)."""
    size = samples * 2
    form = b"fmt " + (16).to_bytes(4, "little") + (1).to_bytes(2, "little") + (1).to_bytes(2, "little")
    form += RATE_HZ.to_bytes(4, "little") + (RATE_HZ * 2).to_bytes(4, "little")
    form += (2).to_bytes(2, "little") + (16).to_bytes(2, "little")
    return b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVE" + form + b"data" + size.to_bytes(4, "little")
