"""One day in two, and hours of the day, in French: "1 j/2" is "1 jour sur 2", "8 h/24" is "8 heures sur 24".

Danger: "1 cp 1 j/2" read as a rate or as two numbers: a tablet every day for one every other day.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_PART = lazy(
    r"(?<![\w.,/])(\d{1,2})[ \u00a0\u202f]?([^\W\d_]{1,8})\.?\s?/\s?(\d{1,2})"
    r"(?![\w/]|[.,]\d|\s?(?!(?:par|le|la|les|si|en|et|ou|à|au)\b)(?:[^\W\d_]{1,3}|%)(?!\w))"
)
_DAY = 24
"""Hours, of which any number may be meant."""


def _find(passage: Passage) -> Iterator[Claim]:
    spans = passage.language.words("one_in_several")
    for match in _PART.finditer(passage.text) if spans else ():
        one, other = spans.get(match[2], ("", ""))
        several, all_of = int(match[1]), int(match[3])
        hours = one == passage.language.units["h"].one
        if one and several < all_of and (all_of == _DAY if hours else all_of <= 12):
            words = f"{one if several == 1 else other} {passage.language.word('over')}"
            yield Claim(match.end(1), match.start(3), words)


RULE = Rule("one in several", 'Says "1 j/2" as one day in two.', _find, "digit")
