"""MP3, M4B and Opus sound alike: after decoding by a stranger's means, every chapter begins in one place."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.conftest import Project
from tests.formats.sounds import ENDINGS, Spoken, spoken
from voicegen.engines import espeak
from voicegen.errors import PublicationError
from voicegen.formats._verified import timeline_of
from voicegen.model.script import Line
from voicegen.sound import aac, opus
from voicegen.steps.checking import MOST_MS_OFF, check_marks
from voicegen.steps.speaking import Speaker
from voicegen.stores.memory import Memory

TITLES = ("Gallstones", "What they are", "Symptoms", "Treatment", "When to call", "Your next visit")
STEPS = 4
"""Places in each millisecond that are compared."""
Sound = np.ndarray[Any, Any]
RATES = (8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000)


def heard(data: bytes, rate_hz: int) -> Sound:
    """The whole recording as a player of FFmpeg hears it, at `rate_hz`, from -1 to 1."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
    parts = []
    file: Any
    with av.open(io.BytesIO(data)) as file:
        for frame in file.decode(audio=0):
            frame.pts = None
            parts += [made.to_ndarray().reshape(-1) for made in resampler.resample(frame)]
    parts += [made.to_ndarray().reshape(-1) for made in resampler.resample(None)]
    return np.concatenate(parts)


