"""voicegen doctor."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, project, say_json
from voicegen.errors import MissingPartError

if TYPE_CHECKING:
    from voicegen.doctor import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def doctor(folder: Path, as_json: bool) -> None:
    """Says what this machine has, what is missing and how to get it, and which pages need a hand.

    "look at" is something for staff to settle; a project with MISSING parts can't be built.
    """
    from voicegen.doctor import findings

    found = findings(project(folder))
    if as_json:
        facts = [asdict(finding) for finding in found]
        missing = sum(one["needed"] and not one["ok"] for one in facts)
        say_json({"findings": facts, "missing": missing})
        sys.exit(MissingPartError.exit_code if missing else 0)
    missing = 0
    for finding in found:
        click.echo(f"{_verdict(finding):8} {clean(finding.words)}")
        if not finding.ok and finding.remedy:
            click.echo(f"         {clean(finding.remedy)}")
        missing += finding.needed and not finding.ok
    if missing:
        raise MissingPartError("this machine", f"{missing} needed parts are missing", "See above.")


def _verdict(finding: Finding) -> str:
    if finding.ok:
        return "ok"
    if finding.needed:
        return "MISSING"
    return "look at" if finding.about_pages else "not here"
