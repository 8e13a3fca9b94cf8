"""Whether all recordings of a published page are heard alike at their marks, told from its folder alone.

A folder holds nothing of what was spoken. But its recordings come from codecs with delays of their own, and from
packages that name their files and times each in its own way: where one of them was put together wrongly, it is
not heard like the first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import Format
from voicegen.errors import PublicationError
from voicegen.formats._verified import PublishedMark, timeline_of
from voicegen.recordings.opening import KINDS, HoldsChapters, Recording, opened
from voicegen.steps.checking import AFTER_MS, BEFORE_MS, MOST_MS_OFF, REACH_MS, compare, loudness, paired, peak
from voicegen.steps.timecode import to_ms

SILENT = 1e-6
"""Of full scale: no decoder leaves less of any sound."""


class Agreement:
    """What is heard at each mark in the first recording of a page, and whether the others agree with it."""

    def __init__(self, folder: Path) -> None:
        """Takes the page in `folder`. Raises PublicationError where its timeline can't be read."""
        self._folder, self._timeline = folder, timeline_of(folder)
        self._marks = [mark for mark in self._timeline.marks if mark.lines]
        self._first: dict[str, array[float]] = {}
        """By the mark's id: how loud it is around its first line, millisecond by millisecond."""
        self._known: set[tuple[str, bytes]] = set()
        """Marks with the digests of their chapters' recordings that have been decoded."""
        self._frames: dict[str, tuple[str, bytes]] = {}
        """By the mark's id: the first recording of its chapter, and the digest of its frames."""

    def troubles(self, format_name: str, format_: Format) -> Iterator[str]:
        """Where the recordings of the format do not agree.

        Raises PublicationError where one of them can't be read.
        """
        page = self._timeline.page
        if f".{format_name}" in KINDS:
            with opened(self._folder / f"{page}.{format_name}") as recording:
                for mark in self._marks:
                    yield from self._compared(recording, mark, 0)
        if isinstance(format_, HoldsChapters):
            for mark, chapter in paired(self._marks, format_.recordings(self._folder), page):
                found = mark.id, chapter.digest()
                name, digest = self._frames.setdefault(mark.id, (chapter.name, found[1]))
                if digest != found[1]:
                    yield f"{chapter.name}: its sound is not that of {name}, as that of one chapter is"
                if found not in self._known:
                    self._known.add(found)
                    yield from self._compared(chapter, mark, mark.start)
                    yield from self._length(chapter, mark)

    def _compared(self, recording: Recording, mark: PublishedMark, start: int) -> Iterator[str]:
        """`start` is the sample of the timeline that the recording begins with."""
        rate = self._timeline.rate_hz
        place = (mark.lines[0].start - start) * recording.rate_hz // rate
        before, reach, after = (ms * recording.rate_hz // 1000 for ms in (BEFORE_MS, REACH_MS, AFTER_MS))
        sound = recording.decode(place - before - reach, place + after + reach)
        if peak(sound) < SILENT:
            yield f"{recording.name}: nothing is heard where {mark.title!r} begins"
            return
        if mark.id not in self._first:
            heard = loudness(sound[reach : len(sound) - reach], recording.rate_hz)
            self._first[mark.id] = array("f", heard)
        try:
            compare(recording.name, mark.title, self._first[mark.id], loudness(sound, recording.rate_hz))
        except PublicationError as error:
            yield str(error)

    def _length(self, chapter: Recording, mark: PublishedMark) -> Iterator[str]:
        off = to_ms(chapter.samples, chapter.rate_hz) - to_ms(mark.end - mark.start, self._timeline.rate_hz)
        if abs(off) > MOST_MS_OFF:
            yield f"{chapter.name}: it is {off} ms longer than {mark.title!r}"
