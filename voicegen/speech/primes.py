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
_SPAN = lazy(r"(?<![\w.,'’′\"”″°])(?P<low>\d{1,3})\s?[′'’]\s?[-–—]\s?(?=\d{1,3}\s?[′'’](?![\w'’′″\"-]))")
"""From so many minutes to so many: "15'-30'"."""
_OPENED = lazy(r"(?<!\w)['‘]")
_LASTS = lazy(r"\b(?:over|for|in|every|after|within|per|x)\s\Z", re.IGNORECASE)


_AT_BIRTH = lazy(r"\bapgars?\b.*\bat\s\Z", re.IGNORECASE)
_GIVEN = lazy(
    r"\b(?:iv|i\.v\.|infus\w*|inject\w*|bolus\w*|giv(?:e|en)|run|push|slow\w*|drip|dilut\w*)(?!\w)", re.IGNORECASE
)
_MEASURED = lazy(r"\s?(?:tall|high|long|wide|deep|away|apart|from)\b", re.IGNORECASE)


def _is_time(text: str, mark: re.Match[str]) -> bool:
    """Whether it is a length of time in English; "over 6'" is a height as likely, where nothing is given."""
    before = text[max(0, mark.start() - 100) : mark.start()]
    if _AT_BIRTH.search(before):
        return True  # "Apgar 8 at 1', 9 at 5'"
    lasts = _LASTS.search(before)
    tall = lasts and lasts[0].strip().lower() == "over" and 3 < int(mark[1]) < 8 and not _GIVEN.search(text)
    return lasts is not None and not tall and not _MEASURED.match(text, mark.end())


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    units = passage.language.units
    opened = _OPENED.search(text)
    for match in _SPAN.finditer(text) if passage.language.code != "en" and not opened else ():
        yield Claim(match.end("low"), match.end(), f" {passage.language.word('to')} ")
    for match in _MARK.finditer(text):
        if opened and opened.end() <= match.start():
            continue  # it closes a quotation
        if passage.language.code == "en" and not _is_time(text, match):
            continue
        unit = units["s" if match["mark"] == "″" or len(match["mark"]) == 2 else "min"]
        one = category(float(match[1]), passage.language.code) == "one"
        yield Claim(match.end(1), match.end("mark"), unit.one if one else unit.other)


RULE = Rule("primes", "Says the mark after a number of minutes or seconds.", _find, "digit")
