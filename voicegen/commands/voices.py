"""voicegen voices."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen import extensions
from voicegen.commands._words import clean, count, project
from voicegen.errors import VoicegenError


@click.command()
@click.argument("lang", required=False, default="")
@click.pass_obj
def voices(folder: Path, lang: str) -> None:
    """Compares the engines and lists the voices that can speak now, all or those of a language.

    For each engine: how it sounds, its licence, what leaves the house, and what it takes to use it.
    """
    settings = project(folder)
    for name in extensions.engines():
        chosen = " (in use)" if name == settings.voice.engine else ""
        try:
            there = extensions.engine(name, settings.engine_options(name)).voices()
        except VoicegenError as error:
            click.echo(f"{name}{chosen}: not ready. {clean(str(error))}")
            there = ()
        else:
            there = [voice for voice in there if voice.lang.lower().startswith(lang.lower())]
            languages = {voice.lang.lower().split("-")[0] for voice in there}
            click.echo(f"{name}{chosen}: {count(len(there), 'voice')}, {count(len(languages), 'language')}")
        for key, words in extensions.about(name).items():
            click.echo(f"  {key}: {clean(words)}")
        for voice in there if lang or name == settings.voice.engine else []:
            click.echo(f"  {voice.lang:12} {clean(voice.id):14} {clean(voice.name)}")
    click.echo(BETTER_VOICE)


BETTER_VOICE = """
To choose by ear: voicegen audition PAGE. How to set each up: docs/how-to/better-voice.md."""
