"""The sign of a result or a blood group: "HER2−" is "HER2 negative", "Rh+" is "Rh positive".

Source: NHS Blood and Transplant (blood groups are written A+, O−); St Gallen consensus (ER+, HER2−). Danger:
voices drop a minus that stands after a letter, and "HER2" alone is heard as the opposite of "HER2−". A hyphen is
a minus only after names that always have a sign; after any other letter a true minus sign is said as "minus"
("Cl−").
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_AFTER = r"(?=[\s,.;:)/\]]|$)"
_TESTED = lazy(
    rf"(?<![\w-])(?:Rh(?:D|esus)?|ER|PR|PgR|RE|RP|HR|HER-?2)(?P<sign>[+−⁻–-]){_AFTER}"
    r"|(?<![\w-])(?:HIV|VIH|HCV|VHC|HBs?Ag|HBeAg|ANA|ACPA|RF|Ph|ALK|EGFR|BRAF|CD\d{1,3})"
    rf"(?P<other>[+−⁻]){_AFTER}"
)
_BLOOD = lazy(rf"(?<![\w-])(?:AB|[ABO0])(?P<sign>[+−⁻–-]){_AFTER}")
_ABOUT_BLOOD = lazy(r"(?i)\b(?:blood|groups?|types?|donors?|sang\w*|groupes?|grupos?|blut\w*|rh)\b")
_SHORT = lazy(r"(?<!\d)[+−⁻–-]ve(?!\w)")
_APART = lazy(r"(?<=[^\W\d_]|\d)\s[-−⁻–](?=\s?[,;)])")
"""A minus after a blank, in a row of results: "nitrite -, blood +"."""
_LAST = lazy(
    r"(?:(?<=HIV)|(?<=VIH)|(?<=H[CB]V)|(?<=VH[CB])|(?<=HBsAg)|(?<=HBeAg)|(?<=HER2)|(?<=\b(?:ER|PR|RE|RP|Rh)))"
    r"\s[-−⁻–](?=\s?\.?\s*\Z)"
)
_BRACKETED = lazy(r"(?<=[^\W_])\s?\([-−⁻–]\)(?![\w-])")
_POSITIVE = lazy(r"(?<=\w)\s?\+{1,4}(?=\s?(?:[,;.)]|\Z))")
_AT_END = lazy(r"(?<=[^\W\d_]|\d)\s[-−⁻–](?=\s?\.?\s*\Z)")
_ASIDE = lazy(r"\s[-–—]\s")
"""A dash that begins an aside, which a dash before a comma may end."""
_MINUS = lazy(rf"(?<=[^\W_])−{_AFTER}")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if not any(sign in text for sign in "+−⁻–-"):
        return
    say = passage.language.word
    found = [(match, match["sign"] or match["other"]) for match in _TESTED.finditer(text)]
    blood = [(match, match["sign"]) for match in _BLOOD.finditer(text)]
    if len(blood) > 1 or _ABOUT_BLOOD.search(text):
        found += blood
    for match, sign in found:
        end = match.end()
        yield Claim(end - 1, end, f" {say('positive' if sign == '+' else 'negative')}")
        if passage.after(end) == "/":
            yield Claim(end, end + 1, ",")
    for match in _MINUS.finditer(text):
        pause = "," if match.end() + 1 < len(text) and text[match.end() + 1].isdigit() else ""
        yield Claim(*match.span(), f" {say('minus')}{pause}")
    for start, end in apart(text):
        yield Claim(start, end, f" {say('negative')}")
    for match in _SHORT.finditer(text) if passage.language.code == "en" else ():
        yield Claim(*match.span(), f" {say('positive' if match[0][0] == '+' else 'negative')}")


def apart(text: str) -> Iterator[tuple[int, int]]:
    """Where a minus after a blank is the result of the word before it, with the blank."""
    found = [*_BRACKETED.finditer(text), *_APART.finditer(text), *_LAST.finditer(text)]
    if _POSITIVE.search(text):
        found += _AT_END.finditer(text)
    aside = _ASIDE.search(text)
    for match in found:
        if match[0].endswith(")") or aside is None or aside.end() > match.start() + 1:
            yield match.span()


RULE = Rule("results", 'Says the sign after a test or a blood group as "positive" or "negative".', _find)
