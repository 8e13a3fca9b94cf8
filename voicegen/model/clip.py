"""A Clip: one line as an engine spoke it."""

from __future__ import annotations

from dataclasses import dataclass

from voicegen.model.blob import Blob


@dataclass(frozen=True, slots=True)
class Clip:
    """Where a spoken line is kept and how long it is."""

    key: str
    """Lower-case hex SHA-256 of all that the sound depends on: engine, version, voice, options and text."""
    rate_hz: int
    sound: Blob
    """Its samples, where the store keeps them: 16 bit, little-endian, mono."""

    @property
    def samples(self) -> int:
        """Length in samples."""
        return self.sound.size // 2
