"""The active speech level, against a meter that follows every sample as ITU-T P.56 describes it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from voicegen.sound.levels import active_level

RATE = 8_000


def p56(samples: bytes, rate_hz: int) -> float:
    """Method B, written from the recommendation's steps, sample by sample; dBov."""
    sound = np.frombuffer(samples, dtype="<i2").astype(float)
    forget = math.exp(-1 / (rate_hz * 0.03))
    hangover = math.ceil(rate_hz * 0.2)
    thresholds = [2.0**power for power in range(15)]
    active, since = [0] * 15, [hangover] * 15
    first = second = 0.0
    for size in np.abs(sound):
        first = forget * first + (1 - forget) * size
        second = forget * second + (1 - forget) * first
        for number, threshold in enumerate(thresholds):
            if second >= threshold:
                active[number] += 1
                since[number] = 0
            elif since[number] < hangover:
                active[number] += 1
                since[number] += 1
            else:
                break
    energy = float((sound * sound).sum())
    before = (0.0, 0.0)
    for count, threshold in zip(active, thresholds, strict=True):
        level = 10 * math.log10(energy / count)
        over = level - 20 * math.log10(threshold) - 15.9
        if over <= 0:
            level = before[0] + (level - before[0]) * before[1] / (before[1] - over)
            break
        before = (level, over)
    return level - 20 * math.log10(32768)


def speech_like(seed: int, loud: float, pauses: float) -> bytes:
    """Bursts of noise with the rhythm of syllables, and pauses between them."""
    chance = np.random.default_rng(seed)
    parts: list[np.ndarray] = []
    while sum(len(part) for part in parts) < 6 * RATE:
        burst = chance.normal(0, loud, int(chance.uniform(0.1, 0.4) * RATE))
        parts += [burst * np.hanning(len(burst)), np.zeros(int(chance.uniform(0, pauses) * RATE))]
    return bytes(np.clip(np.concatenate(parts), -32768, 32767).astype("<i2").tobytes())


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("loud", [60, 900, 9_000])
@pytest.mark.parametrize("pauses", [0.05, 0.6, 2.0])
def test_it_measures_what_the_recommendation_does(seed: int, loud: float, pauses: float) -> None:
    sound = speech_like(seed, loud, pauses)
    assert active_level(sound, RATE) == pytest.approx(p56(sound, RATE), abs=0.1)


def test_pauses_do_not_make_speech_quieter() -> None:
    speech = speech_like(1, 3_000, 0.05)
    assert active_level(speech + bytes(20 * RATE), RATE) == pytest.approx(active_level(speech, RATE), abs=0.3)


def test_a_sine_is_its_own_level_and_silence_has_none() -> None:
    sine = (8_000 * np.sin(np.arange(4 * RATE) * 0.7)).astype("<i2").tobytes()
    assert active_level(sine, RATE) == pytest.approx(20 * math.log10(8_000 / math.sqrt(2) / 32_768), abs=0.1)
    assert active_level(bytes(8_000), RATE) == -math.inf
