"""What can go wrong, one class for each thing that the user can do about it.

A message says where, what, and what to do. The exit code stands on the class. Every error survives pickling,
because builds may cross processes.
"""

from __future__ import annotations

MISSHAPEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
"""What reading JSON raises that is none, or is not as it was written: also lists in lists, and endless numbers."""


class VoicegenError(Exception):
    """The base of all expected failures. Facts are attributes; `str()` is what the user reads."""

    exit_code = 1

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(where, what, remedy)
        self.where = where
        """The file, key, page or address that the trouble is in."""
        self.what = what
        self.remedy = remedy
        """What the user can do about it; a whole sentence, or empty."""

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.where}: {self.what}.", self.remedy) if part)


class SettingsError(VoicegenError):
    """voicegen.toml, or an option, is wrong. Correct it and run again."""

    exit_code = 2


class SourceError(VoicegenError):
    """A page can't be read. Correct the page; trying again changes nothing."""

    exit_code = 42


class SpeechError(VoicegenError):
    """A line could not be spoken by the engine."""

    exit_code = 1


class ProofError(VoicegenError):
    """What would be said does not say what the page shows. Reword it, or correct the rule."""

    exit_code = 1


class MissingPartError(VoicegenError):
    """A part of the machine (an engine, a voice) is not there. Install it."""

    exit_code = 2


class TemporaryError(VoicegenError):
    """The network, the disk or another process stood in the way. Try again later."""

    exit_code = 3


class PublicationError(VoicegenError):
    """What was made does not pass its own check, so it was not published."""

    exit_code = 1


class WorkerError(VoicegenError):
    """A page ended the process that made it, or failed there as nobody foresaw. Look at that machine."""

    exit_code = 1
