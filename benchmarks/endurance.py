#!/usr/bin/env python3
"""Saves pages for a working day beside one `voicegen watch`, and counts whether anything in it grows.

    python benchmarks/endurance.py [--edits 2000] [--pages 200] [--json FILE] [--svg FILE]

Another process than the one that watches saves pages as staff and their programs do: by a new file in the old
one's place, by writing over it, and half now and half later; it breaks pages and mends them, adds and removes
some, and looks at the preview. After every burst of saves, once all of it is published, this is counted for
watch and all that it started: memory (RSS), open files, threads, processes, files in its temporary folder; and
the size of its store, its ledger, the history and the output. At the end a build must have nothing to do, and
`voicegen verify` nothing to say. Linux only.
The short form of this is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import workload
from measuring import ENVIRONMENT

SETTINGS = '[voice]\nengine = "tone"\n\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'
MOST_IN_A_BURST = 5
LONGEST_S = 300.0
"""Until a burst is published, on a machine that has other work too."""
PEAKS_EVERY_S = 0.25
COUNTED = {
    "memory": "MB of memory, at rest",
    "peak": "MB of memory, at most since the point before",
    "files": "open files",
    "threads": "threads",
    "processes": "processes",
    "temporary": "temporary files",
    "store": "MB in the store",
    "ledger": "KB in the ledger",
    "output": "files in output/",
    "history": "MB in history/",
}


@dataclass(frozen=True, slots=True)
class Point:
    """What was counted after a burst. Keys as in `COUNTED`; `edits` and `seconds` since the start."""

    edits: int
    seconds: float
    memory: float
    peak: float
    files: int
    threads: int
    processes: int
    temporary: int
    store: float
    ledger: float
    output: int
    history: float


class Day:
    """A project of pages, and watch at work in it."""

    def __init__(self, place: Path, pages: int) -> None:
        self.place, self.temporary = place, place.with_name("temporary")
        self.dice = random.Random(workload.SEED)
        self.texts = {number: self.page(number) for number in range(pages)}
        (place / "content").mkdir(parents=True)
        self.temporary.mkdir()
        (place / "voicegen.toml").write_text(SETTINGS)
        for number, text in self.texts.items():
            self.path(number).write_text(text)
        self.said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.address, self.edits, self.peak, self.begun = "", 0, 0.0, time.monotonic()
        self.watch = subprocess.Popen(
            [sys.executable, "-u", "-m", "voicegen", "-C", str(place), "watch", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**ENVIRONMENT, "TMPDIR": str(self.temporary)},
        )
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._watch_the_peak, daemon=True).start()

    def page(self, number: int) -> str:
        """A short page in plain text."""
        place, trouble = self.dice.choice(workload.PLACES), self.dice.choice(workload.TROUBLES)
        parts = [f"{place.capitalize()} {trouble}, guide {number}\n"]
        for heading in self.dice.sample(workload.HEADINGS, 3):
            said = [workload.sentence(self.dice, place, trouble) for _ in range(3)]
            parts.append(f"{heading}\n{' '.join(said)}\n")
        return "\n".join(parts)

    def path(self, number: int) -> Path:
        """Where a page lies."""
        return self.place / "content" / f"page-{number:03}.txt"

    def burst(self) -> None:
        """Some saves close together; returns once everything that they say is published."""
        for number in self.dice.sample(
            sorted(self.texts), min(len(self.texts), self.dice.randint(1, MOST_IN_A_BURST))
        ):
            self.edits += 1
            self.texts[number] = self._changed(self.texts[number])
            save = self.dice.choices((self._replace, self._write_over, self._halves, self._break), (6, 3, 2, 1))[0]
            save(self.path(number), self.texts[number].encode())
        if self.dice.random() < 0.1:
            self._come_and_go()
        self._until(self._published)

    def _changed(self, text: str) -> str:
        """The page with a sentence that was never said before in the place of the one of before."""
        kept = re.sub(r" Note \d+ .*$", "", text.rstrip())
        return f"{kept} Note {self.edits} is for {self.dice.choice(workload.PEOPLE).lower()}.\n"

    def _replace(self, path: Path, data: bytes) -> None:
        new = path.with_name(".new")
        new.write_bytes(data)
        new.replace(path)

    def _write_over(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)

    def _halves(self, path: Path, data: bytes) -> None:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
            file.flush()
            time.sleep(self.dice.uniform(0.1, 0.8))
            file.write(data[len(data) // 2 :])

    def _break(self, path: Path, data: bytes) -> None:
        path.write_bytes(b"\xff\xfe\x00broken \x81\x8d")
        time.sleep(self.dice.uniform(0.1, 1.0))
        path.write_bytes(data)

    def _come_and_go(self) -> None:
        """A page more, or the last such page away."""
        self.edits += 1
        more = max(self.texts)
        if more >= 900:
            del self.texts[more]
            self.path(more).unlink()
        else:
            self.texts[900] = self._changed(self.page(900))
            self._replace(self.path(900), self.texts[900].encode())

    def _published(self) -> bool:
        for number, text in self.texts.items():
            note = re.search(r"Note \d+ ", text)
            captions = self.place / "output" / f"page-{number:03}" / "captions.vtt"
            try:
                if note and note[0] not in captions.read_text():
                    return False
            except OSError:
                return False
        return 900 in self.texts or not (self.place / "output" / "page-900").exists()

    def _until(self, done: object) -> None:
        """Waits until watch is at rest and `done` holds; ends the program where that takes too long."""
        ends_at = time.monotonic() + LONGEST_S
        while time.monotonic() < ends_at:
            if self.watch.poll() is not None:
                sys.exit(f"watch ended with {self.watch.returncode}: {list(self._heard())[-20:]}")
            resting = any("Waiting for the next change" in line for line in self._heard())
            if resting and callable(done) and done():
                return
            time.sleep(0.05)
        sys.exit("a burst was not published in time")

    def _heard(self) -> Iterator[str]:
        while not self.said.empty():
            yield self.said.get()

    def start(self) -> None:
        """Returns once all pages are published and the preview answers."""
        self._until(lambda: (self.place / "output" / "index.html").is_file())
        self.look()

    def look(self) -> None:
        """Reads a page in the preview, as its browser does."""
        if self.address:
            number = self.dice.choice(sorted(self.texts))
            for name in ("", f"page-{number:03}/", f"page-{number:03}/page-{number:03}.mp3"):
                with urllib.request.urlopen(self.address + name, timeout=60) as answer:
                    answer.read()

    def point(self) -> Point:
        """What there is now."""
        tree = family(self.watch.pid)
        peak, self.peak = max(self.peak, sum(map(memory, tree))), 0.0
        cache = self.place / ".voicegen"
        return Point(
            self.edits,
            round(time.monotonic() - self.begun, 1),
            round(sum(map(memory, tree)), 1),
            round(peak, 1),
            sum(len(listed(f"/proc/{process}/fd")) for process in tree),
            sum(len(listed(f"/proc/{process}/task")) for process in tree),
            len(tree),
            sum(len(files) for _, _, files in os.walk(self.temporary)),
            round(size(cache) / 1e6, 3),
            round(sum(path.stat().st_size for path in cache.glob("ledger*")) / 1e3, 1),
            sum(len(files) for _, _, files in os.walk(self.place / "output")),
            round(size(self.place / "history") / 1e6, 2),
        )

    def end(self) -> None:
        """Ends watch by Ctrl-C, and holds that nothing is left to do, and nothing of it is left."""
        self.watch.send_signal(signal.SIGINT)
        if self.watch.wait(60) != 0:
            sys.exit(f"watch ended with {self.watch.returncode}")
        for command, words in (("build", " 0 failed; 0 files written"), ("verify", "all as published")):
            argv = [sys.executable, "-m", "voicegen", "-C", str(self.place), command]
            told = subprocess.run(argv, capture_output=True, text=True, check=False, env=ENVIRONMENT)
            if told.returncode or words not in told.stdout:
                sys.exit(f"{command} after the day: {told.stdout}{told.stderr}")
        if left := list(self.temporary.iterdir()):
            sys.exit(f"left in the temporary folder: {left}")

    def _listen(self) -> None:
        for line in self.watch.stdout or ():
            if found := re.match(r"Listen and read: (\S+)", line):
                self.address = found[1]
            self.said.put(line)

    def _watch_the_peak(self) -> None:
        while self.watch.poll() is None:
            self.peak = max(self.peak, sum(map(memory, family(self.watch.pid))))
            time.sleep(PEAKS_EVERY_S)


def family(process: int) -> list[int]:
    """The process and all that descend from it."""
    children = []
    for task in listed(f"/proc/{process}/task"):
        try:
            children += Path(f"/proc/{process}/task/{task}/children").read_text().split()
        except OSError:
            continue
    return [process, *(one for child in children for one in family(int(child)))]


def listed(folder: str) -> list[str]:
    """What lies in a folder of /proc; nothing where the process has ended."""
    try:
        return [entry.name for entry in os.scandir(folder)]
    except OSError:
        return []


def memory(process: int) -> float:
    """A process's resident memory in MB."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def size(folder: Path) -> int:
    """Bytes of all files in it."""
    return sum(os.lstat(Path(place, name)).st_size for place, _, files in os.walk(folder) for name in files)


