"""Speaks lines with Google's voices by way of gTTS: the worker of `gtts.py`, which says what the settings mean.

The settings come as JSON in the environment variable VOICEGEN_GTTS. No line is ever logged.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    # Run by its path: the package around it is ours, whatever else is installed; its folders shadow nothing.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import voicegen  # noqa: F401

    del sys.path[0]

from gtts import gTTS
from requests import PreparedRequest

from voicegen.engines import _protocol
from voicegen.engines._gtts_answer import Trouble, speech
from voicegen.engines._gtts_clauses import clauses
from voicegen.engines._gtts_exchange import Exchange
from voicegen.engines._gtts_settings import RATE_HZ, VARIABLE, Settings
from voicegen.sound import clips

JOINT_MS = 60
"""Silence kept on either side where two pieces of one line meet."""
LONGEST_BACK_OFF_S = 30.0
LARGEST_SHARE = 0.4
"""Of the line's time that one request may take, so that one hang does not cost the line."""


class Speaker:
    """Speaks line after line in one language, one request at a time, at a polite pace."""

    def __init__(self, lang: str, settings: Settings) -> None:
        self._lang = lang
        self._settings = settings
        self._exchange = Exchange(settings.address, settings.ca_file, settings.proxy)
        self._not_before = 0.0
        """When the next request may start (time.monotonic): by our own pace, or by the host's word."""

    def close(self) -> None:
        """Ends the connections."""
        self._exchange.close()

    def speak(self, text: str) -> bytes:
        """The samples of `text`. Raises Failure where it can't be had within the deadline."""
        ends_at = time.monotonic() + self._settings.deadline_s
        pieces = clauses(text, gTTS.GOOGLE_TTS_MAX_CHARS)
        if not pieces:
            raise _protocol.Failure("there is nothing to speak in the line")
        if (len(pieces) - 1) * self._settings.interval_s > self._settings.deadline_s:
            raise _protocol.Failure(
                f"the line is too long: {len(pieces)} requests at [gtts] interval_s take longer than deadline_s"
            )
        sounds = [self._piece(piece, ends_at) for piece in pieces]
        return sounds[0] if len(sounds) == 1 else b"".join(map(_joinable, sounds))

    def _piece(self, piece: str, ends_at: float) -> bytes:
        request = prepared(piece, self._lang, self._settings)
        count = 0
        while True:
            count += 1
            self._wait(ends_at)
            try_ends_at = min(ends_at, time.monotonic() + self._settings.deadline_s * LARGEST_SHARE)
            try:
                return speech(self._exchange.post(request, try_ends_at), piece, RATE_HZ)
            except Trouble as trouble:
                if trouble.again:
                    self._hold(trouble.wait_s, count)
                if not trouble.again or count == self._settings.tries or self._not_before >= ends_at:
                    raise self._failure(trouble, count) from trouble

    def _wait(self, ends_at: float) -> None:
        """Waits for our turn, or gives the line up at once where that comes too late."""
        now = time.monotonic()
        if self._not_before >= ends_at:
            wait_s = self._not_before - now
            raise _protocol.Failure(
                f"{self._settings.host} can't be asked before {wait_s:.0f} seconds are over, which is longer "
                "than the line has",
                temporary=True,
                retry_after_s=wait_s,
            )
        time.sleep(max(0.0, self._not_before - now))
        self._not_before = time.monotonic() + self._settings.interval_s

    def _hold(self, asked_s: float | None, count: int) -> None:
        """Puts the next request off: as long as the host asks, else twice as long after each try, with jitter."""
        back_off = min(LONGEST_BACK_OFF_S, self._settings.interval_s * 2**count)
        wait_s = max(asked_s or 0.0, back_off * random.uniform(0.5, 1.0))  # noqa: S311 - spreads load, hides nothing
        self._not_before = max(self._not_before, time.monotonic() + wait_s)

    def _failure(self, trouble: Trouble, count: int) -> _protocol.Failure:
        tries = f" ({count} tries)" if count > 1 else ""
        retry_after_s = (
            max(0.0, self._not_before - time.monotonic()) if trouble.again and trouble.temporary else None
        )
        return _protocol.Failure(
            f"{self._settings.host}: {trouble.words}{tries}", trouble.temporary, retry_after_s
        )


def prepared(piece: str, lang: str, settings: Settings) -> PreparedRequest:
    """The one request of gTTS for exactly `piece`: nothing is pre-processed, nothing is cut again."""
    speech = gTTS(
        piece,
        tld=settings.tld,
        lang=lang,
        slow=settings.slow,
        lang_check=False,  # the voice came from gTTS's own table
        pre_processor_funcs=[],
        tokenizer_func=lambda text: [text],
    )
    request: PreparedRequest
    (request,) = speech._prepare_requests()
    return request


def _joinable(samples: bytes) -> bytes:
    """The piece without the long silences at its ends, so that a cut line sounds like one line."""
    return clips.samples_of(clips.trimmed(clips.segment(samples, RATE_HZ), JOINT_MS))


def main() -> None:
    """Answers requests until standard input ends."""
    facts = json.loads(os.environ[VARIABLE])
    speaker = Speaker(facts.pop("lang"), Settings(**facts))
    try:
        _protocol.serve(speaker.speak)
    finally:
        speaker.close()


if __name__ == "__main__":
    main()
