"""voicegen review."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._words import project, say_json


@click.command()
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0: any free one.")
@click.option(
    "--send-text-to", default="", metavar="ENGINE", help="Consent to sending text to this engine from the page."
)
@click.option("--json", "as_json", is_flag=True, help="The address as a JSON object, for programs.")
@click.pass_obj
def review(folder: Path, port: int, send_text_to: str, as_json: bool) -> None:
    """Opens the desk where drafts are read, heard, corrected, approved and published, until Ctrl-C.

    It prints a web address of this machine for your browser. Whoever knows the address can approve: don't pass it
    on. For projects with required = true under [review].
    """
    from voicegen.review_desk.server import serve

    def ready(url: str) -> None:
        if as_json:
            return say_json({"url": url})
        click.echo(f"Review: open {url}")
        click.echo("The address holds for this session only. Ctrl-C ends it.")
        return None

    serve(lambda: project(folder), port, send_text_to, ready)
