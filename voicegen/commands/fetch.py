"""voicegen fetch."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, project
from voicegen.errors import TemporaryError

if TYPE_CHECKING:
    from voicegen.fetching import Outcome


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option(
    "-s",
    "--sitemap",
    "sitemaps",
    multiple=True,
    metavar="ADDRESS",
    help="Fetch the pages that this sitemap names.",
)
@click.pass_obj
def fetch(folder: Path, addresses: tuple[str, ...], sitemaps: tuple[str, ...]) -> None:
    """Gets pages of your own site into the content folder: those named, or all fetched before.

    Only from hosts that [fetch] in voicegen.toml names, as robots.txt allows, and only what has changed. A page
    that was edited here is never written over. docs/how-to/fetch.md tells more.
    """
    from voicegen.fetching import fetch as run

    outcomes = run(project(folder), addresses, sitemaps, done=_say)
    for outcome in outcomes:
        if outcome.address in sitemaps and outcome.error:
            _say(outcome)
    counts = Counter(outcome.kind for outcome in outcomes)
    words = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    addresses_in_words = "1 address" if len(outcomes) == 1 else f"{len(outcomes)} addresses"
    click.echo(f"{addresses_in_words}{': ' if words else ''}{words}.")
    codes = {outcome.error.exit_code for outcome in outcomes if outcome.error}
    if len(codes) > 1:
        codes = {TemporaryError.exit_code} & codes or {1}
    sys.exit(codes.pop() if codes else 0)


def _say(outcome: Outcome) -> None:
    if outcome.error:
        click.echo(f"failed     {clean(str(outcome.error))}", err=True)
    else:
        why = f" ({clean(outcome.words)})" if outcome.words else ""
        click.echo(f"{outcome.kind:10} {clean(outcome.file)}, from {clean(outcome.address)}{why}")
