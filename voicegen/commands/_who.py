"""Who does something, for the log of approvals."""

from __future__ import annotations

import getpass

import click

who = click.option(
    "--by",
    metavar="NAME",
    envvar="VOICEGEN_BY",
    help="Who does it, for the log of approvals; or set VOICEGEN_BY.",
)


def named(by: str | None) -> str:
    """The name given, or what this machine calls the user."""
    if by and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
