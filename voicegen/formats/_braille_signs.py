"""Text as a braille table can take it: without what nobody sees, and with other signs for those that a code lacks.

No sign is lost: what a table has no cells for is written with other signs (10⁹ as 10^9), as its base letter (ç as
c) or by its name ("check mark").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from voicegen.model.characters import is_seen, name_of

RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ]+")
LOWERED = re.compile(r"[₀₁₂₃₄₅₆₇₈₉₊₋₍₎]+")
FRACTION = re.compile(r"(?<=\d)(?=[¼½¾⅐-⅞↉])")
MICRO = re.compile("µ|(?<![\u0370-\u03ff\u1f00-\u1fff])μ(?![\u0370-\u03ff\u1f00-\u1fff])")
"""The sign for a millionth, also where it was typed as the Greek letter."""
DEGREE = re.compile(r"º(?=\s?[CF](?!\w))")
"""The sign for "the nth" where a temperature means the one for degrees."""
ORDINAL = re.compile(r"(?<=\d)\.?([ªº])")
"""The endings of "the nth" after a number; "1ª" must not be read as 11."""
OTHERWISE = {
    **{"≥": ">=", "≤": "<=", "≈": "~", "≠": "=/=", "±": "+/-", "×": "x", "÷": "/", "⁄": "/", "∕": "/"},
    **{"→": "->", "←": "<-", "⇒": "=>", "−": "-", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-"},
    **{"…": "...", "•": "*", "·": "*", "∙": "*", "′": "'", "″": '"', "‹": "'", "›": "'", "‚": "'", "‛": "'"},
    **{"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "©": "(c)", "®": "(R)", "™": "(TM)"},
    **{"µ": "micro", "μ": "micro", "٪": "%", "٫": ".", "٬": "'", "،": ",", "؛": ";", "؟": "?", "ß": "ss"},
    **{"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i"},
}
"""Other signs for a sign, mostly as it is written where only the letters of a typewriter are at hand."""
SPELLED = re.compile(r" (?:letter|syllable) (?:(?:small|capital|final) )*([\w-]+)\Z")
"""The sound at the end of a letter's name in Unicode: "greek small letter beta", "hiragana letter ka"."""


def plain(text: str) -> str:
    """The text composed (NFC), on one line, without what is not seen."""
    composed = DEGREE.sub("°", unicodedata.normalize("NFC", text))
    return "".join(map(_seen, ORDINAL.sub(lambda found: f". {'ao'[found[1] == 'º']}", composed)))


def _seen(sign: str) -> str:
    """The sign, a blank for any kind of blank, nothing for one that only steers how others are shown."""
    if sign.isspace():
        return " "
    return sign if is_seen(sign) and sign not in JOINERS else ""


JOINERS = {"\u034f", "\u115f", "\u1160", *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}
"""Signs of other categories that are not seen either: fillers and variation selectors."""


def written_otherwise(text: str, is_unknown: Callable[[str], bool]) -> str:
    """The text with other signs for those raised, lowered and broken numbers that the table does not know."""

    def raised(found: re.Match[str]) -> str:
        run = found[0]
        return "^" + unicodedata.normalize("NFKC", run).replace("−", "-") if is_unknown(run) else run

    def lowered(found: re.Match[str]) -> str:
        run = found[0]
        if not is_unknown(run):
            return run
        digits = unicodedata.normalize("NFKC", run).replace("−", "-")
        near = found.string[max(0, found.start() - 1) : found.start()] + found.string[found.end() :][:1]
        return f"({digits})" if any(map(str.isdigit, near)) else digits  # log₁₀5 is not log105

    def micro(found: re.Match[str]) -> str:
        return OTHERWISE[found[0]] if is_unknown(found[0]) else found[0]

    return FRACTION.sub(" ", LOWERED.sub(lowered, RAISED.sub(raised, MICRO.sub(micro, text))))


def substitute(sign: str) -> str:
    """Other signs for one that the table has no cells for: its compatible signs, its base letter, or its name."""
    if sign in OTHERWISE:
        return OTHERWISE[sign]
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    compatible = unicodedata.normalize("NFKC", sign)
    if compatible != sign:
        return compatible.replace("⁄", "/")
    letters = [part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part)]
    if not letters:
        return ""  # an accent without its letter
    if letters != [sign]:
        return "".join(letters)
    name = name_of(sign)
    spelled = SPELLED.search(name)
    return spelled[1] if spelled else f" ({name}) "
