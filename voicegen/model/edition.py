"""An Edition: everything that a publication is made from, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voicegen.model.account import Account
from voicegen.model.blob import Blob
from voicegen.model.clip import Clip
from voicegen.model.document import Document
from voicegen.model.script import Script
from voicegen.model.theme import Theme
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
    sizes: Blob = field(default_factory=lambda: Blob(0))
    """Bytes of each frame of the body, in order, as 32-bit numbers, big-endian, for containers that need them;
    empty for codecs whose frames tell their length themselves."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How every chapter of the recording was encoded."""

    name: str
    """"mp3", "aac", "opus" or "phone"; the name that formats ask for."""
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
    cover: Blob | None = None
    """The clinic's own picture, a square PNG or JPEG; None where we draw one (`formats/_cover`)."""
    licence: str = ""
    """The engine's licence, in words."""
    own_recordings: int = 0
    """Lines that are not the voice's but recordings of the clinic's own people."""

    @property
    def spoken_by(self) -> dict[str, object]:
        """Who speaks, for programs: as it stands in timeline.json, account.json, phone.json and manifest.json."""
        return {"voice": self.voice, "licence": self.licence, "own_recordings": self.own_recordings}


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
class Telephone:
    """One edition for telephones."""

    name: str
    """"full" or "short"."""
    script: Script
    """Its chapters are the files: the menu first, each named by a slug that begins with its number."""
    keys: tuple[str, ...]
    """For each chapter the key that leads to it, "1" to "9"; "" where it is reached by running on. The first,
    the menu, has "*"."""
    timeline: Timeline
    codecs: Mapping[str, Codec]
    """The codec "phone": each chapter's body is `sound.phone.PhoneSound.joined`."""
    notice: str = ""
    """The slug of the line that is played now and then, "thank you for holding"; empty where there is none. It is
    the last chapter then."""
    store_keys: tuple[str, ...] = ()
    """Keys of all that it was made from."""
    level_dbov: float = 0.0
    """The active speech level that it was brought to."""
    voice: str = ""
    """Who speaks, in words."""
    clips: Mapping[str, Clip] = field(default_factory=dict)
    """By line: those that are heard otherwise than in the recording; empty where all are the same sound."""


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
    telephones: tuple[Telephone, ...] = ()
    """The editions for hold lines, if one is published."""
    offers: tuple[Offer, ...] = ()
    """What the other publications made, for the format that lists them; empty for all others."""
    theme: Theme = field(default_factory=Theme)
    """The clinic's own look of the transcript page."""
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What voicegen.toml says for single formats, by the format's name."""
