"""Speaking: every line becomes a clip, once. Engines speak in worker processes; clips are kept by content.

A worker that crashes, hangs or answers nonsense is ended and replaced, and costs the line that it had.
Nothing enters the store unless it is sound of a length that its text can have.
"""

from __future__ import annotations

import array
import contextlib
import hashlib
import json
import queue
import sys
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from voicegen.contracts import ClearerOnTelephones, Engine, Phonetic, Piece, Store, Voice, Worker
from voicegen.errors import MissingPartError, SettingsError, SpeechError, TemporaryError
from voicegen.model.clip import Clip
from voicegen.model.script import Line
from voicegen.personal import signs
from voicegen.speech.for_engines import plain
from voicegen.speech.stretches import within_reach
from voicegen.steps.workers import Talker, excerpt

SCHEMA = 1
"""Part of every key; raised when the meaning of a clip changes."""
TRIES = 2
"""How often a line is given to a fresh worker before it is given up."""
LOUD = 100
"""A line whose every sample is quieter than this, of 32,767, is silence."""
LEAST_S_A_LETTER, MOST_S_A_CHARACTER, MOST_S = 0.008, 0.6, 4.0
"""Bounds of a plausible length: the fastest speech we allow is some 40 letters a second; the slowest text is
digits and ideographs, read at about two a second, and a short line may carry a few seconds of overhead."""


