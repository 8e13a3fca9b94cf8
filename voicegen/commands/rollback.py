"""voicegen rollback."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._who import named, who
from voicegen.commands._words import clean, command, project, say_json

OURSELVES = "voicegen"
"""Who takes a page back where no log tells of it."""


@click.command()
@click.argument("page", shell_complete=_completing.pages)
@click.argument("version", required=False, type=click.IntRange(1))
@who
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def rollback(folder: Path, page: str, version: int | None, by: str | None, as_json: bool) -> None:
    """Publishes an earlier version of a page again, at once and whole: text, sound and all downloads.

    VERSION is a number that `voicegen history PAGE` shows; without it, the version before the present one. The
    page is then held: builds leave it alone until its text changes, or until `voicegen resume PAGE`.
    """
    from voicegen import finding, history
    from voicegen.taking_back import roll_back

    settings = project(folder)
    found = finding.own(settings, page)
    hold = history.load(settings).holds.get(found.id)
    back = roll_back(settings, found, version, named(by) if settings.review.required else OURSELVES)
    if as_json:
        say_json({"id": found.id, "number": back.number, "published": back.published})
        return
    done = "was held at already, and stands" if hold and hold.id == back.id else "is published again"
    click.echo(clean(f"{found.id}: version {back.number}, published {back.published[:16]} UTC, {done}."))
    resume = command(f"resume {found.id}")
    click.echo(f"Builds leave it so until {clean(found.source)} changes, or until `{resume}`.")
