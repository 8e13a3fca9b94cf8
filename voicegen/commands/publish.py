"""voicegen publish."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._who import named, who
from voicegen.commands._words import clean, count, project, say_json


@click.command()
@click.argument("pages", nargs=-1, shell_complete=_completing.pages, metavar="[PAGE]...")
@who
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def publish(folder: Path, pages: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Publishes the drafts that are approved, all or those of the named pages, and nothing else.

    A named page that isn't approved as it is now is refused, and then nothing is published at all. For projects
    with required = true under [review]; in all others `voicegen build` publishes.
    """
    from voicegen.releasing import release

    done = release(project(folder), pages, named(by))
    if as_json:
        waiting = [{"id": one.id, "state": one.state, "why": one.told} for one in done.waiting]
        facts = {"published": done.published, "removed": done.removed, "waiting": waiting}
        say_json(facts)
        return
    for name in done.published:
        click.echo(f"{name}: published")
    for name in done.removed:
        click.echo(f"{name}: taken away")
    for one in done.waiting:
        click.echo(
            clean(f"{one.id}: not published; it is {one.state}{f', because {one.told}' if one.told else ''}")
        )
    click.echo(f"{count(len(done.published), 'page')} published, {len(done.waiting)} not.")
