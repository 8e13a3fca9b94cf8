"""Numbers that can't be misread: where a code writes the letter after one like another digit, they stand apart.

Digits are the letters a to j after a sign for numbers. Some tables end the number with a sign before such a letter
(UEB: 24h is ⠼⠃⠙⠰⠓), others do not (24h and 248 are ⠼⠃⠙⠓ both). With a blank between them nobody takes a dose or an
hour for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.formats._liblouis import Liblouis

AFTER_A_NUMBER = re.compile(r"\d([^\w\s]?)(?=([^\W\d_]))")
WITH_NUMBER = re.compile(r"\S*\d\S*(?: +\S*\d\S*)*")
"""Words with digits in them, and the blanks between such words."""
WRITTEN_APART = {"fr-bfu-g2.ctb": "fr-bfu-comp6.utb"}
"""Contracted tables that leave the sign for numbers out in places ("<5"), and those that write numbers rightly."""


class Numbers:
    """What is known of how tables write numbers."""

    def __init__(self, louis: Liblouis) -> None:
        self._louis = louis
        self._digits: dict[tuple[str, str], frozenset[str]] = {}
        self._like_digits: dict[tuple[str, str, str], bool] = {}

    def gaps(self, table: str, text: str) -> Iterator[int]:
        """Where a blank must stand in the text."""
        for found in AFTER_A_NUMBER.finditer(text):
            if self._reads_on(table, found[1], found[2]):
                yield found.end()

    def _reads_on(self, table: str, between: str, letter: str) -> bool:
        """Whether the letter, after a digit and the sign `between`, has the cells of one more digit."""
        key = (table, between, letter)
        if key not in self._like_digits:
            cells = self._louis.translate(table, f"1{between}{letter}")
            self._like_digits[key] = cells in self._with_digit(table, between)
        return self._like_digits[key]

    def _with_digit(self, table: str, between: str) -> frozenset[str]:
        if (table, between) not in self._digits:
            cells = (self._louis.translate(table, f"1{between}{digit}") for digit in "0123456789")
            self._digits[table, between] = frozenset(cells)
        return self._digits[table, between]
