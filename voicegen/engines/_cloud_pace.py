"""The pace of requests to a voice on another machine: one at a time, politely, and within a line's deadline."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from voicegen.engines import _protocol
from voicegen.engines._cloud_exchange import Trouble
from voicegen.sound import clips

LONGEST_BACK_OFF_S = 30.0
LARGEST_SHARE = 0.4
"""Of the line's time that one request may take, so that one hang does not cost the line."""
JOINT_MS = 60
"""Silence kept on either side where two pieces of one line meet."""


class Pace:
    """Asks for the sound of a line's pieces, again where that may help, with a distance between requests."""

    def __init__(self, section: str, host: str, deadline_s: float, interval_s: float, tries: int) -> None:
        """`section` is the engine's in voicegen.toml."""
        self._section, self._host = section, host
        self._deadline_s, self._interval_s, self._tries = deadline_s, interval_s, tries
        self._not_before = 0.0
        """When the next request may start (time.monotonic): by our own pace, or by the host's word."""

    def line(self, pieces: Sequence[str], ask: Callable[[str, float], bytes], rate_hz: int) -> bytes:
        """The samples of the pieces, joined. Raises Failure where one can't be had within the deadline.

        `ask` gets a piece and when its answer must be there, and raises Trouble.
        """
        ends_at = time.monotonic() + self._deadline_s
        if not pieces:
            raise _protocol.Failure("there is nothing to speak in the line")
        if (len(pieces) - 1) * self._interval_s > self._deadline_s:
            raise _protocol.Failure(
                f"the line is too long: {len(pieces)} requests at [{self._section}] interval_s take longer than "
                "deadline_s"
            )
        sounds = [self._piece(piece, ask, ends_at) for piece in pieces]
        return sounds[0] if len(sounds) == 1 else b"".join(_joinable(sound, rate_hz) for sound in sounds)

    def _piece(self, piece: str, ask: Callable[[str, float], bytes], ends_at: float) -> bytes:
        count = 0
        while True:
            count += 1
            self._wait(ends_at)
            try_ends_at = min(ends_at, time.monotonic() + self._deadline_s * LARGEST_SHARE)
            try:
                return ask(piece, try_ends_at)
            except Trouble as trouble:
                if trouble.again:
                    self._hold(trouble.wait_s, count)
                if not trouble.again or count == self._tries or self._not_before >= ends_at:
                    raise self._failure(trouble, count) from trouble

    def _wait(self, ends_at: float) -> None:
        """Waits for our turn, or gives the line up at once where that comes too late."""
        now = time.monotonic()
        if self._not_before >= ends_at:
            wait_s = self._not_before - now
            raise _protocol.Failure(
                f"{self._host} can't be asked before {wait_s:.0f} seconds are over, which is longer "
                "than the line has",
                temporary=True,
                retry_after_s=wait_s,
            )
        time.sleep(max(0.0, self._not_before - now))
        self._not_before = time.monotonic() + self._interval_s

    def _hold(self, asked_s: float | None, count: int) -> None:
        """Puts the next request off: as long as the host asks, else twice as long after each try, with jitter."""
        back_off = min(LONGEST_BACK_OFF_S, self._interval_s * 2**count)
        wait_s = max(asked_s or 0.0, back_off * random.uniform(0.5, 1.0))  # noqa: S311 - spreads load, hides nothing
        self._not_before = max(self._not_before, time.monotonic() + wait_s)

    def _failure(self, trouble: Trouble, count: int) -> _protocol.Failure:
        tries = f" ({count} tries)" if count > 1 else ""
        retry_after_s = (
            max(0.0, self._not_before - time.monotonic()) if trouble.again and trouble.temporary else None
        )
        return _protocol.Failure(f"{self._host}: {trouble.words}{tries}", trouble.temporary, retry_after_s)


def _joinable(samples: bytes, rate_hz: int) -> bytes:
    """The piece without the long silences at its ends, so that a cut line sounds like one line."""
    return clips.samples_of(clips.trimmed(clips.segment(samples, rate_hz), JOINT_MS))
