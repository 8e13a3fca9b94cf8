"""How much work a build does, in counts: seconds are for the benchmarks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PAGE, ROOT, Project
from voicegen import extensions, fingerprints, making, publishing, unchanged
from voicegen.engines.tone import Tone
from voicegen.formats import _verified
from voicegen.recordings import mp3
from voicegen.sound import aac, opus, phone
from voicegen.sound import mp3 as mp3_sound
from voicegen.steps import checking, encoding, workers
from voicegen.stores import _entries

NAMES = ("a.txt", "b.txt", "c.txt")
TITLES = ("Gallstones", "Kidney stones", "Bladder stones")


class Counted:
    """Counts the calls of a function that goes on as before."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, place: object, name: str) -> None:
        self.calls: list[tuple[Any, ...]] = []
        known = getattr(place, name)

        def counted(*given: Any, **named: Any) -> Any:
            self.calls.append(given)
            return known(*given, **named)

        monkeypatch.setattr(place, name, counted)


def pages(project: Project) -> None:
    for name, title in zip(NAMES, TITLES, strict=True):
        project.page(name, PAGE.replace("Gallstones", title))


def test_a_changed_sentence_is_one_page_read_one_line_spoken_and_one_chapter_encoded_for_each_codec(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["all"]\n')
    pages(project)
    project.build()
    before = project.tree()
    path = project.place / "content" / "b.txt"
    path.write_text(path.read_text().replace("It can last for hours.", "It can last for many hours."))
    read = Counted(monkeypatch, making, "wording")
    spoken = Counted(monkeypatch, workers.Talker, "ask")
    started = Counted(monkeypatch, subprocess, "Popen")
    kept = Counted(monkeypatch, type(extensions.store("folder", project.place)), "put_if_absent")
    result = project.build()
    assert [page.outcome for page in result.pages] == ["unchanged", "made", "unchanged"]
    assert len(read.calls) == len(spoken.calls) == 1
    assert sum("_tone_worker.py" in str(given) for given in started.calls) == 1
    assert len(kept.calls) == 5, "the line, and its chapter as MP3, AAC and Opus and for the telephone"
    after = project.tree()
    assert {name.partition("/")[0] for name in result.written if "/" in name} == {"b"}
    assert set(result.written) == {name for name in after if after[name] != before.get(name)}


def test_a_cold_build_speaks_each_line_once_encodes_each_chapter_once_and_writes_each_file_once(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = '["html", "mp3", "webvtt", "timeline", "m4b", "opus"]'
    project = make_project(settings=f'[voice]\nengine = "tone"\n[publications]\nformats = {formats}\n')
    pages(project)
    _verified._last.clear()
    parsed = Counted(monkeypatch, _verified, "_parsed")
    read = Counted(monkeypatch, making, "wording")
    spoken = Counted(monkeypatch, workers.Talker, "ask")
    started = Counted(monkeypatch, subprocess, "Popen")
    encoded = [Counted(monkeypatch, codec, "encode") for codec in (mp3_sound, aac, opus)]
    written = Counted(monkeypatch, publishing, "_write")
    result = project.build(jobs=1)
    timelines = [json.loads(path.read_bytes()) for path in project.output.glob("*/timeline.json")]
    lines = {
        (line["lang"], line["spoken"]) for one in timelines for mark in one["chapters"] for line in mark["lines"]
    }
    assert len(read.calls) == len(NAMES)
    assert sorted(given[1] for given in spoken.calls) == sorted(text for _, text in lines)
    chapters = {
        json.dumps([line["spoken"] for line in mark["lines"]]) for one in timelines for mark in one["chapters"]
    }
    assert [len(codec.calls) for codec in encoded] == [len(chapters)] * 3
    assert len(started.calls) == 1, "the engine's process, and no other"
    files = [path for path in project.output.rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert len(written.calls) == len(files) == len(result.written)
    assert len(parsed.calls) == len(NAMES)


def test_an_encoder_gets_much_sound_at_once(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["mp3", "timeline"]\n')
    project.page("a.txt", PAGE.replace("Do not eat fatty food.", "Do not eat fatty food at all. " * 40))
    pieces: list[list[int]] = []

    def encode(parts: Iterable[bytes], *rest: int) -> Iterator[bytes]:
        given = [*parts]
        pieces.append([len(part) for part in given])
        yield from encoded(given, *rest)

    encoded = mp3_sound.encode
    monkeypatch.setattr(mp3_sound, "encode", encode)
    project.build()
    assert max(map(len, pieces)) > 1
    assert all(size >= encoding.AT_ONCE for sizes in pieces for size in sizes[:-1])


def test_what_no_page_asks_for_is_not_loaded_and_no_file_of_words_is_read_twice(project: Project) -> None:
    project.page("a.html", "<main><h1>Gallstones</h1><p>They are small.</p></main>")
    watched = (
        "import atexit, sys; from voicegen import keeping;"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        "known, read = keeping.toml, []; atexit.register(lambda: print('twice' * (len(read) > len({*read})), "
        "f'files-{len(read)}', file=sys.stderr));"
        "keeping.toml = lambda file: (read.append(file), known(file))[1];"
        "from voicegen.cli import main; main(['-C', sys.argv[1], 'build'])"
    )
    command = [sys.executable, "-c", watched, str(project.place)]
    loaded = set(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stderr.split())
    assert "bs4" in loaded
    assert not {"twice", *(f"files-{few}" for few in range(4))} & loaded
    assert not {"soupsieve.css_parser", "charset_normalizer.api", "importlib.metadata", "pydub"} & loaded


def test_what_is_in_the_store_is_joined_without_an_encoder(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project()
    pages(project)
    project.build()
    before = project.tree()
    (project.place / ".voicegen" / "ledger.json").unlink()
    for codec in (mp3_sound, aac):
        monkeypatch.setattr(codec, "encode", None)
    monkeypatch.setattr(phone, "encode", None)
    assert project.build().spoken == 0
    assert project.tree() == before


def test_the_frames_of_a_chapter_are_gone_through_once_however_many_publications_hold_it(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = '["mp3", "timeline", "epub", "daisy202", "daisy3", "audiobook"]'
    project = make_project(settings=f'[voice]\nengine = "tone"\n[publications]\nformats = {formats}\n')
    project.page("a.txt")
    mp3._known.clear()
    gone = Counted(monkeypatch, mp3, "frame_places")
    (page,) = project.build().pages
    assert len(gone.calls) == page.chapters + 1, "each chapter, and the whole recording"


def test_sound_that_is_decoded_alike_from_two_recordings_is_compared_with_what_was_spoken_once(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = '["html", "mp3", "webvtt", "timeline"]'
    project = make_project(settings=f'[voice]\nengine = "tone"\n[publications]\nformats = {formats}\n')
    project.page("a.txt")
    checking._right.clear()
    decoded = Counted(monkeypatch, mp3.Mp3, "decode")
    compared = Counted(monkeypatch, checking, "compare")
    (page,) = project.build().pages
    assert len(decoded.calls) >= 2 * page.chapters, "in the recording, and in the chapter's own"
    assert len(compared.calls) == page.chapters


def test_what_stays_in_the_store_is_not_looked_at_by_a_build_that_clears_up(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["timeline"]\n')
    pages(project)
    project.build()
    store = _entries.Entries(project.place / ".voicegen" / "store")
    held = [one.name for one in store.held()]
    told = Counted(monkeypatch, _entries, "_held")
    assert store.prune(held[1:]) > 0
    assert {given[0] for given in told.calls} == {held[0]}
    assert [one.name for one in store.held()] == held[1:]


def test_voicegens_own_files_are_read_once_while_they_stay(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Counted(monkeypatch, Path, "read_bytes")
    fingerprints.program.cache_clear()
    first = fingerprints.program(project.place / ".voicegen")
    assert len(read.calls) > 100
    read.calls.clear()
    fingerprints.program.cache_clear()
    assert fingerprints.program(project.place / ".voicegen") == first
    assert not read.calls


def test_a_build_looks_at_the_files_of_voicegen_no_oftener_than_it_must(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["timeline"]\n')
    pages(project)
    (project.place / "recordings").mkdir()
    fingerprints.program.cache_clear()
    fingerprints._own_files.cache_clear()
    seen = [Counted(monkeypatch, place, "tree") for place in (unchanged, fingerprints)]
    project.build()
    looked = [os.fspath(path) for counted in seen for (path,) in counted.calls]
    assert looked.count(str(fingerprints.HERE)) == 2, (
        "as a build with nothing to do would, and for the fingerprints"
    )
    own = [path for path in looked if path.startswith(str(project.place))]
    assert own == [str(project.place / "recordings")] * 2, "what staff may change meanwhile: before and after"


def test_the_engines_fingerprint_is_asked_for_once_while_its_files_stay(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.write_text("one")
    monkeypatch.setattr(Tone, "files", lambda engine: (data,))
    asked = Counted(monkeypatch, Tone, "fingerprint")
    cache = project.place / ".voicegen"
    for _ in range(3):
        assert fingerprints.fingerprint(Tone(), {"rate": 1}, cache) == "tone 1"
    assert len(asked.calls) == 1
    data.write_text("other")
    fingerprints.fingerprint(Tone(), {"rate": 1}, cache)
    assert len(asked.calls) == 2
    fingerprints.fingerprint(Tone(), {"rate": 2}, cache)
    assert len(asked.calls) == 3


def test_edits_in_any_order_and_any_number_of_jobs_end_in_what_a_clean_build_makes(
    make_project: Callable[..., Project],
) -> None:
    settings = '[voice]\nengine = "tone"\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'
    edits = (("a.txt", "hours", "days"), ("b.txt", "Treatment", "What helps"), ("c.txt", "stones", "gravel"))
    clean = make_project("clean", settings=settings)
    pages(clean)
    for name, old, new in edits:
        path = clean.place / "content" / name
        path.write_text(path.read_text().replace(old, new))
    clean.build(jobs=1)
    for number, order in enumerate(permutations(edits)):
        if number % 2:
            continue  # three of the six ways
        project = make_project(f"order {number}", settings=settings)
        pages(project)
        project.build(jobs=1 + number)
        for at, (name, old, new) in enumerate(order):
            path = project.place / "content" / name
            path.write_text(path.read_text().replace(old, new))
            project.build(jobs=1 + (number + at) % 4)
        assert project.tree() == clean.tree()
