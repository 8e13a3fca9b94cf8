"""voicegen verify."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from voicegen.commands._words import clean, count, project
from voicegen.errors import PublicationError

MOST = 50
"""Troubles that are shown; more are counted."""


@click.command()
@click.argument("output", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def verify(folder: Path, output: Path | None, as_json: bool) -> None:
    """Checks that an output folder is whole and right, such as after it was copied to a server.

    OUTPUT is the project's own output folder if not given. Every file is compared with the digest that was
    published with it, every publication is opened and checked, and the marks are found in the decoded sound.
    """
    from voicegen.verifying import verify as run

    found = run(output or project(folder).output)
    if as_json:
        click.echo(json.dumps({"version": 1, **asdict(found)}, ensure_ascii=False, indent=1))
    else:
        for trouble in found.troubles[:MOST]:
            click.echo(f"{clean(trouble.where)}: {clean(trouble.what)}", err=True)
        if len(found.troubles) > MOST:
            click.echo(f"and {len(found.troubles) - MOST} more (--json lists all)", err=True)
        for name in found.strangers:
            click.echo(f"note: {clean(name)} was not published by voicegen")
        verdict = f"{count(len(found.troubles), 'trouble')} found" if found.troubles else "all as published"
        click.echo(f"{count(found.pages, 'page')}, {count(found.files, 'file')}: {verdict}.")
    sys.exit(PublicationError.exit_code if found.troubles else 0)
