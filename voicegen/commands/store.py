"""voicegen store."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._words import count, project, say_json
from voicegen.errors import SettingsError

MEGA, DAY_S = 1_000_000, 86_400.0


@click.group()
def store() -> None:
    """Looks after a store that several projects or machines share."""


@store.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@click.option(
    "--grace",
    type=click.FloatRange(0, 3650),
    default=14.0,
    show_default=True,
    metavar="DAYS",
    help="Spare what was made or used within so many days.",
)
@click.option(
    "--max-mb",
    type=click.IntRange(0),
    metavar="MB",
    help="Then remove what was not used for longest, too, until so much is left.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def gc(folder: Path, dry_run: bool, grace: float, max_mb: int | None, as_json: bool) -> None:
    """Removes from the shared store what no page of any project is made of any more.

    Builds may run meanwhile. What pages are made of, and what their kept versions were made of, stays, unless
    --max-mb is less than that; what is removed is made again when it is needed.
    """
    from voicegen.contracts import Shared
    from voicegen.extensions import opened_store
    from voicegen.sweeping import Swept, sweep

    settings = project(folder)
    if settings.store.mode == "read-only" and not dry_run:
        raise SettingsError(
            "voicegen.toml, [store] mode",
            "this project may read the store and not change it",
            "Clear it up from a project that may, or look with --dry-run.",
        )
    found = opened_store(settings)
    limit = None if max_mb is None else max_mb * MEGA
    if isinstance(found, Shared):
        swept = sweep(found.heap(), dry_run=dry_run, grace_s=grace * DAY_S, max_bytes=limit)
    else:
        swept = Swept(0, 0, 0, 0, 0, False)
    if as_json:
        say_json({"dry_run": dry_run, **{name: getattr(swept, name) for name in swept.__slots__}})
        return
    if not isinstance(found, Shared):
        click.echo("The store is this project's alone: builds clear it up themselves. Nothing was removed.")
        return
    held = f"{count(swept.held, 'piece')} of {swept.held_bytes / MEGA:,.1f} MB"
    click.echo(f"{held} in the store; pages are made of {swept.live} of them.")
    did = "would be removed" if dry_run else "removed"
    click.echo(f"{did}: {count(swept.removed, 'piece')} of {swept.removed_bytes / MEGA:,.1f} MB.")
    if swept.young:
        stay = (
            "1 piece that no page is made of stays for now, since it was"
            if swept.young == 1
            else (f"{swept.young} pieces that no page is made of stay for now, since they were")
        )
        click.echo(f"{stay} made or used within {grace:g} days (--grace).")
    if swept.stayed:
        click.echo(
            f"{count(swept.stayed, 'piece')} could not be removed: used just now, or the rights are missing."
        )
    if swept.more:
        click.echo("There is more to remove than one run does: run it again.")
