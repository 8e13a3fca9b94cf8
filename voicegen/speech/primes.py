"""The mark of minutes and seconds after a number: "perfusion en 30′" is "en 30 minutes".

Source: ISO 80000-3 (′ and ″ are minutes and seconds of angle; clinics write them for those of time). Danger: no
voice says the mark. In English it may be feet, too, so there a word before it has to tell that it is a length of
time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.plurals import category

_MARK = lazy(r"(?<![\w.,'’′\"”″°])(\d{1,3})\s?(?P<mark>[′'’]{2}|[″′'’])(?![\w'’′″\"-])")
_OPENED = lazy(r"(?<!\w)['‘]")
_LASTS = lazy(r"\b(?:over|for|in|every|after|within|per|x)\s\Z", re.IGNORECASE)


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    units = passage.language.units
    for match in _MARK.finditer(text):
        if _OPENED.search(text, 0, match.start()):
            continue  # it closes a quotation
        if passage.language.code == "en" and not _LASTS.search(text, 0, match.start()):
            continue
        unit = units["s" if match["mark"] == "″" or len(match["mark"]) == 2 else "min"]
        one = category(float(match[1]), passage.language.code) == "one"
        yield Claim(match.end(1), match.end("mark"), unit.one if one else unit.other)


RULE = Rule("primes", "Says the mark after a number of minutes or seconds.", _find, "digit")
