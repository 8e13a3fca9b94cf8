"""voicegen build."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicegen import unchanged
from voicegen.commands import _completing
from voicegen.commands._words import clean, command, count, error_facts, length, project

if TYPE_CHECKING:
    from voicegen.report import PageReport, Result

UNREMARKABLE = {"METADATA", "CODE"}
"""Reasons that every page has, and that a build does not count among the pieces left out."""
MOST_NEW = 20_000
"""New objects after which Python looks for those that only point at each other; of a page's tree it has less."""
STANDS = {True: "; what was published of it before stays", False: "; nothing of it is published", None: ""}
"""What a failure means for readers, by `PageReport.stands`."""
MOST_ERRORS = 12
"""Errors of one page that are shown; more are counted."""


@click.command()
@click.argument("pages", nargs=-1, shell_complete=_completing.pages, metavar="[PAGE]...")
@click.option("--plain", is_flag=True, help="Plain lines, no progress bar (automatic when not on a terminal).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object at the end, for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Only failures.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="How much to do at once; all processors if not given."
)
@click.option(
    "--send-text-to",
    default="",
    shell_complete=_completing.engines,
    metavar="ENGINE",
    help="Consent to sending the pages' text to this engine.",
)
@click.option(
    "--executor",
    default="",
    metavar="NAME",
    help="Have pages made by other processes or machines: dask://HOST:PORT, or entrypoint:PACKAGE:FUNCTION. "
    "--jobs is then how many there are.",
)
@click.option(
    "--shard",
    default="",
    metavar="I/N",
    help="Make only the I-th of N parts of the pages, counted from 1, for `voicegen publish` to publish.",
)
@click.pass_obj
def build(
    folder: Path,
    pages: tuple[str, ...],
    plain: bool,
    as_json: bool,
    quiet: bool,
    jobs: int | None,
    send_text_to: str,
    executor: str,
    shard: str,
) -> None:
    """Makes what has changed in the content folder, or just the named pages.

    Says page by page what was made and why. What is already right is neither spoken nor written again.
    """
    bar = not (plain or as_json or quiet) and sys.stdout.isatty()

    def say(report: PageReport) -> None:
        if not as_json:
            say_page(report, quiet, wipe=bar)

    if shard and (pages or executor):
        raise click.UsageError(
            "--shard makes a part of all pages, on this machine. Leave out the names and --executor."
        )
    found = None if pages or send_text_to or shard else unchanged.found(folder)
    if found:
        result, output = found
        for report in result.pages:
            say(report)
    else:
        result, output = _run(folder, pages, jobs, send_text_to, bar, executor, shard, say)
    if as_json:
        import json  # imported late, as all that a build with nothing to do can do without

        click.echo(json.dumps(_facts(result), ensure_ascii=False, indent=1))
    elif shard and not quiet:
        _say_shard(result, shard)
    elif not quiet:
        _say_result(result, output, folder)
    sys.exit(result.exit_code)


def _run(
    folder: Path,
    pages: tuple[str, ...],
    jobs: int | None,
    send_text_to: str,
    bar: bool,
    executor: str,
    shard: str,
    say: Callable[[PageReport], None],
) -> tuple[Result, Path]:
    """Builds; what it did, and the output folder."""
    gc.disable()  # what the program is made of stays to the end: none of it is unused
    from voicegen.build import build as run
    from voicegen.commands._said import announce

    gc.freeze()
    gc.set_threshold(MOST_NEW)
    gc.enable()
    atexit.register(gc.freeze)  # at the end everything is let go, which needs no look at what points at what

    settings = project(folder)
    with _progress(bar) as progress:
        told: dict[str, Any] = {"announce": announce, "progress": progress, "done": say}
        if shard:
            from voicegen import sharding

            part = sharding.parsed(shard)
            result = sharding.build_shard(settings, part, jobs=jobs, send_text_to=send_text_to, **told)
        elif executor:
            from voicegen import executors

            with executors.opened(executor) as named:
                if named.notice:
                    click.echo(named.notice, err=True)
                told |= {"executor": named.executor, "jobs": jobs or named.workers}
                result = run(settings, only=pages, send_text_to=send_text_to, **told)
        else:
            result = run(settings, only=pages, jobs=jobs, send_text_to=send_text_to, **told)
    return result, settings.output


