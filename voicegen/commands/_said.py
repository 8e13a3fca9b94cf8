"""What `say` and `pronounce` show."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, say_json

if TYPE_CHECKING:
    from voicegen.leaving import Leaving
    from voicegen.saying import Said


def announce(leaving: Leaving) -> None:
    """Says what is about to leave this machine, apart from the command's own output."""
    click.echo(clean(str(leaving)), err=True)


def say_out(said: Said, output: Path | None, as_json: bool = False) -> None:
    """Shows what is said and why, and writes or plays it; for programs it is played nowhere."""
    from voicegen.saying import play, write_wav

    if as_json:
        if output:
            write_wav(output, said)
        say_json(_facts(said, output))
        return

    for line in said.lines:
        click.echo(clean(line.spoken))
        for change in line.changes:
            shown = line.shown[change.start : change.end]
            click.echo(f"  “{clean(shown)}” is said “{clean(change.spoken)}” ({change.rule})")
    for source in said.sources:
        click.echo(f"  {clean(source)}")
    for clause in said.phonemes.splitlines():
        click.echo(f"  sounds: {clean(clause)}")
    for notice in said.notices:
        click.echo(f"  note: {clean(notice)}")
    if output:
        write_wav(output, said)
        click.echo(f"Written to {output}.")
    else:
        play(said)


def _facts(said: Said, output: Path | None) -> dict[str, object]:
    """What is said, for programs: docs/reference/json.md."""
    return {
        "lines": [
            {"shown": line.shown, "spoken": line.spoken, "changes": [asdict(change) for change in line.changes]}
            for line in said.lines
        ],
        "seconds": round(len(said.samples) / 2 / said.rate_hz, 3),
        "phonemes": said.phonemes.splitlines(),
        "sources": list(said.sources),
        "notices": list(said.notices),
        "file": str(output) if output else "",
    }
