"""voicegen history."""

from __future__ import annotations

import json
from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._words import clean, count, project


@click.command()
@click.argument("page", shell_complete=_completing.pages)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def history(folder: Path, page: str, as_json: bool) -> None:
    """Lists the versions of a page that were published before and are kept, the newest first. Changes nothing."""
    from voicegen import approvals, finding
    from voicegen import history as kept
    from voicegen.publishing import digest_of

    settings = project(folder)
    found = finding.own(settings, page)
    past = kept.load(settings)
    versions, hold = past.versions(found.id), past.holds.get(found.id)
    present = digest_of(settings.output / found.id)
    if as_json:
        facts = [
            {
                "number": one.number,
                "published": one.published,
                "replaced": one.replaced,
                "why": one.why,
                "present": one.id == present,
                "files": len(one.files),
                "bytes": sum(size for size, _, _ in one.files.values()),
            }
            for one in reversed(versions)
        ]
        held = hold.number if hold else None
        click.echo(json.dumps({"version": 1, "id": found.id, "held": held, "versions": facts}, indent=1))
        return
    log = approvals.read(approvals.place(settings))
    for one in reversed(versions):
        now = ", published now" if one.id == present else ""
        text = f"version {one.number}{now}: published {one.published[:16]} UTC, replaced {one.replaced[:16]} UTC"
        decided = [f"{act.act} by {act.by} on {act.at[:10]}" for act in log.of_version(found.id, one.id)]
        click.echo(clean(f"{text}, because {one.why}" + (f"; {', '.join(decided)}" if decided else "")))
    if hold:
        click.echo(f"It was taken back to version {hold.number} on {hold.since[:10]}.")
    click.echo(f"{found.id}: {count(len(versions), 'earlier version')} kept.")