class Speaker:
    """Speaks lines with one engine; safe to use from many threads."""

    def __init__(
        self, engine: Engine, store: Store, jobs: int, preferred: Mapping[str, str] | None = None
    ) -> None:
        self._engine = engine
        self._clearer: ClearerOnTelephones | None = None
        self._phonetic = engine if isinstance(engine, Phonetic) else None  # asked once: it takes as long as a key
        self._store = store
        self._preferred = {lang.lower(): voice for lang, voice in (preferred or {}).items()}
        self._idle: defaultdict[str, queue.SimpleQueue[Talker]] = defaultdict(queue.SimpleQueue)
        self._lock = threading.Lock()
        self._busy: dict[str, threading.Lock] = {}
        self._jobs = jobs
        self._seats: threading.Semaphore | None = None
        self._outage: TemporaryError | None = None
        self._voices: dict[str, Voice] = {}
        self.stopped = threading.Event()
        """Set when the build ends before its time: no further line is begun."""
        self.spoken = 0
        """How many lines the engine has spoken, as opposed to found in the store."""
        self.sent = 0
        """How many characters have left the machine to be spoken."""

    @cached_property
    def fingerprint(self) -> str:
        """The engine's, read once."""
        return self._engine.fingerprint()

    def for_telephones(self) -> Speaker:
        """One that speaks each voice as it is understood best there; this one where the engine knows no better."""
        if not isinstance(self._engine, ClearerOnTelephones):
            return self
        made = Speaker(self._engine, self._store, self._jobs, self._preferred)
        made.fingerprint, made.stopped, made._clearer = self.fingerprint, self.stopped, self._engine
        return made

    def voice(self, lang: str) -> Voice:
        """The voice for a language. Raises MissingPartError where the engine has none."""
        if lang not in self._voices:
            found = choose_voice(self._engine.voices(), lang, self._preferred)
            if found is None:
                raise MissingPartError(
                    f"language {lang!r}",
                    "the engine has no voice for it",
                    "Run `voicegen voices` for the list; choose one under [voices] in voicegen.toml.",
                )
            self._voices[lang] = self._clearer.telephone_voice(found) if self._clearer else found
        return self._voices[lang]

    def check_voices(self) -> None:
        """Raises SettingsError where a voice that was asked for is not there."""
        known = {voice.id for voice in self._engine.voices()} if self._preferred else set()
        for lang, wanted in self._preferred.items():
            if wanted not in known:
                raise SettingsError(
                    f"voicegen.toml, [voices] {lang}",
                    f"the engine has no voice {wanted!r}",
                    "Run `voicegen voices` for the list.",
                )

    def has_voice(self, lang: str) -> bool:
        """Whether the engine can speak the language."""
        return choose_voice(self._engine.voices(), lang, self._preferred) is not None

    def host(self, lang: str) -> str:
        """The host that gets the text of lines in the language; empty where nothing leaves the machine.

        Raises MissingPartError where the engine has no voice for it, or can't run.
        """
        return self._engine.worker(self.voice(lang)).host

    def knows(self, line: Line) -> bool:
        """Whether the line's clip is in the store."""
        return bool(self._store.get_many([self.key(line)]))

    def key(self, line: Line) -> str:
        """The key of the line's clip: all that its sound depends on, and nothing else."""
        return self._key(self.voice(line.lang), self.prepared(line))

    def _key(self, voice: Voice, prepared: str) -> str:
        parts = [SCHEMA, self.fingerprint, voice.id, voice.rate_hz, prepared]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def prepared(self, line: Line) -> str:
        """The line as the engine gets it: filtered, in stretches that it can take, with its phonemes."""
        pieces, end = [], 0
        for sounds in line.phonemes:
            pieces.append(Piece(plain(line.spoken[end : sounds.start])))
            pieces.append(Piece(plain(line.spoken[sounds.start : sounds.end]), sounds.signs))
            end = sounds.end
        pieces.append(Piece(plain(line.spoken[end:])))
        parted = within_reach([(piece.text, bool(piece.phonemes)) for piece in pieces])
        pieces = [replace(piece, text=text) for piece, text in zip(pieces, parted, strict=True)]
        if self._phonetic:
            return self._phonetic.prepare(pieces, self.voice(line.lang)).strip()
        return "".join(piece.text for piece in pieces).strip()

    def clip(self, line: Line) -> tuple[Clip, bool]:
        """The line's clip, from the store or spoken now, and whether it was spoken now.

        Raises SpeechError or TemporaryError where it can't be spoken.
        """
        voice, text = self.voice(line.lang), self.prepared(line)
        key = self._key(voice, text)
        with self._lock:
            alone = self._busy.setdefault(key, threading.Lock())
        if self.stopped.is_set():
            raise TemporaryError("the build", "it was stopped", "Run it again to go on.")
        with alone:  # the same words on two pages are spoken once
            kept = self._store.get_many([key]).get(key)
            fresh = kept is None
            if kept is None:
                sound = self._speak(voice, line, key, text)
                kept = self._store.put_if_absent(key, [sound])
        with self._lock:
            self._busy.pop(key, None)  # who comes from now on finds it in the store
        return Clip(key, voice.rate_hz, kept), fresh

    def _speak(self, voice: Voice, line: Line, key: str, text: str) -> bytes:
        worker = self._engine.worker(voice)
        name = excerpt(line.spoken)
        if worker.host:  # what is known of the line outside this machine is not for messages and logs
            name = f"line {key[:12]}, of {len(text)} characters"
            _check_leaving(line, worker.host, name)
        with self._seat(worker):
            if self._outage:
                raise self._outage
            try:
                sound = self._asked(worker, voice, text, name)
            except TemporaryError as trouble:
                if worker.host:  # a service that is away is not asked again for every line of the build
                    self._outage = trouble
                raise
        with self._lock:
            self.spoken += 1
        check(sound, voice.rate_hz, line.spoken, name)
        return sound

    def _seat(self, worker: Worker) -> threading.Semaphore:
        """A place for one more worker: as many as jobs, or as the engine bears if that is fewer."""
        with self._lock:
            if self._seats is None:
                self._seats = threading.BoundedSemaphore(min(self._jobs, worker.jobs or self._jobs))
            return self._seats

    def _asked(self, worker: Worker, voice: Voice, text: str, name: str) -> bytes:
        """The samples of `text`, from a running worker or a new one, and from another if that one fails."""
        why = ""
        for _ in range(TRIES):
            talker = self._talker(worker, voice)
            with self._lock:
                self.sent += len(text) if worker.host else 0
            try:
                sound = talker.ask(text, name)
            except TimeoutError:
                talker.kill()
                why = f"the engine did not answer within {worker.timeout_s:g} seconds"
            except OSError:
                words = talker.last_words() or "without a word"
                unusable = talker.is_unusable()
                talker.kill()
                if unusable:
                    raise MissingPartError(
                        f"voice {voice.id}", words.rstrip("."), "See `voicegen doctor`."
                    ) from None
                why = f"the engine's process ended ({words})"
            except (SpeechError, TemporaryError):
                self._dismiss(talker, worker, voice)
                raise
            except BaseException:  # interrupted, it may still be about to answer: it is of no more use
                talker.kill()
                raise
            else:
                self._dismiss(talker, worker, voice)
                return sound
        raise SpeechError(name, why, "Reword the line, or report it to the engine's makers.")

    def _dismiss(self, talker: Talker, worker: Worker, voice: Voice) -> None:
        """Keeps a worker that has answered for the next line, unless it answers one only."""
        if worker.once:
            talker.end()
        else:
            self._idle[voice.id].put(talker)

    def _talker(self, worker: Worker, voice: Voice) -> Talker:
        try:
            return self._idle[voice.id].get_nowait()
        except queue.Empty:
            if worker.jobs is not None:  # the limit holds for all voices together: each worker paces itself
                self.close()
            return Talker(worker)

    def close(self) -> None:
        """Ends all workers that are not at work."""
        for idle in list(self._idle.values()):
            with contextlib.suppress(queue.Empty):
                while True:
                    idle.get_nowait().end()