@contextmanager
def _progress(bar: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A progress line on a terminal that is wiped at the end; silence elsewhere."""

    def show(page: str, done: int, of: int) -> None:
        if bar:
            filled = "█" * round(20 * done / of)
            click.echo(f"\r\x1b[K{filled:░<20} {page}: chapter {done} of {of}", nl=False)

    yield show
    if bar:
        click.echo("\r\x1b[K", nl=False)


def say_page(report: PageReport, quiet: bool, wipe: bool) -> None:
    """Says what became of a page; `wipe` takes a progress line away first."""
    start = "\r\x1b[K" if wipe else ""
    match report.outcome:
        case "failed":
            click.echo(f"{start}{report.id}: FAILED{STANDS[report.stands]}", err=True)
            for error in report.errors[:MOST_ERRORS]:
                click.echo(f"  {clean(str(error))}", err=True)
            if len(report.errors) > MOST_ERRORS:
                click.echo(f"  and {len(report.errors) - MOST_ERRORS} more (--json lists all)", err=True)
        case "made" if not quiet:
            known = report.lines - report.spoken
            click.echo(
                f"{start}{report.id}: made, because {report.why}. {count(report.chapters, 'chapter')}, "
                f"{length(report.seconds)}; {count(report.spoken, 'line')} spoken, {known} known already"
            )
            left_out = [piece for piece in report.left_out if piece.reason.name not in UNREMARKABLE]
            if left_out:
                pieces = count(len(left_out), "piece")
                click.echo(f"  {pieces} left out: `{command(f'inspect {report.id}')}` says which and why")
        case "drafted" if not quiet:
            click.echo(
                f"{start}{report.id}: drafted, because {report.why}. {count(report.chapters, 'chapter')}, "
                f"{length(report.seconds)}; {count(report.spoken, 'line')} spoken, "
                f"{report.lines - report.spoken} known already. It waits for approval: `{command('review')}`"
            )
        case "staged" if not quiet:
            click.echo(
                f"{start}{report.id}: made, because {report.why}. {count(report.chapters, 'chapter')}, "
                f"{length(report.seconds)}; {count(report.spoken, 'line')} spoken. "
                f"It waits for `{command('publish')}`"
            )
        case "held" if not quiet:
            click.echo(
                f"{start}{report.id}: held, because {report.why}: `{command(f'resume {report.id}')}` ends that"
            )
        case "restored" if not quiet:
            click.echo(f"{start}{report.id}: put back, because {report.why}")
        case "removed" if not quiet:
            click.echo(f"{start}{report.id}: removed, because {report.why}")
    if not quiet and report.outcome not in {"unchanged", "held"}:
        for notice in report.notices:
            click.echo(f"  note: {clean(notice)}")


def _say_result(result: Result, output: Path, folder: Path) -> None:
    counts = {name: sum(page.outcome == name for page in result.pages) for name in ("made", "unchanged", "failed")}
    drafts = f"{drafted} drafted, " if (drafted := sum(page.outcome == "drafted" for page in result.pages)) else ""
    click.echo(
        f"{counts['made']} made, {drafts}{counts['unchanged']} unchanged, {counts['failed']} failed; "
        f"{count(len(result.written), 'file')} written, {count(result.spoken, 'line')} spoken."
    )
    if result.leaving:
        click.echo(f"{count(result.sent, 'character')} left this machine, to {clean(result.leaving.host)}.")
    for name in result.passed_over:
        click.echo(f"note: {clean(name)} is not read. {_instead(name, folder)}")
    for notice in result.notices:
        click.echo(f"note: {clean(notice)}")
    if not result.pages:
        click.echo("There is no page in the content folder: put one into it (.html, .md or .txt) and build.")
    index = output / "index.html"
    if index.exists():
        click.echo(f"Listen and read: open {index.resolve()} in a browser, or run `{command('serve')}`.")


def _say_shard(result: Result, shard: str) -> None:
    made = sum(page.outcome == "staged" for page in result.pages)
    failed = sum(page.outcome == "failed" for page in result.pages)
    same = sum(page.outcome == "unchanged" for page in result.pages)
    click.echo(
        f"Shard {shard}, {count(len(result.pages), 'page')}: {made} made, {same} unchanged, {failed} failed; "
        f"{count(result.spoken, 'line')} spoken. Nothing is published before `voicegen publish`."
    )
    for notice in result.notices:
        click.echo(f"note: {clean(notice)}")


def _instead(name: str, folder: Path) -> str:
    """What to do with a file in the content folder that is no page."""
    import shlex

    from voicegen import extensions
    from voicegen.converting import is_document

    if is_document(name):
        path = shlex.quote(clean(f"{project(folder).project.content}/{name}"))
        return f"`voicegen fetch {path}` makes a page of it, or says how to."
    known = ", ".join(extensions.SUFFIXES)
    return f"Save it as a web page (.html), as Markdown (.md) or as plain text (.txt); known are {known}."


def _facts(result: Result) -> dict[str, object]:
    """The result for programs: docs/reference/build-report.md."""
    return {
        "version": 1,
        "pages": [
            {
                "id": page.id,
                "source": page.source,
                "outcome": page.outcome,
                "why": page.why,
                "lines": page.lines,
                "spoken": page.spoken,
                "chapters": page.chapters,
                "seconds": page.seconds,
                "left_out": [
                    {"text": piece.text, "reason": piece.reason.value, "where": piece.where}
                    for piece in page.left_out
                ],
                "notices": list(page.notices),
                "errors": [error_facts(error) for error in page.errors],
            }
            for page in result.pages
        ],
        "written": list(result.written),
        "spoken": result.spoken,
        "passed_over": list(result.passed_over),
        "notices": list(result.notices),
        "sent": {
            "host": result.leaving.host if result.leaving else "",
            "pages": result.leaving.pages if result.leaving else 0,
            "characters": result.sent,
        },
        "exit_code": result.exit_code,
    }
