"""Ordinals written in digits: "am 3. Mai" is "am dritten Mai", "la 2.ª dosis" is "la segunda dosis".

Measured: the default engine says German "drei", and its dot breaks the sentence in two; Spanish "dos punto a";
French "2e" as "deux e". English ordinals ("2nd") it says right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.roman_numerals import VALUES

_ENDED = lazy(r"(?<![\w.,/])(\d{1,2})(\.?)([ºª°]|[^\W\d_]{1,4})(?![\w'’]|-(?!\d))")
_ORDINAL = lazy(r"(?:(?<![\w.])([^\W\d_]+)[ \u00a0])?(?<![\w.,/])(\d{1,2})\.(?=[ \u00a0]?[^\W\d_]{3,})")
_CELSIUS = lazy(r"[ \u00a0]?C(?!\w)")
_DEGREES = lazy(
    r"(?<=\d)[ \u00a0]?[º°](?=\s?(?:(?P<dash>[-–—])|y|e|o|a)\s?[-−]?\d+(?:[.,]\d+)?"
    r"[ \u00a0]?[º°][ \u00a0]?C(?!\w))"
)
"""The first of two temperatures, which has no letter of its own: "entre 2º y 8º C"."""
_COLD = lazy(r"(?i)\b(?:conserv|nevera|frigor|heladera|refriger|almacen|temperatura)")
_BARE_DEGREES = lazy(
    r"(?i)\bentre\s\d{1,2}(?P<first>[ \u00a0]?[º°])\s?[ye]\s?\d{1,2}(?P<last>[ \u00a0]?[º°])(?!\s?[^\W\d_])"
)
"""Two temperatures without a letter, in a sentence about keeping something cold."""
_ROMAN = lazy(r"(?<![\w.])([IVX]{1,5})(?:e|ᵉ|ème)(?![\w'’])")
_FRENCH_SPAN = lazy(
    r"(?<![\w.,/-])(?:1er|1re|\d{1,2}(?:e|ème))(?P<dash>\s?[-–—]\s?)"
    r"(?=\d{1,2}(?:[ \u00a0][^\W\d_]{3}|(?:e|ème)(?!\w)))"
)
_SPANISH_SPAN = lazy(r"(?<![\w.,/-])\d{1,2}(?:\.[ºª]|er)(?P<dash>\s?[-–—]\s?)(?=\d{1,2}(?:\.[ºª]|er)(?!\w))")
_ENGLISH_SPAN = lazy(r"(?<![\w.,/-])\d{1,2}(?:st|nd|rd|th)(?P<dash>\s?[-–—]\s?)(?=\d{1,2}(?:st|nd|rd|th)(?!\w))")
_SPAN = lazy(r"(?<![\w.,/–-])(\d{1,2})\.\s?[-–—]\s?(\d{1,2})\.(?=[ \u00a0]?[^\W\d_]{3,})")


def _find(passage: Passage) -> Iterator[Claim]:
    data = passage.language.words("ordinals")
    stems = data.get("stems", ())
    months = {
        *passage.language.words("dates").get("months", ()),
        *passage.language.words("dates").get("short_months", ()),
    }
    yield from _spans(passage, len(stems))
    named = {"en": _ENGLISH_SPAN, "fr": _FRENCH_SPAN, "es": _SPANISH_SPAN}.get(passage.language.code)
    for match in named.finditer(passage.text) if named else ():
        yield Claim(*match.span("dash"), f" {passage.language.word('to')} ")
    for match in _ORDINAL.finditer(passage.text) if stems else ():
        word, number = (match[1] or "").lower(), int(match[2])
        following = re.compile(r"\.?[ \u00a0]?([^\W\d_]+)").match(passage.text, match.end())
        in_date = following is not None and following[1] in months
        if not 1 <= number <= len(stems) or not (
            in_date or word in data["n_after"] or word in data["plain_after"]
        ):
            continue
        yield Claim(match.start(2), match.end(), ordinal(passage, number, match.start(2)))

    yield from _raised(passage)


def _spans(passage: Passage, most: int) -> Iterator[Claim]:
    """As in "vom 5.–12. Mai" and "1.-3. Tag"."""
    for match in _SPAN.finditer(passage.text) if most else ():
        low, high = int(match[1]), int(match[2])
        if 1 <= low < high <= most:
            first, last = (ordinal(passage, number, match.start()) for number in (low, high))
            yield Claim(*match.span(), f"{first} {passage.language.word('to')} {last}")


def _raised(passage: Passage) -> Iterator[Claim]:
    """As in "2.º", "1ª", "3er" and "2e": the ending tells the gender, and a noun after it shortens some."""
    data = passage.language.words("ordinals")
    endings = data.get("endings", {})
    if not endings:
        return
    for numeral in _ROMAN.finditer(passage.text) if data.get("roman") else ():
        number = VALUES.get(numeral[1], 0)
        names = data["masculine"]
        if 1 < number <= len(names):
            yield Claim(*numeral.span(), str(names[number - 1]))
    raised = {span.start for span in passage.positioned("sup")}
    cold = passage.language.code == "es" and _COLD.search(passage.text) is not None
    for match in _BARE_DEGREES.finditer(passage.text) if cold else ():
        yield from (
            Claim(*match.span(sign), f" {passage.language.units['°'].other}") for sign in ("first", "last")
        )
    for match in _DEGREES.finditer(passage.text) if passage.language.code == "es" else ():
        one = re.search(r"(?<![\d.,])1\Z", passage.text[max(0, match.start() - 3) : match.start()])
        degree = passage.language.units["°"]
        yield Claim(*match.span(), f" {degree.one if one else degree.other}")
        if match["dash"]:
            yield Claim(*match.span("dash"), f" {passage.language.word('to')} ")
    for match in _ENDED.finditer(passage.text):
        ending, number = match[3], int(match[1])
        plain = ending in data.get("only_raised", ()) and match.start(3) not in raised
        sure = match[2] or ending not in "ºª°" or _after_article(passage, match) or _before_noun(passage, match)
        if ending not in endings or plain or not sure or _CELSIUS.match(passage.text, match.end()):
            continue
        names = data[endings[ending]]
        if not 1 <= number <= len(names):
            continue
        noun = re.match(r"[ \u00a0][^\W\d_]{2,}", passage.text[match.end() : match.end() + 3]) is not None
        short = data.get("before_noun", {}).get(names[number - 1]) if noun else None
        yield Claim(match.start(), match.end(), str(short or names[number - 1]))


def _before_noun(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word follows that is counted with ordinals: "2º día", never "15º"."""
    nouns = passage.language.words("ordinals").get("nouns", ())
    noun = re.compile(r"[ \u00a0]([^\W\d_]+)").match(passage.text, match.end())
    return noun is not None and noun[1].lower() in nouns


def _after_article(passage: Passage, match: re.Match[str]) -> bool:
    """Whether an article stands before a number with a sign that could also be of degrees."""
    articles = "|".join(passage.language.words("ordinals").get("articles", ()))
    before = passage.text[max(0, match.start() - 8) : match.start()].lower()
    return re.search(rf"(?<!\w)(?:{articles})\s\Z", before) is not None


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


RULE = Rule("ordinals", "Says ordinal numbers that are written in digits or Roman numerals.", _find)
