"""What the headings of a page are about: the words that most of them share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\s?!.:;,()\[\]\"“”«»]+")
_MOST = 0.6
"""Share of the headings that must hold the words."""
_MOST_WORDS = 14
_SHORTEST = 4
"""Letters of a single word that may be a topic: shorter ones are articles and prepositions."""


def topic_of(headings: Sequence[str]) -> str:
    """The longest run of words that most of the headings share, as the first of them writes it; or nothing."""
    if len(headings) < 3:
        return ""
    split = [_WORD.findall(heading)[:_MOST_WORDS] for heading in headings]
    holders: Counter[tuple[str, ...]] = Counter()
    written: dict[tuple[str, ...], str] = {}
    for words in split:
        folded = [word.casefold() for word in words]
        parts = {(begin, end) for begin in range(len(words)) for end in range(begin + 1, len(words) + 1)}
        holders.update({tuple(folded[begin:end]) for begin, end in parts})
        for begin, end in parts:
            written.setdefault(tuple(folded[begin:end]), " ".join(words[begin:end]))
    enough = max(2, _MOST * len(headings))
    shared = [part for part, count in holders.items() if count >= enough and _may_be_topic(part)]
    return written[max(shared, key=lambda part: (len(part), holders[part], part))] if shared else ""


def _may_be_topic(words: tuple[str, ...]) -> bool:
    return len(words[0]) >= 3 and len(words[-1]) >= 3 and (len(words) > 1 or len(words[0]) >= _SHORTEST)


def _holds(words: list[str], part: list[str]) -> bool:
    return any(words[index : index + len(part)] == part for index in range(len(words) - len(part) + 1))


def mentions(heading: str, topic: str) -> bool:
    """Whether a heading holds the topic's words, in order."""
    words = [word.casefold() for word in _WORD.findall(heading)]
    return bool(topic) and _holds(words, [word.casefold() for word in _WORD.findall(topic)])
