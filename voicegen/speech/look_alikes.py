"""Letters of another script that look like those of the word around them, as the letters that a reader sees.

Danger: "nоt" with a Cyrillic "о" looks like any other "not", and a voice spells it; no rule finds it, and no proof
counts it as a denial. Only a word that mixes scripts is touched, and only where each letter of the script that is
fewer in it looks like one of the other: what is left mixed is refused (`proof_letters`). Greek letters that look
like no other stay ("TNFα", "μg"). Source: Unicode Technical Standard 39, section 4, confusables.
"""

from __future__ import annotations

import re
from functools import partial

from voicegen.speech.patterns import lazy

_PAIRS = {
    "cyrillic": ("аеорсухіјѕһԁԛԝүАВЕКМНОРСТУХІЈЅҮ", "aeopcyxijshdqwyABEKMHOPCTYXIJSY"),
    "greek": ("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX"),
}
_TO_LATIN = {name: dict(zip(*pair, strict=True)) for name, pair in _PAIRS.items()}
_FROM_LATIN = {name: dict(zip(latin, other, strict=True)) for name, (other, latin) in _PAIRS.items()}
_WORDS = {
    "cyrillic": lazy("[A-Za-z\u00c0-\u024f\u0400-\u052f]+"),
    "greek": lazy("[A-Za-z\u00c0-\u024f\u0370-\u03ff]+"),
}
_LAST_LATIN = "\u024f"


def as_seen(text: str) -> str:
    """The text with every such letter as the one that it looks like; as many characters as before."""
    if text.isascii():
        return text
    for name, words in _WORDS.items():
        text = words.sub(partial(_of_one_script, name), text)
    return text


def _of_one_script(name: str, found: re.Match[str]) -> str:
    word = found[0]
    latin = sum(letter <= _LAST_LATIN for letter in word)
    if latin in (0, len(word)):
        return word
    is_latin = 2 * latin >= len(word)
    way = (_TO_LATIN if is_latin else _FROM_LATIN)[name]
    strange = {letter for letter in word if (letter > _LAST_LATIN) == is_latin}
    return "".join(way.get(letter, letter) for letter in word) if strange <= way.keys() else word
