"""From one day of the week to another, in languages without rules: "lun-ven" is "lun a ven".

Voices drop the dash, and the clinic would be open on two days. Three days or more are days one by one
("lun-mer-ven 1 cp"), which a pause parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicegen.speech.language import of_language, shared_words
from voicegen.speech.passage import Claim
from voicegen.speech.patterns import lazy

_DASH = lazy(r"\s?[-‐‑–—]\s?")


def dashes(text: str, lang: str, to: str) -> Iterator[Claim]:
    """The dashes between days, said as `to` or as a pause."""
    pattern = _rows(lang)
    for row in pattern.finditer(text) if pattern else ():
        days = [day.strip(" .").casefold() for day in _DASH.split(row[0])]
        if len(set(days)) < len(days):
            continue  # "pt-PT" is a language
        for dash in _DASH.finditer(text, *row.span()):
            yield Claim(dash.start(), dash.end(), to if len(days) == 2 else ", ")


@lru_cache(maxsize=64)
def _rows(lang: str) -> re.Pattern[str] | None:
    names = sorted(of_language(shared_words("weekdays"), lang, "").split(), key=len, reverse=True)
    day = rf"(?i:{'|'.join(map(re.escape, names))})"
    return re.compile(rf"(?<![\w-]){day}(?:\.?{_DASH.pattern}{day})+(?![\w-])") if names else None
