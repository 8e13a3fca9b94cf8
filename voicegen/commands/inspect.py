"""voicegen inspect."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from voicegen import extensions
from voicegen.commands import _completing
from voicegen.commands._words import clean, count, project

_COUNTED = {
    "n_paragraphs": "paragraph",
    "n_list_items": "list item",
    "n_tables": "table",
    "n_images": "image",
    "n_definition_lists": "definition list",
    "n_callouts": "box",
    "n_quotations": "quotation",
    "n_disclosures": "fold-out text",
}
"""What a section holds, by its key in the outline."""
_LONGEST = 90


@click.command()
@click.argument("page", shell_complete=_completing.pages)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def inspect(folder: Path, page: str, as_json: bool) -> None:
    """Shows what was understood of a page, what was left out and why.

    PAGE is a page's name, its title or a part of its title, or the path of any file.
    """
    from voicegen import finding
    from voicegen.sources.outline import outline

    settings = project(folder)
    file = finding.page(settings, page).read(settings)
    facts = outline(extensions.source(file.name).read(file))
    click.echo(
        json.dumps({"version": 1, **facts}, ensure_ascii=False, indent=1)
        if as_json
        else clean("\n".join(_words(facts)))
    )


def _words(facts: dict[str, Any]) -> Iterator[str]:
    yield f"{facts['title']} ({facts['lang']})"
    yield ""
    for section in facts["sections"]:
        counts = ", ".join(_count(section[key], noun) for key, noun in _COUNTED.items() if section[key])
        yield f"{'  ' * max(0, section['level'] - 2)}{section['heading']}  [{counts or 'no text'}]"
    yield ""
    reasons = Counter(piece["reason"] for piece in facts["left_out"])
    yield f"Left out: {', '.join(f'{reason} {times}×' for reason, times in reasons.most_common()) or 'nothing'}"
    for piece in facts["left_out"]:
        words = " ".join(piece["text"].split())
        yield f"  {piece['reason']} ({piece['where']}): {words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}"
    if facts["site_rules"]:
        yield "Rules of [site] in voicegen.toml:"
    for rule in facts["site_rules"]:
        held = count(rule["times"], "place") if rule["times"] else "nothing on this page"
        yield f'  {rule["key"]} "{rule["rule"]}": {held}'
    yield from (f"note: {notice}" for notice in facts["notices"])


def _count(number: int, noun: str) -> str:
    return f"{number} boxes" if noun == "box" and number > 1 else count(number, noun)
