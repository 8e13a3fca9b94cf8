"""The commands. The only module that prints; docs/reference/commands.md is made from what it says of itself."""

from __future__ import annotations

import json
import shlex
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicegen import __version__, config, extensions
from voicegen.errors import MissingPartError, SettingsError, VoicegenError

if TYPE_CHECKING:
    from voicegen.report import PageReport, Result
    from voicegen.saying import Said

EXIT_CODES = """\b
Exit codes:
  0    done
  1    some pages failed, for more than one reason; the others are published
  2    the settings, the command or this machine need a change
  3    the disk, the network or another build stood in the way: try again
  42   every page that failed must be corrected: it can't be read, or has nothing to say
  70   a fault of voicegen itself
  130  stopped by Ctrl-C
"""


UNREMARKABLE = {"METADATA", "CODE"}
"""Reasons that every page has, and that a build does not count among the pieces left out."""
MOST_ERRORS = 12
"""Errors of one page that are shown; more are counted."""


class Commands(click.Group):
    """The command group: expected failures become one line and an exit code, never a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command line."""
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False}) or sys.exit(0)
        except click.exceptions.Exit as done:
            sys.exit(done.exit_code)
        except click.ClickException as wrong:
            wrong.show()
            sys.exit(2)
        except (click.Abort, KeyboardInterrupt):
            click.echo("voicegen: stopped. What was published is untouched; run again to go on.", err=True)
            sys.exit(130)
        except VoicegenError as error:
            click.echo(f"voicegen: {_clean(str(error))}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:  # the reader of our output has gone: nothing is left to say, or to say it to
            sys.stderr.close()
            sys.exit(0)
        except Exception:
            click.echo(_fault_report(), err=True)
            sys.exit(70)


def _fault_report() -> str:
    """Words for a fault of ours, with what a maker needs to find it."""
    facts = f"voicegen {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return (
        "voicegen: this is a fault of voicegen, not of your page. What was published is untouched.\n"
        f"Please report it with these lines:\n\n{facts}\n{traceback.format_exc()}"
    )


def _clean(words: str) -> str:
    """The words without anything that could steer a terminal."""
    return "".join(mark if mark.isprintable() or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in words)


def _settings(folder: Path) -> config.Settings:
    return config.load(folder, extensions.engines(), extensions.formats())


