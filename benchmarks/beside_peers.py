#!/usr/bin/env python3
"""voicegen beside other ways to the same recordings: the same pages, the same engine, in one run.

    python benchmarks/beside_peers.py [--pages N] [--rounds N] [--peers NAME,...] [--json FILE]

Each way builds the pages from nothing, then with nothing changed, then with one sentence of one page changed. Ways
that take plain text get the sections of the pages as text files, which costs them nothing. espeak-ng's own command
is made to use the library and data that voicegen uses. `pip install pyttsx3` and the Debian packages
espeak-ng, ffmpeg and make are needed. Figures are CPU seconds of all processes.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import measuring
import workload
from measuring import ROOT, VOICEGEN, measured

PEERS = Path(__file__).parent / "peers"
TAG = re.compile(r"<[^>]+>")


def sections(page: str) -> dict[str, str]:
    """The page's sections as plain text, by a file's name for each."""
    parts = page.partition("<main>")[2].partition("</main>")[0].split("<h2>")
    return {f"{at:02}.txt": " ".join(TAG.sub(" ", part).split()) + "\n" for at, part in enumerate(parts)}


def write(place: Path, number: int, page: str) -> None:
    """Puts a page where each way looks for it; a section that has not changed is not written again."""
    (place / "content").mkdir(exist_ok=True)
    (place / "content" / f"page-{number:05}.html").write_text(page)
    folder = place / "sections" / f"page-{number:05}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sections(page).items():
        file = folder / name
        if not file.exists() or file.read_text() != text:
            file.write_text(text)


def ways(place: Path) -> dict[str, Callable[[Path], tuple[str, ...]]]:
    """The command of each way, for an output folder."""
    texts, pages, python = str(place / "sections"), str(place / "content"), sys.executable
    return {
        "shell script": lambda out: (str(PEERS / "shell.sh"), texts, str(out)),
        "make": lambda out: ("make", "-j2", "-f", str(PEERS / "Makefile"), f"SECTIONS={texts}", f"OUTPUT={out}"),
        "bs4 + pydub": lambda out: (python, str(PEERS / "script.py"), pages, str(out)),
        "pyttsx3": lambda out: (python, str(PEERS / "with_pyttsx3.py"), texts, str(out)),
        "gTTS": lambda out: (python, str(PEERS / "with_gtts.py"), texts, str(out)),
    }


def same_engine(place: Path) -> None:
    """Has espeak-ng's command, and what loads the system's library, use ours."""
    sys.path.insert(0, str(ROOT))
    from voicegen.engines import espeak

    library = next(espeak.libraries())
    (place / "lib").mkdir()
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (place / "lib" / name).symlink_to(library.path)
    measuring.ENVIRONMENT["LD_LIBRARY_PATH"] = str(place / "lib")
    measuring.ENVIRONMENT["ESPEAK_DATA_PATH"] = str(library.folder)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default="")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        same_engine(place)
        few = '[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'
        formats = {"voicegen, all it makes by default": "", "voicegen, MP3, captions, transcript": few}
        for _ in range(options.rounds):
            for number in range(options.pages):
                write(place, number, workload.page(number))
            every = {name: one for name, one in ways(place).items() if not options.peers or name in options.peers}
            for state in ("cold", "nothing changed", "one sentence changed"):
                if state.startswith("one"):
                    write(place, 0, workload.changed(workload.page(0)))
                for name, command in every.items():
                    output = place / "out" / name
                    if state == "cold":
                        shutil.rmtree(output, ignore_errors=True)
                        output.mkdir(parents=True)
                    note(rows, name, state, measured(command(output), place).cpu_s)
                for name, settings in formats.items():
                    project = place / name
                    if state == "cold":
                        shutil.rmtree(project, ignore_errors=True)
                        project.mkdir()
                        (project / "content").symlink_to(place / "content")
                        (project / "voicegen.toml").write_text(settings)
                    note(rows, name, state, measured(VOICEGEN, project).cpu_s)
    facts = {name: {state: statistics.median(costs) for state, costs in row.items()} for name, row in rows.items()}
    print(json.dumps(facts, indent=1))
    if options.json:
        options.json.write_text(json.dumps({"pages": options.pages, "cpu_s": facts}, indent=1) + "\n")


def note(rows: dict[str, dict[str, list[float]]], name: str, state: str, cpu_s: float) -> None:
    """Keeps a figure and shows it."""
    rows.setdefault(name, {}).setdefault(state, []).append(cpu_s)
    print(f"{name}, {state}: {cpu_s:.2f} s", flush=True)


if __name__ == "__main__":
    main()
