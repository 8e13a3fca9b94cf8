"""Text whose bytes were read in another encoding than they were written in (mojibake).

Danger: "Âµg", "æg", "碌g": an amount that a voice says as something else. A page that says
it is in Latin 1 and is in Cyrillic is read without a mistake that a decoder could see, and every word of it is
nonsense. What the signs of amounts become is not listed here but reckoned, from the codecs themselves.
Source: WHATWG Encoding, sections 4 and 9 to 13.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from voicegen.speech.patterns import lazy

_SINGLE = (
    *("cp1252", "latin-1", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp874", "mac_roman", "koi8_r"),
    *("cp437", "cp850"),
)
_DOUBLE_BYTE = ("gb18030", "big5hkscs", "cp932", "cp949")
_WRITTEN_IN = ("utf-8", "cp1252", "mac_roman", "cp437", "cp1253")
"""Encodings in which pages with these signs were written; UTF-8 above all."""
_AFTER_NUMBER = {"µμ": "(?:[gGlLmM]|mol|kat)", "°": "[CF]"}
"""Signs between a number and a letter, and the letter."""
_BEFORE_NUMBER, _BETWEEN_NUMBERS, _ANYWHERE = "≤≥", "±–−×", "’“”–—…•≤≥−✓μ"

_HIGH = re.compile("[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]")
"""What the letters of another script become in windows-1252."""
_FEWEST_HIGH = 12
_MOST_HIGH = 0.5
"""Share of a passage's letters: in Vietnamese, which has most accents, a fifth of them are of Latin 1."""
_FEWEST_WRONG = 3
_LOST_SIGN = re.compile(r"\d[ \u00a0]?\?(?:[gGlL]|mol|[CF])(?![^\W_])|\d\?\d")
"""A question mark that a program put in place of "µ", "°" or a dash, which it did not know."""
_OWN_SIGN = lazy(
    r"\d[ \u00a0]?(?![\uf0b7\uf0a7\uf0d8])[\ue000-\uf8ff][ \u00a0]?(?:(?:[gGlLmMCF]|mol)(?![^\W_])|[.,]?\d)"
    r"|(?<![\w.])(?![\uf0b7\uf0a7\uf0d8])[\uf020-\uf0ff][.,]?\d{1,4}(?:[.,]\d+)?[ \u00a0]?"
    r"(?:m?[gGlL]|mcg|kg|mmol|IU|UI|IE|mmHg|cm|mm|%|°|years?|ans|años|Jahre)(?![^\W_])"
)
"""What programs make of "μ", "°" or "≤" in the font Symbol (private code points): nobody sees or says it.

Its bullets are none; nor is an icon with a space before its number.
"""
_LOST_NAME = re.compile(
    r"&(?:amp;)?(?:(?:le|ge|ne|micro|mu|deg|plusmn|times|minus|ndash|frac\d\d|asymp|sup[123]);?(?![a-z])"
    r"|(?:lt|gt);?[ \u00a0]?\d)"
)
"""The name of a sign of amounts, shown instead of the sign."""

_TEX = re.compile(
    r"\\\([^()\n]{1,80}\\\)"
    r"|\\(?:times|geq?|leq?|neq?|[dt]?frac|pm|cdot|mu|micro|SI|qty|text|mathrm|circ|sim|approx|degree)(?![A-Za-z])"
)
"""A formula for a program, which draws it in the browser: "10^{6}" is "10 6" to a voice, "\\geq" no sign."""

_LETTERS = {
    "cp1250": {
        "pl": "ąćęłńśźż", "cs": "ěščřžůťďň", "sk": "ľščťžďňĺŕ", "ro": "ăşţ",
        "hr": "čćđ", "sl": "č", "bs": "čćđ", "sr": "čćđ",
    },
    "cp1254": {"tr": "ğışİŞĞ"},
    "cp1257": {"lt": "ąčęėįųū", "lv": "āčēģīķļņū", "et": ""},
}  # fmt: skip
"""Letters that only these languages have, by the encoding of theirs that is taken for windows-1252."""
_ENCODINGS = {
    **{lang: codec.replace("cp", "windows-") for codec, langs in _LETTERS.items() for lang in langs},
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk"), "windows-1251"),
    **dict.fromkeys(("ar", "fa", "ur"), "windows-1256"),
    **{"el": "windows-1253", "he": "windows-1255", "th": "windows-874", "vi": "windows-1258"},
    **{"zh": "gbk", "ja": "shift_jis", "ko": "euc-kr"},
}


class Misread(NamedTuple):
    """A place of a passage."""

    at: int
    what: str
    remedy: str = "Write the sign anew, and save the page as UTF-8."


def misread(passage: str, lang: str) -> Misread | None:
    """The first sign of an amount in a passage that became another, or None."""
    primary = lang.partition("-")[0]
    if found := _LOST_SIGN.search(passage):
        return Misread(found.start(), f'a sign was lost before it came here: "{found[0]}"')
    if found := _LOST_NAME.search(passage):
        return Misread(found.start(), f'the page shows the name of a sign instead of the sign: "{found[0]}"')
    if "\\" in passage and (found := _TEX.search(passage)):
        what = f'a formula is written for a program (TeX), which draws it in the browser: "{found[0]}"'
        return Misread(found.start(), what, "Write it with the signs themselves, such as 10⁶ or ≥, or in words.")
    if passage.isascii():
        return None
    if found := _OWN_SIGN.search(passage):
        sign = next(letter for letter in found[0] if letter >= "\ue000")
        return Misread(found.start(), f"there is a sign that only the font Symbol has (U+{ord(sign):04X})")
    for pattern in _patterns():
        for found in pattern.finditer(passage):
            if _CYRILLIC.search(found[0]):
                what = f"the “м” in “{found[0]}” is a Cyrillic letter, which stands for “m” or for a lost “µ”"
                return Misread(found.start(), what, "Write the unit in Latin letters: mg or µg.")
            if not ("æ" in found[0] and primary in _WITH_AE):
                return Misread(found.start(), f'"{found[0]}" was read in another encoding than it was written in')
    return None


