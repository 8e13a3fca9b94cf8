"""voicegen init."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Makes a new project in FOLDER, with settings and a sample page."""
    from voicegen.starting import start

    start(folder)
    command = f"voicegen -C {shlex.quote(str(folder))} build"
    click.echo(f"Made {folder}. Next: put pages into {folder / 'content'}, then run `{command}`.")
