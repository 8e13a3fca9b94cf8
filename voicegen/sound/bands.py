"""The two bands in which telephones carry speech, filtered and evened out in one pass.

Figures and their sources: docs/why/phone-sound.md. The filters keep their memory in 32-bit integers: in floating
point, exact silence lets it sink into denormal numbers, which cost several times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

NARROW_HZ, WIDE_HZ = 8_000, 16_000
"""Samples in a second of the two bands."""
LOW_CUT = ("highpass", "f=200:precision=s32")
EVEN = ("acompressor", "threshold=-24dB:ratio=2.5:attack=5:release=150")
WIDE = (("aresample", str(WIDE_HZ)), LOW_CUT, LOW_CUT, ("lowpass", "f=7000:precision=s32"), EVEN)
"""G.722 carries 50 to 7,000 Hz."""
NARROW = (("lowpass", "f=3400"), ("aresample", str(NARROW_HZ)))
"""What follows for G.711: a telephone carries 300 to 3,400 Hz (ITU-T G.712)."""
SAMPLES = ("aformat", "sample_fmts=s16:channel_layouts=mono")
STEP = 1 << 16
"""Bytes that go into the filters at a time."""


def bands(sound: bytes, rate_hz: int, packets: int) -> tuple[bytes, bytes]:
    """The narrow and the wide band of 16-bit native mono samples, each exactly `packets` of 20 ms long.

    What is missing is silence, what is too long is cut: the resampler may give a sample more or less.
    """
    import av  # imported late: it is large, and most builds encode nothing new

    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="s16", layout="mono")
    both = _chained(graph, source, (*WIDE, ("asplit", "2")))
    ways = ((NARROW, 1), ((), 0))
    sinks = [_chained(graph, both, (*filters, SAMPLES, ("abuffersink", None)), way) for filters, way in ways]
    graph.configure()
    made: tuple[list[bytes], list[bytes]] = ([], [])
    for frame in _frames(sound, rate_hz):
        source.push(frame)
        for sink, parts in zip(sinks, made, strict=True):
            parts.extend(_pulled(sink))
    narrow, wide = (b"".join(parts) for parts in made)
    length = 2 * packets * NARROW_HZ // 50
    return narrow[:length].ljust(length, b"\0"), wide[: 2 * length].ljust(2 * length, b"\0")


def _chained(graph: Any, last: Any, filters: Iterable[tuple[str, str | None]], way: int = 0) -> Any:
    for name, options in filters:
        node = graph.add(name, options)
        last.link_to(node, way)
        last, way = node, 0
    return last


def _frames(sound: bytes, rate_hz: int) -> Iterator[Any]:
    """The sound in pieces, and None for its end."""
    import av

    for at in range(0, len(sound), STEP):
        piece = sound[at : at + STEP]
        frame = av.AudioFrame("s16", "mono", len(piece) // 2)
        frame.planes[0].update(piece)
        frame.sample_rate, frame.pts = rate_hz, at // 2
        yield frame
    yield None


def _pulled(sink: Any) -> Iterator[bytes]:
    from av.error import BlockingIOError as NothingYet

    while True:
        try:
            made = sink.pull()
        except (NothingYet, EOFError):
            return
        yield bytes(made.planes[0])[: made.samples * 2]
