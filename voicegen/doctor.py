"""What this machine has and lacks, each part tried rather than only looked for; and which pages need a hand."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voicegen import __version__, extensions, pages
from voicegen.config import Settings
from voicegen.contracts import NeedsPart, Shared
from voicegen.errors import MissingPartError, VoicegenError
from voicegen.model.script import Line
from voicegen.saying import PLAYERS
from voicegen.steps import encoding
from voicegen.steps.speaking import Speaker

SAMPLE = "Take one tablet with food."


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the machine."""

    words: str
    ok: bool
    needed: bool = True
    """Whether the project, as its settings are, can't be built without it."""
    remedy: str = ""
    about_pages: bool = False
    """Whether staff can settle it in the content folder or in voicegen.toml."""


def findings(settings: Settings) -> Iterator[Finding]:
    """Every part, the needed ones first."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"voicegen {__version__}", ok=True)
    yield Finding(f"Python {version}", sys.version_info >= (3, 11), remedy="voicegen needs Python 3.11 or later.")
    yield _tried("folders for the output and the memory can be written", lambda: _write(settings))
    if settings.store.place:
        yield _tried(f"store {settings.store.place} answers", lambda: _ask(settings))
    for name in extensions.engines():
        if name == settings.voice.engine:
            yield _tried(f"engine {name} speaks", lambda n=name: _speak(settings, n))  # type: ignore[misc]
    for name in extensions.engines():
        if name != settings.voice.engine:
            yield _tried(f"engine {name} is ready", lambda n=name: _list(settings, n), needed=False)  # type: ignore[misc]
    for codec in ("mp3", "aac", "opus", "phone"):
        yield _tried(f"codec {codec} encodes", lambda codec=codec: _encode(codec))  # type: ignore[misc]
    yield Finding(
        "a program that plays sound, for `voicegen say`",
        any(shutil.which(player[0]) for player in PLAYERS),
        needed=False,
        remedy="Install pipewire-bin, pulseaudio-utils or alsa-utils, or write files with `voicegen say -o`.",
    )
    for part, program in (
        ("Chromium, for the tests of the page", "chromium"),
        ("ffmpeg, for the tests", "ffmpeg"),
    ):
        here = bool(shutil.which(program))
        yield Finding(part, here, needed=False, remedy=f"Install the system package {program}.")
    for name in extensions.formats():
        needed = name in settings.publications.formats and not settings.everything
        if isinstance(extensions.format_(name), NeedsPart):
            yield _tried(f"format {name} can be made", lambda n=name: extensions.part(n), needed)  # type: ignore[misc]
    yield Finding("formats: " + ", ".join(extensions.formats()), ok=True)
    yield from _content(settings)


def _content(settings: Settings) -> Iterator[Finding]:
    """What can be told of the pages without reading them."""
    try:
        found = pages.find(settings)
    except VoicegenError as error:
        yield Finding(f"{error.where}: {error.what}", ok=False, remedy=error.remedy, about_pages=True)
        return
    troubles = [page.trouble for page in found if page.trouble]
    yield Finding(f"pages in {settings.project.content}: {len(found) - len(troubles)}", ok=True)
    for trouble in troubles:
        words = f"{trouble.where}: {trouble.what}"
        yield Finding(words, ok=False, needed=False, remedy=trouble.remedy, about_pages=True)
    for notice in pages.unused_settings(settings, found):
        yield Finding(notice, ok=False, needed=False, about_pages=True)
    size = f"{_size(settings.cache) / 1e6:.0f} MB"
    words = f"memory in {settings.project.cache}: {size}; deleting it costs time and loses nothing"
    yield Finding(words, ok=True)


def _size(folder: Path) -> int:
    """Bytes of all files in a folder, which a build may be changing."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            size += path.lstat().st_size
    return size


def _tried(words: str, attempt: Callable[[], object], needed: bool = True) -> Finding:
    try:
        attempt()
    except VoicegenError as error:
        return Finding(f"{words}? No: {error.where}: {error.what}", ok=False, needed=needed, remedy=error.remedy)
    except (ImportError, OSError) as error:
        return Finding(f"{words}? No: {error}", ok=False, needed=needed, remedy="Install voicegen again.")
    return Finding(words, ok=True, needed=needed)


def _write(settings: Settings) -> None:
    for folder in (settings.output, settings.cache):
        probe = Path(folder, ".doctor")
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()


def _ask(settings: Settings) -> None:
    store = extensions.opened_store(settings)
    if isinstance(store, Shared):
        store.fetch("doctor")  # a page that nobody has: whoever answers that it is not there lets us in


def _speak(settings: Settings, name: str) -> None:
    engine = extensions.engine(name, settings.engine_options(name, name))
    voices = {voice.lang: voice for voice in engine.voices()}
    if not voices:
        raise MissingPartError(f"engine {name}", "it has no voice", "Run `voicegen voices`.")
    lang = "en" if "en" in voices or "mul" in voices else next(iter(voices))
    if engine.worker(next(iter(voices.values()))).host:
        return  # trying it would send text away
    speaker = Speaker(engine, extensions.store("memory", settings.cache), 1, settings.voices)
    try:
        speaker.clip(Line("l", "paragraph", SAMPLE, SAMPLE, lang, 0))
    finally:
        speaker.close()


def _list(settings: Settings, name: str) -> None:
    if not extensions.engine(name, settings.engine_options(name)).voices():
        raise MissingPartError(f"engine {name}", "it has no voice", "Run `voicegen voices` for what it needs.")


def _encode(codec: str) -> None:
    samples = 9_216
    for _ in encoding.encoder(codec, 22_050, 64).encode([bytes(2 * samples)], samples):
        pass
