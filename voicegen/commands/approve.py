"""voicegen approve."""

from __future__ import annotations

from pathlib import Path

import click

from voicegen.commands._decision import decide, options


@click.command()
@options
def approve(folder: Path, page: str, by: str | None, note: str, draft: str, as_json: bool) -> None:
    """Approves the draft of PAGE, after you have read and heard it (`voicegen review`).

    Publishing it is another step: `voicegen publish`. The approval holds for this text and this sound only.
    """
    decide(folder, page, "approved", by, note, draft, as_json)
