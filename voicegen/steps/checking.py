"""Checking that each chapter mark of a written recording is where its heading is heard.

The proof is made on the bytes that will be published: marks are read back from the file, the sound around each
is decoded from it, and compared with the samples that were synthesised. Nothing here uses what the writer knew
about its own output.
"""

from __future__ import annotations

import array
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, zip_longest
from operator import mul
from pathlib import Path
from typing import TypeVar

from voicegen.errors import PublicationError
from voicegen.model.clip import Clip
from voicegen.model.timeline import Mark, Timeline
from voicegen.recordings.mp3 import Mp3
from voicegen.recordings.opening import Recording, opened
from voicegen.sound.chapters import at_most
from voicegen.steps.blobs import read
from voicegen.steps.timecode import to_ms

MOST_MS_OFF = 10
"""How far a mark may be from its place."""
BEFORE_MS, AFTER_MS = 150, 500
"""The stretch of sound around a heading's first sample that is compared."""
REACH_MS = 40
"""How far from its place a heading is looked for."""
MOST_PLANNED = 250
"""Headings whose loudness is remembered, which takes 3 KB each: those of the page that is being checked."""
REPORT = "This is a fault of voicegen: please report it with the page."
T = TypeVar("T")
LEAST_LIKENESS = 0.85
"""Correlation of the two loudness curves where they fit best; another heading's is far below."""
QUIET = 0.02
"""Of full scale: what a decoder may leave of encoding noise in the silence before a heading."""


def check_marks(path: Path, timeline: Timeline, clips: Mapping[str, Clip]) -> None:
    """Raises PublicationError unless all marks of the recording are in the silence before their headings.

    The recording may be of any of `recordings.opening.KINDS`.
    """
    with opened(path) as recording:
        _check_times(recording, timeline)
        for mark in timeline.marks:
            if mark.cues:
                _check_mark(recording, mark, clips[mark.cues[0].line], timeline.rate_hz)


def check_chapters(
    recordings: Iterable[Mp3],
    where: str,
    timeline: Timeline,
    clips: Mapping[str, Clip],
    known: set[tuple[str, bytes]],
) -> None:
    """Raises PublicationError unless each recording is that of a chapter, its heading heard in its place.

    Chapters in which nothing is said have none. `where` is the publication, for messages. What is in `known`, a
    chapter and the digest of its frames, is right, and is not decoded again; what is found right is put there.
    """
    marks = [mark for mark in timeline.marks if mark.cues]
    for mark, recording in paired(marks, recordings, where):
        found = mark.id, recording.digest()
        if found in known:
            continue
        off = to_ms(recording.samples, recording.rate_hz) - to_ms(mark.end - mark.start, timeline.rate_hz)
        if abs(off) > MOST_MS_OFF:
            raise PublicationError(recording.name, f"it is {off} ms longer than “{mark.title}”", REPORT)
        _check_mark(recording, mark, clips[mark.cues[0].line], timeline.rate_hz, mark.start)
        known.add(found)


def paired(marks: Sequence[T], recordings: Iterable[Mp3], where: str) -> Iterator[tuple[T, Mp3]]:
    """Each mark with the recording of its chapter. Raises PublicationError where there are not as many."""
    for mark, recording in zip_longest(marks, recordings):
        if mark is None or recording is None:
            raise PublicationError(where, f"it has not one recording for each of {len(marks)} chapters", REPORT)
        yield mark, recording


def _check_times(recording: Recording, timeline: Timeline) -> None:
    """The chapters that the file tells of, and its length, must be those of the timeline."""
    rate = timeline.rate_hz
    kept = at_most([mark.level for mark in timeline.marks], recording.most_chapters)
    planned = [to_ms(timeline.marks[at].start, rate) for at in kept]
    found = [start for start, _, _ in recording.chapters]
    if found != planned:
        raise PublicationError(recording.name, f"its tag holds chapters at {found}, not at {planned}")
    length = to_ms(recording.samples, recording.rate_hz)
    if abs(length - to_ms(timeline.samples, rate)) > MOST_MS_OFF:
        raise PublicationError(recording.name, f"it plays {length} ms, not {to_ms(timeline.samples, rate)}")


