"""voicegen status."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, project

if TYPE_CHECKING:
    from voicegen.fetching.fetched import Origin
    from voicegen.standing import Standing

MOST_SHOWN = 400
"""Characters of a reason that are shown; --json has all of it."""


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also the pages that are as they should be.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def status(folder: Path, everything: bool, as_json: bool) -> None:
    """Says which pages are new, changed, missing, failed or waiting for approval, and why. Changes nothing.

    It is quick: no page is parsed. `voicegen plan` tells what a build would speak.
    """
    from voicegen.fetching.documents import origins
    from voicegen.standing import Desk

    desk = Desk(project(folder))
    found = list(desk.standings())
    came = list(origins(desk.settings))
    if as_json:
        click.echo(json.dumps(_facts(found, came), ensure_ascii=False, indent=1))
        return
    for page in found:
        if everything or page.state != "current" or page.review:
            click.echo(clean(_line(page)))
    for name, _, to_do in came:
        if to_do:
            click.echo(clean(f"{name}: {to_do}"))
    click.echo(f"{_counts(found)}. Nothing was changed." if found else "There are no pages.")


def _line(page: Standing) -> str:
    review = f"; {page.review}" if page.review else ""
    why = page.told if len(page.told) <= MOST_SHOWN else page.told[:MOST_SHOWN] + "…"
    if page.state == "waiting":
        return f"{page.id}: waiting for somebody to approve it" + (f" ({why})" if why else "") + review
    return f"{page.id}: {page.state}" + (f", because {why}" if why and page.state != "new" else "") + review


def _counts(found: list[Standing]) -> str:
    counted = Counter(page.state for page in found)
    return ", ".join(f"{number} {state}" for state, number in sorted(counted.items()))


def _facts(found: list[Standing], came: list[tuple[str, Origin, str]]) -> dict[str, object]:
    """The standings for programs: docs/reference/status.md."""
    return {
        "version": 1,
        "pages": [
            {"id": one.id, "source": one.source, "state": one.state, "why": one.told, "review": one.review}
            for one in found
        ],
        "origins": [
            {"file": name, "address": origin.address, "fetched": origin.fetched, "to_do": to_do}
            for name, origin, to_do in came
        ],
        "counts": dict(sorted(Counter(page.state for page in found).items())),
    }
