"""Every page of content/, as published: do marks, captions and files agree with what is heard when decoded?"""

from __future__ import annotations

import array
import json
import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from tests.conftest import ROOT
from voicegen.build import build
from voicegen.config import load
from voicegen.engines import espeak
from voicegen.extensions import engines, formats
from voicegen.steps.speaking import choose_voice
from voicegen.steps.workers import Talker

PAGES = sorted(path.name for path in (ROOT / "content").iterdir() if path.suffix in {".html", ".md", ".txt"})
MOST_MS_OFF = 10
HEARD = 0.02
"""Of full scale: louder than this is speech, not what encoding leaves in silence."""


@pytest.fixture(scope="session", params=PAGES)
def page(request: pytest.FixtureRequest, published: Path) -> Path:
    from voicegen.pages import name

    return published / name(request.param)


def timeline(page: Path) -> Any:
    return json.loads((page / "timeline.json").read_text("utf-8"))


def decoded(path: Path) -> array.array[float]:
    sound: array.array[float] = array.array("f")
    with av.open(str(path)) as file:
        for frame in file.decode(audio=0):
            sound.frombytes(bytes(frame.planes[0])[: 4 * frame.samples])
    return sound


def onset(sound: array.array[float], start: int = 0) -> int:
    return next(at for at in range(start, len(sound)) if abs(sound[at]) > HEARD)


def test_there_are_pages_of_every_kind() -> None:
    assert len(PAGES) >= 6
    assert {Path(name).suffix for name in PAGES} == {".html", ".md", ".txt"}


@pytest.mark.fault("F39", "every marker is in silence just before its heading, in the decoded sound")
def test_every_mark_is_in_silence_just_before_its_heading(page: Path) -> None:
    facts = timeline(page)
    sound, rate = decoded(page / f"{page.name}.mp3"), facts["rate_hz"]
    with av.open(str(page / f"{page.name}.mp3")) as file:
        marks = file.chapters()
    assert [(mark["start"], mark["metadata"]["title"]) for mark in marks] == [
        (chapter["start"] * 1000 // rate, chapter["title"]) for chapter in facts["chapters"]
    ]
    engine = espeak.engine({})
    talkers: dict[str, Talker] = {}
    for mark, chapter in zip(marks, facts["chapters"], strict=True):
        first = chapter["lines"][0]
        voice = choose_voice(engine.voices(), first["lang"], {})
        assert voice is not None
        if voice.id not in talkers:
            talkers[voice.id] = Talker(engine.worker(voice))
        spoken = array.array("h", talkers[voice.id].ask(first["spoken"]))
        # a heading with a word from the lists of pronunciations is said here without them, so it begins otherwise
        alike = len(spoken) == first["end"] - first["start"]
        assert alike or "aracetamol" in first["spoken"]
        expected = first["start"] + onset(array.array("f", (sample / 32768 for sample in spoken)))
        heard = onset(sound, mark["start"] * rate // 1000)
        assert abs(heard - expected) * 1000 / rate <= (MOST_MS_OFF if alike else 25), chapter["title"]
        assert 100 <= (heard - chapter["start"]) * 1000 / rate <= 600, chapter["title"]
    for talker in talkers.values():
        talker.end()
    assert abs(len(sound) - facts["samples"]) <= 1_152


def test_every_chapters_own_file_is_that_part_of_the_whole(page: Path) -> None:
    facts = timeline(page)
    whole = decoded(page / f"{page.name}.mp3")
    files = sorted((page / "chapters").iterdir())
    assert [file.stem.split("-", 1)[1] for file in files] == [chapter["id"] for chapter in facts["chapters"]]
    for file, chapter in zip(files, facts["chapters"], strict=True):
        part = decoded(file)
        length = chapter["end"] - chapter["start"]
        assert abs(len(part) - length) <= 1_152
        inside = whole[chapter["start"] : chapter["end"]]
        apart = max(
            abs(one - other) for one, other in zip(part[1_000:-1_000:7], inside[1_000:-1_000:7], strict=False)
        )
        assert apart < 0.01, f"{file.name} differs from its part of the whole"


def test_lines_are_where_there_is_speech_and_rests_are_silent(page: Path) -> None:
    facts = timeline(page)
    sound = decoded(page / f"{page.name}.mp3")
    lines = [line for chapter in facts["chapters"] for line in chapter["lines"]]
    margin = facts["rate_hz"] * 30 // 1000
    for line in lines:
        assert max(map(abs, sound[line["start"] : line["end"]])) > HEARD, line["spoken"]
    for line, following in pairwise(lines):
        rest = sound[line["end"] + margin : following["start"] - margin]
        assert not rest or max(map(abs, rest)) < HEARD, line["spoken"]


def cues(path: Path) -> Iterator[tuple[str, float, float, str]]:
    blocks = path.read_text("utf-8").strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    for block in blocks[1:]:
        if block.startswith("NOTE"):  # who speaks
            continue
        name, times, words = block.split("\n")
        start, end = (
            sum(float(part) * 60**power for power, part in enumerate(reversed(time.split(":"))))
            for time in times.split(" --> ")
        )
        yield name, start, end, words


def test_captions_and_chapter_tracks_agree_with_the_timeline(page: Path) -> None:
    facts = timeline(page)
    rate = facts["rate_hz"]
    lines = [line for chapter in facts["chapters"] for line in chapter["lines"]]
    for found, planned in ((cues(page / "captions.vtt"), lines), (cues(page / "chapters.vtt"), facts["chapters"])):
        for (name, start, end, _), line in zip(found, planned, strict=True):
            assert name == line["id"]
            assert abs(start - line["start"] / rate) < 0.0011
            assert abs(end - line["end"] / rate) < 0.0011
            assert start < end


def loudness(sound: array.array[float], rate: int) -> list[float]:
    """Sums of magnitudes in steps of 5 milliseconds."""
    return [
        sum(map(abs, sound[at * rate // 200 : (at + 1) * rate // 200])) for at in range(len(sound) * 200 // rate)
    ]


def lag(one: list[float], other: list[float]) -> int:
    """By how many steps the second curve is later than the first, where they fit best."""
    reach = 20
    middle = one[reach : len(one) - reach - 2]

    def fit(by: int) -> float:
        there = other[reach + by : reach + by + len(middle)]
        power = math.sqrt(sum(y * y for y in there))
        return sum(x * y for x, y in zip(middle, there, strict=True)) / power

    return max(range(-reach, reach + 1), key=fit)


def test_every_line_of_the_page_is_an_element_of_the_transcript(page: Path) -> None:
    facts = timeline(page)
    html = (page / "index.html").read_text("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for chapter in facts["chapters"]:
        assert chapter["id"] in ids
        for line in chapter["lines"]:
            assert (line["id"] in ids) == bool(line["shown"]), line


def test_a_second_build_of_all_pages_has_nothing_to_do(published: Path) -> None:
    result = build(load(published.parent, engines(), formats()))
    assert {report.outcome for report in result.pages} == {"unchanged"}
    assert (result.written, result.spoken) == ((), 0)
