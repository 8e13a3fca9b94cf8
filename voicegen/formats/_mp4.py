"""MP4 audiobooks (ISO/IEC 14496-12 and -14): the description first, so that they play while they load.

Boxes are made of parts, and a part may be a Blob that lies in a file: neither the sound nor the table of its
packets' sizes is ever in memory. All times are in samples, so that nothing is rounded. A recording of less than
2**32 samples has less than 2**22 packets of at most 768 bytes: 32-bit places are always enough.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from voicegen.errors import PublicationError
from voicegen.model.blob import Blob, blob
from voicegen.model.edition import Codec
from voicegen.sound import aac
from voicegen.sound.sizes import entries, table
from voicegen.steps.blobs import read

Part = bytes | Blob | tuple[Blob, ...]
UNITY = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
"""The matrix of a picture that is not moved or turned (ISO/IEC 14496-12, section 6.2.2)."""
ENABLED, IN_MOVIE = 1, 2
"""Flags of a track (section 8.3.2)."""
SOUND, CHAPTERS = 1, 2
"""Ids of the two tracks."""
PACKETS_A_CHUNK = 512
"""Packets that lie together as one chunk: players read no more than that to find a place."""
UNDETERMINED = 0x55C4
"""The language "und", packed (section 8.4.2); the track's own box says it in full (section 8.4.6)."""
MOST_SAMPLES = 0xFFFFFFFF
UTF8 = struct.pack(">I4sI", 12, b"encd", 1 << 8)
"""What follows a chapter's title to say that it is UTF-8 (QuickTime File Format, "Text sample data")."""


@dataclass(frozen=True, slots=True)
class Title:
    """A chapter in QuickTime's manner: a line of text that lasts as long as it does."""

    text: bytes
    samples: int


def box(kind: str, *parts: Part) -> tuple[Blob, ...]:
    """A box and all that lies in it (section 4.2)."""
    held: list[Blob] = []
    for part in parts:
        held += (blob(part),) if isinstance(part, bytes) else (part,) if isinstance(part, Blob) else part
    size = 8 + sum(part.size for part in held)
    head = blob(size.to_bytes(4, "big") + kind.encode("latin-1"))
    return (head, *(part for part in held if part.size))


def full_box(kind: str, *parts: Part, flags: int = 0, version: int = 0) -> tuple[Blob, ...]:
    """A box that has a version and flags (section 4.2)."""
    return box(kind, (version << 24 | flags).to_bytes(4, "big"), *parts)


def audiobook(name: str, codec: Codec, titles: Sequence[Title], lang: str, about: Part) -> tuple[Blob, ...]:
    """The parts of an audiobook: the joined chapters of the codec "aac", their titles, and `about` in `udta`.

    Raises PublicationError where it would be longer than MP4 can tell in 32 bits; `name` is for that message.
    """
    length = sum(chapter.samples for chapter in codec.chapters)
    if length + aac.FRAME > MOST_SAMPLES:
        raise PublicationError(name, "it is too long for one audiobook", "Split the page.")
    brands = box("ftyp", b"M4B ", bytes(4), b"M4B M4A mp42isom")
    texts = b"".join(len(title.text).to_bytes(2, "big") + title.text + UTF8 for title in titles)
    sound = (*(chapter.body for chapter in codec.chapters), codec.chapters[-1].tail)

    def description(media: int) -> tuple[Blob, ...]:
        header = struct.pack(">5IH10x", 0, 0, codec.rate_hz, length, 1 << 16, 1 << 8)
        return box(
            "moov",
            full_box("mvhd", header, UNITY, bytes(24), (CHAPTERS + 1).to_bytes(4, "big")),
            _sound_track(codec, length, lang, media + len(texts)),
            _chapter_track(codec.rate_hz, titles, lang, media),
            box("udta", about),
        )

    before = sum(part.size for part in (*brands, *description(0))) + 8  # its length does not depend on places
    return (*brands, *description(before), *box("mdat", texts, sound))


def _sound_track(codec: Codec, length: int, lang: str, place: int) -> tuple[Blob, ...]:
    """The track of sound. Its edit leaves out what encoder and decoder put before it (section 8.6.6)."""
    count = length // aac.FRAME + 1
    edit = struct.pack(">4I", 1, length, codec.delay, 1 << 16)
    tail = table([codec.chapters[-1].tail.size])
    sizes = tuple(chapter.sizes for chapter in codec.chapters)
    stbl = box(
        "stbl",
        full_box("stsd", _one_row(_mp4a(codec, count))),
        full_box("stts", struct.pack(">3I", 1, count, aac.FRAME)),
        *_chunks(codec, count, place),
        full_box("stsz", struct.pack(">2I", 0, count), sizes, tail),
        full_box("sgpd", b"roll", struct.pack(">2Ih", 2, 1, -1), version=1),  # each packet needs the one before it
        full_box("sbgp", b"roll", struct.pack(">3I", 1, count, 1)),
    )
    return box(
        "trak",
        _track_header(SOUND, ENABLED | IN_MOVIE, length, volume=1 << 8),
        box("edts", full_box("elst", edit)),
        box("tref", box("chap", CHAPTERS.to_bytes(4, "big"))),
        _media(codec.rate_hz, count * aac.FRAME, lang, b"soun", full_box("smhd", bytes(4)), stbl),
    )


