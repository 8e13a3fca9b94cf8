"""G.711 (ITU-T, 11/1988): 16-bit samples to one byte each, by tables of our own, always the same.

The standard names decision values and leaves to the maker what happens exactly on one. Here a magnitude is
taken as it is, as FreeSWITCH does; tools that round, dither or drop bits first give other bytes. Measured
(docs/why/phone-sound.md): a telephone system that encodes our 16-bit WAV file itself sends what these tables say,
or differs in two samples of a hundred by one step.
"""

from __future__ import annotations

import array
import sys
from functools import cache

MU_SILENCE, A_SILENCE = 0xFF, 0xD5
"""What a sample of zero becomes."""
MU_BIAS, MU_CLIP = 132, 32_635


def mu_law(samples: bytes) -> bytes:
    """16-bit little-endian samples as mu-law bytes (section 3.2, table 2a)."""
    return _encoded(samples, _mu_table())


def a_law(samples: bytes) -> bytes:
    """16-bit little-endian samples as A-law bytes (section 3.2, table 1a)."""
    return _encoded(samples, _a_table())


def from_mu_law(data: bytes) -> bytes:
    """Mu-law bytes as 16-bit little-endian samples."""
    return _decoded(data, _mu_value)


def from_a_law(data: bytes) -> bytes:
    """A-law bytes as 16-bit little-endian samples."""
    return _decoded(data, _a_value)


def _encoded(samples: bytes, table: bytes) -> bytes:
    words = array.array("H", samples)
    if sys.byteorder == "big":
        words.byteswap()
    return bytes(map(table.__getitem__, words))


def _decoded(data: bytes, value: object) -> bytes:
    values = array.array("h", map([value(byte) for byte in range(256)].__getitem__, data))  # type: ignore[operator]
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


@cache
def _mu_table() -> bytes:
    """The byte of every 16-bit word, by the word read as unsigned."""
    return bytes(_mu_byte(word - 65_536 if word > 32_767 else word) for word in range(65_536))


@cache
def _a_table() -> bytes:
    return bytes(_a_byte(word - 65_536 if word > 32_767 else word) for word in range(65_536))


def _mu_byte(sample: int) -> int:
    sign = 0x80 if sample < 0 else 0
    size = min(abs(sample), MU_CLIP) + MU_BIAS
    segment = size.bit_length() - 8
    return ~(sign | segment << 4 | size >> segment + 3 & 15) & 0xFF


def _a_byte(sample: int) -> int:
    sign = 0x80 if sample >= 0 else 0
    size = min((sample if sample >= 0 else -sample - 1) >> 3, 4_095)
    segment = max(0, size.bit_length() - 5)
    step = size >> 1 if segment < 2 else size >> segment
    return (sign | segment << 4 | step & 15) ^ 0x55


def _mu_value(byte: int) -> int:
    byte = ~byte & 0xFF
    size = ((byte & 15) << 3) + MU_BIAS << (byte >> 4 & 7)
    return MU_BIAS - size if byte & 0x80 else size - MU_BIAS


def _a_value(byte: int) -> int:
    byte ^= 0x55
    segment, size = byte >> 4 & 7, (byte & 15) << 4
    size = size + 8 if segment == 0 else size + 264 << segment - 1
    return size if byte & 0x80 else -size
