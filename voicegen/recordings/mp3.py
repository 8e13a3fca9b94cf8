"""MP3 files with ID3v2 chapters, read back."""

from __future__ import annotations

import array
import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from voicegen.errors import PublicationError
from voicegen.sound import mp3

WARM_UP_FRAMES = 10
"""Frames decoded before those that are wanted, so that the decoder's memory is filled."""
SPREAD_MS = 30
"""A little more than the 26 ms of a frame at 22,050 Hz."""
PIECE = 1 << 20
"""Bytes read at a time."""


class Mp3:
    """A whole recording as `sound/mp3` describes it: an Info frame, bodies, and a tail."""

    most_chapters = 1 << 16
    """Tables of contents are nested where one would not do."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self.name = file, name
        try:
            tag = read_tag(file)
            self.chapters = list(read_chapters(tag))
        except ValueError as trouble:
            raise PublicationError(name, f"its tag can't be read ({trouble})") from trouble
        found = frames(file, len(tag), name)
        if found is None or len(found.places) < 1 + mp3.TAIL_FRAMES:
            raise PublicationError(name, "there is no sound in it")
        self._begin, self._places, self._digest = found.begin, found.places, found.digest
        self.rate_hz = found.rate_hz
        self.spread = found.rate_hz * SPREAD_MS // 1000
        self.samples = (len(self._places) - 1 - mp3.TAIL_FRAMES) * mp3.FRAME

    def digest(self) -> bytes:
        """A digest of the frames of sound: two recordings that have the same one are heard alike."""
        return self._digest

    def decode(self, begin: int, end: int) -> array.array[float]:
        """The sound from sample `begin` of the recording, which may be below 0, to sample `end`."""
        import av

        av.logging.set_level(None)  # the first frames of a cut stream miss their past: that is expected
        file, places = self._file, self._places
        begin, end = begin + mp3.DELAY, end + mp3.DELAY
        first = max(0, begin // mp3.FRAME - WARM_UP_FRAMES)
        last = min(len(places) - 1, -(-end // mp3.FRAME) + 1)
        file.seek(self._begin + places[first])
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


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a recording that follow its first one, which only tells about them."""

    rate_hz: int
    begin: int
    """The byte that the first of them begins at."""
    places: array.array[int]
    """Where each begins and the last ends, in bytes from `begin`."""
    digest: bytes
    """Of all their bytes: two recordings that have the same one are heard alike."""


_known: dict[bytes, array.array[int]] = {}
"""The places in what was gone through already, by its digest: a chapter lies in several publications."""
MOST_KNOWN = 1 << 20
"""Frames whose places are remembered: of some seven hours."""


def frames(file: BinaryIO, at: int, name: str) -> Frames | None:
    """The frames from byte `at` on; None where there are none. Raises PublicationError as `frame_places` does."""
    file.seek(at)
    head = mp3.header(file.read(4))
    file.seek(at)
    if head is None or len(file.read(head.length)) < head.length:
        frame_places(file, at, name)  # which has the words for what stands there
        return None
    begin = at + head.length
    digest = _digest(file, at)
    places = _known.get(digest)
    if places is None:
        places = frame_places(file, begin, name)
        if sum(map(len, _known.values())) > MOST_KNOWN:
            _known.clear()
        _known[digest] = places
    return Frames(head.rate_hz, begin, places, digest)


_digests: dict[tuple[int, ...], bytes] = {}
"""Of what follows in files that were read already, by what a file system tells of them: each is read twice."""


def _digest(file: BinaryIO, at: int) -> bytes:
    """Of all that follows in the file, in which the first frame begins at byte `at`."""
    which: tuple[int, ...] = ()
    with contextlib.suppress(OSError):  # it may lie inside another file
        stat = os.fstat(file.fileno())
        which = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, at)
    found = _digests.get(which)
    if found is None:
        digest = hashlib.sha256()
        while piece := file.read(PIECE):
            digest.update(piece)
        found = digest.digest()
        if which:
            _digests[which] = found
    return found


def read_tag(file: BinaryIO) -> bytes:
    """The ID3v2 tag at the start, whole; empty where there is none (ID3v2.3.0, section 3.1)."""
    head = file.read(10)
    if head[:3] != b"ID3":
        return b""
    return head + file.read(sum(byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)))


def read_chapters(tag: bytes) -> Iterator[tuple[int, int, str]]:
    """Start and end in milliseconds and the title of each CHAP frame, in the order in which they stand.

    Raises ValueError for one that is not as it should be.
    """
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


def frame_places(file: BinaryIO, begin: int, name: str) -> array.array[int]:
    """Where each MP3 frame from byte `begin` on begins, and last where the file ends, in bytes from `begin`.

    Raises PublicationError where something else stands; `name` is for that message.
    """
    file.seek(begin)
    places: array.array[int] = array.array("Q")
    note, lengths = places.append, dict[bytes, int]()
    data, start, at = b"", 0, 0  # `data` begins `start` bytes behind `begin`, the next frame `at`
    while piece := file.read(PIECE):
        data, start = data[at - start :] + piece, at
        own, end = 0, len(data) - 4
        while own <= end:
            first = data[own : own + 3]  # all that the length depends on; few differ in a recording
            if first not in lengths:
                head = mp3.header(data, own)
                if head is None:
                    raise PublicationError(
                        name, f"at byte {begin + start + own} stands something that is no frame"
                    )
                lengths[first] = head.length
            if own + lengths[first] > len(data):
                break
            note(start + own)
            own += lengths[first]
        at = start + own
    if at != start + len(data):
        raise PublicationError(name, f"the frame at byte {begin + at} is not whole")
    note(at)
    return places
