"""Ordinals written with a dot, as in German: "am 3. Mai" is "am dritten Mai", "der 2. Tag" is "der zweite Tag".

Measured: the default engine says "drei", and its dot breaks the sentence in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_ORDINAL = lazy(r"(?:(?<![\w.])([^\W\d_]+)[ \u00a0])?(?<![\w.,/])(\d{1,2})\.(?=[ \u00a0]?[^\W\d_]{3,})")


def _find(passage: Passage) -> Iterator[Claim]:
    data = passage.language.words("ordinals")
    stems = data.get("stems", ())
    months = {
        *passage.language.words("dates").get("months", ()),
        *passage.language.words("dates").get("short_months", ()),
    }
    for match in _ORDINAL.finditer(passage.text) if stems else ():
        word, number = (match[1] or "").lower(), int(match[2])
        following = re.compile(r"\.?[ \u00a0]?([^\W\d_]+)").match(passage.text, match.end())
        in_date = following is not None and following[1] in months
        if not 1 <= number <= len(stems) or not (
            in_date or word in data["n_after"] or word in data["plain_after"]
        ):
            continue
        yield Claim(match.start(2), match.end(), ordinal(passage, number, match.start(2)))


def ordinal(passage: Passage, number: int, start: int) -> str:
    """The ordinal with the ending that the word before it asks for; an empty string where there is none."""
    data = passage.language.words("ordinals")
    stems = data.get("stems", ())
    if not 1 <= number <= len(stems):
        return ""
    before = re.search(r"([^\W\d_]+)[ \u00a0]\Z", passage.text[max(0, start - 15) : start])
    word = before[1].lower() if before else ""
    return str(stems[number - 1]) + (
        "" if word in data["plain_after"] else "n" if word in data["n_after"] else "r"
    )


RULE = Rule("ordinals", "Says ordinal numbers that are written with a dot.", _find, "digit")
