"""voicegen plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands import _completing
from voicegen.commands._words import clean, count, length, project

if TYPE_CHECKING:
    from voicegen.planning import PagePlan, Plan


@click.command()
@click.argument("pages", nargs=-1, shell_complete=_completing.pages, metavar="[PAGE]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def plan(folder: Path, pages: tuple[str, ...], as_json: bool) -> None:
    """Says what a build would do: lines to speak, minutes of sound, time, cost, and who gets the text.

    Nothing is written, spoken or sent. Lengths and times are rough.
    """
    from voicegen import pages as found
    from voicegen.planning import plan as run
    from voicegen.standing import Desk

    desk = Desk(project(folder))
    made = run(desk, found.choose(found.find(desk.settings), pages) if pages else ())
    if as_json:
        click.echo(json.dumps(_facts(made), ensure_ascii=False, indent=1))
    else:
        click.echo(clean("\n".join((*map(_page, made.pages), *_whole(made)))))


def _page(page: PagePlan) -> str:
    if page.errors:
        return f"{page.id}: would fail. {page.errors[0]}"
    said = f"{count(page.to_speak, 'line')} to speak, about {length(round(page.new_s))} of sound"
    if not page.to_speak:
        said = "nothing to speak"
    work = f"; about {_time(page.work_s)} of work" if page.work_s else ""
    return f"{page.id}: {page.why}. {said}; the recording is about {length(round(page.seconds))}{work}"


def _whole(made: Plan) -> Iterator[str]:
    to_speak = sum(page.to_speak for page in made.pages)
    yield f"{count(len(made.pages), 'page')} to build, {made.unchanged} unchanged, {len(made.removed)} to remove."
    yield from (f"{name}: would be removed, because its file is gone" for name in made.removed)
    sound = length(round(sum(page.new_s for page in made.pages)))
    yield f"Together {count(to_speak, 'line')} to speak, about {sound} of sound."
    if made.pages:
        unknown = "not known before a longer build was made on this machine"
        yield f"Time: {f'about {_time(made.work_s)}' if made.work_s else unknown}."
    if made.price:
        yield f"Cost: {made.characters:,} characters, about {made.cost:,.2f} {made.currency}."
    if made.host:
        yield f"The text of these lines would be sent to {made.host} ({made.characters:,} characters)."
    else:
        yield "No text leaves this machine."
    yield from (f"note: {notice}" for notice in made.notices)
    yield "Nothing was changed."


def _time(seconds: float) -> str:
    return length(max(1, round(seconds)))


def _facts(made: Plan) -> dict[str, object]:
    """The plan for programs: docs/reference/status.md."""
    pages = [
        {
            **asdict(page),
            "new_s": round(page.new_s, 1),
            "seconds": round(page.seconds, 1),
            "work_s": round(page.work_s, 1),
        }
        for page in made.pages
    ]
    return {
        "version": 1,
        "pages": pages,
        "removed": made.removed,
        "unchanged": made.unchanged,
        "engine": made.engine,
        "host": made.host,
        "characters": made.characters,
        "cost": round(made.cost, 4),
        "currency": made.currency,
        "work_s": round(made.work_s, 1),
        "notices": list(made.notices),
    }
