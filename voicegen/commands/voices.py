"""voicegen voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, count, error_facts, project, say_json

if TYPE_CHECKING:
    from voicegen.choosing import EngineFacts


@click.command()
@click.argument("lang", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def voices(folder: Path, lang: str, as_json: bool) -> None:
    """Compares the engines and lists the voices that can speak now, all or those of a language.

    For each engine: how it sounds, its licence, what leaves the house, and what it takes to use it.
    """
    from voicegen.choosing import voices as run

    found = list(run(project(folder), lang))
    if as_json:
        say_json({"engines": _facts(found)})
        return
    for engine in found:
        _say(engine, every=bool(lang) or engine.in_use)
    click.echo(BETTER_VOICE)


def _say(engine: EngineFacts, every: bool) -> None:
    chosen = " (in use)" if engine.in_use else ""
    if engine.trouble:
        click.echo(f"{engine.name}{chosen}: not ready. {clean(str(engine.trouble))}")
    else:
        languages = {voice.lang.lower().split("-")[0] for voice in engine.voices}
        there = (
            f"{count(len({voice.id for voice in engine.voices}), 'voice')}, {count(len(languages), 'language')}"
        )
        click.echo(f"{engine.name}{chosen}: {there}")
    for key, words in engine.about.items():
        click.echo(f"  {key}: {clean(words)}")
    speaks: dict[tuple[str, str], list[str]] = {}
    for voice in engine.voices if every else ():
        speaks.setdefault((voice.id, voice.name), []).append(voice.lang)
    for (name, words), langs in speaks.items():
        click.echo(f"  {', '.join(langs):12} {clean(name):14} {clean(words)}")


def _facts(found: Sequence[EngineFacts]) -> list[dict[str, object]]:
    """The engines for programs: docs/reference/json.md."""
    return [
        {
            "name": engine.name,
            "in_use": engine.in_use,
            "about": dict(engine.about),
            "voices": [asdict(voice) for voice in engine.voices],
            "trouble": error_facts(engine.trouble) if engine.trouble else None,
        }
        for engine in found
    ]


BETTER_VOICE = """
To choose by ear: voicegen audition PAGE. How to set each up: docs/how-to/better-voice.md."""
