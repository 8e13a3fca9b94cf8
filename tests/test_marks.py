"""Marks are where they are heard, within 10 ms, in every recording of a page and every chapter inside a package.

The build compares them with what was spoken; `voicegen verify` compares the recordings with each other; here they
are decoded by FFmpeg as a player does it, with the delays that the files themselves tell it.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import ROOT, Project
from tests.formats.sounds import spoken
from tests.formats.test_recordings_agree import Sound, heard, loudness, off_ms
from voicegen import extensions, making, verifying
from voicegen.contracts import PublishedFile
from voicegen.formats._agreement import Agreement
from voicegen.formats._verified import PublishedTimeline, timeline_of
from voicegen.model.blob import blob
from voicegen.model.edition import Codec, Edition, EncodedChapter
from voicegen.sound import mp3
from voicegen.sound.sizes import WIDTH, entries
from voicegen.steps.blobs import read
from voicegen.steps.checking import MOST_MS_OFF
from voicegen.verifying import verify

CODECS = {**dict.fromkeys(("mp3", "epub", "daisy202", "daisy3", "audiobook"), "mp3"), "m4b": "aac", "opus": "opus"}
"""The formats that hold sound with marks, and the codec of each."""
PACKAGES = (".epub", "-daisy202.zip", "-daisy3.zip", ".audiobook")
PAGES = sorted(path.stem for path in (ROOT / "content").iterdir() if path.suffix != ".toml")
RATE = 8_000
START = 24_000
"""Bytes of a chapter's recording that are decoded: three seconds."""
SHORTER = "Colds\n\nRest well\nSleep long and drink water.\n\nCall us\nWhen it lasts too long.\n"


@pytest.mark.parametrize(
    "page", sorted(path.stem for path in (ROOT / "content").glob("*.*") if path.suffix != ".toml")
)
def test_marks_of_our_own_pages_are_heard_in_one_place_in_every_container(published: Path, page: str) -> None:
    folder = published / page
    timeline = timeline_of(folder)
    first = loud((folder / f"{page}.mp3").read_bytes())
    for name in ("m4b", "opus"):
        assert_alike(name, first, loud((folder / f"{page}.{name}").read_bytes()), timeline, 0)
    known: set[bytes] = set()
    for ending in PACKAGES:
        for number, data in enumerate(chapters(folder / f"{page}{ending}")):
            if (digest := hashlib.sha256(data).digest()) not in known:  # the same bytes are decoded alike
                known.add(digest)
                assert_alike(ending, first, loud(data[:START]), timeline, number)
    assert len(known) == len(timeline.marks)


def chapters(package: Path) -> Iterator[bytes]:
    """The recordings in a package, in the order of their names, which is that of the chapters."""
    with zipfile.ZipFile(package) as file:
        for name in sorted(name for name in file.namelist() if name.endswith(".mp3")):
            yield file.read(name)


def loud(data: bytes) -> Sound:
    return loudness(np.concatenate([heard(data, RATE), np.zeros(RATE)]), RATE)


def assert_alike(name: str, first: Sound, found: Sound, timeline: PublishedTimeline, chapter: int) -> None:
    """`found` is a whole recording, or that of the chapter of that number."""
    rate, marks = timeline.rate_hz, timeline.marks
    whole = name in {"m4b", "opus"}
    start = 0 if whole else marks[chapter].start
    for mark in marks if whole else (marks[chapter],):
        moved = first[start * 4000 // rate :]
        off = off_ms(moved, found, (mark.lines[0].start - start) / rate)
        assert abs(off) <= MOST_MS_OFF, f"{name}, {mark.title}: {off} ms"


def test_all_publications_of_our_own_pages_pass_their_checks(published: Path) -> None:
    found = verify(published)
    assert found.troubles == ()
    assert found.pages == len(PAGES)


def late(codec: Codec) -> Codec:
    """Every chapter a frame late: its first frame, of silence, twice, and its last one left out."""

    def moved(chapter: EncodedChapter) -> EncodedChapter:
        data = read(chapter.body)
        lengths = list(entries(read(chapter.sizes))) if chapter.sizes.size else list(frames(data))
        lengths = [lengths[0], *lengths[:-1]]
        sizes = b"".join(length.to_bytes(WIDTH, "big") for length in lengths) if chapter.sizes.size else b""
        return replace(chapter, body=blob(data[: lengths[0]] + data[: sum(lengths[1:])]), sizes=blob(sizes))

    return replace(codec, chapters=tuple(map(moved, codec.chapters)))


def frames(data: bytes) -> Iterator[int]:
    at = 0
    while head := mp3.header(data, at):
        yield head.length
        at += head.length


def swapped(codec: Codec) -> Codec:
    """The last two chapters, which are of one length, in each other's place."""
    *first, one, two = codec.chapters
    return replace(codec, chapters=(*first, two, one))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    names = f'["timeline", {", ".join(map(repr, CODECS))}]'.replace("'", '"')
    made = Project(tmp_path / "project", f'[voice]\nengine = "tone"\n[publications]\nformats = {names}\n')
    made.page("colds.txt", SHORTER)
    return made


@pytest.mark.parametrize("change", [late, swapped])
@pytest.mark.parametrize("name", CODECS)
def test_a_publication_whose_sound_is_out_of_place_is_refused_and_would_be_found_afterwards(
    project: Project, name: str, change: Callable[[Codec], Codec], monkeypatch: pytest.MonkeyPatch
) -> None:
    format_ = extensions.format_(name)
    render = format_.render

    def wrong(edition: Edition) -> Iterator[PublishedFile]:
        codecs = {**edition.codecs, CODECS[name]: change(edition.codecs[CODECS[name]])}
        return render(replace(edition, codecs=codecs))

    monkeypatch.setattr(format_, "render", wrong)
    (refused,) = project.build().pages
    assert refused.outcome == "failed"
    assert not (project.output / "colds").exists()
    monkeypatch.setattr(making, "check_marks", lambda *_: None)
    monkeypatch.setattr(making, "check_chapters", lambda *_: None)
    monkeypatch.setattr(verifying, "troubles", lambda *_: ())
    assert project.build().exit_code == 0
    monkeypatch.undo()
    found = {trouble.where for trouble in verify(project.output).troubles}
    assert found & {f"colds, {one}" for one in ([name] if name != "mp3" else CODECS)}


@pytest.mark.parametrize("ms", [-30, -14, -5, 5, 14, 30])
def test_recordings_that_differ_by_more_than_ten_milliseconds_are_found_without_what_was_spoken(
    ms: int, tmp_path: Path
) -> None:
    titles = ("Gallstones", "What they are", "Symptoms")
    right = spoken(titles, 16_000, codecs=("mp3", "opus"))
    wrong = spoken(titles, 16_000, codecs=("opus",), lead_ms=300 + ms)
    right.write(tmp_path, ("timeline", "mp3"))
    edition = replace(right.edition, codecs={**right.edition.codecs, **wrong.edition.codecs})
    replace(right, edition=edition).write(tmp_path, ("opus",))
    agreement = Agreement(tmp_path)
    assert list(agreement.troubles("mp3", extensions.format_("mp3"))) == []
    assert bool(list(agreement.troubles("opus", extensions.format_("opus")))) == (abs(ms) > MOST_MS_OFF)
