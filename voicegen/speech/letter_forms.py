"""Letters that are made of several are said as those, and signs that nobody sees are left out.

Danger: engines skip ligatures and full-width digits, and invisible signs split a word or steer the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_ODD = lazy(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    r"\ufb00-\ufb06\uff05\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
)
_WIDE = lazy(r"[\uff05\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")


def _find(passage: Passage) -> Iterator[Claim]:
    if passage.text.isascii() and passage.text.isprintable():
        return
    text = passage.text
    for match in _ODD.finditer(text):
        start, end = match.span()
        if "\ufb00" <= match[0] <= "\ufb06":
            while start and text[start - 1].isalpha() and passage.free(start - 1, start):
                start -= 1
            while end < len(text) and text[end].isalpha():
                end += 1
            yield Claim(start, end, unicodedata.normalize("NFKC", text[start:end]))
        elif match[0] >= "\uff01":
            while end < len(text) and _WIDE.match(text, end):
                end += 1
            yield Claim(start, end, unicodedata.normalize("NFKC", text[start:end]))
        elif not (match[0] < " " and text[start:end].isspace()):
            yield Claim(start, end, "")


RULE = Rule(
    "letter forms", "Says joined or full-width letters as plain ones and leaves out invisible signs.", _find
)
