"""M4B audiobooks, read back: AAC in MP4, with both kinds of chapters, and tags."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, BinaryIO

from voicegen.errors import PublicationError
from voicegen.recordings.boxes import (
    LARGEST_HEADER,
    BoxError,
    all_of,
    durations,
    inside,
    number,
    one,
    optional,
    places,
    rows,
    sizes,
    top_level,
)
from voicegen.sound import aac
from voicegen.steps.timecode import to_ms

WARM_UP = 2
"""Packets decoded before those that are wanted: each is overlapped with the one before it."""
LARGEST_TITLE = 1 << 16
MOST_CHAPTERS = 1 << 14
NERO_HZ = 10_000_000
"""What Nero's chapters count in."""
ENABLED = 1
"""Flag of a track that players play (ISO/IEC 14496-12, section 8.3.2)."""
DECODER_SPECIFIC = 5
"""Tag of the descriptor with the decoder's configuration (ISO/IEC 14496-1, section 7.2.2.1)."""


@dataclass(frozen=True, slots=True)
class Track:
    """What is common to the track of sound and that of chapters."""

    id: int
    kind: bytes
    enabled: bool
    timescale: int
    duration: int
    stbl: bytes
    body: bytes
    """All of the box."""


class M4b:
    """A whole recording as `formats/_mp4` describes it."""

    most_chapters = 1 << 32
    """QuickTime chapters are not limited; Nero's are, see `nero`."""
    spread = 2 * aac.FRAME

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self.name = file, name
        boxes = top_level(file, name)
        try:
            start, end = boxes[b"moov"]
            self._media = boxes[b"mdat"]
        except KeyError as trouble:
            raise PublicationError(name, f"it has no box {trouble.args[0].decode()!r}") from trouble
        self.moov_first = start < self._media[0]
        if end - start > LARGEST_HEADER:
            raise PublicationError(name, f"its description has {end - start} bytes, which can't be right")
        file.seek(start)
        try:
            self._read(file.read(end - start))
        except (BoxError, UnicodeDecodeError) as trouble:
            raise PublicationError(name, str(trouble)) from trouble

    def _read(self, moov: bytes) -> None:
        sound, text = _tracks(moov)
        self.rate_hz, self.text_enabled = sound.timescale, text.enabled
        self._sizes = sizes(sound.stbl)
        self._places = places(sound.stbl, self._sizes)
        self._inside(self._places, self._sizes)
        if max(self._sizes, default=0) > aac.MOST_BYTES:
            raise BoxError("it has packets that are longer than AAC has them")
        if [(run.count, run.value) for run in durations(sound.stbl, len(self._sizes))] != [
            (len(self._sizes), aac.FRAME)
        ]:
            raise BoxError("its frames are not of one length")
        self._config = _config(one(sound.stbl, "stsd"))
        if self.rate_hz not in aac.RATES or self._config != aac.config(self.rate_hz):
            raise BoxError("its sound is not AAC of one channel at its own rate")
        edits = rows(one(sound.body, "edts/elst"), ">III")
        if len(edits) != 1:
            raise BoxError(f"it has {len(edits)} edits, not one")
        timescale = number(one(moov, "mvhd"), 12)
        length, self.delay, speed = edits[0]
        if timescale != self.rate_hz or speed != 1 << 16:
            raise BoxError("its edit is not counted in samples at normal speed")
        self.samples = length
        if self.delay + length > len(self._sizes) * aac.FRAME:
            raise BoxError("its edit is longer than its sound")
        self.frames = len(self._sizes)
        self.chapters = self._quicktime(text)
        udta = one(moov, "udta")
        self.nero = _nero(one(udta, "chpl"))
        self.tags = _tags(one(udta, "meta"))

    def _inside(self, starts: array[int], lengths: array[int]) -> None:
        """Raises BoxError where a sample lies outside the media."""
        start, end = self._media
        if any(at < start or at + size > end for at, size in zip(starts, lengths, strict=True)):
            raise BoxError("some of its samples lie outside its media")

    def _quicktime(self, text: Track) -> list[tuple[int, int, str]]:
        lengths = sizes(text.stbl)
        if len(lengths) > MOST_CHAPTERS:
            raise BoxError(f"it has {len(lengths)} chapters, which can't be right")
        starts = places(text.stbl, lengths)
        self._inside(starts, lengths)
        runs = durations(text.stbl, len(lengths))
        times = [0, *accumulate(run.value for run in runs for _ in range(run.count))]
        titles = [self._title(at, size) for at, size in zip(starts, lengths, strict=True)]
        spans = [(to_ms(a, text.timescale), to_ms(b, text.timescale)) for a, b in pairwise(times)]
        return [(start, end, title) for (start, end), title in zip(spans, titles, strict=True)]

    def _title(self, at: int, size: int) -> str:
        self._file.seek(at)
        sample = self._file.read(min(size, LARGEST_TITLE))
        length = number(sample, 0, 2)
        return sample[2 : 2 + length].decode()

    def decode(self, begin: int, end: int) -> array[float]:
        """The sound from sample `begin` of the recording, which may be below 0, to sample `end`."""
        import av

        av.logging.set_level(None)
        begin, end = begin + self.delay, end + self.delay
        first = max(0, begin // aac.FRAME - WARM_UP)
        last = min(self.frames, -(-end // aac.FRAME) + 1)
        decoder: Any = av.CodecContext.create("aac", "r")
        decoder.extradata = self._config
        sound: array[float] = array("f")
        for at, size in zip(self._places[first:last], self._sizes[first:last], strict=True):
            self._file.seek(at)
            try:
                for heard in decoder.decode(av.Packet(self._file.read(size))):
                    sound.frombytes(bytes(heard.planes[0])[: 4 * heard.samples])
            except av.error.FFmpegError as trouble:
                raise PublicationError(self.name, f"its sound does not decode at byte {at}") from trouble
        from_ = begin - first * aac.FRAME
        lead = array("f", bytes(4 * max(0, -from_)))
        return lead + sound[max(0, from_) : max(0, from_) + end - begin - len(lead)]


def _tracks(moov: bytes) -> tuple[Track, Track]:
    """The track of sound, and that of chapters, which the first one names; BoxError where these are not all."""
    tracks = [_track(body) for body in all_of(moov, "trak")]
    kinds = [track.kind for track in tracks]
    if sorted(kinds) != [b"soun", b"text"]:
        raise BoxError(f"its tracks are {kinds}, not one of sound and one of text")
    text, sound = sorted(tracks, key=lambda track: track.kind == b"soun")
    if number(one(sound.body, "tref/chap"), 0) != text.id:
        raise BoxError("its sound does not name its track of chapters")
    return sound, text


def _track(body: bytes) -> Track:
    tkhd, mdhd = one(body, "tkhd"), one(body, "mdia/mdhd")
    if tkhd[:1] != b"\0" or mdhd[:1] != b"\0" or number(mdhd, 12) == 0:
        raise BoxError("a track's header is not of version 0, or its time has no scale")
    return Track(
        number(tkhd, 12),
        one(body, "mdia/hdlr")[8:12],
        bool(number(tkhd, 0) & ENABLED),
        number(mdhd, 12),
        number(mdhd, 16),
        one(body, "mdia/minf/stbl"),
        body,
    )


def _config(stsd: bytes) -> bytes:
    """The decoder's configuration (ISO/IEC 14496-14, section 5.6; 14496-1, section 8.3.3 for the lengths)."""
    entry = one(stsd[8:], "mp4a")
    data, at = one(entry[28:], "esds")[4:], 0
    fixed = {3: 3, 4: 13}
    while True:
        tag, at, length = number(data, at, 1), at + 1, 0
        for _ in range(4):
            byte = number(data, at, 1)
            length, at = length << 7 | byte & 0x7F, at + 1
            if byte < 0x80:
                break
        if tag == DECODER_SPECIFIC:
            return data[at : at + length]
        if tag not in fixed:
            raise BoxError("its sound has no configuration")
        at += fixed[tag]


def _nero(chpl: bytes) -> list[tuple[int, str]]:
    """Start in milliseconds, and title; these chapters have no ends."""
    found, at = [], 9
    for _ in range(number(chpl, 8, 1)):
        length = number(chpl, at + 8, 1)
        found.append((to_ms(number(chpl, at, 8), NERO_HZ), chpl[at + 9 : at + 9 + length].decode()))
        at += 9 + length
    if at != len(chpl):
        raise BoxError("its Nero chapters do not fill their box")
    return found


def _tags(meta: bytes) -> dict[str, bytes]:
    """The values of the tags by name; those of foreign makers by the maker's name for them."""
    found = {}
    for kind, body in inside(one(meta[4:], "ilst")):
        name = one(body, "name")[4:].decode() if kind == b"----" else kind.decode("latin-1")
        found[name] = optional(body, "data")[8:]
    return found
