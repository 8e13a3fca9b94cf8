"""voicegen voices."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen import extensions
from voicegen.commands._words import clean, project
from voicegen.errors import VoicegenError


@click.command()
@click.argument("lang", required=False, default="")
@click.pass_obj
def voices(folder: Path, lang: str) -> None:
    """Lists the voices that can speak now, all or those of a language, and what a better voice needs."""
    settings = project(folder)
    for name in extensions.engines():
        chosen = " (in use)" if name == settings.voice.engine else ""
        try:
            there = extensions.engine(name, settings.engine_options(name)).voices()
        except VoicegenError as error:
            click.echo(f"{name}{chosen}: not ready. {clean(str(error))}")
            continue
        there = [voice for voice in there if voice.lang.lower().startswith(lang.lower())]
        click.echo(f"{name}{chosen}: {len(there)} voices")
        for voice in there if lang or name == settings.voice.engine else []:
            click.echo(f"  {voice.lang:12} {voice.id:14} {voice.name}")
    click.echo(BETTER_VOICE)


BETTER_VOICE = """
espeak-ng is clear and quick, and sounds like a robot. More natural voices (docs/how-to/better-voice.md):
  piper  speaks on this machine. It needs the Python package piper-tts, a voice's two files in the folder
         voices/, and `[voice] engine = "piper"` in voicegen.toml.
  gtts   Google's web voice. It sends the pages' text to Google over an interface without a contract. It needs
         `[gtts] allow = true` and `[voice] engine = "gtts"` in voicegen.toml, and
         `voicegen build --send-text-to gtts`."""
