"""voicegen inspect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from voicegen import extensions
from voicegen.commands._words import clean, count, project


@click.command()
@click.argument("page")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def inspect(folder: Path, page: str, as_json: bool) -> None:
    """Shows what was understood of a page, what was left out and why.

    PAGE is a page's name, or the path of any file.
    """
    from voicegen import pages
    from voicegen.sources.outline import outline

    settings = project(folder)
    if Path(page).is_file():
        chosen = pages.PageFile(pages.name(Path(page).name), Path(page).name, Path(page))
    else:
        chosen = pages.choose(pages.find(settings), [page])[0]
    file = chosen.read(settings)
    facts = outline(extensions.source(file.name).read(file))
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else clean(_outline_words(facts)))


def _outline_words(facts: dict[str, Any]) -> str:
    lines = [f"{facts['title']} ({facts['lang']})", ""]
    for section in facts["sections"]:
        counts = ", ".join(
            count(section[key], name)
            for key, name in (
                ("n_paragraphs", "paragraph"),
                ("n_list_items", "list item"),
                ("n_tables", "table"),
            )
            if section[key]
        )
        lines.append(f"{'  ' * max(0, section['level'] - 2)}{section['heading']}  [{counts or 'no text'}]")
    lines += ["", f"Left out: {len(facts['left_out'])}"]
    for piece in facts["left_out"]:
        words = " ".join(piece["text"].split())
        lines.append(f"  {piece['reason']} ({piece['where']}): {words[:90]}{'…' if len(words) > 90 else ''}")
    return "\n".join([*lines, *(f"note: {notice}" for notice in facts["notices"])])
