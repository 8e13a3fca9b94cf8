"""The sound of every chapter of our pages, spoken by the real voice, after decoding by others' decoders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.phone.speech_level import speech_level_dbov
from tests.sound.test_levels import p56, speech_like
from voicegen.phone import published
from voicegen.phone.published import PhoneChapter, PhonePage

DECODERS = {"ulaw": ("pcm_mulaw", 8_000), "alaw": ("pcm_alaw", 8_000), "g722": ("g722", 16_000)}
LOUDEST = 32_768 * 10 ** (-3 / 20)
STEP = {"ulaw": 1_024, "alaw": 1_024, "g722": 3_000}
"""By how much a decoder may be over the loudest sample that went in: half a step of G.711; G.722 predicts."""
OVERLOAD = {"ulaw": 32_124, "alaw": 32_256}
"""What G.711 makes of the loudest sample that it has: it would be a clipped one."""
SHORTEST_S = 1.0
"""A single word has no level that its envelope could settle on."""


def decoded(chapter: PhoneChapter, encoding: str) -> np.ndarray[Any, Any]:
    name, rate = DECODERS[encoding]
    decoder: Any = av.CodecContext.create(name, "r")
    if encoding != "g722":
        decoder.sample_rate, decoder.layout = rate, "mono"
    frames = [frame for packet in (av.Packet(chapter.encoded(encoding)), None) for frame in decoder.decode(packet)]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.int32)


@pytest.fixture(scope="module")
def pages(published_pages: Path) -> list[PhonePage]:
    return [published.load(path.parent, "full") for path in sorted(published_pages.glob("*/phone"))]


@pytest.fixture(scope="module")
def published_pages(request: pytest.FixtureRequest) -> Path:
    place = request.getfixturevalue("published")
    assert isinstance(place, Path)
    return place


@pytest.mark.parametrize("seed", range(2))
def test_the_meter_measures_what_the_recommendations_steps_give(seed: int) -> None:
    sound = speech_like(seed, 2_000, 0.6)
    assert speech_level_dbov(np.frombuffer(sound, "<i2"), 8_000) == pytest.approx(p56(sound, 8_000), abs=0.02)


@pytest.mark.parametrize("encoding", DECODERS)
def test_every_file_is_at_the_level_below_the_peak_and_silent_at_its_ends(
    encoding: str, pages: list[PhonePage]
) -> None:
    rate = DECODERS[encoding][1]
    wrong = []
    files = 0
    for page in pages:
        for chapter in page.chapters:
            files += 1
            sound = decoded(chapter, encoding)
            assert len(sound) * 8_000 == chapter.samples * rate
            assert chapter.samples % 160 == 0
            peak = int(np.abs(sound).max())
            assert peak <= LOUDEST + STEP[encoding], chapter.slug
            assert peak < OVERLOAD.get(encoding, 32_767), chapter.slug
            edge = rate // 5
            assert np.abs(sound[:edge]).max() < 100, f"{chapter.slug} would click at its start"
            assert np.abs(sound[-edge:]).max() < 100, f"{chapter.slug} would click at its end"
            level = speech_level_dbov(sound, rate)
            if abs(level - page.level_dbov) > 1 and chapter.seconds > SHORTEST_S:
                wrong.append(f"{page.slug}/{chapter.slug}: {level:.1f}")
    assert wrong == []
    assert files > 100


def test_no_chapter_of_our_pages_lasts_longer_than_half_a_minute(pages: list[PhonePage]) -> None:
    """Of a page with a longer sentence or row, see tests/steps/test_telephone.py."""
    longer = {
        f"{page.slug}/{chapter.slug}": chapter.seconds
        for page in pages
        for chapter in page.chapters
        if chapter.seconds > 30
    }
    assert longer == {}
