"""Everything that reads bytes which others wrote, and what must be true of it whatever they are.

Inputs are real ones, spoilt: parts left out, doubled, exchanged, and words of their own language put in between.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.conftest import PAGE, Project
from tests.converting.documents import document, saved
from voicegen import approvals, config, extensions, history, ledger, manifest, unchanged
from voicegen.contracts import SourceFile
from voicegen.converting import convert
from voicegen.errors import VoicegenError
from voicegen.lexicon import pls, tables
from voicegen.pages import PageFile
from voicegen.speech import Lexicon
from voicegen.stores._entries import Entries
from voicegen.verifying import troubles, verify
from voicegen.wording import wording

HTML = """<!doctype html><html lang="en"><head><title>Fever</title><meta charset="utf-8"></head><body>
<nav>Menu</nav><main><h1>Fever</h1>
<p>Take 2.5&nbsp;mg <em>twice</em> a day. Do <strong>not</strong> take more than 10 mg.</p>
<h2>When to call</h2><ul><li>38.5 &deg;C for 3 days<ul><li>at night</li></ul></li></ul><table><tr><th>Age</th>
<th>Dose</th></tr><tr><td>6&ndash;12</td><td>5 ml</td></tr></table><p lang="fr">Buvez.</p></main></body></html>"""
MARKDOWN = (
    "---\nlang: en\nupdated: 2026-05-18\n---\n# Fever\n\nTake **2.5 mg**, *not* more.\n\n"
    "## When\n\n1. 38.5 °C\n2. or\n   - at night\n\n| Age | Dose |\n|---|---|\n| 6 | 5 ml |\n"
)
TOML = (
    '[[word]]\nword = "ibuprofen"\nsay = "eye bew pro fen"\nlang = "en"\n\n'
    '[[word]]\npattern = "COPD"\nspell = true\n'
)
PLS = (
    '<?xml version="1.0"?><lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" '
    'alphabet="ipa" xml:lang="en"><lexeme><grapheme>fever</grapheme><alias>high heat</alias></lexeme></lexicon>'
)
SETTINGS = (
    '[project]\ntitle = "Health"\nlanguage = "en"\n[voice]\nengine = "tone"\n[publications]\n'
    'formats = ["html", "mp3", "webvtt", "timeline"]\naddress = "https://clinic.example/"\n'
    '[pages.fever]\npublisher = "Clinic"\n'
)
TOKENS = [
    *("<", ">", "</p>", "<p>", "<table>", "<li>", "&#0;", "&amp;", "<!--", "-->", "]]>", "<script>", "</main>"),
    *("5", "0", ".5", "1,000", " mg", " µg", " not ", "½", "–", "38,5", "1/2", "2×", "%", "°C", "10^9/L", "IV"),
    *("\u202e", "\u200b", "\u0301", "\ufeff", "\x00", "\r", "\u2028", "٣", "क", "中", "\U0001f600"),
    *('"', "'", "\\", "{", "}", "[", "]", "null", "-1", "1e999", "true", "\n", "#", "---", "***", "| ", "../"),
]
WORDS = [
    *(
        "take",
        "not",
        "no",
        "never",
        "5",
        "2.5",
        "0.5",
        "1,000",
        "10",
        "mg",
        "ml",
        "µg",
        "mmol/L",
        "twice",
        "a day",
    ),
    *("every", "4 to 6", "hours", "e.g.", "Dr. Smith", "p.m.", "1/2", "½", "–", "×", "<", "≥", "120/80", "mmHg"),
    *("38.5 °C", "24/7", "999", "1st", "IV", "type 2", "B12", "COVID-19", "(max.", ")", ",", ":", ";", "“", "”"),
]


def spoilt(seeds: Sequence[bytes], most: int = 6) -> st.SearchStrategy[bytes]:
    """One of the seeds, with up to `most` changes."""
    change = st.tuples(
        st.sampled_from(["drop", "double", "move", "token", "byte"]),
        st.integers(0, 1 << 16),
        st.integers(1, 60),
        st.sampled_from(TOKENS),
        st.integers(0, 255),
    )
    return st.builds(_spoil, st.sampled_from(list(seeds)), st.lists(change, max_size=most))


def _spoil(data: bytes, changes: list[tuple[str, int, int, str, int]]) -> bytes:
    for how, where, size, token, byte in changes:
        at = where % (len(data) + 1)
        piece = data[at : at + size]
        match how:
            case "drop":
                data = data[:at] + data[at + size :]
            case "double":
                data = data[:at] + piece + data[at:]
            case "move":
                data = data[:at] + data[at + size :] + piece
            case "token":
                data = data[:at] + token.encode() + data[at:]
            case "byte":
                data = data[:at] + bytes([byte]) + data[at + 1 :]
    return data


@cache
def _settings(place: Path) -> config.Settings:
    project = Project(place / "plain", SETTINGS)
    return config.load(project.place, extensions.engines(), extensions.formats())


def pages(data: tuple[bytes, str], place: Path) -> None:
    """A page is read, put into words and proven, or refused; a page in words has something to say."""
    text, name = data
    page, known = PageFile("page", name, Path(name)), _settings(place)
    with contextlib.suppress(VoicegenError):
        said = wording(page, SourceFile(name, text, "en"), known, Lexicon(()), lambda lang: True)
        if not said.errors:
            assert any(line.spoken.strip() for line in said.script.lines)
            assert all(line.spoken == line.spoken.strip() for line in said.script.lines)


NEGATIONS = re.compile(r"\b(?:not|no|never)\b", re.I)


def sentences(words: list[str], place: Path) -> None:
    """What is said of a sentence that is not refused has every negation of it, and is shown as it was written."""
    text = " ".join(words)
    page, known = PageFile("page", "page.txt", Path("page.txt")), _settings(place)
    with contextlib.suppress(VoicegenError):
        file = SourceFile("page.txt", f"Fever\n\nWhat to do\n{text}.\n".encode(), "en")
        said = wording(page, file, known, Lexicon(()), lambda lang: True)
        if not said.errors:
            spoken = " ".join(line.spoken for line in said.script.lines if line.target)
            shown = " ".join(line.shown for line in said.script.lines if line.target)
            assert len(NEGATIONS.findall(spoken)) >= len(NEGATIONS.findall(text)), (text, spoken)
            assert re.sub(r"\W", "", text) in re.sub(r"\W", "", shown), (text, shown)


def pronunciations(data: bytes, place: Path) -> None:
    """A list of pronunciations is read or refused, and what is read can be used."""
    for reader in (tables.read, pls.read):
        with contextlib.suppress(VoicegenError):
            words = Lexicon(tuple(reader(data, "pronunciations")))
            assert words.of_page("page")


def settings(data: bytes, place: Path) -> None:
    """voicegen.toml is read or refused in words."""
    folder = place / "settings"
    folder.mkdir(exist_ok=True)
    (folder / "voicegen.toml").write_bytes(data)
    with contextlib.suppress(VoicegenError):
        config.load(folder, extensions.engines(), extensions.formats())


def documents(data: bytes, place: Path) -> None:
    """A Word file or a book becomes a page or is refused."""
    for name in ("leaflet.docx", "leaflet.epub"):
        with contextlib.suppress(VoicegenError):
            convert(data, name)


def store(data: bytes, place: Path) -> None:
    """An entry that is not exactly what was put is none."""
    key = "ab" * 32
    kept = Entries(place / "store")
    lies = kept.put_if_absent(key, [b"sound " * 40]).path
    assert lies is not None
    path = Path(lies)
    whole = path.read_bytes()
    path.write_bytes(data)
    assert (key in kept.get_many([key])) == (data == whole)
    path.unlink(missing_ok=True)


@cache
def published(place: Path) -> Project:
    """A project with a published page of every kind of file, and one earlier version."""
    project = Project(place / "published", SETTINGS.replace('"html", "mp3", "webvtt", "timeline"', '"all"'))
    for text in (PAGE, PAGE.replace("hours", "days")):
        project.page("fever.txt", text)
        assert project.build().exit_code == 0
    return project


def publications(data: tuple[int, list[tuple[str, int, int, str, int]]], place: Path) -> None:
    """A published file that was changed is told, whatever the change; and its format says so in words or not."""
    project = published(place)
    folder = project.output / "fever"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != manifest.NAME)
    path = files[data[0] % len(files)]
    whole = path.read_bytes()
    kept, times = path.with_name(path.name + ".kept"), path.stat()
    path.rename(kept)  # the history has the same file under another name
    try:
        path.write_bytes(_spoil(whole, data[1]))
        if path.read_bytes() != whole:
            assert verify(project.output).troubles, path
        for name in manifest.load(folder).formats:
            with contextlib.suppress(VoicegenError):
                list(troubles(extensions.format_(name), folder))
    finally:
        kept.replace(path)
    assert path.stat().st_mtime_ns == times.st_mtime_ns


def notes(data: tuple[int, list[tuple[str, int, int, str, int]]], place: Path) -> None:
    """Ledger, history, holds, manifests and the log are read, or passed over, or refused in words."""
    project = published(place)
    folder = place / "notes"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project.place, folder, ignore=shutil.ignore_patterns("store", "*.mp3", "*.wav", "*.m4b"))
    (folder / "history/held.json").write_text(json.dumps({"fever": {
        "number": 1, "id": "0" * 64, "texts": ["0" * 64], "since": "2026-01-01T00:00:00+00:00"}}))  # fmt: skip
    loaded = config.load(folder, extensions.engines(), extensions.formats())
    approvals.add(loaded, approvals.Entry("approved", "fever", "Dr. Reyes"))
    approvals.add(loaded, approvals.Entry("rejected", "fever", "Dr. Reyes", "no"))
    files = [
        folder / ".voicegen/ledger.json",
        folder / ".voicegen/unchanged.note",
        folder / "history/held.json",
        folder / "history/fever/versions/1.json",
        folder / "output/manifest.json",
        folder / "output/fever/manifest.json",
        approvals.place(loaded),
    ]
    path = files[data[0] % len(files)]
    path.write_bytes(_spoil(path.read_bytes(), data[1]))
    for read in _readings(folder, loaded):
        with contextlib.suppress(VoicegenError):
            read()


def _readings(folder: Path, loaded: config.Settings) -> Iterator[Callable[[], object]]:
    yield lambda: ledger.load(folder / ".voicegen/ledger.json")
    yield lambda: unchanged.found(folder)
    yield lambda: history.load(loaded).versions("fever")
    yield lambda: manifest.load(folder / "output")
    yield lambda: manifest.load(folder / "output/fever")
    yield lambda: approvals.load(loaded)


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed, with what, and the check."""

    inputs: st.SearchStrategy[Any]
    check: Callable[[Any, Path], None]


CHANGES = st.tuples(
    st.integers(0, 1 << 16),
    st.lists(
        st.tuples(
            st.sampled_from(["drop", "double", "move", "token", "byte"]),
            st.integers(0, 1 << 16),
            st.integers(1, 60),
            st.sampled_from(TOKENS),
            st.integers(0, 255),
        ),
        min_size=1,
        max_size=4,
    ),
)
TARGETS = {
    "pages": Target(
        st.one_of(
            st.tuples(spoilt([HTML.encode(), HTML.encode("utf-16")]), st.just("page.html")),
            st.tuples(spoilt([MARKDOWN.encode()]), st.just("page.md")),
            st.tuples(spoilt([PAGE.encode()]), st.just("page.txt")),
        ),
        pages,
    ),
    "sentences": Target(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), sentences),
    "pronunciations": Target(spoilt([TOML.encode(), PLS.encode()]), pronunciations),
    "settings": Target(spoilt([SETTINGS.encode()]), settings),
    "documents": Target(spoilt([saved(document())]), documents),
    "store": Target(spoilt([b"sound " * 40]), store),
    "publications": Target(CHANGES, publications),
    "notes": Target(CHANGES, notes),
}
