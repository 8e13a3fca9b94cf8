"""A given speech in the spelling of the expected one, wherever an ear could not tell them apart.

So that nobody is blamed for a small letter in "february", for "L 4" instead of "L4" or "LDL" instead of "L D L".
"""

from __future__ import annotations

import re

from voicegen.gauntlet.number_words import LETTER

_WORD = re.compile(rf"{LETTER}+")
_SPELLED = re.compile(rf"(?<!\w){LETTER}(?: {LETTER}){{1,39}}(?!\w)")
_CODE = re.compile(rf"(?<!\w)(?=\w*\d)(?=\w*{LETTER})\w+(?!\w)")
_RATIO = re.compile(r"(\d+):(\d+)")
_SHORT_FORM = re.compile(rf"(?<!\w)({LETTER}{{2,}})\.(?=\s?[^\W_])")


def likened(given: str, expected: str, shown: str) -> str:
    """The given speech with its letters, capitals and codes as the expected speech and the sentence have them."""
    given = _SPELLED.sub(lambda found: _unspelled(found[0], expected, shown), given)
    given = _WORD.sub(lambda found: _spelled(found[0], expected), given)
    given = _recased(given, expected)
    for code in dict.fromkeys(_CODE.findall(expected)):
        parts = re.findall(rf"\d+|{LETTER}+", code)
        given = re.sub(rf"(?<!\w){'[ -]?'.join(parts)}(?!\w)", code, given, flags=re.IGNORECASE)
    for low, high in dict.fromkeys(_RATIO.findall(shown)):
        given = re.sub(rf"(?<!\d){low}: (?={high})", f"{low}:", given)
    for short in dict.fromkeys(_SHORT_FORM.findall(shown)):
        given = re.sub(rf"(?<!\w){short}(?![\w.])", f"{short}.", given)
    return given


def _spelled(word: str, expected: str) -> str:
    """A word with its letters apart, where they are in the expected speech: "GPs" as "G P's"."""
    for letters, end in ((word, ""), (word[:-1], "'s")):
        apart = " ".join(letters) + end
        if len(letters) > 1 and word.endswith(end[-1:]) and apart.casefold() in expected.casefold():
            found = re.search(rf"(?<![\w']){re.escape(apart)}(?![\w'])", expected, re.IGNORECASE)
            if found:
                return found[0]
    return word


def _unspelled(letters: str, expected: str, shown: str) -> str:
    """Letters apart as one word where the sentence has them so, and the speech no such word: "I U" for "IU".

    A word in capitals may be spelled ("M R S A"); one that is only written in capitals may not ("N O T").
    """
    single = letters.split(" ")
    for start in range(len(single) - 1):
        for end in range(len(single), start + 1, -1):
            word = "".join(single[start:end])
            written = re.search(rf"(?<!\w){r'[.]?'.join(word)}(?!\w)", shown, re.IGNORECASE)
            said = re.search(rf"(?<!\w)(?:{word}|{' '.join(single[start:end])})(?!\w)", expected, re.IGNORECASE)
            if written and (not said or said[0] == written[0]):
                rest = _unspelled(" ".join(single[end:]), expected, shown) if end < len(single) else ""
                return " ".join([*single[:start], written[0], *([rest] if rest else [])])
    return letters


def _recased(given: str, expected: str) -> str:
    cased = {word.casefold(): word for word in _WORD.findall(expected)}
    kept = {word: word for word in cased.values()}
    return _WORD.sub(lambda found: kept.get(found[0]) or cased.get(found[0].casefold(), found[0]), given)
