"""Footnote markers are shown, not said.

Source: facts S13. What is a marker and what an exponent: `raised`. The note itself says which one it is
(`voicegen.steps.notes`). Danger: a laboratory prints what is normal in square brackets, "138 mmol/L [133-146]",
and a form its doses, "[5] mg".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from voicegen.speech.language import Language
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import measure_after
from voicegen.speech.raised import SQUARED_REACH, is_mark

_BACK = lazy(r"[\s\[(]*[↩↑⤴⏎↵⬆←^]\ufe0f?[\s\])]*")
_SIGNS = lazy(
    r"(?<=[A-Za-zÀ-ÿ\d).,;:%])[*†‡§¶]+(?![\w(])|^(?!§+\s?\d)[*†‡§¶]+\s*(?=\w)|(?P<number>[¹²³⁴⁵⁶⁷⁸⁹⁰]+)(?=\s|$|[.,;:!?)])"
    r"|^\s*(?P<first>[¹²³⁴⁵⁶⁷⁸⁹])(?=[^\W⁰¹²³⁴⁵⁶⁷⁸⁹])"
)
_BRACKETS = lazy(
    r"(?<=[A-Za-zÀ-ÿ.,;:)\"”])(?P<gap>\s?)\[(?:(?P<numbers>\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)|citation needed)\]"
)
_PLAIN = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_COUNTED = lazy(r"[ \u00a0-]?([^\W\d_]+)")
_CITED = lazy(r"(?:\S+\s+){2}\S+\Z|[.,;:)\"”]\Z")
"""What a number in brackets is no content after: a sentence of some words, or the end of one."""


def _find(passage: Passage) -> Iterator[Claim]:
    for span in passage.marks:
        yield Claim(span.start, span.end, "")
    for span in passage.spans if len(passage.runs) > 1 else ():
        if span.run.href.startswith("#") and _BACK.fullmatch(span.run.text):
            yield Claim(span.start, span.end, "")  # the way back from a note
    text = passage.text
    if "[" in text:
        brackets = list(_BRACKETS.finditer(text))
        linked = {span.start for span in passage.spans if span.run.href.startswith("#")}
        cited = all(_is_citation(passage, match) for match in brackets)
        for match in brackets:
            if cited or not match["numbers"] or linked.intersection(range(match.start(), match.end())):
                yield Claim(match.start(), match.end(), "")
    for match in _SIGNS.finditer(text) if any(sign in text for sign in "*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰") else ():
        number = match["number"] or match["first"]
        before, after = (
            text[max(0, match.end() - SQUARED_REACH) : match.end() - len(number or "")],
            text[match.end() :],
        )
        if number is None or is_mark(number.translate(_PLAIN), before, after):
            yield Claim(match.start(), match.end(), "")


def _is_citation(passage: Passage, bracket: re.Match[str]) -> bool:
    """Whether a number in brackets can only be that of a note, and neither a dose nor what is normal."""
    text, numbers = passage.text, bracket["numbers"] or ""
    if measure_after(text, bracket.end(), passage.language)[0] is not None:
        return False
    counted = _COUNTED.match(text, bracket.end()) if bracket["gap"] else None
    if counted and counted[1].lower() in _things(passage.language):
        often = counted[1].lower() in passage.language.words("ranges").get("often", ())
        if not often or not any(one.measure and one.end == bracket.start() for one in passage.quantities):
            return False  # but not of the note in "5 mg [4] daily"
    if re.search("[–-]", numbers) and (bracket["gap"] or max(map(int, re.findall(r"\d+", numbers))) > 99):
        return False
    before = text[: bracket.start()]
    return not (bracket["gap"] and before.endswith(":")) and _CITED.search(before) is not None


@lru_cache(maxsize=64)
def _things(language: Language) -> frozenset[str]:
    """What is counted: forms of medicine, lengths of time, and times."""
    forms, ranges = language.words("forms"), language.words("ranges")
    names = (forms.get("nouns", ()), forms.get("pieces", ()), ranges.get("spans", ()), ranges.get("often", ()))
    return frozenset(chain.from_iterable(names))


RULE = Rule("note markers", "Leaves out the small number or star of a footnote, which the page shows.", _find)
