"""voicegen approvals."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict
from pathlib import Path

import click

from voicegen.commands import _completing
from voicegen.commands._words import clean, count, project, say_json
from voicegen.errors import PublicationError

COLUMNS = ("number", "at", "act", "page", "by", "note", "text", "sound", "version", "before")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A table program takes what begins so for a formula."""


@click.command()
@click.argument("page", required=False, default="", shell_complete=_completing.pages)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet.")
@click.pass_obj
def approvals(folder: Path, page: str, as_json: bool, as_csv: bool) -> None:
    """Shows the log of approvals, of all pages or one: who approved, rejected and published what, and when.

    The whole chain of the log is verified first; where a line was changed or taken out, it is named, and the exit
    code is 1. Note down the digest of the last line, and a log that was cut short is found as well.
    """
    from voicegen.approvals import load
    from voicegen.intentions import catch_up_alone

    settings = project(folder)
    pending = ""
    try:
        catch_up_alone(settings)
    except PublicationError as error:  # the log is there all the same, and this is where staff look
        pending = str(error)
    log = load(settings)
    found = [one for one in log.entries if not page or one.page == page]
    if as_json:
        facts = {"head": log.head, "lines": len(log.entries), "unfinished_bytes": log.torn}
        entries = [asdict(one) for one in found]
        say_json({**facts, "pending": pending, "entries": entries})
        return _end(pending)
    if as_csv:
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(COLUMNS)
        rows.writerows([_harmless(getattr(one, name)) for name in COLUMNS] for one in found)
        click.echo(table.getvalue(), nl=False)
        return _end(pending)
    for one in found:
        note = f": {' '.join(one.note.split())}" if one.note else ""
        click.echo(clean(f"{one.at[:16]} UTC  {one.page} {one.act} by {one.by}{note}"))
    if log.torn:
        click.echo(f"note: an unfinished line of {count(log.torn, 'byte')} at its end counts for nothing")
    click.echo(f"{count(len(log.entries), 'line')}, none changed. The last one's digest is {log.head}.")
    return _end(pending)


def _end(pending: str) -> None:
    """Ends with code 1 where something was begun, and it can't be told whether it was done."""
    if pending:
        click.echo(clean(f"voicegen: {pending}"), err=True)
        sys.exit(PublicationError.exit_code)


def _harmless(value: object) -> object:
    """The value as a spreadsheet shows it and never runs it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
