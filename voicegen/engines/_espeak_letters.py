"""Where an A in English text is the letter and not the article: espeak-ng says "uh" for both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from voicegen.speech.language import word_data


@cache
def _pattern() -> re.Pattern[str]:
    lettered = "|".join(sorted(set(word_data("en")["sentence_ends"]["lettered"]) - {"and", "or"}))
    return re.compile(
        r"(?<![\w'’.-])A(?= [A-Z](?![\w'’-])| \d+ [A-Z](?![\w'’-])| 1 c(?!\w))"  # A D H D, Hb A 1 c
        r"|(?:(?<=\b[A-Z] )|(?<=\b[A-Z] and )|(?<=\b[A-Z] or )|(?<=\b[A-Z] to ))A(?=[ ,)])"  # D N A test, B and A
        r"|(?<![\w'’.-])A(?= (?:and|or|to) [A-Z](?![\w'’-]))"  # A or B
        r"|(?<=\()A(?=\))"  # group (A)
        rf"|\b(?i:{lettered}) (?P<named>A)(?=[ )])"  # hepatitis A is
        r"|(?<=\d )a(?= m(?!\w))"  # 8 a m
    )


def letters_a(text: str) -> Iterator[int]:
    """The places of every A that is said by its name, where the voice would not say it so."""
    for match in _pattern().finditer(text):
        yield match.start("named") if match["named"] else match.start()
