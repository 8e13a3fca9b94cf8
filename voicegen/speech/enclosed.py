"""Numbers in a circle or on a key, which number steps: "① 500 mg" is "1, 500 milligrams".

Source: Unicode 16, Enclosed Alphanumerics, Dingbats, and the emoji of keys (UTS 51). Danger: read as plain digits
they join the amount after them, which makes 15 mg of "①5 mg", and of "① 500 mg" 1500 where a blank parts
thousands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from voicegen.speech.patterns import lazy

_ENCLOSED = lazy(r"(?:\d\ufe0f?\u20e3)+|[①-⑳⑴-⒛⓪⓫-⓿❶-➓㉑-㉟㊱-㊿🄀-🄊🔟]\ufe0f?")
_AMOUNT = lazy(r"\s*[-−–+<>≤≥~±.,]?\s?[\d½⅓⅔¼¾①-⑳]")


def blanked(text: str) -> str:
    """The text with blanks in the place of such numbers, so that no digit beside them is one of theirs."""
    return text if text.isascii() else _ENCLOSED.sub(lambda found: " " * len(found[0]), text)


def numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of each such number; with a pause before an amount."""
    for found in _ENCLOSED.finditer(text) if not text.isascii() else ():
        pause = ", " if _AMOUNT.match(text, found.end()) else ""
        yield *found.span(), f"{_value(found[0])}{pause}"


def _value(number: str) -> int:
    keys = re.findall(r"\d", number)
    return int("".join(keys)) if keys else 10 if number[0] == "🔟" else int(unicodedata.numeric(number[0]))
