"""Checking that each chapter mark of the written recording is where its heading is heard.

The proof is made on the bytes that will be published: marks are read back from the tag, the sound around each
is decoded from the frames, and compared with the samples that were synthesised. Nothing here uses what the
writer knew about its own output.
"""

from __future__ import annotations

import array
from collections.abc import Iterator, Mapping
from operator import mul
from pathlib import Path
from typing import Any, BinaryIO

from voicegen.errors import PublicationError
from voicegen.model.clip import Clip
from voicegen.model.timeline import Timeline
from voicegen.sound import mp3
from voicegen.steps.blobs import read
from voicegen.steps.timecode import to_ms

MOST_MS_OFF = 10
"""How far a mark may be from its place."""
BEFORE_MS, AFTER_MS = 150, 500
"""The stretch of sound around a heading's first sample that is compared."""
REACH_MS = 40
"""How far from its place a heading is looked for."""
LEAST_LIKENESS = 0.85
"""Correlation of the two loudness curves where they fit best; another heading's is far below."""
WARM_UP_FRAMES = 10
"""Frames decoded before those that are wanted, so that the decoder's memory is filled."""
SPREAD_MS = 30
"""How far before a sound an encoder may let it be heard (a frame at 22,050 Hz has 26 ms)."""
PIECE = 1 << 20
"""Bytes read at a time."""
QUIET = 0.02
"""Of full scale: what a decoder may leave of encoding noise in the silence before a heading."""


def check_marks(path: Path, timeline: Timeline, clips: Mapping[str, Clip]) -> None:
    """Raises PublicationError unless all marks of the MP3 at `path` are in the silence before their headings."""
    with path.open("rb") as file:
        _check(file, path.name, timeline, clips)


def _check(file: BinaryIO, name: str, timeline: Timeline, clips: Mapping[str, Clip]) -> None:
    tag = read_tag(file)
    found = list(read_chapters(tag))
    rate = timeline.rate_hz
    planned = [(to_ms(mark.start, rate), to_ms(mark.end, rate)) for mark in timeline.marks]
    if [(start, end) for start, end, _ in found] != planned:
        raise PublicationError(name, f"its tag holds chapters at {found}, not at {planned}")
    places = array.array("Q", frame_places(file, len(tag)))[1:]  # the first is the Info frame
    if len(places) - 1 != timeline.samples // mp3.FRAME + mp3.TAIL_FRAMES:
        raise PublicationError(name, f"{len(places) - 1} frames are not {timeline.samples} samples of sound")
    for mark in timeline.marks:
        if mark.cues:
            first = mark.cues[0]
            expected = _expected(clips[first.line], rate)
            near = first.start - (BEFORE_MS + REACH_MS) * rate // 1000
            begin, end = min(near, mark.start), first.start + (AFTER_MS + REACH_MS) * rate // 1000
            decoded = decode(file, places, begin, end)
            _compare(name, mark.title, expected, decoded[near - begin :], rate)
            _check_silence(name, mark.title, decoded[mark.start - begin : first.start - begin], rate)


def read_tag(file: BinaryIO) -> bytes:
    """The ID3v2 tag at the start, whole; empty where there is none (ID3v2.3.0, section 3.1)."""
    head = file.read(10)
    if head[:3] != b"ID3":
        return b""
    return head + file.read(sum(byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)))


def read_chapters(tag: bytes) -> Iterator[tuple[int, int, str]]:
    """Start and end in milliseconds and the title of each CHAP frame, in the order in which they stand."""
    at = 10
    while at + 10 <= len(tag) and tag[at : at + 4].isalnum():
        size = int.from_bytes(tag[at + 4 : at + 8], "big")
        body = tag[at + 10 : at + 10 + size]
        if tag[at : at + 4] == b"CHAP":
            times = body.index(b"\0") + 1
            title = body[times + 16 + 11 :].decode("utf-16")
            start, end = (int.from_bytes(body[times + n : times + n + 4], "big") for n in (0, 4))
            yield start, end, title
        at += 10 + size


