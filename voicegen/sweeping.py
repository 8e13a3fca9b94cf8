"""Sweeping: clearing up a store that several projects share, by mark and sweep.

What some page of some project is made of, now or in a version that is kept, is marked; what is not marked and was
neither put nor used for a grace is removed. A build that runs meanwhile loses nothing: what it makes is new, and
what it finds is marked as used when it finds it. What is removed all the same by mistake is made again.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from dataclasses import dataclass

from voicegen.contracts import Heap, Held

GRACE_S = 14 * 86_400.0
"""For so long what no page is made of stays: a change may be taken back, and a build may still be at it."""
YOUNG_S = 86_400.0
"""What is younger is not removed to save space either: a build may be at work on it."""
MOST = 50_000
"""Entries that are removed in one run: removing takes a disk longer than anything else here."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What was found, and what was removed, or would have been."""

    held: int
    """Entries, or packs of them, that there were."""
    held_bytes: int
    live: int
    """Of those, how many some page is made of."""
    removed: int
    removed_bytes: int
    more: bool
    """Whether there is more to be removed than one run removes."""
    young: int = 0
    """Entries that no page is made of, and that stay for now: they were made or used within the grace."""
    stayed: int = 0
    """Entries that were to be removed, and stay: they were used meanwhile, or the place does not let us."""


def sweep(
    heap: Heap,
    *,
    dry_run: bool = False,
    grace_s: float = GRACE_S,
    max_bytes: int | None = None,
    most: int = MOST,
) -> Swept:
    """Removes what nobody needs any more, and then, down to `max_bytes`, what was not used for longest.

    The second costs time only: it is made again when it is needed. Raises PublicationError where it can't be told
    what is needed, and TemporaryError; then nothing is removed.
    """
    live, now = heap.live(), time.time()
    count = held_bytes = marked = young = 0
    for one in heap.held():
        count, held_bytes, marked = count + 1, held_bytes + one.size, marked + (one.name in live)
        young += one.name not in live and one.changed_s >= now - grace_s
    found = heapq.nsmallest(most + 1, _unmarked(heap, live, now - grace_s), key=_age)
    left, room = held_bytes - sum(one.size for one in found[:most]), most + 1 - len(found)
    old: list[Held] = []
    if max_bytes is not None and left > max_bytes:
        old = [*_oldest(heap, {one.name for one in found}, now - YOUNG_S, left - max_bytes, room)]
    chosen = [*found, *old][:most]
    gone = chosen
    if not dry_run:
        spared = heap.live() - {one.name for one in old}  # a page may have been made while this looked
        gone = heap.delete_many(one for one in chosen if one.name not in spared)
    freed, is_more = sum(one.size for one in gone), len(found) + len(old) > most
    return Swept(count, held_bytes, marked, len(gone), freed, is_more, young, len(chosen) - len(gone))


def _unmarked(heap: Heap, live: set[str], before_s: float) -> Iterator[Held]:
    """What no page is made of and nobody used since; what is of a time to come is new."""
    return (one for one in heap.held() if one.name not in live and one.changed_s < before_s)


def _oldest(heap: Heap, but: set[str], before_s: float, bytes_: int, most: int) -> Iterator[Held]:
    """What was not used for longest, until it comes to so many bytes."""
    old = (one for one in heap.held() if one.name not in but and one.changed_s < before_s)
    for one in heapq.nsmallest(most, old, key=_age):
        if bytes_ <= 0:
            return
        bytes_ -= one.size
        yield one


def _age(one: Held) -> tuple[float, str]:
    return one.changed_s, one.name
