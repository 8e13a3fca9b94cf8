"""Numbers that can't be misread: where a code writes the letter after one like another digit, they stand apart.

Digits are the letters a to j after a sign for numbers. Some tables end the number with a sign before such a letter
(UEB: 24h is ⠼⠃⠙⠰⠓), others do not (24h and 248 are ⠼⠃⠙⠓ both). With a blank between them nobody takes a dose or an
hour for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.formats._liblouis import Liblouis, UnwritableError

AFTER_A_NUMBER = re.compile(r"\d([^\w\s]?)(?=([^\W\d_]))")
BETWEEN_NUMBERS = re.compile(r"(?<=\d)[^\w\s]+(?=\d)")
"""Signs that join two numbers: 1/2, 5..10."""
POINTS = (".", ",")
LONGEST_POINT = 10
"""Signs between two numbers that could still be read as a decimal point."""
APOSTROPHES = ("'", "’")
"""Between digits they are for thousands, and so are decimal points in many codes."""
WITH_NUMBER = re.compile(r"(?<!\S)(?=\S*\d)\S+(?: +(?=\S*\d)\S+)*")
"""Words with digits in them, and the blanks between such words; each word is looked through once."""
WRITTEN_APART = {"fr-bfu-g2.ctb": "fr-bfu-comp6.utb"}
"""Contracted tables that leave the sign for numbers out in places ("<5"), and those that write numbers rightly."""


class Numbers:
    """What is known of how tables write numbers."""

    def __init__(self, louis: Liblouis) -> None:
        self._louis = louis
        self._digits: dict[tuple[str, str], frozenset[str]] = {}
        self._like_digits: dict[tuple[str, str, str], bool] = {}
        self._misread: dict[tuple[str, str], bool] = {}

    def gaps(self, table: str, text: str) -> Iterator[int]:
        """Where a blank must stand in the text."""
        for found in AFTER_A_NUMBER.finditer(text):
            if self._reads_on(table, found[1], found[2]):
                yield found.end()
        for found in BETWEEN_NUMBERS.finditer(text):
            if self._is_misread(table, found[0]):
                yield from found.span()

    def _is_misread(self, table: str, between: str) -> bool:
        """Whether the signs between two numbers would be read as a decimal point.

        Italian's table writes 1/2 and 1.2 alike: with blanks around it, a stroke is no point.
        """
        if between in POINTS or between in APOSTROPHES or len(between) > LONGEST_POINT:
            return False
        key = (table, between)
        if key not in self._misread:
            whole = f"1{between}2"
            written = (self._louis.translate(table, f"1{point}2") for point in POINTS)
            try:
                self._misread[key] = self._louis.translate(table, whole) in written
            except UnwritableError:  # the writer takes it piece by piece
                self._misread[key] = False
        return self._misread[key]

    def _reads_on(self, table: str, between: str, letter: str) -> bool:
        """Whether the letter, after a digit and the sign `between`, has the cells of one more digit."""
        key = (table, between, letter)
        if key not in self._like_digits:
            try:
                cells = self._louis.translate(table, f"1{between}{letter}")
                self._like_digits[key] = cells in self._with_digit(table, between)
            except UnwritableError:
                self._like_digits[key] = True
        return self._like_digits[key]

    def _with_digit(self, table: str, between: str) -> frozenset[str]:
        if (table, between) not in self._digits:
            cells = (self._louis.translate(table, f"1{between}{digit}") for digit in "0123456789")
            self._digits[table, between] = frozenset(cells)
        return self._digits[table, between]