def _check_mark(recording: Recording, mark: Mark, clip: Clip, rate_hz: int, start: int = 0) -> None:
    """The heading that begins with `clip` must be heard in its place, and nothing between it and the mark.

    `start` is the sample of the timeline that the recording begins with.
    """

    def at(samples: int) -> int:
        return (samples - start) * recording.rate_hz // rate_hz

    first = mark.cues[0].start
    near = first - (BEFORE_MS + REACH_MS) * rate_hz // 1000
    begin, end = at(min(near, mark.start)), at(first + (AFTER_MS + REACH_MS) * rate_hz // 1000)
    decoded = recording.decode(begin, end)
    places = (at(near) - begin, at(mark.start) - begin, at(first) - begin)
    heard = (hashlib.sha256(decoded).digest(), places, recording.rate_hz, recording.spread, clip, rate_hz)
    if heard in _right:
        return
    plan = _planned(clip, rate_hz)
    real = loudness(decoded[places[0] :], recording.rate_hz)
    compare(recording.name, mark.title, plan, real)
    _check_silence(recording, mark.title, decoded[places[1] : places[2]])
    if len(_right) >= MOST_RIGHT:
        _right.clear()
    _right.add(heard)


_right: set[tuple[object, ...]] = set()
"""Sound that was found right, by the digest of its samples, and all that it was compared with: a chapter lies in
several recordings, and where it comes out of the decoder sample by sample as before, the answer is the same."""
MOST_RIGHT = 10_000


@lru_cache(maxsize=MOST_PLANNED)
def _planned(clip: Clip, rate_hz: int) -> array.array[float]:
    """The loudness that is planned: a heading is looked for in every publication that holds its chapter."""
    return array.array("f", loudness(_expected(clip, rate_hz), rate_hz))


def _expected(clip: Clip, rate_hz: int) -> array.array[int]:
    """The planned samples from BEFORE_MS before the cue to AFTER_MS after its start."""
    wanted = min(AFTER_MS * rate_hz // 1000, clip.samples)
    samples = array.array("h")
    samples.frombytes(read(clip.sound.part(0, 2 * wanted)))
    return array.array("h", bytes(2 * (BEFORE_MS * rate_hz // 1000))) + samples


def peak(sound: array.array[float]) -> float:
    """The largest magnitude; 0 where there is no sound."""
    return max(max(sound), -min(sound)) if sound else 0.0


def loudness(sound: array.array[float] | array.array[int], rate_hz: int) -> list[float]:
    """The mean magnitude, millisecond by millisecond, of some eight samples of each, in the sound's own scale."""
    count = len(sound) * 1000 // rate_hz
    edges = [ms * rate_hz // 1000 for ms in range(count + 1)]
    step = max(1, rate_hz // 8_000)
    pieces = (sound[begin:end:step] for begin, end in pairwise(edges))
    return [sum(map(abs, piece)) / len(piece) for piece in pieces]


def compare(name: str, title: str, plan: Iterable[float], real: list[float]) -> None:
    """Raises PublicationError unless the curve `real`, which begins REACH_MS before `plan`, fits it in place."""
    likeness = dict(zip(range(-REACH_MS, REACH_MS + 1), _likeness([*plan], real), strict=True))
    lag = max(likeness, key=lambda lag: likeness[lag])
    if likeness[lag] < LEAST_LIKENESS or abs(lag) > MOST_MS_OFF:
        raise PublicationError(
            name,
            f"“{title}” is not heard where its mark is (best fit {lag} ms off, likeness {likeness[lag]:.2f})",
            REPORT,
        )


def _likeness(plan: list[float], real: list[float]) -> Iterator[float]:
    """Correlation, from 0 to 1, of `plan` with as much of `real` from each of its first places on."""
    squares = [*accumulate(map(mul, real, real), initial=0.0)]
    ours = [*accumulate(map(mul, plan, plan), initial=0.0)]
    for begin in range(2 * REACH_MS + 1):
        length = max(0, min(len(plan), len(real) - begin))
        power = (ours[length] * max(0.0, squares[begin + length] - squares[min(begin, len(real))])) ** 0.5
        yield sum(map(mul, plan, real[begin : begin + length])) / power if power else 0.0  # `mul` ends with either


def _check_silence(recording: Recording, title: str, lead: array.array[float]) -> None:
    """Nothing may be heard between the mark and its heading, but for what encoding spreads from the latter."""
    quiet = lead[: -recording.spread]
    if peak(quiet) > QUIET:
        raise PublicationError(
            recording.name,
            f"the mark of “{title}” is not in silence",
            REPORT,
        )
