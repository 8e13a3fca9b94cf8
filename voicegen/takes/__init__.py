"""Takes: lines that staff recorded themselves, or had spoken once more, in the place of the engine's own clip.

    recordings/<page>/<key>.json      whose recording it is, of which words, when
    recordings/<page>/<digest>.wav    its sound, trimmed, one channel, 16 bit

This is people's work: it lies where the project is backed up, never in the cache, and nothing deletes a sound. A
take holds for the words that it was made of, and for no others: once the page says anything else there, the engine
speaks again and staff are told.
"""

from __future__ import annotations

import array
import hashlib
import io
import json
import math
import sys
import threading
import wave
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from voicegen import durable
from voicegen.config import Settings
from voicegen.contracts import Store
from voicegen.errors import MISSHAPEN, PublicationError
from voicegen.model.clip import Clip
from voicegen.model.script import Line, Script
from voicegen.sound import clips, levels
from voicegen.steps.speaking import Speaker
from voicegen.steps.workers import excerpt

SCHEMA = 1
"""Part of every key; raised when what is made of a take changes."""
RATE_HZ = 48_000
"""Of the sound that is kept of a person's recording."""


@dataclass(frozen=True, slots=True)
class Take:
    """One recording of one line."""

    kind: Literal["own", "again"]
    """"own": a person's voice; "again": the engine's, spoken once more and chosen by staff."""
    page: str
    shown: str
    spoken: str
    lang: str
    by: str
    at: str
    """When, by ISO 8601 in UTC."""
    sound: str
    """SHA-256 of the WAV file, which is named by it."""
    level_dbov: float | None = None
    """Active speech level that it is brought to, the rest of the page's; None: it stays as it is."""
    clip: str = ""
    """Of "again": key of the clip that it stands for, so that another voice does not inherit it."""

    @property
    def key(self) -> str:
        """What it stands for: these words in this language, on this page."""
        return key(self.spoken, self.lang)