def _chunks(codec: Codec, count: int, place: int) -> Iterator[tuple[Blob, ...]]:
    """Where the packets lie (sections 8.7.4 and 8.7.5): in chunks of equal number, but for the last."""
    whole, rest = divmod(count, PACKETS_A_CHUNK)
    runs = [(1, PACKETS_A_CHUNK, 1)] * bool(whole) + [(whole + 1, rest, 1)] * bool(rest)
    places = array("I")
    sizes = (size for chapter in codec.chapters for size in entries(read(chapter.sizes)))
    for _ in range(whole + bool(rest)):
        places.append(place)
        place += sum(islice(sizes, PACKETS_A_CHUNK))
    yield full_box("stsc", len(runs).to_bytes(4, "big"), *(struct.pack(">3I", *run) for run in runs))
    yield full_box("stco", len(places).to_bytes(4, "big"), table(places))


def _mp4a(codec: Codec, count: int) -> tuple[Blob, ...]:
    """How the sound is coded (ISO/IEC 14496-14, section 5.6): an elementary stream of one channel of AAC."""
    held = sum(chapter.body.size for chapter in codec.chapters) + codec.chapters[-1].tail.size
    average = held * 8 * codec.rate_hz // (count * aac.FRAME)
    config = _descriptor(5, aac.config(codec.rate_hz))
    most = aac.most_kbits(codec.rate_hz) * 1000
    decoder = struct.pack(">BBBHII", 0x40, 0x15, 0, aac.MOST_BYTES, most, average) + config
    stream = _descriptor(3, bytes(3) + _descriptor(4, decoder) + _descriptor(6, b"\x02"))
    entry = struct.pack(">6xHQHHII", 1, 0, 1, 16, 0, codec.rate_hz << 16)
    return box("mp4a", entry, full_box("esds", stream))


def _descriptor(tag: int, body: bytes) -> bytes:
    """A descriptor of ISO/IEC 14496-1, section 7.2.2, its length in the four bytes that all players read."""
    return bytes([tag, 0x80, 0x80, 0x80, len(body)]) + body


def _chapter_track(rate_hz: int, titles: Sequence[Title], lang: str, place: int) -> tuple[Blob, ...]:
    """The track of titles, switched off, so that no player shows it as a picture (QuickTime, "Chapter lists")."""
    length = sum(title.samples for title in titles)
    times = (struct.pack(">2I", 1, title.samples) for title in titles)
    sizes = table(2 + len(title.text) + len(UTF8) for title in titles)
    look = struct.pack(">6xHIi3H4Hq2hBh3HB", 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    stbl = box(
        "stbl",
        full_box("stsd", _one_row(box("text", look))),
        full_box("stts", len(titles).to_bytes(4, "big"), *times),
        full_box("stsc", struct.pack(">4I", 1, 1, len(titles), 1)),
        full_box("stco", struct.pack(">2I", 1, place)),
        full_box("stsz", struct.pack(">2I", 0, len(titles)), sizes),
    )
    mode = struct.pack(">5H2x", 0x40, 0x8000, 0x8000, 0x8000, 0)
    general = box("gmhd", full_box("gmin", mode), box("text", UNITY))
    return box(
        "trak",
        _track_header(CHAPTERS, IN_MOVIE, length, volume=0),
        _media(rate_hz, length, lang, b"text", general, stbl),
    )


def _one_row(row: tuple[Blob, ...]) -> tuple[Blob, ...]:
    return (blob((1).to_bytes(4, "big")), *row)


def _track_header(track: int, flags: int, length: int, volume: int) -> tuple[Blob, ...]:
    times = struct.pack(">5I8x2HH2x", 0, 0, track, 0, length, 0, 0, volume)
    return full_box("tkhd", times, UNITY, bytes(8), flags=flags)


def _media(rate_hz: int, length: int, lang: str, kind: bytes, header: Part, stbl: Part) -> tuple[Blob, ...]:
    here = full_box("dref", _one_row(full_box("url ", flags=1)))
    return box(
        "mdia",
        full_box("mdhd", struct.pack(">4I2H", 0, 0, rate_hz, length, UNDETERMINED, 0)),
        full_box("hdlr", bytes(4), kind, bytes(13)),
        full_box("elng", lang.encode("ascii", "ignore") + b"\0"),
        box("minf", header, box("dinf", here), stbl),
    )
