"""voicegen audition."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._said import announce
from voicegen.commands._words import clean, count, project, say_json


@click.command()
@click.argument("page", shell_complete=_completing.pages)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to; .voicegen/audition/PAGE if not given.",
)
@click.option(
    "--send-text-to",
    default="",
    shell_complete=_completing.engines,
    metavar="ENGINE",
    help="Consent to sending the passage to this engine, too.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def audition(folder: Path, page: str, output: Path | None, send_text_to: str, as_json: bool) -> None:
    """Speaks the same passage of PAGE with every voice that is ready, to choose one by ear.

    Writes a sound file for each and a page that lists them. Nothing leaves this machine without --send-text-to.
    """
    from voicegen import auditioning, finding

    settings = project(folder)
    found = finding.page(settings, page)
    place = output or settings.cache / "audition" / found.id
    result = auditioning.audition(settings, found, place, send_text_to, announce)
    if as_json:
        say_json({"folder": str(place), **asdict(result)})
        return
    for heard in result.voices:
        click.echo(f"{clean(heard.name)}: {heard.file}, {count(heard.seconds, 'second')}")
    for words in result.silent:
        click.echo(f"not heard: {clean(words)}")
    click.echo(f"Listen: open {(place / auditioning.LIST).resolve()} in a browser.")
