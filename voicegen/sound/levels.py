"""The active speech level of ITU-T P.56 (12/2011), method B: how loud speech is while somebody speaks.

An average over everything would call a text with long pauses quiet and turn it up too far; callers would then
hear chapters of different loudness. The envelope is followed in steps of 4 milliseconds, which differs from the
standard's sample by sample by less than 0.1 dB on speech (a test compares it with a meter that follows samples).
"""

from __future__ import annotations

import array
import math
from collections import deque
from collections.abc import Sequence
from itertools import accumulate
from operator import mul

FULL_SCALE = 32_768
TIME_CONSTANT_S = 0.03
"""Of the envelope (P.56, table 1: T)."""
STEP_S = 0.004
HANGOVER_S = 0.2
"""Speech counts as active for so long after the envelope fell (table 1: H)."""
MARGIN_DB = 15.9
"""Distance of the threshold below the active level (table 1: M)."""
THRESHOLDS = tuple(2.0**power for power in range(15))
"""In units of a sample (section 6.3: c, from one quantising step up)."""


def active_level(samples: bytes, rate_hz: int) -> float:
    """The active speech level in dBov of 16-bit native samples; -inf for silence."""
    sound = array.array("h", samples)
    energy = sum(map(mul, sound, sound))
    if not energy:
        return -math.inf
    step = round(STEP_S * rate_hz)
    counts = _active(sound, step)
    levels = [
        (10 * math.log10(energy / (count * step)), 20 * math.log10(threshold))
        for count, threshold in zip(counts, THRESHOLDS, strict=True)
        if count
    ]
    return _at_margin(levels) - 20 * math.log10(FULL_SCALE)


def _active(sound: Sequence[int], step: int) -> list[int]:
    """For each threshold: how many steps the envelope was above it, or had been within the hangover."""
    forget = math.exp(-STEP_S / TIME_CONSTANT_S)
    hang = round(HANGOVER_S / STEP_S)
    first = second = 0.0
    highest: deque[tuple[int, int]] = deque()  # (step, thresholds passed) of what may still be the most, falling
    steps = [0] * (len(THRESHOLDS) + 1)
    for now, at in enumerate(range(0, len(sound) - step + 1, step)):
        mean = sum(map(abs, sound[at : at + step])) / step
        first = forget * first + (1 - forget) * mean
        second = forget * second + (1 - forget) * first
        passed = min(len(THRESHOLDS), math.frexp(second)[1] if second >= 1 else 0)
        while highest and highest[-1][1] <= passed:
            highest.pop()
        highest.append((now, passed))
        if now - highest[0][0] > hang:
            highest.popleft()
        steps[highest[0][1]] += 1
    return list(accumulate(reversed(steps[1:])))[::-1]


def _at_margin(levels: Sequence[tuple[float, float]]) -> float:
    """The level at which it lies MARGIN_DB above its threshold, between the two nearest (section 6.3)."""
    before = levels[0]
    for level, threshold in levels:
        over = level - threshold - MARGIN_DB
        if over <= 0:
            gap = before[0] - before[1] - MARGIN_DB
            part = gap / (gap - over) if gap > over else 0.0
            return before[0] + part * (level - before[0])
        before = level, threshold
    return before[0]
