"""voicegen say."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._said import announce, say_out
from voicegen.commands._words import project


@click.command()
@click.argument("text")
@click.option("-l", "--lang", default="en", show_default=True, help="BCP 47 tag of the language.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A WAV file to write.")
@click.option(
    "--send-text-to",
    default="",
    shell_complete=_completing.engines,
    metavar="ENGINE",
    help="Consent to sending the text to this engine.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def say(folder: Path, text: str, lang: str, output: Path | None, send_text_to: str, as_json: bool) -> None:
    """Shows how TEXT will be said, and says it: to a file, or to the speakers."""
    from voicegen.saying import say as speak

    say_out(speak(project(folder), text, lang, send_text_to, announce=announce), output, as_json)
