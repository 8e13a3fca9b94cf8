"""Titles and saints: "Dr. Smith" is "Doctor Smith", "St. John's" is "Saint John's", "12 Oak St." is "Street".

Source: facts 5b, engines 1.4 (a dot after a title makes a break), gTTS's damage to words ending in "st".
Danger: a rule that matches inside words ("chest", "breast"), so whole words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_WORD = lazy(r"(?<![\w.'’-])(?<!\b[A-Z] )([A-ZÀ-Ý][a-zà-ÿ]{0,6}(?:\.[a-zà-ÿ]{1,3})?)(\.?)(?![\w'’])")
_EVERY = lazy(r"(?<![\w/])C/(?=\s?\d{1,2}\s?(?i:hs?|hrs?|horas?|d[ií]as?|semanas?|mes(?:es)?)(?!\w))")
"""As in "1 COMP. C/8 H": every 8 hours, and no street."""
_STREET = lazy(r"(?<![\w/])c/(?=\s(?:de\s(?:la\s|los\s|las\s)?|del\s)?[A-ZÁÉÍÓÚÑ][^\W\d_]{2})")
"""Of a street's name, in Spanish: before a number or a meal it is "each"."""
_NAME = lazy(r"[ \u00a0](?:[A-ZÀ-Ý][\w'’.-]*|de |von |van |der )")
_NAME_BEFORE = lazy(r"[A-ZÀ-Ý][\w'’-]+[ \u00a0]\Z")


def _find(passage: Passage) -> Iterator[Claim]:
    titles = passage.language.words("titles")
    after_name = passage.language.words("titles_after_name")
    if not titles:
        return
    text = passage.text
    for ending, words in passage.language.words("street_endings").items():
        for match in re.finditer(rf"([^\W\d_]{{2,40}}){re.escape(ending)}(?=[ \u00a0]\d|,|\s*\Z)", text):
            end = match.end() - (not text[match.end() :].strip())
            yield Claim(match.start(), end, f"{match[1]}{words}")
    for match in _EVERY.finditer(text) if "c/" in titles else ():
        yield Claim(*match.span(), "cada" if match[0][-1].isspace() else "cada ")
    for match in _STREET.finditer(text) if "c/" in titles else ():
        yield Claim(*match.span(), str(titles["c/"]))
    for match in _WORD.finditer(text):
        short = match[0] if match[0] in titles else match[1]
        if short not in titles:
            continue
        end = match.start() + len(short)
        named = _NAME.match(text, match.end()) is not None
        follows_name = _NAME_BEFORE.search(text[max(0, match.start() - 30) : match.start()]) is not None
        if (
            short in after_name
            and follows_name
            and not (named and text[end - 1] != "." and "'" in text[end:][:20])
        ):
            if named and not re.search(r"\d\s+(?:[A-ZÀ-Ý]\w+\s)+\Z", text[: match.start()][-40:]):
                yield Claim(match.start(), end, str(titles[short]))
                continue
            ends = text[end - 1] == "." and not text[end:].strip(" \"'”’)»")
            yield Claim(match.start(), end - ends, str(after_name[short]))
        elif named:
            yield Claim(match.start(), end, str(titles[short]))


RULE = Rule("titles", "Says Dr, Mr, Prof, St and their like in full, by what stands beside them.", _find)
