"""An Edition: everything that a publication is made from, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicegen.model.document import Document
from voicegen.model.script import Script
from voicegen.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class EncodedChapter:
    """One chapter in one codec, whole frames, kept in a file so that length costs no memory."""

    path: Path
    size: int
    """Bytes."""
    frames: int
    """Frames of the codec (for plain samples: samples)."""
    samples: int
    """Length in samples at the codec's own rate."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How every chapter of the recording was encoded."""

    name: str
    """"mp3" or "wav"; the name that formats ask for."""
    rate_hz: int
    delay: int
    """Samples that encoder and decoder together put before the first one; players trim what they know of."""
    bit_rate: int
    chapters: tuple[EncodedChapter, ...]
    """One for each mark of the timeline, in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a page besides its words."""

    id: str
    """Its folder's name in the output, `[a-z0-9-]`."""
    source: str
    """Path of its source below the content folder, with forward slashes."""
    publisher: str
    voice: str
    """The voice in words for readers, such as "espeak-ng, American English"."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One page, ready to be published in any format."""

    page: Page
    document: Document
    script: Script
    timeline: Timeline
    codecs: Mapping[str, Codec]
