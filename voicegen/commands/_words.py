"""What the commands share: the project's settings, and words that are safe on a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voicegen import config
    from voicegen.errors import VoicegenError


def clean(words: str) -> str:
    """The words without anything that could steer a terminal."""
    return "".join(mark if mark.isprintable() or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in words)


def count(number: int, noun: str) -> str:
    """A number of things, in words."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def length(seconds: int) -> str:
    """A length of time, in words."""
    return f"{seconds // 60} min {seconds % 60:02} s"


def command(words: str) -> str:
    """The command as it is to be typed from here: with -C where this one was given a folder."""
    context = click.get_current_context(silent=True)
    folder = context.obj if context and context.obj else Path()
    if folder == Path():
        return f"voicegen {words}"
    import shlex  # imported late: a build with nothing to do in its own folder needs none of it

    return f"voicegen -C {shlex.quote(clean(str(folder)))} {words}"


def say_json(facts: Mapping[str, object]) -> None:
    """One JSON object, with the version of its shape: docs/reference/json.md."""
    click.echo(json.dumps({"version": 1, **facts}, ensure_ascii=False, indent=1))


def project(folder: Path) -> config.Settings:
    """The settings of the project in `folder`. Raises SettingsError for anything wrong."""
    from voicegen import config, extensions  # imported late: a build with nothing to do needs neither

    return config.load(folder, extensions.engines(), extensions.formats())


def error_facts(error: VoicegenError) -> dict[str, object]:
    """An error for programs."""
    return {"where": error.where, "what": error.what, "remedy": error.remedy, "exit_code": error.exit_code}
