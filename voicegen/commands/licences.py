"""voicegen licences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, project, say_json

if TYPE_CHECKING:
    from voicegen.licences import Part


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option(
    "--cyclonedx", is_flag=True, help="A bill of materials in CycloneDX 1.6 (JSON), for security programs."
)
@click.pass_obj
def licences(folder: Path, as_json: bool, cyclonedx: bool) -> None:
    """Lists what voicegen is made of here: every part, its version, its licence and what it is for.

    Packages of Python with what they bring inside, engines and their voices, and parts of this system.
    """
    from voicegen.licences import bill
    from voicegen.licences.cyclonedx import document

    found = bill(project(folder))
    if cyclonedx:
        click.echo(json.dumps(document(found), ensure_ascii=False, indent=1))
        return
    if as_json:
        say_json(asdict(found))
        return
    _say("", [found.program])
    _say("\nPackages of Python:", found.packages)
    _say("\nEngines, and voices with terms of their own. What they speak is yours:", found.engines)
    _say("\nParts of this system:", found.system)
    click.echo(NOTE)


def _say(title: str, parts: Sequence[Part]) -> None:
    if title:
        click.echo(title)
    for part in parts:
        click.echo(clean(f"{part.name} {part.version}".ljust(30) + part.licence))
        if part.why:
            click.echo(f"    {clean(part.why)}")
        by_licence: dict[str, list[str]] = {}
        for one in part.inside:
            by_licence.setdefault(one.licence, []).append(one.name)
        for licence, names in by_licence.items():
            click.echo(f"    inside, {clean(licence)}: {clean(', '.join(names))}")


NOTE = """
voicegen's own licence asks only that its notices stay. Who gives voicegen away together with these parts, such as
in a container, must keep to the licences of all of them; GPL means that source code goes along or is offered.
Why each part is there, and what is watched: docs/reference/dependencies.md."""
