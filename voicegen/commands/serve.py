"""voicegen serve."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._words import project, say_json
from voicegen.errors import SettingsError


@click.command()
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@click.option("--json", "as_json", is_flag=True, help="The address as a JSON object, for programs.")
@click.pass_obj
def serve(folder: Path, port: int, as_json: bool) -> None:
    """Shows the output folder in a browser on this machine, until Ctrl-C.

    A page that is built meanwhile is loaded again in the browser, at the same sentence.
    """
    from voicegen.serve import serve as run

    settings = project(folder)
    if not (settings.output / "index.html").is_file():
        raise SettingsError(str(settings.output), "nothing is published there yet", "Run `voicegen build` first.")
    run(settings.output, port, ready=(lambda url: say_json({"url": url})) if as_json else click.echo)
