#!/usr/bin/env python3
"""Writes the pages of this folder that tell what the program and its tests say of themselves.

Run python docs/reference/generate.py after a change.

A test fails while they differ from what this would write.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import click

from voicegen import config, licences
from voicegen.cli import main
from voicegen.engines import endpoint, espeak, flite, gtts, piper

HERE = Path(__file__).parent


def descriptions(cls: type[Any]) -> dict[str, str]:
    """The docstring under each field of a settings class."""
    tree = ast.parse(Path(inspect.getfile(cls)).read_text("utf-8"))
    node = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == cls.__name__)
    found = {}
    for field, words in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(words, ast.Expr)
            and isinstance(words.value, ast.Constant)
        ):
            found[ast.unparse(field.target)] = " ".join(str(words.value.value).split())
    return found


def default(field: Any) -> str:
    """A field's default as it would stand in the file."""
    value = field.default if field.default is not MISSING else field.default_factory()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{part}"' for part in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def settings() -> Iterator[str]:
    """The reference of voicegen.toml."""
    yield "# voicegen.toml, key by key"
    yield "Every key is optional. A wrong key or value is named with its remedy, and nothing is built with it."
    for name, cls in [*config.SECTIONS.items(), ("pages.NAME", config.PageSettings)]:
        said = (cls.__doc__ or "").split(": ", 1)[-1]
        yield f"## `[{name}]`\n\n{said[0].upper()}{said[1:]}"
        words = descriptions(cls)
        rows = [f"| `{field.name}` | `{default(field)}` | {words[field.name]} |" for field in fields(cls)]
        yield "\n".join(["| key | default | meaning |", "|---|---|---|", *rows])
    yield "## `[voices]`\n\n" + descriptions(config.Settings)["voices"].removeprefix("`[voices]`: ").capitalize()
    yield '    [voices]\n    en = "en-gb"'
    for engine in (espeak, flite, piper, endpoint, gtts):
        name = engine.__name__.rpartition(".")[2]
        rows = [f"| `{key}` | `{value}` | {words} |" for key, value, words in engine.OPTIONS]
        yield f"## `[{name}]`\n\nOptions of the engine `{name}`."
        yield "\n".join(["| key | default | meaning |", "|---|---|---|", *rows])


def commands() -> Iterator[str]:
    """The reference of the command line."""
    yield "# Commands"
    context = click.Context(main, info_name="voicegen", max_content_width=100, **main.context_settings)
    yield f"```\n{main.get_help(context)}\n```"
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    for name, command in ((name, command) for name, command in found.items() if command):
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100)
        yield f"## voicegen {name}\n\n```\n{command.get_help(inner)}\n```"
        for part, below in command.commands.items() if isinstance(command, click.Group) else ():
            lowest = click.Context(below, info_name=part, parent=inner, max_content_width=100)
            yield f"### voicegen {name} {part}\n\n```\n{below.get_help(lowest)}\n```"
    yield "What to do for each exit code: [exit codes](exit-codes.md)."


def python() -> Iterator[str]:
    """The reference of the Python API, with its examples, which tests run from top to bottom."""
    from voicegen.project import Project

    yield "# Python: the same verbs as the commands"
    yield (
        "`import voicegen` loads next to nothing; each method loads what it needs. All is typed (`py.typed`). "
        "An expected failure is a `voicegen.VoicegenError`: `where`, `what`, `remedy`, and the "
        "[exit code](exit-codes.md) that the command would end with. What the methods give are frozen values; "
        "their fields are described beside them in the named module. The examples are run by the tests, in order."
    )
    yield f'## Project(folder=".")\n\n{_described(Project)}'
    for name, member in vars(Project).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"## Project.settings\n\n{_described(member.fget)}"
            continue
        function = member.__func__ if isinstance(member, classmethod) else member
        yield f"## Project.{name}\n\n```text\n{_signature(name, function)}\n```\n\n{_described(function)}"


def _signature(name: str, function: Callable[..., object]) -> str:
    """How a method is declared, as Python that could be pasted, a parameter a line where it is long."""
    told = inspect.signature(function)
    given = [one for one in told.parameters.values() if one.name not in {"self", "cls"}]
    words = str(told.replace(parameters=given))
    words = re.sub(r"(: |-> )'([^']*)'", r"\1\2", words)  # annotations are texts; defaults that are stay so
    words = re.sub(r"<function \w+ at 0x[0-9a-f]+>", "...", words)
    words = f"def {name}{words.replace(chr(39), chr(34))}: ..."
    if len(words) <= 100:
        return words
    head, rest = words.split("(", 1)
    inner, tail = rest.rsplit(") ->", 1)
    parts = re.split(r", (?![^\[]*\])", inner)
    return f"{head}(\n" + "".join(f"    {part},\n" for part in parts) + f") ->{tail}"


def _described(member: object) -> str:
    """A docstring as Markdown: its words, and its example as a block."""
    words, start, example = (inspect.getdoc(member) or "").partition(">>> ")
    block = f"\n\n```python\n{start}{example}\n```" if start else ""
    return words.strip() + block


