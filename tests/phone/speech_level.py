"""A meter of the active speech level that shares nothing with ours: ITU-T P.56 (12/2011), method B.

Ours follows the envelope in steps of 4 ms and uses no arrays; this one follows every sample with numpy.
"""

from __future__ import annotations

from typing import Any

import numpy as np

T_S, HANGOVER_S, MARGIN_DB = 0.03, 0.2, 15.9
"""Table 1 of the recommendation."""
BLOCK = 256
Array = np.ndarray[Any, Any]


def smoothed(values: Array, keep: float) -> Array:
    """Exponential averaging, y[n] = keep * y[n-1] + (1 - keep) * x[n], block by block."""
    whole = np.pad(values, (0, -len(values) % BLOCK)).reshape(-1, BLOCK)
    at = np.arange(BLOCK)
    inside = np.tril(keep ** np.abs(at[:, None] - at[None, :])) * (1 - keep)
    made = whole @ inside.T
    fades = keep ** (at + 1)
    carried = 0.0
    for row in made:
        row += carried * fades
        carried = row[-1]
    return np.asarray(made.reshape(-1)[: len(values)])


def speech_level_dbov(sound: Array, rate_hz: int) -> float:
    """The active speech level of 16-bit samples, in dB of full scale."""
    values = sound.astype(np.float64)
    keep = np.exp(-1 / (rate_hz * T_S))
    envelope = smoothed(smoothed(np.abs(values), keep), keep)
    energy = float(values @ values)
    hangover = int(np.ceil(rate_hz * HANGOVER_S))
    before: tuple[float, float] | None = None
    for power in range(15):
        loud = np.concatenate(([0], np.cumsum(envelope >= 2.0**power)))
        begun = np.maximum(np.arange(len(values)) + 1 - hangover - 1, 0)
        active = int(np.count_nonzero(loud[1:] > loud[begun]))
        if not active:
            break
        level = 10 * np.log10(energy / active)
        over = level - 20 * np.log10(2.0**power) - MARGIN_DB
        if over <= 0:
            if before is None:
                return float(level - 20 * np.log10(32_768))
            level = before[0] + (level - before[0]) * before[1] / (before[1] - over)
            return float(level - 20 * np.log10(32_768))
        before = (level, over)
    raise ValueError("there is no speech in it")
