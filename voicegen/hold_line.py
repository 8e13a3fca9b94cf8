"""Making a page's editions for telephones: from the lines that are spoken already, and few more of our own."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Protocol

from voicegen import durable
from voicegen.config import Settings
from voicegen.contracts import Store
from voicegen.errors import PublicationError, SettingsError
from voicegen.model.clip import Clip
from voicegen.model.document import Document
from voicegen.model.edition import Codec, EncodedChapter, Telephone
from voicegen.model.script import Chapter, Line, Phonemes, Script
from voicegen.sound import clips as single
from voicegen.steps import telephone
from voicegen.steps.arranging import arrange
from voicegen.steps.encoding import encode, phone_encoder

CODEC = "phone"
"""A format that names it is given the editions for telephones; it is not a codec of the recording."""
LONGEST_NOTICE_S = 30.0


class Narrates(Protocol):
    """What gives the clip of a line: an engine, or staff's own recordings before it."""

    @property
    def stopped(self) -> threading.Event:
        """Set when the build ends before its time."""

    def clip(self, line: Line) -> tuple[Clip, bool]:
        """The line's clip, and whether it was spoken now."""


Words = tuple[str, str, tuple[Phonemes, ...]]
"""All of a line that its clip depends on."""


def _words(line: Line) -> Words:
    return line.spoken, line.lang, line.phonemes


@dataclass(slots=True)
class Maker:
    """What the editions of one page share."""

    settings: Settings
    speaker: Narrates
    store: Store
    pool: Executor
    rate_hz: int
    known: Mapping[Line, Clip]
    """The clips of the recording's lines; empty where they are spoken otherwise on telephones."""
    voice: str
    """Who speaks, in words."""
    own: dict[Words, Clip] = field(init=False)

    def __post_init__(self) -> None:
        self.own = {_words(line): clip for line, clip in self.known.items()}

    def telephone(self, name: str, document: Document, script: Script) -> Telephone:
        """The edition "full" or "short". Raises SpeechError, TemporaryError, SettingsError, PublicationError."""
        phone = self.settings.phone
        if name == "full" and not self.known:
            list(self.pool.map(self._clip, telephone.said_alike(script)))
        asked = telephone.Asked(name == "short", self._notice(script.lang), phone.longest)
        written, keys = telephone.write(document, script, self._length, self.rate_hz, asked)
        lost = telephone.left_out(script, written) if name == "full" else ()
        if lost:
            raise PublicationError(
                "phone",
                f"{len(lost)} lines would not be heard on the telephone, the first: “{lost[0].shown[:80]}”",
                "This is a fault of voicegen: please report it with the page.",
            )
        found = {line.id: self._clip(line) for line in written.lines}
        timeline = arrange(written, found, self.rate_hz)
        encoder = phone_encoder(self.rate_hz, phone.level)

        def encoded(chapter: Chapter) -> tuple[str, EncodedChapter]:
            (mark,) = arrange(Script(written.lang, (chapter,)), found, self.rate_hz).marks
            return encode(encoder, chapter, mark, found, self.rate_hz, self.store, self.speaker.stopped)

        made = list(self.pool.map(encoded, written.chapters))
        codec = Codec(CODEC, encoder.rate_hz, 0, 0, tuple(chapter for _, chapter in made))
        store_keys = (
            *(clip.key for clip in self.own.values()),
            *(key for key, _ in made),
        )  # the measured ones too
        notice = written.chapters[-1].id if asked.notice else ""
        codecs = {CODEC: codec}
        clips = found
        if self.known:  # what is not spoken, a recording of the clinic's own, is no sound of the page's
            clips = {line.id: found[line.id] for line in written.lines if not line.spoken}
        return Telephone(name, written, keys, timeline, codecs, notice, store_keys, phone.level, self.voice, clips)

    def _length(self, line: Line) -> int:
        return self._clip(line).samples

    def _clip(self, line: Line) -> Clip:
        words = _words(line)
        if words not in self.own:
            self.own[words] = self._recording() if not line.spoken else self.speaker.clip(line)[0]
        return self.own[words]

    def _notice(self, lang: str) -> Line | None:
        phone = self.settings.phone
        if not phone.notice and not phone.notice_recording:
            return None
        return Line("", "frame", "", phone.notice, lang, telephone.ENDS_MS)

    def _recording(self) -> Clip:
        """The clinic's own recording, cut, faded and brought to the recording's rate."""
        name = self.settings.phone.notice_recording
        where = "voicegen.toml, [phone] notice_recording"
        try:
            data = durable.read(self.settings.root / name, single.LARGEST_BYTES)
        except OSError as trouble:
            what = f"{name} can't be read ({trouble.strerror})"
            raise SettingsError(where, what, "Correct the path.") from trouble
        key = hashlib.sha256(f"recording {self.rate_hz} ".encode() + data).hexdigest()
        kept = self.store.get_many([key]).get(key)
        if kept is None:
            samples = single.decoded(data, self.rate_hz, where, longest_s=LONGEST_NOTICE_S)
            clip = single.faded(single.trimmed(single.segment(samples, self.rate_hz)))
            kept = self.store.put_if_absent(key, [single.samples_of(clip)])
        return Clip(key, self.rate_hz, kept)
