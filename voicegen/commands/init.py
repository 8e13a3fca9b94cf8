"""voicegen init."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from voicegen.commands._words import say_json


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def init(folder: Path, as_json: bool) -> None:
    """Makes a new project in FOLDER, with settings and a sample page."""
    from voicegen.starting import start

    start(folder)
    if as_json:
        say_json({"folder": str(folder)})
        return
    here = folder.resolve() == Path.cwd()
    build = "voicegen build" if here else f"voicegen -C {shlex.quote(str(folder))} build"
    made = "a project in this folder" if here else str(folder)
    click.echo(f"Made {made}. Next: put pages into {folder / 'content'}, then run `{build}`.")
