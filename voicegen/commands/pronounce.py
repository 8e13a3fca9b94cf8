"""voicegen pronounce."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._said import say_out
from voicegen.commands._words import project


@click.command()
@click.argument("word")
@click.option("-l", "--lang", default="en", show_default=True, help="BCP 47 tag of the language.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A WAV file to write.")
@click.option("--send-text-to", default="", metavar="ENGINE", help="Consent to sending the word to this engine.")
@click.pass_obj
def pronounce(folder: Path, word: str, lang: str, output: Path | None, send_text_to: str) -> None:
    """Shows how WORD is said and by which pronunciation or rule, with its sounds, and says it.

    docs/how-to/pronunciation.md tells how to change it.
    """
    from voicegen.saying import say as speak

    say_out(speak(project(folder), word, lang, send_text_to, tell_phonemes=True), output)
