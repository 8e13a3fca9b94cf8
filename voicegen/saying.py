"""Saying one text: what will be said, its sound, and where to hear it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from dataclasses import dataclass, replace
from pathlib import Path

from voicegen import extensions, leaving, lexicon
from voicegen.config import Settings
from voicegen.contracts import Phonetic
from voicegen.errors import MissingPartError, SettingsError, SourceError, SpeechError, TemporaryError
from voicegen.model.document import Document, Paragraph, numbered, text
from voicegen.model.script import Line, Script
from voicegen.report import Announce, unannounced
from voicegen.speech import Lexicon
from voicegen.steps import scripting
from voicegen.steps.arranging import arrange, sound
from voicegen.steps.speaking import Speaker
from voicegen.steps.workers import excerpt, told

PLAYERS = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
    ("ffplay", "-v", "error", "-nodisp", "-autoexit"),
)
"""Programs that play a WAV file, the usual ones of Linux desktops and macOS first."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is said."""

    lines: tuple[Line, ...]
    rate_hz: int
    samples: bytes
    """16 bit, little-endian, mono."""
    phonemes: str = ""
    """In IPA, a clause a line, where the engine can tell and was asked."""
    sources: tuple[str, ...] = ()
    """The entries of the lists of pronunciations that hold for words of the text, in words."""
    notices: tuple[str, ...] = ()


def say(
    settings: Settings,
    words: str,
    lang: str,
    send_text_to: str,
    tell_phonemes: bool = False,
    page: str = "",
    announce: Announce = unannounced,
) -> Said:
    """The text through the same steps as a page. Raises what those raise.

    `page` is the name of the page whose own pronunciations hold; empty for those of all pages only.
    """
    name = settings.voice.engine
    engine = extensions.engine(name, settings.engine_options(name, send_text_to))
    store = extensions.store("memory", settings.cache)
    speaker = Speaker(engine, store, 1, settings.voices)
    if not speaker.has_voice(lang):
        raise SettingsError(
            f"language {lang!r}", f"{name} has no voice for it", "Run `voicegen voices` for the list."
        )
    pronunciations = lexicon.load(settings.content, name).of_page(page)
    document = numbered(Document(text("-"), lang, (Paragraph(text(words)),), ()))
    script = scripting.write(
        document, settings.rests, settings.chapters.depth, "", speaker.has_voice, pronunciations
    )
    lines = tuple(line for line in script.lines if line.role == "paragraph")
    if not lines:
        raise SourceError("the text", "there is nothing in it to say")
    if host := speaker.host(lang):
        settings.check_leave(host, send_text_to)
        said = Script(lang, (replace(script.chapters[0], lines=lines),))
        leaving.check(said, "the text", host)
        announce(leaving.amount(said, speaker))
    try:
        clips = {line.id: speaker.clip(line)[0] for line in lines}
    finally:
        speaker.close()
    rate_hz = speaker.voice(lang).rate_hz
    chapter = replace(script.chapters[0], lines=lines)
    (mark,) = arrange(Script(lang, (chapter,)), clips, rate_hz).marks
    phonemes = ""
    if tell_phonemes and isinstance(engine, Phonetic):
        told = (_phonemes(engine, speaker, line) for line in lines)
        phonemes = "\n".join(signs for signs in told if signs)
    return Said(
        lines,
        rate_hz,
        b"".join(sound(chapter, mark, clips)),
        phonemes,
        _sources(pronunciations, words, lang),
        script.notices,
    )


def _sources(pronunciations: Lexicon, words: str, lang: str) -> tuple[str, ...]:
    """Which entries hold for words of the text."""
    found = pronunciations.matches(" ".join(words.split()), lang)
    return tuple(dict.fromkeys(f"“{match[0]}” is in {entry.where}" for entry, match in found))


def _phonemes(engine: Phonetic, speaker: Speaker, line: Line) -> str:
    """How the engine says a line, in IPA. Raises SpeechError where its program fails."""
    worker = engine.phoneme_worker(speaker.voice(line.lang))
    try:
        outcome = told(worker, speaker.prepared(line).encode())
        outcome.check_returncode()
    except (subprocess.SubprocessError, OSError) as trouble:
        raise SpeechError(excerpt(line.spoken), "the engine did not tell its phonemes") from trouble
    return outcome.stdout.decode("utf-8", "replace").strip()


def write_wav(path: Path, said: Said) -> None:
    """Writes the sound as a WAV file. Raises TemporaryError where that fails."""
    try:
        with path.open("wb") as target, wave.open(target, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(said.rate_hz)
            file.writeframes(said.samples)
    except OSError as trouble:
        raise TemporaryError(
            str(path), f"it can't be written ({trouble.strerror})", "Choose another place."
        ) from trouble


def play(said: Said) -> None:
    """Plays the sound. Raises MissingPartError where no program of this machine can."""
    player = next((player for player in PLAYERS if shutil.which(player[0])), None)
    if player is None:
        raise MissingPartError(
            "the speakers", "no program that plays sound is here", "Write a file instead: -o say.wav"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "say.wav")
        write_wav(path, said)
        outcome = subprocess.run([*player, str(path)], check=False, capture_output=True, text=True)
    if outcome.returncode:
        why = " ".join(outcome.stderr.split())[-200:]
        raise MissingPartError(player[0], f"it could not play ({why})", "Write a file instead: -o say.wav")
