"""Footnote markers are shown, not said.

Source: facts S13. Danger: a marker read as part of the text makes a false number ("take 2 tablets3"), and
dropping a superscript that is no marker loses an exponent; so a superscript is a marker only where the source
says so, links to a note, or stands after a whole word or the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule, Span
from voicegen.speech.patterns import lazy

_NUMBERS = lazy(r"\[?\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*\]?")
_SIGNS = lazy(r"(?:(?<=[A-Za-zÀ-ÿ\d).,;:])[*†‡§¶]+(?![\w(])|^[*†‡§¶]+\s*(?=\w)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=\s|$|[.,;:!?]))")
_BRACKETS = lazy(r"(?<=[A-Za-zÀ-ÿ.,;:)\"”])\s?\[(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|citation needed)\]")
_WORD_END = lazy(r"(?:[a-zà-ÿ]{4}|[a-zà-ÿ]{2}[.,;:!?)\"”’])\s?\Z")


def is_marker(passage: Passage, span: Span) -> bool:
    """Whether a superscript run is the marker of a note and no exponent."""
    if span.run.position == "note":
        return True
    words = span.run.text.strip()
    if span.run.href.startswith("#") and (_NUMBERS.fullmatch(words) or len(words) <= 3):
        return True
    if words and all(letter in "*†‡§¶#" for letter in words):
        return True
    if not _NUMBERS.fullmatch(words) or passage.after(span.end).isalnum() or passage.after(span.end) == "/":
        return False
    return _WORD_END.search(passage.text, max(0, span.start - 8), span.start) is not None


def _find(passage: Passage) -> Iterator[Claim]:
    for span in passage.positioned("note", "sup"):
        if is_marker(passage, span):
            yield Claim(span.start, span.end, "")
    text = passage.text
    if "[" in text:
        for match in _BRACKETS.finditer(text):
            yield Claim(match.start(), match.end(), "")
    for match in _SIGNS.finditer(text) if any(sign in text for sign in "*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰") else ():
        if match[0][0] in "¹²³⁴⁵⁶⁷⁸⁹⁰" and not _WORD_END.search(text, max(0, match.start() - 8), match.start()):
            continue
        yield Claim(match.start(), match.end(), "")


RULE = Rule("note markers", "Leaves out the small number or star of a footnote, which the page shows.", _find)
