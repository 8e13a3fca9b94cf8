"""What Google answered: the sound in it, accepted only if it is speech of a plausible length.

The answer is that of Google's "batchexecute" calls: rows of JSON, of which one is `["wrb.fr", "jQ1olc", S, ...]`,
where S is JSON again, a list that holds the MP3 in base64, or null for no sound. An MP3 that was cut short
still decodes without complaint, so its frames are counted (ISO/IEC 11172-3, section 2.4.1.3, and 13818-3), and
the time in which somebody speaks is held against the text.
"""

from __future__ import annotations

import array
import base64
import binascii
import json
import re
import sys

from voicegen.errors import SourceError
from voicegen.sound import clips

ROW = re.compile(r'"wrb\.fr"\s*,\s*"jQ1olc"\s*,\s*')
FRAME_MS = 20
QUIETEST_PEAK = 330
"""A stretch of FRAME_MS without a sample above this (-40 dBFS) counts as silence."""
FASTEST = 22.0
"""Letters a second that no voice of Google's reaches; they speak about 13."""
SLOWEST_S = 1.5
"""Seconds for one letter or digit that no speech takes: figures are the slowest, read out as words."""
ALLOWANCE_S = 3.0
"""Seconds that a clip of any length may have for its silences and its signs read as words."""


class Trouble(Exception):  # noqa: N818 - a word about one answer; the worker decides what it means for the line
    """An answer that can't be used."""

    def __init__(
        self, words: str, *, again: bool = False, temporary: bool = False, wait_s: float | None = None
    ) -> None:
        super().__init__(words)
        self.words = words
        self.again = again
        """Whether the same request may be sent once more at once."""
        self.temporary = temporary
        """Whether a later build may do better."""
        self.wait_s = wait_s
        """How long the host asks us to wait, in seconds."""


def speech(body: bytes, text: str, rate_hz: int) -> bytes:
    """The samples (16 bit, mono) of `text` in the host's answer. Raises Trouble for anything else."""
    mp3 = _mp3(body)
    if not _is_whole(mp3):
        raise _damaged("the sound in its answer is cut short")
    try:
        samples = clips.decoded(mp3, rate_hz, "the answer", "mp3", _longest_s(text))
    except SourceError as trouble:
        raise _damaged(f"in its answer, {trouble.what}") from trouble
    _check_length(samples, text, rate_hz)
    return samples


def _damaged(words: str) -> Trouble:
    return Trouble(words, again=True, temporary=True)


def _mp3(body: bytes) -> bytes:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise _damaged("its answer is no text") from trouble
    if text.lstrip()[:1] == "<":
        raise Trouble(
            "it answered with a web page: a sign-in page of your network, or a notice of too many requests",
            temporary=True,
        )
    row = ROW.search(text)
    if row is None:
        raise _damaged("its answer holds no row of speech")
    try:
        payload, _ = json.JSONDecoder().raw_decode(text, row.end())
        sound = json.loads(payload)[0] if isinstance(payload, str) else None
    except (ValueError, LookupError, TypeError, RecursionError) as trouble:
        raise _damaged("its answer is damaged") from trouble
    if not sound or not isinstance(sound, str):
        raise Trouble("it has no sound for this text: it does not speak the language, or refuses the words")
    try:
        return base64.b64decode(sound, validate=True)
    except (ValueError, binascii.Error) as trouble:
        raise _damaged("the sound in its answer is damaged") from trouble


BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Kilobits a second of Layer III, for MPEG 1 and for MPEG 2 and 2.5, by the header's four bits."""
RATES_HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _is_whole(mp3: bytes) -> bool:
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


def _longest_s(text: str) -> float:
    return ALLOWANCE_S + SLOWEST_S * _signs(text)


def _check_length(samples: bytes, text: str, rate_hz: int) -> None:
    spoken_s = _spoken_s(samples, rate_hz)
    if spoken_s == 0:
        raise Trouble("the sound in its answer is silence", again=True)
    if spoken_s < _signs(text) / FASTEST:
        raise _damaged(f"its answer speaks for {spoken_s:.1f} seconds only, too short for the text")


def _spoken_s(samples: bytes, rate_hz: int) -> float:
    """Seconds of the sound that are not silence."""
    values = array.array("h", samples)
    if sys.byteorder == "big":
        values.byteswap()
    step = rate_hz * FRAME_MS // 1000
    parts = (values[at : at + step] for at in range(0, len(values), step))
    return sum(FRAME_MS for part in parts if max(part) > QUIETEST_PEAK or min(part) < -QUIETEST_PEAK) / 1000
