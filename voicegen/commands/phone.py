"""voicegen phone."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._words import clean, count, project, say_json


@click.command()
@click.argument("pages", nargs=-1, shell_complete=_completing.pages, metavar="PAGE...")
@click.option(
    "--profile",
    "name",
    required=True,
    shell_complete=_completing.systems,
    metavar="SYSTEM",
    help="The telephone system; `list` names all.",
)
@click.option("--edition", default="", help='"full" or "short"; the first of [phone] editions if not given.')
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option("--address", default="", help="Where the folder will be published, for systems that fetch it.")
@click.option(
    "--send-text-to",
    default="",
    shell_complete=_completing.engines,
    metavar="ENGINE",
    help="Consent to sending the pages' text.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def phone(
    folder: Path,
    pages: tuple[str, ...],
    name: str,
    edition: str,
    output: Path | None,
    address: str,
    send_text_to: str,
    as_json: bool,
) -> None:
    """Makes what a telephone system takes as it is: sound, configuration and a README.

    PAGE is a page's name, or the path of its source. Several pages get a menu by title, in several languages by
    language first. Pages that have changed are built first. `--profile list` names the systems.
    """
    from voicegen.phone import profiles
    from voicegen.phoning import phone as run

    known = profiles.profiles()
    if name == "list":
        if as_json:
            say_json({"systems": {one.id: one.name for one in known.values()}})
        for one in () if as_json else known.values():
            click.echo(f"{one.id:14} {one.name}")
        return
    if not pages:
        raise click.UsageError("Name at least one page; `--profile list` alone names the systems.")
    place, written = run(
        project(folder),
        pages,
        name,
        edition=edition,
        output=output,
        address=address,
        send_text_to=send_text_to,
    )
    if as_json:
        say_json({"folder": str(place), "files": written})
        return
    system = profiles.profile(name).name
    click.echo(f"{count(len(written), 'file')} for {system} in {clean(str(place))}: begin with README.txt.")
