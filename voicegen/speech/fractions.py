"""Fractions and scores: "1/2 tablet" is "half a tablet", "1½" is "1 and a half", "7/10 pain" is "7 out of 10".

Source: facts 5b; engines 6.2. Danger: "3/4 times a day" is three OR four, never three quarters; a slash
between numbers whose sense is not plain is said as "slash".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech import parts_apart, powers
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_SLASH = lazy(
    r"(?:(?<![\w/.,£$€-])|(?<=\d-)(?=\d [13]/)|(?<=/\d-)|(?<=/\d\d-)|(?<=\d[x×])(?=(?:\d )?[123]/[234](?!\d)))"
    r"(?:(\d{1,3})[ \u00a0-])?(\d{1,3})\s?[/⁄]\s?(\d{1,3})"
    r"(?![\d/]|[.,]\d|[^\W\d_](?!\w{0,3}(?!\w)))(?:[-\s]?([^\W\d_]+))?"
)
_FREQUENCY = lazy(
    r"(?<![\w/.,])1(\s?/\s?)"
    r"([1-9]\d{0,2}(?:[.,\u00a0\u2009\u202f ]000)+|[1-9]\d{1,2}000|10{3,5}|10{1,2})(?![\w/]|[.,]\d)"
)
_TENTH = lazy(
    r"(?<![\w/.,])1\s?/\s?(?P<parts>10{1,6}|10{0,2}[ \u00a0\u202f.]000|[5-9]|[2-9]0|15|25)(?:e|è|ème|eme)(?!\w)"
)
_STRENGTHS = lazy(
    r"(?<![\w/.,])\d{1,4}(?:[.,]\d+)?(?:\s?/\s?\d{1,4}(?:[.,]\d+)?){2,}(?=\s?(?:mg|mcg|[µμ]g|g|m[lL]|IE|IU|UI|%)(?!\w))"
)
"""The strengths that a medicine comes in: "5/10/20 mg"."""
_STRENGTHS_OF_TWO = lazy(
    r"(?<![\w/.,:+)–-])(?!0\d|1?\d/(?:19|20)\d\d(?![\d.,]|\s?m?g\b))(?=\d{1,4}[.,]\d|\d{4}\s?/|\d{1,4}\s?/\s?\d{1,4}[.,]\d|\d{1,4}\s?/\s?\d{4})"
    r"\d{1,4}(?:[.,]\d{1,3})?(?P<slash>\s?/\s?)\d{1,4}(?:[.,]\d{1,3})?(?![\w/]|[.,:]\d)"
)
"""With decimals or thousands: of "100/12,5 mg" German and French voices make 112,5, of "1000/200 mg" 1200."""
_TIMES_BEFORE = lazy(r"(?<![\w.,/])\d{1,2}\s?[xX×]\s?\Z")
"""How often a part of something is taken: "3 x 1/2"."""
_OFTEN = lazy(r"[<≥>≤]\s?1\s?/\s?10(?!\d)|\b(?:common|frequent|häufig|selten|fréquent|frecuente)", re.IGNORECASE)
_SIGN = lazy(
    r"(?:(?<!\d)(?!(?<=\d:)[0-5]\d)(\d+)[ \u00a0]?)?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])(?:[ \u00a0-]?([A-Za-zÀ-ÖØ-öø-ÿ]+))?"
)
_ROW = lazy(
    r"\s?(?:[-–]|,? ?(?:or|to|and|o|a|y|ou|à|et|oder|bis|und)\s)\s?(?:\d{1,2}[ \u00a0])?"
    r"(?:\d{1,2}/\d{1,2}|\d{1,2}[½¼¾]?|[½¼¾])\s([^\W\d_]+)"
)
_AFTER_NOUN = lazy(
    r"(?<![\w.,/-])\d{1,2}[ \u00a0](?P<noun>[^\W\d_]+)[ \u00a0](?P<half>1/2|½)"
    r"(?=\s*(?:\Z|[.,;)]\s|[.,;)]\Z)|\s(?:le|la|les|matin|midi|soir|par|à|au|avant|après|toutes|por|al|a|cada|antes|en|x)\s)"
)
"""What may follow a half that belongs to the number before it; a noun there would be halved itself."""
_TAKEN = frozenset(("1/2", "1/3", "2/3", "1/4", "3/4"))
_PARTS = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅕": "1/5",
    "⅖": "2/5",
    "⅗": "3/5",
    "⅘": "4/5",
    "⅙": "1/6",
    "⅚": "5/6",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}


def _find(passage: Passage) -> Iterator[Claim]:
    names = passage.language.words("fractions")
    if not names:
        return
    text = passage.text
    for match in _STRENGTHS.finditer(text):
        for slash in re.compile(r"\s?/\s?").finditer(text, *match.span()):
            yield Claim(*slash.span(), f" {passage.language.word('slash')} ")
    yield from _halves_after_noun(passage)
    apart = frozenset(parts_apart.ends(text))
    yield from (Claim(end, end + 1, ", ") for end in sorted(apart))
    for match in _SIGN.finditer(text) if not text.isascii() else ():
        end = match.end(2)
        if match.end(1) in apart:
            yield Claim(
                match.start(2), end, _said(passage, None, _PARTS[match[2]], match[3] or "", match.start(2))
            )
            continue
        moved = _half_after_noun(passage, match[1], _PARTS[match[2]], match[3] or "")
        if moved and passage.free(match.start(), match.end(3)):
            yield Claim(match.start(), match.end(3), moved)
            continue
        yield Claim(match.start(), end, _said(passage, match[1], _PARTS[match[2]], match[3] or "", match.start()))
    yield from _stacked(passage)
    yield from _tenths(passage)
    yield from _frequencies(passage)
    for match in _SLASH.finditer(text) if "/" in text or "⁄" in text else ():
        whole = None if match.end(1) in apart else match[1]
        upper, lower, word = match[2], match[3], (match[4] or "")
        end = match.end(3)
        start = match.start() if whole else match.start(2)
        part = f"{upper}/{lower}"
        if word.lower() in names.get("times", ()) and int(upper) < int(lower) <= 12 and not whole:
            yield Claim(start, end, f"{upper} {passage.language.word('or')} {lower}")
        elif part in names and (
            whole
            or word.lower() in names["nouns"]
            or (
                word in passage.language.units
                and (len(word) > 1 or match.end(3) in passage.measured)
                and not (word == "in" and lower == "5")  # "power 4/5 in the left leg"
            )
            or _in_row(passage, match.end(3))
            or (part in _TAKEN and not word and _TIMES_BEFORE.search(text, max(0, start - 5), start))
        ):
            yield Claim(start, end, _said(passage, whole, part, word, start))
        else:
            scored = lower in ("5", "10", "100") and _is_score(passage, match.start())
            between = passage.language.word("out_of" if scored else "slash")
            yield Claim(match.end(2), match.start(3), between)
    for match in _STRENGTHS_OF_TWO.finditer(text) if "/" in text else ():
        yield Claim(*match.span("slash"), f" {passage.language.word('slash')} ")


def _stacked(passage: Passage) -> Iterator[Claim]:
    """As word processors set "1½": a raised number, a slash and a lowered number after a plain one."""
    text = passage.text
    for span in passage.positioned("sup"):
        whole = re.search(r"\d+\Z", text[max(0, span.start - 4) : span.start])
        if whole and (part := powers.raised_part(passage, span)):
            part = _PARTS.get(part, part.replace("⁄", "/"))
            word = re.compile(r"[ \u00a0-]?([^\W\d_]+)").match(text, span.end)
            if part in passage.language.words("fractions"):
                start = span.start - len(whole[0])
                yield Claim(start, span.end, _said(passage, whole[0], part, word[1] if word else "", start))
            continue
        lower = re.compile(r"[/⁄](\d{1,3})").match(text, span.end)
        if whole and lower and powers.is_upper(passage, span):
            part, start = f"{span.run.text.strip()}/{lower[1]}", span.start - len(whole[0])
            word = re.compile(r"[ \u00a0-]?([^\W\d_]+)").match(text, lower.end())
            said = f"{whole[0]}, {span.run.text.strip()} {passage.language.word('slash')} {lower[1]}"
            if part in passage.language.words("fractions"):
                said = _said(passage, whole[0], part, word[1] if word else "", start)
            yield Claim(start, lower.end(), said)


def _tenths(passage: Passage) -> Iterator[Claim]:
    """The French "1/10e" and "1/100ème", a tenth and a hundredth."""
    of = passage.language.word("one_in")
    for match in _TENTH.finditer(passage.text) if passage.language.code == "fr" else ():
        whole = re.sub(r"\D", "", match["parts"])
        yield Claim(*match.span(), f"1 {of} {whole}")


def _frequencies(passage: Passage) -> Iterator[Claim]:
    """How often a side effect is seen, as leaflets write it: "≥1/100 to <1/10" (CIOMS)."""
    text, of = passage.text, passage.language.word("one_in")
    found = list(_FREQUENCY.finditer(text)) if "/" in text and of else []
    certain = any(len(match[2]) > 2 for match in found) or _OFTEN.search(text) is not None
    for match in found:
        if len(match[2]) > 2 or certain:
            closed = re.search(r"\s", match[2]) is not None
            whole = re.sub(r"\D", "", match[2])
            yield Claim(
                match.start(1), match.end(2) if closed else match.end(1), f"{of} {whole}" if closed else of
            )


def _said(passage: Passage, whole: str | None, part: str, word: str, start: int) -> str:
    """As in "half a", "one quarter", "2 and a half", by what stands before and after."""
    names = passage.language.words("fractions")
    if part != "1/2":
        if whole:
            return f"{whole} {passage.language.word('and')} {names[part]}"
        article = re.search(r"\b(eine?[rmn]?)\s\Z", passage.text[max(0, start - 12) : start])
        return (
            str(names[part]).removeprefix("ein ")
            if article and passage.language.code == "de"
            else str(names[part])
        )
    if whole:
        feminine = word.lower() in names.get("feminine", ())
        half = names["half_after_number_feminine" if feminine else "half_after_number"]
        counts = passage.language.words("numbers").get("count", ())
        if "half_joined" in names and int(whole) < len(counts):
            return f"{counts[int(whole)]}{names['half_joined']}"
        return f"{whole} {half}"
    before = re.search(r"([^\W\d_]+)\s\Z", passage.text[max(0, start - 12) : start])
    if before is None or before[1].lower() not in names.get("articles_before", ()):
        for words, nouns in names["half"].items():
            if word in nouns or word.lower() in nouns:
                return str(words)
    return str(names["half_alone"])


def _half_after_noun(passage: Passage, whole: str | None, part: str, word: str) -> str:
    """As in "1½ horas" is "1 hora y media" in languages that say the half after the noun."""
    names = passage.language.words("fractions")
    if not (whole and part == "1/2" and names.get("half_after_noun") and word.lower() in names["nouns"]):
        return ""
    feminine = word.lower() in names.get("feminine", ())
    noun = word.removesuffix("s") if whole == "1" and word.lower().removesuffix("s") in names["nouns"] else word
    return f"{whole} {noun} {names['half_after_number_feminine' if feminine else 'half_after_number']}"


def _halves_after_noun(passage: Passage) -> Iterator[Claim]:
    """As in "1 cp 1/2" for one and a half, in languages that write the half after the noun."""
    names = passage.language.words("fractions")
    for match in _AFTER_NOUN.finditer(passage.text) if names.get("half_behind") else ():
        noun = match["noun"].lower()
        if noun in names["half_behind"]:
            feminine = noun in names.get("feminine", ())
            yield Claim(
                *match.span("half"), str(names["half_after_number_feminine" if feminine else "half_after_number"])
            )


def _in_row(passage: Passage, end: int) -> bool:
    """Whether another fraction or number of things that can be halved follows: "1/2 or 3/4 of a tablet"."""
    row = _ROW.match(passage.text, end)
    nouns = passage.language.words("fractions")["nouns"]
    return row is not None and row[1].lower() in nouns


def _is_score(passage: Passage, start: int) -> bool:
    before = passage.text[max(0, start - 60) : start].lower()
    return any(cue in before for cue in passage.language.words("fractions").get("scores", ()))


RULE = Rule("fractions", 'Says fractions in words, scores as "out of", and never guesses.', _find, "digit")
