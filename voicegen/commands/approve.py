"""voicegen approve."""

from __future__ import annotations

import json
from pathlib import Path

import click

from voicegen.commands._who import named, who
from voicegen.commands._words import clean, project


@click.command()
@click.argument("page")
@who
@click.option("--note", default="", help="What should be remembered of it.")
@click.option("--draft", default="", metavar="SHA256", help="Only if the draft is still this one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def approve(folder: Path, page: str, by: str | None, note: str, draft: str, as_json: bool) -> None:
    """Approves the draft of PAGE, after you have read and heard it (`voicegen review`).

    Publishing it is another step: `voicegen publish`. The approval holds for this text and this sound only.
    """
    from voicegen.deciding import decide
    from voicegen.standing import Desk

    entry = decide(Desk(project(folder)), page, "approved", named(by), note, draft)
    if as_json:
        facts = {"id": entry.page, "act": entry.act, "by": entry.by, "at": entry.at, "draft": entry.version}
        click.echo(json.dumps({"version": 1, **facts, "text": entry.text, "sound": entry.sound}, indent=1))
        return
    what = f"text {entry.text[:12]}, sound {entry.sound[:12]}" if entry.text else "that it is taken away"
    click.echo(clean(f"{entry.page}: {entry.act} by {entry.by}, {what}."))
    click.echo("To publish it: voicegen publish.")
