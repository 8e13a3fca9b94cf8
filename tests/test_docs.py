"""The documentation: what it says of the program is generated or compared, and its commands are run."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from voicegen import errors
from voicegen.cli import EXIT_CODES, main
from voicegen.saying import PLAYERS

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MORE = [
    ROOT / f"{name}/README.md" for name in ("benchmarks", "benchmarks/gauntlet", "requirements", "tests/golden")
]
MORE += [ROOT / "tests/gauntlet/README.md", ROOT / "output/README.md"]
"""Pages for makers, whose commands are run or say why not, too."""


@dataclass(frozen=True, slots=True)
class Block:
    """Commands that a page tells its reader to type."""

    line: int
    text: str
    console: bool
    """Whether lines that begin with `$` are the commands, and the others what they print."""
    not_run: str
    """Why a test can't run them; empty where it does."""


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of commands, and the indented ones whose first line is one."""
    text = page.read_text("utf-8")
    fenced = re.compile(r"^ *```(sh|bash|shell|console)\n(.*?)^ *```$", re.S | re.M)
    indented = re.compile(
        r"(?:^|\n\n)((?: {4}(?:voicegen|\.venv/bin/|python[\d.]* |uv |pip |sudo |npm )[^\n]*\n)(?: {4}[^\n]*\n)*)"
    )
    for found in [*fenced.finditer(text), *indented.finditer(text)]:
        console = found.re is fenced and found[1] == "console"
        body = found[2] if found.re is fenced else re.sub(r"^ {4}", "", found[1], flags=re.M)
        body = textwrap.dedent(body)
        mark = re.search(r"<!-- not run: ([^>]+) -->\s*\Z", text[: found.start()])
        yield Block(text.count("\n", 0, found.start(1)) + 1, body, console, mark[1] if mark else "")


FROM_NOTHING = "rm -r .voicegen output"
RUN = [page for page in [*PAGES, *MORE] if any(not block.not_run for block in blocks(page))]


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `voicegen`, and with players that hear everything and say nothing."""
    place = tmp_path_factory.mktemp("programs")
    scripts = {"voicegen": f'exec "{sys.executable}" -m voicegen "$@"', **{name: "exit 0" for name, *_ in PLAYERS}}
    for name, text in scripts.items():
        (place / name).write_text(f"#!/bin/sh\n{text}\n")
        (place / name).chmod(0o755)
    return place


@pytest.fixture
def scratch(page: Path, published: Path, programs: Path, tmp_path: Path) -> Path:
    """This project's own pages, built, in a folder of their own that commands may change."""
    place = tmp_path / "scratch"
    place.mkdir()
    for part in published.parent.iterdir():
        if part.name in {
            "output",
            ".voicegen",
        }:  # the program replaces what lies there, and writes into none of it
            shutil.copytree(part, place / part.name, copy_function=os.link)
        elif part.is_dir():
            shutil.copytree(part, place / part.name)
        else:
            shutil.copy2(part, place / part.name)
    if any(FROM_NOTHING in block.text for block in blocks(page)):  # making one page anew says as much as all
        for path in (place / "content").iterdir():
            if path.suffix in {".html", ".md", ".txt"} and path.stem != "nosebleed":
                path.unlink()
    shutil.copytree(ROOT / "docs/examples", place / "docs/examples")
    (place / ".venv/bin").mkdir(parents=True)
    (place / ".venv/bin/voicegen").symlink_to(programs / "voicegen")
    (place / ".venv/bin/python").symlink_to(sys.executable)
    return place


