"""voicegen pronounce."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen import extensions
from voicegen.commands import _completing
from voicegen.commands._said import announce, say_out
from voicegen.commands._words import project


@click.command()
@click.argument("word")
@click.option(
    "-p",
    "--page",
    default="",
    shell_complete=_completing.pages,
    metavar="NAME",
    help="A page whose own pronunciations hold, too.",
)
@click.option("-l", "--lang", default="", help="BCP 47 tag of the language; if not given, the page's, or en.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A WAV file to write.")
@click.option(
    "--send-text-to",
    default="",
    shell_complete=_completing.engines,
    metavar="ENGINE",
    help="Consent to sending the word to this engine.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def pronounce(
    folder: Path, word: str, page: str, lang: str, output: Path | None, send_text_to: str, as_json: bool
) -> None:
    """Shows how WORD is said and by which pronunciation or rule, with its sounds, and says it.

    docs/how-to/pronunciation.md tells how to change it.
    """
    from voicegen import finding
    from voicegen.saying import say as speak

    settings = project(folder)
    if page:
        found = finding.page(settings, page)
        page = found.id
        if not lang:
            file = found.read(settings)
            lang = extensions.source(file.name).read(file).lang
    said = speak(settings, word, lang or "en", send_text_to, tell_phonemes=True, page=page, announce=announce)
    say_out(said, output, as_json)
