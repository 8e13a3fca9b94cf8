"""voicegen doctor."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._words import clean, project
from voicegen.errors import MissingPartError


@click.command()
@click.pass_obj
def doctor(folder: Path) -> None:
    """Says what this machine has, what is missing, and how to get it."""
    from voicegen.doctor import findings

    missing = 0
    for finding in findings(project(folder)):
        click.echo(
            f"{'ok     ' if finding.ok else 'MISSING' if finding.needed else 'not here'} {clean(finding.words)}"
        )
        if not finding.ok and finding.remedy:
            click.echo(f"        {finding.remedy}")
        missing += finding.needed and not finding.ok
    if missing:
        raise MissingPartError("this machine", f"{missing} needed parts are missing", "See above.")
