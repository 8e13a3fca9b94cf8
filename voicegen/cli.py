"""The edge of the program: finds the command, and turns expected failures into one line and an exit code.

Only this file and `commands/` print; docs/reference/commands.md is made from what they say of themselves.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click

from voicegen import __version__
from voicegen.commands._words import clean
from voicegen.durable import machine
from voicegen.errors import VoicegenError

EXIT_CODES = """\b
Exit codes:
  0    done
  1    some pages are not published as they are; the messages say why, and the others are published
  2    the settings, the command or this machine need a change
  3    the disk, the network or another build stood in the way: try again
  42   every page that failed must be corrected or renamed: it can't be read, or has nothing to say
  70   a fault of voicegen itself
  130  stopped by Ctrl-C
  143  stopped by the system (SIGTERM)
"""


class Terminated(KeyboardInterrupt):
    """The system asks us to end (SIGTERM): we do as after Ctrl-C, in order."""


class Commands(click.Group):
    """The command group: expected failures become one line and an exit code, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(
            path.stem.replace("_", "-") for path in (Path(__file__).parent / "commands").glob("[a-z]*.py")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now so that one does not wait for the others."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        return cast(click.Command, getattr(import_module(f"voicegen.commands.{name}"), name))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command line."""
        try:
            named = {"prog_name": "voicegen", **kwargs, "standalone_mode": False}  # also as `python -m voicegen`
            with machine(), _ends_in_order():
                return super().main(*args, **named) or sys.exit(0)
        except click.exceptions.Exit as done:
            sys.exit(done.exit_code)
        except click.ClickException as wrong:
            wrong.show()
            sys.exit(2)
        except (click.Abort, KeyboardInterrupt) as stop:
            click.echo("voicegen: stopped. What was published is untouched; run again to go on.", err=True)
            sys.exit(143 if Terminated in {type(stop), type(stop.__cause__)} else 130)
        except VoicegenError as error:
            click.echo(f"voicegen: {clean(str(error))}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:  # the reader of our output has gone: nothing is left to say, or to say it to
            sys.stderr.close()
            sys.exit(0)
        except Exception:
            click.echo(_fault_report(), err=True)
            sys.exit(70)
        finally:
            _let_go_of_unwritten_words()


def _let_go_of_unwritten_words() -> None:
    """Drops what the output did not take, so that Python does not try again at its end, with a code of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except ValueError:  # it is closed
            continue
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _ends_in_order() -> Iterator[None]:
    """While it lasts, SIGTERM ends the command as Ctrl-C does, with all that was published written down."""

    def stop(number: int, frame: object) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _fault_report() -> str:
    """Words for a fault of ours, with what a maker needs to find it."""
    facts = f"voicegen {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return (
        "voicegen: this is a fault of voicegen, not of your page. What was published is untouched.\n"
        f"Please report it with these lines:\n\n{facts}\n{traceback.format_exc()}"
    )


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