@pytest.mark.parametrize("page", RUN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_in_the_documentation_works_as_it_stands(page: Path, scratch: Path, programs: Path) -> None:
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    for block in blocks(page):
        if block.not_run:
            continue
        lines = block.text.splitlines()
        commands = [line[2:] for line in lines if line.startswith("$ ")] if block.console else lines
        outcome = subprocess.run(
            ["bash", "-e", "-c", "\n".join(commands)],
            cwd=scratch,
            env=env,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert outcome.returncode == 0, f"{page.name}, line {block.line}: {outcome.stdout}{outcome.stderr}"
        if block.console:
            expected = [line for line in lines if not line.startswith("$ ") and line != "…"]
            assert_in_order(expected, outcome.stdout.splitlines(), f"{page.name}, line {block.line}")


def assert_in_order(expected: list[str], said: list[str], where: str) -> None:
    """Every expected line is among the lines that were said, in order; `…` stands for anything."""
    at = 0
    for line in expected:
        pattern = re.compile(".*".join(re.escape(part) for part in line.split("…")))
        while at < len(said) and not pattern.fullmatch(said[at]):
            at += 1
        assert at < len(said), f"{where}: nothing says {line!r}"
        at += 1


def test_a_command_that_is_not_run_says_why() -> None:
    reasons = [block.not_run for page in [*PAGES, *MORE] for block in blocks(page) if block.not_run]
    assert reasons
    assert all(len(reason.split()) > 3 for reason in reasons)


KEPT = ("page ", "reading", "listening")
"""Names under which a published page remembers things in the browser, which begin like commands."""
KINDS = {
    "": "a picture in letters, front matter, or what a command says of itself",
    "sh": "run",
    "bash": "run",
    "console": "run, and compared with what is said",
    "python": "run by tests/test_python.py",
    "toml": "read below",
    "yaml": "front matter, which tests/sources reads",
    "cron": "read by tests/test_automation.py",
    "text": "no command",
    "html": "no command",
    "apache": "no command",
    "nginx": "no command",
}
"""What becomes of each kind of block. Any other kind has to be thought about first."""


@pytest.mark.parametrize("page", [*PAGES, *MORE], ids=lambda page: str(page.relative_to(ROOT)))
def test_no_block_of_commands_escapes_the_tests_by_its_kind(page: Path) -> None:
    found = list(re.finditer(r"^ *```(\S*)\n(.*?)^ *```$", page.read_text("utf-8"), re.S | re.M))
    for kind, body in ((one[1], textwrap.dedent(one[2])) for one in found):
        assert kind in KINDS, f"{page.name} has a block of the kind {kind!r}"
        assert kind != "python" or page.name == "python.md"
        if kind == "toml":
            tomllib.loads(body)
        if kind in {"", "text"} and page.name not in {"commands.md", "python.md"}:
            assert not re.search(r"^(?:\$ )?voicegen [a-z]", body, re.M), (
                f"{page.name}: commands in no command block"
            )


@pytest.mark.parametrize("page", [*PAGES, *MORE], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_within_a_sentence_exists_with_its_options(page: Path) -> None:
    for words in re.findall(r"`voicegen ((?:-C \S+ )?[a-z][^`]*)`", page.read_text("utf-8")):
        if words.startswith(KEPT):
            continue
        name, *rest = re.sub(r"^-C \S+ ", "", words).split()
        command = main.get_command(click.Context(main), name)
        assert command, f"{page.name} names voicegen {name}"
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        options = {word for word in rest if re.fullmatch(r"--?[a-z][a-z-]*", word)}
        assert options <= known | {"--help"}, f"{page.name}: voicegen {words}"


def test_the_reference_says_what_the_program_does() -> None:
    made = runpy.run_path(str(ROOT / "docs/reference/generate.py"))["pages"]()
    for name, text in made.items():
        assert (ROOT / "docs/reference" / name).read_text("utf-8") == text, "run python docs/reference/generate.py"


def test_every_exit_code_is_in_one_place_with_what_to_do() -> None:
    rows = re.findall(
        r"^\| (\d+) \| (.+?) \| (.+?) \|$", (ROOT / "docs/reference/exit-codes.md").read_text(), re.M
    )
    codes = {int(code) for code, _, _ in rows}
    assert codes == {int(code) for code in re.findall(r"^ +(\d+) ", EXIT_CODES, re.M)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert {kind.exit_code for kind in kinds} <= codes  # type: ignore[attr-defined]
    assert all(what_to_do.strip() for _, _, what_to_do in rows)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_in_the_documentation_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_the_documentation_names_is_there(page: Path) -> None:
    for name in re.findall(
        r"`((?:voicegen|docs|tests|benchmarks|steps|sound|content)/[\w./-]+\.\w+)`", page.read_text()
    ):
        assert (ROOT / name).exists() or (ROOT / "voicegen" / name).exists(), f"{page.name} names {name}"


def test_nobody_is_told_to_install_the_package_of_our_name_that_is_somebody_elses() -> None:
    told = re.compile(r"pip3? install[^\n`]*?[\s\"']voicegen(?:\[|[\s\"'=<>~]|$)", re.M)
    files = [path for place in ("docs", "voicegen", "benchmarks") for path in (ROOT / place).rglob("*")]
    for path in [*PAGES, *files]:
        if path.suffix in {".md", ".py", ".yml", ".yaml", ".toml", ".sh", ".slurm"}:
            assert not told.search(path.read_text("utf-8")), path
