"""voicegen watch."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from voicegen.commands._words import clean, count, project
from voicegen.errors import VoicegenError


@click.command()
@click.option(
    "--send-text-to", default="", metavar="ENGINE", help="Consent to sending the pages' text to this engine."
)
@click.pass_obj
def watch(folder: Path, send_text_to: str) -> None:
    """Builds whenever a page is saved, until Ctrl-C. A file that is half saved waits until it is whole."""
    from voicegen.watching import saved

    with suppress(KeyboardInterrupt):
        for changed in saved(_glance(folder), time.sleep):
            if changed:
                click.echo(clean(f"Saved: {', '.join(Path(name).name for name in changed)}"))
            _build(folder, send_text_to)


def _glance(folder: Path) -> Callable[[], dict[str, tuple[int, int, int]]]:
    """Looks at the project as its settings have it; as they had it where they can't be read just now."""
    from voicegen.watching import look

    settings = project(folder)

    def glance() -> dict[str, tuple[int, int, int]]:
        nonlocal settings
        with suppress(VoicegenError):
            settings = project(folder)
        return look(settings)

    return glance


def _build(folder: Path, send_text_to: str) -> None:
    """One build; what stands in its way is said, and the next save tries again."""
    from voicegen.build import build
    from voicegen.commands.build import _say_page

    try:
        result = build(
            project(folder), send_text_to=send_text_to, done=lambda report: _say_page(report, False, wipe=False)
        )
    except VoicegenError as error:
        click.echo(f"voicegen: {clean(str(error))}", err=True)
        return
    click.echo(f"{count(len(result.written), 'file')} written. Waiting for the next change; Ctrl-C ends this.")
