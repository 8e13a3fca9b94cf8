"""What every kind of written recording tells of itself."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from voicegen.errors import PublicationError
from voicegen.recordings.m4b import M4b
from voicegen.recordings.mp3 import Mp3
from voicegen.recordings.ogg import OggOpus


class Recording(Protocol):
    """A recording with chapters; its file stays open while it is used."""

    @property
    def name(self) -> str:
        """The file's name, for messages."""

    @property
    def rate_hz(self) -> int:
        """Of `samples` and of what `decode` gives."""

    @property
    def samples(self) -> int:
        """Length of the sound as players count it, without what encoder and decoder add."""

    @property
    def chapters(self) -> Sequence[tuple[int, int, str]]:
        """Start and end in milliseconds, and title, in the file's order."""

    @property
    def most_chapters(self) -> int:
        """How many the file's kind can hold."""

    @property
    def spread(self) -> int:
        """How many samples before a sound the encoder may let it be heard."""

    def decode(self, begin: int, end: int) -> array[float]:
        """The sound from sample `begin`, which may be below 0, to sample `end`, from -1 to 1."""


@runtime_checkable
class HoldsChapters(Protocol):
    """What a format has besides where its publication holds a recording of each chapter."""

    def recordings(self, folder: Path) -> Iterator[Mp3]:
        """The recording of each chapter in which something is said, in the order in which they are played.

        Each is open until the next is asked for. Raises PublicationError where one can't be read.
        """


KINDS: dict[str, Callable[[BinaryIO, str], Recording]] = {".mp3": Mp3, ".m4b": M4b, ".opus": OggOpus}
"""By the file's ending."""


@contextmanager
def opened(path: Path) -> Iterator[Recording]:
    """The recording in the file. Raises PublicationError where it can't be read or is none of KINDS."""
    if path.suffix not in KINDS:
        raise PublicationError(path.name, "it is no kind of recording that has chapters")
    try:
        with path.open("rb") as file:
            yield KINDS[path.suffix](file, path.name)
    except OSError as trouble:
        raise PublicationError(path.name, f"it can't be read ({trouble.strerror})", "Build again.") from trouble