def key(spoken: str, lang: str) -> str:
    """The name of a take of these words."""
    return hashlib.sha256(json.dumps([lang, spoken]).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Takes:
    """The takes of one page."""

    place: Path
    """Folder of the page's recordings."""
    found: dict[str, Take] = field(default_factory=dict)
    """By key."""

    def of(self, line: Line, speaker: Speaker | None = None) -> Take | None:
        """The take of a line; with `speaker`, only if it stands for the clip that this one would speak."""
        take = self.found.get(key(line.spoken, line.lang))
        if take and take.kind == "again" and speaker and take.clip != speaker.key(line):
            return None
        return take

    def unused(self, script: Script) -> Iterator[Take]:
        """The takes of words that the page does not say any more."""
        said = {key(line.spoken, line.lang) for line in script.lines}
        yield from (take for name, take in sorted(self.found.items()) if name not in said)

    def notices(self, script: Script) -> tuple[str, ...]:
        """What staff should know: recordings whose text is no longer the page's, in words."""
        return tuple(
            f"The recording by {take.by} of {excerpt(take.shown or take.spoken)} is not used: "
            "the page says something else there now."
            for take in self.unused(script)
        )

    def stamp(self) -> dict[str, str]:
        """What the page's stamp holds of them; nothing where there are none."""
        if not self.found:
            return {}
        facts = [[name, take.sound, take.level_dbov, take.clip] for name, take in sorted(self.found.items())]
        return {"takes": hashlib.sha256(json.dumps(facts).encode()).hexdigest()}

    def wav(self, take: Take) -> bytes:
        """The sound of a take, as a WAV file. Raises PublicationError where it is not as it was kept."""
        path = self.place / f"{take.sound}.wav"
        try:
            data = durable.read(path)
        except OSError as trouble:
            durable.blame(trouble, path)
            raise _spoiled(path, take, f"can't be read ({trouble.strerror})") from trouble
        if hashlib.sha256(data).hexdigest() != take.sound:
            raise _spoiled(path, take, "is not what was recorded")
        return data

    def seconds(self, take: Take) -> float:
        """How long a take is. Raises PublicationError where its sound is not there; its digest is not compared."""
        path = self.place / f"{take.sound}.wav"
        try:
            with durable.plain(path) as plain, wave.open(plain) as file:
                return float(file.getnframes() / file.getframerate())
        except (OSError, EOFError, RuntimeError, ZeroDivisionError, wave.Error) as trouble:
            raise _spoiled(path, take, f"can't be read ({trouble})") from trouble

    def keep_sound(self, take: Take, wav: bytes) -> None:
        """Keeps the sound of a take that is not used yet. Raises TemporaryError."""
        durable.write(self.place / f"{take.sound}.wav", wav)

    def use(self, own: Iterable[Take]) -> None:
        """Uses takes whose sounds are kept, from now on. Raises TemporaryError."""
        for take in own:
            facts = {"version": SCHEMA, **asdict(take)}
            data = json.dumps(facts, ensure_ascii=False, indent=1).encode()
            durable.write(self.place / f"{take.key}.json", data)
            self.found[take.key] = take

    def give_up(self, name: str) -> None:
        """Uses a take no more; its sound stays. Raises TemporaryError."""
        path = self.place / f"{name}.json"
        with durable.disk(path):
            path.unlink(missing_ok=True)
            durable.flush(self.place)
        self.found.pop(name, None)


def _spoiled(path: Path, take: Take, what: str) -> PublicationError:
    return PublicationError(
        str(path),
        f"the recording of {excerpt(take.shown or take.spoken)} {what}",
        f"Put it back from a copy, or delete {take.key}.json beside it to have the line spoken.",
    )


def load(settings: Settings, page: str) -> Takes:
    """The takes of a page. Raises PublicationError for a record that can't be understood, and TemporaryError."""
    place = settings.recordings / page
    found = Takes(place)
    for path in _records(place):
        try:
            facts = json.loads(durable.read(path))
            if facts.pop("version") != SCHEMA:
                raise ValueError("it is of another version")
            take = Take(**facts)
            if take.key != path.stem or not _is_record(take):
                raise ValueError("it is not the record of such a recording")
        except (OSError, *MISSHAPEN) as trouble:
            if isinstance(trouble, OSError):
                durable.blame(trouble, path)
            raise PublicationError(
                str(path), f"it can't be read ({trouble})", "Put it back from a copy, or delete it."
            ) from trouble
        found.found[take.key] = take
    return found


def _records(place: Path) -> list[Path]:
    """The records of a page's takes. Raises PublicationError, or TemporaryError, where one could be overlooked."""
    found = durable.listed_or(PublicationError, place, "recordings of your own")
    return [path for path in found if path.suffix == ".json" and path.name[0] in HEX]


def _is_record(take: Take) -> bool:
    """Whether the facts of a take, which people may have written, are of the kinds that they must be."""
    words = (take.page, take.shown, take.by, take.at, take.sound, take.clip)
    level = take.level_dbov
    return (
        all(isinstance(one, str) for one in words)
        and take.kind in {"own", "again"}
        and len(take.sound) == len(FULL)
        and HEX.issuperset(take.sound)
        and (level is None or (isinstance(level, int | float) and math.isfinite(level)))
    )


FULL = hashlib.sha256().hexdigest()
HEX = frozenset("0123456789abcdef")


@dataclass(slots=True)
class Narrator:
    """Speaks the lines of one page: those that staff have recorded by these takes, all others by the engine."""

    takes: Takes
    speaker: Speaker
    store: Store

    @property
    def stopped(self) -> threading.Event:
        """Set when the build ends before its time."""
        return self.speaker.stopped

    def own_recordings(self, script: Script) -> int:
        """How many lines are heard in the voice of people."""
        found = (self.takes.of(line, self.speaker) for line in script.lines)
        return sum(take is not None and take.kind == "own" for take in found)

    def clip(self, line: Line) -> tuple[Clip, bool]:
        """The line's clip, and whether it was spoken now. Raises as the engine does, and PublicationError."""
        take = self.takes.of(line, self.speaker)
        if take is None:
            return self.speaker.clip(line)
        rate_hz = self.speaker.voice(line.lang).rate_hz
        name = _clip_key(take, rate_hz)
        kept = self.store.get_many([name]).get(name)
        if kept is None:
            kept = self.store.put_if_absent(name, [samples(self.takes.wav(take), rate_hz, take.level_dbov)])
        return Clip(name, rate_hz, kept), False


def _clip_key(take: Take, rate_hz: int) -> str:
    parts = ["take", SCHEMA, take.sound, rate_hz, take.level_dbov]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def samples(wav: bytes, rate_hz: int, level_dbov: float | None) -> bytes:
    """The sound of a WAV file of ours at a rate and an active speech level: 16 bit, little-endian, mono."""
    with wave.open(io.BytesIO(wav)) as file:
        own_hz, sound = file.getframerate(), file.readframes(file.getnframes())
    clip = clips.converted(clips.segment(sound, own_hz), rate_hz)
    if level_dbov is not None and clip.max:
        gain = level_dbov - level(clips.samples_of(clip), rate_hz)
        clip = clips.faded(clip.apply_gain(min(gain, CEILING_DBFS - clip.max_dBFS)))
    return clips.samples_of(clip)


CEILING_DBFS = -1.0
"""No recording is made louder than this at its peak: nothing is compressed or cut off."""


def level(sound: bytes, rate_hz: int) -> float:
    """The active speech level in dBov of 16-bit little-endian samples."""
    values = array.array("h", sound)
    if sys.byteorder == "big":
        values.byteswap()
    return levels.active_level(values.tobytes(), rate_hz)


def wav_of(sound: bytes, rate_hz: int) -> bytes:
    """16-bit little-endian mono samples as a WAV file."""
    return clips.wav(clips.segment(sound, rate_hz))


def take_of(
    kind: Literal["own", "again"],
    page: str,
    line: Line,
    by: str,
    wav: bytes,
    level_dbov: float | None,
    clip: str = "",
) -> Take:
    """A take of a line, from its sound as a WAV file."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    sound = hashlib.sha256(wav).hexdigest()
    rounded = None if level_dbov is None else round(level_dbov, 1)
    return Take(kind, page, line.shown, line.spoken, line.lang, by, at, sound, rounded, clip)
