"""The same passage of a page, spoken by every voice that is ready, beside a page to listen to them by ear."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from voicegen import durable, extensions
from voicegen.config import Settings
from voicegen.contracts import Voice
from voicegen.errors import SettingsError, SourceError, TemporaryError, VoicegenError
from voicegen.formats._templates import render_template
from voicegen.model.document import Document, Paragraph
from voicegen.pages import PageFile
from voicegen.report import Announce
from voicegen.saying import say, write_wav

WORDS = 60
"""About as long as the passage is: half a minute, in which a listener gets used to a voice."""
MOST_VOICES = 12
"""Of one engine: the first ones, by its own order."""
LIST, SIGN = "index.html", b'<meta name="generator" content="voicegen audition">'
"""The page that lists the voices, and what stands in it and in no page of somebody else's."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice that spoke the passage."""

    name: str
    """Engine and voice, in words."""
    file: str
    seconds: int
    choice: str
    """What makes it the project's voice, as lines of voicegen.toml."""
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Audition:
    """What came of it."""

    voices: tuple[Heard, ...]
    silent: tuple[str, ...]
    """The engines and voices that did not speak, each with why."""


def audition(settings: Settings, page: PageFile, folder: Path, send_text_to: str, announce: Announce) -> Audition:
    """Writes a WAV file for each voice of the page's language, and the list of them, into `folder`.

    Only the engine that `send_text_to` names sends the passage away. Raises SourceError for a page without a
    paragraph, SettingsError where a start page of somebody else's is in the folder, and TemporaryError where that
    can't be written.
    """
    file = page.read(settings)
    document = extensions.source(file.name).read(file)
    words = passage(document)
    if not words:
        raise SourceError(page.source, "there is no paragraph on it to speak", "Choose another page.")
    _check_nobodys(folder / LIST)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise TemporaryError(str(folder), f"it can't be made ({trouble.strerror})", "Choose another.") from trouble
    heard, silent = [], []
    for name in extensions.engines():
        try:
            for voice in _voices(settings, name, document.lang, send_text_to):
                heard.append(_hear(settings, name, voice, document.lang, words, folder, send_text_to, announce))
        except TemporaryError:
            raise
        except VoicegenError as error:
            silent.append(f"{name}: {error}")
    result = Audition(tuple(heard), tuple(silent))
    _list(document, words, result, folder)
    return result


def passage(document: Document) -> str:
    """The first paragraphs of the page, until there are WORDS words of them."""
    blocks = [*document.blocks, *(block for section in document.all_sections() for block in section.blocks)]
    words: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and len(words) < WORDS:
            words += block.text.plain.split()
    return " ".join(words)


def _check_nobodys(path: Path) -> None:
    try:
        there = durable.read(path)
    except FileNotFoundError:
        return
    except OSError as trouble:
        durable.blame(trouble, path)
        there = b""
    if SIGN not in there:
        remedy = "Name another folder with --output."
        raise SettingsError(str(path), "it is there already, and is no list of voices to be heard", remedy)


def _voices(settings: Settings, engine: str, lang: str, send_text_to: str) -> Iterator[Voice]:
    """The engine's voices for the language of any country, each once."""
    consent = send_text_to if send_text_to == engine else ""
    seen: set[str] = set()
    language = lang.lower().split("-")[0]
    for voice in extensions.engine(engine, settings.engine_options(engine, consent)).voices():
        speaks = voice.lang.lower().split("-")[0] in {language, "mul"}
        if speaks and voice.id not in seen and len(seen) < MOST_VOICES:
            seen.add(voice.id)
            yield voice


def _hear(
    settings: Settings,
    engine: str,
    voice: Voice,
    lang: str,
    words: str,
    folder: Path,
    send_text_to: str,
    announce: Announce,
) -> Heard:
    own = replace(settings, voice=replace(settings.voice, engine=engine), voices={lang: voice.id})
    said = say(own, words, lang, send_text_to if send_text_to == engine else "", announce=announce)
    slug = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in voice.id.lower())
    file = f"{engine}-{slug}.wav"
    write_wav(folder / file, said)
    choice = f'[voice]\nengine = "{engine}"\n\n[voices]\n{lang} = {json.dumps(voice.id, ensure_ascii=False)}'
    seconds = round(len(said.samples) / 2 / said.rate_hz)
    return Heard(f"{engine}, {voice.name} ({voice.id})", file, seconds, choice, extensions.about(engine))


def _list(document: Document, words: str, result: Audition, folder: Path) -> None:
    page = render_template(
        "audition.html",
        title=document.title.plain,
        lang=document.lang,
        passage=words,
        voices=result.voices,
        silent=result.silent,
    )
    try:
        (folder / LIST).write_text(page, "utf-8")
    except OSError as trouble:
        why = f"it can't be written ({trouble.strerror})"
        raise TemporaryError(str(folder), why, "Choose another.") from trouble