def frame_places(file: BinaryIO, at: int) -> Iterator[int]:
    """Where each MP3 frame from `at` on begins, and last where the file ends.

    Raises PublicationError where something else stands.
    """
    file.seek(at)
    lengths: dict[bytes, int] = {}
    data, start = b"", at
    while piece := file.read(PIECE):
        data, start = data[at - start :] + piece, at
        end = start + len(data)
        while at + 4 <= end:
            first = data[at - start : at - start + 3]  # all that the length depends on; few differ in a recording
            length = lengths.get(first)
            if length is None:
                head = mp3.header(data, at - start)
                if head is None:
                    raise PublicationError("MP3", f"at byte {at} stands something that is no frame")
                length = lengths[first] = head.length
            if at + length > end:
                break
            yield at
            at += length
    if at != start + len(data):
        raise PublicationError("MP3", f"the frame at byte {at} is not whole")
    yield at


def decode(file: BinaryIO, places: array.array[int], begin: int, end: int) -> array.array[float]:
    """The decoded sound from sample `begin` of the recording, which may be below 0, to sample `end`."""
    import av

    av.logging.set_level(None)  # the first frames of a cut stream miss their past: that is expected
    begin, end = begin + mp3.DELAY, end + mp3.DELAY
    first = max(0, begin // mp3.FRAME - WARM_UP_FRAMES)
    last = min(len(places) - 1, -(-end // mp3.FRAME) + 1)
    file.seek(places[first])
    data = file.read(places[last] - places[first])
    decoder: Any = av.CodecContext.create("mp3float", "r")
    sound: array.array[float] = array.array("f")
    for number in range(first, last):
        frame = data[places[number] - places[first] : places[number + 1] - places[first]]
        try:
            made = decoder.decode(av.Packet(frame))
        except av.error.InvalidDataError:
            made = []
        got: array.array[float] = array.array("f")
        for heard in made:
            got.frombytes(bytes(heard.planes[0])[: 4 * heard.samples])
        sound.extend(got if got else array.array("f", bytes(4 * mp3.FRAME)))
    from_ = begin - first * mp3.FRAME
    lead = array.array("f", bytes(4 * max(0, -from_)))
    return lead + sound[max(0, from_) : max(0, from_) + end - begin - len(lead)]


def _expected(clip: Clip, rate_hz: int) -> array.array[int]:
    """The planned samples from BEFORE_MS before the cue to AFTER_MS after its start."""
    wanted = min(AFTER_MS * rate_hz // 1000, clip.samples)
    samples = array.array("h")
    samples.frombytes(read(clip.sound.part(0, 2 * wanted)))
    return array.array("h", bytes(2 * (BEFORE_MS * rate_hz // 1000))) + samples


def _loudness(sound: array.array[float] | array.array[int], rate_hz: int) -> list[float]:
    """Sums of the magnitudes of every second sample, millisecond by millisecond, in the sound's own scale."""
    step = rate_hz // 1000
    return [sum(map(abs, sound[at : at + step : 2])) for at in range(0, len(sound) - step + 1, step)]


def _compare(name: str, title: str, expected: array.array[int], decoded: array.array[float], rate_hz: int) -> None:
    plan, real = _loudness(expected, rate_hz), _loudness(decoded, rate_hz)
    likeness = {lag: _likeness(plan, real[REACH_MS + lag :]) for lag in range(-REACH_MS, REACH_MS + 1)}
    lag = max(likeness, key=lambda lag: likeness[lag])
    if likeness[lag] < LEAST_LIKENESS or abs(lag) > MOST_MS_OFF:
        raise PublicationError(
            name,
            f"“{title}” is not heard where its mark is (best fit {lag} ms off, likeness {likeness[lag]:.2f})",
            "This is a fault of voicegen: please report it with the page.",
        )


def _likeness(plan: list[float], real: list[float]) -> float:
    """Correlation of two loudness curves, from 0 to 1."""
    length = min(len(plan), len(real))
    plan, real = plan[:length], real[:length]
    power = (sum(map(mul, plan, plan)) * sum(map(mul, real, real))) ** 0.5
    return sum(map(mul, plan, real)) / power if power else 0.0


def _check_silence(name: str, title: str, lead: array.array[float], rate_hz: int) -> None:
    """Nothing may be heard between the mark and its heading, but for what encoding spreads from the latter."""
    quiet = lead[: -SPREAD_MS * rate_hz // 1000]
    if quiet and max(map(abs, quiet)) > QUIET:
        raise PublicationError(
            name,
            f"the mark of “{title}” is not in silence",
            "This is a fault of voicegen: please report it with the page.",
        )