def plot(points: list[Point]) -> bytes:
    """An SVG with a small line for each thing counted, over the saves; each from nothing to its most."""
    wide, row, left = 720, 62, 250
    names = list(COUNTED)
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {wide} {row * len(names) + 30}")
    root.set("role", "img")
    title = f"{points[-1].edits} saves beside one voicegen watch"
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "desc").text = "; ".join(
        f"{COUNTED[name]}: {getattr(points[0], name):g} at first, {getattr(points[-1], name):g} at last"
        for name in names
    )
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    style = {"font-family": "sans-serif", "font-size": "13", "fill": "#111111"}
    ET.SubElement(root, "text", {**style, "x": "10", "y": "20", "font-size": "16"}).text = title
    for at, name in enumerate(names):
        figures = [float(getattr(point, name)) for point in points]
        most, top = max(figures) or 1.0, 34 + at * row
        ET.SubElement(root, "text", {**style, "x": "10", "y": str(top + 28)}).text = COUNTED[name]
        ET.SubElement(root, "text", {**style, "x": str(wide - 80), "y": str(top + 28)}).text = f"{figures[-1]:g}"
        line = " ".join(
            f"{left + (wide - left - 95) * point.edits / points[-1].edits:.1f},{top + 48 - 44 * figure / most:.1f}"
            for point, figure in zip(points, figures, strict=True)
        )
        ET.SubElement(root, "polyline", points=line, fill="none", stroke="#14534b", attrib={"stroke-width": "1.5"})
    ET.indent(root)
    return ET.tostring(root) + b"\n"


