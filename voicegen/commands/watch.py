"""voicegen watch."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._words import clean, count, error_facts, project
from voicegen.errors import SettingsError, VoicegenError


@click.command()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where the pages are shown; another free one is taken if it is in use.",
)
@click.option("--no-preview", is_flag=True, help="Do not show the pages.")
@click.option(
    "--send-text-to",
    default="",
    shell_complete=_completing.engines,
    metavar="ENGINE",
    help="Consent to sending the pages' text to this engine.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and build, for programs.")
@click.pass_obj
def watch(folder: Path, port: int, no_preview: bool, send_text_to: str, as_json: bool) -> None:
    """Builds whenever a page is saved, until Ctrl-C. A file that is half saved waits until it is whole.

    Shows the pages in a browser on this machine meanwhile: a page that was built anew is loaded again there, at
    the same sentence. With --json nothing is shown.
    """
    from voicegen.watching import give_back, save_memory, saved

    save_memory()
    showing = None if no_preview or as_json else port
    with suppress(KeyboardInterrupt), _Preview(showing) as preview:
        for changed in saved(_glance(folder), time.sleep):
            begun = time.monotonic()
            if changed and not as_json:
                _say_changed([Path(name) for name in changed])
            _build(folder, send_text_to, begun, as_json)
            preview.show(folder)
            give_back()


def _say_changed(paths: list[Path]) -> None:
    for word, there in (("Saved", True), ("Removed", False)):
        if names := [path.name for path in paths if path.exists() is there]:
            click.echo(clean(f"{word}: {', '.join(names)}"))


class _Preview:
    """Shows the output folder as soon as there is one, in a thread of its own; nothing where `port` is None."""

    def __init__(self, port: int | None) -> None:
        self._port = port
        self._ends: list[Callable[[], None]] = []

    def __enter__(self) -> _Preview:
        return self

    def __exit__(self, *_: object) -> None:
        for end in self._ends:
            end()

    def show(self, folder: Path) -> None:
        """Starts once something is published."""
        from voicegen.serve import Preview

        if self._port is None or self._ends:
            return
        with suppress(VoicegenError):
            output = project(folder).output
            if not (output / "index.html").is_file():
                return
            try:
                server = Preview(output, self._port)
            except SettingsError:  # the port is in use, by another preview perhaps
                server = Preview(output, 0)
            thread = threading.Thread(target=server.serve_forever, args=(0.2,), daemon=True)
            thread.start()
            self._ends += [server.shutdown, thread.join, server.server_close]
            click.echo(f"Listen and read: {server.url}")


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


def _build(folder: Path, send_text_to: str, begun: float, as_json: bool) -> None:
    """One build; what stands in its way is said, and the next save tries again."""
    from voicegen.build import build
    from voicegen.commands.build import _facts, say_page

    try:
        result = build(
            project(folder),
            send_text_to=send_text_to,
            done=lambda report: None if as_json else say_page(report, False, wipe=False),
        )
    except VoicegenError as error:
        if as_json:
            click.echo(json.dumps({"version": 1, "error": error_facts(error)}, ensure_ascii=False))
        else:
            click.echo(f"voicegen: {clean(str(error))}", err=True)
        return
    if as_json:
        click.echo(json.dumps(_facts(result), ensure_ascii=False))
        return
    files = count(len(result.written), "file")
    took = time.monotonic() - begun
    click.echo(f"{files} written in {took:.1f} s. Waiting for the next change; Ctrl-C ends this.")
