"""Who does something, for the log of approvals."""

from __future__ import annotations

import getpass

import click

from voicegen.commands._words import clean

OTHERWISE = "Say who you are with --by NAME, or set VOICEGEN_BY."

who = click.option(
    "--by",
    metavar="NAME",
    envvar="VOICEGEN_BY",
    help="Who does it, for the log of approvals; or set VOICEGEN_BY. Else it is your login name.",
)


def named(by: str | None) -> str:
    """The name given, or what this machine calls the user, which is said: it may be nobody's own name."""
    if by and by.strip():
        return by.strip()
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = "unknown"
    click.echo(
        clean(f"note: the log names the one who does this “{name}”, as you are called here. {OTHERWISE}"), err=True
    )
    return name
