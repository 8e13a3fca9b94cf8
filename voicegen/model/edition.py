"""An Edition: everything that a publication is made from, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicegen.model.account import Account
from voicegen.model.blob import Blob
from voicegen.model.document import Document
from voicegen.model.script import Script
from voicegen.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class EncodedChapter:
    """One chapter in one codec."""

    body: Blob
    """Whole frames; the bodies of all chapters, joined, are the whole recording."""
    tail: Blob
    """Frames with the last of the sound that the codec's delay pushes out of the body; they end the file
    that the chapter stands last in."""
    samples: int
    """Length of the sound, in samples at the codec's rate."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How every chapter of the recording was encoded."""

    name: str
    """"mp3" or "phone"; the name that formats ask for."""
    rate_hz: int
    delay: int
    """Samples that encoder and decoder together put before the first one; players trim what they know of."""
    kbits: int
    """Bit rate in kbit/s."""
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
    address: str = ""
    """Where the page's folder is published, ending in a slash; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that the transcript page offers to its readers."""

    path: str
    """Below the page's folder."""
    kind: str
    """What it is; the page has words for it under this name (`formats/words`)."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One page, ready to be published in any format."""

    page: Page
    document: Document
    script: Script
    timeline: Timeline
    codecs: Mapping[str, Codec]
    account: Account = field(default_factory=Account)
    """What became of every word of the source."""
    offers: tuple[Offer, ...] = ()
    """What the other publications made, for the format that lists them; empty for all others."""
