#!/usr/bin/env python3
"""voicegen beside other ways to the same recordings: the same pages, the same engine, in one run.

    python benchmarks/beside_peers.py [--pages N] [--rounds N] [--peers NAME,...] [--json FILE]

Each way builds the pages from nothing, then with nothing changed, then with one sentence of one page changed. Ways
that take plain text get the sections of the pages as text files, and those that take EPUBs a chapter for each
section, which costs them nothing. All speak with the library, data, voice and speed that voicegen uses. What each
has made is decoded, outside the measurement (`peers/heard.py`): how much of each page is spoken, and whether the
changed page's recording is another than before. Environments for the peers are made by pip at the first run, in
the user's cache (`peer_environments.py`, 1.3 GB); espeak-ng, ffmpeg and make are Debian's. Figures are CPU seconds
of all processes.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import books
import measuring
import workload
from measuring import ENVIRONMENT, ROOT, VOICEGEN, measured
from peer_environments import environment

PEERS = Path(__file__).parent / "peers"
TAG = re.compile(r"<[^>]+>")
STATES = ("cold", "nothing changed", "one sentence changed")
SETTINGS = {
    "voicegen, MP3, captions, transcript": '[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n',
    "voicegen, all it makes by default": "",
}
NAMES = ("shell script", "make", "bs4 + pydub", "pyttsx3", "gTTS", "audiblez", "abogen", *SETTINGS)
Rows = dict[str, dict[str, list[float]]]


def sections(page: str) -> dict[str, str]:
    """The page's sections as plain text, by a file's name for each."""
    parts = page.partition("<main>")[2].partition("</main>")[0].split("<h2>")
    return {f"{at:02}.txt": " ".join(TAG.sub(" ", part).split()) + "\n" for at, part in enumerate(parts)}


def write(place: Path, number: int, page: str) -> None:
    """Puts a page where each way looks for it; a section that has not changed is not written again."""
    name = f"page-{number:05}"
    folder = place / "sections" / name
    for parent in (place / "content", place / "books", folder):
        parent.mkdir(parents=True, exist_ok=True)
    (place / "content" / f"{name}.html").write_text(page)
    books.write(page, place / "books" / f"{name}.epub")
    for file, text in sections(page).items():
        if not (folder / file).exists() or (folder / file).read_text() != text:
            (folder / file).write_text(text)


def command(name: str, place: Path, output: Path) -> tuple[str, ...]:
    """What a peer's user runs."""
    texts, pages, epubs, out = (
        str(path) for path in (place / "sections", place / "content", place / "books", output)
    )
    if name == "shell script":
        return (str(PEERS / "shell.sh"), texts, out)
    if name == "make":
        return ("make", "-j2", "-f", str(PEERS / "Makefile"), f"SECTIONS={texts}", f"OUTPUT={out}")
    if name == "audiblez":
        program = f"{environment('audiblez') / 'python'} {PEERS / 'with_audiblez.py'}"
        new_ffmpeg = f"PATH={place / 'bin'}:$PATH"
        return ("sh", "-ec", f'for book in {epubs}/*.epub; do {new_ffmpeg} {program} "$book" {out}; done')
    if name == "abogen":
        home = place / "home"
        home.mkdir(exist_ok=True)
        python = str(environment("abogen") / "python")
        return ("env", f"HOME={home}", python, str(PEERS / "with_abogen.py"), epubs, out)
    script = {"bs4 + pydub": "script.py", "pyttsx3": "with_pyttsx3.py", "gTTS": "with_gtts.py"}[name]
    source = pages if name == "bs4 + pydub" else texts
    return (str(environment("scripts") / "python"), str(PEERS / script), source, out)


def same_engine(place: Path) -> None:
    """Has espeak-ng's command, and whatever loads the system's library, use voicegen's."""
    sys.path.insert(0, str(ROOT))
    from voicegen.engines import espeak

    library = next(espeak.libraries())
    (place / "lib").mkdir()
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (place / "lib" / name).symlink_to(library.path)
    ENVIRONMENT["LD_LIBRARY_PATH"] = str(place / "lib")
    ENVIRONMENT["ESPEAK_DATA_PATH"] = str(library.folder)
    ENVIRONMENT["ESPEAK_LIBRARY"] = library.path


