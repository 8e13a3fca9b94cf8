"""Samples to clock times: the only file that rounds."""

from __future__ import annotations


def to_ms(samples: int, rate_hz: int) -> int:
    """Whole milliseconds, rounded down, so that a mark never falls after what it marks."""
    return samples * 1000 // rate_hz


def webvtt(samples: int, rate_hz: int) -> str:
    """A WebVTT timestamp such as 00:01:02.345 (WebVTT, section 4.1, "WebVTT timestamp")."""
    ms = to_ms(samples, rate_hz)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def seconds(samples: int, rate_hz: int) -> str:
    """Seconds with three decimals, such as 62.345, as media fragments take them."""
    ms = to_ms(samples, rate_hz)
    return f"{ms // 1000}.{ms % 1000:03}"


def whole_seconds(samples: int, rate_hz: int) -> int:
    """The nearest whole second, for lengths told to people."""
    return (2 * samples + rate_hz) // (2 * rate_hz)
