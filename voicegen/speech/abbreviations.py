"""Abbreviations from the language's list: "e.g." is "for example", "b.i.d." is "twice a day".

Source: facts 5b. Danger: a piece of a longer word taken for an abbreviation (gTTS made "them." into "the
messier"), so whole words only; and a dot that also ends the sentence stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from voicegen.speech.passage import Claim, Passage, Rule


@lru_cache(maxsize=8)
def _pattern(shorts: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(shorts, key=len, reverse=True)
    return re.compile(rf"(?<![\w.'’@/-])(?:{'|'.join(map(re.escape, ordered))})(?:(?<=/)(?=\d)|(?![\w'’@]))")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if passage.has_digit:
        numbered = passage.language.words("before_number")
        for match in _matches(text, numbered):
            if re.match(r"\s?:?\s?[\d(+]", text[match.end() : match.end() + 4]):
                yield Claim(match.start(), match.end(), str(numbered[match[0]]))
        counted = passage.language.words("after_number")
        for match in _matches(text, counted):
            if re.search(r"\d[ \u00a0\u202f]?\Z", text[max(0, match.start() - 2) : match.start()]):
                end = match.end() - (match[0][-1] == "." and _ends_sentence(text, match.end()))
                yield Claim(match.start(), end, str(counted[match[0]]))
    shorts = passage.language.words("abbreviations")
    for match in _matches(text, shorts):
        words = str(shorts[match[0]])
        end = match.end()
        if match[0].endswith("."):
            end -= _ends_sentence(text, end)
        elif text[end : end + 1] == "." and re.match(r"\.\s+[a-zà-ÿ(\d]", text[end : end + 5]):
            end += 1
        if _only_after_dose(match[0], passage):
            yield Claim(match.start(), end, words)


def _matches(text: str, shorts: Mapping[str, str]) -> Iterator[re.Match[str]]:
    if shorts:
        yield from _pattern(tuple(shorts)).finditer(text)


def _ends_sentence(text: str, end: int) -> bool:
    return not text[end:].strip(" \u00a0\"'”’)»]")


def _only_after_dose(short: str, passage: Passage) -> bool:
    """Words that are also ordinary ones ("bid", "sec") count only in a sentence with an amount."""
    ordinary = passage.language.words("abbreviation_notes").get("need_number", ())
    return short not in ordinary or passage.has_digit or _is_all_short(passage)


def _is_all_short(passage: Passage) -> bool:
    """Whether a cell or item has nothing but short forms: "TDS", "qds PRN"."""
    shorts = passage.language.words("abbreviations")
    return all(word.strip(",;/") in shorts for word in passage.text.split())


RULE = Rule("abbreviations", "Says abbreviations from the list in full.", _find)
