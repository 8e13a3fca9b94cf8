#!/usr/bin/env python3
"""The table of docs/why/gauntlet.md: what several programs make of the sentences of the gauntlet.

    python benchmarks/gauntlet/table.py --with nemo=PYTHON --with wetext=PYTHON ...

PYTHON is the interpreter of an environment that has the project of that name installed (README.md beside this
file). Nothing is installed and nothing leaves this machine. `--out FILE` keeps every answer and verdict as JSON.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SENTENCES = HERE.parent.parent / "tests" / "gauntlet"
LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "de": "German"}
PROJECTS = {
    "gtts": ("gTTS", tuple(LANGUAGES)),
    "nemo": ("nemo_text_processing", tuple(LANGUAGES)),
    "wetext": ("WeTextProcessing", ("en",)),
    "normt2s": ("normt2s", ("en", "de")),
    "gruut": ("gruut", tuple(LANGUAGES)),
}
"""Name here: name of the package, and which of our languages it can prepare."""
VERDICTS = ("exact", "equivalent", "reworded", "unread", "wrong")
SECONDS = 1800
"""For one language tag: grammars are built the first time, which takes minutes."""


def scored(corpus: Path, *arguments: str) -> dict[str, Any]:
    """The result of `voicegen gauntlet` with these sentences and arguments."""
    command = [sys.executable, "-m", "voicegen", "gauntlet", "--json", "--corpus", str(corpus), *arguments]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode not in (0, 1):
        raise SystemExit(outcome.stderr)
    return dict(json.loads(outcome.stdout))


def version(python: str, package: str) -> str:
    """The version of a package in an environment."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def project(corpus: Path, name: str, python: str) -> tuple[str, dict[str, Any]]:
    """What another project is called, with its version, and its score."""
    package, languages = PROJECTS[name]
    command = shlex.join([python, str(HERE / "prepare.py"), name])
    only = [argument for language in languages for argument in ("--lang", language)]
    result = scored(corpus, "--program", command, "--timeout", str(SECONDS), *only)
    return f"{package} {version(python, package)}", result


def row(name: str, result: dict[str, Any]) -> str:
    """A row of the table: right, in other words, left unread, wrong."""
    cells = []
    for language in LANGUAGES:
        counts = result["languages"].get(language)
        if counts is None:
            cells.append("–")
            continue
        right = counts["exact"] + counts["equivalent"]
        cells.append(f"{right} · {counts['reworded']} · {counts['unread']} · **{counts['wrong']}**")
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--with", dest="others", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--out", type=Path, help="a JSON file for every answer and verdict")
    arguments = parser.parse_args()
    others = dict(other.partition("=")[::2] for other in arguments.others)
    if unknown := set(others) - set(PROJECTS):
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(PROJECTS)}")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "sentences")  # a copy: the same for all, whoever edits them meanwhile
        shutil.copytree(SENTENCES, corpus)
        results = scores(corpus, others)
    print_table(results)
    if arguments.out:
        arguments.out.write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")


def scores(corpus: Path, others: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The score of each project, ours first and espeak-ng last, by its name and version."""
    results = {f"voicegen {version(sys.executable, 'voicegen')}": scored(corpus)}
    for name, python in others.items():
        label, result = project(corpus, name, python)
        results[label] = result
        print(f"{label}: done", file=sys.stderr)
    results["espeak-ng by itself"] = scored(corpus, "--engine", "espeak")
    return results


def print_table(results: dict[str, dict[str, Any]]) -> None:
    """The table with its date and the number of sentences."""
    ours = next(iter(results.values()))
    sizes = {language: sum(ours["languages"][language][verdict] for verdict in VERDICTS) for language in LANGUAGES}
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {ours['sentences']} sentences\n")
    print("| | " + " | ".join(f"{words} ({sizes[language]})" for language, words in LANGUAGES.items()) + " |")
    print("|---" * (1 + len(LANGUAGES)) + "|")
    for name, result in results.items():
        print(row(name, result))


if __name__ == "__main__":
    main()
