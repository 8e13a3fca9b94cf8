"""voicegen publish."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands import _completing
from voicegen.commands._who import named, who
from voicegen.commands._words import clean, count, error_facts, project, say_json

if TYPE_CHECKING:
    from voicegen.config import Settings
    from voicegen.releasing import Released
    from voicegen.report import PageReport, Result


@click.command()
@click.argument("pages", nargs=-1, shell_complete=_completing.pages, metavar="[PAGE]...")
@who
@click.option("--partial", is_flag=True, help="Publish what shards made though some are missing; remove nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def publish(folder: Path, pages: tuple[str, ...], by: str | None, partial: bool, as_json: bool) -> None:
    """Publishes what is made and allowed, all of it or the named pages, and nothing else.

    What `voicegen build --shard` made is published once all shards are there. Where pages need approval (required
    = true under [review]) it becomes drafts, and drafts that are approved are published; a named page that isn't
    approved as it is now is refused, and then nothing is published at all.
    """
    settings = project(folder)
    if pages and not settings.review.required:
        raise click.UsageError("Pages are named where they need approval; without it all of them are published.")
    built = None if pages else _gathered(settings, partial, as_json)
    released = _released(settings, pages, by)
    code = built.exit_code if built else 0
    if as_json:
        say_json({**_facts(settings, built, released), "exit_code": code})
    else:
        _say(settings, built, released)
    sys.exit(code)


def _gathered(settings: Settings, partial: bool, as_json: bool) -> Result | None:
    """What became of the pages that shards made; None where none wait, such as at a second try."""
    from voicegen import sharding
    from voicegen.commands.build import say_page

    def say(report: PageReport) -> None:
        if not as_json:
            say_page(report, quiet=False, wipe=False)

    if not sharding.are_there(settings):
        return None
    return sharding.publish(settings, partial=partial, done=say)


def _released(settings: Settings, pages: tuple[str, ...], by: str | None) -> Released | None:
    if not settings.review.required:
        return None
    from voicegen.releasing import release

    return release(settings, pages, named(by))


def _of(built: Result | None, outcome: str) -> list[str]:
    return [page.id for page in built.pages if page.outcome == outcome] if built else []


def _facts(settings: Settings, built: Result | None, released: Released | None) -> dict[str, object]:
    waiting = released.waiting if released else ()
    return {
        "published": released.published if released else _of(built, "made"),
        "removed": released.removed if released else _of(built, "removed"),
        "waiting": [{"id": one.id, "state": one.state, "why": one.told} for one in waiting],
        "failed": [
            {"id": page.id, "errors": [error_facts(error) for error in page.errors]}
            for page in (built.pages if built else ())
            if page.errors
        ],
    }


def _say(settings: Settings, built: Result | None, released: Released | None) -> None:
    if built and not released:
        made, removed, failed = (len(_of(built, name)) for name in ("made", "removed", "failed"))
        click.echo(f"{count(made, 'page')} published, {removed} taken away, {failed} failed.")
    if not released and not built:
        click.echo("No shard waits to be published, and pages of this project need no approval: nothing is to do.")
    if not released:
        return
    for name in released.published:
        click.echo(f"{name}: published")
    for name in released.removed:
        click.echo(f"{name}: taken away")
    for one in released.waiting:
        click.echo(
            clean(f"{one.id}: not published; it is {one.state}{f', because {one.told}' if one.told else ''}")
        )
    click.echo(f"{count(len(released.published), 'page')} published, {len(released.waiting)} not.")
