"""voicegen resume."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._words import clean, project, say_json


@click.command()
@click.argument("page", shell_complete=_completing.pages)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def resume(folder: Path, page: str, as_json: bool) -> None:
    """Ends the hold that `voicegen rollback` put on a page: the next build publishes its file again."""
    from voicegen import pages
    from voicegen.taking_back import held
    from voicegen.taking_back import resume as run

    settings = project(folder)
    name = held(settings, page)
    run(settings, name)
    source = next((one.source for one in pages.find(settings) if one.id == name), "")
    if as_json:
        say_json({"id": name, "source": source})
        return
    click.echo(f"{name}: the next build publishes {clean(source) or 'its text, wherever it stands,'} as it is.")