SPEAKS_LIKE = {
    "en": ("en-gb", "au bb bz gh gi hk ie in jm ke mt my ng nz pk sg tt tz ug za zm zw"),
    "es": ("es-419", "ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve"),
}
"""By language: a tag whose voice suits these countries better than that of the bare language (Unicode CLDR 46,
parentLocales: English of the world, 001, and Spanish of Latin America, 419)."""


def choose_voice(voices: Sequence[Voice], lang: str, preferred: Mapping[str, str]) -> Voice | None:
    """The voice for a BCP 47 tag: as preferred, else of the tag, else of the tag with its ends cut off.

    Follows the Lookup of RFC 4647, section 3.4, and before the bare language tries the country that speaks like
    the one named (`SPEAKS_LIKE`). A voice of language "mul" speaks everything.
    """
    by_id = {voice.id: voice for voice in voices}
    by_lang = {voice.lang.lower(): voice for voice in reversed(voices)}
    parts = lang.lower().replace("_", "-").split("-")
    tags = ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]
    like, countries = SPEAKS_LIKE.get(parts[0], ("", ""))
    if set(countries.split()) & set(parts[1:]) and (like in preferred or parts[0] not in preferred):
        tags.insert(-1, like)
    for tag in tags:
        if tag in preferred and preferred[tag] in by_id:
            return by_id[preferred[tag]]
        if tag in by_lang:
            return by_lang[tag]
    return by_lang.get("mul")


def _check_leaving(line: Line, host: str, name: str) -> None:
    """Raises SpeechError where a line looks like one person's data: the last gate before it leaves the machine.

    A build has looked at whole pages before (`voicegen.leaving`); this holds for all that is said otherwise, too.
    """
    found = [sign.kind for words in {line.shown, line.spoken} for sign in signs([words])]
    if found:
        what = f"it seems to hold {found[0]} and was not sent to {host}"
        raise SpeechError(name, what, "Take it out, or use an engine that speaks on this machine.")


def check(sound: bytes, rate_hz: int, text: str, name: str = "") -> None:
    """Raises SpeechError unless the samples (16 bit, little-endian) can be `text` spoken.

    `name` is what the message calls the line; its first words if empty.
    """
    name = name or excerpt(text)
    if len(sound) % 2 or not sound:
        raise SpeechError(name, "the engine gave no sound")
    seconds = len(sound) / 2 / rate_hz
    letters = sum(character.isalnum() for character in text)
    most = len(text) + sum(map(str.isdigit, text))  # "777" has three syllables a digit in many a language
    if not LEAST_S_A_LETTER * letters <= seconds <= MOST_S + MOST_S_A_CHARACTER * most:
        raise SpeechError(name, f"the engine gave {seconds:.1f} seconds of sound, which can't be right")
    samples = array.array("h", sound)
    if sys.byteorder == "big":
        samples.byteswap()
    sparse = samples[::31]  # speech is loud often enough for every 31st sample to show it
    if max(sparse) < LOUD and min(sparse) > -LOUD:
        raise SpeechError(name, "the engine gave silence")
