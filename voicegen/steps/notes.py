"""The notes of a page: which lists and paragraphs they are, and which marks lead to them.

In running text a mark is not said, because a number in the middle of a sentence is noise (facts S13); its note
says which one it is: "Note 1:". In a table a mark belongs to one cell among many, so the cell says "See note 1."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from voicegen.model.document import Document, ItemList, Run, Text, texts
from voicegen.speech import PageWords, spoken
from voicegen.speech.patterns import lazy
from voicegen.speech.raised import is_mark

_NOTE_ADDRESS = lazy(r"#(?:user-content-)?_?(?:fn|ftn|ftnt|note|footnote|endnote|edn|cite_note)", re.IGNORECASE)
_WAY_BACK = lazy(r"[\s\[(]*(?:[↩↑⤴⏎↵⬆←^]\ufe0f?|back|jump up|return)[\s\])]*\Z", re.IGNORECASE)
_MARK = lazy(r"\[?(\d{1,3}|[a-z]|[ivx]{2,4}|[*†‡§¶#]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})\]?[.:]?\Z")
_SIGN_FIRST = re.compile(r"\s*([*†‡§¶]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})\s*(?=[^\W_])")
_SIGN_AFTER = re.compile(r"(?<=[\w).,;:%!?'\"”’])([*†‡§¶]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})(?![\w/])")
_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


class Notes:
    """What is known of a document's notes."""

    def __init__(self, document: Document, words: PageWords) -> None:
        self._lang, self._words = document.lang, words
        self._signs: set[str] = set()
        """Signs that stand after words somewhere on the page."""
        addressed: dict[str, int] = {}
        for text in texts(document):
            self._signs.update(match[1] for match in _SIGN_AFTER.finditer(text.plain))
            for at, run in enumerate(text.runs):
                if run.position in ("note", "sup") and at:
                    self._signs.add(run.text.strip("[] \u00a0"))
                number = re.search(r"\d+", run.text)
                if run.position == "note" and number and _NOTE_ADDRESS.match(run.href):
                    addressed.setdefault(run.href, int(number[0]))
        lists = [part for part in _lists((document.blocks, document.sections)) if part.ordered]
        self._lists = {_first(part) for part in lists if _leads_back(part)}
        if addressed and lists and {item.number for item in lists[-1].items} == set(addressed.values()):
            self._lists.add(_first(lists[-1]))  # as Markdown makes it, without ways back

    def holds(self, block: ItemList) -> bool:
        """Whether the items of a list are notes."""
        return _first(block) in self._lists

    def own_mark(self, text: Text) -> str:
        """The mark that a note itself begins with ("4", "a", "*"); empty where the text is no note."""
        runs = [run for run in text.runs if run.text.strip()]
        if len(runs) > 1 and runs[0].position in ("note", "sup"):
            mark, behind = _MARK.match(runs[0].text.strip()), "".join(run.text for run in runs[1:])
            own = runs[0].position == "note" or runs[0].text.strip()[:1] in "*†‡§¶#["
            own = own or (runs[1].position != "sub" and is_mark(runs[0].text.strip(), "", behind))
            return mark[1].translate(_RAISED) if mark and own else ""
        sign = _SIGN_FIRST.match(text.plain)
        if sign is None or (sign[1][0] in "*†‡§¶" and sign[1] not in self._signs):
            return ""
        return sign[1].translate(_RAISED)

    def marks_in(self, text: Text) -> tuple[str, ...]:
        """The marks that lead from a text to notes, its own mark left out."""
        if not any(run.position for run in text.runs) and not _SIGN_AFTER.search(text.plain):
            return ()
        marks = []
        for change in spoken(text.runs, self._lang, self._words).changes:
            if change.rule == "note markers" and not change.spoken and text.plain[: change.start].strip():
                parts = text.plain[change.start : change.end].strip("[] \u00a0").split(",")
                marks += [mark[1].translate(_RAISED) for part in parts if (mark := _MARK.match(part.strip()))]
        return tuple(dict.fromkeys(marks))


def _lists(value: Any) -> Iterator[ItemList]:
    """Every list that is not inside another, in order."""
    if isinstance(value, tuple):
        for part in value:
            yield from _lists(part)
    elif isinstance(value, ItemList):
        yield value
    else:
        for name in ("blocks", "sections", "entries", "descriptions"):
            yield from _lists(getattr(value, name, ()))


def _first(block: ItemList) -> int:
    return next((text.number for text in texts(block)), -1)


def _leads_back(block: ItemList) -> bool:
    """Whether most of the items have a link back to the place of their mark."""
    back = sum(any(map(_is_way_back, text.runs)) for item in block.items for text in list(texts(item.blocks))[-1:])
    return 2 * back > len(block.items) or (back > 0 and back == len(block.items))


def _is_way_back(run: Run) -> bool:
    return run.href.startswith("#") and _WAY_BACK.match(run.text) is not None