def table(points: list[Point]) -> str:
    """Markdown: the first, middle and last point."""
    chosen = [points[0], *(points[len(points) * part // 4] for part in (1, 2, 3)), points[-1]]
    rows = ["| after so many saves | " + " | ".join(f"{point.edits:,}" for point in chosen) + " |"]
    rows.append("|---" * (len(chosen) + 1) + "|")
    for name, words in COUNTED.items():
        rows.append(f"| {words} | " + " | ".join(f"{getattr(point, name):g}" for point in chosen) + " |")
    return "\n".join(rows)


def main() -> None:
    """Runs the day, and tells."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--edits", type=int, default=2000)
    reader.add_argument("--pages", type=int, default=200)
    reader.add_argument("--most-s", type=float, default=float("inf"), help="end earlier, after so many seconds")
    reader.add_argument("--json", type=Path)
    reader.add_argument("--svg", type=Path)
    given = reader.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it, and so would watch
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder, "clinic"), given.pages)
        try:
            day.start()
            points: list[Point] = []
            while day.edits < given.edits and time.monotonic() - day.begun < given.most_s:
                day.burst()
                day.look()
                points.append(day.point())
                if given.json:
                    given.json.write_text(json.dumps([asdict(point) for point in points]))
            day.end()
        finally:
            day.watch.kill()
    if given.svg:
        given.svg.write_bytes(plot(points))
    print(table(points))


if __name__ == "__main__":
    main()
