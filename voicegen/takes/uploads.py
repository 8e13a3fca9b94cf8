"""Sound files that staff give us: decoded in a process of their own, checked, trimmed, and cut into lines."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from voicegen.contracts import Worker
from voicegen.errors import SourceError, SpeechError
from voicegen.model.script import Line
from voicegen.sound import clips
from voicegen.sound.clips import LARGEST_BYTES, WIDTH
from voicegen.steps.speaking import check
from voicegen.steps.workers import told
from voicegen.takes import RATE_HZ, _decoding_worker, wav_of
from voicegen.takes.pauses import cut

DEADLINE_S = 120.0
MEMORY_BYTES = 2 << 30
SLOWEST = 3.0
"""A person may take so many times as long for a line as the engine, or so many times less."""
LONGEST_LINE_S, LONGEST_CHAPTER_S = 120.0, 600.0
SOFT_MS = 150
"""What is kept of the silence before and after a line: a word may begin and end with a sound that is softer than
what counts as silence, such as "f" in "five" and "half", and no such sound is much longer."""
GIVE_SOUND = "Give a sound file, such as WAV, MP3, M4A, OGG or FLAC."
PACKAGE = Path(__file__).parent.parent.parent


def line_of(data: bytes, line: Line, expected_s: float) -> bytes:
    """The recording of a line as a WAV file, trimmed. Raises SourceError for what can't be one.

    `expected_s` is how long the line is in the engine's voice.
    """
    sound = apart(data, LONGEST_LINE_S)
    speech = _trimmed(sound)
    _check(speech, line)
    seconds = len(speech) / WIDTH / RATE_HZ
    if not expected_s / SLOWEST <= seconds <= expected_s * SLOWEST + 1:
        raise SourceError(
            "the recording",
            f"there are {seconds:.1f} seconds of speech in it, and the voice takes {expected_s:.1f} for the line",
            "Record exactly the words of the line, all of them.",
        )
    return _kept(sound)


def chapter_of(data: bytes, lines: Sequence[Line], expected_s: Sequence[float]) -> list[bytes]:
    """The recording of a chapter, cut at its pauses into one WAV file for each of its lines.

    `expected_s` is how long each line is in the engine's voice. Raises SourceError where the pauses don't fit: no
    place is guessed.
    """
    sound = apart(data, LONGEST_CHAPTER_S)
    parts = cut(sound, RATE_HZ, expected_s)
    for part, line in zip(parts, lines, strict=True):
        _check(_trimmed(part), line)
    return list(map(_kept, parts))


def apart(data: bytes, longest_s: float) -> bytes:
    """The sound of a file, decoded in a process of its own: 16-bit little-endian mono samples at RATE_HZ.

    Raises SourceError where it is no sound, is too long or too large, or its decoder crashed.
    """
    if len(data) > LARGEST_BYTES:
        raise SourceError(
            "the recording", f"it is larger than {LARGEST_BYTES // 1_000_000} MB", "Give a shorter one."
        )
    argv = (sys.executable, "-P", "-m", _decoding_worker.__name__, str(RATE_HZ), str(longest_s))
    worker = Worker(argv, env={"PYTHONPATH": str(PACKAGE)}, timeout_s=DEADLINE_S, memory_bytes=MEMORY_BYTES)
    try:
        outcome = told(worker, data)
    except subprocess.TimeoutExpired:
        raise SourceError("the recording", "it could not be decoded in time", GIVE_SOUND) from None
    if outcome.returncode == 1:
        what, _, remedy = outcome.stderr.decode("utf-8", "replace").partition("\n")
        raise SourceError("the recording", what.strip() or "it can't be decoded", remedy.strip() or GIVE_SOUND)
    if outcome.returncode or len(outcome.stdout) % WIDTH or not outcome.stdout:
        raise SourceError("the recording", "its decoder ended without an answer", GIVE_SOUND)
    return outcome.stdout


def _trimmed(sound: bytes) -> bytes:
    """The speech alone, which is measured."""
    return clips.samples_of(clips.trimmed(clips.segment(sound, RATE_HZ)))


def _kept(sound: bytes) -> bytes:
    """The WAV file of the speech with soft sounds at its ends."""
    return wav_of(clips.samples_of(clips.trimmed(clips.segment(sound, RATE_HZ), SOFT_MS)), RATE_HZ)


def _check(sound: bytes, line: Line) -> None:
    """Raises SourceError unless the samples can be the line spoken by a person."""
    try:
        check(sound, RATE_HZ, line.spoken)
    except SpeechError as error:
        what = error.what.replace("the engine gave", "there is")
        raise SourceError(f"the recording of {error.where}", what, "Record the line again, all of it.") from None
