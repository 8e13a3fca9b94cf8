"""voicegen completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Prints the script that completes commands, options and page names when Tab is pressed.

    docs/how-to/complete-with-tab.md tells where to put it for each shell.
    """
    made = get_completion_class(shell)
    if made is not None:  # the three are click's own
        click.echo(made(context.find_root().command, {}, "voicegen", "_VOICEGEN_COMPLETE").source())
