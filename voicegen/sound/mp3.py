"""MP3 (ISO/IEC 13818-3, Layer III at low sample rates): chapters encoded once, joined without decoding.

How a recording is joined from chapters that were encoded apart. A fresh encoder's first frame draws on no
earlier one, so a chapter's frames can follow another's. An encoder delays its sound by 576 samples and a
decoder by 529 more; a chapter of K whole frames of sound therefore comes out as K frames (the body) and two
more (the tail) that hold its last 1,105 samples. Those are silence, by the rest that closes each chapter. So
the whole recording is all bodies and the last tail, delayed once, by the same 1,105 samples everywhere; a
chapter's own file is its body and tail. Both say so in an Info frame, and players that read it are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicegen.errors import PublicationError

ENCODER_DELAY = 576
"""Samples that LAME puts before the sound (its API's default for all rates)."""
DECODER_DELAY = 529
"""Samples that a Layer III decoder adds (528 + 1; LAME's technical FAQ)."""
DELAY = ENCODER_DELAY + DECODER_DELAY
FRAME = 576
"""Samples a frame at the low sample rates (16, 22.05, 24 kHz and below), which are the ones used here."""
QUALITY = 5
"""LAME's speed setting: 5 costs half of 2; speech at 64 kbit/s mono gains nothing from more."""
TAIL_FRAMES = 2
INFO_BYTES = 4 + 9 + 116 + 36
"""What an Info frame holds: frame header, side information, Xing's part and LAME's. A frame at a low bit rate
is too short for it, so that the Info frame then has a higher bit rate than the others, as LAME's own has."""
MOST_KBITS_BELOW_16_KHZ = 64
"""LAME encodes no more at the rates of MPEG-2.5."""

_VERSIONS = {2: 0, 0: 1}
"""Header bits of MPEG-2 and MPEG-2.5, as rows of the table of rates."""
_RATES = ((22_050, 24_000, 16_000), (11_025, 12_000, 8_000))
RATES = tuple(rate for rates in _RATES for rate in rates)
"""Sample rates that can be encoded."""
_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


@dataclass(frozen=True, slots=True)
class Header:
    """The four bytes that begin a frame."""

    rate_hz: int
    kbits: int
    length: int
    """Bytes of the whole frame."""


def header(data: bytes, at: int = 0) -> Header | None:
    """The frame header at `at`, or None if there is none (ISO/IEC 13818-3, section 2.4.1.3)."""
    word = int.from_bytes(data[at : at + 4], "big")
    version, layer = word >> 19 & 3, word >> 17 & 3
    kbits, rate = word >> 12 & 15, word >> 10 & 3
    if word >> 21 != 0x7FF or version not in _VERSIONS or layer != 1 or not 0 < kbits < 15 or rate == 3:
        return None
    hertz = _RATES[_VERSIONS[version]][rate]
    return Header(hertz, _KBITS[kbits], 72_000 * _KBITS[kbits] // hertz + (word >> 9 & 1))


def encode(parts: Iterable[bytes], samples: int, rate_hz: int, kbits: int) -> Iterator[bytes]:
    """The frames of one chapter's sound (16 bit, mono): its body and, at the end, its tail.

    `samples` is what `parts` hold. Raises PublicationError where it is no whole number of frames.
    """
    if samples % FRAME:
        raise PublicationError("MP3 encoder", f"{samples} samples are no whole number of frames")
    import lameenc  # imported late: a build that has nothing to encode starts without it

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(kbits)
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_out_sample_rate(rate_hz)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    for part in parts:
        yield bytes(encoder.encode(part))
    yield bytes(encoder.flush())


def tail_length(end: bytes, rate_hz: int, kbits: int) -> int:
    """Bytes of the two frames that stand last in `end`, the last bytes of an encoded chapter.

    Raises PublicationError where they can't be found.
    """
    least = 72_000 * kbits // rate_hz
    for length in (2 * least, 2 * least + 1, 2 * least + 2):
        first = header(end, len(end) - length) if length <= len(end) else None
        second = first and header(end, len(end) - length + first.length)
        if first and second and first.length + second.length == length:
            return length
    raise PublicationError("MP3 encoder", "a chapter does not end in two whole frames")


def info_frame(frames: int, size: int, samples: int, rate_hz: int, kbits: int) -> bytes:
    """The Info frame that goes before `frames` frames of `size` bytes which hold `samples` of sound.

    Layout: Xing's "Info" header (flags, frames, bytes, 100 entry points) and LAME's extension with the delay
    and padding (Mp3 Info Tag revision 1). Decoders use it for length, seeking and exact trimming.
    """
    row, column = next((row, rates.index(rate_hz)) for row, rates in enumerate(_RATES) if rate_hz in rates)
    version = {row: bits for bits, row in _VERSIONS.items()}[row]
    mono = 3
    kbits = next(wide for wide in _KBITS if wide >= kbits and 72_000 * wide // rate_hz >= INFO_BYTES)
    word = 0x7FF << 21 | version << 19 | 1 << 17 | 1 << 16 | _KBITS.index(kbits) << 12 | column << 10 | mono << 6
    length = 72_000 * kbits // rate_hz
    side_info = bytes(9)
    seek = bytes(at * 256 // 100 for at in range(100))
    padding = (frames * FRAME) - ENCODER_DELAY - samples
    xing = b"Info" + (7).to_bytes(4, "big")
    xing += (frames + 1).to_bytes(4, "big") + (length + size).to_bytes(4, "big") + seek
    delays = (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    lame = b"LAME3.100" + bytes(12) + delays + bytes(4) + (length + size).to_bytes(4, "big") + bytes(4)
    return (word.to_bytes(4, "big") + side_info + xing + lame).ljust(length, b"\0")
