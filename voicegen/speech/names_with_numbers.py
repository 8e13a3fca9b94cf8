"""Names that hold a number are names: "COVID-19", "6-in-1", "omega-3", "24/7" are never ranges or amounts.

Source: facts 5b. Danger: a range or unit rule at work inside a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_NAME = lazy(
    r"(?<![\w-])[^\W\d_]{2,}(?P<number>-\d+(?:\.\d+)?(?![\d%]|[-–]\d))"  # COVID-19, omega-3
    r"|(?<![\w-])\d+-(?:in|en|on|to|for|pour|por|zu)-\d+(?![\w-])"  # 6-in-1, one-to-one
    r"|(?<![\w-])[A-Z]{1,4}\d{1,4}(?:\.\d+)?-[A-Z]{1,4}\d{1,4}(?![\w-])"  # A1-B2
)


def _find(passage: Passage) -> Iterator[Claim]:
    for phrase, words in passage.language.words("set_phrases").items():
        if phrase in passage.text:
            for match in re.finditer(rf"(?<![\w/]){re.escape(phrase)}(?![\w/])", passage.text):
                yield Claim(match.start(), match.end(), str(words))
    spans = passage.language.words("ranges").get("spans", ())
    for match in _NAME.finditer(passage.text):
        word, before = match[0].partition("-")[0], passage.text[max(0, match.start() - 2) : match.start()]
        if word.lower() in spans and re.match(r"\d\s", before):
            continue  # "6 mois-2 ans"
        power = match["number"] in ("-1", "-2", "-3") and (
            word in passage.language.units or word in passage.language.words("after_slash")
        )
        if power and re.match(r"[\w²³][ .·⋅∙]", before):
            continue  # "mL.min-1", "mg kg-1"
        if not _is_dose(passage, match):
            start = match.start("number") if match["number"] else match.start()  # the letters are for other rules
            yield Claim(start, match.end(), passage.text[start : match.end()])


def _is_dose(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a unit follows, which makes it an amount set carelessly ("take-10 mg")."""
    return match.end() in passage.measured


RULE = Rule("names with numbers", "Leaves names such as COVID-19 and 6-in-1 as they are.", _find, "digit")
