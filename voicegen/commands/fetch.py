"""voicegen fetch."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, error_facts, project
from voicegen.errors import TemporaryError

if TYPE_CHECKING:
    from voicegen.fetching import Outcome


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS|FILE]...")
@click.option(
    "-s",
    "--sitemap",
    "sitemaps",
    multiple=True,
    metavar="ADDRESS",
    help="Fetch the pages that this sitemap names.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object at the end, for programs.")
@click.pass_obj
def fetch(folder: Path, addresses: tuple[str, ...], sitemaps: tuple[str, ...], as_json: bool) -> None:
    """Gets pages of your own site, and Word (.docx) and EPUB files, into the content folder.

    Those that are named, or all fetched before. From sites only where [fetch] in voicegen.toml names the host, as
    robots.txt allows, and only what has changed. A page that was edited here is never written over.
    docs/how-to/fetch.md tells more.
    """
    from voicegen.fetching import fetch as run

    outcomes = run(project(folder), addresses, sitemaps, done=lambda outcome: None if as_json else _say(outcome))
    code = _exit_code(outcomes)
    if as_json:
        click.echo(json.dumps(_facts(outcomes, code), ensure_ascii=False, indent=1))
        sys.exit(code)
    for outcome in outcomes:
        if outcome.address in sitemaps and outcome.error:
            _say(outcome)
    counts = Counter(outcome.kind for outcome in outcomes)
    words = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    addresses_in_words = "1 address" if len(outcomes) == 1 else f"{len(outcomes)} addresses"
    click.echo(f"{addresses_in_words}{': ' if words else ''}{words}.")
    sys.exit(code)


def _exit_code(outcomes: Sequence[Outcome]) -> int:
    codes = {outcome.error.exit_code for outcome in outcomes if outcome.error}
    if len(codes) > 1:
        codes = {TemporaryError.exit_code} & codes or {1}
    return codes.pop() if codes else 0


def _say(outcome: Outcome) -> None:
    if outcome.error:
        click.echo(f"failed     {clean(str(outcome.error))}", err=True)
        return
    why = f" ({clean(outcome.words)})" if outcome.words else ""
    click.echo(f"{outcome.kind:10} {clean(outcome.file)}, from {clean(outcome.address)}{why}")
    for notice in outcome.notices:
        click.echo(f"  note: {clean(notice)}")


def _facts(outcomes: Sequence[Outcome], code: int) -> dict[str, object]:
    """The outcomes for programs: docs/reference/json.md."""
    return {
        "version": 1,
        "outcomes": [
            {
                "address": one.address,
                "kind": one.kind,
                "file": one.file,
                "words": one.words,
                "notices": list(one.notices),
                "omitted": [asdict(piece) for piece in one.omitted],
                "error": error_facts(one.error) if one.error else None,
            }
            for one in outcomes
        ],
        "exit_code": code,
    }