@click.group(cls=Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="voicegen")
@click.option(
    "-C",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Work in this project folder instead of the current one.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Turns condition pages into spoken chapters with markers and an accessible transcript."""
    context.obj = folder


@main.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option("--plain", is_flag=True, help="Plain lines, no progress bar (automatic when not on a terminal).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object at the end, for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Only failures.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="How much to do at once; all processors if not given."
)
@click.option(
    "--send-text-to", default="", metavar="ENGINE", help="Consent to sending the pages' text to this engine."
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
) -> None:
    """Makes what has changed in the content folder, or just the named pages.

    Says page by page what was made and why. What is already right is neither spoken nor written again.
    """
    from voicegen.build import build as run

    settings = _settings(folder)
    bar = not (plain or as_json or quiet) and sys.stdout.isatty()
    with _progress(bar) as progress:
        result = run(
            settings,
            only=pages,
            jobs=jobs,
            send_text_to=send_text_to,
            progress=progress,
            done=lambda report: None if as_json else _say_page(report, quiet, wipe=bar),
        )
    if as_json:
        click.echo(json.dumps(_facts(result), ensure_ascii=False, indent=1))
    elif not quiet:
        _say_result(result, settings)
    sys.exit(result.exit_code)


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


def _say_page(report: PageReport, quiet: bool, wipe: bool) -> None:
    start = "\r\x1b[K" if wipe else ""
    match report.outcome:
        case "failed":
            click.echo(f"{start}{report.id}: FAILED; what was published of it before stays", err=True)
            for error in report.errors[:MOST_ERRORS]:
                click.echo(f"  {_clean(str(error))}", err=True)
            if len(report.errors) > MOST_ERRORS:
                click.echo(f"  and {len(report.errors) - MOST_ERRORS} more (--json lists all)", err=True)
        case "made" if not quiet:
            known = report.lines - report.spoken
            click.echo(
                f"{start}{report.id}: made, because {report.why}. {_count(report.chapters, 'chapter')}, "
                f"{_length(report.seconds)}; {_count(report.spoken, 'line')} spoken, {known} known already"
            )
            left_out = [piece for piece in report.left_out if piece.reason.name not in UNREMARKABLE]
            if left_out:
                pieces = _count(len(left_out), "piece")
                click.echo(f"  {pieces} left out: `voicegen inspect {report.id}` says which and why")
        case "removed" if not quiet:
            click.echo(f"{start}{report.id}: removed, because {report.why}")
    if not quiet and report.outcome != "unchanged":
        for notice in report.notices:
            click.echo(f"  note: {_clean(notice)}")


def _say_result(result: Result, settings: config.Settings) -> None:
    counts = {name: sum(page.outcome == name for page in result.pages) for name in ("made", "unchanged", "failed")}
    click.echo(
        f"{counts['made']} made, {counts['unchanged']} unchanged, {counts['failed']} failed; "
        f"{_count(len(result.written), 'file')} written, {_count(result.spoken, 'line')} spoken."
    )
    for name in result.passed_over:
        click.echo(f"note: {_clean(name)} is not read: voicegen reads {', '.join(extensions.SUFFIXES)}.")
    index = settings.output / "index.html"
    if index.exists():
        click.echo(f"Listen and read: open {index.resolve()} in a browser, or run `voicegen serve`.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _length(seconds: int) -> str:
    return f"{seconds // 60} min {seconds % 60:02} s"


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
                "errors": [
                    {
                        "where": error.where,
                        "what": error.what,
                        "remedy": error.remedy,
                        "exit_code": error.exit_code,
                    }
                    for error in page.errors
                ],
            }
            for page in result.pages
        ],
        "written": list(result.written),
        "spoken": result.spoken,
        "passed_over": list(result.passed_over),
        "exit_code": result.exit_code,
    }


@main.command()
@click.argument("page")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def inspect(folder: Path, page: str, as_json: bool) -> None:
    """Shows what was understood of a page, what was left out and why.

    PAGE is a page's name, or the path of any file.
    """
    from voicegen import pages
    from voicegen.sources.outline import outline

    settings = _settings(folder)
    if Path(page).is_file():
        chosen = pages.PageFile(pages.name(Path(page).name), Path(page).name, Path(page))
    else:
        chosen = pages.choose(pages.find(settings), [page])[0]
    file = chosen.read(settings)
    facts = outline(extensions.source(file.name).read(file))
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else _clean(_outline_words(facts)))


def _outline_words(facts: dict[str, Any]) -> str:
    lines = [f"{facts['title']} ({facts['lang']})", ""]
    for section in facts["sections"]:
        counts = ", ".join(
            _count(section[key], name)
            for key, name in (
                ("n_paragraphs", "paragraph"),
                ("n_list_items", "list item"),
                ("n_tables", "table"),
            )
            if section[key]
        )
        lines.append(f"{'  ' * max(0, section['level'] - 2)}{section['heading']}  [{counts or 'no text'}]")
    lines += ["", f"Left out: {len(facts['left_out'])}"]
    for piece in facts["left_out"]:
        words = " ".join(piece["text"].split())
        lines.append(f"  {piece['reason']} ({piece['where']}): {words[:90]}{'…' if len(words) > 90 else ''}")
    return "\n".join([*lines, *(f"note: {notice}" for notice in facts["notices"])])


@main.command()
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@click.pass_obj
def serve(folder: Path, port: int) -> None:
    """Shows the output folder in a browser on this machine, until Ctrl-C."""
    from voicegen.serve import serve as run

    settings = _settings(folder)
    if not (settings.output / "index.html").is_file():
        raise SettingsError(str(settings.output), "nothing is published there yet", "Run `voicegen build` first.")
    run(settings.output, port, ready=click.echo)


@main.command()
@click.argument("lang", required=False, default="")
@click.pass_obj
def voices(folder: Path, lang: str) -> None:
    """Lists the voices that can speak now, all or those of a language, and what a better voice needs."""
    settings = _settings(folder)
    for name in extensions.engines():
        chosen = " (in use)" if name == settings.voice.engine else ""
        try:
            there = extensions.engine(name, settings.engine_options(name)).voices()
        except VoicegenError as error:
            click.echo(f"{name}{chosen}: not ready. {_clean(str(error))}")
            continue
        there = [voice for voice in there if voice.lang.lower().startswith(lang.lower())]
        click.echo(f"{name}{chosen}: {len(there)} voices")
        for voice in there if lang or name == settings.voice.engine else []:
            click.echo(f"  {voice.lang:12} {voice.id:14} {voice.name}")
    click.echo(BETTER_VOICE)


BETTER_VOICE = """
espeak-ng is clear and quick, and sounds like a robot. More natural voices (docs/how-to/better-voice.md):
  piper  speaks on this machine. It needs the Python package piper-tts, a voice's two files in the folder
         voices/, and `[voice] engine = "piper"` in voicegen.toml.
  gtts   Google's web voice. It sends the pages' text to Google over an interface without a contract. It needs
         `[gtts] allow = true` and `[voice] engine = "gtts"` in voicegen.toml, and
         `voicegen build --send-text-to gtts`."""


@main.command()
@click.argument("text")
@click.option("-l", "--lang", default="en", show_default=True, help="BCP 47 tag of the language.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A WAV file to write.")
@click.option("--send-text-to", default="", metavar="ENGINE", help="Consent to sending the text to this engine.")
@click.pass_obj
def say(folder: Path, text: str, lang: str, output: Path | None, send_text_to: str) -> None:
    """Shows how TEXT will be said, and says it: to a file, or to the speakers."""
    from voicegen.saying import say as speak

    _say_out(speak(_settings(folder), text, lang, send_text_to), output)


@main.command()
@click.argument("word")
@click.option("-l", "--lang", default="en", show_default=True, help="BCP 47 tag of the language.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A WAV file to write.")
@click.option("--send-text-to", default="", metavar="ENGINE", help="Consent to sending the word to this engine.")
@click.pass_obj
def pronounce(folder: Path, word: str, lang: str, output: Path | None, send_text_to: str) -> None:
    """Shows how WORD is said and by which pronunciation or rule, with its sounds, and says it.

    docs/how-to/pronunciation.md tells how to change it.
    """
    from voicegen.saying import say as speak

    _say_out(speak(_settings(folder), word, lang, send_text_to, tell_phonemes=True), output)


def _say_out(said: Said, output: Path | None) -> None:
    """Shows what is said and why, and writes or plays it."""
    from voicegen.saying import play, write_wav

    for line in said.lines:
        click.echo(_clean(line.spoken))
        for change in line.changes:
            shown = line.shown[change.start : change.end]
            click.echo(f"  “{_clean(shown)}” is said “{_clean(change.spoken)}” ({change.rule})")
    for source in said.sources:
        click.echo(f"  {_clean(source)}")
    for clause in said.phonemes.splitlines():
        click.echo(f"  sounds: {_clean(clause)}")
    for notice in said.notices:
        click.echo(f"  note: {_clean(notice)}")
    if output:
        write_wav(output, said)
        click.echo(f"Written to {output}.")
    else:
        play(said)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Makes a new project in FOLDER, with settings and a sample page."""
    from voicegen.starting import start

    start(folder)
    command = f"voicegen -C {shlex.quote(str(folder))} build"
    click.echo(f"Made {folder}. Next: put pages into {folder / 'content'}, then run `{command}`.")


@main.command()
@click.pass_obj
def doctor(folder: Path) -> None:
    """Says what this machine has, what is missing, and how to get it."""
    from voicegen.doctor import findings

    missing = 0
    for finding in findings(_settings(folder)):
        click.echo(
            f"{'ok     ' if finding.ok else 'MISSING' if finding.needed else 'not here'} {_clean(finding.words)}"
        )
        if not finding.ok and finding.remedy:
            click.echo(f"        {finding.remedy}")
        missing += finding.needed and not finding.ok
    if missing:
        raise MissingPartError("this machine", f"{missing} needed parts are missing", "See above.")
