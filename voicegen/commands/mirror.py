"""voicegen mirror."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, count, project, say_json
from voicegen.errors import PublicationError

if TYPE_CHECKING:
    from voicegen.stores._bucket import Bucket

MEGA = 1_000_000
MOST = 50
"""Troubles that are shown; more are counted."""


@click.command()
@click.argument("place", required=False, default="", metavar="[s3://BUCKET/FOLDER]")
@click.option("--check", is_flag=True, help="Put nothing; read back all that is there and compare the digests.")
@click.option("--take-over", "takes_over", is_flag=True, help="Also where another project put what is there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def mirror(folder: Path, place: str, check: bool, takes_over: bool, as_json: bool) -> None:
    """Copies the output folder to an object store, so that readers see whole versions of every page.

    PLACE is what [mirror] in voicegen.toml says, if not given. Only what changed is sent. A place with the pages
    of another project is refused. Keys are taken from the environment: AWS_ACCESS_KEY_ID and
    AWS_SECRET_ACCESS_KEY.
    """
    from voicegen import mirroring

    settings = project(folder)
    bucket = mirroring.bucket_of(settings, place)
    if check:
        _check(bucket, as_json)
        return

    def told(page: str, what: str) -> None:
        if not as_json:
            click.echo(f"{clean(page)}: {what}")

    done = mirroring.mirror(settings, bucket, told, takes_over=takes_over)
    if as_json:
        say_json({name: getattr(done, name) for name in done.__slots__})
        return
    click.echo(
        f"{count(len(done.put), 'page')} put, {done.unchanged} unchanged, {len(done.removed)} taken away; "
        f"{done.sent / MEGA:,.1f} MB sent to {clean(bucket.address)}."
    )


def _check(bucket: Bucket, as_json: bool) -> None:
    from voicegen import mirroring

    found = mirroring.check(bucket)
    troubles = [{"where": where, "what": what} for where, what in found.troubles]
    if as_json:
        say_json({"pages": found.pages, "files": found.files, "troubles": troubles})
    else:
        for one in troubles[:MOST]:
            click.echo(clean(f"{one['where']}: {one['what']}"), err=True)
        if len(troubles) > MOST:
            click.echo(f"and {len(troubles) - MOST} more (--json lists all)", err=True)
        verdict = f"{count(len(troubles), 'trouble')} found" if troubles else "all as published"
        click.echo(f"{count(found.pages, 'page')}, {count(found.files, 'file')}: {verdict}.")
    sys.exit(PublicationError.exit_code if troubles else 0)
