"""Whether sound that came over the network is whole, and speech of a length that its text can have.

An MP3 that was cut short still decodes without complaint, so its frames are counted (ISO/IEC 11172-3, section
2.4.1.3, and 13818-3); a WAV
says how long it is. The time in which somebody speaks is held against the text.
"""

from __future__ import annotations

import array
import struct
import sys

from voicegen.engines._cloud_exchange import Trouble
from voicegen.errors import SourceError
from voicegen.sound import clips

FRAME_MS = 20
QUIETEST_PEAK = 330
"""A stretch of FRAME_MS without a sample above this (-40 dBFS) counts as silence."""
FASTEST = 22.0
"""Letters a second that no voice reaches at its own pace; they speak about 13."""
SLOWEST_S = 1.5
"""Seconds for one letter or digit that no speech takes: figures are the slowest, read out as words."""
ALLOWANCE_S = 3.0
"""Seconds that a clip of any length may have for its silences and its signs read as words."""


UNKNOWN_LENGTHS = frozenset({0, 0xFFFFFFFF, 0x7FFFFFFF})
"""What a WAV has for its length where the server began to send before it knew (some write one of these)."""


def speech(data: bytes, kind: str, text: str, rate_hz: int, speed: float = 1.0) -> bytes:
    """The samples (16 bit, mono) of a file of `kind` ("mp3", "wav") that can be `text` spoken.

    `speed` is how many times faster than usual it was to be spoken. Raises Trouble for anything else.
    """
    if not WHOLE[kind](data):
        raise damaged("the sound in its answer is cut short")
    try:
        samples = clips.decoded(data, rate_hz, "the answer", kind, longest_s(text) / min(speed, 1.0))
    except SourceError as trouble:
        raise damaged(f"in its answer, {trouble.what}") from trouble
    spoken_s = _spoken_s(samples, rate_hz)
    if spoken_s == 0:
        raise Trouble("the sound in its answer is silence", again=True)
    if spoken_s < _signs(text) / FASTEST / max(speed, 1.0):
        raise damaged(f"its answer speaks for {spoken_s:.1f} seconds only, too short for the text")
    return samples


def damaged(words: str) -> Trouble:
    """The trouble with an answer that was spoilt on its way, or when it was made."""
    return Trouble(words, again=True, temporary=True)


def _is_whole_wav(data: bytes) -> bool:
    """Whether the WAV's sound is as long as its header says (RIFF: chunks of a name, a length and their bytes)."""
    at = 12
    while data[:4] == b"RIFF" and at + 8 <= len(data):
        name, length = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])[0]
        if name == b"data":
            return length in UNKNOWN_LENGTHS or at + 8 + length <= len(data)
        at += 8 + length + length % 2
    return False


BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Kilobits a second of Layer III, for MPEG 1 and for MPEG 2 and 2.5, by the header's four bits."""
RATES_HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _is_whole_mp3(mp3: bytes) -> bool:
    """Whether `mp3` is Layer III frames from first to last byte, but for tags and padding with zeros."""
    at, end = 0, len(mp3)
    if mp3[:3] == b"ID3" and end > 10:  # ID3v2: a length of four times seven bits (id3v2.4.0-structure, 3.1)
        at = 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9])
    if mp3[-128:-125] == b"TAG":
        end -= 128
    frames = 0
    while at < end:
        length = _frame_bytes(mp3[at : at + 4])
        if not length:
            return frames > 0 and not any(mp3[at:end])
        at, frames = at + length, frames + 1
    return frames > 0 and at == end


def _frame_bytes(header: bytes) -> int:
    """The length in bytes of the Layer III frame that begins so; 0 where none does."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0 or header[1] & 0x06 != 0x02:
        return 0
    version, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version not in RATES_HZ or not 0 < bitrate < 15 or rate == 3:
        return 0
    bits = (BITRATES_1 if version == 3 else BITRATES_2)[bitrate] * 1000
    return (144 if version == 3 else 72) * bits // RATES_HZ[version][rate] + (header[2] >> 1 & 1)


def _signs(text: str) -> int:
    return sum(map(str.isalnum, text))


def longest_s(text: str) -> float:
    """Seconds that no voice takes for the text."""
    return ALLOWANCE_S + SLOWEST_S * _signs(text)


def _spoken_s(samples: bytes, rate_hz: int) -> float:
    """Seconds of the sound that are not silence."""
    values = array.array("h", samples)
    if sys.byteorder == "big":
        values.byteswap()
    step = rate_hz * FRAME_MS // 1000
    parts = (values[at : at + step] for at in range(0, len(values), step))
    return sum(FRAME_MS for part in parts if max(part) > QUIETEST_PEAK or min(part) < -QUIETEST_PEAK) / 1000


WHOLE = {"mp3": _is_whole_mp3, "wav": _is_whole_wav}