_CYRILLIC = re.compile(r"\d[ \u00a0]?м[gGlL]\Z")
_WITH_AE = frozenset(("da", "no", "nb", "nn", "fo", "is"))
"""Languages in which "3 æg" are three eggs."""


def misread_letters(passages: Iterable[str], lang: str) -> Iterator[Misread]:
    """Why a text that was read as windows-1252 seems to be in another encoding, with the place in all of it.

    The passages stand in lines there.
    """
    primary, start = lang.partition("-")[0], 0
    wrong: list[int] = []
    others = _others(primary)
    has_own = False
    for passage in passages:
        if not passage.isascii():
            high = _HIGH.findall(passage)
            letters = len(high) + sum(character.isascii() and character.isalpha() for character in passage)
            if len(high) >= _FEWEST_HIGH and len(high) > _MOST_HIGH * letters:
                yield _other_encoding(start, primary)
            if others:
                has_own = has_own or bool(others[0].search(passage))
                wrong += (start + found.start() for found in others[1].finditer(passage))
        start += len(passage) + 1
    if len(wrong) >= _FEWEST_WRONG and not has_own:
        yield _other_encoding(wrong[0], primary)


def letters_in_place(text: str, lang: str) -> list[str]:
    """What staff are told of letters of Latin 1 that stand for the language's own; no word is another for them."""
    if lang.partition("-")[0] != "hu" or len(_HUNGARIAN.findall(text)) < _FEWEST_WRONG:
        return []
    return ["The page writes õ for ő, or û for ű, which a voice may say wrong: write the right letters, in UTF-8."]


_HUNGARIAN = re.compile("[õûÕÛ]")
"""Keyboards and fonts without ő and ű had these in their places, and windows-1250 that is read as 1252 has."""


def _other_encoding(at: int, primary: str) -> Misread:
    name = _ENCODINGS.get(primary, "NAME")
    return Misread(
        at,
        "its letters make no words: it is not in the encoding that it says",
        f'Say the right one in its head, such as <meta charset="{name}">, or save it as UTF-8.',
    )


@cache
def _others(primary: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """The letters that only the language has, and what they become in windows-1252."""
    for codec, langs in _LETTERS.items():
        if letters := langs.get(primary):
            both = dict.fromkeys(letter for letter in letters + letters.upper() if letter > "\x7f")
            own = [letter for letter in both if letter.encode(codec).decode("cp1252", "replace") != letter]
            become = "".join(letter.encode(codec).decode("cp1252", "ignore") for letter in own)
            return re.compile(f"[{''.join(own)}]"), re.compile(f"[{re.escape(become)}]")
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What finds the signs that were misread. Made when a page first holds more than ASCII."""
    patterns = []
    for signs, letter in _AFTER_NUMBER.items():
        forms = {form for sign in signs for form in _forms(sign, _WRITTEN_IN)}
        double = {form for sign in signs for form in _with_letter(sign)}
        patterns.append(rf"\d[ \u00a0]?(?:(?:{_either(forms)}){letter}|{_either(double)})(?![^\W_])")
    patterns.append(rf"(?:{_either(_of_signs(_BEFORE_NUMBER))})\W?[ \u00a0]?\d")
    patterns.append(rf"\d[ \u00a0]?(?:{_either(_of_signs(_BETWEEN_NUMBERS))})[^\w\s]?[ \u00a0]?\d")
    patterns.append(_either(form for form in _of_signs(_ANYWHERE) if len(form) > 2))
    return tuple(map(re.compile, (*patterns, _GREEK, _CENTRAL)))


_GREEK = "[\u00ce\u0152][\u00b1-\u00ba\u00bc-\u00bf]"
"""Letters of names: "Î±-blockers"."""
_CENTRAL = "[\u00c4\u00c5][\u2018-\u203a\u00a1-\u00bf\u0152\u0153](?=[a-z])"
"""Letters of Central Europe, and the French one in "Å“dème"."""


def _of_signs(signs: str) -> set[str]:
    return {form for sign in signs for form in _forms(sign, ("utf-8",))}


def _forms(sign: str, written_in: Iterable[str]) -> Iterator[str]:
    """What a sign becomes; never ASCII, never another sign that may well stand in its place."""
    for encoding in written_in:
        data = sign.encode(encoding, "ignore")
        for codec in (*_SINGLE, *(_DOUBLE_BYTE if len(data) > 1 else ())):
            form = data.decode(codec, "ignore")
            whole = len(form) > 1 or len(data) == 1 or codec in _DOUBLE_BYTE
            if form not in _HONEST and not form.isascii() and whole:
                yield form


def _with_letter(sign: str) -> Iterator[str]:
    """What a sign of windows-1252 becomes together with the letter behind it, in encodings of two bytes."""
    data = sign.encode("cp1252", "ignore")
    for letter in ("CF" if sign == "°" else "gGlLmMkK") if data else "":
        for codec in _DOUBLE_BYTE:
            form = (data + letter.encode()).decode(codec, "ignore")
            if form not in _HONEST and (len(form) == 1 or form[1:] == letter):
                yield form


_HONEST = frozenset("µμ°º˚≤≥±–−×-·²³½¼無然")
"""Signs that stand in such places by themselves: "1 無" is the first answer of a questionnaire."""


def _either(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(forms), key=lambda form: (-len(form), form))))
