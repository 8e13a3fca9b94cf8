from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voicegen.model.blob import blob
from voicegen.model.clip import Clip
from voicegen.model.script import Chapter, Line, Script
from voicegen.steps.arranging import QUANTUM, arrange, sound, to_samples
from voicegen.steps.blobs import gathered
from voicegen.steps.timecode import to_ms, webvtt

RATE = 22_050
lengths = st.lists(
    st.lists(st.tuples(st.integers(1, 20_000), st.integers(0, 3_000)), max_size=5), min_size=1, max_size=6
)


def made(parts: list[list[tuple[int, int]]]) -> tuple[Script, dict[str, Clip]]:
    chapters: list[Chapter] = []
    clips: dict[str, Clip] = {}
    for at, lines in enumerate(parts):
        written = []
        for n, (samples, rest) in enumerate(lines):
            name = f"l{at}-{n}"
            clips[name] = Clip(name, RATE, blob((len(clips) + 1).to_bytes(2, "little") * samples))
            written.append(Line(name, "paragraph", "x", "x", "en", rest))
        chapters.append(Chapter(f"c{at}", "c", 2, 300, tuple(written)))
    return Script("en", tuple(chapters)), clips


@given(st.lists(st.binary(max_size=40)), st.integers(1, 60))
def test_gathered_pieces_are_the_same_bytes_and_none_but_the_last_is_short(parts: list[bytes], least: int) -> None:
    pieces = [*gathered(iter(parts), least)]
    assert b"".join(pieces) == b"".join(parts)
    assert all(len(piece) >= least for piece in pieces[:-1])
    assert all(pieces)


@given(lengths)
def test_cues_follow_each_other_inside_their_chapters_and_chapters_leave_no_gap(
    parts: list[list[tuple[int, int]]],
) -> None:
    script, clips = made(parts)
    timeline = arrange(script, clips, RATE)
    at = 0
    for mark, chapter in zip(timeline.marks, script.chapters, strict=True):
        assert mark.start == at
        assert (mark.end - mark.start) % QUANTUM == 0
        inside = mark.start
        for cue, line in zip(mark.cues, chapter.lines, strict=True):
            assert cue.start >= inside
            assert cue.end - cue.start == clips[line.id].samples
            inside = cue.end + to_samples(line.rest_ms, RATE)
        assert inside <= mark.end
        if mark.cues:
            assert mark.cues[0].start - mark.start == to_samples(300, RATE)
            assert mark.end - mark.cues[-1].end >= 1_105
        at = mark.end
    assert timeline.samples == at


@given(lengths)
def test_the_sound_of_a_chapter_is_as_long_as_its_mark_and_holds_each_clip_at_its_cue(
    parts: list[list[tuple[int, int]]],
) -> None:
    script, clips = made([[(samples % 500 + 1, rest % 100) for samples, rest in lines] for lines in parts])
    timeline = arrange(script, clips, RATE)
    for mark, chapter in zip(timeline.marks, script.chapters, strict=True):
        data = b"".join(sound(chapter, mark, clips))
        assert len(data) == 2 * (mark.end - mark.start)
        silent = bytearray(data)
        for cue in mark.cues:
            start, end = 2 * (cue.start - mark.start), 2 * (cue.end - mark.start)
            assert data[start:end] == clips[cue.line].sound.data
            silent[start:end] = bytes(end - start)
        assert not any(silent)


def test_a_longer_chapter_changes_no_other_chapters_sound() -> None:
    one, clips = made([[(900, 0)], [(5_000, 100)]])
    two, more = made([[(90_000, 0)], [(5_000, 100)]])
    first, second = arrange(one, clips, RATE).marks[1], arrange(two, more, RATE).marks[1]
    assert first.start != second.start
    assert [cue.start - first.start for cue in first.cues] == [cue.start - second.start for cue in second.cues]


@given(st.integers(0, 10**10))
def test_a_timestamp_is_rounded_down_to_the_millisecond(samples: int) -> None:
    hours, minutes, rest = webvtt(samples, RATE).split(":")
    seconds, ms = rest.split(".")
    assert to_ms(samples, RATE) == ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(ms)
    assert 0 <= samples / RATE * 1000 - to_ms(samples, RATE) < 1
