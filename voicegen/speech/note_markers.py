"""Footnote markers are shown, not said.

Source: facts S13. What is a marker and what an exponent: `raised`. The note itself says which one it is
(`voicegen.steps.notes`).
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.raised import AMOUNT, LENGTH, REACH, WORD_END

_BACK = lazy(r"[\s\[(]*[↩↑⤴⏎↵⬆←^]\ufe0f?[\s\])]*")
_SIGNS = lazy(
    r"(?<=[A-Za-zÀ-ÿ\d).,;:%])[*†‡§¶]+(?![\w(])|^(?!§+\s?\d)[*†‡§¶]+\s*(?=\w)|(?P<number>[¹²³⁴⁵⁶⁷⁸⁹⁰]+)(?=\s|$|[.,;:!?)])"
)
_BRACKETS = lazy(r"(?<=[A-Za-zÀ-ÿ.,;:)\"”])\s?\[(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|citation needed)\]")


def _find(passage: Passage) -> Iterator[Claim]:
    for span in passage.marks:
        yield Claim(span.start, span.end, "")
    for span in passage.spans if len(passage.runs) > 1 else ():
        if span.run.href.startswith("#") and _BACK.fullmatch(span.run.text):
            yield Claim(span.start, span.end, "")  # the way back from a note
    text = passage.text
    if "[" in text:
        for match in _BRACKETS.finditer(text):
            yield Claim(match.start(), match.end(), "")
    for match in _SIGNS.finditer(text) if any(sign in text for sign in "*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰") else ():
        if not match["number"] or _is_mark(text, match.start(), match.end()):
            yield Claim(match.start(), match.end(), "")


def _is_mark(text: str, start: int, end: int) -> bool:
    """Whether raised digits are a mark and no power."""
    near = text[max(0, start - REACH) : start]
    if text[start:end] in ("²", "³") and LENGTH.search(near):
        return False
    first = not near.strip() and text[end : end + 1].isspace()
    return first or WORD_END.search(near) is not None or AMOUNT.search(near) is not None


RULE = Rule("note markers", "Leaves out the small number or star of a footnote, which the page shows.", _find)
