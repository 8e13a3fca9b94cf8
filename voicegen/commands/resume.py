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
    from voicegen import finding
    from voicegen.taking_back import resume as run

    settings = project(folder)
    found = finding.own(settings, page)
    run(settings, found)
    if as_json:
        say_json({"id": found.id, "source": found.source})
        return
    click.echo(f"{found.id}: the next build publishes {clean(found.source)} as it is.")
