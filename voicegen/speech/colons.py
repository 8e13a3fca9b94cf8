"""What a colon between two numbers means: a time of day ("at 1:10") or a ratio ("mix 1:10").

Only the words around can tell; where they tell nothing, or both, neither reading is certain, and the numbers are
said one after the other, which is true to both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from voicegen.speech.language import Language
from voicegen.speech.passage import Passage
from voicegen.speech.patterns import lazy

_NEAR = 60
"""Characters before and after in which a word can tell."""
_OTHER = lazy(r"\d{1,2}:\d{1,6}")
_TO_A_CLOCK = lazy(r"\s(?:a|à|to|bis)\s(?:[01]?\d|2[0-4])[:.h](?:00|15|30|45)(?![\d:])")
_FROM_A_CLOCK = lazy(r"(?<!\d)(?:[01]?\d|2[0-4])[:h](?:00|15|30|45)\s(?:a|à|to|bis)\s\Z")
"""Another time of day after a word, or before it: "8:00 a 15:00"; of two ratios the words around tell."""
_RANGE = lazy(r"\s?[-–—]\s?\d{1,2}[:.h]\d\d|(?<=\d)[:.h]\d\d\s?[-–—]\s?\Z")


def meaning(passage: Passage, start: int, end: int) -> Literal["time", "ratio", ""]:
    """What the two numbers from `start` to `end` are, or an empty string where that is not certain."""
    text = passage.text
    before, after = text[max(0, start - _NEAR) : start].lower(), text[end : end + _NEAR].lower()
    near = _OTHER.split(before)[-1], _OTHER.split(after)[0]  # the words of another pair are about that one
    at, behind, ratio = _cues(passage.language)
    is_ratio = ratio is not None and any(map(ratio.search, near))
    is_time = (
        (at.search(before) or behind.match(after) or _RANGE.search(before) or _RANGE.match(after)) is not None
        or text[start] == "0"
        or (not is_ratio and (_TO_A_CLOCK.match(after) or _FROM_A_CLOCK.search(before)) is not None)
        or (not is_ratio and (int(text[start:end].partition(":")[0]) > 12 or not before.strip()))
    )
    return "" if is_ratio == is_time else "ratio" if is_ratio else "time"


def speaks_of_ratios(passage: Passage, start: int, end: int) -> bool:
    """Whether a word near the two numbers from `start` to `end` makes them a ratio."""
    ratio = _cues(passage.language)[2]
    near = passage.text[max(0, start - _NEAR) : start].lower(), passage.text[end : end + _NEAR].lower()
    return ratio is not None and any(map(ratio.search, near))


@lru_cache(maxsize=16)
def _cues(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None]:
    times, ratios = language.words("times"), language.words("ratios").get("cues", ())
    before = "|".join(map(re.escape, times.get("before", ())))
    after = "|".join(map(re.escape, times.get("behind", ())))
    return (
        re.compile(rf"(?<!\w)(?:{before})\s(?:\w{{1,7}}\s)?\Z" if before else r"(?!)"),
        re.compile(rf"\s?(?:{after})(?!\w)" if after else r"(?!)"),
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ratios))})") if ratios else None,
    )