def loudness(sound: Sound, rate_hz: int) -> Sound:
    """How loud the sound is, smoothed over 4 ms, STEPS times a millisecond."""
    places = np.arange(len(sound) * 1000 * STEPS // rate_hz) * rate_hz // (1000 * STEPS)
    total = np.concatenate([[0.0], np.cumsum(abs(sound))])
    smoothed: Sound = total[np.minimum(places + rate_hz // 250, len(sound))] - total[places]
    return smoothed


def off_ms(source: Sound, found: Sound, at: float) -> float:
    """How much later than `at` (in seconds) of the source its loudness is found, where both fit best."""
    middle, reach = round(at * 1000 * STEPS), 25 * STEPS
    start = max(0, middle - 100 * STEPS)
    piece = source[start : middle + 400 * STEPS]
    piece = piece - piece.mean()
    lags = range(max(-reach, -start), reach + 1)
    fits = [float(np.dot(piece, found[start + lag : start + lag + len(piece)])) for lag in lags]
    return lags[int(np.argmax(fits))] / STEPS


def differences(made: Spoken, data: bytes) -> list[float]:
    rate = made.edition.timeline.rate_hz
    source = loudness(np.array(made.samples, dtype=np.float64) / 32768, rate)
    found = loudness(np.concatenate([heard(data, rate), np.zeros(rate)]), rate)
    return [off_ms(source, found, mark.cues[0].start / rate) for mark in made.edition.timeline.marks]


@pytest.mark.parametrize("lead_ms", [0, 300])
@pytest.mark.parametrize("rate_hz", RATES)
def test_every_chapter_begins_where_it_was_planned(rate_hz: int, lead_ms: int, tmp_path: Path) -> None:
    codecs = [name for name in ENDINGS if name != "mp3" or rate_hz <= 24_000]
    made = spoken(TITLES[:3], rate_hz, lead_ms=lead_ms, codecs=codecs)
    made.write(tmp_path, [ENDINGS[name] for name in codecs])
    for name in codecs:
        path = tmp_path / f"page.{ENDINGS[name]}"
        off = differences(made, path.read_bytes())
        assert max(map(abs, off)) <= 2, f"{name}: {off}"
        check_marks(path, made.edition.timeline, made.clips)


def test_errors_do_not_add_up_over_many_chapters(tmp_path: Path) -> None:
    made = spoken([f"Part {number}" for number in range(120)], codecs=("aac", "opus"))
    made.write(tmp_path, ("m4b", "opus"))
    for ending in ("m4b", "opus"):
        assert max(map(abs, differences(made, (tmp_path / f"page.{ending}").read_bytes()))) <= 2, ending


def test_a_voice_is_heard_where_it_was_planned_in_all_three(tmp_path: Path) -> None:
    """The whole way, with the default voice, against samples that are spoken again for the comparison."""
    names = '["timeline", "mp3", "m4b", "opus"]'
    project = Project(tmp_path / "project", f'[voice]\nengine = "espeak"\n[publications]\nformats = {names}\n')
    project.page("knee.txt", "Knee pain\n\nRest\nRest the leg.\n\nWhen to call\nCall us if it swells.\n")
    assert project.build().exit_code == 0
    folder = project.output / "knee"
    timeline = timeline_of(folder)
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    source = np.zeros(timeline.samples + timeline.rate_hz)
    for line in timeline.lines:
        clip, _ = speaker.clip(Line(line.id, "paragraph", line.spoken, line.spoken, line.lang, 0))
        source[line.start : line.end] = np.frombuffer(clip.sound.data, "<i2") / 32768
    speaker.close()
    rate = timeline.rate_hz
    for ending in ENDINGS.values():
        sound = heard((folder / f"knee.{ending}").read_bytes(), rate)
        found = loudness(np.concatenate([sound, np.zeros(rate)]), rate)
        off = [off_ms(loudness(source, rate), found, mark.lines[0].start / rate) for mark in timeline.marks]
        assert max(map(abs, off)) <= MOST_MS_OFF / 2, f"{ending}: {off}"


def test_players_hear_the_whole_length_and_no_more(tmp_path: Path) -> None:
    made = spoken(TITLES[:3])
    made.write(tmp_path)
    samples, rate = made.edition.timeline.samples, made.edition.timeline.rate_hz
    assert len(heard((tmp_path / "page.m4b").read_bytes(), rate)) == samples
    length = len(heard((tmp_path / "page.opus").read_bytes(), opus.RATE_HZ))
    assert length == opus.place(samples, rate)


def by_libopus(data: bytes) -> Sound:
    """An Opus file decoded by libopus rather than by FFmpeg itself, with what stands before its sound."""
    decoder: Any = av.CodecContext.create("libopus", "r")
    decoder.layout = "mono"
    file: Any
    with av.open(io.BytesIO(data)) as file:
        packets = [bytes(packet) for packet in file.demux(audio=0)]
    frames = [frame for packet in packets if packet for frame in decoder.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


def test_a_join_leaves_every_chapter_as_it_sounds_alone(tmp_path: Path) -> None:
    """Sample by sample; but for the frames at a chapter's ends where AAC overlaps it with its neighbours."""
    whole = spoken(TITLES[:3], lead_ms=0, codecs=("aac", "opus"))
    whole.write(tmp_path, ("m4b", "opus"))
    rate = whole.edition.timeline.rate_hz
    aac_joined = heard((tmp_path / "page.m4b").read_bytes(), rate)
    opus_joined = by_libopus((tmp_path / "page.opus").read_bytes())
    for number, mark in enumerate(whole.edition.timeline.marks):
        alone = spoken(TITLES[number : number + 1], lead_ms=0, codecs=("aac", "opus"), first=number)
        alone.write(tmp_path / str(number), ("m4b", "opus"))
        sound = heard((tmp_path / str(number) / "page.m4b").read_bytes(), rate)
        assert len(sound) == mark.end - mark.start
        inside = slice(aac.FRAME, len(sound) - aac.FRAME)
        assert np.array_equal(sound[inside], aac_joined[mark.start : mark.end][inside])
        start, end = (opus.place(at, rate) for at in (mark.start, mark.end))
        sound = by_libopus((tmp_path / str(number) / "page.opus").read_bytes())[: end - start]
        assert np.array_equal(sound[opus.DELAY :], opus_joined[start + opus.DELAY : start + len(sound)])


def test_no_chapter_of_opus_is_off_by_more_than_half_a_step() -> None:
    for rate in RATES:
        for chapters in range(1, 2_000, 97):
            place = opus.place(chapters * 9_216, rate)
            assert abs(place - chapters * 9_216 * opus.RATE_HZ / rate) <= opus.GRID / 2


def test_what_fills_a_chapter_of_opus_is_at_least_one_packet_of_silence_and_never_more_than_its_rest() -> None:
    for rate in RATES:
        for length in range(9_216, 9_216 * 40, 9_216):
            for start in range(0, 9_216 * 400, 9_216 * 13):
                slot = opus.place(start + length, rate) - opus.place(start, rate)
                silent = slot - opus.packets(length, rate) * opus.PACKET
                assert opus.GRID <= silent <= 10 * opus.GRID
                assert silent % opus.GRID == 0


def test_the_places_of_chapters_follow_each_other() -> None:
    places = [opus.place(number * 9_216, 22_050) for number in range(100)]
    assert all(a < b for a, b in pairwise(places))


@pytest.mark.parametrize("codec", ENDINGS)
@pytest.mark.parametrize("ms", [-30, -14, -5, 5, 14, 30])
def test_sound_that_is_off_its_marks_is_caught_in_every_container(codec: str, ms: int, tmp_path: Path) -> None:
    """The chapters of another recording, whose leads are longer by so much, under the marks of this one."""
    right = spoken(TITLES[:2], 16_000, codecs=(codec,))
    wrong = spoken(TITLES[:2], 16_000, codecs=(codec,), lead_ms=300 + ms)
    assert wrong.edition.timeline.samples == right.edition.timeline.samples
    replace(right, edition=replace(right.edition, codecs=wrong.edition.codecs)).write(tmp_path, (ENDINGS[codec],))
    path = tmp_path / f"page.{ENDINGS[codec]}"
    if abs(ms) > MOST_MS_OFF:
        with pytest.raises(PublicationError, match="not heard where its mark is"):
            check_marks(path, right.edition.timeline, right.clips)
    else:
        check_marks(path, right.edition.timeline, right.clips)


@pytest.mark.parametrize("codec", ENDINGS)
def test_chapters_in_another_order_are_caught_in_every_container(codec: str, tmp_path: Path) -> None:
    made = spoken(TITLES[:3], 16_000, codecs=(codec,))
    encoded = made.edition.codecs[codec]
    first, second, third = encoded.chapters
    swapped = replace(encoded, chapters=(first, third, second))
    replace(made, edition=replace(made.edition, codecs={codec: swapped})).write(tmp_path, (ENDINGS[codec],))
    with pytest.raises(PublicationError, match=TITLES[1]):
        check_marks(tmp_path / f"page.{ENDINGS[codec]}", made.edition.timeline, made.clips)
