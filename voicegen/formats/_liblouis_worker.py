"""Translates text into braille and back with liblouis: a process of its own (standard library only).

The library is written in C, and pages are text from anywhere: a fault in one must end neither a build nor more
than one page. Requests and answers are JSON, one on each line of standard input and output:

    {"do": "translate", "table": "en-ueb-g2.ctb", "text": "Two", "bold": [0, 0, 0], "italic": [0, 0, 0],
     "kept": []} → {"answer": "⠠⠞⠺⠕"}; cells of the blanks at the places `kept` are KEPT
    {"do": "back", "table": …, "text": "⠠⠞⠺⠕"} → {"answer": "Two"}
    {"do": "unknown", "table": …, "text": "2²🫁"} → {"answer": "²🫁"}, the signs that the table has no cells for
    {"do": "signs", "table": …, "text": "2µ"} → {"answer": "⠼⠃ ⠍"}, the cells of each sign by itself

A table that is not there, or not right, gives {"no_table": its name}.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import sys
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

if __name__ == "__main__":  # run by its path: the package around it is ours
    sys.path.insert(0, os.path.abspath(__file__ + "/../../.."))  # noqa: PTH100 - pathlib starts slowly

from voicegen import confined

NAMES = ("liblouis.so.20", "liblouis.20.dylib", "liblouis.dll", "liblouis.so")
"""What the library is called on Linux, macOS and Windows; its interface has kept this number since 2019."""
SHOW = "unicode.dis,"
"""Before a table: cells are written as the characters of Unicode's braille patterns."""
NO_UNDEFINED = 128
"""Mode: leave out what the table has no cells for (liblouis manual, section 7.4, noUndefined)."""
KEPT = "\u00a0"
NEVER_KNOWN = "\ue0f7"
"""A sign for private use. Some tables write it, and all others that they do not know, as a question mark."""
BLANK, LAST = "\u2800", "\u283f"
"""The first and the last of the cells with six dots (Unicode, chapter 21.1)."""


class NoTableError(Exception):
    """A table that liblouis can't find or understand."""


class Louis:
    """The library. Raises OSError where it is not there."""

    def __init__(self) -> None:
        self._library = _loaded()
        self._library.lou_version.restype = ctypes.c_char_p
        self._width = self._library.lou_charSize()
        self._encoding = f"utf-{8 * self._width}-{'le' if sys.byteorder == 'little' else 'be'}"
        kind = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p)
        self._quiet = kind(lambda level, message: None)  # it must live as long as the library
        self._library.lou_registerLogCallback(self._quiet)

    @property
    def version(self) -> str:
        """The version, such as "3.24.0"."""
        return bytes(self._library.lou_version()).decode("ascii", "replace")

    def has_table(self, table: str) -> bool:
        """Whether a table is there and right."""
        return bool(self._library.lou_checkTable((SHOW + table).encode()))

    def translate(
        self, table: str, text: str, bold: list[int], italic: list[int], mode: int = 0, kept: Sequence[int] = ()
    ) -> str:
        """Text as cells."""
        classes = self._emphasis(table)
        forms = [
            strong * classes[0] | slanted * classes[1]
            for sign, strong, slanted in zip(text, bold, italic, strict=True)
            for _ in range(len(sign.encode(self._encoding, "replace")) // self._width)
        ]
        cells, places = self._run(self._library.lou_translate, table, text, forms, mode)
        if not kept:
            return cells
        ends = accumulate(len(sign.encode(self._encoding, "replace")) // self._width for sign in text)
        begins = [0, *ends]
        units = {begins[place] for place in kept}
        pairs = zip(cells, places, strict=False)
        return "".join(KEPT if cell == BLANK and place in units else cell for cell, place in pairs)

    def back(self, table: str, cells: str) -> str:
        """Cells as text."""
        return self._run(self._library.lou_backTranslate, table, cells, [], 0)[0]

    def unknown(self, table: str, text: str) -> str:
        """The signs of a text that the table has no cells for, or only those for any such sign or its number."""
        return "".join(sign for sign in dict.fromkeys(text) if not self._is_known(table, sign))

    def _is_known(self, table: str, sign: str) -> bool:
        cells = self.translate(table, sign, [0], [0])
        if cells.strip(BLANK) == "" or not all(BLANK <= cell <= LAST for cell in cells):
            return False
        if not sign.isascii() and cells == self.translate(table, NEVER_KNOWN, [0], [0]):
            return False
        return cells == self.translate(table, sign, [0], [0], NO_UNDEFINED)

    def signs(self, table: str, text: str) -> list[str]:
        """The cells of each sign of a text by itself."""
        return [self.translate(table, sign, [0], [0]) for sign in text]

    @cache  # noqa: B019 - one library for the life of the process
    def _emphasis(self, table: str) -> tuple[int, int]:
        """The table's own signs for bold and italic; 0 where its code has none."""
        find = self._library.lou_getTypeformForEmphClass
        find.restype = ctypes.c_ushort
        bold, italic = (int(find((SHOW + table).encode(), name)) for name in (b"bold", b"italic"))
        return bold, italic

    def _run(self, function: Any, table: str, text: str, forms: list[int], mode: int) -> tuple[str, Sequence[int]]:
        """What the library makes of a text, and for each of its signs the place in the text that it is for."""
        data = text.encode(self._encoding, "replace")
        room = 4 * len(text) + 1000
        while True:
            given, made = ctypes.c_int(len(data) // self._width), ctypes.c_int(room)
            source = ctypes.create_string_buffer(data, len(data) + self._width)
            target = ctypes.create_string_buffer((room + 1) * self._width)
            styles = (ctypes.c_ushort * (room + 1))(*forms) if any(forms) else None
            names = (SHOW + table).encode()
            places = (ctypes.c_int * (room + 1))()
            lengths = ctypes.byref(given), ctypes.byref(made)
            call = (names, source, lengths[0], target, lengths[1], styles, None, None, places, None, mode)
            if not function(*call):
                raise NoTableError(table)
            if given.value == len(data) // self._width and made.value < room:
                return target.raw[: made.value * self._width].decode(self._encoding, "replace"), list(places)
            room *= 4


def _loaded() -> ctypes.CDLL:
    for name in NAMES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    found = ctypes.util.find_library("louis")
    if not found:
        raise OSError("there is no liblouis")
    return ctypes.CDLL(found)


def answered(louis: Louis, request: dict[str, Any]) -> dict[str, str]:
    """The answer to a request."""
    table, text = request["table"], request["text"]
    try:
        match request["do"]:
            case "translate":
                return {
                    "answer": louis.translate(table, text, request["bold"], request["italic"], 0, request["kept"])
                }
            case "back":
                return {"answer": louis.back(table, text)}
            case "signs":
                return {"answer": " ".join(louis.signs(table, text))}
            case _:
                return {"answer": louis.unknown(table, text)}
    except NoTableError:
        return {"no_table": table}


def main() -> None:
    """Answers until there are no more requests."""
    louis = Louis()
    confined.shut_in()  # only now: finding the library may need other programs
    for line in sys.stdin.buffer:
        answer = json.dumps(answered(louis, json.loads(line)))
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
