"""What `voicegen approve` and `voicegen reject` have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from voicegen.commands import _completing
from voicegen.commands._who import named, who
from voicegen.commands._words import clean, project, say_json

Act = Literal["approved", "rejected"]


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments of a decision on a draft."""
    for add in (
        click.pass_obj,
        click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs."),
        click.option("--draft", default="", metavar="SHA256", help="Only if the draft is still this one."),
        click.option("--note", default="", help="What should be remembered of it."),
        who,
        click.argument("page", shell_complete=_completing.pages),
    ):
        command = add(command)
    return command


def decide(folder: Path, page: str, act: Act, by: str | None, note: str, draft: str, as_json: bool) -> None:
    """Writes the decision down, and says what was decided on. Raises what `deciding.decide` raises."""
    from voicegen import deciding
    from voicegen.standing import Desk

    entry = deciding.decide(Desk(project(folder)), page, act, named(by), note, draft)
    if as_json:
        facts = {"id": entry.page, "act": entry.act, "by": entry.by, "at": entry.at}
        say_json({**facts, "draft": entry.version, "text": entry.text, "sound": entry.sound})
        return
    what = f"text {entry.text[:12]}, sound {entry.sound[:12]}" if entry.text else "that it is taken away"
    click.echo(clean(f"{entry.page}: {entry.act} by {entry.by}, {what}."))
    if act == "approved":
        click.echo("To publish it: voicegen publish.")
