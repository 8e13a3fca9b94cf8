"""Letters that are not what they look like, for the proof: what a reader takes them for, and what is refused.

Like all of the proof it shares no code with the rules: it goes by the names of characters in Unicode.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from voicegen.speech.patterns import lazy

_NAMES = {
    "SMALL": {"A": "a", "IE": "e", "O": "o", "ER": "p", "ES": "c", "U": "y", "HA": "x", "DZE": "s", "JE": "j"}
    | {"BYELORUSSIAN-UKRAINIAN I": "i", "SHHA": "h", "KOMI DE": "d", "QA": "q", "WE": "w", "STRAIGHT U": "y"}
    | {"OMICRON": "o"},
    "CAPITAL": {"A": "A", "VE": "B", "IE": "E", "KA": "K", "EM": "M", "EN": "H", "O": "O", "ER": "P", "ES": "C"}
    | {"TE": "T", "U": "Y", "HA": "X", "BYELORUSSIAN-UKRAINIAN I": "I", "JE": "J", "DZE": "S", "STRAIGHT U": "Y"}
    | {"ALPHA": "A", "BETA": "B", "EPSILON": "E", "ZETA": "Z", "ETA": "H", "IOTA": "I", "KAPPA": "K", "MU": "M"}
    | {"NU": "N", "OMICRON": "O", "RHO": "P", "TAU": "T", "UPSILON": "Y", "CHI": "X"},
}
"""What ends the name of a Cyrillic or Greek letter, and the Latin one that it can't be told from."""
_WORD = lazy(r"[^\W\d_]+")
_COVERED = lazy(r"\d[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20e2\u20e4-\u20ff]")
"""A digit that something is drawn over, such as a stroke; a key's frame (U+20E3) takes nothing from it."""
_UNHEARD = lazy(
    r"([≮≯≰≱≨≩≪≫⋘⋙≲≳≴≵⪅⪆⪇⪈⋚⋛⋜⋝⪋⪌⪕⪖⪯⪰≺≻≼≽∓∆≙≡])(?=\s?[.,]?\d)|([‹⟨〈])(?=\s?[.,]?\d)(?![^‹⟨〈›⟩〉]{0,200}[›⟩〉])"
    r"|(?<=\d)\s?([―⸺⸻─━⁓〜～﹘﹣－∓∕⧸∶∷⋅∙∣‧・´`])\s?(?=\d)"
)
"""Signs that no voice says, before a number or between two: they would turn a limit or a range into an amount."""
_DASH_LAST = lazy(r"\w [-−⁻–](?=\s?([,;)])|[\s.]*\Z)")
_NAMED = lazy(
    r"(?:H\s?I\s?V|V\s?I\s?H|H\s?[BC]\s?V|V\s?H\s?[BC]|Ag|A\s?g|H\s?E\s?R\s?2|\b[EP]\s?R|\bR\s?[EP]|\bRh\s?D?)\Z"
)
_IN_BRACKETS = lazy(r"(?<=[^\W_])\s?(\([-−⁻–]\))(?![\w-])")
_TOUCHING = lazy(
    r"(?<![\w-])(?:(?:H ?I ?V|V ?I ?H|H ?[BC] ?V|V ?H ?[BC]|[CEV] ?[MBZ] ?V|M ?R ?S ?A|G ?B ?S|\w{0,3} ?A ?g|AgHBs"
    r"|H ?E ?R ?2|[EP] ?R|R ?[EP]|Rh ?D?)([-−⁻–])(?=[\s.)]*\Z|[;)\]]|,\s(?!(?:\w ?){1,12}-)"
    r"|\s(?:patient|donor|wom[ae]n|partner|mother|people|cells?\b))"
    r"|(?:[A-Z] ?){2,8}\d{0,2}([-−⁻–])(?=[\s.)]*\Z))"
)
"""The hyphen of a test, or of any short form that ends all, and none that waits for the rest of a word."""
_FOUND = lazy(r"\w\s?\+(?!\s?\w)")
_CLUNG = lazy(
    r"(?:[^\W\d_]{4,}\.\d+|\d ?(?:mg|mcg|[µμ]g|m[lL]|g|IU|UI|IE)\.(?:5|25|75|125))"
    r" ?(?:m?gs?|mcgs?|[µμ]g|m[lL]|mmol|units?|IU|UI|IE|tab(?:let)?s?)(?![^\W_])"
)
"""A dose without a blank after a point: "Lorazepam.5 mg" is half a milligram, or the end of a sentence."""
_OVERRIDDEN = lazy(r"([\u202d\u202e])([^\u202c\u202d\u202e\n]*)")
_TURNED = {"\u202d": ("R", "AL"), "\u202e": ("L", "EN", "AN")}
"""Signs after which all is shown from the left, or from the right, and the classes of what that turns around
(Unicode Standard Annex 9, section 2.2)."""


def seen(text: str) -> str:
    """The text with letters of other scripts as the Latin ones that they look like, in words that hold both."""
    if text.isascii():
        return text
    return _WORD.sub(lambda found: alike(found[0]) if "LATIN" in _scripts(found[0]) else found[0], text)


def alike(text: str) -> str:
    """The text with every letter as the Latin one that it looks like."""
    return text if text.isascii() else "".join(map(_alike, text))


@lru_cache(maxsize=4096)
def _alike(letter: str) -> str:
    script, _, rest = unicodedata.name(letter, "").partition(" ")
    size, _, name = rest.partition(" LETTER ")
    return _NAMES.get(size, {}).get(name, letter) if script in ("CYRILLIC", "GREEK") else letter


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word}


def _is_turned(sign: str, text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in _TURNED[sign] for letter in text)


def unsaid_results(said: str) -> list[str]:
    """The minus signs that stand after a word as its result, which no voice says: "nitrite -, blood +".

    One before a comma is none where a dash with blanks around it comes earlier: there it ends an aside. One at the
    end is one in a row that has a plus, too, or after the name of a test that is found or not.
    """
    found = []
    asides = [said.find(f" {sign} ") for sign in "-–—"]
    first_aside = min((place for place in asides if place >= 0), default=len(said))
    row = _FOUND.search(said) is not None
    for dash in _DASH_LAST.finditer(said) if "-" in said or not said.isascii() else ():
        before = said[max(0, dash.start() - 20) : dash.start() + 1]
        if first_aside + 3 > dash.start() + 1 and (dash[1] or row or _NAMED.search(before)):
            found.append(f"shown but not said: {dash[0][-1]}")
    found += [f"shown but not said: {''.join(signs)}" for signs in _TOUCHING.findall(said)]
    return found + [f"shown but not said: {sign}" for sign in _IN_BRACKETS.findall(said)]


def unreadable(shown: str, said: str) -> list[str]:
    """What can't be said as a reader sees it, in words for staff."""
    clung = [f"a blank is missing before or after the point in “{dose}”" for dose in _CLUNG.findall(shown)]
    if shown.isascii() and said.isascii():
        return clung
    mixed = (word for word in _WORD.findall(said) if _scripts(word) >= {"LATIN", "CYRILLIC"})
    found = clung + [f"“{word}” has letters of two alphabets that look alike" for word in mixed]
    found += [f"something is drawn over the digit in “{digit}”" for digit in _COVERED.findall(said)]
    found += [f"no voice says the sign “{''.join(sign)}” with a number" for sign in _UNHEARD.findall(said)]
    if "∅" in said:
        found.append("no voice says the sign “∅”")
    if any(_is_turned(*override) for override in _OVERRIDDEN.findall(shown)):
        found.append("its markup, or an unseen sign (U+202D, U+202E), shows it from the other end")
    return found
