"""Arrows: "5→10 mg" is "5 to 10 milligrams", "↑ to 300 mg" is "increase to 300 milligrams".

Danger: an arrow that is left out makes two doses of one change ("five, ten milligrams"), and "up" before "to"
would make a rise into a limit ("up to 300 milligrams"). An arrow between words is the next step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_RIGHT = r"(?:[→⟶⇒⟹➔➜➝➞➡]\ufe0f?|[-–—]{1,3}>)"
_BETWEEN = lazy(rf"((?:\s?/\s?[^\W\d_]{{1,8}})?)\s*(?:{_RIGHT}|={{1,2}}>|[↔⇔⟷])\s*")
_STEP = lazy(rf"\s*{_RIGHT}\s*")
_CHANGE = lazy(r"([↑⇧⬆⇑↓⇩⬇⇓])\ufe0f?(?:\s?\1\ufe0f?)*")
_BACK = lazy(r"\s*[↩↪⤴⤵↵⏎↺↻]\ufe0f?")
_ANY = lazy(r"[←-⇿⟰-⟿➔-➿⤴⤵⬀-⬯⏎>]")
_UP = "↑⇧⬆⇑"


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if not _ANY.search(text) or not passage.language.word("to"):
        return
    if passage.has_digit:
        yield from _between_amounts(passage)
    for match in _STEP.finditer(text):
        first, last = not text[: match.start()].strip(), not text[match.end() :].strip(" .!?")
        yield Claim(*match.span(), "" if first or last else f", {passage.language.word('then')} ")
    for match in _CHANGE.finditer(text):
        yield Claim(*match.span(), _apart(text, match, _changed(passage, match)))
    for match in _BACK.finditer(text):
        yield Claim(*match.span(), "")


def _between_amounts(passage: Passage) -> Iterator[Claim]:
    for first, second in pairwise(passage.quantities):
        match = _BETWEEN.fullmatch(passage.text, first.end, second.start)
        if match is not None and not first.code:
            yield Claim(match.end(1), match.end(), f" {passage.language.word('to')} ")


def _changed(passage: Passage, match: re.Match[str]) -> str:
    """As in "increase" before "to", "by" or a number, "increased" elsewhere; a capital begins the sentence."""
    kind = "increase" if match[1] in _UP else "decrease"
    before, rest = passage.text[: match.start()], passage.text[match.end() :].lstrip()
    word = re.match(r"[^\W\d_]+", rest)
    step = rest[:1].isdigit() or (word is not None and word[0] in passage.language.words("arrows")["before"])
    words = passage.language.words("arrows")
    said = str(words[kind if step else f"{kind}d" if word else f"{kind}d_last"])
    return said if before.strip() else said[0].upper() + said[1:]


def _apart(text: str, match: re.Match[str], words: str) -> str:
    before, after = text[: match.start()], text[match.end() :]
    return f"{' ' if before[-1:].isalnum() else ''}{words}{' ' if after[:1].isalnum() else ''}"


RULE = Rule("arrows", 'Says an arrow as "to" between amounts, else as the next step, a rise or a fall.', _find)