def dependencies() -> Iterator[str]:
    """What voicegen is made of, and why each part is there."""
    project = tomllib.loads((HERE.parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras, told, found = project["optional-dependencies"], licences.known(), licences.installed()
    optional = (line for extra, needed in extras.items() if extra != "test" for line in needed)
    lines = (*project["dependencies"], *optional)
    lowest = {match[1].lower(): match[2] for line in lines if (match := re.match(r"([\w.-]+)>=([\d.]+)", line))}
    yield "# What voicegen is made of"
    yield (
        "`voicegen licences` lists what is installed on your machine, with versions and with what the "
        "packages bring inside; `--cyclonedx` gives the same as a bill of materials for security programs. "
        "Few parts, each kept by people who still release, each under a licence that asks nothing of your "
        "pages. Tests hold this list equal to what is installed, and refuse a package, or a library inside "
        "one, whose licence nobody has looked at."
    )
    yield f"Newest releases as seen in {told['seen']}; “from” is the lowest version that is tested."
    rows = [
        f"| {name} | {facts['why']} | {lowest[name]} | {facts['released']} | {licence_of(name)} |"
        for name, facts in {**told["packages"], **told["optional"]}.items()
    ]
    yield "\n".join(["| package | why | from | newest | licence |", "|---|---|---|---|---|", *rows])
    direct = {*told["packages"], *told["optional"]}
    rows = [
        f"| {name} | {part.why} | {part.licence} |" for name, part in sorted(found.items()) if name not in direct
    ]
    yield "They bring:\n\n" + "\n".join(["| package | why | licence |", "|---|---|---|", *rows])
    yield WATCHED
    rows = [f"| {name} | {why} |" for name, why in told["tests"].items()]
    yield "## For the tests only\n\n" + "\n".join(["| package | what it does there |", "|---|---|", *rows])


WATCHED = """## What is watched

- **espeakng-loader and piper-tts are GPL-3.0-or-later.** They are never loaded beside voicegen's code, which is
  Apache-2.0: they run in processes of their own and get words over a pipe. What they speak is not covered.
- **The wheels of av (PyAV) hold FFmpeg and more than twenty libraries,** among them x264 and x265, which are
  GPL-2.0-or-later. voicegen encodes no video and calls neither. They matter to who ships the wheels, such as in
  a container, and not to who installs them.
- **LAME (in lameenc) is LGPL:** a library of its own that you may exchange.
- **pydub has had no release since 2021.** It is small, in plain Python, and used for levels and silences of
  16-bit sound only; from Python 3.13 on it needs audioop-lts.
- **espeakng-loader has had one maker and no release since January 2025.** Should it end, voicegen finds
  espeak-ng as piper-tts brings it, or as the system's own package does.
- **click is held below 8.2** because gTTS 2.5.4 asks for that.
- **A service is not a package:** what the engines `gtts` and `endpoint` speak through has terms of its own, and
  so has every voice of piper's. `voicegen licences` repeats what a voice's card says.
- **Known holes** in packages: [how to look for them](../how-to/look-for-known-holes.md)."""


def licence_of(name: str) -> str:
    """A package's licence; voicegen's own rule for it where it is not installed here."""
    part = licences.installed().get(name)
    return part.licence if part else str(licences.known()["licences"][name])


def faults() -> Iterator[str]:
    """The table of faults and attacks, from the marks of the tests."""
    sys.path.insert(0, str(HERE.parents[1]))
    from tests.faults.rows import ATTACKS, FAULTS, PROMISE, marked

    found = list(marked())
    yield "# Faults and attacks, and the tests of each"
    yield f"voicegen promises:\n\n> {PROMISE}"
    yield (
        "Each row below is a fault that tests put into the real program, or a kind of attack that they try, with "
        "what is promised and which tests hold it. The table is made from the tests' own marks. CI fails where a "
        "row has no test, where the table is not what the tests say, and where one of these tests fails or is "
        "skipped: so what stands here has passed. `pytest -m fault` and `pytest -m attack` run all of them. Of "
        "the faults at file calls CI tries some of each kind, always the same ones; with VOICEGEN_EVERY_CALL=1 in "
        "the environment every call is tried. `python -m tests.fuzzing` goes on for as long as one likes."
    )
    for title, rows in (("Faults", FAULTS), ("Attacks", ATTACKS)):
        lines = ["| row | promise | test |", "|---|---|---|"]
        for row, words in rows.items():
            lines.append(f"| **{row}** | **{words}** | |")
            lines += [f"| | {one.promise} | `{one.where}` |" for one in found if one.row == row]
        yield f"## {title}\n\n" + "\n".join(lines)


def pages() -> dict[str, str]:
    """Every generated file by name."""
    return {
        "settings.md": "\n\n".join(settings()) + "\n",
        "commands.md": "\n\n".join(commands()) + "\n",
        "python.md": "\n\n".join(python()) + "\n",
        "dependencies.md": "\n\n".join(dependencies()) + "\n",
        "faults-and-attacks.md": "\n\n".join(faults()) + "\n",
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (HERE / name).write_text(text, "utf-8")
