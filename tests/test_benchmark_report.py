"""The benchmark report has no figure but those in benchmarks/results/; what it compares is what it says."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture(scope="module")
def programs() -> Iterator[Any]:
    """Imports a program of benchmarks/ by its name."""
    sys.path.insert(0, str(BENCHMARKS))
    yield import_module
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def report(programs: Any) -> ModuleType:
    """The program that fills the tables."""
    return programs("report")  # type: ignore[no-any-return]


def test_the_tables_of_the_documents_are_those_of_the_figures(report: ModuleType) -> None:
    """After a measurement: python benchmarks/report.py --write."""
    for path, text in report.written(report.read()).items():
        assert path.read_text("utf-8") == text, f"{path.name} does not say what benchmarks/results/ holds"


def test_a_figure_is_held_against_what_is_wanted(report: ModuleType) -> None:
    """At most, at least, and not at all."""
    most = report.Figure("CPU", 1.2, lambda the: the["mp3"]["value"])
    least = report.Figure("cores", 1.85, lambda the: the["mp3"]["value"], least=True)
    assert most.row({"mp3": {"value": 1.2}}) == "| CPU | at most 1.2 × | 1.2 × | yes |"
    assert most.row({"mp3": {"value": 1.21}}) == "| CPU | at most 1.2 × | 1.21 × | **no** |"
    assert most.row({"mp3": {"value": 1.2004}}) == "| CPU | at most 1.2 × | 1.2004 × | **no** |"
    assert least.row({"mp3": {"value": 1.7}}) == "| cores | at least 1.85 × | 1.7 × | **no** |"
    assert most.row({}) == "| CPU | at most 1.2 × | not measured | |"


def test_every_figure_comes_from_a_step_that_is_run(programs: Any, report: ModuleType, tmp_path: Path) -> None:
    """A file of figures that no command writes would stay as it is for ever."""
    steps = programs("measure").STEPS
    assert {path.stem for path in report.RESULTS.glob("*.json")} <= set(steps)
    asked: set[str] = set()

    class Asked(dict[str, Any]):
        def __missing__(self, key: str) -> Any:
            asked.add(key)
            raise KeyError(key)

    for figure in report.FIGURES:
        figure.row(Asked())
    assert asked <= set(steps)
    for command in steps.values():
        assert (BENCHMARKS / command.split()[0]).is_file()


def test_the_steps_take_the_options_that_they_are_given(programs: Any) -> None:
    """Their programs tell of each option; nothing is measured."""
    measure = programs("measure")
    for name in measure.STEPS:
        program, *options = measure.command(name)[1:]
        told = subprocess.run(
            [sys.executable, program, "--help"], capture_output=True, text=True, check=True
        ).stdout
        for option in options:
            if option.startswith("--"):
                assert option.partition("=")[0] in told, f"{name}: {option}"


def test_a_picture_says_its_figures_and_tells_bars_apart_by_darkness(programs: Any) -> None:
    """Read by a screen reader, and seen without colours."""
    plots = programs("plots")
    root = ET.fromstring(plots.bars("2 pages: CPU seconds", {"make": 4.8, "voicegen, MP3": 2.5}, "s"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.findtext(f"{space}title") == "2 pages: CPU seconds"
    assert root.findtext(f"{space}desc") == "Bars, the shortest first. voicegen, MP3: 2.50 s; make: 4.80 s."
    assert contrast(plots.PAPER, plots.INK) >= 4.5
    assert min(contrast(plots.PAPER, fill) for fill in (plots.OURS, plots.OTHERS)) >= 3
    assert contrast(plots.OURS, plots.OTHERS) >= 2


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 reckons it."""
    levels = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        levels.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(levels) + 0.05) / (min(levels) + 0.05)


def test_peers_get_the_whole_page_in_each_form(programs: Any, tmp_path: Path) -> None:
    """Words of the page, of its sections as text, and of its book; a section that stays is not written again."""
    peers, workload = programs("beside_peers"), programs("workload")
    page = workload.page(3)
    peers.write(tmp_path, 3, page)
    words = [*_words(page.partition("<main>")[2].partition("</main>")[0])]
    texts = sorted((tmp_path / "sections" / "page-00003").iterdir())
    assert [word for text in texts for word in _words(text.read_text())] == words
    with zipfile.ZipFile(tmp_path / "books" / "page-00003.epub") as book:
        chapters = [name for name in sorted(book.namelist()) if name.startswith("chapter")]
        bodies = [book.read(name).decode().partition("<body>")[2] for name in chapters]
        for name in book.namelist()[1:]:
            ET.fromstring(book.read(name))
    assert [word for body in bodies for word in _words(body)] == words
    assert len(chapters) == page.count("<h2>") == len(texts) - 1
    times = [text.stat().st_mtime_ns for text in texts]
    peers.write(tmp_path, 3, workload.changed(page))
    assert sum(text.stat().st_mtime_ns != time for text, time in zip(texts, times, strict=True)) == 1


def _words(markup: str) -> list[str]:
    return " ".join(part.partition(">")[2] for part in f">{markup}".split("<")).split()


def test_what_ways_made_is_told_with_the_change_that_was_missed(report: ModuleType) -> None:
    """A way that gives the old recording after a change is not the faster for it."""
    made = {
        "minutes": 8.0,
        "spoken, least share of a page": 0.989,
        "chapters of the first page": 6,
        "MB": 19.5,
        "the changed sentence is in it": False,
    }
    table = report.made({"peers": {"made": {"audiblez": made}}})
    assert table.splitlines()[2] == "| audiblez | 8.0 | 99 % | 6 | 19.5 | **no** |"


def test_who_is_ahead_is_reckoned(report: ModuleType) -> None:
    """Of each state by itself."""
    costs = {
        "make": {"cold": 2.0, "nothing changed": 0.0, "one sentence changed": 2.0},
        "abogen": {"cold": 4.0, "nothing changed": 4.0, "one sentence changed": 4.0},
        "audiblez": {"cold": 3.5, "nothing changed": 2.0, "one sentence changed": 0.9},
        "voicegen, MP3": {"cold": 3.0, "nothing changed": 0.1, "one sentence changed": 1.0},
    }
    made = {name: {"the changed sentence is in it": name != "audiblez"} for name in costs}
    assert list(report.places({"cpu_s": costs, "made": made})) == [
        "- voicegen, MP3, from nothing: **behind make**",
        "- voicegen, MP3, nothing changed: **behind make**",
        "- voicegen, MP3, one sentence changed: **behind audiblez (which gives the old recording)**",
    ]
    del costs["audiblez"]
    assert list(report.places({"cpu_s": costs, "made": made}))[2:] == [
        "- voicegen, MP3, one sentence changed: ahead of all others"
    ]


def test_pinned_peers_have_digests_and_no_addresses() -> None:
    """One version each."""
    for path in (BENCHMARKS / "peers").glob("*.txt"):
        lines = path.read_text().splitlines()
        names = [line.split("==")[0] for line in lines if "==" in line]
        assert names
        assert len(names) == len(set(names)), path.name
        assert sum("--hash=sha256:" in line for line in lines) >= len(names)
        assert "://" not in path.read_text()


def test_figures_that_were_measured_say_when_and_where() -> None:
    """Every file of them."""
    for path in (BENCHMARKS / "results").glob("*.json"):
        facts = json.loads(path.read_text("utf-8"))
        assert {"measured", "python", "processor", "cores", "load"} <= set(facts), path.name