def new_ffmpeg(place: Path) -> None:
    """For audiblez, FFmpeg from a Python package: Debian 12's refuses the sound that audiblez puts into an M4B."""
    ask = "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())"
    found = subprocess.run(
        [environment("audiblez") / "python", "-c", ask], check=True, capture_output=True, text=True
    )
    (place / "bin").mkdir()
    (place / "bin" / "ffmpeg").symlink_to(found.stdout.strip())


def built(name: str, state: str, place: Path) -> float:
    """Has one way build all pages; CPU seconds."""
    folder = place / "out" / name
    if state == "cold":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if name in SETTINGS:
            (folder / "content").symlink_to(place / "content")
            (folder / "voicegen.toml").write_text(SETTINGS[name])
    if name in SETTINGS:
        return measured(VOICEGEN, folder).cpu_s
    return measured(command(name, place, folder), place).cpu_s


def heard(place: Path, name: str, numbers: Iterable[int]) -> dict[str, dict[str, Any]]:
    """What `peers/heard.py` finds in the recordings of these pages."""
    folder = place / "out" / name / ("output" if name in SETTINGS else "")
    return listen(str(place / "reference.json"), str(folder), *(f"page-{number:05}" for number in numbers))


def listen(*arguments: str) -> Any:
    """Runs `peers/heard.py`; ends the program where something is missing."""
    program = [str(environment("scripts") / "python"), str(PEERS / "heard.py"), *arguments]
    outcome = subprocess.run(program, env=ENVIRONMENT, capture_output=True, text=True)
    if outcome.returncode:
        sys.exit(outcome.stderr)
    return json.loads(outcome.stdout or "null")


def rotated(names: tuple[str, ...], round_: int) -> Iterator[str]:
    """The ways in turn, another one first in each round."""
    yield from (names[(at + round_) % len(names)] for at in range(len(names)))


def compared(
    place: Path, names: tuple[str, ...], pages: int, rounds: int
) -> tuple[Rows, dict[str, dict[str, Any]]]:
    """All rounds: CPU seconds by way and state, and what each way's recordings hold."""
    rows: Rows = {name: {state: [] for state in STATES} for name in names}
    found: dict[str, dict[str, Any]] = {}
    for round_ in range(rounds):
        for number in range(pages):
            write(place, number, workload.page(number))
        if not round_:
            listen("--speak", str(place / "sections"), str(place / "reference.json"))
        for state in STATES:
            if state == STATES[2]:
                write(place, 0, workload.changed(workload.page(0)))
            for name in rotated(names, round_):
                rows[name][state].append(built(name, state, place))
                print(f"{name}, {state}: {rows[name][state][-1]:.2f} s", flush=True)
                if not round_ and state == STATES[0]:
                    found[name] = heard(place, name, range(pages))
                if not round_ and state == STATES[2]:
                    before, after = found[name]["page-00000"], heard(place, name, [0])["page-00000"]
                    found[name]["noticed"] = before["digest"] != after["digest"]
    return rows, found


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """A way's recordings in a few figures."""
    pages = [facts for page, facts in found.items() if page.startswith("page")]
    return {
        "minutes": round(sum(facts["seconds"] for facts in pages) / 60, 1),
        "spoken, least share of a page": round(min(facts["share"] for facts in pages), 3),
        "chapters of the first page": pages[0]["chapters"],
        "MB": round(sum(facts["bytes"] for facts in pages) / 1e6, 1),
        "the changed sentence is in it": found["noticed"],
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--peers", default="", help="only these, by name, with commas between; voicegen always")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    asked = options.peers.split(",") if options.peers else NAMES
    names = tuple(name for name in NAMES if name in asked or name in SETTINGS)
    circumstances = measuring.circumstances()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        same_engine(place)
        if "audiblez" in names:
            new_ffmpeg(place)
        rows, found = compared(place, names, options.pages, options.rounds)
    facts = {
        **circumstances,
        "pages": options.pages,
        "rounds": options.rounds,
        "cpu_s": {
            name: {state: round(statistics.median(costs), 3) for state, costs in row.items()}
            for name, row in rows.items()
        },
        "made": {name: summary(facts) for name, facts in found.items()},
    }
    print(json.dumps(facts, indent=1))
    if options.json:
        options.json.write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    main()
