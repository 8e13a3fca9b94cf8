"""Single clips and recordings: decoded, trimmed, faded, levelled and converted, one at a time in memory.

pydub does the trimming, fading and levelling; it is imported when first needed. Files are decoded by PyAV, so
no ffmpeg program is asked for, and rates are changed by PyAV as well: pydub changes them without a low-pass
filter, so that a hiss above the new rate's band would come back as a whistle inside it.
A page's recording is never one of these segments: it is a stream.
"""

from __future__ import annotations

import io
import math
import sys
import warnings
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from voicegen.errors import SourceError

if TYPE_CHECKING:
    from pydub import AudioSegment

LARGEST_BYTES = 64_000_000
LONGEST_S = 600.0
CONTAINERS = "wav,w64,aiff,au,caf,flac,mp3,aac,ogg,mov,matroska"
"""FFmpeg's names of the containers that are opened. Playlists are not among them: they open further files."""
WIDTH = 2
"""Bytes in a sample."""


@cache
def _segment_type() -> Any:  # pydub has no types
    """The class AudioSegment, imported without the warnings that say nothing to our users."""
    with warnings.catch_warnings():
        # pydub 0.25.1 writes regular expressions as plain strings, warns that there is no ffmpeg program (we
        # need none), and imports audioop, which is deprecated up to 3.12 and comes from audioop-lts after it.
        warnings.filterwarnings("ignore", "invalid escape sequence", DeprecationWarning)
        warnings.filterwarnings("ignore", ".*invalid escape sequence", SyntaxWarning)
        warnings.filterwarnings("ignore", "Couldn't find ff(mpeg|probe)", RuntimeWarning, "pydub")
        warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
        from pydub import AudioSegment

    return AudioSegment


def decoded(
    data: bytes,
    rate_hz: int,
    where: str = "recording",
    container: str = "",
    longest_s: float = LONGEST_S,
) -> bytes:
    """The sound of an audio file, as 16-bit little-endian mono samples at `rate_hz`.

    Any of CONTAINERS is recognised; `container` allows one only. Raises SourceError, with `where` in its
    message, for bytes that do not decode from end to end, hold no sound, are larger than LARGEST_BYTES or
    play for longer than `longest_s` seconds. That a file was cut short is not seen: FFmpeg plays what is left.
    """
    if len(data) > LARGEST_BYTES:
        raise SourceError(
            where, f"it is larger than {LARGEST_BYTES // 1_000_000} MB", "Give a shorter or compressed one."
        )
    most_bytes = round(longest_s * rate_hz) * WIDTH
    sound = bytearray()
    try:
        for part in _parts(data, rate_hz, container):
            sound += part
            if len(sound) > most_bytes:
                raise SourceError(where, f"it plays for over {longest_s:g} seconds", "Give a shorter one.")
    except (av.FFmpegError, UnicodeDecodeError) as trouble:
        reason = getattr(trouble, "strerror", None) or "its tags can't be read"
        raise SourceError(
            where, f"it does not decode as sound ({reason})", "Give an audio file, such as WAV, MP3 or FLAC."
        ) from trouble
    if not sound:
        raise SourceError(where, "there is no sound in it", "Give an audio file, such as WAV, MP3 or FLAC.")
    return bytes(sound)


def _parts(data: bytes, rate_hz: int, container: str) -> Iterator[bytes]:
    resampler = AudioResampler(format="s16", layout="mono", rate=rate_hz)
    # No protocol is called "none": so a file can't make us open another file or an address.
    options = {"format_whitelist": container or CONTAINERS, "protocol_whitelist": "none"}
    with av.open(io.BytesIO(data), "r", format=container or None, options=options) as file:
        if not file.streams.audio:
            return
        for frame in file.decode(file.streams.audio[0]):
            yield from map(_bytes, resampler.resample(frame))
        yield from map(_bytes, resampler.resample(None))


def _bytes(frame: AudioFrame) -> bytes:
    samples = bytes(frame.planes[0])[: frame.samples * WIDTH]  # planes are padded
    return samples if sys.byteorder == "little" else _swapped(samples)


def _swapped(samples: bytes) -> bytes:
    swapped = bytearray(samples)
    swapped[0::2], swapped[1::2] = samples[1::2], samples[0::2]
    return bytes(swapped)


def segment(samples: bytes, rate_hz: int) -> AudioSegment:
    """16-bit little-endian mono samples as pydub's AudioSegment."""
    return _segment_type()(data=samples, sample_width=WIDTH, frame_rate=rate_hz, channels=1)


def samples_of(clip: AudioSegment) -> bytes:
    """The segment's sound as 16-bit little-endian mono samples, at the segment's own rate."""
    if (clip.sample_width, clip.channels) != (WIDTH, 1):
        clip = clip.set_channels(1).set_sample_width(WIDTH)
    return bytes(clip.raw_data)


def converted(clip: AudioSegment, rate_hz: int) -> AudioSegment:
    """The segment as 16-bit mono at `rate_hz`, with nothing folded down from above the new band."""
    samples = samples_of(clip)
    if clip.frame_rate == rate_hz or not samples:
        return segment(samples, rate_hz)
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples) // WIDTH)
    frame.sample_rate = clip.frame_rate
    native = samples if sys.byteorder == "little" else _swapped(samples)
    frame.planes[0].update(native.ljust(frame.planes[0].buffer_size, b"\0"))
    resampler = AudioResampler(format="s16", layout="mono", rate=rate_hz)
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return segment(b"".join(map(_bytes, frames)), rate_hz)


def wav(clip: AudioSegment) -> bytes:
    """The segment as a WAV file."""
    file = io.BytesIO()
    clip.export(file, format="wav")
    return file.getvalue()


def trimmed(clip: AudioSegment, margin_ms: int = 40, below_peak_db: float = 40.0) -> AudioSegment:
    """The segment without the silence at its ends, but for `margin_ms` on each side.

    Silence is what stays `below_peak_db` under the segment's loudest sample: a recording made softly keeps
    its words. A segment that is digital silence throughout comes back as it is.
    """
    if clip.max == 0:
        return clip
    from pydub.silence import detect_leading_silence

    threshold = clip.max_dBFS - below_peak_db
    before = detect_leading_silence(clip, silence_threshold=threshold, chunk_size=5)
    after = detect_leading_silence(clip.reverse(), silence_threshold=threshold, chunk_size=5)
    return clip[max(0, before - margin_ms) : math.ceil(len(clip) - max(0, after - margin_ms))]


def faded(clip: AudioSegment, fade_ms: int = 8) -> AudioSegment:
    """The segment with its first and last `fade_ms` faded, so that no cut clicks; half of a shorter one."""
    span = min(fade_ms, len(clip) // 2)
    return clip.fade_in(span).fade_out(span) if span > 0 else clip


def levelled(clip: AudioSegment, target_dbfs: float = -20.0, ceiling_dbfs: float = -1.0) -> AudioSegment:
    """The segment at `target_dbfs` on average (RMS), or as near as its peak may rise to `ceiling_dbfs`.

    One gain for the whole of it: nothing is compressed. It is for recordings that people made; lines that one
    engine spoke have one level already, and levelling each for itself makes them uneven.
    """
    if clip.max == 0:
        return clip
    return clip.apply_gain(min(target_dbfs - clip.dBFS, ceiling_dbfs - clip.max_dBFS))
