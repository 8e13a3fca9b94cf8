"""A line's words for files without markup: raised and lowered digits keep their place, 10⁹ is never 109."""

from __future__ import annotations

import unicodedata

from voicegen.model.document import texts
from voicegen.model.edition import Edition
from voicegen.model.written import in_signs
from voicegen.steps.scripting import clip


def written(edition: Edition) -> dict[str, str]:
    """By line id: the words that the transcript shows, or those spoken where it shows none."""
    shown = {text.number: text for text in texts(edition.document)}
    lines = {}
    for line in edition.script.lines:
        lines[line.id] = line.spoken
        if line.target:
            runs = clip(shown[line.target.text].runs, line.target.start, line.target.end)
            lines[line.id] = in_signs(runs)
    return lines


def signs(words: str) -> str:
    """The signs of some words that are seen, for books in which markup raises: 10⁹ is 10 and a raised 9.

    What marks raised words in a file without markup is left out; every other sign counts: 0.5 is not 05.
    """
    plain = unicodedata.normalize("NFKC", words).casefold().translate(_PLAIN)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "CZ")


_PLAIN = dict.fromkeys(map(ord, "^_[]\ufffd")) | {ord("−"): "-"}
