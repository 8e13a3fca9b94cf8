"""What a raised run is: the mark of a note, or an exponent, an ordinal, a part of a formula.

Danger: a mark read as part of the text makes a false number ("take 2 tablets3") or hides a unit ("5 mg" and a
raised "a"); an exponent taken for a mark is lost. So a raised run is a mark only where the source says so,
links to a note, stands after a whole word, an amount or the end of a sentence, or begins the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicegen.model.document import Run
from voicegen.speech.patterns import lazy

LETTERS = lazy(r"[a-z](?:\s?,\s?[a-z])*")
NUMBERS = lazy(r"\[?\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*\]?")
AMOUNT = lazy(r"\d[ \u00a0\u202f]?(?!(?:[kcdmµμn]?m)\Z)[^\W\d_]{1,4}\Z|\d\s?%\s{0,2}\Z")
"""An amount whose unit is no length: "cm²" is a unit."""
WORD_END = lazy(
    r"(?:[a-zà-ÿ]{4}|(?<![^\W\d_])(?!(?i:chi|eta|phi|rho|log|mol)\s*\Z)[^\W\d_][a-zà-ÿ]{2,3}"
    r"|[a-zà-ÿ]{2}[.,;:!?)\"”’])\s{0,3}\Z"
)
"""The end of a word of three letters or more, or of a sentence. Danger: "Day²" heard as day 2."""
LENGTH = lazy(
    r"(?<![^\W\d_])(?:kilo|centi|milli|mili|zenti|centí|milí)?"
    r"(?:m[eèé]t(?:re|er)|metro|inche?|foot|feet|yard|zoll|pouce|pulgada|pollice)s?\Z",
    re.I,
)
"""A length that is written out: with a raised 2 it is an area, as in "75 mg per metre²", and has no note.

Danger: a dose by the body's surface would be one by its length.
"""
INVERSE = lazy(r"[-−–][123]")
UNIT_END = lazy(r"(?<![^\W\d_])[A-Za-zµμ]{1,5}\Z")
RAISED = str.maketrans("123", "¹²³")
_STROKES = ("/", "⁄", "∕")
"""Behind the upper number of a fraction."""
REACH = 16
"""Characters before a raised run that these patterns need."""


def is_marker(run: Run, before: str, after: str) -> bool:
    """Whether a raised run is the mark of a note; `before` and `after` are the text around it."""
    words = run.text.strip()
    if run.position == "note" or (words and all(letter in "*†‡§¶#" for letter in words)):
        return True
    if run.href.startswith("#") and (NUMBERS.fullmatch(words) or len(words) <= 3):
        return True
    number, letters = NUMBERS.fullmatch(words), LETTERS.fullmatch(words)
    if after[:1].isalnum() or after.lstrip()[:1] in _STROKES or not (number or letters):
        return False
    near = before[-REACH:]
    if not near.strip():
        return after[:1].isspace() and bool(words)  # nothing that it could be raised over: a note begins with it
    if words in ("2", "3") and LENGTH.search(near):
        return False
    return WORD_END.search(near) is not None or AMOUNT.search(near) is not None


def inverse_units(runs: Sequence[Run], text: str) -> str:
    """The text of the runs, with "kg" and a raised "-1" as "kg⁻¹"; as many characters as before."""
    if len(runs) < 2:
        return text
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        if run.position == "sup" and INVERSE.fullmatch(run.text) and UNIT_END.search(text, 0, start):
            text = f"{text[:start]}⁻{run.text[1:].translate(RAISED)}{text[end:]}"
    return text
