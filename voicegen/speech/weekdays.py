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

_JOINED = r"\.?\s?[-‐‑–—]\s?"


def dashes(text: str, lang: str, to: str) -> Iterator[Claim]:
    """The dashes between days, said as `to` or as a pause."""
    found = _rows(lang)
    for row in found[0].finditer(text) if found else ():
        dashes = list(found[1].finditer(text, *row.span()))
        days = [day.strip(" .").casefold() for day in found[1].split(row[0])]
        if len(set(days)) < len(days):
            continue  # "pt-PT" is a language
        for dash in dashes:
            yield Claim(*dash.span(), to if len(dashes) == 1 else ", ")


@lru_cache(maxsize=64)
def _rows(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    names = sorted(of_language(shared_words("weekdays"), lang, "").split(), key=len, reverse=True)
    if not names:
        return None
    day = rf"(?i:{'|'.join(map(re.escape, names))})"
    row = re.compile(rf"(?<![\w-]){day}(?:{_JOINED}{day})+(?![\w-])")
    return row, re.compile(r"\s?[-‐‑–—]\s?")
