"""Sound in pieces as the whole frames that encoders of FFmpeg take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

PIECE = 1 << 16
"""Bytes handed over at a time."""


def frames(parts: Iterable[bytes], rate_hz: int, to_hz: int, size: int, sample: str) -> Iterator[AudioFrame]:
    """16-bit mono samples at `rate_hz` as frames of `size` samples at `to_hz`; only the last may be shorter.

    `sample` is FFmpeg's name of the samples' kind. A change of rate delays nothing: sample 0 stays at time 0.
    """
    import av  # imported late: it is large, and most builds encode nothing new

    resampler = av.AudioResampler(format=sample, layout="mono", rate=to_hz, frame_size=size)
    position = 0
    for part in parts:
        for at in range(0, len(part), PIECE):
            piece = part[at : at + PIECE]
            frame = av.AudioFrame("s16", "mono", len(piece) // 2)
            frame.planes[0].update(piece)
            frame.sample_rate, frame.pts = rate_hz, position
            position += frame.samples
            yield from resampler.resample(frame)
    yield from resampler.resample(None)
