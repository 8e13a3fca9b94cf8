"""Wrong marks are caught: each test breaks a right recording in one way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from voicegen.engines import espeak
from voicegen.errors import PublicationError
from voicegen.model.clip import Clip
from voicegen.model.script import Chapter, Line, Script
from voicegen.model.timeline import Timeline
from voicegen.sound import id3, mp3
from voicegen.steps import encoding
from voicegen.steps.arranging import arrange
from voicegen.steps.blobs import read
from voicegen.steps.checking import check_marks
from voicegen.steps.speaking import Speaker
from voicegen.steps.timecode import to_ms
from voicegen.stores.memory import Memory

TEXTS = (
    ("Symptoms", "Pain in the back is common."),
    ("Treatment", "Rest helps."),
    ("When to call", "Call at once."),
)
RATE = espeak.RATE_HZ


class Recording:
    """Three chapters, spoken, encoded and arranged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Memory()
        chapters = []
        speaker = Speaker(espeak.engine({}), self.store, 1)
        self.clips: dict[str, Clip] = {}
        for number, (heading, words) in enumerate(TEXTS):
            lines = (
                Line(f"h{number}", "heading", heading, heading, "en", 700),
                Line(f"p{number}", "paragraph", words, words, "en", 800),
            )
            chapters.append(Chapter(f"c{number}", heading, 2, 300, lines))
            self.clips |= {line.id: speaker.clip(line)[0] for line in lines}
        speaker.close()
        self.script = Script("en", tuple(chapters))
        self.timeline = arrange(self.script, self.clips, RATE)
        encoder = encoding.encoder("mp3", RATE, 64)
        self.encoded = [
            encoding.encode(encoder, chapter, mark, self.clips, RATE, self.store)[1]
            for chapter, mark in zip(self.script.chapters, self.timeline.marks, strict=True)
        ]

    def write(self, timeline: Timeline, order: tuple[int, ...] = (0, 1, 2)) -> None:
        tags = [id3.ChapterTag(to_ms(m.start, RATE), to_ms(m.end, RATE), m.title) for m in timeline.marks]
        parts = [read(self.encoded[at].body) for at in order] + [read(self.encoded[order[-1]].tail)]
        body = b"".join(parts)
        samples = self.timeline.samples
        info = mp3.info_frame(samples // mp3.FRAME + 2, len(body), samples, RATE, 64)
        self.path.write_bytes(id3.tag([], tags, "All") + info + body)

    def check(self, timeline: Timeline) -> None:
        check_marks(self.path, timeline, self.clips)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return Recording(tmp_path_factory.mktemp("recording") / "whole.mp3")


def moved(timeline: Timeline, ms: int) -> Timeline:
    """The timeline with its second chapter and all of its lines later by so much."""
    first, second, third = timeline.marks
    by = ms * RATE // 1000
    cues = tuple(replace(cue, start=cue.start + by, end=cue.end + by) for cue in second.cues)
    second = replace(second, start=second.start + by, cues=cues)
    return replace(timeline, marks=(replace(first, end=second.start), second, third))


def test_a_right_recording_passes(recording: Recording) -> None:
    recording.write(recording.timeline)
    recording.check(recording.timeline)


@pytest.mark.parametrize("ms", [-30, -15, 15, 30, 200])
def test_a_mark_that_is_off_is_caught(recording: Recording, ms: int) -> None:
    wrong = moved(recording.timeline, ms)
    recording.write(wrong)
    with pytest.raises(PublicationError, match=r"not heard where its mark is|not in silence"):
        recording.check(wrong)


def test_a_few_milliseconds_are_no_fault(recording: Recording) -> None:
    near = moved(recording.timeline, 5)
    recording.write(near)
    recording.check(near)


def test_chapters_in_another_order_are_caught(recording: Recording) -> None:
    recording.write(recording.timeline, order=(0, 2, 1))
    with pytest.raises(PublicationError, match="Treatment"):
        recording.check(recording.timeline)


def test_a_tag_that_tells_other_times_is_caught(recording: Recording) -> None:
    recording.write(moved(recording.timeline, 40))
    with pytest.raises(PublicationError, match="its tag holds chapters"):
        recording.check(recording.timeline)


def test_a_mark_inside_speech_is_caught(recording: Recording) -> None:
    first, second, third = recording.timeline.marks
    early = replace(second, start=first.cues[-1].start)
    wrong = replace(recording.timeline, marks=(replace(first, end=early.start), early, third))
    recording.write(wrong)
    with pytest.raises(PublicationError):
        recording.check(wrong)


def test_a_file_that_was_cut_or_spoilt_is_caught(recording: Recording) -> None:
    recording.write(recording.timeline)
    whole = recording.path.read_bytes()
    for data in (whole[:-100], whole[: len(whole) // 2], whole[:60_000] + b"\0" * 5_000 + whole[65_000:]):
        recording.path.write_bytes(data)
        with pytest.raises(PublicationError):
            recording.check(recording.timeline)
