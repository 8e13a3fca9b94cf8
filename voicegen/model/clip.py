"""A Clip: one line as an engine spoke it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clip:
    """Where a spoken line is kept and how long it is; the samples themselves stay in the store."""

    key: str
    """Lower-case hex SHA-256 of all that the sound depends on: engine, version, voice, options and text."""
    rate_hz: int
    samples: int
    """Length in samples: 16 bit, mono."""
