"""voicegen resume."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._words import clean, project


@click.command()
@click.argument("page")
@click.pass_obj
def resume(folder: Path, page: str) -> None:
    """Ends the hold that `voicegen rollback` put on a page: the next build publishes its file again."""
    from voicegen import finding
    from voicegen.taking_back import resume as run

    settings = project(folder)
    found = finding.page(settings, page)
    run(settings, found)
    click.echo(f"{found.id}: the next build publishes {clean(found.source)} as it is.")
