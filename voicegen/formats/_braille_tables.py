"""Which liblouis table a language is written with.

Contracted braille where those who read the language's braille are used to it. In Spanish it is hardly taught and
not published; in Arabic countries differ, and the table lacks signs that doses need. So both are uncontracted,
unless `[braille.tables]` says otherwise (docs/reference/braille.md).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

CONTRACTED = {
    **{"cy": "cy-cy-g2.ctb", "da": "da-dk-g26.ctb", "de": "de-g2.ctb", "en": "en-ueb-g2.ctb"},
    **{"fr": "fr-bfu-g2.ctb", "ga": "ga-g2.ctb"},
}
UNCONTRACTED = {
    **{"ar": "ar-ar-g1.utb", "bg": "bg.utb", "ca": "ca-g1.ctb", "cs": "cs-g1.ctb", "cy": "cy-cy-g1.utb"},
    **{"da": "da-dk-g16.ctb", "de": "de-g0.utb", "en": "en-ueb-g1.ctb", "es": "es-g1.ctb", "fi": "fi.utb"},
    **{"fr": "fr-bfu-comp6.utb", "ga": "ga-g1.utb", "he": "he-IL.utb", "hi": "hi-in-g1.utb", "hr": "hr-g1.ctb"},
    **{"hu": "hu-hu-g1.ctb", "it": "it-it-comp6.utb", "ko": "ko-g1.ctb", "lt": "lt-6dot.utb"},
    **{"lv": "Lv-Lv-g1.utb", "nb": "no-no-g0.utb", "nl": "nl-NL-g0.utb", "nn": "no-no-g0.utb"},
    **{"no": "no-no-g0.utb", "pl": "Pl-Pl-g1.utb", "pt": "pt-pt-g1.utb", "ru": "ru-litbrl.ctb", "sk": "sk-g1.ctb"},
    **{"sl": "sl-si-g1.utb", "sr": "sr-g1.ctb", "sv": "sv-g0.utb", "tr": "tr-g1.ctb", "vi": "vi-vn-g0.utb"},
}
SCRIPTS = {
    **{"ARABIC": "ar-ar-g1.utb", "ARMENIAN": "hy.ctb", "CJK": "zhcn-g1.ctb", "CYRILLIC": "ru-litbrl.ctb"},
    **{"DEVANAGARI": "hi-in-g1.utb", "GREEK": "el.ctb", "GUJARATI": "gu-in-g1.utb", "HANGUL": "ko-g1.ctb"},
    **{"HEBREW": "he-IL.utb", "LATIN": "en-ueb-g1.ctb", "TAMIL": "ta-ta-g1.ctb", "TELUGU": "te-in-g1.utb"},
}
"""The first word of a letter's name in Unicode → the table for a passage that is not marked with its language."""
GREEK, LATIN = SCRIPTS["GREEK"], SCRIPTS["LATIN"]
OTHER_SCRIPTS = frozenset(("ar", "bg", "he", "hi", "ko", "ru"))
"""Languages of ours that are not written with Latin letters."""
READ_BACK = {"en-ueb-g1.ctb", "en-ueb-g2.ctb", "es-g1.ctb", "fr-bfu-comp6.utb", "fr-bfu-g2.ctb", "ar-ar-g1.utb"}
"""Tables that were found to give a text's words back from its cells; most are made for one direction only."""


def table(lang: str, grade: int, chosen: Mapping[str, str]) -> str:
    """The table for a BCP 47 tag; empty where there is none.

    `grade` is 1 (uncontracted) or 2 (contracted where that is usual); `chosen` are the user's own, by tag.
    """
    tag = lang.lower().replace("_", "-")
    own = {key.lower().replace("_", "-"): name for key, name in chosen.items()}
    built_in = {**UNCONTRACTED, **(CONTRACTED if grade > 1 else {})}
    while tag:
        if found := own.get(tag) or built_in.get(tag):
            return found
        tag = tag.rpartition("-")[0]
    return ""


def table_of_script(letter: str) -> str:
    """The table for a letter of another script; empty for signs that are no letters, and for other scripts."""
    if not unicodedata.category(letter).startswith(("L", "M")):
        return ""
    return SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "")
