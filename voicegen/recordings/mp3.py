"""MP3 files with ID3v2 chapters, read back."""

from __future__ import annotations

import array
import contextlib
import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

from voicegen.errors import PublicationError
from voicegen.sound import mp3

WARM_UP_FRAMES = 10
"""Frames decoded before those that are wanted, so that the decoder's memory is filled."""
SPREAD_MS = 30
"""A little more than the 26 ms of a frame at 22,050 Hz."""
PIECE = 1 << 17
"""Bytes read at a time."""
EVERY = 32
"""Of so many frames the place of one is kept: from there on the others are soon found."""
MOST_KNOWN = 512
"""Recordings that are remembered once they were gone through: those of the page that is being checked."""
K = TypeVar("K")
V = TypeVar("V")


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
        if found is None or found.places.count < mp3.TAIL_FRAMES:
            raise PublicationError(name, "there is no sound in it")
        self._begin, self._places, self._digest = found.begin, found.places, found.digest
        self.rate_hz = found.rate_hz
        self.spread = found.rate_hz * SPREAD_MS // 1000
        self.samples = (self._places.count - mp3.TAIL_FRAMES) * mp3.FRAME

    def digest(self) -> bytes:
        """A digest of the frames of sound: two recordings that have the same one are heard alike."""
        return self._digest

    def decode(self, begin: int, end: int) -> array.array[float]:
        """The sound from sample `begin` of the recording, which may be below 0, to sample `end`."""
        import av

        av.logging.set_level(None)  # the first frames of a cut stream miss their past: that is expected
        begin, end = begin + mp3.DELAY, end + mp3.DELAY
        last = max(0, min(self._places.count, -(-end // mp3.FRAME) + 1))
        first = min(max(0, begin // mp3.FRAME - WARM_UP_FRAMES), last)
        decoder: Any = av.CodecContext.create("mp3float", "r")
        sound: array.array[float] = array.array("f")
        for frame in self._frames(first, last):
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

    def _frames(self, first: int, last: int) -> Iterator[bytes]:
        """The frames from number `first` to before `last`."""
        at, end = self._places.around(first, last)
        self._file.seek(self._begin + at)
        data, own = self._file.read(end - at), 0
        for number in range(first // EVERY * EVERY, last):
            head = mp3.header(data, own)
            if head is None:
                raise PublicationError(self.name, "it was changed while it was read")
            if number >= first:
                yield data[own : own + head.length]
            own += head.length


@dataclass(frozen=True, slots=True)
class Places:
    """Where frames begin: in a recording of ten hours, of which there may be several, there are 1.4 million."""

    count: int
    """How many frames there are."""
    some: array.array[int]
    """Where each `EVERY`th of them begins, and the last ends, in bytes from the first."""

    def around(self, first: int, last: int) -> tuple[int, int]:
        """The bytes that the frames from number `first` to before `last` lie in; the first begins a place kept."""
        return self.some[first // EVERY], self.some[-(-last // EVERY)]


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a recording that follow its first one, which only tells about them."""

    rate_hz: int
    begin: int
    """The byte that the first of them begins at."""
    places: Places
    """In bytes from `begin`."""
    digest: bytes
    """Of all their bytes: two recordings that have the same one are heard alike."""


_known: dict[bytes, Places] = {}
"""The places in what was gone through already, by its digest: a chapter lies in several publications."""
_digests: dict[tuple[int, ...], bytes] = {}
"""Of what follows in files that were read already, by what a file system tells of them: each is read twice."""
_lock = threading.Lock()


def _remember(memory: dict[K, V], key: K, value: V) -> None:
    """Puts it into the memory, which then forgets what it has had longest, if that is too much.

    A program that watches pages runs for weeks.
    """
    with _lock:
        memory[key] = value
        while len(memory) > MOST_KNOWN:
            del memory[next(iter(memory))]


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
        _remember(_known, digest, places)
    return Frames(head.rate_hz, begin, places, digest)


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
            _remember(_digests, which, found)
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


def frame_places(file: BinaryIO, begin: int, name: str) -> Places:
    """Where the MP3 frames from byte `begin` on begin, the last of which ends where the file does.

    Raises PublicationError where something else stands; `name` is for that message.
    """
    file.seek(begin)
    some: array.array[int] = array.array("Q")
    lengths = dict[bytes, int]()
    data, start, at, count = b"", 0, 0, 0  # `data` begins `start` bytes behind `begin`, the next frame `at`
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
            if count % EVERY == 0:
                some.append(start + own)
            count += 1
            own += lengths[first]
        at = start + own
    if at != start + len(data):
        raise PublicationError(name, f"the frame at byte {begin + at} is not whole")
    some.append(at)
    return Places(count, some)
