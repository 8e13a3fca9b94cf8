"""Choosing an engine: each with what to know of it before, and the voices that it has here and now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voicegen import extensions
from voicegen.config import Settings
from voicegen.contracts import Voice
from voicegen.errors import VoicegenError


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """An engine."""

    name: str
    in_use: bool
    """Whether the project's settings choose it."""
    about: Mapping[str, str]
    """How it sounds, its licence, what leaves the house, what it takes to use it; by what each says."""
    voices: tuple[Voice, ...] = ()
    trouble: VoicegenError | None = None
    """Why it can't speak now."""


def voices(settings: Settings, lang: str = "") -> Iterator[EngineFacts]:
    """Every engine with its voices, all or those of a language (the start of a BCP 47 tag). Nothing is spoken."""
    for name in extensions.engines():
        in_use, about = name == settings.voice.engine, extensions.about(name)
        try:
            there = extensions.engine(name, settings.engine_options(name)).voices()
        except VoicegenError as error:
            yield EngineFacts(name, in_use, about, trouble=error)
            continue
        of_lang = tuple(voice for voice in there if voice.lang.lower().startswith(lang.lower()))
        yield EngineFacts(name, in_use, about, of_lang)
