"""voicegen reject."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._decision import decide, options


@click.command()
@options
def reject(folder: Path, page: str, by: str | None, note: str, draft: str, as_json: bool) -> None:
    """Rejects the draft of PAGE, after you have read and heard it (`voicegen review`).

    It is not published, and what was published before stays. A change of the page makes another draft.
    """
    decide(folder, page, "rejected", by, note, draft, as_json)
