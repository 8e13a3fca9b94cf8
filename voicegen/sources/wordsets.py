"""Sets of words, written as text."""

from __future__ import annotations


def word_set(*text: str) -> frozenset[str]:
    """The words of the texts, as a set: easier to read and to sort than a column of quoted strings."""
    return frozenset(" ".join(text).split())
