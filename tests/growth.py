"""Whether work grows with the length of its input and no faster.

It is measured in processor time, since no counter of Python's sees what a pattern or a slice costs.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

ROOM = 8
"""Times by which the long input may cost more than its length says: what is quadratic costs 32 times more."""
TRIES = 3
"""Something else may be in the way, but not each time; what is quadratic is never let through by another try."""


def seconds(work: Callable[[int], object], times: int) -> float:
    """Processor seconds of the work on an input that is so many times its unit long.

    Nothing is collected meanwhile: a collection costs what all tests before this have left in memory.
    """
    gc.collect()
    gc.disable()
    try:
        begin = process_time()
        work(times)
        return process_time() - begin
    finally:
        gc.enable()


def linear(work: Callable[[int], object], times: int) -> bool:
    """Whether the work on an input 32 times as long, and `times` units in all, costs about 32 times as much."""
    work(max(1, times // 320))  # what is loaded once
    return any(seconds(work, times) < ROOM * 32 * max(seconds(work, times // 32), 0.0005) for _ in range(TRIES))
