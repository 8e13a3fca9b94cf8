"""The feed of very many pages, in documents of so many episodes each.

Apps ask for a feed again and again, so `feed.xml` has the newest episodes only and leads on with `rel="next"`, as
RFC 5005, section 3 (Paged Feeds), has it and podcast apps follow it. Which document an older episode stands in
depends on its own year and name, so that a page that changes changes two or three of them and not all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from voicegen.formats._feed_rss import FEED, latest, newest_first
from voicegen.model.library import Card

IN_ONE = 500
"""Episodes up to which the feed is one document: some 550 kB."""
NEWEST = 100
"""Episodes in the first document of a feed that has several."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One document of the feed."""

    path: str
    pages: tuple[int, ...]
    """Its episodes, by their pages' numbers in the library, the newest first."""


def pages_of(cards: Sequence[Card]) -> tuple[FeedPage, ...]:
    """The documents of the feed in the order in which they lead to each other; one, if there are few episodes."""
    numbers = sorted(range(len(cards)), key=lambda number: newest_first(cards[number]))
    if len(numbers) <= IN_ONE:
        return (FeedPage(FEED, tuple(numbers)),)
    years: dict[int, list[int]] = {}
    for number in numbers[NEWEST:]:
        day = latest(cards[number].dates)
        years.setdefault(day.year if day else 0, []).append(number)
    made = [FeedPage(FEED, tuple(numbers[:NEWEST]))]
    for year in sorted(years, reverse=True):
        made += _of_year(cards, f"feed-{year or 'undated'}", years[year])
    return tuple(made)


def _of_year(cards: Sequence[Card], name: str, numbers: Sequence[int]) -> list[FeedPage]:
    """The documents of one year: a power of two of them, in which pages are put by a digest of their names."""
    count = 1
    while len(numbers) > count * IN_ONE // 2 and len(numbers) > IN_ONE:
        count *= 2
    found: list[list[int]] = [[] for _ in range(count)]
    for number in numbers:
        found[int(hashlib.sha256(cards[number].id.encode()).hexdigest()[:8], 16) % count].append(number)
    return [
        FeedPage(f"{name}-{at}.xml" if count > 1 else f"{name}.xml", tuple(pages))
        for at, pages in enumerate(found, start=1)
        if pages
    ]
