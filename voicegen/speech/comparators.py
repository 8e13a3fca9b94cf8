"""Signs of comparison have words: "<5 mm" is "less than 5 millimetres", "≥ 65" is "at least 65".

Source: facts 5b; engines 6.2. Danger: the default engine drops "<", which turns a limit into an amount, and in
Spanish "÷".
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_NUMBER = r"(?=\s?[£€$¥]?[-−+]?[.,]?[\d½⅓⅔¼¾])"
_UNSEEN = r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"
_SIGNS = lazy(
    r"[<>](?:\s?/\s?|\s?(?:or|ou|oder|o)\s|\s)?=|=\s?/\s?[<>]"  # ">/= 65", "> or = 65"
    r"|=<(?=\s?\d)|=>(?=\s?\d)|\+/[-−–]|[≤⩽≦≥⩾≧±≠≈≃≅∼]"
    rf"|<(?!{_UNSEEN}(?:[-=/]|[^\W\d_][^<>]*(?<!\s)>|\w+\s[\w-]+=[\"']))"  # no markup
    rf"|(?<![-=])>(?:{_NUMBER}|(?<=\s>)(?=\s)|(?<=[\s(]>)(?=[^\W\d_])|(?<=[^\W\d_]{{2}}>)(?=[^\W\d_]{{2}})"
    r"|(?<=[\dCF%]\sor\s>)(?=\s?(?:\Z|[.,;)])))"  # "101.5 or >"
    rf"|^>(?=[^\W\d_])|~{_NUMBER}"
    rf"|[=≙÷]|(?<=\d)\+(?=[\s)\].,;:%¹²³⁴⁵⁶⁷⁸⁹-]|$)|(?<=\w)\s\+\s(?=\w)"
)
_MARKUP = lazy(r"<[/!?]*[^\W\d_](?:[^<>]*[^<>\s])?\Z")
"""What a ">" closes."""
_KEYS = {
    "<": "less_than",
    ">": "more_than",
    "≤": "at_most",
    "⩽": "at_most",
    "≦": "at_most",
    "≥": "at_least",
    "⩾": "at_least",
    "≧": "at_least",
    "±": "plus_or_minus",
    "≠": "not_equal",
    "≈": "about",
    "≃": "about",
    "≅": "about",
    "∼": "about",
    "~": "about",
    "=": "equals",
    "≙": "equals",
    "÷": "divided_by",
}


_OF_A_NAME = lazy(
    r"(?<![<>≤≥=])(?<=\d)(?:\s?[%°]C?|\s[^\W\d_]{1,5}(?:/[^\W\d_]{1,4})?)?\s?([<>≤≥⩽⩾≦≧])"
    r"(?=\s?[^\W\d_][^<>≤≥⩽⩾≦≧=;,.]{0,24}[<>≤≥⩽⩾≦≧]\s?\d)"
)
"""The first sign of "4 ≤ INR < 6", which says what the number before it is, and not what limits one behind it.

Danger: "4 at most INR, less than 6".
"""
_RELATIONS = {"<": "below", "≤": "below_or_equal", "⩽": "below_or_equal", "≦": "below_or_equal"} | {
    ">": "above",
    "≥": "above_or_equal",
    "⩾": "above_or_equal",
    "≧": "above_or_equal",
}
_LESS_OF = lazy(
    r"(?:^|(?<=\()|(?<=[(:,;]\s)|(?<=\bles\s)|(?<=\blos\s))([-−–])\s?de\s(?=\d{1,3}\s?(?:ans?|mois|kg|jours?|semaines?|heures?"
    r"|años?|mes|meses|días?|semanas?|horas?)(?!\w)(?!\s(?:à|a|et|y)\s\d))"
)
"""As in "- de 3 mois", where French and Spanish write a minus for "less"."""
_MORE_OF = lazy(r"(?:^|(?<=[\s(]))(\+)(?=\sde\s\d)")


def _find(passage: Passage) -> Iterator[Claim]:
    if passage.language.code in ("fr", "es"):
        for key, pattern in (("less_than", _LESS_OF), ("more_than", _MORE_OF)):
            for match in pattern.finditer(passage.text):
                yield Claim(*match.span(1), f"{passage.language.word(key).removesuffix(' de')} ")
    for match in _OF_A_NAME.finditer(passage.text):
        yield Claim(*match.span(1), passage.language.word(_RELATIONS[match[1]]))
    for match in _SIGNS.finditer(passage.text):
        sign = match[0]
        if sign == ">" and "<" in passage.text and _MARKUP.search(passage.text, 0, match.start()):
            continue
        if sign.startswith("+/"):
            key = "plus_or_minus"
        elif sign.strip() == "+":
            key = "or_more" if sign == "+" else "plus"
        elif len(sign) > 1 and "=" in sign:
            key = "at_least" if ">" in sign else "at_most"
        else:
            key = _KEYS[sign]
        words = passage.language.word(key)
        if words:
            yield Claim(match.start(), match.end(), words)


RULE = Rule("comparators", "Says <, >, ≤, ≥, ±, ÷ and their like in words.", _find)
